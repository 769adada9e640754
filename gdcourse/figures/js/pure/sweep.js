// The learning-rate range test, as in gdcourse/training/rates.py.

import { descend } from "./descend.js";

/** @typedef {{rates: number[], losses: number[]}} Sweep  rates rise */
/** @typedef {import("./compile.js").Surface} Surface */
/** @typedef {import("./compile.js").Rule} Rule */
/**
 * @typedef {object} Plan
 * @property {number[]} rates
 * @property {number} steps         that each rate makes
 * @property {boolean} sequential   in one run, one rate after the other
 */

/** Rates in equal ratios. @param {number} low @param {number} high @param {number} count */
export function between(low, high, count) {
  const rates = Array.from(
    { length: count },
    (_, i) => low * (high / low) ** (i / (count - 1)),
  );
  rates[count - 1] = high;
  return rates;
}

/** @param {Surface} surface @param {Rule} rule @param {number[]} start @param {Plan} plan @returns {Sweep} */
export function sweep(surface, rule, start, { rates, steps, sequential }) {
  if (sequential) return single(surface, rule, start, rates, steps);
  const losses = rates.map((rate) => {
    const overrides = { learning_rate: rate };
    return last(descend(surface, rule, start, { steps, overrides }).loss);
  });
  return { rates, losses };
}

/** One run; the loss of a rate is the one before its steps. @param {Surface} surface @param {Rule} rule @param {number[]} start @param {number[]} rates @param {number} steps @returns {Sweep} */
function single(surface, { json, ...rule }, start, rates, steps) {
  const all = rates.length * steps;
  const samples = rates.flatMap((rate) => Array(steps).fill(rate));
  const hyperparameters = { ...json.hyperparameters, learning_rate: { samples } };
  const rising = { ...rule, json: { ...json, hyperparameters } };
  const { loss } = descend(surface, rising, start, { steps: all });
  const losses = loss.slice(0, all).filter((_, t) => t % steps === 0);
  return { rates: rates.slice(0, losses.length), losses };
}

/** @param {number[]} values */
function last(values) {
  return values[values.length - 1];
}

/** @type {Record<string, (sweep: Sweep) => number | null>} */
const PICKS = {
  steepest,
  "steepest/10": (all) => steepest(all) / 10,
  "minimum/10": ({ rates, losses }) => rates[lowest(losses)] / 10,
  "before the rise": cliff,
};

/**
 * The rate that a rule of thumb suggests, or null where it has nothing to say.
 * @param {Sweep} sweep
 * @param {string} name
 */
export function pick({ rates, losses }, name) {
  const finite = losses.map((loss) => (Number.isFinite(loss) ? loss : Infinity));
  if (!Object.hasOwn(PICKS, name) || lowest(finite) === 0) return null;
  return PICKS[name]({ rates, losses: finite });
}

/** The place of the lowest loss. @param {number[]} losses */
export function lowest(losses) {
  return losses.reduce((best, loss, i) => (loss < losses[best] ? i : best), 0);
}

/** Where the loss falls fastest over the logarithm of the rate, before its minimum. @param {Sweep} sweep */
function steepest({ rates, losses }) {
  const count = lowest(losses) + 1;
  const x = rates.slice(0, count).map(Math.log);
  const slopes = x.map((_, i) => slope(x, losses, i));
  return rates[lowest(slopes)];
}

/** As numpy.gradient: of the parabola through three neighbours. @param {number[]} x @param {number[]} y @param {number} i */
function slope(x, y, i) {
  const end = x.length - 1;
  const line = (/** @type {number} */ a, /** @type {number} */ b) =>
    (y[b] - y[a]) / (x[b] - x[a]);
  if (i === 0 || i === end) return i === 0 ? line(0, 1) : line(end - 1, end);
  const [before, after] = [x[i] - x[i - 1], x[i + 1] - x[i]];
  return (after * line(i - 1, i) + before * line(i, i + 1)) / (before + after);
}

/** A tenth of the first rate past the minimum whose loss is above the first one. @param {Sweep} sweep */
function cliff({ rates, losses }) {
  const after = lowest(losses);
  const found = losses.findIndex((loss, i) => i >= after && loss > losses[0]);
  return found < 0 ? null : rates[found] / 10;
}
