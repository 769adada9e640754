// The axis and the points of a loss plot.

import { max, min } from "d3-array";

/** @typedef {[number, number]} Pair */
/**
 * An axis for losses: those above `base`, on a logarithmic scale or a plain one.
 * @typedef {{domain: Pair, log: boolean, base: number}} LossAxis
 */

const SMALLEST = 1e-16; // of the first loss: below lies only rounding
const LARGEST = 1e3; // times the first loss: a run that blows up flattens no other

/**
 * A plain axis from zero (or the lowest loss) to the highest.
 * @param {number[]} losses
 * @returns {LossAxis}
 */
export function plainAxis(losses) {
  const finite = losses.filter(Number.isFinite);
  const [least, most] = [Math.min(min(finite) ?? 0, 0), max(finite) ?? 1];
  const room = (most - least || 1) * 0.08;
  return { domain: [least - (least < 0 ? room : 0), most + room], log: false, base: 0 };
}

/**
 * Whole powers of ten around the losses; `base` is the least loss where that is negative.
 * @param {number[]} losses the first is that of the start
 * @param {number} [base]
 * @returns {LossAxis}
 */
export function logAxis(losses, base = 0) {
  const above = losses.map((loss) => loss - base).filter((gap) => gap > 0);
  const first = above[0] ?? 1;
  const most = Math.min(max(above) ?? 1, first * LARGEST);
  const least = Math.max(min(above) ?? 1, first * SMALLEST);
  const top = 10 ** Math.ceil(Math.log10(most * 1.01));
  return {
    domain: [Math.min(10 ** Math.floor(Math.log10(least)), top / 10), top],
    log: true,
    base,
  };
}

/**
 * Where a loss goes on the axis; what has no place there goes just beyond its end.
 * @param {LossAxis} axis
 * @param {number} loss
 */
export function onAxis({ domain: [low, high], log, base }, loss) {
  const beyond = log ? high * 2 : high + (high - low) * 0.1;
  if (Number.isNaN(loss) || loss - base > beyond) return beyond;
  return log ? Math.max(loss - base, low) : loss;
}

/**
 * The losses up to the step at which they leave the axis for good.
 * @param {LossAxis} axis
 * @param {number[]} losses
 */
export function untilOut({ domain, base }, losses) {
  const out = (/** @type {number} */ loss) => !(loss - base <= domain[1]);
  let end = losses.length;
  while (end > 2 && out(losses[end - 1]) && out(losses[end - 2])) end -= 1;
  return losses.slice(0, end);
}
