// A board to draw on, and axes: few lines, direct words.

import { scaleLinear, scaleLog } from "d3-scale";
import { raised, tick } from "../pure/numbers.js";
import { join, set, svg } from "./dom.js";

/**
 * `at` are the places of the marks, if they are chosen, and `word` writes them.
 * @typedef {{domain: [number, number], log?: boolean, label?: string, ticks?: number, at?: number[], word?: (value: number) => string}} Axis
 */
/** @typedef {{top: number, right: number, bottom: number, left: number}} Margin */
/** @typedef {import("d3-scale").ScaleContinuousNumeric<number, number>} Scale */
/** @typedef {{width: number, height: number, x: Axis, y: Axis, margin?: Partial<Margin>}} Frame */
/** @typedef {{x: Scale, y: Scale, left: number, right: number, top: number, bottom: number}} Scales */

/** @type {Margin} */
const MARGIN = { top: 26, right: 14, bottom: 32, left: 46 };

/**
 * An SVG whose viewBox is its size in pixels, so that text keeps its size.
 * @param {string} label for screen readers
 */
export function board(label) {
  return svg("svg", { class: "gd-board", role: "group", "aria-label": label });
}

/**
 * Axes inside a board: `back` (below everything), `plot` (cut off at the axes) and
 * `over` (not cut off) are the layers to draw in.
 * @param {SVGSVGElement} el
 */
export function frame(el) {
  const back = svg("g");
  const plot = svg("svg", { overflow: "hidden" });
  const grid = svg("g");
  const lines = svg("g");
  const words = svg("g", { "aria-hidden": "true" });
  const over = svg("g");
  el.append(back, grid, plot, lines, words, over);
  return {
    back,
    plot,
    over,
    /** @param {Frame} options @returns {Scales} */
    set(options) {
      const scales = scalesOf(options);
      const { width, height } = options;
      set(el, { viewBox: `0 0 ${width} ${height}`, width, height });
      place(plot, scales);
      drawGrid(grid, lines, scales, options);
      drawWords(words, scales, options);
      return scales;
    },
  };
}

/** @param {Frame} options @returns {Scales} */
function scalesOf({ width, height, x, y, margin }) {
  const { top, right, bottom, left } = { ...MARGIN, ...margin };
  const box = { left, right: width - right, top, bottom: height - bottom };
  return {
    ...box,
    x: scaleOf(x).range([box.left, box.right]),
    y: scaleOf(y).range([box.bottom, box.top]),
  };
}

/** @param {Axis} axis @returns {Scale} */
function scaleOf({ domain, log = false }) {
  return (log ? scaleLog() : scaleLinear()).domain(domain);
}

/** Cut the layer off at the axes while keeping the board's pixels. @param {SVGSVGElement} plot @param {Scales} scales */
function place(plot, { left, right, top, bottom }) {
  const [width, height] = [Math.max(right - left, 1), Math.max(bottom - top, 1)];
  set(plot, {
    x: left,
    y: top,
    width,
    height,
    viewBox: `${left} ${top} ${width} ${height}`,
  });
}

/** @param {Element} grid @param {Element} lines @param {Scales} scales @param {Frame} options */
function drawGrid(grid, lines, { x, y, left, right, bottom }, options) {
  const rows = ticksOf(y, options.y, 5);
  join(
    grid,
    rows,
    () => svg("line", { class: "gd-grid" }),
    (line, value) => set(line, { x1: left, x2: right, y1: y(value), y2: y(value) }),
  );
  join(
    lines,
    [0],
    () => svg("line", { class: "gd-axis" }),
    (line) => set(line, { x1: left, x2: right, y1: bottom, y2: bottom }),
  );
}

/** @param {Element} words @param {Scales} scales @param {Frame} options */
function drawWords(words, { x, y, left, right, top, bottom }, options) {
  const columns = ticksOf(x, options.x, Math.max((right - left) / 70, 2));
  const labels = [
    ...columns.map((value) => ({
      x: x(value),
      y: bottom + 17,
      text: worded(value, options.x),
      "text-anchor": "middle",
    })),
    ...ticksOf(y, options.y, 5).map((value) => ({
      x: left - 8,
      y: y(value) + 4,
      text: worded(value, options.y),
      "text-anchor": "end",
    })),
    { x: right, y: bottom + 31, text: options.x.label, "text-anchor": "end" },
    {
      x: Math.max(left - 38, 2),
      y: top - 12,
      text: options.y.label,
      "text-anchor": "start",
    },
  ];
  join(words, labels, () => svg("text"), set);
}

/** @param {Scale} scale @param {Axis} axis @param {number} count */
function ticksOf(scale, axis, count) {
  if (axis.at) return axis.at;
  if (!axis.log) return scale.ticks(axis.ticks ?? count);
  const powers = scale
    .ticks()
    .filter((value) => Number.isInteger(Math.round(Math.log10(value) * 1e9) / 1e9));
  const every = Math.ceil(powers.length / count);
  return powers.filter((_, i) => i % every === 0);
}

/** @param {number} value @param {Axis} axis */
function worded(value, { log, word }) {
  if (word) return word(value);
  const power = Math.round(Math.log10(value));
  return log && Math.abs(power) > 3 ? `10${raised(power)}` : tick(value);
}

/**
 * The d of a line through points in pixels.
 * @param {readonly [number, number][]} points
 */
export function lineThrough(points) {
  return points.map(([x, y], i) => `${i ? "L" : "M"}${tenth(x)},${tenth(y)}`).join("");
}

/** Faster than toFixed, which matters for runs of thousands of steps. @param {number} pixel */
function tenth(pixel) {
  return Math.round(pixel * 10) / 10;
}

const NARROW = 560;
const GAP = 16; // between boards, as in base.css

/**
 * The widths of two boards: side by side, or one above the other where it is narrow.
 * @param {number} width inside the figure's box
 * @param {number} share of the first board
 */
export function sideBySide(width, share) {
  if (width < NARROW) return { first: width, second: width, narrow: true };
  const first = Math.round((width - GAP) * share);
  return { first, second: width - GAP - first, narrow: false };
}
