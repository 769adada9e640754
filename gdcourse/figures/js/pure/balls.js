// One ball per rule on the same curve: their runs, and what each event does.

import { compileRule, compileSurface } from "./compile.js";
import { descend } from "./descend.js";
import { playback } from "./playback.js";
import { clamp } from "./ranges.js";

/** @typedef {import("./curve.js").Place} Place */
/**
 * @typedef {object} Racer
 * @property {string} label
 * @property {string} colour
 * @property {string} dash
 * @property {string} marker
 * @property {ReturnType<typeof compileRule>} rule
 * @property {number | null} rate                null for a rule without a constant rate
 * @property {[number, number] | null} rates     the slider's range; null for no slider
 */
/**
 * @typedef {object} World
 * @property {ReturnType<typeof compileSurface>} surface
 * @property {Racer[]} racers
 * @property {string} name                of the parameter
 * @property {[number, number]} window
 * @property {number[]} minima
 * @property {number} flat                the place to cross
 * @property {number} steps
 * @property {number} noise               the standard deviation
 * @property {number[]} draws             in its units, one a step; none without noise
 */
/** @typedef {{start: number, rates: (number | null)[], noisy: boolean}} Plan */
/** @typedef {{x: number, loss: number}} Spot */
/** @typedef {{places: Spot[], diverged: boolean}} Run */
/** @typedef {"beginning" | "diverged" | "resting" | "stuck" | "going"} Fate */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {Plan} plan
 * @property {number} shown   steps drawn
 * @property {boolean} playing
 * @property {number} speed
 * @property {boolean} motion
 */

const CRAWLING = 5e-4; // of the window: a shorter step is hardly seen
const APART = 0.015; // of the window: between the marks of a trail
const FASTEST = 50; // steps a second at first: the few that cross are the ones to see
const LATELY = 10; // steps
const CLOSE = 0.01; // of the window: as near as this to a minimum is at it

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();
/** @type {WeakMap<Plan, Run[]>} */
const known = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const made = worlds.get(settings);
  if (made) return made;
  const { surface, racers, flat, steps, noise, draws } = settings;
  const world = {
    surface: compileSurface(surface),
    racers: racers.map(racerOf),
    name: surface.variables[0],
    window: surface.window[0],
    minima: surface.minima.map((/** @type {number[]} */ [x]) => x),
    flat,
    steps,
    noise,
    draws,
  };
  worlds.set(settings, world);
  return world;
}

/** @param {any} racer @returns {Racer} */
function racerOf({ rule, ...racer }) {
  const rate = racer.rates && rule.hyperparameters.learning_rate;
  return { ...racer, rule: compileRule(rule, 1), rate };
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const world = worldOf(settings);
  const rates = settings.rates ?? world.racers.map(({ rate }) => rate);
  return {
    width: 0,
    world,
    plan: { start: settings.start, rates, noisy: settings.noisy },
    shown: 0,
    playing: false,
    speed: Number(clamp(world.steps / 12, 2, FASTEST).toPrecision(1)),
    motion: false,
  };
}

/** Every ball's run, computed once for each plan. @param {State} state @returns {Run[]} */
export function runsOf({ world, plan }) {
  const made = known.get(plan) ?? world.racers.map((_, i) => runOf(world, plan, i));
  known.set(plan, made);
  return made;
}

/** @param {World} world @param {Plan} plan @param {number} i @returns {Run} */
function runOf(world, { start, rates, noisy }, i) {
  const rate = rates[i];
  const path = descend(
    noisy ? disturbed(world) : world.surface,
    world.racers[i].rule,
    [start],
    {
      steps: world.steps,
      overrides: rate === null ? {} : { learning_rate: rate },
    },
  );
  return {
    places: path.x.map(([x], t) => ({ x, loss: path.loss[t] })),
    diverged: path.stopped === "diverged",
  };
}

/** The curve with noise in each slope, drawn anew for each run. @param {World} world */
function disturbed({ surface, noise, draws }) {
  let t = 0;
  return {
    ...surface,
    gradient(/** @type {number[]} */ x) {
      t += 1;
      return [surface.gradient(x)[0] + noise * draws[t - 1]];
    },
  };
}

/** The places that a ball has come through so far. @param {State} state @param {Run} run */
export function seen({ shown }, { places }) {
  return places.slice(0, shown + 1);
}

/** Those of them that lie apart, and the last: a trail on the curve. @param {State} state @param {Run} run */
export function trailOf(state, run) {
  const [low, high] = state.world.window;
  const places = seen(state, run);
  let last = NaN;
  return places.filter(({ x }, i) => {
    if (i < places.length - 1 && Math.abs(x - last) < APART * (high - low))
      return false;
    last = x;
    return true;
  });
}

/** Where a ball is drawn: before its numbers are lost. @param {State} state @param {Run} run */
export function drawnAt(state, run) {
  const finite = seen(state, run).filter(({ x, loss }) => Number.isFinite(x + loss));
  return finite[finite.length - 1];
}

/** @param {State} state @param {Run} run */
export function blown({ shown }, { places, diverged }) {
  return diverged && shown >= places.length - 1;
}

/** The step at which a ball first crossed the flat place, if it is beyond it now. @param {State} state @param {Run} run */
export function crossedAt(state, run) {
  const { flat } = state.world;
  const places = seen(state, run).filter(({ x }) => !Number.isNaN(x));
  const beyond = (/** @type {Spot} */ { x }) => (x - flat) * (places[0].x - flat) < 0;
  return beyond(places[places.length - 1]) ? places.findIndex(beyond) : null;
}

/** @param {State} state @param {Run} run @returns {Fate} */
export function fateOf(state, run) {
  const { world } = state;
  if (state.shown === 0) return "beginning";
  if (blown(state, run)) return "diverged";
  const here = seen(state, run).slice(-1)[0].x;
  const size = world.window[1] - world.window[0];
  if (Math.max(...lengths(state, run)) > CRAWLING * size) return "going";
  const close = world.minima.some((x) => Math.abs(here - x) < CLOSE * size);
  return close ? "resting" : "stuck";
}

/** The lengths of the last few steps: one may be short by chance. @param {State} state @param {Run} run */
export function lengths(state, run) {
  const places = seen(state, run).slice(-LATELY - 1);
  return places.slice(1).map(({ x }, i) => Math.abs(x - places[i].x));
}

/** The last step that any ball takes. @param {State} state */
export function lastStep(state) {
  return Math.max(...runsOf(state).map(({ places }) => places.length - 1));
}

/** @type {import("./playback.js").Runner<State>} */
const runner = {
  advance: (state, steps) => ({
    ...state,
    shown: Math.min(state.shown + steps, lastStep(state)),
  }),
  ended: (state) => state.shown >= lastStep(state),
  rewind: (state) => ({ ...state, shown: 0 }),
};

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  return playback(runner, state, event) ?? change({ ...state, motion: false }, event);
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
function change(state, event) {
  const { world, plan } = state;
  switch (event.type) {
    case "start":
      return again(state, { start: within(world.window, event.x) });
    case "rate": {
      const range = world.racers[event.racer].rates;
      if (!range) return state;
      const rate = clamp(event.value, ...range);
      return {
        ...state,
        plan: {
          ...plan,
          rates: plan.rates.map((old, i) => (i === event.racer ? rate : old)),
        },
      };
    }
    case "noisy":
      return { ...state, plan: { ...plan, noisy: event.on && world.draws.length > 0 } };
    case "shown":
      return {
        ...state,
        shown: clamp(Math.round(event.value), 0, world.steps),
        playing: false,
      };
    default:
      return state;
  }
}

/** Balls at a new start, before any step. @param {State} state @param {Partial<Plan>} plan @returns {State} */
function again(state, plan) {
  return { ...state, plan: { ...state.plan, ...plan }, shown: 0, playing: false };
}

/** A start inside the window or a little beyond it. @param {[number, number]} window @param {number} x */
function within([low, high], x) {
  const room = (high - low) / 4;
  return clamp(x, low - room, high + room);
}

// What the address and Python hear of

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ plan, shown }) {
  const rates = plan.rates.flatMap((rate, i) =>
    rate === null ? [] : [[`lr${i + 1}`, rate]],
  );
  return {
    x: plan.start,
    ...Object.fromEntries(rates),
    noisy: Number(plan.noisy),
    t: shown,
  };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, numbers) {
  const {
    x = state.plan.start,
    noisy = Number(state.plan.noisy),
    t = state.shown,
  } = numbers;
  let now = change(change(state, { type: "start", x }), {
    type: "noisy",
    on: noisy === 1,
  });
  now.plan.rates.forEach((rate, racer) => {
    const value = numbers[`lr${racer + 1}`];
    if (rate !== null && value !== undefined)
      now = change(now, { type: "rate", racer, value });
  });
  return change(now, { type: "shown", value: t });
}

/** @param {State} state */
export function moved({ plan }) {
  return plan;
}
