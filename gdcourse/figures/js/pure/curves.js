// Several curves behind tabs: each keeps its own run.

import * as one from "./curve.js";
import { clamp } from "./ranges.js";

/** @typedef {import("./curve.js").State} One */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {any[]} tabs      the settings of each curve
 * @property {number} shown    which tab
 * @property {One[]} runs
 * @property {boolean} playing
 * @property {number} speed
 * @property {boolean} motion
 */

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin({ tabs, shown }) {
  return follow({ width: 0, tabs, shown, runs: tabs.map(one.begin) });
}

/** The clock follows the run that is shown. @param {Pick<State, "width" | "tabs" | "shown" | "runs">} state @returns {State} */
function follow(state) {
  const { playing, speed, motion } = state.runs[state.shown];
  return { ...state, playing, speed, motion };
}

/** The run that is shown, as wide as the figure. @param {State} state @returns {One} */
export function open({ runs, shown, width }) {
  return runs[shown].width === width ? runs[shown] : { ...runs[shown], width };
}

/**
 * `advance` is what one curve does with an event.
 * @param {(state: One, event: import("../runtime/types.js").Event) => One} advance
 * @param {State} state
 * @param {import("../runtime/types.js").Event} event
 * @returns {State}
 */
export function next(advance, state, event) {
  switch (event.type) {
    case "tab":
      return event.shown === state.shown ? state : turnedTo(state, event.shown);
    case "again":
      return withRun(state, one.begin(state.tabs[state.shown]));
    default: {
      const run = advance(state.runs[state.shown], event);
      return run === state.runs[state.shown] ? state : withRun(state, run);
    }
  }
}

/** A run that is left pauses. @param {State} state @param {number} shown */
function turnedTo(state, shown) {
  const paused = { ...state.runs[state.shown], playing: false };
  return follow({ ...withRun(state, paused), shown });
}

/** @param {State} state @param {One} run */
function withRun(state, run) {
  const runs = state.runs.map((old, i) => (i === state.shown ? run : old));
  return follow({ ...state, runs });
}

/** Which tab a key leads to, or null. @param {string} key @param {number} shown @param {number} count */
export function tabAt(key, shown, count) {
  /** @type {Record<string, number>} */
  const places = {
    ArrowLeft: (shown + count - 1) % count,
    ArrowRight: (shown + 1) % count,
    Home: 0,
    End: count - 1,
  };
  return places[key] ?? null;
}

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ runs, shown }) {
  const pairs = runs.flatMap((run, i) =>
    Object.entries(one.save(run)).map(([name, value]) => [`${name}${i + 1}`, value]),
  );
  return { tab: shown + 1, ...Object.fromEntries(pairs) };
}

/**
 * `recall` restores one curve.
 * @param {(state: One, numbers: import("./fragment.js").Numbers) => One} recall
 * @param {State} state
 * @param {import("./fragment.js").Numbers} numbers
 * @returns {State}
 */
export function restore(recall, state, numbers) {
  const runs = state.runs.map((run, i) => {
    const own = Object.keys(one.save(run)).flatMap((name) => {
      const value = numbers[`${name}${i + 1}`];
      return value === undefined ? [] : [[name, value]];
    });
    return own.length > 0 ? recall(run, Object.fromEntries(own)) : run;
  });
  const tab = Math.round(numbers.tab ?? state.shown + 1);
  return follow({ ...state, runs, shown: clamp(tab - 1, 0, runs.length - 1) });
}

/** @param {State} state */
export function moved({ tabs, runs, shown }) {
  return { shown, tabs: tabs.map((tab, i) => ({ ...tab, ...one.moved(runs[i]) })) };
}
