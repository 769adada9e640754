// Recorded curves with bands over seeds: the cursor, the axis, and what is said.

import { sampledSteps } from "./labels.js";
import { logAxis, plainAxis } from "./losses.js";
import { brief, write } from "./numbers.js";
import { clamp } from "./ranges.js";

/** @typedef {{low: number[], median: number[], high: number[]}} Spread */
/** @typedef {Spread & {label: string, note: string, colour: string, dash: string, marker: string}} Racer */
/**
 * @typedef {object} World
 * @property {Racer[]} racers
 * @property {number[]} places  of the points along x, in order
 * @property {string} x
 * @property {string} y
 * @property {string} seeds  how many, in words
 * @property {string} band   what the bands are, in words; empty for one seed
 * @property {boolean} positive  whether a logarithmic axis can show it
 */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {number} at   the index of the point that is read
 * @property {boolean[]} on
 * @property {boolean} log
 */

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const known = worlds.get(settings);
  if (known) return known;
  const world = /** @type {World} */ ({
    ...settings,
    racers: settings.racers.map(racerOf),
  });
  worlds.set(settings, world);
  return world;
}

/** JSON has no infinity: null stands for a run that blew up. @param {any} racer @returns {Racer} */
function racerOf({ low, median, high, ...look }) {
  const whole = (/** @type {(number | null)[]} */ values) =>
    values.map((value) => value ?? Infinity);
  return { ...look, low: whole(low), median: whole(median), high: whole(high) };
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const world = worldOf(settings);
  const on = world.racers.map(() => true);
  return { width: 0, world, at: nearest(world, settings.at), on, log: settings.log };
}

/** The index of the nearest point. @param {World} world @param {number} place */
function nearest({ places }, place) {
  let found = 0;
  for (let i = 1; i < places.length; i += 1)
    if (Math.abs(places[i] - place) < Math.abs(places[found] - place)) found = i;
  return found;
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  switch (event.type) {
    case "at":
      return { ...state, at: moved(state, event.value) };
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

/** A move that is too short for the next point still goes there. @param {State} state @param {number} place */
function moved({ world, at }, place) {
  const found = nearest(world, place);
  const [low, here] = [world.places[0], world.places[at]];
  const gap = Math.abs(strideOf(world));
  if (found !== at || Math.abs(place - here) < gap * 0.99 || place < low) return found;
  return clamp(at + Math.sign(place - here), 0, world.places.length - 1);
}

/** How far an arrow key goes: about a hundredth of the points. @param {World} world */
export function strideOf({ places }) {
  return (places[1] - places[0]) * Math.max(Math.round(places.length / 100), 1);
}

/** The racers that are switched on. @param {State} state */
export function seen({ world, on }) {
  return world.racers.filter((_, i) => on[i]);
}

/** @param {State} state @returns {import("./losses.js").LossAxis} */
export function axisOf(state) {
  const shown = seen(state);
  const first = shown.map(({ median }) => median[0]).filter(Number.isFinite);
  const all = shown.flatMap(({ low, high }) => [...low, ...high]);
  if (!state.log) return plainAxis(all.filter(Number.isFinite));
  return logAxis([Math.max(...first, 0) || 1, ...all.filter(Number.isFinite)]);
}

// Words

/** @param {State} state @param {Racer} racer */
export function standing({ world, at }, { low, median, high }) {
  const middle = write(median[at]);
  return world.band ? `${middle} (${write(low[at])} to ${write(high[at])})` : middle;
}

/** @param {State} state */
export function where({ world, at }) {
  const last = world.places[world.places.length - 1];
  return `At ${world.x} ${brief(world.places[at])} of ${brief(last)}`;
}

/** @param {State} state */
export function say(state) {
  const { world } = state;
  const shown = seen(state);
  if (shown.length === 0) return `${where(state)}; every curve is switched off.`;
  const what = world.band
    ? `${world.y}, median over ${world.seeds} (${world.band})`
    : `${world.y} of ${world.seeds}`;
  const values = shown.map((racer) => `${racer.label} ${standing(state, racer)}`);
  return `${where(state)}, ${what}: ${values.join("; ")}.${meeting(state)}`;
}

/** Which bands meet at the cursor. @param {State} state */
function meeting(state) {
  const shown = seen(state);
  if (!state.world.band || shown.length < 2) return "";
  const pairs = shown.flatMap((a, i) =>
    shown
      .slice(i + 1)
      .filter((b) => meet(a, b, state.at))
      .map((b) => `${a.label} and ${b.label}`),
  );
  return pairs.length
    ? ` Bands that overlap here: ${pairs.join("; ")}.`
    : " Here no bands overlap.";
}

/** @param {Racer} a @param {Racer} b @param {number} at */
function meet(a, b, at) {
  return a.low[at] <= b.high[at] && b.low[at] <= a.high[at];
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const { world, at } = state;
  const shown = seen(state);
  const rows = [...new Set([...sampledSteps(world.places.length - 1, 30), at])];
  const columns = shown.flatMap(({ label }) => [
    label,
    ...(world.band ? ["lowest", "highest"].map((end) => `${label}: ${end}`) : []),
  ]);
  return {
    columns: [world.x, ...columns],
    rows: rows
      .sort((a, b) => a - b)
      .map((i) => [
        brief(world.places[i]),
        ...shown.flatMap((racer) => cells(world, racer, i)),
      ]),
  };
}

/** @param {World} world @param {Racer} racer @param {number} i */
function cells({ band }, { low, median, high }, i) {
  return (band ? [median, low, high] : [median]).map((values) => write(values[i]));
}

// What the address and Python hear of

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ world, at, on, log }) {
  return {
    t: world.places[at],
    on: on.reduce((sum, each, i) => sum + (each ? 2 ** i : 0), 0),
    log: Number(log),
  };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(
  state,
  { t = state.world.places[state.at], on, log = Number(state.log) },
) {
  const bits = on ?? 2 ** state.on.length - 1;
  return {
    ...state,
    at: nearest(state.world, t),
    on: state.on.map((_, i) => Math.floor(bits / 2 ** i) % 2 === 1),
    log: log === 1 && state.world.positive,
  };
}
