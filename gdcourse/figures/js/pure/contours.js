// Contour levels and bands of a surface, and the window that shows angles truly.

import { max, min, quantile, range, ticks } from "d3-array";
import { contours } from "d3-contour";

/** @typedef {[number, number]} Span */
/** @typedef {{x: Span, y: Span}} Window */
/** @typedef {{value: (x: number[]) => number}} Surface */

const CELLS = 110;
const LEVELS = 14;
export const STEEP = 5.5; // a surface that rises further above its median wants log levels

/**
 * Fit a window into a width: one unit of x as long as one of y where the window allows.
 * @param {Window} window
 * @param {number} width in pixels, between the axes
 * @param {Span} heights the least and the greatest height in pixels
 * @returns {Window & {height: number, equal: boolean}}
 */
export function fit({ x, y }, width, [least, most]) {
  const ratio = (y[1] - y[0]) / (x[1] - x[0]);
  const height = Math.min(Math.max(width * ratio, least), most);
  const wanted = height / width;
  const stretch = wanted / ratio;
  if (stretch > 2.2 || stretch < 1 / 2.2) return { x, y, height, equal: false };
  return stretch > 1
    ? { x, y: widen(y, stretch), height, equal: true }
    : { x: widen(x, 1 / stretch), y, height, equal: true };
}

/** @param {Span} span @param {number} factor @returns {Span} */
function widen([low, high], factor) {
  const room = ((high - low) * (factor - 1)) / 2;
  return [low - room, high + room];
}

/**
 * The heights of a surface on a grid of cells, row by row from low y to high y.
 * @param {Surface} surface
 * @param {Window} window
 * @param {number} [cells] along each side
 */
export function heights(surface, { x, y }, cells = CELLS) {
  const at = (/** @type {Span} */ [low, high], /** @type {number} */ i) =>
    low + ((high - low) * i) / (cells - 1);
  const values = [];
  for (let j = 0; j < cells; j += 1)
    for (let i = 0; i < cells; i += 1) values.push(surface.value([at(x, i), at(y, j)]));
  return values;
}

/**
 * Levels for the heights: even steps for a gentle surface, even ratios for a steep one.
 * @param {number[]} values
 * @param {number} [floor] the surface's least height, if it is known
 * @returns {{levels: number[], log: boolean, floor: number}}
 */
export function levelsOf(values, floor = Infinity) {
  const fine = values.filter(Number.isFinite);
  const lowest = Math.min(min(fine) ?? 0, floor);
  const above = fine.map((value) => value - lowest);
  const [middle, top] = [quantile(above, 0.5) ?? 1, max(above) ?? 1];
  if (!(top > STEEP * middle))
    return {
      levels: ticks(lowest, lowest + top, LEVELS).filter((l) => l > lowest),
      log: false,
      floor: lowest,
    };
  const bottom = Math.max(quantile(above, 0.0008) ?? 0, top * 1e-7);
  const ratio = (top / bottom) ** (1 / LEVELS);
  return {
    levels: range(LEVELS).map((i) => lowest + bottom * ratio ** i),
    log: true,
    floor: lowest,
  };
}

/**
 * The regions below each level, highest level first, as rings in units of the window.
 * @param {Surface} surface
 * @param {Window} window
 * @param {number} [floor]
 * @returns {{level: number, rings: Span[][]}[]}
 */
export function bands(surface, window, floor) {
  const values = heights(surface, window);
  const { levels, log, floor: lowest } = levelsOf(values, floor);
  const bend = log ? bent(lowest, levels[0]) : (/** @type {number} */ value) => value;
  const sunk = values.map((value) =>
    Number.isFinite(value) ? -bend(value) : -Infinity,
  );
  const trace = contours().size([CELLS, CELLS]);
  return [...levels].reverse().map((level) => {
    const { coordinates } = trace.contour(sunk, -bend(level));
    return {
      level,
      rings: coordinates.flat().map((ring) => ring.map((p) => inWindow(p, window))),
    };
  });
}

/** Heights on a log scale, so that lines between grid points run where they should. @param {number} floor @param {number} least */
function bent(floor, least) {
  const small = (least - floor) / 10;
  return (/** @type {number} */ value) => Math.log(value - floor + small);
}

/** @param {number[]} point in grid cells @param {Window} window @returns {Span} */
function inWindow([i, j], { x, y }) {
  const part = (/** @type {number} */ cell) => (cell - 0.5) / (CELLS - 1);
  return [x[0] + part(i) * (x[1] - x[0]), y[0] + part(j) * (y[1] - y[0])];
}
