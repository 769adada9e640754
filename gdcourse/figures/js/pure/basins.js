// Where the run from each start ends: the map, cell by cell, from coarse to fine.

import { compileRule, compileSurface } from "./compile.js";
import { descend, stepper } from "./descend.js";
import { clamp } from "./ranges.js";

/** @typedef {[number, number]} Point */
/** @typedef {import("./race.js").Racer} Racer */
/**
 * @typedef {object} World
 * @property {import("./compile.js").Surface} surface
 * @property {Racer[]} racers
 * @property {[string, string]} names
 * @property {[Point, Point]} window
 * @property {Point[]} minima
 * @property {number} steps
 * @property {number} cells      along each side of the map
 * @property {number} tolerance  a run whose gradient is no longer has arrived
 * @property {number} radius     so near a minimum is at it
 */
/** @typedef {{chosen: number, rates: (number | null)[], betas: (number | null)[]}} Plan what the map depends on */
/**
 * What is known of the map: for each cell the minimum or another ending, and the updates.
 * @typedef {{ends: Int16Array, stops: Uint16Array, done: number}} Chart
 */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {Plan} plan
 * @property {Point} start
 * @property {Chart} chart
 * @property {boolean} playing  while the map is being made
 * @property {boolean} busy     always: the map is made in slices even without motion
 * @property {number} speed
 */

export const ELSEWHERE = -1;
export const DIVERGED = -2;
export const UNKNOWN = -3;
const SLICE = 30_000; // updates between two looks at what the reader does
const STRIDES = [8, 4, 2, 1];
const FRAMES = 60; // slices a second
export const MOST_BETA = 0.99;

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const known = worlds.get(settings);
  if (known) return known;
  const { surface, racers, steps, cells, tolerance, radius } = settings;
  const { variables: names, window, minima } = surface;
  const made = racers.map((/** @type {any} */ { rule, ...racer }) => ({
    ...racer,
    json: rule,
    rate: racer.rates && rule.hyperparameters.learning_rate,
  }));
  const world = {
    surface: compileSurface(surface),
    racers: made,
    names,
    window,
    minima,
    ...{ steps, cells, tolerance, radius },
  };
  worlds.set(settings, world);
  return world;
}

/** The rule's own β, if it is a plain number. @param {Racer} racer */
function betaOf({ json }) {
  const { beta } = json.hyperparameters;
  return typeof beta === "number" ? beta : null;
}

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin(settings) {
  const world = worldOf(settings);
  const { racers } = world;
  const plan = {
    chosen: settings.chosen ?? 0,
    rates: settings.rates ?? racers.map(({ rate }) => rate),
    betas: settings.betas ?? racers.map(betaOf),
  };
  return {
    width: 0,
    world,
    plan,
    start: settings.start,
    chart: blank(world),
    playing: true,
    busy: true,
    speed: FRAMES,
  };
}

/** @param {World} world @returns {Chart} */
function blank({ cells }) {
  return {
    ends: new Int16Array(cells ** 2).fill(UNKNOWN),
    stops: new Uint16Array(cells ** 2),
    done: 0,
  };
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  const { world, plan } = state;
  switch (event.type) {
    case "tick":
      return sliced(state);
    case "start":
      return { ...state, start: within(world.window, event.point) };
    case "chosen":
      return world.racers[event.value]
        ? anew(state, { ...plan, chosen: event.value })
        : state;
    case "rate": {
      const range = world.racers[plan.chosen].rates;
      return range
        ? anew(state, changed(plan, "rates", clamp(event.value, ...range)))
        : state;
    }
    case "beta":
      return plan.betas[plan.chosen] === null
        ? state
        : anew(state, changed(plan, "betas", clamp(event.value, 0, MOST_BETA)));
    default:
      return state;
  }
}

/** @param {Plan} plan @param {"rates" | "betas"} name @param {number} value @returns {Plan} */
function changed(plan, name, value) {
  return {
    ...plan,
    [name]: plan[name].map((old, i) => (i === plan.chosen ? value : old)),
  };
}

/** Begin the map again. @param {State} state @param {Plan} plan @returns {State} */
function anew(state, plan) {
  return { ...state, plan, chart: blank(state.world), playing: true };
}

/** @param {[Point, Point]} window @param {Point} point @returns {Point} */
function within([x, y], point) {
  return [clamp(point[0], ...x), clamp(point[1], ...y)];
}

// The map

/** @type {Map<number, Int32Array>} */
const orders = new Map();

/** The cells of a map from coarse to fine, so that it is seen at once. @param {number} cells */
export function order(cells) {
  const known = orders.get(cells);
  if (known) return known;
  const list = STRIDES.flatMap((stride, pass) => {
    const before = pass === 0 ? Infinity : 2 * stride;
    const found = [];
    for (let j = 0; j < cells; j += stride)
      for (let i = 0; i < cells; i += stride)
        if (i % before || j % before || pass === 0) found.push(j * cells + i);
    return found;
  });
  const made = Int32Array.from(list);
  orders.set(cells, made);
  return made;
}

/** The start in the middle of a cell; rows go up. @param {World} world @param {number} cell @returns {Point} */
export function startOf({ window, cells }, cell) {
  const at = (/** @type {Point} */ [low, high], /** @type {number} */ i) =>
    low + (high - low) * ((i + 0.5) / cells);
  return [at(window[0], cell % cells), at(window[1], Math.floor(cell / cells))];
}

/** @param {State} state @returns {State} */
function sliced(state) {
  const { world, plan, chart } = state;
  const [ends, stops] = [chart.ends.slice(), chart.stops.slice()];
  const cells = order(world.cells);
  const run = runner(world, plan);
  let { done } = chart;
  for (let updates = 0; updates < SLICE && done < cells.length; done += 1) {
    const cell = cells[done];
    const { end, stop } = run(startOf(world, cell));
    ends[cell] = end;
    stops[cell] = stop;
    updates += stop + 1;
  }
  return { ...state, chart: { ends, stops, done }, playing: done < cells.length };
}

/** @param {Plan} plan */
function overridesOf({ chosen, rates, betas }) {
  const [rate, beta] = [rates[chosen], betas[chosen]];
  return { learning_rate: rate ?? undefined, beta: beta ?? undefined };
}

/** @param {World} world @param {Plan} plan @returns {(start: Point) => {end: number, stop: number}} */
export function runner(world, plan) {
  const rule = compileRule(world.racers[plan.chosen].json, 2);
  const overrides = overridesOf(plan);
  return (start) => {
    const run = stepper(world.surface, rule, start, overrides, world.tolerance);
    while (run.now.t < world.steps && run.advance());
    const { x, t, stopped } = run.now;
    return { end: stopped === "diverged" ? DIVERGED : nearest(world, x), stop: t };
  };
}

/** The minimum that a point is at. @param {World} world @param {number[]} x */
function nearest({ minima, radius }, [x, y]) {
  const apart = minima.map(([a, b]) => Math.hypot(x - a, y - b));
  const least = Math.min(...apart);
  return least <= radius ? apart.indexOf(least) : ELSEWHERE;
}

/**
 * What is known of a cell: its own ending, or that of the coarser cell around it.
 * @param {World} world
 * @param {Int16Array} ends
 * @param {number} i
 * @param {number} j
 */
export function endAt({ cells }, ends, i, j) {
  for (let stride = 1; stride <= STRIDES[0]; stride *= 2) {
    const end = ends[(j - (j % stride)) * cells + (i - (i % stride))];
    if (end !== UNKNOWN) return end;
  }
  return UNKNOWN;
}

/** @typedef {import("./descend.js").Path & {end: number}} Run */
/** @type {WeakMap<Plan, {start: Point, run: Run}>} */
const runs = new WeakMap();

/** The marker's run. @param {State} state @returns {Run} */
export function runOf({ world, plan, start }) {
  const known = runs.get(plan);
  if (known && known.start === start) return known.run;
  const { steps, tolerance } = world;
  const rule = compileRule(world.racers[plan.chosen].json, 2);
  const path = descend(world.surface, rule, start, {
    steps,
    tolerance,
    overrides: overridesOf(plan),
  });
  const last = path.x[path.x.length - 1];
  const run = {
    ...path,
    end: path.stopped === "diverged" ? DIVERGED : nearest(world, last),
  };
  runs.set(plan, { start, run });
  return run;
}

// The address and Python

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ plan: { chosen, rates, betas }, start: [x, y] }) {
  /** @type {import("./fragment.js").Numbers} */
  const numbers = { x, y, r: chosen };
  if (rates[chosen] !== null) numbers.lr = rates[chosen];
  if (betas[chosen] !== null) numbers.b = betas[chosen];
  return numbers;
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, { x, y, r, lr, b }) {
  const [left, low] = state.start;
  const events = [
    { type: "start", point: [x ?? left, y ?? low] },
    { type: "chosen", value: r },
    { type: "rate", value: lr },
    { type: "beta", value: b },
  ];
  return events
    .filter((event) => event.point || event.value !== undefined)
    .reduce(next, state);
}

/** @param {State} state */
export function moved({ plan, start }) {
  return { ...plan, start };
}
