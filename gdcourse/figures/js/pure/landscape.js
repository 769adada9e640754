// A race on one of several surfaces, seen in 3-D: the state and what events do to it.

import * as choice from "./choice.js";
import * as race from "./race.js";
import { say as sayRace } from "./race-words.js";
import { write } from "./numbers.js";
import { clamp } from "./ranges.js";

/** @typedef {import("./relief.js").View} View */
/** @typedef {choice.State & {view: View}} State */
/** @typedef {import("../runtime/types.js").Event} Event */

/** @type {View} */
const VIEW = { turn: -30, tilt: 40, zoom: 1 };

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  return { ...choice.begin(settings), view: VIEW };
}

/** @param {State} state @param {Event} event @returns {State} */
export function next(state, event) {
  if (event.type !== "orbit") return /** @type {State} */ (choice.next(state, event));
  return { ...state, motion: false, view: orbited(state.view, event) };
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

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save(state) {
  return { ...choice.save(state), ...state.view };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, numbers) {
  const { turn, tilt, zoom } = { ...VIEW, ...numbers };
  const view = orbited(
    { turn: 0, tilt: 0, zoom: 1 },
    { type: "orbit", turn, tilt, zoom },
  );
  return { ...choice.restore(state, numbers), view };
}

export { moved } from "./choice.js";
