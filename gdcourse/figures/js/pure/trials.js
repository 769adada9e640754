// Many runs of a rule under one protocol: how far above the minimum each run is at each
// step.  As in gdcourse/figures/trials.py.

import { stepper } from "./descend.js";

/** @typedef {import("./compile.js").Surface} Surface */
/**
 * @typedef {object} Ground  a surface with what a comparison needs to know of it
 * @property {Surface} surface
 * @property {string} expression
 * @property {number[]} start
 * @property {number[][]} starts
 * @property {number[][]} minima
 * @property {number} floor
 */
/**
 * @typedef {object} Plan  what decides a run, but for the rule and its rate
 * @property {string} starts   "one" or "many"
 * @property {number} noise    a standard deviation
 * @property {string} measure  "loss" or "distance"
 */
/** @typedef {{steps: number, noise: number[][]}} Draws  steps at most; noise run by run */

export const LEAST = 1e-12; // smaller losses and distances count as equal

/**
 * Rates evenly on a logarithmic scale; one try is the middle.
 * @param {[number, number]} ends
 * @param {number} tries
 */
export function grid([low, high], tries) {
  const [a, b] = [Math.log10(low), Math.log10(high)];
  return Array.from({ length: tries }, (_, i) => {
    const exponent = tries > 1 ? a + ((b - a) * i) / (tries - 1) : (a + b) / 2;
    return Number((10 ** exponent).toPrecision(3));
  });
}

/**
 * Noise in thousandths, as 16-bit numbers in base64: one list a run.
 * @param {string} text
 * @param {number} runs
 */
export function unpacked(text, runs) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const each = bytes.length / 2 / runs;
  return Array.from({ length: runs }, (_, run) =>
    Array.from(
      { length: each },
      (_, i) => view.getInt16(2 * (run * each + i), true) / 1000,
    ),
  );
}

/**
 * One list a run, of the loss or distance above the minimum after 0, 1, 2, … steps; it
 * ends where the run diverged.
 * @param {Ground} ground
 * @param {import("./compile.js").Rule} rule
 * @param {number} rate
 * @param {Plan} plan
 * @param {Draws} draws
 */
export function trials(ground, rule, rate, plan, draws) {
  const alone = plan.starts === "one";
  const runs = alone && plan.noise === 0 ? 1 : ground.starts.length;
  const gap = plan.measure === "distance" ? distance : height;
  return Array.from({ length: runs }, (_, i) => {
    const start = alone ? ground.start : ground.starts[i];
    const noise = draws.noise[i].map((value) => plan.noise * value);
    return one(ground, rule, rate, start, noise, draws.steps, gap);
  });
}

/**
 * @param {Ground} ground
 * @param {import("./compile.js").Rule} rule
 * @param {number} rate
 * @param {number[]} start
 * @param {number[]} noise
 * @param {number} steps
 * @param {typeof height} gap
 */
function one(ground, rule, rate, start, noise, steps, gap) {
  let asked = 0;
  /** @type {(x: number[]) => number[]} */
  const gradient = (x) =>
    ground.surface.gradient(x).map((slope) => slope + noise[asked++]);
  const surface = { ...ground.surface, gradient };
  const run = stepper(surface, rule, start, { learning_rate: rate });
  const gaps = [gap(ground, run.now)];
  while (run.now.t < steps && run.advance()) {
    if (run.now.stopped) break;
    gaps.push(gap(ground, run.now));
  }
  return gaps;
}

/** @param {Ground} ground @param {{x: number[], loss: number}} now */
function height({ floor }, { loss }) {
  return Math.max(loss - floor, LEAST);
}

/** @param {Ground} ground @param {{x: number[], loss: number}} now */
function distance({ minima }, { x }) {
  const away = minima.map((minimum) =>
    Math.hypot(...minimum.map((value, i) => x[i] - value)),
  );
  return Math.max(Math.min(...away), LEAST);
}

/** A run's gap after `t` steps: infinity once it has diverged. @param {number[]} gaps @param {number} t */
export function gapAt(gaps, t) {
  return t < gaps.length ? gaps[t] : Infinity;
}

/**
 * A quantile of sorted values of which some may be infinite, as NumPy's.
 * @param {number[]} sorted
 * @param {number} part
 */
export function quantile(sorted, part) {
  const place = part * (sorted.length - 1);
  const [below, above] = [Math.floor(place), Math.ceil(place)];
  const [low, high] = [sorted[below], sorted[above]];
  return low === high ? low : low + (high - low) * (place - below);
}
