// The range test as a figure: the state, what each event does, and the words.

import { compileRule, compileSurface } from "./compile.js";
import { descend } from "./descend.js";
import { sampledSteps } from "./labels.js";
import { brief, significant, write } from "./numbers.js";
import { regimeOf, turnsOf } from "./predict.js";
import { clamp } from "./ranges.js";
import { between, lowest, pick, sweep } from "./sweep.js";

/** @typedef {import("./sweep.js").Sweep} Sweep */
/** @typedef {{label: string, colour: string, dash: string, marker: string}} Pick */
/**
 * @typedef {object} World
 * @property {import("./compile.js").Surface} surface
 * @property {import("./compile.js").Rule} rule
 * @property {number[]} start
 * @property {number[]} rates
 * @property {Pick[]} picks
 * @property {number | null} limit  the largest stable rate, where it is known
 * @property {number} floor         the least known loss, Infinity if none is known
 * @property {number} most          steps at each rate
 */
/** @typedef {{steps: number, sequential: boolean}} Plan what the sweep depends on */
/** @typedef {{sweep: Sweep, found: (number | null)[]}} Result  `found` are the picks */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {Plan} plan
 * @property {number} rate     that the reader tries
 * @property {boolean[]} on    picks in sight
 */

export const TRIAL = 50; // steps of the run that the words tell of
const MOST = 50;

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();
/** @type {WeakMap<Plan, Result>} */
const results = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const known = worlds.get(settings);
  if (known) return known;
  const { minima } = settings.surface;
  const surface = compileSurface(settings.surface);
  const [low, high] = settings.rates;
  const world = {
    surface,
    rule: compileRule(settings.rule, settings.start.length),
    start: settings.start,
    rates: between(low, high, settings.points),
    picks: settings.picks,
    limit: settings.limit,
    floor: Math.min(...minima.map(surface.value), Infinity),
    most: Math.max(MOST, settings.steps),
  };
  worlds.set(settings, world);
  return world;
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const world = worldOf(settings);
  const { steps, sequential } = settings;
  const on = world.picks.map(() => true);
  const middle = world.rates[Math.floor(world.rates.length / 2)];
  const state = { width: 0, world, plan: { steps, sequential }, rate: middle, on };
  return { ...state, rate: within(world, resultOf(state).found[0] ?? middle) };
}

/** A rate of the sweep's range, rounded so that it reads well. @param {World} world @param {number} rate */
function within({ rates }, rate) {
  return clamp(significant(rate), rates[0], rates[rates.length - 1]);
}

/** The sweep and its picks, computed once for each plan. @param {State} state @returns {Result} */
export function resultOf({ world, plan }) {
  const known = results.get(plan);
  if (known) return known;
  const { surface, rule, start, rates, picks } = world;
  const made = sweep(surface, rule, start, { rates, ...plan });
  const result = { sweep: made, found: picks.map(({ label }) => pick(made, label)) };
  results.set(plan, result);
  return result;
}

/** The place of the rate nearest to a value, on a logarithmic scale. @param {number[]} rates @param {number} value */
export function nearest(rates, value) {
  return lowest(rates.map((rate) => Math.abs(Math.log(rate / value))));
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  const { world, plan } = state;
  switch (event.type) {
    case "rate":
      return { ...state, rate: within(world, event.value) };
    case "press": {
      const place = nearest(world.rates, state.rate) + event.places;
      const last = world.rates.length - 1;
      return { ...state, rate: within(world, world.rates[clamp(place, 0, last)]) };
    }
    case "steps": {
      const steps = clamp(Math.round(event.value), 1, world.most);
      return steps === plan.steps ? state : { ...state, plan: { ...plan, steps } };
    }
    case "sequential":
      return { ...state, plan: { ...plan, sequential: event.on } };
    case "on":
      return {
        ...state,
        on: state.on.map((on, i) => (i === event.racer ? event.on : on)),
      };
    default:
      return state;
  }
}

/** The loss that the rate comes to, if a single run gets as far as it. @param {State} state */
export function lossOf(state) {
  const { world, plan, rate } = state;
  if (plan.sequential) return resultOf(state).sweep.losses[nearest(world.rates, rate)];
  const { surface, rule, start } = world;
  return sweep(surface, rule, start, { ...plan, rates: [rate] }).losses[0];
}

/** The loss of the sweep at a rate, between two of its points if need be. @param {Sweep} sweep @param {number} rate */
export function lossAt({ rates, losses }, rate) {
  const after = clamp(
    rates.findIndex((each) => each >= rate),
    1,
    rates.length - 1,
  );
  const [a, b] = [Math.log(rates[after - 1]), Math.log(rates[after])];
  const part = clamp((Math.log(rate) - a) / (b - a), 0, 1);
  return losses[after - 1] + part * (losses[after] - losses[after - 1]);
}

// Words

/** What a run at one rate does. @param {World} world @param {number} rate */
export function fate({ surface, rule, start, floor }, rate) {
  const options = { steps: TRIAL, overrides: { learning_rate: rate } };
  const { x, loss, stopped, stoppedAt } = descend(surface, rule, start, options);
  if (stopped === "diverged") return `diverges at step ${stoppedAt}`;
  const end = loss[loss.length - 1];
  const does = end > loss[0] ? "swings further and further out" : gait(x, loss, floor);
  return `${does}: loss ${write(end)} after ${stoppedAt} steps`;
}

/** @type {Record<string, string>} */
const GAITS = {
  slides: "settles",
  zigzags: "zigzags and settles",
  crawls: "creeps and is still on its way",
  bounces: "zigzags without settling",
};

/** @param {number[][]} x @param {number[]} loss @param {number} floor */
function gait(x, loss, floor) {
  const turns = turnsOf(x);
  const outcome = { loss, floor, turns, diverged: false, ended: true, stoppedAt: 0 };
  const regime = regimeOf(outcome);
  const lately = loss[loss.length - 6] - loss[loss.length - 1];
  const falling = lately > 0.01 * (loss[0] - loss[loss.length - 1]);
  return GAITS[regime === "slides" && falling ? "crawls" : regime];
}

/** @param {State} state */
export function say(state) {
  const { world, plan, rate } = state;
  const loss = lossOf(state);
  const steps = `${plan.steps} ${plan.steps === 1 ? "step" : "steps"}`;
  const when = plan.sequential ? "when its turn comes" : `after ${steps}`;
  const known = loss === undefined ? "the sweep diverged before it" : "";
  const level = Number.isFinite(loss)
    ? `loss ${write(loss)} ${when}`
    : "the loss overflows";
  const run = `A run of ${TRIAL} steps with it ${fate(world, rate)}.`;
  const limit = world.limit ? ` The largest stable rate is ${brief(world.limit)}.` : "";
  return `Rate ${brief(rate)}: ${known || level}. ${run} ${advice(state)}${limit}`;
}

/** @param {State} state */
function advice(state) {
  const { found } = resultOf(state);
  if (found[0] === null) return "This sweep suggests no rate.";
  return `The steepest fall suggests ${brief(found[0])}.`;
}

/** What a rule of thumb suggests. @param {State} state @param {number} i */
export function standing(state, i) {
  const rate = resultOf(state).found[i];
  return rate === null ? "says nothing" : brief(rate);
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const { world, rate, on } = state;
  const { sweep: all, found } = resultOf(state);
  const marked = found.map((each, i) =>
    each === null || !on[i] || each < world.rates[0] ? -1 : nearest(all.rates, each),
  );
  const place = nearest(world.rates, rate);
  const chosen = new Set([...sampledSteps(all.rates.length - 1, 20), place, ...marked]);
  const rows = [...chosen].filter((i) => i >= 0 && i < all.rates.length);
  const names = (/** @type {number} */ place) =>
    world.picks.filter((_, i) => marked[i] === place).map(({ label }) => label);
  return {
    columns: ["rate", "loss", "suggested by"],
    rows: rows
      .sort((a, b) => a - b)
      .map((i) => [brief(all.rates[i]), write(all.losses[i]), names(i).join(", ")]),
  };
}

// What the address and Python hear of

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ plan, rate, on }) {
  return {
    k: plan.steps,
    one: Number(plan.sequential),
    lr: rate,
    on: on.reduce((sum, each, i) => sum + (each ? 2 ** i : 0), 0),
  };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, { k, one, lr, on }) {
  let now = next(state, { type: "steps", value: k ?? state.plan.steps });
  now = next(now, { type: "rate", value: lr ?? state.rate });
  if (one !== undefined) now = next(now, { type: "sequential", on: one === 1 });
  const bits = on ?? 2 ** state.on.length - 1;
  return { ...now, on: now.on.map((_, i) => Math.floor(bits / 2 ** i) % 2 === 1) };
}
