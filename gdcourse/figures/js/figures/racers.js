// The racers of a race: what each line means, where it stands, and the controls.

import { html, set } from "../drawing/dom.js";
import { brief } from "../pure/numbers.js";
import { blown, runsOf } from "../pure/race.js";
import { place } from "../pure/race-words.js";
import { field, more, player, row, slider, speed } from "../runtime/controls.js";
import { makeLegend } from "./legend.js";

/** @typedef {import("../pure/race.js").State} State */
/** @typedef {import("../pure/race.js").Racer} Racer */
/** @typedef {import("../pure/race.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {[number, number]} Point */

/** @param {Stage} stage @param {World} world */
export function makeRacers(stage, { racers }) {
  const several = racers.length > 1;
  const typed = racers.map((racer, i) =>
    several && racer.rates ? makeTyped(stage, racer, i) : null,
  );
  const besides = several ? typed.map((each) => each && each.el) : undefined;
  const legend = makeLegend(stage, racers, several, besides);
  return {
    el: legend.el,
    /** @param {State} state */
    draw(state) {
      const standings = runsOf(state).map((run) => ({
        text: place(state, run),
        bad: blown(state, run),
      }));
      legend.draw(state.on, standings);
      typed.forEach((each, i) => each?.set(state.plan.rates[i] ?? 0));
    },
  };
}

/** A racer's own rate, to read and to type. @param {Stage} stage @param {Racer} racer @param {number} i */
function makeTyped(stage, { label }, i) {
  const event = (/** @type {number} */ value) => ({ type: "rate", racer: i, value });
  const made = field(stage, { label: "rate", event });
  set(made.el.children[1], { "aria-label": `Rate of ${label}` });
  return made;
}

// Controls

/** @param {Stage} stage @param {World} world */
export function makeControls(stage, world) {
  const rates = world.racers.flatMap((racer, i) => makeRate(stage, racer, i, world));
  const alone = world.racers.length === 1 && rates.length === 1;
  const step = makeStep(stage, world);
  const buttons = player(stage);
  const typed = world.names.map((name, i) => makeField(stage, name, i));
  const pace = speed(stage, {
    min: 1,
    max: Math.max(50, world.steps / 2),
    log: true,
    digits: 2,
  });
  const [first, later] = alone ? [rates[0], [step]] : [step, rates];
  const unfold = more(
    "More controls",
    ...[...later, ...typed].map(({ el }) => el),
    pace.el,
  );
  return {
    el: html("div", {}, row(first.el, buttons.el), unfold),
    /** @param {State} state */
    draw(state) {
      for (const each of [...rates, step, ...typed]) each.draw(state);
      buttons.set(state);
      pace.set(state.speed);
    },
  };
}

/** @param {Stage} stage @param {Racer} racer @param {number} i @param {World} world */
function makeRate(stage, racer, i, world) {
  if (!racer.rates) return [];
  const [min, max] = racer.rates;
  const label =
    world.racers.length > 1 ? `Learning rate of ${racer.label}` : "Learning rate";
  const event = (/** @type {number} */ value) => ({ type: "rate", racer: i, value });
  const made = slider(stage, {
    label,
    range: { min, max, log: true },
    write: brief,
    event,
  });
  made.el.style.setProperty("--gd-own", racer.colour);
  return [
    {
      el: made.el,
      draw: (/** @type {State} */ { plan }) => made.set(plan.rates[i] ?? min),
    },
  ];
}

/** @param {Stage} stage @param {World} world @param {string} [label] */
export function makeStep(stage, { steps }, label = "Steps shown") {
  const places = Math.min(steps, 1000); // so that an arrow key moves a step
  const range = { min: 0, max: steps, digits: 6, places };
  const words = (/** @type {number} */ value) => `${Math.round(value)} of ${steps}`;
  const event = (/** @type {number} */ value) => ({ type: "shown", value });
  const made = slider(stage, { label, range, write: words, event });
  return { el: made.el, draw: (/** @type {State} */ { shown }) => made.set(shown) };
}

/** @param {Stage} stage @param {string} name @param {number} i */
export function makeField(stage, name, i) {
  /** @type {Point} */
  let start = [0, 0];
  const event = (/** @type {number} */ value) => ({
    type: "start",
    point: i === 0 ? [value, start[1]] : [start[0], value],
  });
  const made = field(stage, { label: `Start ${name}`, event });
  return {
    el: made.el,
    /** @param {State} state */
    draw({ plan }) {
      start = plan.start;
      made.set(start[i]);
    },
  };
}
