// Momentum on a parabola, exactly: its two roots, its regimes, and their boundaries.
//
// With q = learning rate × curvature the distance follows
// x[t+1] = (1 + β − q) x[t] − β x[t−1], whose roots solve r² − (1 + β − q) r + β = 0.

/** @typedef {[number, number]} Pair */
/** @typedef {"monotone" | "critical damping" | "ripples" | "alternating" | "diverging"} Regime */

const NEAR = 1e-4; // so near to a boundary is on it
const SAMPLES = 60;

/** The larger root and the other, as complex numbers. @param {number} q @param {number} beta @returns {[Pair, Pair]} */
export function rootsOf(q, beta) {
  const half = (1 + beta - q) / 2;
  const rest = half * half - beta;
  const size = Math.sqrt(Math.abs(rest));
  if (rest < 0)
    return [
      [half, size],
      [half, -size],
    ];
  const far = half < 0 ? -size : size;
  return [
    [half + far, 0],
    [half - far, 0],
  ];
}

/** What each step multiplies the distance by, in the long run. @param {number} q @param {number} beta */
export function factorOf(q, beta) {
  return Math.hypot(...rootsOf(q, beta)[0]);
}

/** The β at which both roots are equal. @param {number} q */
export function criticalBeta(q) {
  return (1 - Math.sqrt(q)) ** 2;
}

/** @param {number} q @param {number} beta @returns {Regime} */
export function regimeOf(q, beta) {
  if (q >= 2 * (1 + beta)) return "diverging";
  const critical = criticalBeta(q);
  if (beta > critical + NEAR) return "ripples";
  if (beta > critical - NEAR && q <= 1) return "critical damping";
  return q < 1 ? "monotone" : "alternating";
}

/** Where both roots are equal: learning rates and β, from (0, 1) to (4 / curvature, 1). @param {number} curvature @returns {Pair[]} */
export function criticalLine(curvature) {
  return sampled(0, 2).map((s) => [(s * s) / curvature, (1 - s) ** 2]);
}

/**
 * The outline of where each step multiplies the distance by at most `factor`, in both
 * of two directions: learning rates and β. It is empty if no place is as good.
 * @param {number} factor
 * @param {number} flat   the smaller curvature
 * @param {number} steep  the larger
 * @returns {Pair[]}
 */
export function levelLine(factor, flat, steep) {
  const [left, right] = [(1 - factor) / flat, (1 + factor) / steep];
  const low = factor * Math.max((left - right) / (left + right), 0);
  const high = factor * factor;
  if (!(low < high)) return [];
  const betas = sampled(low, high);
  return [
    ...betas.map((beta) => /** @type {Pair} */ ([left * (1 - beta / factor), beta])),
    ...betas
      .reverse()
      .map((beta) => /** @type {Pair} */ ([right * (1 + beta / factor), beta])),
  ];
}

/** @param {number} low @param {number} high */
function sampled(low, high) {
  return Array.from(
    { length: SAMPLES + 1 },
    (_, i) => low + ((high - low) * i) / SAMPLES,
  );
}

/**
 * Marks for an axis of square roots up to `most`: the squares 0 and 1, 2 or 4 times a
 * power of ten, no closer than a part of the axis.
 * @param {number} most
 * @param {number} [part]
 */
export function squares(most, part = 0.1) {
  const kept = [];
  let last = Infinity;
  for (
    let power = Math.ceil(Math.log10(most));
    kept.length < 9 && power > -12;
    power -= 1
  )
    for (const front of [4, 2, 1]) {
      const value = front * 10 ** power;
      const [root, gap] = [Math.sqrt(value), Math.sqrt(most) * part];
      if (value > most || last - root < gap || root < gap) continue;
      kept.push(Number(value.toPrecision(1)));
      last = root;
    }
  return [0, ...kept.reverse()];
}
