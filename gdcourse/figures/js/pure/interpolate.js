// Stands in for d3-interpolate, whose colours and dates no scale here needs.

/** @param {number} a @param {number} b */
export const interpolateNumber = (a, b) => (/** @type {number} */ t) =>
  a * (1 - t) + b * t;

export { interpolateNumber as interpolate };

/** @param {number} a @param {number} b */
export const interpolateRound = (a, b) => (/** @type {number} */ t) =>
  Math.round(interpolateNumber(a, b)(t));

export function piecewise() {
  throw new Error("Scales of the figures run between two numbers.");
}
