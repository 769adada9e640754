// Descent on contours: drag the start, race several rules or rates.

import { html } from "../drawing/dom.js";
import { lossBoard } from "../drawing/losses.js";
import { sideBySide } from "../drawing/plot.js";
import * as pure from "../pure/choice.js";
import { outcome } from "../pure/race.js";
import { say, table } from "../pure/race-words.js";
import { toggle } from "../runtime/controls.js";
import { pages } from "../runtime/pages.js";
import { predictable } from "../runtime/predict.js";
import { makeKey } from "./race-arrows.js";
import { heightOf, lossesOf, makeMap } from "./race-map.js";
import { makeControls, makeRacers } from "./racers.js";
import { makeChoice } from "./surface-choice.js";

/** @typedef {import("../pure/choice.js").State} State */

const SHARE = 0.6; // of the map beside the losses

/** @type {import("../runtime/types.js").Kind<State>} */
const race = {
  title: "descent on contours",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const choice = makeChoice(stage);
    const boards = html("div", { class: "gd-boards" });
    const [above, below] = [html("div"), html("div")]; // of the words
    stage.root.append(choice.el, boards, above, stage.status, below);
    /** @type {State} */
    let now;
    const show = pages(stage, (page) => makeRace(page, now, [boards, above, below]));
    return (state) => {
      now = state;
      choice.draw(state);
      show(state.chosen)(state);
    };
  },
};

/**
 * What belongs to one surface.
 * @param {import("../runtime/types.js").Stage} stage
 * @param {State} first
 * @param {Element[]} places
 */
function makeRace(stage, { world }, [boards, above, below]) {
  const [map, losses] = [makeMap(stage, world, across), lossBoard()];
  const [racers, controls] = [makeRacers(stage, world), makeControls(stage, world)];
  const keys = [
    ...(world.racers.some(({ record }) => record) ? [makeCosts(stage)] : []),
    ...(world.arrows ? [makeKey(world)] : []),
  ];
  boards.replaceChildren(map.el, losses.el);
  above.replaceChildren(...[racers, ...keys].map(({ el }) => el));
  below.replaceChildren(controls.el);
  return (/** @type {State} */ state) => {
    map.draw(state);
    losses.draw(lossesOf(state, besides(state)));
    for (const each of [racers, ...keys, controls]) each.draw(state);
  };
}

/** Whether losses stand against their cost. @param {import("../runtime/types.js").Stage} stage */
function makeCosts(stage) {
  const label = "Losses against gradients, not steps";
  const made = toggle(stage, { label, event: (on) => ({ type: "costs", on }) });
  return {
    el: made.el,
    draw: (/** @type {State} */ { costs }) => made.set(costs ?? true),
  };
}

export const contours = predictable(race, outcome);

/** @param {number} width of the figure */
function across(width) {
  return sideBySide(width, SHARE).first;
}

/** The size of the losses beside the map, or below it. @param {State} state */
function besides(state) {
  const { first, second, narrow } = sideBySide(state.width, SHARE);
  return { width: second, height: narrow ? 190 : heightOf(state, first) };
}
