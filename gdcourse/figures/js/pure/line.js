// A line through points: its state and what each event does to it.

import { compileRule, compileSurface } from "./compile.js";
import { ceiling } from "./descend.js";
import { playback } from "./playback.js";
import { clamp } from "./ranges.js";

const MOST_STEPS = 2000;
const RESTING = 1e-9; // a move this small, relative to where the line is, is none
const SAMPLE = 40; // so many residuals are drawn where there are more points

/** @typedef {{name: string, label: string, middle: number, spread: number, unit: number, window: [number, number]}} Axis */
/**
 * @typedef {object} Points one set of points, and the loss of a line through them
 * @property {string} label
 * @property {string} noun     what a point is
 * @property {string} measure  the unit of y in words
 * @property {ReturnType<typeof compileSurface>} surface
 * @property {[Axis, Axis]} axes
 * @property {number[]} x        as in the data
 * @property {number[]} y
 * @property {number[]} sampled  whose residuals are drawn
 * @property {[number, number]} fit  of least squares
 * @property {[number, number]} start
 * @property {number} grip       where the handle of the slope is, in units of w
 * @property {number} reach      how far a handle may be dragged, in units of b
 */
/** @typedef {{sets: Points[], rule: ReturnType<typeof compileRule>, rates: [number, number], steps: number}} World */
/** One line; `rate` is that of the step which led to it.
 * @typedef {{w: number, b: number, loss: number, slope: [number, number], rate: number | null}} Line */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {number} shown      which points
 * @property {Line[]} lines      the start and every line since
 * @property {any} memory        the rule's own state
 * @property {number} rate       of the next step
 * @property {number} limit      where a run stops
 * @property {boolean} diverged
 * @property {boolean} squares
 * @property {boolean} fitted    whether the least-squares fit is drawn
 * @property {boolean} logLoss
 * @property {boolean} playing
 * @property {number} speed
 * @property {boolean} motion
 */

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const known = worlds.get(settings);
  if (known) return known;
  const { rates, steps } = settings;
  const world = {
    sets: settings.sets.map(compilePoints),
    rule: compileRule(settings.rule, 2),
    rates,
    steps,
  };
  worlds.set(settings, world);
  return world;
}

/** @param {Record<string, any>} set @returns {Points} */
function compilePoints(set) {
  const { label, noun, measure, surface, axes, fit, start } = set;
  const [x, y] = axes.map((/** @type {Axis} */ { name }) => surface.data[name]);
  const [low, high] = axes[1].window.map(
    (/** @type {number} */ value) => (value - axes[1].middle) / axes[1].spread,
  );
  const every = Math.max(Math.ceil(x.length / SAMPLE), 1);
  const sampled = x
    .map((/** @type {number} */ _, /** @type {number} */ i) => i)
    .filter((/** @type {number} */ i) => i % every === 0);
  const more = { grip: gripOf(axes[0], x), reach: 2 * (high - low) };
  return {
    label,
    noun,
    measure,
    surface: compileSurface(surface),
    axes,
    x,
    y,
    sampled,
    fit,
    start,
    ...more,
  };
}

/** A place for the slope's handle: well to the right, where most windows have points. @param {Axis} axis @param {number[]} x */
function gripOf({ middle, spread, window }, x) {
  const right = (Math.max(...x) - middle) / spread;
  const end = (window[1] - middle) / spread;
  return x.length > SAMPLE ? Math.min(right, end) / 2 : right;
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const world = worldOf(settings);
  const still = { playing: false, speed: 2, motion: false };
  const plain = { squares: false, fitted: false, logLoss: false };
  const { shown, start, learning_rate: rate } = settings;
  return { width: 0, world, rate, ...still, ...plain, ...from(world, shown, start) };
}

/** A run's beginning. @param {World} world @param {number} shown @param {[number, number]} start */
function from(world, shown, start) {
  const lines = [lineAt(world.sets[shown], start, null)];
  return {
    shown,
    lines,
    memory: world.rule.init(start),
    diverged: false,
    limit: world.steps,
  };
}

/** @param {Points} points @param {number[]} at @param {number | null} rate @returns {Line} */
function lineAt({ surface }, at, rate) {
  const [dw, db] = surface.gradient(at);
  return { w: at[0], b: at[1], loss: surface.value(at), slope: [dw, db], rate };
}

/** @param {State} state */
export function pointsOf({ world, shown }) {
  return world.sets[shown];
}

/** @param {State} state */
export function latest({ lines }) {
  return lines[lines.length - 1];
}

/** How many steps were taken. @param {State} state */
export function count({ lines }) {
  return lines.length - 1;
}

/** @param {State} state @returns {State} */
function stepOnce(state) {
  const { world, lines, memory, rate } = state;
  const { w, b, slope } = latest(state);
  const { x, state: after } = world.rule.step([w, b], slope, memory, {
    learning_rate: rate,
  });
  const line = lineAt(pointsOf(state), x, rate);
  const fine = x.every(Number.isFinite) && line.loss <= ceiling(lines[0].loss);
  return { ...state, lines: [...lines, line], memory: after, diverged: !fine };
}

/** Whether the line does not move any more. @param {State} state */
export function resting(state) {
  const { w, b, slope } = latest(state);
  return state.rate * Math.hypot(...slope) <= RESTING * (1 + Math.hypot(w, b));
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
  return playback(runner, state, event) ?? change(state, event);
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
function change(state, event) {
  const { world, shown } = state;
  switch (event.type) {
    case "line":
      return { ...state, playing: false, ...from(world, shown, held(state, event)) };
    case "set":
      return {
        ...state,
        playing: false,
        ...from(world, event.shown, world.sets[event.shown].start),
      };
    case "rate":
      return { ...state, rate: clamp(event.value, ...world.rates) };
    case "switch":
      return { ...state, [event.name]: event.on };
    default:
      return state;
  }
}

/**
 * The line of an event, w and b each as given or as it was, within reach.
 * @param {State} state
 * @param {Record<string, any>} wanted
 * @returns {[number, number]}
 */
function held(state, wanted) {
  const { grip, reach } = pointsOf(state);
  const { w = latest(state).w, b = latest(state).b } = wanted;
  const steep = (2 * reach) / Math.abs(grip || 1);
  const whole = (/** @type {number} */ value) => (Number.isFinite(value) ? value : 0);
  return [clamp(whole(w), -steep, steep), clamp(whole(b), -reach, reach)];
}

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ shown, lines, rate }) {
  return { set: shown, w: lines[0].w, b: lines[0].b, lr: rate };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, { set = state.shown, w, b, lr }) {
  const known = Number.isInteger(set) && set >= 0 && set < state.world.sets.length;
  const other =
    known && set !== state.shown ? change(state, { type: "set", shown: set }) : state;
  const rated = lr === undefined ? other : change(other, { type: "rate", value: lr });
  return w === undefined && b === undefined
    ? rated
    : change(rated, { type: "line", w, b });
}

/** @param {State} state */
export function moved({ shown, lines, rate }) {
  return { shown, start: [lines[0].w, lines[0].b], learning_rate: rate };
}
