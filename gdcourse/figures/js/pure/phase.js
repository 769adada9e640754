// The plane of learning rate and β: the point in it, and what each event does to it.

import { compileRule, compileSurface } from "./compile.js";
import { descend } from "./descend.js";
import { criticalBeta, factorOf, regimeOf, rootsOf } from "./heavy-ball.js";
import { significant } from "./numbers.js";
import { clamp } from "./ranges.js";

/** @typedef {import("./heavy-ball.js").Pair} Pair */
/**
 * @typedef {object} World
 * @property {number[]} curvatures  of the first direction, and of the second
 * @property {ReturnType<typeof compileSurface>[]} surfaces
 * @property {ReturnType<typeof compileRule>} rule
 * @property {{alpha: number, beta: number}} best  for both directions
 * @property {number} start
 * @property {number} steps
 */
/** @typedef {{width: number, world: World, alpha: number, beta: number, both: boolean}} State */
/**
 * One direction at the point: `settled` counts the steps after which less than a
 * hundredth of the distance is left for good, Infinity if too many.
 * @typedef {object} Direction
 * @property {number} curvature
 * @property {import("./heavy-ball.js").Regime} regime
 * @property {[Pair, Pair]} roots
 * @property {number} factor
 * @property {number[]} x
 * @property {number | null} diverged  at this step
 * @property {number} settled
 */

const WIDEST = 4.84; // learning rate times curvature at the right edge: 2.2 squared
const LEAST = 1e-5; // of the right edge
export const MOST_BETA = 0.999;
export const LONGEST = 10000;
const LEFT = 0.01; // of the distance

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();
/** @type {WeakMap<State, Direction[]>} */
const known = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const made = worlds.get(settings);
  if (made) return made;
  const { curvatures, surfaces, rule, best, start, steps } = settings;
  const world = {
    curvatures,
    surfaces: surfaces.map(compileSurface),
    rule: compileRule(rule, 1),
    best: { alpha: best[0], beta: best[1] },
    start,
    steps,
  };
  worlds.set(settings, world);
  return world;
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const { learning_rate: alpha, beta, both } = settings;
  return inside({ width: 0, world: worldOf(settings), alpha, beta, both });
}

/** The curvatures that are shown. @param {State} state */
export function shown({ world, both }) {
  return both ? world.curvatures : world.curvatures.slice(0, 1);
}

/** The learning rate at the right edge of the plane. @param {State} state */
export function edge(state) {
  return WIDEST / Math.max(...shown(state));
}

/** @param {State} state @returns {State} */
function inside(state) {
  const most = edge(state);
  return {
    ...state,
    alpha: clamp(state.alpha, most * LEAST, most),
    beta: clamp(state.beta, 0, MOST_BETA),
  };
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  switch (event.type) {
    case "point": {
      const { alpha = state.alpha, beta = state.beta } = event;
      return inside({ ...state, alpha, beta });
    }
    case "both":
      return inside({ ...state, both: event.on });
    case "best":
      return inside({ ...state, ...bestOf(state) });
    default:
      return state;
  }
}

/** The critical β of the learning rate; for two directions the best pair of both. @param {State} state */
function bestOf({ world, alpha, both }) {
  return both ? world.best : { beta: criticalBeta(alpha * world.curvatures[0]) };
}

/** Where a drag or a key puts the point: numbers that read well. @param {number} root of the learning rate @param {number} beta */
export function placed(root, beta) {
  return {
    type: "point",
    alpha: significant(Math.max(root, 0) ** 2, 3),
    beta: Math.round(beta * 1000) / 1000,
  };
}

/** Where a key puts the point: 200 places across, 100 up. @param {State} state @param {number} right @param {number} up */
export function nudged(state, right, up) {
  const root = Math.sqrt(state.alpha) + (right * Math.sqrt(edge(state))) / 200;
  return right
    ? placed(root, state.beta)
    : { type: "point", beta: placed(0, state.beta + up / 100).beta };
}

/** @param {State} state @returns {Direction[]} */
export function directionsOf(state) {
  const made = known.get(state);
  if (made) return made;
  const directions = shown(state).map((curvature, i) =>
    directionOf(state, curvature, i),
  );
  known.set(state, directions);
  return directions;
}

/** @param {State} state @param {number} curvature @param {number} i @returns {Direction} */
function directionOf({ world, alpha, beta }, curvature, i) {
  const q = alpha * curvature;
  const overrides = { learning_rate: alpha, beta };
  const run = descend(world.surfaces[i], world.rule, [world.start], {
    steps: world.steps,
    overrides,
  });
  return {
    curvature,
    regime: regimeOf(q, beta),
    roots: rootsOf(q, beta),
    factor: factorOf(q, beta),
    x: run.x.map(([x]) => x),
    diverged: run.stopped === "diverged" ? run.stoppedAt : null,
    settled: factorOf(q, beta) < 1 ? settledAt(world, i, overrides) : Infinity,
  };
}

/**
 * Run on until the ball can no longer roll out of a tenth of the last hundredth.
 * @param {World} world
 * @param {number} i
 * @param {{learning_rate: number, beta: number}} overrides
 */
function settledAt({ surfaces, rule, start }, i, overrides) {
  const small = LEFT * Math.abs(start);
  let [x, state, last] = [[start], rule.init([start]), 0];
  for (let t = 1; t <= LONGEST; t += 1) {
    const [before] = x;
    ({ x, state } = rule.step(x, surfaces[i].gradient(x), state, overrides));
    if (Math.abs(x[0]) > small) last = t;
    const reach = Math.abs(x[0]) + Math.abs(x[0] - before) / (1 - overrides.beta);
    if (reach < small / 10) return last + 1;
  }
  return Infinity;
}

/** The direction that decides how long all of them take. @param {State} state */
export function slowest(state) {
  return directionsOf(state).reduce((a, b) => (b.factor > a.factor ? b : a));
}

// What the address and Python hear of

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ alpha, beta, both }) {
  return { lr: alpha, beta, both: Number(both) };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(
  state,
  { lr = state.alpha, beta = state.beta, both = Number(state.both) },
) {
  return inside({ ...state, alpha: lr, beta, both: both === 1 });
}

/** @param {State} state */
export function moved({ alpha, beta, both }) {
  return { learning_rate: alpha, beta, both };
}
