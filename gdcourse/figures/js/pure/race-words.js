// How the race stands, in words and numbers.

import { sampledSteps } from "./labels.js";
import { write } from "./numbers.js";
import { blown, lastStep, rowAt, runsOf } from "./race.js";

/** @typedef {import("./race.js").State} State */
/** @typedef {import("./race.js").Run} Run */
/** @typedef {import("./race.js").World} World */
/** @typedef {import("./race.js").Point} Point */

/** @param {State} state @param {Run} run */
export function standing(state, run) {
  if (blown(state, run)) return `diverged at step ${run.stoppedAt}`;
  return `loss ${write(run.loss[rowAt(state, run)])}`;
}

/** @param {World} world @param {Point} point */
export function pointWords({ names }, point) {
  return names.map((name, i) => `${name} = ${write(point[i])}`).join(", ");
}

/** @param {State} state */
export function say(state) {
  const { world, plan } = state;
  const all = runsOf(state);
  const start = pointWords(world, plan.start);
  if (state.shown === 0)
    return `Start at ${start}: loss ${write(all[0].loss[0])}. Run shows where each rule goes.`;
  const shown = Math.min(state.shown, Math.max(lastStep(state), 1));
  const seen = all.map((_, i) => i).filter((i) => state.on[i]);
  if (seen.length === 0) return `Start at ${start}; every rule is switched off.`;
  const after = `After ${shown} ${shown === 1 ? "step" : "steps"} from ${start}`;
  return `${after}: ${[...best(state, seen), ...lost(state, seen)].join("; ")}.`;
}

/** Who is lowest, among those that have not diverged. @param {State} state @param {number[]} seen */
function best(state, seen) {
  const all = runsOf(state);
  const going = seen.filter((i) => !blown(state, all[i]));
  if (going.length === 0) return [];
  const loss = (/** @type {number} */ i) => all[i].loss[rowAt(state, all[i])];
  const first = going.reduce((a, b) => (loss(b) < loss(a) ? b : a));
  const words = `loss ${write(loss(first))}`;
  if (state.world.racers.length === 1) return [words];
  return [`lowest is ${state.world.racers[first].label}, ${words}`];
}

/** @param {State} state @param {number[]} seen */
function lost(state, seen) {
  const all = runsOf(state);
  return seen
    .filter((i) => blown(state, all[i]))
    .map((i) => `${state.world.racers[i].label} ${standing(state, all[i])}`);
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const { world, on } = state;
  const all = runsOf(state);
  const seen = world.racers.map((_, i) => i).filter((i) => on[i]);
  const columns = seen.flatMap((i) => [
    `${world.racers[i].label}: loss`,
    world.names.join(", "),
  ]);
  const rows = sampledSteps(Math.min(state.shown, lastStep(state))).map((t) => [
    String(t),
    ...seen.flatMap((i) => cells(all[i], t)),
  ]);
  return { columns: ["step", ...columns], rows };
}

/** @param {Run} run @param {number} t */
function cells({ x, loss, diverged, stoppedAt }, t) {
  if (t > stoppedAt) return [diverged ? "diverged" : "", ""];
  return [write(loss[t]), x[t].map(write).join(", ")];
}
