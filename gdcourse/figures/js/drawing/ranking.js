// A ranking: for each rule its runs as dots, the middle half as a bar, and what counts.

import { join, set, svg } from "./dom.js";
import { shape } from "./marks.js";
import { board, frame } from "./plot.js";

/**
 * @typedef {object} Row
 * @property {import("./losses.js").Look} look
 * @property {string} words
 * @property {number[]} ends   infinite ones are left to the words
 * @property {number} score
 * @property {number} low
 * @property {number} high
 */
/** @typedef {import("../pure/losses.js").LossAxis} LossAxis */

const ROW = 46;
const MARGIN = { top: 4, right: 14, bottom: 36, left: 14 };

/** @param {string} label for screen readers */
export function rankingBoard(label) {
  const el = board(label);
  const axes = frame(el);
  const rows = svg("g", { "aria-hidden": "true" });
  axes.over.append(rows);
  return {
    el,
    /** @param {number} width @param {LossAxis} axis @param {string} words of the axis @param {Row[]} all */
    draw(width, axis, words, all) {
      const scales = axes.set({
        width,
        height: MARGIN.top + MARGIN.bottom + ROW * all.length,
        margin: MARGIN,
        x: { ...axis, label: words },
        y: { domain: [0, 1], ticks: 0 },
      });
      const place = (/** @type {number} */ value) => {
        const [low, high] = axis.domain;
        return scales.x(Math.min(Math.max(value, low), high));
      };
      join(rows, all, makeRow, (row, each, i) => drawRow(row, each, i, place));
    },
  };
}

function makeRow() {
  return svg(
    "g",
    {},
    svg("text", { class: "gd-strong", x: MARGIN.left }),
    svg("line", { class: "gd-whisker" }),
    svg("rect", { class: "gd-quarters", height: 12, rx: 3 }),
    svg("g"),
    svg("path", { class: "gd-mark gd-head" }),
  );
}

/** @param {Element} row @param {Row} each @param {number} i @param {(value: number) => number} place */
function drawRow(row, { look, words, ends, score, low, high }, i, place) {
  const [text, whisker, quarters, dots, mark] = row.children;
  const y = MARGIN.top + ROW * i + 30;
  const shown = ends.filter(Number.isFinite);
  const [left, right] = [place(low), place(high)];
  row.setAttribute("style", `--gd-own: ${look.colour}`);
  set(text, { text: words, y: y - 13 });
  set(whisker, {
    x1: place(Math.min(...ends)),
    x2: place(Math.max(...ends)),
    y1: y,
    y2: y,
  });
  set(quarters, { x: left, y: y - 6, width: Math.max(right - left, 0) });
  set(whisker, { visibility: shown.length ? null : "hidden" });
  set(quarters, { visibility: shown.length > 1 && low < Infinity ? null : "hidden" });
  join(
    dots,
    shown.slice(0, MOST),
    () => svg("circle", { class: "gd-run", r: 2.5 }),
    (dot, end) => set(dot, { cx: place(end).toFixed(1), cy: y }),
  );
  set(mark, {
    d: shape(look.marker),
    transform: `translate(${place(score)},${y}) scale(1.4)`,
    visibility: score < Infinity ? null : "hidden",
  });
}

const MOST = 120; // dots of a row
