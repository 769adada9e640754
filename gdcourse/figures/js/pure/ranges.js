// Where a value sits on a slider, and what a key does to it.

import { significant } from "./numbers.js";

/** @typedef {{min: number, max: number, log?: boolean, digits?: number}} Range */

export const TICKS = 1000;

/**
 * The place of a value on a slider of TICKS places.
 * @param {Range} range
 * @param {number} value
 */
export function placeOf({ min, max, log = false }, value) {
  const part = log
    ? Math.log(value / min) / Math.log(max / min)
    : (value - min) / (max - min);
  return Math.round(clamp(part, 0, 1) * TICKS);
}

/**
 * The value at a place of the slider, rounded so that it reads well.
 * @param {Range} range
 * @param {number} place
 */
export function valueAt({ min, max, log = false, digits = 3 }, place) {
  if (place <= 0) return min;
  if (place >= TICKS) return max;
  const part = place / TICKS;
  return significant(log ? min * (max / min) ** part : min + part * (max - min), digits);
}

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/**
 * How far an arrow key moves a handle, in small steps: ten with Shift or Page keys.
 * @param {{key: string, shiftKey: boolean}} press
 * @returns {[number, number] | null} right and up, or null for other keys
 */
export function arrow({ key, shiftKey }) {
  const far = shiftKey ? 10 : 1;
  /** @type {Record<string, [number, number]>} */
  const moves = {
    ArrowLeft: [-far, 0],
    ArrowRight: [far, 0],
    ArrowUp: [0, far],
    ArrowDown: [0, -far],
    PageUp: [0, 10],
    PageDown: [0, -10],
  };
  return moves[key] ?? null;
}
