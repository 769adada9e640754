// A map of a surface: quiet bands, minima, paths and the heads of racers.

import { bands } from "../pure/contours.js";
import { placed, spaced } from "../pure/labels.js";
import { clamp } from "../pure/ranges.js";
import { join, set, svg } from "./dom.js";
import { arrowHead, marker, shape } from "./marks.js";
import { lineThrough } from "./plot.js";

/** @typedef {import("./plot.js").Scales} Scales */
/** @typedef {import("./losses.js").Look} Look */
/** @typedef {[number, number]} Point */
/** @typedef {{look: Look, points: Point[]}} Trail  points in pixels */
/** @typedef {{look: Look, x: number, y: number, text: string}} Head */

const FAR = 5000; // pixels; further out SVG loses its precision
const DOTS = 80;

/** Pixels of points of the plane, kept within what SVG can draw. @param {Scales} scales @param {Point[]} points @returns {Point[]} */
export function pixelsOf({ x, y }, points) {
  const limit = (/** @type {number} */ value) =>
    Number.isFinite(value) ? clamp(value, -FAR, FAR) : FAR;
  return points.map(([a, b]) => [limit(x(a)), limit(y(b))]);
}

/**
 * Bands, their lines and the minima, drawn anew only when the view changes.
 * @param {import("../pure/contours.js").Surface} surface
 * @param {Point[]} minima
 * @param {number} floor the least known height
 */
export function makeGround(surface, minima, floor) {
  const [sea, land, wells] = [svg("rect", { class: "gd-sea" }), svg("g"), svg("g")];
  let view = "";
  return {
    el: svg("g", { "aria-hidden": "true" }, sea, land, wells),
    /** @param {Scales} scales */
    draw(scales) {
      const { x, y } = scales;
      const now = [x.domain(), y.domain(), x.range(), y.range()].join();
      if (now === view) return;
      view = now;
      const [width, height] = [scales.right - scales.left, scales.bottom - scales.top];
      set(sea, { x: scales.left, y: scales.top, width, height });
      drawLand(
        land,
        bands(surface, { x: pair(x.domain()), y: pair(y.domain()) }, floor),
        scales,
      );
      join(
        wells,
        minima,
        () => svg("path", { class: "gd-well", d: "M-5,-5L5,5M5,-5L-5,5" }),
        (well, [a, b]) => set(well, { transform: `translate(${x(a)},${y(b)})` }),
      );
    },
  };
}

/** @param {number[]} domain @returns {Point} */
function pair([low, high]) {
  return [low, high];
}

/** @param {Element} land @param {ReturnType<typeof bands>} regions @param {Scales} scales */
function drawLand(land, regions, scales) {
  const ring = (/** @type {Point[]} */ points) =>
    `${lineThrough(pixelsOf(scales, points))}Z`;
  join(
    land,
    regions,
    () => svg("path", { class: "gd-band" }),
    (band, { rings }) => set(band, { d: rings.map(ring).join("") }),
  );
}

/** Each racer's path, with a marker at every step that is far enough from the last. */
export function makePaths() {
  const el = svg("g", { "aria-hidden": "true" });
  return {
    el,
    /** @param {Trail[]} trails */
    draw: (trails) => join(el, trails, makePath, drawPath),
  };
}

/** @param {Trail} trail */
function makePath({ look }) {
  const under = svg("path", { class: "gd-path gd-under" });
  const line = svg("path", { class: "gd-path", "stroke-dasharray": look.dash || null });
  return svg("g", { style: `--gd-own: ${look.colour}` }, under, line, svg("g"));
}

/** @param {Element} group @param {Trail} trail */
function drawPath(group, { look, points }) {
  const [under, line, dots] = group.children;
  const d = lineThrough(spaced(points, 0.7));
  set(under, { d });
  set(line, { d });
  join(
    dots,
    spaced(points, 11).slice(1, DOTS),
    () => marker(look.marker),
    (dot, [x, y]) =>
      set(dot, { transform: `translate(${x.toFixed(1)},${y.toFixed(1)}) scale(0.55)` }),
  );
}

/** Where each racer is, with its name. */
export function makeHeads() {
  const [marks, words] = [svg("g"), svg("g")];
  return {
    el: svg("g", { "aria-hidden": "true" }, marks, words),
    /** @param {Head[]} heads @param {Scales} scales @param {boolean} named */
    draw(heads, scales, named) {
      join(
        marks,
        heads,
        () => svg("path", { class: "gd-mark gd-head" }),
        (mark, { x, y, look }) =>
          set(mark, {
            d: shape(look.marker),
            transform: `translate(${x},${y}) scale(1.25)`,
            style: `--gd-own: ${look.colour}`,
          }),
      );
      join(
        words,
        named ? placed(heads, scales) : [],
        () => svg("text", { class: "gd-halo gd-name" }),
        (word, { x, y, text, anchor }, i) =>
          set(word, {
            x,
            y: y + 4,
            text,
            "text-anchor": anchor,
            style: `--gd-own: ${heads[i].look.colour}`,
          }),
      );
    },
  };
}

/** The way straight down from a point, at a right angle to its contour. */
export function makeDownhill() {
  const el = svg("path", { class: "gd-path gd-downhill", "aria-hidden": "true" });
  return {
    el,
    /** @param {Point} from @param {Point} gradient @param {Scales} scales */
    draw(from, [a, b], { x, y }) {
      const [dx, dy] = [-a * (x(1) - x(0)), -b * (y(1) - y(0))];
      const length = Math.hypot(dx, dy);
      const [px, py] = [x(from[0]), y(from[1])];
      const [tx, ty] = [px + (46 * dx) / length, py + (46 * dy) / length];
      const steep = length > 0 && Number.isFinite(length);
      const head = arrowHead(tx, ty, Math.atan2(dy, dx), 8);
      set(el, { d: steep ? `M${px},${py}L${tx},${ty}${head}` : "" });
    },
  };
}

/** A sample of a racer's line for a legend. @param {Look} look */
export function sample(look) {
  const line = svg("path", {
    class: "gd-path",
    d: "M2,8H40",
    "stroke-dasharray": look.dash || null,
  });
  const mark = marker(look.marker);
  mark.setAttribute("transform", "translate(21,8)");
  return svg(
    "svg",
    { viewBox: "0 0 42 16", width: 42, height: 16, "aria-hidden": "true" },
    line,
    mark,
  );
}
