// Marks on a curve for search on a grid: evaluated points, minima, maxima, the best.

import { spaced } from "../pure/labels.js";
import { html, join, set, svg } from "./dom.js";
import { marker } from "./marks.js";
import { pixelsOf } from "./curve.js";

/** @typedef {import("./plot.js").Scales} Scales */
/** @typedef {{x: number, loss: number}} Place */
/** @typedef {{kind: string, shape: string, words: string}} Sign */

/** @type {Record<"minimum" | "maximum" | "best", Sign>} */
export const SIGNS = {
  minimum: { kind: "gd-minimum", shape: "circle", words: "global minimum" },
  maximum: { kind: "gd-maximum", shape: "triangle", words: "local maximum" },
  best: { kind: "gd-best", shape: "star", words: "best of the grid" },
};

/** Signs of one kind on the curve. @param {Sign} sign @param {number} size */
export function makeSigns({ kind, shape }, size) {
  const el = svg("g", { class: kind, "aria-hidden": "true" });
  return {
    el,
    /** @param {Place[]} places @param {Scales} scales */
    draw(places, scales) {
      join(
        el,
        places,
        () => marker(shape),
        (mark, place) => {
          const [x, y] = pixelsOf(scales, place);
          set(mark, { transform: `translate(${x},${y}) scale(${size})` });
        },
      );
    },
  };
}

/** The points that were evaluated, as dots on the curve, and where the sweep is. */
export function makeSweep() {
  const dots = svg("path", { class: "gd-path gd-evaluated" });
  const line = svg("line", { class: "gd-sweep" });
  return {
    el: svg("g", { "aria-hidden": "true" }, dots, line),
    /** @param {Place[]} places @param {Scales} scales @param {boolean} going */
    draw(places, scales, going) {
      const points = places.map((place) => pixelsOf(scales, place));
      const d = spaced(points, 4).map(([x, y]) => `M${x.toFixed(1)},${y.toFixed(1)}h0`);
      set(dots, { d: d.join("") });
      const [x] = points[points.length - 1] ?? [0];
      const ends = { x1: x, x2: x, y1: scales.top, y2: scales.bottom };
      set(line, { ...ends, visibility: going ? null : "hidden" });
    },
  };
}

/** What the signs mean. @param {Sign[]} signs */
export function legend(signs) {
  const sample = (/** @type {Sign} */ { kind, shape, words }) => {
    const mark = svg("g", { class: kind }, marker(shape));
    const box = {
      viewBox: "-9 -9 18 18",
      width: 18,
      height: 18,
      "aria-hidden": "true",
    };
    return html("span", { class: "gd-sample" }, svg("svg", box, mark), words);
  };
  return html("div", { class: "gd-signs" }, ...signs.map(sample));
}
