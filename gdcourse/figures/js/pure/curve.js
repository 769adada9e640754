// One ball on a curve: its state and what each event does to it.

import { compileRule, compileSurface } from "./compile.js";
import { ceiling } from "./descend.js";
import { playback } from "./playback.js";
import { opening, turnsOf } from "./predict.js";
import { clamp } from "./ranges.js";

const MOST_STEPS = 2000;
const RESTING = 1e-9; // a move this small, relative to where the ball is, is none
const CRAWLING = 1e-4; // of the window: a shorter step is hardly seen

/**
 * @typedef {object} World what stays the same: the curve, the rule and the text's values
 * @property {ReturnType<typeof compileSurface>} surface
 * @property {ReturnType<typeof compileRule>} rule
 * @property {string} name      of the parameter
 * @property {[number, number]} window
 * @property {[number, number]} rates
 * @property {number} steps
 * @property {number} floor    the least known loss, Infinity if none is known
 */
/**
 * One place of the ball; `rate` is that of the step which led there.
 * @typedef {{x: number, loss: number, slope: number, rate: number | null}} Place
 */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {Place[]} places    the start and every place since
 * @property {any} memory        the rule's own state
 * @property {number} rate       of the next step
 * @property {number} limit      where a run stops
 * @property {boolean} diverged
 * @property {boolean} logLoss
 * @property {boolean} playing
 * @property {number} speed
 * @property {boolean} motion
 * @property {import("./predict.js").Guess} guess
 */

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const known = worlds.get(settings);
  if (known) return known;
  const surface = compileSurface(settings.surface);
  const world = {
    surface,
    rule: compileRule(settings.rule, 1),
    name: settings.surface.variables[0],
    window: settings.surface.window[0],
    rates: settings.rates,
    steps: settings.steps,
    floor: Math.min(
      ...settings.surface.minima.map((/** @type {number[]} */ at) => surface.value(at)),
      Infinity,
    ),
  };
  worlds.set(settings, world);
  return world;
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const world = worldOf(settings);
  const common = { width: 0, world, rate: settings.learning_rate, limit: world.steps };
  const still = { playing: false, speed: 2, motion: false, logLoss: false };
  const guess = opening(settings.predict);
  return { ...common, ...still, guess, ...startAt(world, settings.start) };
}

/** @param {World} world @param {number} x */
function startAt({ surface, rule }, x) {
  const first = placeAt(surface, x, null);
  return { places: [first], memory: rule.init([x]), diverged: false };
}

/** @param {World["surface"]} surface @param {number} x @param {number | null} rate @returns {Place} */
function placeAt(surface, x, rate) {
  return { x, loss: surface.value([x]), slope: surface.gradient([x])[0], rate };
}

/** @param {State} state */
export function latest(state) {
  return state.places[state.places.length - 1];
}

/** How many steps were taken. @param {State} state */
export function count(state) {
  return state.places.length - 1;
}

/**
 * Where the next step would land, with the rule's memory after it.
 * @param {State} state
 */
export function landing({ world, places, memory, rate }) {
  const { x, slope } = places[places.length - 1];
  const { x: to, state } = world.rule.step([x], [slope], memory, {
    learning_rate: rate,
  });
  return { place: placeAt(world.surface, to[0], rate), memory: state };
}

/** @param {State} state @returns {State} */
function stepOnce(state) {
  const { place, memory } = landing(state);
  const fine = Number.isFinite(place.x) && place.loss <= ceiling(state.places[0].loss);
  return { ...state, places: [...state.places, place], memory, diverged: !fine };
}

/** Whether the ball does not move any more. @param {State} state */
export function resting(state) {
  const { x, slope } = latest(state);
  return Math.abs(state.rate * slope) <= RESTING * (1 + Math.abs(x));
}

/** Whether the next step is too short to be seen. @param {State} state */
export function crawling(state) {
  const [low, high] = state.world.window;
  return Math.abs(state.rate * latest(state).slope) < CRAWLING * (high - low);
}

/** @param {State} state */
export function stuck(state) {
  return state.diverged || resting(state) || count(state) >= MOST_STEPS;
}

/** @type {import("./playback.js").Runner<State>} */
const runner = {
  advance(state, steps) {
    let now = state;
    for (let i = 0; i < steps && !runner.ended(now); i += 1) now = stepOnce(now);
    return now;
  },
  ended: (state) => stuck(state) || count(state) >= state.limit,
  rewind: (state) =>
    stuck(state) ? state : { ...state, limit: count(state) + state.world.steps },
};

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  return playback(runner, state, event) ?? change({ ...state, motion: false }, event);
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
function change(state, event) {
  const { world } = state;
  switch (event.type) {
    case "start": {
      const x = within(world.window, event.x);
      const again = { limit: world.steps, playing: false };
      return { ...state, ...again, ...startAt(world, x) };
    }
    case "rate":
      return { ...state, rate: clamp(event.value, ...world.rates) };
    case "log":
      return { ...state, logLoss: event.on };
    default:
      return state;
  }
}

/**
 * A start inside the window or a little beyond it.
 * @param {[number, number]} window
 * @param {number} x
 */
function within([low, high], x) {
  const room = (high - low) / 2;
  return clamp(x, low - room, high + room);
}

/** What the run has come to, for a prediction. @param {State} state @returns {import("./predict.js").Outcome} */
export function outcome(state) {
  const { places, world, diverged } = state;
  return {
    ended: count(state) > 0 && runner.ended(state),
    loss: places.map(({ loss }) => loss),
    floor: world.floor,
    turns: turnsOf(places.map(({ x }) => [x])),
    diverged,
    stoppedAt: count(state),
  };
}

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save(state) {
  return { lr: state.rate, x: state.places[0].x };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, { lr = state.rate, x = state.places[0].x }) {
  return change(change(state, { type: "rate", value: lr }), { type: "start", x });
}

/** @param {State} state */
export function moved(state) {
  return { start: state.places[0].x, learning_rate: state.rate };
}
