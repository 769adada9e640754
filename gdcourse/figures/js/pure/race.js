// Several rules from one start: the state and what each event does to it.

import { brief, significant } from "./numbers.js";
import { playback } from "./playback.js";
import { opening, turnsOf } from "./predict.js";
import { clamp } from "./ranges.js";
import { runsOf, worldOf } from "./racing.js";

export { gradientsAt, runsOf } from "./racing.js";

/** @typedef {import("./ranges.js").Range} Range */
/** @typedef {import("./racing.js").Point} Point */
/** @typedef {import("./racing.js").Racer} Racer */
/** @typedef {import("./racing.js").World} World */
/** @typedef {import("./racing.js").Plan} Plan */
/** @typedef {import("./racing.js").Run} Run */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {Plan} plan
 * @property {boolean[]} on
 * @property {number} shown   steps drawn
 * @property {boolean} playing
 * @property {number} speed
 * @property {boolean} motion
 * @property {import("./predict.js").Guess} guess
 * @property {boolean} [costs]  losses against gradients, not steps
 */

const TYPED = 1000; // times beyond a slider's ends a typed rate may be

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const world = worldOf(settings);
  return {
    width: 0,
    world,
    plan: {
      start: settings.start,
      rates: settings.rates ?? world.racers.map(({ rate }) => rate),
    },
    on: world.racers.map(() => true),
    shown: settings.shown ?? world.steps,
    guess: opening(settings.predict),
    costs: true,
    playing: false,
    speed: Number(Math.max(world.steps / 8, 1).toPrecision(1)),
    motion: false,
  };
}

/** The last step that any racer in sight takes. @param {State} state */
export function lastStep(state) {
  const ends = runsOf(state)
    .filter((_, i) => state.on[i])
    .map(({ stoppedAt }) => stoppedAt);
  return Math.max(...ends, 0);
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
      return { ...state, plan: { ...plan, start: within(world.window, event.point) } };
    case "rate": {
      const range = world.racers[event.racer].rates;
      if (!range || !(event.value > 0)) return state;
      const rate = clamp(event.value, range[0] / TYPED, range[1] * TYPED);
      const rates = plan.rates.map((old, i) => (i === event.racer ? rate : old));
      return { ...state, plan: { ...plan, rates } };
    }
    case "on":
      return {
        ...state,
        on: state.on.map((on, i) => (i === event.racer ? event.on : on)),
      };
    case "costs":
      return { ...state, costs: event.on };
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

/** @param {[Point, Point]} window @param {Point} point @returns {Point} */
function within(window, point) {
  const [x, y] = window.map(([low, high], i) => {
    const room = (high - low) / 2;
    return clamp(point[i], low - room, high + room);
  });
  return [x, y];
}

/**
 * Where arrow keys move a point: a hundredth of the window a press.
 * @param {Pick<World, "window">} world
 * @param {Point} from
 * @param {number} right
 * @param {number} up
 * @returns {Point}
 */
export function nudged({ window }, from, right, up) {
  const [x, y] = window.map(([low, high]) => significant((high - low) / 100, 1));
  return [tidy(from[0] + right * x, x), tidy(from[1] + up * y, y)];
}

/**
 * Round to the power of ten at or below `step`, so that a dragged number reads well.
 * @param {number} value
 * @param {number} step
 */
export function tidy(value, step) {
  const unit = 10 ** Math.floor(Math.log10(step));
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}

/** What the first racer has come to, for a prediction. @param {State} state @returns {import("./predict.js").Outcome} */
export function outcome(state) {
  const [run] = runsOf(state);
  return {
    ended: state.shown >= run.stoppedAt,
    loss: run.loss,
    floor: state.world.floor,
    turns: turnsOf(run.x),
    diverged: run.diverged,
    stoppedAt: run.stoppedAt,
    end: run.x[run.x.length - 1],
    write: (point) => roughly(state.world, point),
  };
}

/** A point as finely as the eye sees it. @param {World} world @param {Point} point */
function roughly({ names, window }, point) {
  const words = point.map((value, i) => {
    const [low, high] = window[i];
    return `${names[i]} = ${brief(tidy(value, (high - low) / 500) + 0)}`;
  });
  return words.join(", ");
}

/** Where the pen of a drawn prediction is: at the start at first. @param {State} state @returns {Point} */
export function penOf({ guess, plan }) {
  return guess.sketch[guess.sketch.length - 1] ?? plan.start;
}

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ plan, shown, on }) {
  const numbers = { x: plan.start[0], y: plan.start[1], t: shown };
  const rates = plan.rates.flatMap((rate, i) =>
    rate === null ? [] : [[`lr${i + 1}`, rate]],
  );
  const bits = on.reduce((sum, each, i) => sum + (each ? 2 ** i : 0), 0);
  return { ...numbers, ...Object.fromEntries(rates), on: bits };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, numbers) {
  const [x, y] = state.plan.start;
  let now = change(state, { type: "start", point: [numbers.x ?? x, numbers.y ?? y] });
  now.plan.rates.forEach((rate, racer) => {
    const value = numbers[`lr${racer + 1}`];
    if (rate !== null && value !== undefined)
      now = change(now, { type: "rate", racer, value });
  });
  if (numbers.t !== undefined) now = change(now, { type: "shown", value: numbers.t });
  if (numbers.on === undefined) return now;
  return {
    ...now,
    on: now.on.map((_, i) => Math.floor(numbers.on / 2 ** i) % 2 === 1),
  };
}

/** @param {State} state */
export function moved({ plan }) {
  return { start: plan.start, rates: plan.rates };
}

/** The row of a run that is drawn: the step shown, or its last one. @param {State} state @param {Run} run */
export function rowAt({ shown }, { stoppedAt }) {
  return Math.min(shown, stoppedAt);
}

/** Whether the drawn part of a run ends in divergence. @param {State} state @param {Run} run */
export function blown(state, { diverged, stoppedAt }) {
  return diverged && state.shown >= stoppedAt;
}
