// The protocol's controls, and protocols under which each rule comes first.

import { html } from "../drawing/dom.js";
import { brief } from "../pure/numbers.js";
import { button, more, row, slider } from "../runtime/controls.js";

/** @typedef {import("../pure/laboratory.js").State} State */
/** @typedef {import("../pure/laboratory.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {{el: HTMLElement, draw: (state: State) => void}} Control */

/** @type {Record<string, string>} */
const WORDS = {
  shared: "one rate for all",
  default: "each at its default",
  tuned: "each tuned",
  all: "all rates of a grid count",
  one: "one start",
  many: "many starts",
  loss: "loss",
  distance: "distance to the minimum",
  best: "the best run",
  median: "the median run",
  worst: "the worst run",
};

/** @param {Stage} stage @param {World} world */
export function makeControls(stage, world) {
  const { settings } = world;
  const names = world.grounds.map(({ name }) => name);
  const rates = choice(stage, "Learning rates", "rates", settings.choices.rates);
  const [rate, tries, budget] = [
    sharedRate(stage, world),
    triesOf(stage, world),
    budgetOf(stage, world),
  ];
  const rest = [
    choice(stage, "Surface", "surface", names),
    choice(stage, "Starts", "starts", settings.choices.starts),
    noiseOf(stage, world),
    choice(stage, "What counts", "counts", settings.choices.counts),
    choice(stage, "Measured by", "measure", settings.choices.measure),
  ];
  const reset = button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet");
  reset.title = "Back to the text’s values";
  const all = [rates, rate, tries, budget, ...rest];
  const unfold = more("The rest of the protocol", ...rest.map(({ el }) => el));
  return {
    el: html("div", {}, row(rates.el, rate.el, tries.el, budget.el, reset), unfold),
    /** @param {State} state */
    draw: (state) => all.forEach((each) => each.draw(state)),
  };
}

/** A list to choose from. @param {Stage} stage @param {string} label @param {string} name @param {string[]} values @returns {Control} */
function choice(stage, label, name, values) {
  const options = values.map((value) =>
    html("option", { value, text: WORDS[value] ?? value }),
  );
  const list = html("select", { "aria-label": label }, ...options);
  const choose = () =>
    stage.send({ type: "set", name, value: values[list.selectedIndex] });
  list.addEventListener("change", choose, { signal: stage.signal });
  const el = html(
    "label",
    { class: "gd-choose" },
    html("span", { class: "gd-label", text: label }),
    list,
  );
  const index = (/** @type {any} */ protocol) => values.indexOf(protocol[name]);
  el.hidden = values.length < 2;
  return { el, draw: ({ protocol }) => void (list.selectedIndex = index(protocol)) };
}

/** @param {Stage} stage @param {World} world @returns {Control} */
function sharedRate(stage, { settings }) {
  const [min, max] = settings.grid;
  const made = slider(stage, {
    label: "The rate for all",
    range: { min, max, log: true, digits: 2, places: 80 },
    write: brief,
    event: (value) => ({ type: "set", name: "rate", value }),
  });
  return shownIf(
    made,
    ({ protocol }) => protocol.rates === "shared",
    ({ protocol }) => protocol.rate,
  );
}

/** @param {Stage} stage @param {World} world @returns {Control} */
function triesOf(stage, { settings }) {
  const made = slider(stage, {
    label: "Rates on the grid",
    range: { min: 1, max: settings.most, places: settings.most - 1 },
    write: String,
    event: (value) => ({ type: "set", name: "tries", value }),
  });
  const asked = (/** @type {State} */ { protocol }) =>
    protocol.rates === "tuned" || protocol.rates === "all";
  return shownIf(made, asked, ({ protocol }) => protocol.tries);
}

/** @param {{el: HTMLElement, set: (value: number) => void}} made @param {(state: State) => boolean} asked @param {(state: State) => number} value @returns {Control} */
function shownIf(made, asked, value) {
  return {
    el: made.el,
    draw(state) {
      made.el.hidden = !asked(state);
      made.set(value(state));
    },
  };
}

/** @param {Stage} stage @param {World} world @returns {Control} */
function budgetOf(stage, { draws }) {
  const made = slider(stage, {
    label: "Budget: gradients each",
    range: {
      min: 1,
      max: draws.steps,
      digits: 6,
      places: Math.min(draws.steps - 1, 1000),
    },
    write: (value) => String(Math.round(value)),
    event: (value) => ({ type: "at", value }),
  });
  return { el: made.el, draw: ({ protocol }) => made.set(protocol.budget) };
}

/** @param {Stage} stage @param {World} world @returns {Control} */
function noiseOf(stage, { settings }) {
  const { noises } = settings;
  const made = slider(stage, {
    label: "Noise in each gradient",
    range: { min: 0, max: noises.length - 1, places: noises.length - 1 },
    write: (place) => (noises[place] ? brief(noises[place]) : "none"),
    event: (place) => ({ type: "set", name: "noise", value: noises[place] }),
  });
  return {
    el: made.el,
    draw: ({ protocol }) => made.set(noises.indexOf(protocol.noise)),
  };
}

/** A button for each rule that wins somewhere. @param {Stage} stage */
export function makeWins(stage) {
  const { wins } = stage.settings;
  if (wins.length === 0) return [];
  const buttons = wins.map((/** @type {any} */ { label, protocol }) =>
    button(stage, `Let ${label} win`, () => ({ type: "protocol", protocol })),
  );
  return [more("Show me a protocol under which each rule wins", ...buttons)];
}
