// Step, run, pause and the ticks of the clock, for every figure that can run.

/**
 * @typedef {{playing: boolean, speed: number, motion: boolean}} Playing
 *   `speed` is in steps a second; `motion` says that the last change may be animated.
 */

/**
 * @template {Playing} State
 * @typedef {object} Runner
 * @property {(state: State, steps: number) => State} advance  do up to so many steps
 * @property {(state: State) => boolean} ended                 nothing is left to run
 * @property {(state: State) => State} [rewind]                back to the start
 */

/**
 * Answer the events step, play, pause, tick and speed; give other events back as null.
 * @template {Playing} State
 * @param {Runner<State>} runner
 * @param {State} state
 * @param {import("../runtime/types.js").Event} event
 * @returns {State | null}
 */
export function playback(runner, state, event) {
  switch (event.type) {
    case "step":
      return {
        ...runner.advance(fresh(runner, state), 1),
        playing: false,
        motion: true,
      };
    case "play":
      return { ...fresh(runner, state), playing: true };
    case "pause":
      return { ...state, playing: false };
    case "tick":
      return tick(runner, state, event.steps);
    case "speed":
      return { ...state, speed: event.value };
    default:
      return null;
  }
}

/**
 * @template {Playing} State
 * @param {Runner<State>} runner
 * @param {State} state
 * @returns {State}
 */
function fresh(runner, state) {
  return runner.ended(state) && runner.rewind ? runner.rewind(state) : state;
}

/**
 * @template {Playing} State
 * @param {Runner<State>} runner
 * @param {State} state
 * @param {number} steps
 * @returns {State}
 */
function tick(runner, state, steps) {
  const after = runner.advance(state, steps);
  return { ...after, playing: !runner.ended(after), motion: steps === 1 };
}

/**
 * How many whole steps are due, and the rest of a step that is kept for later.
 * @param {number} debt steps owed so far, with their fraction
 * @param {number} milliseconds since the last frame
 * @param {number} speed steps a second
 */
export function due(debt, milliseconds, speed) {
  const owed = debt + (Math.min(milliseconds, 250) / 1000) * speed;
  const steps = Math.floor(owed + 1e-9);
  return { steps, debt: Math.max(owed - steps, 0) };
}
