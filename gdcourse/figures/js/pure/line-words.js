// How the line stands, in words and numbers.

import { count, latest, pointsOf, resting } from "./line.js";
import { equation, exact, signed, trimmed } from "./lines.js";
import { brief, write } from "./numbers.js";

/** @typedef {import("./line.js").State} State */

/** What happened, in words and numbers. @param {State} state */
export function say(state) {
  const steps = count(state);
  const { w, b, loss } = latest(state);
  if (state.diverged)
    return `Diverged at step ${steps}: every step overshot further than the last, and the loss has grown to ${write(loss)}.`;
  const best = pointsOf(state).surface.value(pointsOf(state).fit);
  const fit = state.fitted
    ? ` The least-squares fit, ${equation(...pointsOf(state).fit)}, has ${write(best)}.`
    : "";
  const rests = resting(state)
    ? " The gradient is almost zero: the line rests here, at the least-squares fit."
    : "";
  if (steps === 0)
    return `The mean squared error of ${equation(w, b)} is ${write(loss)}.${rests || " Drag b or w, or take a step."}${fit}`;
  const before = state.lines[steps - 1].loss;
  const way = loss > before ? "rose" : "fell";
  return `Step ${steps}: the mean squared error ${way} from ${write(before)} to ${write(loss)}.${rests}${fit}`;
}

/**
 * The sums behind a step, or behind the one to come: "w ← 2 − 0.1 × 4.25 = 1.575".
 * @param {State} state
 */
export function sums(state) {
  const steps = count(state);
  const after = steps > 0 ? latest(state) : null;
  const before = after ? state.lines[steps - 1] : latest(state);
  const rate = after?.rate ?? state.rate;
  const names = /** @type {const} */ (["w", "b"]);
  return {
    title: after ? `Step ${steps}` : "The next step",
    rows: names.map((name, i) =>
      row(name, before[name], rate, tiny(before.slope[i]), after?.[name]),
    ),
  };
}

/** Without what is only rounding. @param {number} slope */
function tiny(slope) {
  return Math.abs(slope) < 1e-12 ? 0 : slope;
}

/** @param {string} name @param {number} from @param {number} rate @param {number} slope @param {number} [to] */
function row(name, from, rate, slope, to) {
  const equals = to === undefined || exact(from, slope, to) ? "=" : "≈";
  const sum = `${trimmed(from)} − ${brief(rate)} × ${signed(slope)} ${equals} ${to === undefined ? "?" : trimmed(to)}`;
  return {
    gradient: `dL/d${name} ${exact(slope) ? "=" : "≈"} ${trimmed(slope)}`,
    update: `${name} ← ${sum}`,
  };
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table({ lines }) {
  const rows = lines.map(({ w, b, loss, slope, rate }, step) => [
    String(step),
    rate === null ? "" : brief(rate),
    ...[w, b, ...slope, loss].map(write),
  ]);
  return {
    columns: ["step", "learning rate", "w", "b", "dL/dw", "dL/db", "MSE"],
    rows,
  };
}
