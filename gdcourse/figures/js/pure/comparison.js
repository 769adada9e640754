// Who wins in the laboratory, and by how much: results under a protocol, made once.

import { sampledSteps } from "./labels.js";
import { groundNow } from "./laboratory.js";
import { logAxis } from "./losses.js";
import { gapAt, grid, quantile, trials } from "./trials.js";

/** @typedef {import("./laboratory.js").State} State */
/** @typedef {import("./laboratory.js").Racer} Racer */
/** @typedef {import("./laboratory.js").Protocol} Protocol */
/** @typedef {{low: number[], middle: number[], high: number[]}} Curve */
/**
 * @typedef {object} Result
 * @property {Racer} racer
 * @property {number[]} rates   that were used
 * @property {number[]} ends    of all runs; those with the same index can be compared
 * @property {number} score
 * @property {number} low       quartiles
 * @property {number} high
 * @property {number} lost      runs that diverged
 */

/** @type {Record<string, number>} */
const QUANTILES = { best: 0, median: 0.5, worst: 1 };
const KEPT = 150; // sets of runs, of about 30 kB each
/** @type {WeakMap<Protocol, Result[]>} */
const rankings = new WeakMap();

/** How many runs each rule makes at each rate. @param {State} state */
export function runsEach(state) {
  const { starts, noise } = state.protocol;
  return starts === "one" && noise === 0 ? 1 : groundNow(state).starts.length;
}

/** The rates that a rule may use. @param {State} state @param {Racer} racer @returns {number[]} */
function ratesFor({ world, protocol }, { rule }) {
  if (protocol.rates === "shared") return [protocol.rate];
  if (protocol.rates === "default") return [rule.hyperparameters.learning_rate];
  return grid(world.settings.grid, protocol.tries);
}

/** The runs of a rule with one rate, made once. @param {State} state @param {Racer} racer @param {number} rate */
function runsWith(state, racer, rate) {
  const { world, protocol } = state;
  const { surface, starts, noise, measure } = protocol;
  const key = [racer.label, rate, surface, starts, noise, measure].join("|");
  const known = world.kept.get(key);
  if (known) return known;
  if (world.kept.size >= KEPT) world.kept.clear();
  const made = trials(groundNow(state), racer.compiled, rate, protocol, world.draws);
  world.kept.set(key, made);
  return made;
}

/** @param {number[]} values */
function sorted(values) {
  return [...values].sort((a, b) => a - b);
}

/** Where the runs with these rates stand after `t` steps. @param {State} state @param {Racer} racer @param {number[]} rates @param {number} t */
function endsAt(state, racer, rates, t) {
  return rates.flatMap((rate) =>
    runsWith(state, racer, rate).map((gaps) => gapAt(gaps, t)),
  );
}

/** Every rule's result, the best first. @param {State} state @returns {Result[]} */
export function ranking(state) {
  const known = rankings.get(state.protocol);
  if (known) return known;
  const made = state.world.racers
    .map((racer) => resultOf(state, racer))
    .sort((a, b) => (a.score === b.score ? 0 : a.score - b.score));
  rankings.set(state.protocol, made);
  return made;
}

/** @param {State} state @param {Racer} racer @returns {Result} */
function resultOf(state, racer) {
  const { counts, budget } = state.protocol;
  const rates = ratesUsed(state, racer);
  const ends = endsAt(state, racer, rates, budget);
  const order = sorted(ends);
  const [score, low, high] = [QUANTILES[counts], 0.25, 0.75].map((part) =>
    quantile(order, part),
  );
  const lost = ends.filter((end) => end === Infinity).length;
  return {
    racer,
    rates,
    ends,
    score,
    low,
    high,
    lost,
  };
}

/** What tuning leaves of the rates: the first of the best. @param {State} state @param {Racer} racer */
function ratesUsed(state, racer) {
  const rates = ratesFor(state, racer);
  if (state.protocol.rates !== "tuned") return rates;
  const { counts, budget } = state.protocol;
  const scores = rates.map((rate) =>
    quantile(sorted(endsAt(state, racer, [rate], budget)), QUANTILES[counts]),
  );
  return [rates[scores.indexOf(Math.min(...scores))]];
}

/** Whether what counts is the same for both. @param {Result} first @param {Result} second */
export function tied(first, second) {
  return first.score === second.score;
}

/** Whether the middle halves of their runs have nothing in common. @param {Result} first @param {Result} second */
export function apart(first, second) {
  return first.high < second.low || second.high < first.low;
}

/** Least, quartiles and median, most. @param {Result} result */
export function fiveNumbers({ ends }) {
  const order = sorted(ends);
  return [0, 0.25, 0.5, 0.75, 1].map((part) => quantile(order, part));
}

// What is drawn

/** The steps at which curves are drawn. @param {State} state */
export function stepsDrawn({ world }) {
  return sampledSteps(world.draws.steps, 75);
}

/** What counts, and the quartiles, at the steps that are drawn. @param {State} state @param {Result} result @returns {Curve} */
export function curveOf(state, { racer, rates }) {
  const { surface, starts, noise, measure, counts } = state.protocol;
  const { curves } = state.world;
  const key = [racer.label, rates, surface, starts, noise, measure, counts].join("|");
  const known = curves.get(key);
  if (known) return known;
  if (curves.size >= KEPT) curves.clear();
  const orders = stepsDrawn(state).map((t) => sorted(endsAt(state, racer, rates, t)));
  const along = (/** @type {number} */ part) =>
    orders.map((order) => quantile(order, part));
  const made = {
    low: along(0.25),
    middle: along(QUANTILES[counts]),
    high: along(0.75),
  };
  curves.set(key, made);
  return made;
}

/** Of all curves. @param {State} state */
export function lossAxis(state) {
  const all = ranking(state).map((result) => curveOf(state, result));
  const finite = all
    .flatMap(({ low, middle, high }) => [...low, ...middle, ...high])
    .filter(Number.isFinite);
  return logAxis([all[0].middle[0], ...finite]);
}

/** Of what the ranking shows, with whole powers of ten at its ends. @param {State} state */
export function scoreAxis(state) {
  const all = ranking(state)
    .flatMap(({ ends }) => ends)
    .filter(Number.isFinite);
  const [{ middle }] = ranking(state).map((result) => curveOf(state, result));
  return logAxis([middle[0], ...all]);
}
