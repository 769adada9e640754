// Depth as a figure: the network, how much of its pass is shown, and each event.

import { DRAWS, once } from "./deep.js";
import { ACTIVATIONS, MOST_LAYERS } from "./network.js";
import { significant } from "./numbers.js";
import { playback } from "./playback.js";
import { clamp } from "./ranges.js";

/** @typedef {import("./network.js").Plan} Plan */
/** @typedef {import("../drawing/losses.js").Look & {label: string}} Line */
/** @typedef {import("./deep.js").Drawn & {widths: number[], scales: [number, number], lines: Line[]}} World */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {Plan} plan
 * @property {number} shown   steps of the pass: each layer forward, then each back
 * @property {boolean[]} on   lines in sight
 * @property {boolean} others whether other draws are in sight
 * @property {boolean} playing
 * @property {number} speed
 * @property {boolean} motion
 */

export const NAMES = Object.keys(ACTIVATIONS);

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();
/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf({ hundredths, widths, scales, lines }) {
  const pool = hundredths.map((/** @type {number} */ each) => each / 100);
  return { pool, widths, scales, lines, norms: new Map() };
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const { depth, width: units, activation, scale, draw } = settings;
  const world = once(worlds, settings, () => worldOf(settings));
  return {
    width: 0,
    world,
    plan: { depth, units, activation, scale, draw },
    shown: 2 * depth,
    on: world.lines.map((_, i) => i === 0),
    others: false,
    playing: false,
    speed: 2,
    motion: false,
  };
}

/** @type {import("./playback.js").Runner<State>} */
const runner = {
  advance: (state, steps) => ({
    ...state,
    shown: Math.min(state.shown + steps, 2 * state.plan.depth),
  }),
  ended,
  rewind: (state) => ({ ...state, shown: 0 }),
};

/** @param {State} state */
export function ended({ shown, plan }) {
  return shown >= 2 * plan.depth;
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  return playback(runner, state, event) ?? changed(state, event);
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
function changed(state, event) {
  const { world, plan, on } = state;
  switch (event.type) {
    case "plan":
      return planned(state, { ...plan, ...within(world, event.plan) });
    case "again":
      return planned(state, { ...plan, draw: (plan.draw + 1) % DRAWS });
    case "on":
      return {
        ...state,
        on: on.map((each, i) => (i === event.racer ? event.on : each)),
      };
    case "others":
      return { ...state, others: event.on };
    default:
      return state;
  }
}

/** A pass that was complete stays so. @param {State} state @param {Plan} plan @returns {State} */
function planned(state, plan) {
  const all = 2 * plan.depth;
  const shown = ended(state) ? all : Math.min(state.shown, all - 1);
  return { ...state, plan, shown };
}

/** The parts of a plan that have values of their ranges. @param {World} world @param {Partial<Plan>} plan */
function within({ widths, scales }, { depth, units, activation, scale, draw }) {
  /** @type {Partial<Plan>} */
  const good = {};
  if (depth !== undefined) good.depth = clamp(Math.round(depth), 1, MOST_LAYERS);
  if (units !== undefined && widths.includes(units)) good.units = units;
  if (activation !== undefined && activation in ACTIVATIONS)
    good.activation = activation;
  if (scale !== undefined) good.scale = clamp(significant(scale), ...scales);
  if (draw !== undefined) good.draw = clamp(Math.round(draw), 0, DRAWS - 1);
  return good;
}

/** The layer that is at work, from 1, and the direction. @param {State} state */
export function activeOf({ shown, plan }) {
  const back = shown > plan.depth;
  return { back, layer: back ? 2 * plan.depth + 1 - shown : shown };
}

// What the address and Python hear of

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ plan, shown, on, others }) {
  return {
    d: plan.depth,
    n: plan.units,
    f: NAMES.indexOf(plan.activation),
    s: plan.scale,
    w: plan.draw,
    left: 2 * plan.depth - shown,
    on: on.reduce((sum, each, i) => sum + (each ? 2 ** i : 0), 0),
    o: Number(others),
  };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, { d, n, f, s, w, left = 0, on = 1, o }) {
  const plan = { depth: d, units: n, activation: NAMES[f], scale: s, draw: w };
  const now = next(state, { type: "plan", plan });
  const all = 2 * now.plan.depth;
  return {
    ...now,
    shown: all - clamp(Math.round(left), 0, all),
    on: now.on.map((_, i) => Math.floor(on / 2 ** i) % 2 === 1),
    others: o === 1,
  };
}

/** @param {State} state */
export function moved({ plan }) {
  const { units, ...rest } = plan;
  return { ...rest, width: units };
}
