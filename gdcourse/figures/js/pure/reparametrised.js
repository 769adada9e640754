// f(x) = a · relu(b x): one function for all a and b with the same product.

import { clamp } from "./ranges.js";

/** @typedef {[number, number]} Pair */
/** @typedef {{x: number[], y: number[], weights: Pair, factors: Pair}} World */
/** @typedef {{width: number, world: World, factor: number}} State */
/** @typedef {import("../runtime/types.js").Event} Event */

const ROOM = 1.15;
const WINDOW = /** @type {const} */ ([6.5, 4]);
const LEVELS = [0.3, 1, 3, 7, 13, 25, 50, 100]; // of the loss
const POINTS = 60; // of a hyperbola
const REACH = 0.3; // from the dot, for the cut
export const TABLED = [1, 3, 10, 100]; // factors of the text

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const { x, y, weights, factors, factor } = settings;
  return { width: 0, world: { x, y, weights, factors }, factor };
}

/** @param {State} state @param {Event} event @returns {State} */
export function next(state, event) {
  if (event.type !== "factor" || !(event.value > 0)) return state;
  return { ...state, factor: clamp(event.value, ...state.world.factors) };
}

/** @param {World} world @param {number} factor @returns {Pair} */
export function weightsAt({ weights: [a, b] }, factor) {
  return [a * factor, b / factor];
}

/** The factor of the place on the curve that is nearest in direction. @param {World} world @param {Pair} point */
export function factorAt({ weights: [a, b] }, [right, up]) {
  return Math.sqrt((right / Math.max(up, 1e-9)) * (b / a));
}

/** @param {Pair} weights @param {number} x */
export function predict([a, b], x) {
  return a * Math.max(0, b * x);
}

/** The mean squared error. @param {World} world @param {Pair} weights */
export function loss({ x, y }, weights) {
  return mean(x.map((each, i) => (predict(weights, each) - y[i]) ** 2));
}

/** @param {number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The sharpness, the largest eigenvalue of the Hessian, and its direction. @param {World} world @param {Pair} weights @returns {{value: number, direction: Pair}} */
export function sharpest({ x, y }, [a, b]) {
  const bent = x.map((each) => Math.max(0, b * each)); // relu(b x)
  const slope = x.map((each) => (b * each > 0 ? each : 0)); // and its derivative in b
  const aa = 2 * mean(bent.map((u) => u * u));
  const bb = 2 * mean(slope.map((s) => (a * s) ** 2));
  const ab = 2 * mean(bent.map((u, i) => slope[i] * (2 * a * u - y[i])));
  const half = Math.hypot((aa - bb) / 2, ab);
  const value = (aa + bb) / 2 + half;
  const turn = 0.5 * Math.atan2(2 * ab, aa - bb);
  return { value, direction: [Math.cos(turn), Math.sin(turn)] };
}

/** The loss along the steepest direction, more finely near the dot. @param {World} world @param {Pair} weights @returns {Pair[]} */
export function cut(world, weights) {
  const { direction } = sharpest(world, weights);
  return Array.from({ length: 201 }, (_, i) => {
    const t = REACH * (i / 100 - 1) ** 3;
    const [a, b] = weights.map((weight, k) => weight + t * direction[k]);
    return [t, loss(world, [a, b])];
  });
}

/** How much of the plane is shown: more where the dot would leave it. @param {Pair} weights @returns {Pair} */
export function windowOf([a, b]) {
  return [Math.max(WINDOW[0], ROOM * a), Math.max(WINDOW[1], ROOM * b)];
}

/** Where a · b is `product`, from the left edge to the right one. @param {number} product @param {Pair} window @returns {Pair[]} */
export function hyperbola(product, [right]) {
  return Array.from({ length: POINTS }, (_, i) => {
    const a = right * 1000 ** (i / (POINTS - 1) - 1);
    return [a, product / a];
  });
}

/**
 * Regions below each loss, highest first, for positive a and b: each lies between two
 * hyperbolas, since only a · b counts.
 * @param {World} world
 * @param {Pair} window
 * @returns {Pair[][]}
 */
export function valleys({ x, y }, window) {
  const right = x.map((each) => Math.max(0, each));
  const [square, mixed] = [right, y].map((other) =>
    mean(right.map((each, i) => each * other[i])),
  );
  const best = mixed / square;
  const least = mean(y.map((each) => each * each)) - best * mixed;
  return LEVELS.filter((level) => level > least)
    .reverse()
    .map((level) => {
      const away = Math.sqrt((level - least) / square);
      const lower = hyperbola(Math.max(best - away, 0), window);
      return [...lower, ...hyperbola(best + away, window).reverse()];
    });
}
