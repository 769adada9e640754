// Basins: where each start ends, for a rule and a rate of the reader's choice.

import { LOOKS } from "../drawing/basins.js";
import { html, set } from "../drawing/dom.js";
import { sideBySide } from "../drawing/plot.js";
import * as pure from "../pure/basins.js";
import { letterOf, percent, say, table, tally } from "../pure/basins-words.js";
import { brief } from "../pure/numbers.js";
import { button, field, more, row, slider } from "../runtime/controls.js";
import { makeMap } from "./basins-map.js";

/** @typedef {import("../pure/basins.js").State} State */
/** @typedef {import("../pure/basins.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */

const SHARE = 0.58; // of the map, beside words and controls

/** @type {import("../runtime/types.js").Kind<State>} */
export const basins = {
  title: "basins of attraction",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const { world } = pure.begin(stage.settings);
    const map = makeMap(stage, world);
    const parts = [
      makeChoice(stage, world),
      makeRate(stage, world),
      makeBeta(stage, world),
    ];
    const [choice, rate, beta] = parts;
    const legend = makeLegend();
    const fields = world.names.map((name, i) => makeField(stage, name, i));
    const reset = button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet");
    const unfold = more("More controls", beta.el, ...fields.map(({ el }) => el));
    const aside = html(
      "div",
      { class: "gd-fates" },
      choice.el,
      row(rate.el),
      stage.status,
      legend.el,
      row(reset),
      unfold,
    );
    stage.root.append(html("div", { class: "gd-boards" }, map.el, aside));
    return (state) => {
      map.draw(state, sideBySide(state.width, SHARE).first);
      legend.draw(state);
      for (const part of [...parts, ...fields]) part.draw(state);
    };
  },
};

/** @param {Stage} stage @param {World} world */
function makeChoice(stage, { racers }) {
  const options = racers.map(({ label }, i) =>
    html("option", { value: i, text: label }),
  );
  const list = html("select", { "aria-label": "Rule" }, ...options);
  const choose = () => stage.send({ type: "chosen", value: list.selectedIndex });
  list.addEventListener("change", choose, { signal: stage.signal });
  const name = html("span", { class: "gd-label", text: "Rule" });
  const el = html("label", { class: "gd-choose" }, name, list);
  el.hidden = racers.length < 2;
  return {
    el,
    draw: (/** @type {State} */ { plan }) => void (list.selectedIndex = plan.chosen),
  };
}

/** A slider for each rule that has a rate; one is shown. @param {Stage} stage @param {World} world */
function makeRate(stage, { racers }) {
  const event = (/** @type {number} */ value) => ({ type: "rate", value });
  const all = racers.map(({ rates }) => {
    const [min, max] = rates ?? [1, 2];
    return slider(stage, {
      label: "Learning rate",
      range: { min, max, log: true },
      write: brief,
      event,
    });
  });
  return {
    el: html("div", { class: "gd-wide-part" }, ...all.map(({ el }) => el)),
    /** @param {State} state */
    draw({ plan }) {
      all.forEach((each, i) => {
        each.el.hidden = i !== plan.chosen || plan.rates[i] === null;
        each.set(plan.rates[i] ?? 1);
      });
    },
  };
}

/** @param {Stage} stage @param {World} world */
function makeBeta(stage, world) {
  const range = { min: 0, max: pure.MOST_BETA, digits: 2, places: 99 };
  const event = (/** @type {number} */ value) => ({ type: "beta", value });
  const made = slider(stage, { label: "β", range, write: brief, event });
  return {
    el: made.el,
    /** @param {State} state */
    draw({ plan }) {
      const beta = plan.betas[plan.chosen];
      made.el.hidden = beta === null;
      made.set(beta ?? 0);
    },
  };
}

/** @param {Stage} stage @param {string} name @param {number} i */
function makeField(stage, name, i) {
  /** @type {[number, number]} */
  let start = [0, 0];
  const event = (/** @type {number} */ value) => ({
    type: "start",
    point: i === 0 ? [value, start[1]] : [start[0], value],
  });
  const made = field(stage, { label: `Start ${name}`, event });
  return {
    el: made.el,
    /** @param {State} state */
    draw(state) {
      start = state.start;
      made.set(start[i]);
    },
  };
}

/** Each ending with its colour, its letter or hatch, and its share of the starts. */
function makeLegend() {
  const el = html("ul", { class: "gd-endings" });
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const all = tally(state);
      while (el.children.length < all.length)
        el.append(makeEnding(all[el.children.length]));
      all.forEach(({ share }, i) => {
        set(el.children[i].children[2], { text: percent(share) });
      });
    },
  };
}

/** @param {import("../pure/basins-words.js").Tally} ending */
function makeEnding({ end, name }) {
  const look =
    { [pure.DIVERGED]: "gd-hatched", [pure.ELSEWHERE]: "gd-dotted" }[end] ?? "";
  const patch = html("span", { class: `gd-patch ${look}`, text: letterOf(end) });
  if (end >= 0) patch.style.setProperty("--gd-own", `var(--gd-rule-${end % LOOKS})`);
  return html(
    "li",
    {},
    patch,
    html("span", { text: name }),
    html("span", { class: "gd-value" }),
  );
}
