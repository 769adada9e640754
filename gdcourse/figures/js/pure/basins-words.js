// What the basin map shows, in words and numbers.

import { DIVERGED, ELSEWHERE, UNKNOWN, runOf } from "./basins.js";
import { brief, write } from "./numbers.js";

/** @typedef {import("./basins.js").State} State */
/** @typedef {import("./basins.js").World} World */
/** @typedef {import("./basins.js").Point} Point */

/** The letter of a minimum. @param {number} end */
export function letterOf(end) {
  return end < 0 ? "" : String.fromCharCode(65 + end);
}

/** @param {World} world @param {number[]} point @param {(value: number) => string} [written] */
export function pointWords({ names }, point, written = write) {
  return names.map((name, i) => `${name} = ${written(point[i] + 0)}`).join(", ");
}

/** @param {State} state */
export function say(state) {
  const { world, plan, start } = state;
  const [rate, beta] = [plan.rates[plan.chosen], plan.betas[plan.chosen]];
  const { label } = world.racers[plan.chosen];
  const settings = [
    ...(rate === null ? [] : [`learning rate ${brief(rate)}`]),
    ...(beta === null ? [] : [`β = ${brief(beta)}`]),
  ];
  const how = settings.length > 0 ? ` with ${settings.join(" and ")}` : "";
  return `From ${pointWords(world, start, brief)}, ${label}${how} ${outcome(state)}.`;
}

/** @param {State} state */
function outcome(state) {
  const { end, stoppedAt, stopped, x } = runOf(state);
  const steps = `${stoppedAt} ${stoppedAt === 1 ? "step" : "steps"}`;
  if (end === DIVERGED) return `diverged at step ${stoppedAt}`;
  const last = pointWords(state.world, x[x.length - 1]);
  if (end >= 0) return `ends in ${letterOf(end)}, at ${last}, after ${steps}`;
  return stopped === "converged"
    ? `stops on level ground that is no known minimum, at ${last}, after ${steps}`
    : `has reached no minimum after ${steps}: it is at ${last}`;
}

/**
 * @typedef {object} Tally
 * @property {number} end
 * @property {string} name
 * @property {number} count
 * @property {number} share  of the starts that are known by now
 * @property {number} middle the median of the updates
 */

/** Every ending with its starts. @param {State} state @returns {Tally[]} */
export function tally({ world, chart }) {
  const codes = [...world.minima.map((_, i) => i), ELSEWHERE, DIVERGED];
  /** @type {Map<number, number[]>} */
  const stops = new Map(codes.map((code) => [code, []]));
  chart.ends.forEach((end, cell) => {
    if (end !== UNKNOWN) stops.get(end)?.push(chart.stops[cell]);
  });
  return codes.map((end) => {
    const each = (stops.get(end) ?? []).sort((a, b) => a - b);
    const middle = each[Math.floor((each.length - 1) / 2)] ?? NaN;
    const share = each.length / Math.max(chart.done, 1);
    return { end, name: nameOf(world, end), count: each.length, share, middle };
  });
}

/** @param {World} world @param {number} end */
function nameOf(world, end) {
  if (end === DIVERGED) return "diverged";
  if (end === ELSEWHERE) return "no minimum";
  return pointWords(world, world.minima[end], brief);
}

/** A share in whole per cent, unless it is very small. @param {number} share */
export function percent(share) {
  const value = 100 * share;
  return share > 0 && value < 0.95
    ? `${brief(Number(value.toPrecision(1)))} %`
    : `${Math.round(value)} %`;
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  return {
    columns: ["ending", "where", "starts", "share", "median steps"],
    rows: tally(state).map(({ end, name, count, share, middle }) => [
      letterOf(end) || name,
      end < 0 ? "–" : name,
      String(count),
      percent(share),
      Number.isNaN(middle) ? "–" : String(middle),
    ]),
  };
}
