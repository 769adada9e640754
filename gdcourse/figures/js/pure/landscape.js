// A race on one of several surfaces, seen in 3-D: the state and what events do to it.

import * as race from "./race.js";
import { say as sayRace } from "./race-words.js";
import { write } from "./numbers.js";
import { clamp } from "./ranges.js";

/** @typedef {import("./relief.js").View} View */
/** @typedef {{parts: any[], chosen: number, view: View}} Own */
/** @typedef {race.State & Own} State */
/** @typedef {import("../runtime/types.js").Event} Event */

/** @type {View} */
const VIEW = { turn: -30, tilt: 40, zoom: 1 };

/** @type {WeakMap<object, any[]>} */
const known = new WeakMap();

/** The settings of a race on each surface. @param {import("../runtime/types.js").Settings} settings @returns {any[]} */
function partsOf(settings) {
  const { surfaces, starts, chosen, start, ...shared } = settings;
  const parts =
    known.get(settings) ??
    surfaces.map((/** @type {any} */ surface, /** @type {number} */ i) => ({
      ...shared,
      surface,
      start: i === chosen ? start : starts[i],
    }));
  known.set(settings, parts);
  return parts;
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const parts = partsOf(settings);
  const { chosen } = settings;
  return { ...race.begin(parts[chosen]), parts, chosen, view: VIEW };
}

/** @param {State} state @param {Event} event @returns {State} */
export function next(state, event) {
  switch (event.type) {
    case "surface":
      return onSurface(state, event.chosen);
    case "orbit":
      return { ...state, motion: false, view: orbited(state.view, event) };
    default:
      return /** @type {State} */ (race.next(state, event));
  }
}

/** The same rules and rates on another surface. @param {State} state @param {number} chosen @returns {State} */
function onSurface(state, chosen) {
  const fresh = race.begin(state.parts[chosen]);
  const plan = { ...fresh.plan, rates: state.plan.rates };
  return { ...state, ...fresh, plan, on: state.on, width: state.width, chosen };
}

/** @param {View} view @param {Event} event @returns {View} */
function orbited(view, { turn = 0, tilt = 0, zoom = 1 }) {
  return {
    turn: ((((view.turn + turn + 180) % 360) + 360) % 360) - 180,
    tilt: clamp(view.tilt + tilt, 5, 90),
    zoom: clamp(view.zoom * zoom, 0.7, 4),
  };
}

/**
 * A racer's numbers at the step that is shown.
 * @param {State} state
 * @param {race.Run} run
 * @returns {[string, string][]}
 */
export function statistics(state, run) {
  const row = race.rowAt(state, run);
  const slope = Math.hypot(...state.world.surface.gradient(run.x[row]));
  return [
    ["Iterations", String(row)],
    ...state.world.names.map(
      (name, i) =>
        /** @type {[string, string]} */ ([`Position ${name}`, write(run.x[row][i])]),
    ),
    ["Loss", write(run.loss[row])],
    ["Gradient norm", write(slope)],
    ["Status", standing(state, run)],
  ];
}

/** @param {State} state @param {race.Run} run */
function standing(state, run) {
  if (race.blown(state, run)) return `Diverged at step ${run.stoppedAt}`;
  if (state.playing && state.shown < run.stoppedAt) return "Running";
  if (state.shown === 0) return "Ready";
  return state.shown >= run.stoppedAt ? "Done" : "Paused";
}

/** @param {State} state */
export function say(state) {
  if (state.shown > 0) return sayRace(state);
  const slope = Math.hypot(...state.world.surface.gradient(state.plan.start));
  return `${sayRace(state)} The gradient’s norm there is ${write(slope)}.`;
}

/** Each surface keeps its start under names of its own. @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ chosen, view, ...state }) {
  const { x, y, ...rest } = race.save(/** @type {race.State} */ (state));
  const number = chosen + 1;
  return { s: number, [`x${number}`]: x, [`y${number}`]: y, ...rest, ...view };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, numbers) {
  const number = clamp(
    Math.round(numbers.s ?? state.chosen + 1),
    1,
    state.parts.length,
  );
  const here = number - 1 === state.chosen ? state : onSurface(state, number - 1);
  const own = { ...numbers, x: numbers[`x${number}`], y: numbers[`y${number}`] };
  const { turn, tilt, zoom } = { ...VIEW, ...numbers };
  const view = orbited(
    { turn: 0, tilt: 0, zoom: 1 },
    { type: "orbit", turn, tilt, zoom },
  );
  return { ...here, .../** @type {State} */ (race.restore(here, own)), view };
}

/** @param {State} state */
export function moved(state) {
  return { chosen: state.chosen, ...race.moved(state) };
}
