// The fair-comparison laboratory: the protocol, who wins under it, and by how much.

import { compileRule, compileSurface } from "./compile.js";
import { clamp } from "./ranges.js";
import { unpacked } from "./trials.js";

/** @typedef {import("./trials.js").Ground & {name: string}} Ground */
/** @typedef {{label: string, colour: string, dash: string, marker: string, rule: any, compiled: import("./compile.js").Rule}} Racer */
/**
 * @typedef {object} Protocol
 * @property {string} surface
 * @property {string} rates    "shared", "default", "tuned" or "all"
 * @property {number} rate     the shared one
 * @property {number} tries    of tuning
 * @property {string} starts   "one" or "many"
 * @property {number} noise
 * @property {string} counts   "best", "median" or "worst"
 * @property {string} measure  "loss" or "distance"
 * @property {number} budget   gradients of each run
 */
/**
 * @typedef {object} World
 * @property {Ground[]} grounds
 * @property {Racer[]} racers
 * @property {import("./trials.js").Draws} draws
 * @property {import("../runtime/types.js").Settings} settings
 * @property {Map<string, number[][]>} kept  runs that were made
 * @property {Map<string, import("./comparison.js").Curve>} curves
 */
/** @typedef {{width: number, world: World, protocol: Protocol}} State */

/** @type {(keyof Protocol & string)[]} */
const CHOSEN = ["rates", "starts", "counts", "measure"];

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const known = worlds.get(settings);
  if (known) return known;
  const { budget, runs, draws } = settings;
  const world = {
    grounds: settings.surfaces.map(groundOf),
    racers: settings.racers.map(racerOf),
    draws: { steps: budget, noise: unpacked(draws, runs) },
    settings,
    kept: new Map(),
    curves: new Map(),
  };
  worlds.set(settings, world);
  return world;
}

/** @param {any} racer @returns {Racer} */
function racerOf(racer) {
  return { ...racer, compiled: compileRule(racer.rule, 2) };
}

/** @param {any} json @returns {Ground} */
function groundOf(json) {
  const { name, expression, start, starts, minima } = json;
  const surface = compileSurface(json);
  const floor = Math.min(...minima.map(surface.value));
  return { name, expression, start, starts, minima, surface, floor };
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  return { width: 0, world: worldOf(settings), protocol: settings.protocol };
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  switch (event.type) {
    case "at":
      return changed(state, { budget: event.value });
    case "set":
      return changed(state, { [event.name]: event.value });
    case "protocol":
      return changed(state, event.protocol);
    default:
      return state;
  }
}

/** The protocol with some parts changed, kept within what may be. @param {State} state @param {Partial<Protocol>} parts @returns {State} */
function changed(state, parts) {
  const { settings } = state.world;
  const [low, high] = settings.grid;
  const made = { ...state.protocol, ...parts };
  const protocol = {
    ...made,
    rate: clamp(made.rate, low, high),
    tries: clamp(Math.round(made.tries), 1, settings.most),
    budget: clamp(Math.round(made.budget), 1, settings.budget),
  };
  return { ...state, protocol };
}

/** @param {State} state */
export function groundNow({ world, protocol }) {
  const found = world.grounds.find(({ name }) => name === protocol.surface);
  return found ?? world.grounds[0];
}

// What the address and Python hear of

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ world, protocol }) {
  const { choices } = world.settings;
  const chosen = CHOSEN.map((name) => [name, choices[name].indexOf(protocol[name])]);
  return {
    surface: world.grounds.findIndex(({ name }) => name === protocol.surface),
    ...Object.fromEntries(chosen),
    rate: protocol.rate,
    tries: protocol.tries,
    noise: protocol.noise,
    budget: protocol.budget,
  };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, numbers) {
  const { choices, noises } = state.world.settings;
  const { rate, tries, noise, budget } = { ...state.protocol, ...numbers };
  const chosen = CHOSEN.map((name) => [
    name,
    choices[name][numbers[name]] ?? state.protocol[name],
  ]);
  return changed(state, {
    ...Object.fromEntries(chosen),
    surface: state.world.grounds[numbers.surface]?.name ?? state.protocol.surface,
    noise: noises.includes(noise) ? noise : state.protocol.noise,
    rate,
    tries,
    budget,
  });
}
