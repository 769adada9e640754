// The cell that makes the same run in Python.

import { isCurve, startOf } from "./formula.js";

/** @typedef {{name: string, more: string}} Call  a rule's function and its other arguments */

/** @param {import("./formula.js").State} state */
export function pythonOf(state) {
  const { good, inner } = state.formula;
  const { start, rates, racing } = planOf(state);
  const calls = racing.map((i) => callOf(inner.racers[i].python, rates[i]));
  const names = [...new Set(racing.map((i) => inner.racers[i].python.name))].sort();
  const formula = good.trim().replace(/\^/g, "**");
  const [one] = calls;
  const run = (/** @type {string} */ rule) =>
    `path = descend(surface, ${rule}, start=[${start.join(", ")}], steps=${inner.steps})`;
  return [
    "from gdcourse import Surface, descend",
    `from gdcourse.optimizers import ${names.join(", ")}`,
    `surface = Surface("${formula}", "${inner.surface.variables.join(" ")}")`,
    ...(calls.length === 1
      ? [run(one)]
      : [
          `for rule in [${calls.join(", ")}]:`,
          `    ${run("rule")}`,
          "    print(rule.name, path.loss[-1])",
        ]),
  ].join("\n");
}

/** What the run depends on, and the rules that take part. @param {import("./formula.js").State} state @returns {{start: number[], rates: number[], racing: number[]}} */
function planOf(state) {
  if (isCurve(state.formula.inner))
    return { start: startOf(state), rates: [state.rate], racing: [0] };
  const all = state.on.map((/** @type {boolean} */ _, /** @type {number} */ i) => i);
  const seen = all.filter((/** @type {number} */ i) => state.on[i]);
  return { ...state.plan, racing: seen.length > 0 ? seen : all };
}

/** @param {Call} call @param {number} rate */
function callOf({ name, more }, rate) {
  return `${name}(${rate}${more})`;
}
