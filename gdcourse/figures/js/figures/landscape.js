// Descent on a surface in 3-D: choose it, turn it, race several rules on it.

import { html, set } from "../drawing/dom.js";
import { lossBoard } from "../drawing/losses.js";
import { sample } from "../drawing/map.js";
import { sideBySide } from "../drawing/plot.js";
import * as pure from "../pure/landscape.js";
import { blown, runsOf } from "../pure/race.js";
import { table } from "../pure/race-words.js";
import { toggle } from "../runtime/controls.js";
import { pages } from "../runtime/pages.js";
import { makeView } from "./landscape-view.js";
import { lossesOf, makeMap } from "./race-map.js";
import { makeControls } from "./racers.js";
import { makeChoice } from "./surface-choice.js";

/** @typedef {import("../pure/landscape.js").State} State */
/** @typedef {import("../pure/race.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */

const SHARE = 0.6; // of the surface beside the map

/** @type {import("../runtime/types.js").Kind<State>} */
export const landscape = {
  title: "descent on a surface in 3-D",
  begin: pure.begin,
  next: pure.next,
  say: pure.say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const [choice, view] = [makeChoice(stage), makeView(stage)];
    const parts = ["gd-rest", "gd-aside", "gd-cards"].map((name) =>
      html("div", { class: name }),
    );
    const scene = html("div", { class: "gd-scene" }, view.el, ...parts);
    stage.root.append(choice.el, scene);
    /** @type {State} */
    let now;
    const show = pages(stage, (page) => makeRace(page, now.world, parts));
    return (state) => {
      now = state;
      const { first, narrow } = sideBySide(state.width, SHARE);
      scene.classList.toggle("gd-wide", !narrow);
      choice.draw(state);
      view.draw(state, first);
      show(state.chosen)(state);
    };
  },
};

/**
 * What belongs to one surface: the map, the losses, the numbers and the controls.
 * @param {Stage} stage
 * @param {World} world
 * @param {Element[]} parts
 */
function makeRace(stage, world, [rest, aside, list]) {
  const across = (/** @type {number} */ width) => sideBySide(width, SHARE).second;
  const [map, losses] = [makeMap(stage, world, across), lossBoard()];
  const cards = world.racers.map((_, i) => makeCard(stage, world, i));
  const controls = makeControls(stage, world);
  rest.replaceChildren(controls.el, stage.status);
  list.replaceChildren(...cards.map(({ el }) => el));
  aside.replaceChildren(map.el, losses.el);
  return (/** @type {State} */ state) => {
    map.draw(state);
    losses.draw(lossesOf(state, { width: across(state.width), height: 190 }));
    for (const each of [...cards, controls]) each.draw(state);
  };
}

/** The numbers of one racer. @param {Stage} stage @param {World} world @param {number} i */
function makeCard(stage, world, i) {
  const racer = world.racers[i];
  const name = html("span", { class: "gd-racer-name", text: racer.label });
  const label = html("span", { class: "gd-sample" }, sample(racer), name);
  const box = toggle(stage, { label, event: (on) => ({ type: "on", racer: i, on }) });
  const values = [0, 1, 2, 3, 4, 5].map(() => html("div", {}, html("dt"), html("dd")));
  const list = html("dl", {}, ...values);
  const head = world.racers.length > 1 ? box.el : label;
  const el = html("div", { class: "gd-card" }, head, list);
  el.style.setProperty("--gd-own", racer.colour);
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const run = runsOf(state)[i];
      box.set(state.on[i]);
      list.hidden = !state.on[i];
      el.classList.toggle("gd-blown", blown(state, run));
      pure.statistics(state, run).forEach(([name, value], k) => {
        const [term, number] = values[k].children;
        set(term, { text: name });
        set(number, { text: value });
      });
    },
  };
}
