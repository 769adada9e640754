// What became of each ball, in words and numbers.

import { crossedAt, fateOf, lengths, runsOf, seen } from "./balls.js";
import { sampledSteps } from "./labels.js";
import { brief, write } from "./numbers.js";

/** @typedef {import("./balls.js").State} State */
/** @typedef {import("./balls.js").Run} Run */

/** What a ball did: crossed, stuck, diverged. @param {State} state @param {Run} run */
export function standing(state, run) {
  const { name, flat } = state.world;
  const places = seen(state, run);
  const here = `${name} = ${write(places[places.length - 1].x)}`;
  const crossed = crossedAt(state, run);
  const first = crossed === null ? "" : `crossed ${brief(flat)} at step ${crossed}, `;
  switch (fateOf(state, run)) {
    case "beginning":
      return `at ${here}`;
    case "diverged":
      return `${first}diverged at step ${places.length - 1}`;
    case "resting":
      return `${first}rests at ${here}`;
    case "stuck":
      return `${first}stuck at ${here}, last step ${brief(lengths(state, run).slice(-1)[0])}`;
    default:
      return `${first}now at ${here}`;
  }
}

/** @param {State} state */
export function say(state) {
  const { world, plan, shown } = state;
  const runs = runsOf(state);
  const start = `${world.name} = ${write(plan.start)}`;
  const slope = world.surface.gradient([plan.start])[0];
  if (shown === 0)
    return `Every ball starts at ${start}, where the slope is ${write(slope)}. Run shows where each rule takes it.`;
  const noise = plan.noisy ? `, with noise in each slope` : "";
  const each = runs.map((run, i) => `${world.racers[i].label} ${standing(state, run)}`);
  const steps = `${shown} ${shown === 1 ? "step" : "steps"}`;
  return `After ${steps} from ${start}${noise}: ${each.join("; ")}.`;
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const runs = runsOf(state);
  const { world } = state;
  const columns = world.racers.flatMap(({ label }) => [
    `${label}: ${world.name}`,
    "loss",
  ]);
  const rows = sampledSteps(state.shown).map((t) => [
    String(t),
    ...runs.flatMap(({ places, diverged }) => {
      if (t >= places.length) return [diverged ? "diverged" : "", ""];
      return [write(places[t].x), write(places[t].loss)];
    }),
  ]);
  return { columns: ["step", ...columns], rows };
}
