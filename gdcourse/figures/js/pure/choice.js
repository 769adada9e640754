// A race on one of several surfaces: the state and what choosing does to it.

import * as race from "./race.js";
import { clamp } from "./ranges.js";

/** @typedef {race.State & {parts: any[], chosen: number}} State */
/** @typedef {import("../runtime/types.js").Event} Event */
/** @typedef {import("./fragment.js").Numbers} Numbers */

/** @type {WeakMap<object, any[]>} */
const known = new WeakMap();

/** The settings of a race on each surface. @param {import("../runtime/types.js").Settings} settings @returns {any[]} */
export function partsOf(settings) {
  const { surfaces, starts, chosen, start, records, ...shared } = settings;
  const parts = known.get(settings) ??
    surfaces?.map((/** @type {any} */ surface, /** @type {number} */ i) => ({
      ...shared,
      surface,
      start: i === chosen ? start : starts[i],
      records: records && [records[i]],
    })) ?? [settings];
  known.set(settings, parts);
  return parts;
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const [parts, chosen] = [partsOf(settings), settings.chosen ?? 0];
  return { ...race.begin(parts[chosen]), parts, chosen };
}

/** @param {State} state @param {Event} event @returns {State} */
export function next(state, event) {
  if (event.type === "surface") return onSurface(state, event.chosen);
  return /** @type {State} */ (race.next(state, event));
}

/**
 * The same rules and rates on another surface.
 * @template {State} Any
 * @param {Any} state
 * @param {number} chosen
 * @returns {Any}
 */
export function onSurface(state, chosen) {
  const fresh = race.begin(state.parts[chosen]);
  const plan = { ...fresh.plan, rates: state.plan.rates };
  return { ...state, ...fresh, plan, on: state.on, width: state.width, chosen };
}

/** Each of several surfaces keeps its start under names of its own. @param {State} state @returns {Numbers} */
export function save(state) {
  const { x, y, ...rest } = race.save(state);
  if (state.parts.length === 1) return { x, y, ...rest };
  const number = state.chosen + 1;
  return { s: number, [`x${number}`]: x, [`y${number}`]: y, ...rest };
}

/**
 * @template {State} Any
 * @param {Any} state
 * @param {Numbers} numbers
 * @returns {Any}
 */
export function restore(state, numbers) {
  const most = state.parts.length;
  if (most === 1) return /** @type {Any} */ (race.restore(state, numbers));
  const number = clamp(Math.round(numbers.s ?? state.chosen + 1), 1, most);
  const here = number - 1 === state.chosen ? state : onSurface(state, number - 1);
  const own = { ...numbers, x: numbers[`x${number}`], y: numbers[`y${number}`] };
  return /** @type {Any} */ (race.restore(here, own));
}

/** @param {State} state */
export function moved(state) {
  const chosen = state.parts.length > 1 ? { chosen: state.chosen } : {};
  return { ...chosen, ...race.moved(state) };
}
