// A surface as a block: heights of 0 to TALL over a square, and where it is on screen.

import { max, min, quantile } from "d3-array";
import { heights, STEEP } from "./contours.js";
import { clamp } from "./ranges.js";

/** @typedef {[number, number, number]} Spot  across, back and up; the square is −1 to 1 */
/** @typedef {{turn: number, tilt: number, zoom: number}} View  degrees, and a factor */
/** @typedef {[number, number]} Span */
/**
 * @typedef {object} Scale  how losses become heights
 * @property {boolean} log
 * @property {(loss: number) => number} part   0 for the lowest loss, 1 for the highest
 * @property {(part: number) => number} lossAt
 */
/**
 * @typedef {object} Relief
 * @property {[Span, Span]} window
 * @property {Scale} scale
 * @property {Float32Array} grid  heights, row by row from the low end of both axes
 */

export const CELLS = 96; // along each side
export const TALL = 0.95;
const SIDE = CELLS + 1;
const PIECE = 0.05; // a longer step is laid over the surface in pieces of this size
const PIECES = 12;
const MARCH = 0.04;
const CLEAR = 0.012; // above the surface, so that a path does not hide in it

/**
 * Heights in proportion to the loss, or to its logarithm where the walls are huge: then
 * a tenth of the square lies where the scale is still nearly even.
 * @param {number[]} values
 * @param {number} floor  the least known loss, Infinity if none is known
 * @returns {Scale}
 */
export function scaleOf(values, floor) {
  const fine = values.filter(Number.isFinite);
  const lowest = Math.min(min(fine) ?? 0, floor);
  const above = fine.map((value) => value - lowest);
  const top = max(above) || 1;
  const log = top > STEEP * (quantile(above, 0.5) ?? top);
  const bend = (quantile(above, 0.1) ?? 0) || top / 1e3;
  const whole = Math.log1p(top / bend);
  return {
    log,
    part(loss) {
      if (Number.isNaN(loss)) return 1;
      const gap = clamp(loss - lowest, 0, top);
      return log ? Math.log1p(gap / bend) / whole : gap / top;
    },
    lossAt: (part) => lowest + (log ? bend * Math.expm1(part * whole) : part * top),
  };
}

/**
 * @param {import("./contours.js").Surface} surface
 * @param {[Span, Span]} window
 * @param {number} floor
 * @returns {Relief}
 */
export function reliefOf(surface, window, floor) {
  const values = heights(surface, { x: window[0], y: window[1] }, SIDE);
  const scale = scaleOf(values, floor);
  const grid = Float32Array.from(values, (value) => TALL * scale.part(value));
  return { window, scale, grid };
}

/** The height over a place of the square, between four points of the grid. @param {Relief} relief @param {number} u @param {number} v */
export function heightAt({ grid }, u, v) {
  const place = (/** @type {number} */ along) =>
    clamp(((along + 1) / 2) * CELLS, 0, CELLS - 1e-9);
  const [a, b] = [place(u), place(v)];
  const [i, j] = [Math.floor(a), Math.floor(b)];
  const [p, q] = [a - i, b - j];
  const low = j * SIDE + i;
  return (
    (1 - q) * ((1 - p) * grid[low] + p * grid[low + 1]) +
    q * ((1 - p) * grid[low + SIDE] + p * grid[low + SIDE + 1])
  );
}

/** A point of the plane on the surface. @param {Relief} relief @param {Span} point @returns {Spot} */
export function spotOf(relief, point) {
  const [u, v] = relief.window.map(
    ([low, high], i) => (2 * (point[i] - low)) / (high - low) - 1,
  );
  return [u, v, heightAt(relief, u, v) + CLEAR];
}

/** Whether a place lies over the square. @param {Spot} spot */
export function over([u, v]) {
  return Math.abs(u) <= 1.001 && Math.abs(v) <= 1.001;
}

/** A path laid over the surface, longer steps in pieces. @param {Relief} relief @param {Span[]} points @returns {Spot[]} */
export function drape(relief, points) {
  const spots = points.map((point) => spotOf(relief, point));
  return spots.flatMap((to, i) => {
    if (i === 0) return [to];
    const [u, v] = spots[i - 1];
    const [du, dv] = [to[0] - u, to[1] - v];
    const count = clamp(Math.ceil(Math.hypot(du, dv) / PIECE) || 1, 1, PIECES);
    return Array.from({ length: count }, (_, k) => {
      const [a, b] = [u + (du * (k + 1)) / count, v + (dv * (k + 1)) / count];
      return /** @type {Spot} */ ([a, b, heightAt(relief, a, b) + CLEAR]);
    });
  });
}

/** The way from the block to the eye, which is far away. @param {View} view @returns {Spot} */
export function eye({ turn, tilt }) {
  const [t, e] = [radians(turn), radians(tilt)];
  return [-Math.sin(t) * Math.cos(e), -Math.cos(t) * Math.cos(e), Math.sin(e)];
}

/** Where a place is seen: to the right and up from the middle of the block. @param {View} view @param {Spot} spot @returns {Span} */
export function project({ turn, tilt }, [u, v, z]) {
  const [t, e] = [radians(turn), radians(tilt)];
  const back = u * Math.sin(t) + v * Math.cos(t);
  return [
    u * Math.cos(t) - v * Math.sin(t),
    (z - TALL / 2) * Math.cos(e) + back * Math.sin(e),
  ];
}

/** Whether the surface stands between a place on it and the eye. @param {Relief} relief @param {View} view @param {Spot} spot */
export function hidden(relief, view, [u, v, z]) {
  const [du, dv, dz] = eye(view);
  for (let far = MARCH; z + far * dz <= TALL; far += MARCH) {
    const [a, b] = [u + far * du, v + far * dv];
    if (!over([a, b, 0])) return false;
    if (heightAt(relief, a, b) > z + far * dz) return true;
  }
  return false;
}

/** How much light falls on each point of the grid, 0 to 1. @param {Relief} relief */
export function lightOn({ grid }) {
  const at = (/** @type {number} */ i, /** @type {number} */ j) =>
    grid[clamp(j, 0, CELLS) * SIDE + clamp(i, 0, CELLS)];
  return Float32Array.from(grid, (_, k) => {
    const [i, j] = [k % SIDE, Math.floor(k / SIDE)];
    const across = ((at(i + 1, j) - at(i - 1, j)) * CELLS) / 4;
    const back = ((at(i, j + 1) - at(i, j - 1)) * CELLS) / 4;
    const facing = 0.45 * across + 0.45 * back + 0.77;
    return clamp(facing / Math.hypot(across, back, 1), 0, 1);
  });
}

/** @param {number} degrees */
function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
