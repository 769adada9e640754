// One pass through a deep network, as gdcourse/figures/deep.py runs it.

/** @typedef {{value: (z: number) => number, slope: (z: number) => number, steepest: number}} Activation */
/** @typedef {{depth: number, units: number, activation: string, scale: number, draw: number}} Plan */
/**
 * Inputs and the activations of each layer; slopes there, and errors: gradients in the
 * sums z.
 * @typedef {object} Pass
 * @property {Float64Array[]} activations
 * @property {Float64Array[]} slopes
 * @property {Float64Array[]} errors
 */

export const MOST_LAYERS = 20;
const [INPUT, TARGET] = [0.5, 1];
const ROUNDS = 60; // of the power method

/** @param {number} z */
function logistic(z) {
  return 1 / (1 + Math.exp(-z));
}

/** @type {Record<string, Activation>} */
export const ACTIVATIONS = {
  sigmoid: {
    value: logistic,
    slope: (z) => logistic(z) * logistic(-z),
    steepest: 0.25,
  },
  tanh: { value: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2, steepest: 1 },
  relu: { value: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0), steepest: 1 },
  linear: { value: (z) => z, slope: () => 1, steepest: 1 },
};

/**
 * A layer's weights at scale 1, row by row: a row belongs to an input. A hash of its
 * place says which number of the pool each is.
 * @param {ArrayLike<number>} pool
 * @param {Plan} plan
 * @param {number} layer from 0
 */
export function weightsOf(pool, { units, draw }, layer) {
  const found = new Float64Array(units * units).fill(1);
  if (units === 1) return found;
  const first = (draw * MOST_LAYERS + layer) << 16;
  for (let i = 0; i < found.length; i += 1)
    found[i] = pool[mixed(first + i) % pool.length];
  return found;
}

/** Mix the bits of a whole number until no pattern is left. @param {number} x */
function mixed(x) {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** x W @param {Float64Array} x @param {Float64Array} w */
function ahead(x, w) {
  const n = x.length;
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i += 1)
    for (let j = 0; j < n; j += 1) sums[j] += x[i] * w[i * n + j];
  return sums;
}

/** W d @param {Float64Array} d @param {Float64Array} w */
function behind(d, w) {
  const n = d.length;
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i += 1)
    for (let j = 0; j < n; j += 1) sums[i] += w[i * n + j] * d[j];
  return sums;
}

/** Forward, then back from the mean squared error. @param {ArrayLike<number>} pool @param {Plan} plan @returns {Pass} */
export function pass(pool, plan) {
  const { depth, units, activation, scale } = plan;
  const { value, slope } = ACTIVATIONS[activation];
  const weights = Array.from({ length: depth }, (_, k) => weightsOf(pool, plan, k));
  const activations = [new Float64Array(units).fill(INPUT)];
  const slopes = weights.map((w, k) => {
    const z = ahead(activations[k], w).map((sum) => scale * sum);
    activations.push(z.map(value));
    return z.map(slope);
  });
  const errors = slopes.slice();
  let back = activations[depth].map((h) => (2 * (h - TARGET)) / units);
  for (let k = depth - 1; k >= 0; k -= 1) {
    errors[k] = slopes[k].map((each, j) => each * back[j]);
    back = behind(errors[k], weights[k]).map((sum) => scale * sum);
  }
  return { activations, slopes, errors };
}

/** @param {Float64Array} x */
export function length(x) {
  return Math.sqrt(x.reduce((sum, each) => sum + each * each, 0));
}

/** How far weights can stretch a row, by the power method. @param {Float64Array} w */
export function stretch(w) {
  let x = new Float64Array(Math.sqrt(w.length)).map((_, i) => 1 + (i % 3) / 7);
  let long = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const size = length(x) || 1;
    const y = ahead(
      x.map((each) => each / size),
      w,
    );
    long = length(y);
    x = behind(y, w);
  }
  return long;
}
