// What the two slices show, in words and numbers.

import { angleAt } from "./contour-line.js";
import { trimmed } from "./lines.js";
import { brief, significant, write } from "./numbers.js";
import { balanced, defined, ladder, secants } from "./slices.js";

/** @typedef {import("./slices.js").State} State */
/** @typedef {import("./slices.js").Secant} Secant */

const WAYS = [
  ["west", "east"],
  ["south", "north"],
];

/** x = 1, y = 0.5 @param {State} state */
export function pointWords({ world, point }) {
  return world.names.map((name, i) => `${name} = ${trimmed(point[i])}`).join(", ");
}

/** An error with two digits: more would be noise. @param {number} value */
export function rough(value) {
  return brief(Number.isFinite(value) ? significant(value, 2) : value);
}

/** @param {State} state */
export function say(state) {
  if (!defined(state))
    return `At ${pointWords(state)} the loss or its slope is not a finite number: move the point.`;
  const [x, y] = secants(state);
  const [first, second] = state.world.names;
  return (
    `At ${pointWords(state)} the slope along ${first} is ${trimmed(x.exact)}: ${effect(state, x, 0)}. ` +
    `Along ${second} it is ${trimmed(y.exact)}: ${effect(state, y, 1)}. ${verdict(state)}`
  );
}

/** @param {State} state @param {Secant} cut @param {0 | 1} axis */
function effect({ delta, central }, { rise }, axis) {
  const [back, on] = WAYS[axis];
  const step = brief(delta);
  const size = trimmed(Math.abs(rise));
  if (central) {
    const change =
      rise === 0 ? "does not change" : `${rise > 0 ? "rises" : "falls"} by ${size}`;
    return `from ${step} ${back} to ${step} ${on} the loss ${change}`;
  }
  const change =
    rise === 0
      ? "does not change the loss"
      : `${rise > 0 ? "raises" : "lowers"} the loss by ${size}`;
  return `a step of ${step} ${on} ${change}`;
}

/** @param {State} state */
function verdict(state) {
  const worst = largest(state);
  const name = lost(state);
  if (name) return `The step is lost in rounding: ${name} + Δ is ${name} itself.`;
  if (rounded(state))
    return `The two losses differ in their last digits only: rounding puts a secant’s slope off by up to ${rough(worst)}, and a larger Δ does better.`;
  if (worst === 0) return "Both secants have the slope of their tangent.";
  const miss = `A secant’s slope is off by up to ${rough(worst)}`;
  const scale = Math.hypot(...secants(state).map(({ exact }) => exact));
  return worst > 0.005 * scale ? `${miss}: a smaller Δ brings it closer.` : `${miss}.`;
}

/** @param {State} state @param {number} [delta] */
function largest(state, delta) {
  return Math.max(...secants(state, delta).map(({ error }) => error));
}

/** The parameter that a step does not move. @param {State} state */
function lost(state) {
  const stuck = secants(state).findIndex(({ low, high }) => low === high);
  return state.world.names[stuck];
}

/** Whether a larger step would do much better. @param {State} state */
function rounded(state) {
  const best = balanced(state);
  return state.delta < best / 3 && largest(state) > 3 * largest(state, best);
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const { world, point } = state;
  const columns = ["quantity", ...world.names.map((name) => `along ${name}`)];
  const cuts = secants(state);
  const [x, y] = world.window;
  const angle = angleAt(world.surface, point, { x, y });
  const rows = [
    ["point", ...point.map(write)],
    ["loss", write(world.surface.value(point)), ""],
    ["tangent slope", ...cuts.map(({ exact }) => write(exact))],
    ["step Δ", brief(state.delta), brief(state.delta)],
    ["rise ΔL", ...cuts.map(({ rise }) => write(rise))],
    ["secant slope", ...cuts.map(({ slope }) => write(slope))],
    ["error", ...cuts.map(({ error }) => rough(error))],
    ["gradient to contour", angle === null ? "" : `${angle.toFixed(2)}°`, ""],
  ];
  const errors = ladder(state, [1]).map((delta) => [
    `error at Δ = ${brief(delta)}`,
    ...secants(state, delta).map(({ error }) => rough(error)),
  ]);
  return { columns, rows: [...rows, ...errors] };
}
