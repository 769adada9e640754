// The one loop, as in gdcourse/descend.py: run a rule on a surface and keep its path.

import { hyperAt } from "./compile.js";
import { DIVERGED_FACTOR } from "./operations.js";

/** @typedef {import("./compile.js").Surface} Surface */
/** @typedef {import("./compile.js").Rule} Rule */
/** @typedef {import("./compile.js").Overrides} Overrides */
/** @typedef {"converged" | "diverged" | "step limit"} Stopped */
/**
 * @typedef {object} Path  k + 1 points and losses, k gradients and rates
 * @property {number[][]} x
 * @property {number[]} loss
 * @property {number[][]} gradient
 * @property {number[]} learningRate
 * @property {import("./compile.js").State[]} state  what the rule remembers at each point
 * @property {Stopped} stopped
 * @property {number} stoppedAt
 * @property {number} evaluations
 */
/**
 * @typedef {object} Now  where a run stands
 * @property {number[]} x
 * @property {number} loss
 * @property {number} t                  updates done
 * @property {import("./compile.js").State} state
 * @property {number[] | null} gradient  the one that led here
 * @property {number} learningRate       the rate that led here, NaN for none
 * @property {Stopped | null} stopped    null while it can go on
 * @property {number} evaluations
 */

/**
 * The loss above which a run that began at `loss` counts as diverged.
 * @param {number} loss
 */
export function ceiling(loss) {
  return loss + DIVERGED_FACTOR * (1 + Math.abs(loss));
}

/**
 * One run to be advanced an update at a time; `overrides` may change in between.
 * @param {Surface} surface
 * @param {Rule} rule
 * @param {number[]} start
 * @param {Overrides} [overrides]
 * @param {number} [tolerance]  stop where the gradient's norm is at most this, if above 0
 * @returns {{now: Now, overrides: Overrides, advance: () => boolean}}
 */
export function stepper(surface, rule, start, overrides = {}, tolerance = 0) {
  const x = [...start];
  const loss = surface.value(x);
  const most = ceiling(loss);
  /** @type {Now} */
  const first = { x, loss, t: 0, state: rule.init(x), gradient: null, learningRate: NaN, stopped: null, evaluations: 0 };
  return {
    now: first,
    overrides,
    advance() {
      if (this.now.stopped) return false;
      this.now = update(surface, rule, this.now, this.overrides, tolerance, most);
      return this.now.stopped !== "converged";
    },
  };
}

/**
 * @param {Surface} surface
 * @param {Rule} rule
 * @param {Now} now
 * @param {Overrides} overrides
 * @param {number} tolerance
 * @param {number} most
 * @returns {Now}
 */
function update(surface, rule, now, overrides, tolerance, most) {
  const hyper = hyperAt(rule.json, now.t, overrides);
  const at = rule.probe ? rule.probe(now.x, now.state, hyper) : now.x;
  const gradient = surface.gradient(at);
  const evaluations = now.evaluations + 1;
  if (tolerance > 0 && Math.hypot(...gradient) <= tolerance) return { ...now, stopped: "converged", evaluations };
  const { x, state } = rule.step(now.x, gradient, now.state, hyper);
  const loss = surface.value(x);
  const stopped = x.every(Number.isFinite) && loss <= most ? null : "diverged";
  const learningRate = hyper.learning_rate ?? NaN;
  return { x, loss, t: now.t + 1, state, gradient, learningRate, stopped, evaluations };
}

/**
 * Run a rule for at most `steps` updates and keep every point.
 * @param {Surface} surface
 * @param {Rule} rule
 * @param {number[]} start
 * @param {{steps?: number, tolerance?: number, overrides?: Overrides}} [options]
 * @returns {Path}
 */
export function descend(surface, rule, start, { steps = 100, tolerance = 0, overrides = {} } = {}) {
  const run = stepper(surface, rule, start, overrides, tolerance);
  const rows = [run.now];
  while (run.now.t < steps && run.advance()) rows.push(run.now);
  const updates = rows.slice(1);
  return {
    x: rows.map(({ x }) => x),
    loss: rows.map(({ loss }) => loss),
    gradient: updates.map(({ gradient }) => /** @type {number[]} */ (gradient)),
    learningRate: updates.map(({ learningRate }) => learningRate),
    state: rows.map(({ state }) => state),
    stopped: run.now.stopped ?? "step limit",
    stoppedAt: run.now.t,
    evaluations: run.now.evaluations,
  };
}
