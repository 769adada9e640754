// A point on a surface, its two slices, and secants over a step Δ.

import { compileSurface } from "./compile.js";
import { significant } from "./numbers.js";
import { clamp } from "./ranges.js";
import { nudged } from "./race.js";

/** @typedef {[number, number]} Point */
/** @typedef {0 | 1} Axis  along the first or the second parameter */
/**
 * @typedef {object} World what stays the same: the surface and the range of the slider
 * @property {ReturnType<typeof compileSurface>} surface
 * @property {[string, string]} names
 * @property {[Point, Point]} window
 * @property {Point[]} minima
 * @property {number} floor  the least known loss, Infinity if none is known
 * @property {Point} deltas
 */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {Point} point
 * @property {number} delta
 * @property {boolean} central  the secant reaches to both sides
 */
/**
 * A secant between two places of a slice; its error is that of its slope.
 * @typedef {object} Secant
 * @property {number} low
 * @property {number} high
 * @property {number} before  the loss at `low`
 * @property {number} rise    from there to `high`
 * @property {number} slope
 * @property {number} exact   the partial derivative
 * @property {number} error
 */

/** @type {readonly Axis[]} */
export const AXES = [0, 1];
const PRECISION = 2 ** -52;

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const known = worlds.get(settings);
  if (known) return known;
  const { variables: names, window, minima } = settings.surface;
  const surface = compileSurface(settings.surface);
  const heights = minima.map((/** @type {Point} */ at) => surface.value(at));
  const floor = Math.min(...heights, Infinity);
  const world = { surface, names, window, minima, floor, deltas: settings.deltas };
  worlds.set(settings, world);
  return world;
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const { point, delta, central } = settings;
  return { width: 0, world: worldOf(settings), point, delta, central };
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  if (event.type === "point" && event.point.every(Number.isFinite))
    return { ...state, point: event.point };
  if (event.type === "nudge")
    return {
      ...state,
      point: nudged(state.world, state.point, event.right, event.up),
    };
  if (event.type === "delta" && event.value > 0)
    return { ...state, delta: clamp(event.value, ...state.world.deltas) };
  if (event.type === "central") return { ...state, central: event.on };
  return state;
}

/** @param {State} state */
export function save({ point: [x, y], delta, central }) {
  return { x, y, d: delta, c: Number(central) };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, numbers) {
  const { x, y, d, c } = { ...save(state), ...numbers };
  const moved = next(state, { type: "point", point: [x, y] });
  return next(next(moved, { type: "delta", value: d }), {
    type: "central",
    on: c === 1,
  });
}

/** @param {State} state */
export function moved({ point, delta, central }) {
  return { point, delta, central };
}

/** The loss along one axis while the other parameter is frozen. @param {State} state @param {Axis} axis */
export function slice({ world, point }, axis) {
  return (/** @type {number} */ value) =>
    world.surface.value(axis === 0 ? [value, point[1]] : [point[0], value]);
}

/**
 * The secant of a slice, as gdcourse.differences measures a slope.
 * @param {State} state
 * @param {Axis} axis
 * @param {number} [delta] the state's own unless given
 * @returns {Secant}
 */
export function secant(state, axis, delta = state.delta) {
  const loss = slice(state, axis);
  const here = state.point[axis];
  const [low, high] = [state.central ? here - delta : here, here + delta];
  const before = loss(low);
  const rise = loss(high) - before;
  const slope = rise / (state.central ? 2 * delta : delta);
  const exact = state.world.surface.gradient(state.point)[axis];
  return { low, high, before, rise, slope, exact, error: Math.abs(slope - exact) };
}

/** Both secants. @param {State} state @param {number} [delta] */
export function secants(state, delta) {
  return AXES.map((axis) => secant(state, axis, delta));
}

/** The step at which cutting off and rounding off balance, by rule of thumb. @param {State} state */
export function balanced({ point, central }) {
  return PRECISION ** (central ? 1 / 3 : 1 / 2) * Math.max(1, ...point.map(Math.abs));
}

/** Where the loss cannot be computed there are no slopes. @param {State} state */
export function defined({ world, point }) {
  return [world.surface.value(point), ...world.surface.gradient(point)].every(
    Number.isFinite,
  );
}

/**
 * Steps from the largest to the smallest: `fronts` are the first digits in each power
 * of ten, such as [1, 2, 5].
 * @param {State} state
 * @param {number[]} fronts
 */
export function ladder({ world: { deltas } }, fronts) {
  const [least, most] = deltas;
  const steps = [];
  for (let power = Math.floor(Math.log10(most)); power >= -16; power -= 1)
    for (const front of [...fronts].reverse())
      steps.push(significant(front * 10 ** power, 1));
  return steps.filter((step) => step >= least && step <= most);
}
