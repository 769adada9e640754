// Full batch, mini-batches and single samples: the state, a race with runs of its own.

import { opening } from "./predict.js";
import * as race from "./race.js";
import { clamp } from "./ranges.js";
import * as regression from "./regression.js";

/** @typedef {[number, number]} Point */
/** @typedef {import("./race.js").Run & {seen: number[]}} Run  `seen` counts samples */
/** @typedef {import("./race.js").Plan & {rate: number, size: number, noise: number}} Plan */
/**
 * @typedef {object} Lot  what the settings say, beside the world of a race
 * @property {{x: number[], z: number[], unit: number[]}} columns
 * @property {number[][]} orders
 * @property {Point} minimum
 * @property {Point} rates
 * @property {Point} noises
 */
/** @typedef {import("./race.js").World & {lot: Lot, near: number}} World */
/**
 * @typedef {import("./race.js").State & {world: World, plan: Plan, samples: boolean, cloud: boolean}} State
 *   `samples`: losses stand against samples seen; `cloud`: the gradients are drawn
 */
/** @typedef {{full: Point, singles: Point[], means: Point[], single: number, mean: number}} Spread */

/** Where a logarithmic axis of samples shows the start, which has no place on it. */
export const BEFORE = 0.7;

/** @type {WeakMap<Plan, Spread>} */
const spreads = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const { start, learning_rate: rate, batch: size, noise, steps } = settings;
  const world = worldOf(settings);
  return {
    width: 0,
    world: withNoise(world, noise),
    plan: { start, rates: world.racers.map(() => null), rate, size, noise },
    on: world.racers.map(() => true),
    shown: steps,
    guess: opening(""),
    samples: true,
    cloud: false,
    playing: false,
    speed: Number(Math.max(steps / 8, 1).toPrecision(1)),
    motion: false,
  };
}

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const { data, orders, minimum, rates, noises, names, window, near, steps } = settings;
  const racers = settings.racers.map((/** @type {any} */ racer) => ({
    ...racer,
    rate: null,
    rates: null,
  }));
  const lot = { columns: data, orders, minimum, rates, noises };
  const minima = [minimum];
  return { surface: null, racers, names, window, minima, floor: 0, steps, lot, near };
}

/** The world in which labels have some noise. @param {World} world @param {number} noise @returns {World} */
function withNoise(world, noise) {
  const { columns, minimum, orders } = world.lot;
  const data = regression.noisy(columns, minimum, noise);
  const all = data.y.map((_, i) => i);
  return {
    ...world,
    floor: regression.lossOf(data, minimum),
    surface: {
      name: "the full loss",
      data,
      value: (/** @type {Point} */ point) => regression.lossOf(data, point),
      gradient: (/** @type {Point} */ point) =>
        regression.gradientOf(data, all, point).map(settled),
    },
    run(plan, racer) {
      const { start, rate, size } = /** @type {Plan} */ (plan);
      const way = { rate, size: [all.length, size, 1][racer], steps: world.steps };
      return regression.run(data, orders, start, way);
    },
  };
}

/** Without what is only rounding. @param {number} slope */
function settled(slope) {
  return Math.abs(slope) < 1e-12 ? 0 : slope;
}

/** @param {State} state */
export function runsOf(state) {
  return /** @type {Run[]} */ (race.runsOf(state));
}

/** How many samples each racer's update sees. @param {State} state */
export function sizesOf({ world, plan }) {
  return [world.lot.columns.x.length, plan.size, 1];
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  const { plan, world } = state;
  const { rates, noises, columns } = world.lot;
  const planned = (/** @type {Partial<Plan>} */ change) => ({
    ...state,
    plan: { ...plan, ...change },
    motion: false,
  });
  switch (event.type) {
    case "learn":
      return planned({ rate: clamp(event.value, ...rates) });
    case "size":
      return planned({ size: clamp(Math.round(event.value), 1, columns.x.length) });
    case "noise": {
      const noise = clamp(event.value, ...noises);
      return { ...planned({ noise }), world: withNoise(world, noise) };
    }
    case "switch":
      return { ...state, [event.name]: event.on };
    default:
      return /** @type {State} */ (race.next(state, event));
  }
}

/** The gradients at the start: of all, of each sample, of batches. @param {State} state @returns {Spread} */
export function spreadOf({ world, plan }) {
  const known = spreads.get(plan);
  if (known) return known;
  const { data, gradient } = world.surface;
  const full = gradient(plan.start);
  const of = (/** @type {number[]} */ rows) =>
    regression.gradientOf(data, rows, plan.start);
  const singles = data.y.map((/** @type {number} */ _, /** @type {number} */ i) =>
    of([i]),
  );
  const means = regression
    .batchesOf(world.lot.orders, plan.size)
    .filter((rows) => rows.length === plan.size)
    .map(of);
  const [single, mean] = [singles, means].map((all) => varianceOf(all, full));
  const made = { full, singles, means, single, mean };
  spreads.set(plan, made);
  return made;
}

/** Without what is only rounding. @param {Point[]} gradients @param {Point} full */
function varianceOf(gradients, full) {
  const variance = regression.varianceOf(gradients, full);
  return variance < 1e-18 ? 0 : variance;
}

/** The first update near the minimum, or null. @param {State} state @param {Run} run */
export function arrival({ world, shown }, { x, seen }) {
  const [w, b] = world.lot.minimum;
  const near = (/** @type {Point} */ [a, c]) => Math.hypot(a - w, c - b) <= world.near;
  const updates = x.findIndex(near);
  return updates < 0 || updates > shown ? null : { updates, samples: seen[updates] };
}

/** Root mean square distance from the minimum in the last quarter of a run. @param {State} state @param {Run} run */
export function jitter({ world }, { x }) {
  const tail = x.slice(-Math.ceil(x.length / 4));
  return Math.sqrt(regression.varianceOf(tail, world.lot.minimum));
}

/**
 * A loss holds until the next batch has been seen: two corners an update.
 * @param {number[]} losses
 * @param {number[]} seen
 */
export function stairs(losses, seen) {
  const corners = losses.flatMap((loss, t) => {
    const at = Math.max(seen[t], BEFORE);
    return t === 0
      ? [[at, loss]]
      : [
          [at, losses[t - 1]],
          [at, loss],
        ];
  });
  return { places: corners.map(([at]) => at), losses: corners.map(([, loss]) => loss) };
}

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save(state) {
  const { plan, samples, cloud } = state;
  const { rate: lr, size, noise } = plan;
  const own = { lr, B: size, noise, s: Number(samples), g: Number(cloud) };
  return { ...race.save(state), ...own };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, numbers) {
  const { lr, B, noise, s, g } = numbers;
  let now = /** @type {State} */ (race.restore(state, numbers));
  const events = [
    ["learn", lr],
    ["size", B],
    ["noise", noise],
  ];
  for (const [type, value] of events)
    if (value !== undefined) now = next(now, { type, value });
  return {
    ...now,
    samples: s === undefined ? now.samples : s !== 0,
    cloud: g === undefined ? now.cloud : g !== 0,
  };
}

/** @param {State} state */
export function moved({ plan }) {
  const { start, rate, size, noise } = plan;
  return { start, learning_rate: rate, batch: size, noise };
}
