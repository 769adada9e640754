// What a pass through a deep network brings: lengths by layer, bounds, other draws.

import { ACTIVATIONS, length, pass, stretch, weightsOf } from "./network.js";
import { significant } from "./numbers.js";

/** @typedef {import("./network.js").Plan} Plan */
/** @typedef {{pool: number[], norms: Map<string, number>}} Drawn  `norms` are known ones of weights */
/** @typedef {{world: Drawn, plan: Plan}} Deep */
/**
 * Lengths by layer, of activations from the inputs on; `rate` is what the error is
 * multiplied by at each layer on the way back, `slope` the mean slope of a layer.
 * @typedef {object} Result
 * @property {import("./network.js").Pass} pass
 * @property {number[]} activations
 * @property {number[]} errors
 * @property {number[]} gradients
 * @property {number[]} slope
 * @property {number} rate
 */
/** @typedef {Pick<Result, "gradients" | "rate">} Other */

export const DRAWS = 1000;
const [MANY, SOME, FEW] = [20, 10, 3]; // other draws of narrow, wide and widest layers

/** @type {WeakMap<Plan, Result>} */
const results = new WeakMap();
/** @type {WeakMap<Plan, Other[]>} */
const crowds = new WeakMap();

/**
 * What is made only once for a key.
 * @template {object} Key
 * @template Value
 * @param {WeakMap<Key, Value>} known
 * @param {Key} key
 * @param {() => Value} make
 */
export function once(known, key, make) {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** @param {Deep} deep @returns {Result} */
export function resultOf({ world, plan }) {
  return once(results, plan, () => measured(world, plan));
}

/** @param {Drawn} world @param {Plan} plan @returns {Result} */
function measured({ pool }, plan) {
  const there = pass(pool, plan);
  const [activations, errors] = [
    there.activations.map(length),
    there.errors.map(length),
  ];
  return {
    pass: there,
    activations,
    errors,
    gradients: errors.map((error, k) => error * activations[k]),
    slope: there.slopes.map((all) => all.reduce((sum, s) => sum + s, 0) / all.length),
    rate: (errors[0] / errors[plan.depth - 1]) ** (1 / Math.max(plan.depth - 1, 1)),
  };
}

/** The same network with other draws of its weights. @param {Deep} deep @returns {Other[]} */
export function othersOf({ world, plan }) {
  if (plan.units === 1) return [];
  const many = plan.units > 64 ? FEW : plan.units > 16 ? SOME : MANY;
  const again = (/** @type {unknown} */ _, /** @type {number} */ i) => {
    const draw = (plan.draw + 1 + i) % DRAWS;
    const { gradients, rate } = measured(world, { ...plan, draw });
    return { gradients, rate };
  };
  return once(crowds, plan, () => Array.from({ length: many }, again));
}

/** The most that each layer's weights can multiply an error by, slope and all. @param {Deep} deep */
export function mostOf({ world, plan }) {
  const { norms, pool } = world;
  const steepest = ACTIVATIONS[plan.activation].steepest * plan.scale;
  return Array.from({ length: plan.depth }, (_, k) => {
    const name = `${plan.units} ${plan.draw} ${k}`;
    const norm = norms.get(name) ?? stretch(weightsOf(pool, plan, k));
    norms.set(name, norm);
    return steepest * norm;
  });
}

/** No gradient is longer. @param {Deep} deep */
export function boundsOf(deep) {
  const { errors, activations } = resultOf(deep);
  const bounds = errors.slice();
  const most = mostOf(deep);
  let error = errors[errors.length - 1];
  for (let k = bounds.length - 1; k >= 0; k -= 1) {
    bounds[k] = error * activations[k];
    error *= most[k];
  }
  return bounds;
}

/** The scale that keeps lengths level where slopes are 1, or for ReLU where half are. @param {Plan} plan */
export function levelOf({ units, activation }) {
  return significant(Math.sqrt((activation === "relu" ? 2 : 1) / units));
}
