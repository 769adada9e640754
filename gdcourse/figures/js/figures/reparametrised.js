// The same function with other weights: slide along a valley that gets narrower.

import { html, join, set, svg } from "../drawing/dom.js";
import { pixelsOf } from "../drawing/map.js";
import { board, frame, lineThrough } from "../drawing/plot.js";
import { brief } from "../pure/numbers.js";
import * as pure from "../pure/reparametrised.js";
import { facts, say, table } from "../pure/reparametrised-words.js";
import { button, row, slider } from "../runtime/controls.js";
import { handle } from "../runtime/handle.js";

/** @typedef {import("../pure/reparametrised.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {{width: number, height: number}} Size */

const GAP = 16;
const TOP = 8; // of the losses in the cut

/** @type {import("../runtime/types.js").Kind<State>} */
export const reparametrised = {
  title: "the same function with other weights",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: ({ factor }) => ({ f: factor }),
  restore: (state, { f }) => pure.next(state, { type: "factor", value: f }),
  moved: ({ factor }) => ({ factor }),
  build(stage) {
    const parts = [makeValley(stage), makeCut(stage), makePredictions()];
    const [numbers, controls] = [makeFacts(), makeControls(stage)];
    const boards = html("div", { class: "gd-boards" }, ...parts.map(({ el }) => el));
    stage.root.append(boards, numbers.el, controls.el, stage.status);
    return (state) => {
      const sizes = sizesOf(state.width);
      parts.forEach((part, i) => part.draw(state, sizes[i]));
      numbers.draw(state);
      controls.draw(state);
    };
  },
};

/** Three boards in a row, or two below the first, or each alone. @param {number} width @returns {Size[]} */
function sizesOf(width) {
  const small = (/** @type {number} */ between) => Math.floor((width - between) / 2);
  if (width < 300) return [{ width, height: 210 }, ...alike({ width, height: 150 })];
  if (width < 620) {
    return [{ width, height: 230 }, ...alike({ width: small(GAP), height: 170 })];
  }
  const first = Math.round((width - 2 * GAP) * 0.4);
  const other = small(first + 2 * GAP);
  return [{ width: first, height: 290 }, ...alike({ width: other, height: 290 })];
}

/** @param {Size} size */
function alike(size) {
  return [size, size];
}

/** The loss over both weights, with the curve of equal predictions. @param {Stage} stage */
function makeValley(stage) {
  const el = board("The loss over the weights a and b");
  const axes = frame(el);
  const [sea, land] = [svg("rect", { class: "gd-sea" }), svg("g")];
  const same = svg("path", { class: "gd-path gd-same" });
  axes.plot.append(svg("g", { "aria-hidden": "true" }, sea, land, same));
  /** @type {{state: State, scales: import("../drawing/plot.js").Scales}} */
  let now;
  const go = (/** @type {number} */ value) => stage.send({ type: "factor", value });
  const dot = handle(stage, el, {
    label: "Weights a and b",
    drag: (x, y) => {
      const { left, bottom } = now.scales;
      const [right, up] = [Math.max(x, left + 1), Math.min(y, bottom - 1)];
      const point = [now.scales.x.invert(right), now.scales.y.invert(up)];
      go(pure.factorAt(now.state.world, [point[0], point[1]]));
    },
    press: (right, up) => go(now.state.factor * 1.05 ** (right - up)),
  });
  const name = svg("text", { class: "gd-halo", text: "equal predictions" });
  axes.over.append(name, dot.el);
  return {
    el,
    /** @param {State} state @param {Size} size */
    draw(state, size) {
      const weights = pure.weightsAt(state.world, state.factor);
      const window = pure.windowOf(weights);
      const scales = axes.set({
        ...size,
        x: { domain: [0, window[0]], label: "a" },
        y: { domain: [0, window[1]], label: "b" },
      });
      now = { state, scales };
      const { left, right, top, bottom } = scales;
      set(sea, { x: left, y: top, width: right - left, height: bottom - top });
      join(
        land,
        pure.valleys(state.world, window),
        () => svg("path", { class: "gd-band" }),
        (band, points) => set(band, { d: `${lineThrough(pixelsOf(scales, points))}Z` }),
      );
      const [a, b] = weights;
      const curve = pure.hyperbola(a * b, window);
      set(same, { d: lineThrough(pixelsOf(scales, curve)) });
      const middle = 0.42 * window[0];
      set(name, { x: scales.x(middle), y: scales.y((a * b) / middle) - 14 });
      const words = `a = ${brief(a)}, b = ${brief(b)}`;
      dot.set(scales.x(a), scales.y(b), words, state.factor);
    },
  };
}

/** A cut through the valley at the dot, where it is steepest. @param {Stage} stage */
function makeCut(stage) {
  const first = pure.begin(stage.settings);
  const at = (/** @type {State} */ { world, factor }) =>
    pure.cut(world, pure.weightsAt(world, factor));
  const text = at({ ...first, factor: 1 });
  const el = board("The loss on a straight line through the dot, across the valley");
  const axes = frame(el);
  const before = svg("path", { class: "gd-path gd-was" });
  const now = svg("path", { class: "gd-path gd-across" });
  const name = svg("text", { class: "gd-halo", "text-anchor": "end" });
  axes.plot.append(before, now);
  axes.over.append(name);
  const [left, right] = [text[0][0], text[text.length - 1][0]];
  return {
    el,
    /** @param {State} state @param {Size} size */
    draw(state, size) {
      const scales = axes.set({
        ...size,
        margin: { left: 30, right: 6 },
        x: { domain: [left, right], label: "across the valley" },
        y: { domain: [0, TOP], label: "loss" },
      });
      set(before, { d: lineThrough(pixelsOf(scales, text)) });
      set(now, { d: lineThrough(pixelsOf(scales, at(state))) });
      const edge = { x: scales.right, y: scales.y(text[text.length - 1][1]) - 8 };
      set(name, { ...edge, text: state.factor === 1 ? "" : "factor 1" });
    },
  };
}

/** The points and what is predicted for them. */
function makePredictions() {
  const el = board("The predictions, through the four points");
  const axes = frame(el);
  const [line, dots] = [svg("path", { class: "gd-path gd-across" }), svg("g")];
  axes.plot.append(line, dots);
  return {
    el,
    /** @param {State} state @param {Size} size */
    draw({ world, factor }, size) {
      const weights = pure.weightsAt(world, factor);
      const scales = axes.set({
        ...size,
        margin: { left: 30, right: 6 },
        x: { domain: [-1.4, 3.4], label: "x", ticks: 4 },
        y: { domain: [-0.7, 7], label: "prediction" },
      });
      const bend = [-1.4, 0, 3.4].map((x) => [x, pure.predict(weights, x)]);
      set(line, {
        d: lineThrough(pixelsOf(scales, /** @type {[number, number][]} */ (bend))),
      });
      join(
        dots,
        world.x,
        () => svg("circle", { class: "gd-datum", r: 5 }),
        (dot, x, i) => set(dot, { cx: scales.x(x), cy: scales.y(world.y[i]) }),
      );
    },
  };
}

function makeFacts() {
  const el = html("dl", { class: "gd-facts" });
  return {
    el,
    /** @param {State} state */
    draw: (state) =>
      join(
        el,
        facts(state),
        () => html("div", {}, html("dt"), html("dd")),
        (fact, [name, value]) => {
          set(fact.children[0], { text: name });
          set(fact.children[1], { text: value });
        },
      ),
  };
}

/** @param {Stage} stage */
function makeControls(stage) {
  const [min, max] = stage.settings.factors;
  const factor = slider(stage, {
    label: "Factor: a times, b divided by",
    range: { min, max, log: true },
    write: brief,
    event: (value) => ({ type: "factor", value }),
  });
  const reset = button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet");
  return {
    el: row(factor.el, reset),
    draw: (/** @type {State} */ state) => factor.set(state.factor),
  };
}
