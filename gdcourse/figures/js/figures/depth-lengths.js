// How long gradients, errors and activations are at each layer, below the network.

import { html, join, set, svg } from "../drawing/dom.js";
import { marker, shape } from "../drawing/marks.js";
import { board, frame, lineThrough } from "../drawing/plot.js";
import { boundsOf, othersOf, resultOf } from "../pure/deep.js";
import { clamp } from "../pure/ranges.js";

/** @typedef {import("../pure/depth.js").State} State */
/** @typedef {import("../pure/depth.js").Line} Line */
/** @typedef {import("../drawing/plot.js").Scales} Scales */
/** @typedef {[number, number]} Pair */

const [LEFT, RIGHT, HEIGHT] = [46, 24, 200];
const LOWEST = 1e-40;
const FORWARD = 2; // the line of activations
const USUAL = /** @type {const} */ ([1e-6, 1]); // in sight in any case

/** Where the layers stand, in the network and in the plot. @param {State} state */
export function across({ width, plan }) {
  return (/** @type {number} */ layer) =>
    LEFT + ((width - LEFT - RIGHT) * layer) / plan.depth;
}

/** @param {Line[]} lines */
export function lengthsBoard(lines) {
  const el = board("The length of each layer’s gradient");
  const axes = frame(el);
  const [crowd, group] = [svg("path", { class: "gd-deep-crowd" }), svg("g")];
  axes.plot.append(crowd);
  axes.over.append(group);
  const entries = lines.map(makeEntry);
  return {
    el,
    key: html("div", { class: "gd-racers" }, ...entries),
    /** @param {State} state */
    draw(state) {
      const others = state.others ? othersOf(state) : [];
      const all = lengthsOf(state);
      const domain = domainOf([...all, ...others.map(({ gradients }) => gradients)]);
      const scales = axes.set(frameOf(state, domain));
      const path = (/** @type {number[]} */ values) =>
        lineThrough(dots(scales, values));
      set(crowd, { d: others.map(({ gradients }) => path(gradients)).join("") });
      drawLines(group, lines, all, state, scales);
      const alone = isAlone(state.on);
      entries.forEach((entry, i) => void (entry.hidden = alone || !state.on[i]));
    },
  };
}

/** @param {Line} line */
function makeEntry({ label, colour, dash, marker: name }) {
  const line = svg("path", {
    class: "gd-path",
    d: "M1,8H27",
    "stroke-dasharray": dash || null,
  });
  const mark = svg("path", {
    class: "gd-mark",
    d: shape(name),
    transform: "translate(14,8)",
  });
  const drawing = svg(
    "svg",
    { width: 28, height: 16, "aria-hidden": "true" },
    line,
    mark,
  );
  const entry = html("span", { class: "gd-sample" }, drawing, label);
  entry.style.setProperty("--gd-own", colour);
  return entry;
}

/** The values of each line by layer, none of lines that are off. @param {State} state @returns {number[][]} */
function lengthsOf(state) {
  const { gradients, errors, activations } = resultOf(state);
  const all = [
    () => gradients,
    () => errors,
    () => activations.slice(1),
    () => boundsOf(state),
  ];
  return all.map((values, i) => (state.on[i] ? values() : []));
}

/** Whether the gradients need no key. @param {boolean[]} on */
function isAlone(on) {
  return on.every((each, i) => each === (i === 0));
}

/** Whole powers of ten. @param {number[][]} lines @returns {Pair} */
function domainOf(lines) {
  const all = lines.flat().filter((value) => value > 0 && value < Infinity);
  const [low, high] = [Math.min(...all, USUAL[0]), Math.max(...all, USUAL[1])];
  const power = (/** @type {number} */ value) => 10 ** value;
  return [
    power(Math.floor(Math.log10(Math.max(low, LOWEST)))),
    power(Math.ceil(Math.log10(high))),
  ];
}

/** @param {State} state @param {Pair} domain @returns {import("../drawing/plot.js").Frame} */
function frameOf({ width, plan, on }, domain) {
  const { depth } = plan;
  return {
    width,
    height: HEIGHT,
    margin: { left: LEFT, right: RIGHT, bottom: 34 },
    x: {
      domain: [0, depth],
      label: "layer",
      ticks: Math.min(depth, width < 560 ? 7 : 10),
    },
    y: { domain, log: true, label: isAlone(on) ? "length of dL/dW" : "length" },
  };
}

/** Points of what has a place on the axis: 0 has none. @param {Scales} scales @param {number[]} values @param {number} [first] the layer of the first */
function dots({ x, y }, values, first = 1) {
  const [low, high] = y.domain();
  /** @type {Pair[]} */
  const points = values.map((value, k) => [x(k + first), y(clamp(value, low, high))]);
  return points.filter((_, k) => values[k] > 0);
}

/** @param {Element} parent @param {Line[]} lines @param {number[][]} all @param {State} state @param {Scales} scales */
function drawLines(parent, lines, all, { shown, plan }, scales) {
  const left = clamp(2 * plan.depth - shown, 0, plan.depth); // layers yet to come, back
  join(
    parent,
    lines,
    ({ colour, dash }) =>
      svg(
        "g",
        { style: `--gd-own: ${colour}` },
        svg("path", { class: "gd-path", "stroke-dasharray": dash || null }),
        svg("g"),
      ),
    (group, { marker: name }, i) => {
      const forward = i === FORWARD;
      const seen = forward ? all[i].slice(0, shown) : all[i].slice(left);
      const points = dots(scales, seen, forward ? 1 : left + 1);
      set(group.children[0], { d: lineThrough(points) });
      join(
        group.children[1],
        points,
        () => marker(name),
        (mark, [x, y]) => set(mark, { transform: `translate(${x},${y})` }),
      );
    },
  );
}
