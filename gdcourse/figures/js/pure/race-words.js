// How the race stands, in words and numbers.

import { sampledSteps } from "./labels.js";
import { brief, many, write } from "./numbers.js";
import { blown, gradientsAt, lastStep, rowAt, runsOf } from "./race.js";

/** @typedef {import("./race.js").State} State */
/** @typedef {import("./race.js").Run} Run */
/** @typedef {import("./race.js").World} World */
/** @typedef {import("./race.js").Point} Point */

/** @param {State} state @param {Run} run */
export function standing(state, run) {
  if (blown(state, run)) return `diverged at step ${run.stoppedAt}`;
  return `loss ${write(run.loss[rowAt(state, run)])}`;
}

/** Where a racer of several stands: its loss, what it cost, whether it has arrived. @param {State} state @param {Run} run */
export function place(state, run) {
  if (run.missing) return "was recorded from the text’s start only";
  if (state.world.racers.length === 1 || blown(state, run)) return standing(state, run);
  const arrived = arrivedAt(state, run);
  const reached =
    arrived < Infinity ? `; reached at step ${arrived.toLocaleString("en-GB")}` : "";
  return `${standing(state, run)}, ${costWords(run, rowAt(state, run))}${reached}`;
}

/** What a run has asked for at a row. @param {Run} run @param {number} row */
function costWords(run, row) {
  const gradients = many(gradientsAt(run, row), "gradient");
  const [, losses, curvatures] = run.counts?.[row] ?? [0, 0, 0];
  const more = [
    losses ? many(losses, "loss").replace("losss", "losses") : "",
    curvatures ? many(curvatures, "curvature") : "",
  ];
  return [gradients, ...more].filter(Boolean).join(", ");
}

/** The step at which a run came near a minimum, if that is in sight. @param {State} state @param {Run} run */
function arrivedAt({ shown }, { reached = Infinity }) {
  return reached <= shown ? reached : Infinity;
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
  const standings = [...best(state, seen), ...lost(state, seen)].join("; ");
  return `${after}: ${standings}.${arrivals(state, seen)}`;
}

/** Who came near a minimum, in that order. @param {State} state @param {number[]} seen */
function arrivals(state, seen) {
  const { racers, minima, radius = 0 } = state.world;
  if (radius === 0 || minima.length === 0) return "";
  const where = `ithin ${brief(radius)} of ${minima.length > 1 ? "a" : "the"} minimum`;
  const found = seen
    .map((i) => ({ i, step: arrivedAt(state, runsOf(state)[i]) }))
    .filter(({ step }) => step < Infinity)
    .map(({ i, step }) => ({ i, step, cost: gradientsAt(runsOf(state)[i], step) }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ i, step, cost }) => {
      const who = racers.length > 1 ? `${racers[i].label} ` : "";
      const price = cost === step ? "" : ` with ${many(cost, "gradient")}`;
      return `${who}at step ${step.toLocaleString("en-GB")}${price}`;
    });
  if (found.length > 0) return ` W${where}: ${found.join(", then ")}.`;
  return racers.length > 1 ? ` None came w${where} yet.` : "";
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
  const priced = world.racers.length > 1;
  const columns = seen.flatMap((i) => [
    `${world.racers[i].label}: loss`,
    world.names.join(", "),
    ...(priced ? ["gradients"] : []),
  ]);
  const rows = sampledSteps(Math.min(state.shown, lastStep(state))).map((t) => [
    String(t),
    ...seen.flatMap((i) => cells(all[i], t, priced)),
  ]);
  return { columns: ["step", ...columns], rows };
}

/** @param {Run} run @param {number} t @param {boolean} priced */
function cells(run, t, priced) {
  const { x, loss, diverged, stoppedAt } = run;
  const over = t > stoppedAt;
  const place = over
    ? [diverged ? "diverged" : "", ""]
    : [write(loss[t]), x[t].map(write).join(", ")];
  return priced ? [...place, over ? "" : String(gradientsAt(run, t))] : place;
}
