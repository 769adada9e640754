// Schedules side by side: their values, the cursor, and what each event does.

import { compileSchedule } from "./compile.js";
import { sampledSteps } from "./labels.js";
import { write } from "./numbers.js";
import { clamp, nudge } from "./ranges.js";

/** @typedef {[number, number]} Pair */
/** @typedef {{label: string, colour: string, dash: string, marker: string, at: (step: number) => number}} Racer */
/**
 * @typedef {object} World
 * @property {Racer[]} racers
 * @property {number} steps
 * @property {string} unit      what a step is called
 * @property {number} every     the cursor stands on multiples of it
 * @property {number[]} grid    the steps that are drawn
 * @property {number[][]} rates each racer's on the grid
 */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {number} at
 * @property {boolean[]} on
 * @property {boolean} log
 */

const DRAWN = 1000; // steps
const DEEPEST = 1e-6; // of the highest rate: what lies below leaves a log axis

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const known = worlds.get(settings);
  if (known) return known;
  const { steps, unit } = settings;
  const racers = settings.racers.map(racerOf);
  const every = Math.max(
    ...settings.racers.map((/** @type {any} */ { schedule }) => schedule.every ?? 1),
  );
  const grid = gridOf(steps, Math.max(every, Math.ceil(steps / DRAWN)));
  const rates = racers.map((/** @type {Racer} */ { at }) => grid.map(at));
  const world = { racers, steps, unit, every, grid, rates };
  worlds.set(settings, world);
  return world;
}

/** @param {any} racer @returns {Racer} */
function racerOf({ schedule, ...look }) {
  const run = compileSchedule(schedule);
  const every = schedule.every ?? 1;
  return { ...look, at: (step) => run(Math.round(step / every)) };
}

/** Multiples of `every`, and the last step. @param {number} steps @param {number} every */
function gridOf(steps, every) {
  const grid = [];
  for (let step = 0; step < steps; step += every) grid.push(step);
  return [...grid, steps];
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const world = worldOf(settings);
  const on = world.racers.map(() => true);
  return { width: 0, world, at: snapped(world, settings.at), on, log: false };
}

/** The nearest step on which the cursor may stand. @param {World} world @param {number} step */
function snapped({ steps, every }, step) {
  return clamp(Math.round(step / every) * every, 0, steps);
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  switch (event.type) {
    case "at":
      return { ...state, at: snapped(state.world, event.value) };
    case "on":
      return {
        ...state,
        on: state.on.map((on, i) => (i === event.racer ? event.on : on)),
      };
    case "log":
      return { ...state, log: event.on };
    default:
      return state;
  }
}

/** How far an arrow key moves the cursor: about a hundredth of the steps. @param {World} world */
export function stride({ steps, every }) {
  return Math.max(Math.round(nudge([0, steps])), every, 1);
}

/** The racers that are switched on. @param {State} state */
export function seen({ world, on }) {
  return world.racers.map((_, i) => i).filter((i) => on[i]);
}

/** Of the rates in sight, with room above; a log axis ends at whole powers of ten. @param {State} state @returns {Pair} */
export function domainOf(state) {
  const all = seen(state).flatMap((i) => state.world.rates[i]);
  const top = Math.max(...all, 0) || 1;
  if (!state.log) return [Math.min(...all, 0), top * 1.05];
  const positive = all.filter((rate) => rate > top * DEEPEST);
  const low = 10 ** Math.floor(Math.log10(Math.min(...positive, top / 10)) + 1e-9);
  return [low, top * 1.3];
}

// Words

/** @param {State} state @param {number} i */
export function standing({ world, at }, i) {
  return write(world.racers[i].at(at));
}

/** @param {number} step */
export function count(step) {
  return step.toLocaleString("en-GB");
}

/** @param {State} state */
export function say(state) {
  const { world, at } = state;
  const shown = seen(state);
  const where = `At ${world.unit} ${count(at)} of ${count(world.steps)}`;
  if (shown.length === 0) return `${where}; every schedule is switched off.`;
  const values = shown.map((i) => `${world.racers[i].label} ${standing(state, i)}`);
  return `${where}, the learning rate is: ${values.join("; ")}.`;
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const { world, at } = state;
  const shown = seen(state);
  const steps = sampledSteps(world.steps, 20).map((step) => snapped(world, step));
  const rows = [...new Set([...steps, at])].sort((a, b) => a - b);
  return {
    columns: [world.unit, ...shown.map((i) => world.racers[i].label)],
    rows: rows.map((step) => [
      count(step),
      ...shown.map((i) => write(world.racers[i].at(step))),
    ]),
  };
}

// What the address and Python hear of

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ at, on, log }) {
  return {
    t: at,
    on: on.reduce((sum, each, i) => sum + (each ? 2 ** i : 0), 0),
    log: Number(log),
  };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, { t = state.at, on, log = 0 }) {
  const bits = on ?? 2 ** state.on.length - 1;
  return {
    ...state,
    at: snapped(state.world, t),
    on: state.on.map((_, i) => Math.floor(bits / 2 ** i) % 2 === 1),
    log: log === 1,
  };
}
