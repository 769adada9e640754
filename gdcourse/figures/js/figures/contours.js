// Descent on contours: drag the start, race several rules or rates.

import { html } from "../drawing/dom.js";
import { lossBoard } from "../drawing/losses.js";
import { sideBySide } from "../drawing/plot.js";
import * as pure from "../pure/race.js";
import { say, table } from "../pure/race-words.js";
import { predictable } from "../runtime/predict.js";
import { heightOf, lossesOf, makeMap } from "./race-map.js";
import { makeControls, makeRacers } from "./racers.js";

/** @typedef {import("../pure/race.js").State} State */

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
    const { world } = pure.begin(stage.settings);
    const [map, losses] = [makeMap(stage, world, across), lossBoard()];
    const [racers, controls] = [makeRacers(stage, world), makeControls(stage, world)];
    const boards = html("div", { class: "gd-boards" }, map.el, losses.el);
    stage.root.append(boards, racers.el, stage.status, controls.el);
    return (state) => {
      map.draw(state);
      losses.draw(lossesOf(state, besides(state)));
      racers.draw(state);
      controls.draw(state);
    };
  },
};

export const contours = predictable(race, pure.outcome);

/** @param {number} width of the figure */
function across(width) {
  return sideBySide(width, SHARE).first;
}

/** The size of the losses beside the map, or below it. @param {State} state */
function besides(state) {
  const { first, second, narrow } = sideBySide(state.width, SHARE);
  return { width: second, height: narrow ? 190 : heightOf(state, first) };
}
