// How full batch, mini-batches and single samples stand, in words and numbers.

import { arrival, jitter, runsOf, sizesOf, spreadOf } from "./batches.js";
import { sampledSteps } from "./labels.js";
import { brief, many, write } from "./numbers.js";
import { blown, lastStep, rowAt } from "./race.js";
import { pointWords, standing } from "./race-words.js";

/** @typedef {import("./batches.js").State} State */
/** @typedef {import("./batches.js").Run} Run */

/** A racer's counters and loss. @param {State} state @param {Run} run @param {number} i */
export function counted(state, run, i) {
  const t = rowAt(state, run);
  const parts = [
    many(t, "update"),
    `${many(run.seen[t], "sample")} seen`,
    standing(state, run),
  ];
  return `${i === 1 ? `of ${sizesOf(state)[1]}: ` : ""}${parts.join(", ")}`;
}

/** @param {State} state */
export function say(state) {
  const seen = state.world.racers.map((_, i) => i).filter((i) => state.on[i]);
  const start = `From ${pointWords(state.world, state.plan.start)}`;
  if (state.shown === 0) return `${start}: ${scatter(state)} Run sends the racers off.`;
  if (seen.length === 0) return `${start}, every racer is switched off.`;
  const after = `${start}, after ${many(Math.min(state.shown, lastStep(state)), "update")}`;
  return `${after}: ${arrivals(state, seen)}${lost(state, seen)}.${restless(state, seen)}`;
}

/** @param {State} state */
function scatter(state) {
  const { full, single, mean } = spreadOf(state);
  const [one, many] = [single, mean].map((v) => write(Math.sqrt(v)));
  const length = write(Math.hypot(...full));
  return `the full gradient is ${length} long; single samples are off it by ${one} (root mean square), means of ${state.plan.size} by ${many}.`;
}

/** @param {State} state @param {number[]} seen */
function arrivals(state, seen) {
  const all = runsOf(state);
  const words = seen.flatMap((i) => {
    const found = arrival(state, all[i]);
    if (!found) return [];
    const { updates, samples } = found;
    const work = `${many(updates, "update")} and ${many(samples, "sample")}`;
    return [`${state.world.racers[i].label} with ${work}`];
  });
  const where = `within ${brief(state.world.near)} of the minimum`;
  if (arrival(state, all[seen[0]])?.updates === 0) return `they started ${where}`;
  return words.length ? `${where} came ${words.join("; ")}` : `none came ${where} yet`;
}

/** @param {State} state @param {number[]} seen */
function lost(state, seen) {
  const all = runsOf(state);
  return seen
    .filter((i) => blown(state, all[i]))
    .map((i) => `; ${state.world.racers[i].label} ${standing(state, all[i])}`)
    .join("");
}

/** How far from the minimum they stay, once every update is in sight. @param {State} state @param {number[]} seen */
function restless(state, seen) {
  const all = runsOf(state);
  const going = seen.filter((i) => !all[i].diverged);
  if (state.shown < state.world.steps || going.length === 0) return "";
  const words = going.map((i) => {
    return `${state.world.racers[i].label} ${brief(jitter(state, all[i]))}`;
  });
  return ` Over the last quarter they stay this far from it: ${words.join("; ")}.`;
}

/** The words beside the cloud of gradients. @param {State} state */
export function clouded(state) {
  const { full, single, mean } = spreadOf(state);
  const { size } = state.plan;
  const all = sizesOf(state)[0];
  const arrow = `Arrow: the full gradient (${full.map(write).join(", ")}).`;
  if (single === 0) return `${arrow} Every sample has the same: nothing scatters.`;
  const dots = `${arrow} Dots: those of single samples, with variance ${write(single)} around it.`;
  if (size === 1) return dots;
  const crosses = `${dots} Crosses: means of ${size}, with variance ${write(mean)}`;
  if (size === all) return `${crosses}: every batch holds all samples.`;
  if (mean === 0) return `${crosses}.`;
  const less = brief((size * (all - 1)) / (all - size));
  return `${crosses}, ${brief(single / mean)} times less. Draws with repetition would give ${size} times on average; a batch that draws no sample twice gives ${less}.`;
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const { world, on } = state;
  const all = runsOf(state);
  const seen = world.racers.map((_, i) => i).filter((i) => on[i]);
  const columns = seen.flatMap((i) => {
    const { label } = world.racers[i];
    return [`${label}: samples seen`, "loss", world.names.join(", ")];
  });
  const rows = sampledSteps(Math.min(state.shown, lastStep(state))).map((t) => [
    String(t),
    ...seen.flatMap((i) => cells(all[i], t)),
  ]);
  return { columns: ["update", ...columns], rows };
}

/** @param {Run} run @param {number} t */
function cells({ x, loss, seen, diverged, stoppedAt }, t) {
  if (t > stoppedAt) return [diverged ? "diverged" : "", "", ""];
  return [seen[t].toLocaleString("en-GB"), write(loss[t]), x[t].map(write).join(", ")];
}
