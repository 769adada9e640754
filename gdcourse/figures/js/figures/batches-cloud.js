// The gradients at one point: of all samples, of each, and of batches.

import { extent } from "d3-array";
import { html, join, set, svg } from "../drawing/dom.js";
import { arrowHead, marker } from "../drawing/marks.js";
import { board, frame } from "../drawing/plot.js";
import { spreadOf } from "../pure/batches.js";
import { clouded } from "../pure/batches-words.js";

/** @typedef {import("../pure/batches.js").State} State */
/** @typedef {import("../drawing/plot.js").Scales} Scales */
/** @typedef {[number, number]} Point */

const FEW = 40; // batches that are drawn
const LEAST = 5; // half an axis, so that small gradients look small

export function makeGradients() {
  const el = board("Gradients at the start");
  const axes = frame(el);
  const [dots, means] = [svg("path", { class: "gd-ones" }), svg("g")];
  const [under, full] = ["gd-path gd-under", "gd-path"].map((name) =>
    svg("path", { class: `${name} gd-full` }),
  );
  const words = html("p", { class: "gd-cloud-words" });
  axes.plot.append(dots, means, under, full);
  const box = html("div", { class: "gd-cloud" }, el, words);
  return {
    el: box,
    /** @param {State} state */
    draw(state) {
      box.hidden = !state.cloud;
      if (!state.cloud) return;
      const spread = spreadOf(state);
      const scales = axes.set(frameOf(state, spread.singles));
      set(dots, { d: spread.singles.map((each) => dot(scales, each)).join("") });
      drawMeans(means, spread.means.slice(0, FEW), state, scales);
      const d = arrow(scales, spread.full);
      set(under, { d });
      set(full, { d, style: `--gd-own: ${state.world.racers[0].colour}` });
      set(words, { text: clouded(state) });
    },
  };
}

/** @param {State} state @param {Point[]} all @returns {import("../drawing/plot.js").Frame} */
function frameOf({ width, world }, all) {
  const across = Math.min(width, 440);
  const [x, y] = world.names.map((name, i) => ({
    domain: around(all.map((each) => each[i])),
    label: `gradient along ${name}`,
  }));
  return { width: across, height: Math.round(across * 0.7), x, y };
}

/** A range with 0 in it, and some room. @param {number[]} values @returns {Point} */
function around(values) {
  const [low = 0, high = 0] = extent(values);
  const room = (high - low) * 0.06;
  return [Math.min(low - room, -LEAST), Math.max(high + room, LEAST)];
}

/** @param {Scales} scales @param {Point} at */
function dot({ x, y }, [a, b]) {
  return `M${x(a).toFixed(1)},${y(b).toFixed(1)}h0`;
}

/** @param {Element} group @param {Point[]} means @param {State} state @param {Scales} scales */
function drawMeans(group, means, { world }, { x, y }) {
  const { colour, marker: shape } = world.racers[1];
  set(group, { style: `--gd-own: ${colour}` });
  join(
    group,
    means,
    () => marker(shape),
    (mark, [a, b]) =>
      set(mark, { transform: `translate(${x(a)},${y(b)}) scale(0.75)` }),
  );
}

/** @param {Scales} scales @param {Point} to */
function arrow({ x, y }, [a, b]) {
  const [fromX, fromY, toX, toY] = [x(0), y(0), x(a), y(b)];
  const long = Math.hypot(toX - fromX, toY - fromY) > 4;
  const head = long ? arrowHead(toX, toY, Math.atan2(toY - fromY, toX - fromX), 9) : "";
  return `M${fromX},${fromY}L${toX},${toY}${head}`;
}
