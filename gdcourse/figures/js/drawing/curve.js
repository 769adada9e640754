// A curve, the ball's trail on it, the slope under the ball and its next step.

import { range } from "d3-array";
import { write } from "../pure/numbers.js";
import { clamp } from "../pure/ranges.js";
import { join, set, svg } from "./dom.js";
import { arrowHead, marker } from "./marks.js";
import { lineThrough } from "./plot.js";

/** @typedef {import("./plot.js").Scales} Scales */
/** @typedef {[number, number]} Point */
/** @typedef {{x: number, loss: number}} Place */

const SAMPLES = 240;
const FAR = 1e4; // pixels; further out SVG loses its precision
const TRAIL = 60;
const WORDS = 92; // pixels that "slope −14.00" needs

/** The parameter's values to draw a curve at. @param {Point} domain */
export function samples([low, high]) {
  return range(SAMPLES + 1).map((i) => low + ((high - low) * i) / SAMPLES);
}

/** Pixels of a place, kept within what SVG can draw. @param {Scales} scales @param {Place} place @returns {Point} */
export function pixelsOf(scales, { x, loss }) {
  return [limited(scales.x(x)), limited(scales.y(loss))];
}

/** @param {number} pixel */
function limited(pixel) {
  return Number.isNaN(pixel) ? -FAR : clamp(pixel, -FAR, FAR);
}

/** @param {Scales} scales @param {Point} pixels */
export function within({ left, right, top, bottom }, [x, y]) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** Where the ball has been: dots that fade, and the jumps between them. */
export function makeTrail() {
  const line = svg("path", { class: "gd-path gd-trail" });
  const dots = svg("g");
  return {
    el: svg("g", {}, line, dots),
    /** @param {Place[]} places @param {Scales} scales */
    draw(places, scales) {
      const points = places.map((place) => pixelsOf(scales, place));
      set(line, { d: lineThrough(points) });
      const shown = points.slice(0, -1).slice(-TRAIL);
      join(
        dots,
        shown,
        () => marker("circle"),
        (dot, [x, y], i) =>
          set(dot, {
            transform: `translate(${x},${y}) scale(0.7)`,
            opacity: 0.35 + (0.5 * (i + 1)) / shown.length,
          }),
      );
    },
  };
}

/** The tangent under the ball with its slope in words. */
export function makeTangent() {
  const line = svg("path", { class: "gd-path gd-tangent" });
  const words = svg("text", { class: "gd-halo gd-slope", "aria-hidden": "true" });
  return {
    line,
    words,
    /** @param {Place & {slope: number}} place @param {Scales} scales @param {boolean} seen */
    draw(place, scales, seen) {
      const [x, y] = pixelsOf(scales, place);
      const [dx, dy] = along(place.slope, scales);
      const up = place.slope > 0;
      set(line, {
        d: seen
          ? lineThrough([
              [x - dx, y - dy],
              [x + dx, y + dy],
            ])
          : "",
      });
      set(words, {
        text: seen ? `slope ${write(place.slope)}` : "",
        x: clamp(
          x + (up ? -16 : 16),
          scales.left + (up ? WORDS : 0),
          scales.right - (up ? 0 : WORDS),
        ),
        y: clamp(y - 14, scales.top + 12, scales.bottom - 10),
        "text-anchor": up ? "end" : "start",
      });
    },
  };
}

/** Half a tangent of 96 pixels. @param {number} slope @param {Scales} scales */
function along(slope, { x, y }) {
  const [dx, dy] = [x(1) - x(0), (y(1) - y(0)) * slope];
  const length = Math.hypot(dx, dy) || 1;
  return [(48 * dx) / length, (48 * dy) / length];
}

/** The next step: along the parameter, then to the curve, where a hollow dot waits. */
export function makeNext() {
  const step = svg("path", { class: "gd-path gd-next" });
  const head = svg("path", { class: "gd-path gd-next-head" });
  const ghost = svg("circle", { class: "gd-ghost", r: 7 });
  return {
    el: svg("g", {}, step, head, ghost),
    /** @param {Place} from @param {Place} to @param {Scales} scales @param {boolean} seen */
    draw(from, to, scales, seen) {
      const [x, y] = pixelsOf(scales, from);
      const [tx, ty] = pixelsOf(scales, to);
      const long = seen && Math.abs(tx - x) > 16;
      set(step, {
        d: seen
          ? lineThrough([
              [x, y],
              [tx, y],
              [tx, ty],
            ])
          : "",
      });
      set(head, { d: long ? arrowHead(tx, y, tx < x ? Math.PI : 0) : "" });
      set(ghost, { cx: tx, cy: ty, visibility: seen ? "visible" : "hidden" });
    },
  };
}

/** Words at the edge for a ball that left the window. */
export function makeEdge() {
  const el = svg("text", { class: "gd-halo gd-strong", "aria-hidden": "true" });
  return {
    el,
    /** @param {Point} ball where the ball is drawn @param {Point} true_ where it is @param {Scales} scales @param {string} words */
    draw([x, y], true_, scales, words) {
      const rightward = x > (scales.left + scales.right) / 2;
      const way = true_[0] > scales.right ? "→" : true_[0] < scales.left ? "←" : "↑";
      set(el, {
        text: within(scales, true_)
          ? ""
          : rightward
            ? `${words} ${way}`
            : `${way} ${words}`,
        x: x + (rightward ? -20 : 20),
        y: Math.max(y + 5, scales.top + 12),
        "text-anchor": rightward ? "end" : "start",
      });
    },
  };
}
