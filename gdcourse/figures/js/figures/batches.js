// Full batch, mini-batches and single samples on one loss, and the work each does.

import { html } from "../drawing/dom.js";
import { lossBoard } from "../drawing/losses.js";
import { sideBySide } from "../drawing/plot.js";
import * as pure from "../pure/batches.js";
import { counted, say, table } from "../pure/batches-words.js";
import { brief } from "../pure/numbers.js";
import { blown } from "../pure/race.js";
import { more, player, row, slider, speed, toggle } from "../runtime/controls.js";
import { makeGradients } from "./batches-cloud.js";
import { makeLegend } from "./legend.js";
import { heightOf, lossesOf, makeMap } from "./race-map.js";
import { makeField, makeStep } from "./racers.js";

/** @typedef {import("../pure/batches.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */

const SHARE = 0.55; // of the map beside the losses

/** @type {import("../runtime/types.js").Kind<State>} */
export const batches = {
  title: "full batch, mini-batches and single samples",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const { world } = pure.begin(stage.settings);
    const map = makeMap(stage, world, (width) => sideBySide(width, SHARE).first);
    const losses = lossBoard("The full loss against the work done");
    const [legend, gradients] = [makeLegend(stage, world.racers), makeGradients()];
    const controls = makeControls(stage, world, gradients.el);
    const boards = html("div", { class: "gd-boards" }, map.el, losses.el);
    stage.root.append(boards, legend.el, stage.status, controls.el);
    return (state) => {
      map.draw(state);
      losses.draw(against(state));
      legend.draw(state.on, standings(state));
      controls.draw(state);
      gradients.draw(state);
    };
  },
};

/** @param {State} state */
function standings(state) {
  return pure.runsOf(state).map((run, i) => ({
    text: counted(state, run, i),
    bad: blown(state, run),
  }));
}

/** The losses against samples seen, or against updates. @param {State} state @returns {import("../drawing/losses.js").Losses} */
function against(state) {
  const { first, second, narrow } = sideBySide(state.width, SHARE);
  const size = { width: second, height: narrow ? 190 : heightOf(state, first) };
  const losses = { ...lossesOf(state, size), label: "full loss" };
  if (!state.samples) return { ...losses, unit: "update" };
  const all = pure.runsOf(state);
  const most = Math.max(...all.map(({ seen }) => seen[seen.length - 1]), 10);
  const stairs = losses.curves.map((curve, i) =>
    pure.stairs(curve.losses, all[i].seen),
  );
  return {
    ...losses,
    across: { domain: [pure.BEFORE, most], log: true, label: "samples seen" },
    curves: losses.curves.map((curve, i) => ({ ...curve, losses: stairs[i].losses })),
    places: stairs.map(({ places }) => places),
  };
}

// Controls

/** @param {Stage} stage @param {import("../pure/batches.js").World} world @param {HTMLElement} gradients */
function makeControls(stage, world, gradients) {
  const [step, buttons] = [makeStep(stage, world, "Updates shown"), player(stage)];
  const switches = makeSwitches(stage);
  const sliders = makeSliders(stage, world);
  const typed = world.names.map((name, i) => makeField(stage, name, i));
  const max = Math.max(50, world.steps / 2);
  const pace = speed(stage, { min: 1, max, log: true, digits: 2 });
  const inside = [...sliders, ...typed].map(({ el }) => el);
  const rows = [row(step.el, buttons.el), row(...switches.map(({ el }) => el))];
  const unfold = more("More controls", ...inside, pace.el);
  return {
    el: html("div", {}, ...rows, gradients, unfold),
    /** @param {State} state */
    draw(state) {
      for (const each of [step, ...switches, ...sliders, ...typed]) each.draw(state);
      buttons.set(state);
      pace.set(state.speed);
    },
  };
}

/** @param {Stage} stage */
function makeSwitches(stage) {
  const kinds = /** @type {const} */ ([
    ["samples", "Losses against samples seen"],
    ["cloud", "Gradients at the start"],
  ]);
  return kinds.map(([name, label]) => {
    const event = (/** @type {boolean} */ on) => ({ type: "switch", name, on });
    const made = toggle(stage, { label, event });
    return { el: made.el, draw: (/** @type {State} */ state) => made.set(state[name]) };
  });
}

/** @param {Stage} stage @param {import("../pure/batches.js").World} world */
function makeSliders(stage, { lot, racers }) {
  const [least, most] = lot.rates;
  const all = lot.columns.x.length;
  const kinds = /** @type {const} */ ([
    ["learn", "Learning rate", "rate", { min: least, max: most, log: true }],
    ["size", "Batch size", "size", { min: 1, max: all, log: true }],
    ["noise", "Label noise", "noise", { min: 0, max: lot.noises[1], digits: 2 }],
  ]);
  return kinds.map(([type, label, name, range]) => {
    const event = (/** @type {number} */ value) => ({ type, value });
    const made = slider(stage, { label, range, write: brief, event });
    if (type === "size") made.el.style.setProperty("--gd-own", racers[1].colour);
    return {
      el: made.el,
      draw: (/** @type {State} */ { plan }) => made.set(plan[name]),
    };
  });
}
