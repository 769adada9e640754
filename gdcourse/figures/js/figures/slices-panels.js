// What stands beside and below the map: two slices, their slopes, the errors.

import { samples } from "../drawing/curve.js";
import { html, set } from "../drawing/dom.js";
import { board, frame } from "../drawing/plot.js";
import { makeErrors, makeSlice } from "../drawing/slices.js";
import { trimmed } from "../pure/lines.js";
import { write } from "../pure/numbers.js";
import * as pure from "../pure/slices.js";
import { rough } from "../pure/slices-words.js";
import { more } from "../runtime/controls.js";
import { sizeOf } from "./slices-map.js";

/** @typedef {import("../pure/slices.js").State} State */
/** @typedef {import("../pure/slices.js").Point} Point */
/** @typedef {import("../pure/slices.js").Axis} Axis */
/** @typedef {import("../runtime/types.js").Stage} Stage */

const GAP = 8; // between the slices, as in slices.css

// The slices

/** @param {pure.World} world @param {Axis} axis */
export function makeCut(world, axis) {
  const el = board(`The loss along ${world.names[axis]}`);
  const axes = frame(el);
  const slice = makeSlice();
  axes.plot.append(slice.el);
  axes.over.append(slice.over);
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const frozen = axis === 0 ? 1 : 0;
      const domain = domainOf(state, axis);
      const scales = axes.set({
        ...cutSizes(state),
        x: { domain, label: world.names[axis] },
        y: {
          domain: heightsOf(state),
          label: `loss along ${world.names[axis]}, with ${world.names[frozen]} = ${trimmed(state.point[frozen])} frozen`,
          ticks: 4,
        },
      });
      const { delta, central, point } = state;
      const loss = pure.slice(state, axis);
      const cut = pure.secant(state, axis);
      slice.draw({ at: point[axis], loss, domain, cut, delta, central }, scales);
    },
  };
}

/** Two slices are as high as the map beside them. @param {State} state */
function cutSizes(state) {
  const { second: width, narrow, height } = sizeOf(state);
  return { width, height: narrow ? 215 : Math.max((height - GAP) / 2, 180) };
}

/** The window, with room for the step. @param {State} state @param {Axis} axis @returns {Point} */
function domainOf(state, axis) {
  const [least, most] = state.world.window[axis];
  const { low, high } = pure.secant(state, axis);
  return [Math.min(least, low), Math.max(most, high)];
}

/** One range of losses for both slices, so that their slopes compare. @param {State} state @returns {Point} */
function heightsOf(state) {
  const losses = pure.AXES.flatMap((axis) =>
    samples(domainOf(state, axis)).map(pure.slice(state, axis)),
  ).filter(Number.isFinite);
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const room = (most - least || 1) * 0.08;
  return losses.length > 0 ? [least - room, most + room] : [0, 1];
}

// The slopes in numbers

/** @param {pure.World} world */
export function makeSlopes({ names }) {
  const titles = ["slope", "tangent", "secant", "error"];
  const head = titles.map((text) => html("th", { scope: "col", text }));
  const body = html("tbody");
  const rows = names.map((name) => {
    const cells = titles.slice(1).map(() => html("td"));
    const title = html("th", { scope: "row" }, `along ${name}`);
    body.append(html("tr", {}, title, ...cells));
    return cells;
  });
  const el = html(
    "table",
    { class: "gd-slopes" },
    html("thead", {}, html("tr", {}, ...head)),
    body,
  );
  return {
    el: html("div", { class: "gd-words" }, el),
    /** @param {State} state */
    draw: (state) =>
      pure.secants(state).forEach(({ exact, slope, error }, axis) => {
        const texts = [write(exact), write(slope), rough(error)];
        texts.forEach((text, i) => set(rows[axis][i], { text }));
      }),
  };
}

// The error at every Δ, drawn while it is unfolded

/** @param {Stage} stage */
export function makeCurveOfErrors(stage) {
  const plot = board("The error of the secant’s slope at every Δ");
  const axes = frame(plot);
  const errors = makeErrors();
  axes.plot.append(errors.el);
  axes.over.append(errors.over);
  const legend = html("p", { class: "gd-legend" });
  const el = more("The error at every Δ", plot, legend);
  /** @type {State} */
  let now;
  const draw = () => {
    const [x, y] = now.world.names;
    set(legend, {
      text: `Solid line, round mark: along ${x}. Dashed line, square mark: along ${y}. An error of zero lies on the lower edge.`,
    });
    const curves = curvesOf(now);
    const heads = pure.secants(now).map(({ error }) => ({ x: now.delta, y: error }));
    errors.draw(
      curves,
      heads,
      now.delta,
      axes.set(errorSizes(now, [...curves, heads].flat())),
    );
  };
  el.addEventListener(
    "toggle",
    () => /** @type {HTMLDetailsElement} */ (el).open && draw(),
    {
      signal: stage.signal,
    },
  );
  return {
    el,
    /** @param {State} state */
    draw(state) {
      now = state;
      set(plot, { width: widthOfErrors(state) }); // it fits before it is drawn
      if (/** @type {HTMLDetailsElement} */ (el).open) draw();
    },
  };
}

/** @param {State} state */
function curvesOf(state) {
  const steps = pure.ladder(state, [1, 2, 5]);
  return pure.AXES.map((axis) =>
    steps.map((delta) => ({ x: delta, y: pure.secant(state, axis, delta).error })),
  );
}

/** @param {State} state */
function widthOfErrors({ width }) {
  return Math.min(width, 620);
}

/** Axes of whole powers of ten. @param {State} state @param {{y: number}[]} points */
function errorSizes(state, points) {
  const positive = points.map(({ y }) => y).filter((y) => y > 0 && y < Infinity);
  const power = (/** @type {number} */ value) => 10 ** value;
  const least = Math.floor(Math.log10(Math.min(...positive, 1e-3)));
  const most = Math.ceil(Math.log10(Math.max(...positive, 1e-2)));
  return {
    width: widthOfErrors(state),
    height: 280,
    x: { domain: state.world.deltas, log: true, label: "Δ" },
    y: {
      domain: /** @type {Point} */ ([power(least), power(most)]),
      log: true,
      label: "error of the secant’s slope",
    },
  };
}
