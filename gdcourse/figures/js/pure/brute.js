// Search on a grid beside descent: what each has asked for, and what it has found.

import { compileRule, compileSurface } from "./compile.js";
import { descend } from "./descend.js";
import { playback } from "./playback.js";
import { clamp } from "./ranges.js";

/** @typedef {"grid" | "descent"} Search */
/** @typedef {{x: number, loss: number}} Place */
/** @typedef {import("./descend.js").Path} Path */
/**
 * @typedef {object} World
 * @property {ReturnType<typeof compileSurface>} surface
 * @property {ReturnType<typeof compileRule>} rule
 * @property {string} name      of the parameter
 * @property {[number, number]} window
 * @property {number[]} minima  global ones
 * @property {number[]} maxima  local ones
 * @property {[number, number]} rates
 * @property {[number, number]} range  of the number of points
 * @property {number} steps
 * @property {number} tolerance
 */
/** @typedef {{start: number, rate: number}} Plan what descent depends on */
/** @typedef {{points: number}} Grid */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {Plan} plan
 * @property {Grid} grid
 * @property {number} scanned   points of the grid that were asked for
 * @property {number} shown     steps of descent that are drawn
 * @property {boolean} asked    descent has begun
 * @property {Search | null} search  the one that runs or ran last
 * @property {boolean} playing
 * @property {number} speed
 * @property {boolean} motion
 */

const SWEEP = 4; // seconds
const STEPS = 5; // a second

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();
/** @type {WeakMap<Plan, Path>} */
const paths = new WeakMap();
/** @type {WeakMap<Grid, {places: Place[], best: number[]}>} */
const grids = new WeakMap();

/**
 * What was made for a key, or is made now.
 * @template {object} K
 * @template V
 * @param {WeakMap<K, V>} known
 * @param {K} key
 * @param {() => V} make
 */
function once(known, key, make) {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function makeWorld({ surface: document, rule, ...settings }) {
  const [name] = document.variables;
  const [window] = document.window;
  return {
    surface: compileSurface(document),
    rule: compileRule(rule, 1),
    name,
    window,
    minima: document.minima.flat(),
    maxima: settings.maxima,
    rates: settings.rates,
    range: settings.range,
    steps: settings.steps,
    tolerance: settings.tolerance,
  };
}

/** @param {import("../runtime/types.js").Settings} settings @returns {Omit<State, "width">} */
export function begin(settings) {
  return {
    world: once(worlds, settings, () => makeWorld(settings)),
    plan: { start: settings.start, rate: settings.learning_rate },
    grid: { points: settings.points },
    ...{ scanned: 0, shown: 0, asked: false, search: null },
    ...{ playing: false, speed: STEPS, motion: false },
  };
}

/** Descent's run, computed once for a start and a rate. @param {State} state @returns {Path} */
export function pathOf({ world, plan }) {
  const { surface, rule, steps, tolerance } = world;
  const overrides = { learning_rate: plan.rate };
  return once(paths, plan, () =>
    descend(surface, rule, [plan.start], { steps, tolerance, overrides }),
  );
}

/** The grid's points from left to right, and the best so far after each. @param {State} state */
export function gridOf({ world, grid }) {
  return once(grids, grid, () => {
    const [low, high] = world.window;
    const places = Array.from({ length: grid.points }, (_, i) => {
      const x = low + ((high - low) * i) / (grid.points - 1);
      return { x, loss: world.surface.value([x]) };
    });
    /** @type {number[]} */
    const best = [];
    for (const [i, { loss }] of places.entries())
      best.push(i > 0 && !(loss < places[best[i - 1]].loss) ? best[i - 1] : i);
    return { places, best };
  });
}

/** The lowest point that the grid has come to. @param {State} state @returns {Place | null} */
export function bestOf(state) {
  const { places, best } = gridOf(state);
  return state.scanned > 0 ? places[best[state.scanned - 1]] : null;
}

/** Where descent is, and has been. @param {State} state @returns {Place[]} */
export function placesOf(state) {
  const { x, loss } = pathOf(state);
  return x.slice(0, state.shown + 1).map(([at], i) => ({ x: at, loss: loss[i] }));
}

/** @param {State} state @returns {Place} */
export function here(state) {
  const { x, loss } = pathOf(state);
  return { x: x[state.shown][0], loss: loss[state.shown] };
}

/** @param {State} state */
export function arrived(state) {
  return state.asked && state.shown >= pathOf(state).stoppedAt;
}

/** How many gradients descent has asked for, with the one that tells it to stop. @param {State} state */
export function gradients(state) {
  if (!state.asked) return 0;
  return arrived(state) ? pathOf(state).evaluations : state.shown;
}

/** @type {import("./playback.js").Runner<State>} */
const runner = {
  advance(state, steps) {
    if (state.search === "grid")
      return { ...state, scanned: Math.min(state.scanned + steps, state.grid.points) };
    const shown = Math.min(state.shown + steps, pathOf(state).stoppedAt);
    return { ...state, shown, asked: true };
  },
  ended: (state) =>
    state.search === "grid" ? state.scanned >= state.grid.points : arrived(state),
};

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  if (event.type === "tick") return playback(runner, state, event) ?? state;
  return change({ ...state, motion: false }, event);
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
function change(state, event) {
  const { world, plan } = state;
  switch (event.type) {
    case "search":
      return run(state, event.search);
    case "start":
      return anew(state, { ...plan, start: clamp(event.x, ...world.window) });
    case "rate":
      return anew(state, { ...plan, rate: clamp(event.value, ...world.rates) });
    case "points": {
      const points = Math.round(clamp(event.value, ...world.range));
      return { ...state, grid: { points }, scanned: 0, playing: false };
    }
    default:
      return state;
  }
}

/** Run one search from its beginning, go on, or pause. @param {State} state @param {Search} search @returns {State} */
function run(state, search) {
  if (state.playing && state.search === search) return { ...state, playing: false };
  const speed = search === "grid" ? state.grid.points / SWEEP : STEPS;
  const now = { ...state, search, speed, playing: true };
  if (!runner.ended(now)) return now;
  return search === "grid"
    ? { ...now, scanned: 0 }
    : { ...now, shown: 0, asked: false };
}

/** @param {State} state @param {Plan} plan @returns {State} */
function anew(state, plan) {
  const playing = state.playing && state.search === "grid";
  return { ...state, plan, shown: 0, asked: false, playing };
}

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ plan, grid, scanned, shown, asked }) {
  const descent = asked ? shown : -1;
  return { x: plan.start, lr: plan.rate, n: grid.points, g: scanned, t: descent };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, { x, lr, n, g, t }) {
  let now = state;
  if (x !== undefined) now = change(now, { type: "start", x });
  if (lr !== undefined) now = change(now, { type: "rate", value: lr });
  if (n !== undefined) now = change(now, { type: "points", value: n });
  if (g !== undefined) now = { ...now, scanned: whole(g, now.grid.points) };
  const asked = t !== undefined && t >= 0;
  const search = asked ? "descent" : now.scanned > 0 ? "grid" : null;
  const shown = asked ? whole(t, pathOf(now).stoppedAt) : 0;
  return { ...now, shown, asked, search };
}

/** @param {number} value @param {number} most */
function whole(value, most) {
  return Math.round(clamp(value, 0, most));
}

/** @param {State} state */
export function moved({ plan, grid }) {
  return { start: plan.start, learning_rate: plan.rate, points: grid.points };
}
