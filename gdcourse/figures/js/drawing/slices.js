// What lies on the map and on the slices: cuts, the gradient, tangents and secants.

import { brief } from "../pure/numbers.js";
import { clamp } from "../pure/ranges.js";
import { makeTangent, pixelsOf, samples, within } from "./curve.js";
import { join, set, svg } from "./dom.js";
import { arrowHead, marker } from "./marks.js";
import { lineThrough } from "./plot.js";

/** @typedef {import("./plot.js").Scales} Scales */
/** @typedef {import("../pure/slices.js").Secant} Secant */
/** @typedef {[number, number]} Point */

const ARROW = 58; // pixels
const CORNER = 11;
const LEAST = 5; // pixels of a triangle that can be seen

/** Where the two slices run, and where their steps end. */
export function makeCuts() {
  const [lines, ends] = [svg("g"), svg("g")];
  return {
    el: svg("g", { "aria-hidden": "true" }, lines, ends),
    /** @param {Point} point @param {Secant[]} cuts @param {Scales} scales */
    draw(point, cuts, { x, y, left, right, top, bottom }) {
      const [across, up] = [x(point[0]), y(point[1])];
      join(
        lines,
        [`M${left},${up}H${right}`, `M${across},${bottom}V${top}`],
        (_, i) => svg("path", { class: `gd-path gd-cut gd-cut-${i}` }),
        (line, d) => set(line, { d }),
      );
      const [east, north] = cuts.map(({ high }) => high);
      join(
        ends,
        [`M${x(east)},${up - 7}v14`, `M${across - 7},${y(north)}h14`],
        () => svg("path", { class: "gd-path gd-step-end" }),
        (end, d) => set(end, { d }),
      );
    },
  };
}

/** The gradient's arrow, and where angles are true the right angle at its foot. */
export function makeGradient() {
  const line = svg("path", { class: "gd-path gd-uphill" });
  const corner = svg("path", { class: "gd-path gd-corner" });
  const words = svg("text", { class: "gd-halo gd-strong", text: "gradient" });
  return {
    el: svg("g", { "aria-hidden": "true" }, corner, line, words),
    /** @param {Point} from @param {number[]} gradient @param {Scales} scales @param {boolean} equal */
    draw(from, [a, b], scales, equal) {
      const { x, y, left, right, top, bottom } = scales;
      const [dx, dy] = [a * (x(1) - x(0)), b * (y(1) - y(0))];
      const length = Math.hypot(dx, dy);
      const steep = length > 0 && Number.isFinite(length);
      const [ux, uy] = steep ? [dx / length, dy / length] : [0, 0];
      const [px, py] = [x(from[0]), y(from[1])];
      const [tx, ty] = [px + ARROW * ux, py + ARROW * uy];
      const head = arrowHead(tx, ty, Math.atan2(uy, ux), 9);
      set(line, { d: steep ? `M${px},${py}L${tx},${ty}${head}` : "" });
      const [sx, sy] = [CORNER * ux, CORNER * uy];
      const foot = `M${px + 13 * ux + sx},${py + 13 * uy + sy}`;
      set(corner, {
        d: steep && equal ? `${foot}l${-sy},${sx}l${-sx},${-sy}` : "",
      });
      set(words, {
        visibility: within(scales, [tx, ty]) && steep ? "visible" : "hidden",
        x: clamp(tx, left + 30, right - 30),
        y: clamp(ty + (uy > 0 ? 18 : -8), top + 12, bottom - 6),
        "text-anchor": "middle",
      });
    },
  };
}

/** A slice: its curve, the tangent, and the secant with the legs Δ and ΔL. */
export function makeSlice() {
  const curve = svg("path", { class: "gd-curve" });
  const area = svg("path", { class: "gd-triangle" });
  const secant = svg("path", { class: "gd-path gd-secant" });
  const words = svg("g", { "aria-hidden": "true" });
  const tangent = makeTangent();
  const ball = marker("circle");
  return {
    el: svg("g", {}, area, curve, tangent.line, secant),
    over: svg("g", { "aria-hidden": "true" }, ball, tangent.words, words),
    /** @param {{at: number, loss: (value: number) => number, domain: Point, cut: Secant, delta: number, central: boolean}} slice @param {Scales} scales */
    draw({ at, loss, domain, cut, delta, central }, scales) {
      const points = samples(domain).map((x) => ({ x, loss: loss(x) }));
      set(curve, { d: lineThrough(points.map((point) => pixelsOf(scales, point))) });
      const here = { x: at, loss: loss(at) };
      const [px, py] = pixelsOf(scales, here);
      const seen = within(scales, [px, py]);
      set(ball, { transform: `translate(${px},${py}) scale(1.3)` });
      tangent.draw({ ...here, slope: cut.exact }, scales, seen);
      const left = px - 95 > scales.left;
      set(tangent.words, {
        x: left ? px - 14 : px + 14,
        y: clamp(
          py + (cut.exact > 0 === left ? -14 : 24),
          scales.top + 12,
          scales.bottom - 8,
        ),
        "text-anchor": left ? "end" : "start",
      });
      const [from, to] = endsOf(cut, scales);
      set(secant, { d: secantThrough(from, to, cut, scales) });
      const small = to[0] - from[0] < LEAST;
      set(area, { d: small ? "" : `${lineThrough([from, [to[0], from[1]], to])}Z` });
      const texts = small
        ? [tooSmall(py, delta, scales)]
        : legs(from, to, central, scales);
      join(words, texts, () => svg("text", { class: "gd-halo gd-leg" }), set);
    },
  };
}

/** @param {Secant} cut @param {Scales} scales @returns {[Point, Point]} */
function endsOf({ low, high, before, rise }, scales) {
  return [
    pixelsOf(scales, { x: low, loss: before }),
    pixelsOf(scales, { x: high, loss: before + rise }),
  ];
}

/** The secant a little beyond its ends: by its slope, so that rounding shows. @param {Point} from @param {Point} to @param {Secant} cut @param {Scales} scales */
function secantThrough(from, to, { slope }, { x, y }) {
  const [dx, dy] = [x(1) - x(0), (y(1) - y(0)) * slope];
  const length = Math.hypot(dx, dy);
  if (!Number.isFinite(length)) return "";
  const [ux, uy] = [dx / length, dy / length];
  const back = to[0] - from[0] < LEAST ? 60 : 26;
  return lineThrough([
    [from[0] - back * ux, from[1] - back * uy],
    [to[0] + back * ux, to[1] + back * uy],
  ]);
}

/** @param {Point} from @param {Point} to @param {boolean} central @param {Scales} scales */
function legs([ax, ay], [bx, by], central, { left, right, top, bottom }) {
  const up = by < ay;
  const inward = bx + 28 > right;
  return [
    {
      text: central ? "2Δ" : "Δ",
      x: clamp((ax + bx) / 2, left + 8, right - 8),
      y: clamp(ay + (up ? 15 : -6), top + 12, bottom - 4),
      "text-anchor": "middle",
    },
    {
      text: "ΔL",
      x: Math.min(bx, right) + (inward ? -6 : 6),
      y: clamp((ay + by) / 2 + 4, top + 12, bottom - 4),
      "text-anchor": inward ? "end" : "start",
    },
  ];
}

/** Words where the ball is not. @param {number} ball its height @param {number} delta @param {Scales} scales */
function tooSmall(ball, delta, { right, top, bottom }) {
  return {
    text: `Δ = ${brief(delta)}: too small to draw`,
    x: right - 4,
    y: ball < (top + bottom) / 2 ? bottom - 8 : top + 12,
    "text-anchor": "end",
  };
}

/** The errors at every Δ, one line for each slice, and the present Δ. */
export function makeErrors() {
  const [lines, now] = [svg("g"), svg("path", { class: "gd-path gd-present" })];
  const marks = svg("g");
  const words = svg("text", { class: "gd-halo gd-strong", "aria-hidden": "true" });
  return {
    el: svg("g", {}, now, lines),
    over: svg("g", { "aria-hidden": "true" }, marks, words),
    /** @param {{x: number, y: number}[][]} curves @param {{x: number, y: number}[]} heads @param {number} delta @param {Scales} scales */
    draw(curves, heads, delta, scales) {
      const pixels = (/** @type {{x: number, y: number}} */ { x, y }) =>
        /** @type {Point} */ ([
          scales.x(x),
          scales.y(Math.max(y, scales.y.domain()[0])),
        ]);
      join(
        lines,
        curves,
        (_, i) => svg("path", { class: `gd-path gd-error gd-cut-${i}` }),
        (line, points) => set(line, { d: lineThrough(points.map(pixels)) }),
      );
      join(
        marks,
        heads,
        (_, i) => marker(i ? "square" : "circle"),
        (mark, head) => set(mark, { transform: `translate(${pixels(head)})` }),
      );
      const at = scales.x(delta);
      set(now, { d: `M${at},${scales.top}V${scales.bottom}` });
      const end = at > (scales.left + scales.right) / 2;
      set(words, {
        text: `Δ = ${brief(delta)}`,
        x: at + (end ? -6 : 6),
        y: scales.top + 12,
        "text-anchor": end ? "end" : "start",
      });
    },
  };
}
