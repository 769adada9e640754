// A deep network: one pass forward and back, and how long the gradients are by layer.

import { html, set } from "../drawing/dom.js";
import { networkBoard } from "../drawing/network.js";
import { levelOf } from "../pure/deep.js";
import * as pure from "../pure/depth.js";
import { say, table } from "../pure/depth-words.js";
import { brief } from "../pure/numbers.js";
import { MOST_LAYERS } from "../pure/network.js";
import {
  button,
  more,
  player,
  row,
  slider,
  speed,
  toggle,
} from "../runtime/controls.js";
import { across, lengthsBoard } from "./depth-lengths.js";
import { pictureOf } from "./depth-picture.js";

/** @typedef {import("../pure/depth.js").State} State */
/** @typedef {import("../pure/depth.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */

/** @type {import("../runtime/types.js").Kind<State>} */
export const depth = {
  title: "forward and backward pass of a deep network",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const { world } = pure.begin(stage.settings);
    const [network, lengths] = [networkBoard(), lengthsBoard(world.lines)];
    const controls = makeControls(stage, world);
    const words = html("div", { class: "gd-deep-told" }, stage.status);
    stage.root.append(network.el, lengths.el, lengths.key, words, controls.el);
    return (state) => {
      network.draw(pictureOf(state, across(state)));
      lengths.draw(state);
      controls.draw(state);
    };
  },
};

/** @param {Stage} stage @param {World} world */
function makeControls(stage, world) {
  const [buttons, depth] = [player(stage), makeDepth(stage)];
  const [kind, scale, units] = [
    makeKind(stage),
    makeScale(stage, world),
    makeUnits(stage, world),
  ];
  const [level, again, lines] = [
    makeLevel(stage),
    makeAgain(stage),
    makeLines(stage, world),
  ];
  const pace = speed(stage, { min: 0.5, max: 20, log: true, digits: 2 });
  const all = [depth, kind, scale, units, level, again, lines];
  const inside = [kind, scale, level, units, again, lines].map(({ el }) => el);
  const unfold = more("More controls", ...inside, pace.el);
  return {
    el: html("div", {}, row(depth.el, buttons.el), unfold),
    /** @param {State} state */
    draw(state) {
      for (const each of all) each.draw(state);
      buttons.set(state);
      pace.set(state.speed);
    },
  };
}

/** @param {Stage} stage */
function makeDepth(stage) {
  const made = slider(stage, {
    label: "Depth: layers",
    range: { min: 1, max: MOST_LAYERS, places: MOST_LAYERS - 1 },
    write: String,
    event: (depth) => ({ type: "plan", plan: { depth } }),
  });
  return { el: made.el, draw: (/** @type {State} */ { plan }) => made.set(plan.depth) };
}

/** @param {Stage} stage */
function makeKind(stage) {
  const options = pure.NAMES.map((name) => html("option", { text: name }));
  const list = html("select", {}, ...options);
  const choose = () =>
    stage.send({ type: "plan", plan: { activation: pure.NAMES[list.selectedIndex] } });
  list.addEventListener("change", choose, { signal: stage.signal });
  const label = html("span", { class: "gd-label", text: "Activation" });
  return {
    el: html("label", { class: "gd-choose" }, label, list),
    draw: (/** @type {State} */ { plan }) =>
      void (list.selectedIndex = pure.NAMES.indexOf(plan.activation)),
  };
}

/** @param {Stage} stage @param {World} world */
function makeScale(stage, { scales: [min, max] }) {
  const made = slider(stage, {
    label: "Scale of the weights",
    range: { min, max, log: true },
    write: brief,
    event: (scale) => ({ type: "plan", plan: { scale } }),
  });
  return { el: made.el, draw: (/** @type {State} */ { plan }) => made.set(plan.scale) };
}

/** @param {Stage} stage @param {World} world */
function makeUnits(stage, { widths }) {
  const made = slider(stage, {
    label: "Width: units in each layer",
    range: { min: 0, max: widths.length - 1, places: widths.length - 1 },
    write: (place) => String(widths[place]),
    event: (place) => ({ type: "plan", plan: { units: widths[place] } }),
  });
  return {
    el: made.el,
    draw: (/** @type {State} */ { plan }) => made.set(widths.indexOf(plan.units)),
  };
}

/** The scale of Xavier or He. @param {Stage} stage */
function makeLevel(stage) {
  let level = 1;
  const el = button(stage, "", () => ({ type: "plan", plan: { scale: level } }));
  return {
    el,
    /** @param {State} state */
    draw({ plan }) {
      level = levelOf(plan);
      const [name, root] =
        plan.activation === "relu"
          ? ["He", `√(2/${plan.units})`]
          : ["Xavier", `1/√${plan.units}`];
      set(el, { text: `${name}: ${root} = ${brief(level)}` });
    },
  };
}

/** @param {Stage} stage */
function makeAgain(stage) {
  const el = button(stage, "Other weights", () => ({ type: "again" }));
  return {
    el,
    draw: (/** @type {State} */ { plan }) => void (el.hidden = plan.units === 1),
  };
}

/** What the plot below shows. @param {Stage} stage @param {World} world */
function makeLines(stage, { lines }) {
  const boxes = lines.map(({ label }, racer) =>
    toggle(stage, { label, event: (on) => ({ type: "on", racer, on }) }),
  );
  const others = toggle(stage, {
    label: "other draws of the weights",
    event: (on) => ({ type: "others", on }),
  });
  return {
    el: html("div", { class: "gd-row" }, ...[...boxes, others].map(({ el }) => el)),
    /** @param {State} state */
    draw(state) {
      boxes.forEach((box, i) => box.set(state.on[i]));
      others.set(state.others);
    },
  };
}
