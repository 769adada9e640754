// What races, and each racer's run: computed once for each plan.

import { compileRule, compileSurface } from "./compile.js";
import { descend } from "./descend.js";

/** @typedef {[number, number]} Point */
/**
 * @typedef {object} Racer
 * @property {string} label
 * @property {string} colour  a CSS colour
 * @property {string} dash
 * @property {string} marker
 * @property {any} json       the rule's graph
 * @property {number | null} rate   null for a rule without a constant rate
 * @property {[number, number] | null} rates  the slider's range; null for no slider
 * @property {Recorded | null} record  the run of a method that needs Python
 */
/** @typedef {{start: Point, x: Point[], loss: number[], counts: number[][], diverged: boolean}} Recorded */
/**
 * @typedef {object} World
 * @property {any} surface
 * @property {Racer[]} racers
 * @property {[string, string]} names
 * @property {[Point, Point]} window
 * @property {Point[]} minima
 * @property {number} floor    the least known loss, Infinity if none is known
 * @property {number} steps
 * @property {number} [radius]  so close to a minimum a racer has reached it
 * @property {boolean} [arrows]  show what each racer carries in its state
 * @property {number} [near]   so close to a minimum is marked on the map
 * @property {(plan: Plan, racer: number) => Run} [run]  in place of the racers' rules
 */
/** @typedef {{start: Point, rates: (number | null)[]}} Plan what a run depends on */
/**
 * @typedef {object} Run
 * @property {Point[]} x
 * @property {number[]} loss
 * @property {boolean} diverged
 * @property {number} stoppedAt
 * @property {import("./compile.js").State[]} [states]  what the rule remembers, with arrows
 * @property {number} [reached]  the first step near a minimum, Infinity for none
 * @property {number[][]} [counts]  gradients, losses, curvatures asked for, if not a gradient a step
 * @property {boolean} [missing]  there is no record from this start
 */

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();
/** @type {WeakMap<Plan, Run[]>} */
const runs = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
export function worldOf(settings) {
  const known = worlds.get(settings);
  if (known) return known;
  const { variables, window, minima } = settings.surface;
  const surface = compileSurface(settings.surface);
  const lows = minima.map((/** @type {Point} */ point) => surface.value(point));
  const world = {
    surface,
    racers: settings.racers.map((/** @type {any} */ racer) =>
      racerOf(racer, settings.records?.[0][racer.label]),
    ),
    names: variables,
    window,
    minima,
    floor: Math.min(...lows, Infinity),
    steps: settings.steps,
    radius: settings.radius ?? 0,
    arrows: settings.arrows ?? false,
  };
  worlds.set(settings, world);
  return world;
}

/** @param {any} racer @param {Recorded} [record] @returns {Racer} */
function racerOf({ rule, ...racer }, record) {
  return {
    ...racer,
    record: record ?? null,
    json: rule,
    rate: racer.rates && rule.hyperparameters.learning_rate,
  };
}

/** Every racer's run. @param {{world: World, plan: Plan}} state @returns {Run[]} */
export function runsOf({ world, plan }) {
  const known = runs.get(plan);
  if (known) return known;
  const made = world.racers.map((racer, i) =>
    world.run ? world.run(plan, i) : anyRun(world, racer, plan, i),
  );
  runs.set(plan, made);
  return made;
}

/** @param {World} world @param {Racer} racer @param {Plan} plan @param {number} i @returns {Run} */
function anyRun(world, racer, plan, i) {
  const { record } = racer;
  if (!record) return runOf(world, racer, plan, i);
  const { start, x, loss, counts, diverged } = record;
  if (start.every((value, k) => value === plan.start[k]))
    return {
      x,
      loss,
      counts,
      diverged,
      stoppedAt: x.length - 1,
      reached: reachedAt(world, x),
    };
  const here = [world.surface.value(plan.start)];
  return { x: [plan.start], loss: here, diverged: false, stoppedAt: 0, missing: true };
}

/** How many gradients a run has asked for at a row. @param {Run} run @param {number} row */
export function gradientsAt({ counts }, row) {
  return counts ? counts[row][0] : row;
}

/** The numbers that replace a rule's own. @param {number | null} rate */
export function overridesOf(rate) {
  return rate === null ? {} : { learning_rate: rate };
}

/** @param {World} world @param {Racer} racer @param {Plan} plan @param {number} i @returns {Run} */
function runOf(world, { json }, { start, rates }, i) {
  const { surface, steps, arrows } = world;
  const rule = compileRule(json, start.length);
  const path = descend(surface, rule, start, {
    steps,
    overrides: overridesOf(rates[i]),
  });
  const x = /** @type {Point[]} */ (path.x);
  return {
    x,
    loss: path.loss,
    diverged: path.stopped === "diverged",
    stoppedAt: path.stoppedAt,
    states: arrows ? path.state : undefined,
    reached: reachedAt(world, x),
  };
}

/** The first step near a minimum, Infinity for none. @param {World} world @param {Point[]} x */
function reachedAt({ minima, radius = 0 }, x) {
  const step = x.findIndex(([a, b]) =>
    minima.some(([c, d]) => Math.hypot(a - c, b - d) <= radius),
  );
  return step < 0 || radius === 0 ? Infinity : step;
}
