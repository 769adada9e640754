// Points, a line through them, its errors, and the least-squares fit.

import { heightAt } from "../pure/lines.js";
import * as pure from "../pure/line.js";
import { clamp } from "../pure/ranges.js";
import { join, set, svg } from "./dom.js";
import { lineThrough } from "./plot.js";

/** @typedef {import("../pure/line.js").State} State */
/** @typedef {import("../pure/line.js").Points} Points */
/** @typedef {import("./plot.js").Scales} Scales */
/** @typedef {[number, number]} Pixel */

const FEW = 60; // so many points are drawn as large dots
const NAME = 86; // pixels that the name of the fit takes
const PAST = 5; // earlier lines that stay in view

/** Pixels of a place in the units of the data, kept within what SVG can draw. @param {Points} points @param {Scales} scales @param {number} x @param {number} y @returns {Pixel} */
export function pixel({ axes }, scales, x, y) {
  const height = scales.y(y / axes[1].unit);
  return [
    scales.x(x / axes[0].unit),
    Number.isNaN(height) ? -1e4 : clamp(height, -1e4, 1e4),
  ];
}

/** The points as one path, drawn anew only for other axes. */
export function makeCloud() {
  const dots = svg("path", { class: "gd-dots" });
  let seen = "";
  return {
    el: dots,
    /** @param {State} state @param {Scales} scales */
    draw(state, scales) {
      const points = pure.pointsOf(state);
      const now = JSON.stringify([state.shown, scales.x.range(), scales.y.range()]);
      if (now === seen) return;
      seen = now;
      const places = points.x.map((x, i) => pixel(points, scales, x, points.y[i]));
      set(dots, {
        d: places.map(([x, y]) => `M${x.toFixed(1)},${y.toFixed(1)}h0`).join(""),
      });
      dots.classList.toggle("gd-many", points.x.length > FEW);
    },
  };
}

/** The residuals of the sampled points, as segments or squares. */
export function makeMisses() {
  const squares = svg("path", { class: "gd-squares" });
  const segments = svg("path", { class: "gd-misses" });
  return {
    el: svg("g", {}, squares, segments),
    /** @param {State} state @param {Scales} scales */
    draw(state, scales) {
      const points = pure.pointsOf(state);
      const ends = points.sampled.map((i) => {
        const on = heightAt(points.axes, pure.latest(state), points.x[i]);
        return [
          ...pixel(points, scales, points.x[i], points.y[i]),
          pixel(points, scales, points.x[i], on)[1],
        ];
      });
      set(segments, {
        d: ends
          .map(([x, y, on]) => `M${x.toFixed(1)},${y.toFixed(1)}V${on.toFixed(1)}`)
          .join(""),
      });
      set(squares, { d: state.squares ? ends.map(square).join("") : "" });
      for (const each of [segments, squares])
        each.classList.toggle("gd-many", points.x.length > FEW);
    },
  };
}

/** A square with the residual as its left side. @param {number[]} ends */
function square([x, y, on]) {
  const side = Math.abs(on - y);
  return `M${x.toFixed(1)},${y.toFixed(1)}V${on.toFixed(1)}h${side.toFixed(1)}V${y.toFixed(1)}Z`;
}

/** The line, a few before it, and the least-squares fit. */
export function makeLines() {
  const past = svg("g");
  const fit = svg("path", { class: "gd-path gd-fit" });
  const now = svg("path", { class: "gd-path gd-now" });
  const name = svg("text", { class: "gd-halo gd-fit-name" });
  return {
    el: svg("g", {}, past, fit, now),
    name,
    /** @param {State} state @param {Scales} scales */
    draw(state, scales) {
      const points = pure.pointsOf(state);
      const [w, b] = points.fit;
      const across = (/** @type {{w: number, b: number}} */ each) =>
        ends(points, scales, each);
      set(now, { d: lineThrough(across(pure.latest(state))) });
      set(fit, { d: state.fitted ? lineThrough(across({ w, b })) : "" });
      set(name, {
        text: state.fitted ? "least squares" : "",
        ...besideFit(points, scales),
      });
      const before = state.lines.slice(0, -1).slice(-PAST);
      join(
        past,
        before,
        () => svg("path", { class: "gd-path gd-past" }),
        (path, each, i) =>
          set(path, {
            d: lineThrough(across(each)),
            opacity: (0.35 * (i + 1)) / before.length,
          }),
      );
    },
  };
}

/** Where a line enters and leaves the window. @param {Points} points @param {Scales} scales @param {{w: number, b: number}} each @returns {Pixel[]} */
function ends(points, scales, each) {
  return points.axes[0].window.map((x) =>
    pixel(points, scales, x, heightAt(points.axes, each, x)),
  );
}

/** A place for the name of the fit: the middle of the widest gap that the balls leave. @param {Points} points @param {Scales} scales */
function besideFit(points, scales) {
  const { axes, grip, fit } = points;
  const [w, b] = fit;
  const balls = [0, grip].map((at) =>
    scales.x((axes[0].middle + axes[0].spread * at) / axes[0].unit),
  );
  const stops = [scales.left, ...balls.sort((p, q) => p - q), scales.right];
  const gaps = stops
    .slice(1)
    .map((stop, i) => [stop - stops[i], (stop + stops[i]) / 2]);
  const x = Math.min(gaps.sort((p, q) => q[0] - p[0])[0][1], scales.right - NAME);
  const [, y] = pixel(
    points,
    scales,
    0,
    heightAt(axes, { w, b }, scales.x.invert(x) * axes[0].unit),
  );
  return { x, y: clamp(y + (w < 0 ? -12 : 22), scales.top + 14, scales.bottom - 6) };
}
