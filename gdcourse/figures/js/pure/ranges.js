// Where a value sits on a slider, and what a key does to it.

import { significant } from "./numbers.js";

/**
 * `places` is how many values a slider has beside its least: max - min for whole numbers.
 * @typedef {{min: number, max: number, log?: boolean, digits?: number, places?: number}} Range
 */

export const TICKS = 1000;

/**
 * The place of a value on a slider of TICKS places, or as many as the range says.
 * @param {Range} range
 * @param {number} value
 */
export function placeOf({ min, max, log = false, places = TICKS }, value) {
  const part = log
    ? Math.log(value / min) / Math.log(max / min)
    : (value - min) / (max - min);
  return Math.round(clamp(part, 0, 1) * places);
}

/**
 * The value at a place of the slider, rounded so that it reads well.
 * @param {Range} range
 * @param {number} place
 */
export function valueAt(range, place) {
  const { min, max, log = false, digits = 3, places = TICKS } = range;
  if (place <= 0) return min;
  if (place >= places) return max;
  const part = place / places;
  return significant(
    log ? min * (max / min) ** part : min + part * (max - min),
    digits,
  );
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

/**
 * A step of 1, 2 or 5 times a power of ten, about a hundredth of the window.
 * @param {[number, number]} window
 */
export function nudge([low, high]) {
  const size = (high - low) / 100;
  const power = 10 ** Math.floor(Math.log10(size));
  return power * ([1, 2, 5].find((front) => front * power >= size * 0.999) ?? 10);
}

/** Round to a tenth of a nudge, as a drag does. @param {number} x @param {number} step */
export function rounded(x, step) {
  return Number((Math.round((x / step) * 10) * (step / 10)).toPrecision(12));
}
