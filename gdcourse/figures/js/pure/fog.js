// A walk in fog: the walker's state, what each step does to it, and the rule's walk.

import { max, median, min, range } from "d3-array";
import { compileRule, compileSurface } from "./compile.js";
import { descend } from "./descend.js";
import { significant } from "./numbers.js";
import { clamp, nudge } from "./ranges.js";

/** @typedef {[number, number]} Point */
/** @typedef {import("../drawing/losses.js").Look} Look */
/**
 * @typedef {object} World
 * @property {ReturnType<typeof compileSurface>} surface
 * @property {string[]} names
 * @property {[Point, Point]} window
 * @property {Point[]} minima
 * @property {number} floor     the least known height, Infinity if none is known
 * @property {Point} start
 * @property {number} steps     after so many the fog lifts
 * @property {number} stride    the longest step
 * @property {number} relief    from the lowest to the highest ground of the map
 * @property {number} slope     a usual one
 * @property {number} digits    of heights, after the point
 * @property {string} label     of the rule
 * @property {Look[]} looks     the walker's and the rule's
 * @property {import("./descend.js").Path} path  of the rule
 */
/**
 * @typedef {object} State
 * @property {number} width
 * @property {World} world
 * @property {number[]} paces   steps taken, each one number (see `paceOf`)
 * @property {Point[]} trail    the start and every place since
 * @property {number | null} aim   the step that is being dragged
 * @property {boolean} edge     the last step came to the edge of the map
 * @property {boolean} lifted
 */

const FLAT = 0.15; // of a usual slope feels flat
const SHORT = 20; // percent of a stride
const LEAST = 15;
const SAMPLES = 25;

/** @type {WeakMap<object, World>} */
const worlds = new WeakMap();

/** @param {import("../runtime/types.js").Settings} settings @returns {World} */
function worldOf(settings) {
  const known = worlds.get(settings);
  if (known) return known;
  const { start, steps, label, looks, rule } = settings;
  const { variables: names, window, minima } = settings.surface;
  const surface = compileSurface(settings.surface);
  const floor = min(minima, (/** @type {Point} */ at) => surface.value(at)) ?? Infinity;
  const path = descend(surface, compileRule(rule, 2), start, { steps });
  const given = { surface, names, window, minima, floor, start, steps, label, looks };
  const world = { ...given, path, ...measured(surface, window) };
  worlds.set(settings, world);
  return world;
}

/** How high, steep and wide the land is. @param {World["surface"]} surface @param {World["window"]} window */
function measured(surface, window) {
  const points = range(SAMPLES ** 2).map((i) =>
    window.map(([low, high], axis) => {
      const part = (axis ? Math.floor(i / SAMPLES) : i % SAMPLES) / (SAMPLES - 1);
      return low + part * (high - low);
    }),
  );
  const heights = points.map(surface.value).filter(Number.isFinite);
  const relief = (max(heights) ?? 1) - (min(heights) ?? 0) || 1;
  const slopes = points.map((point) => Math.hypot(...surface.gradient(point)));
  const side = Math.min(...window.map(([low, high]) => high - low));
  return {
    relief,
    slope: median(slopes.filter(Number.isFinite)) || 1,
    digits: clamp(2 - Math.floor(Math.log10(relief)), 0, 6),
    stride: significant(7 * nudge([0, side])),
  };
}

/** @param {import("../runtime/types.js").Settings} settings @returns {Omit<State, "width">} */
export function begin(settings) {
  const world = worldOf(settings);
  const none = { paces: [], aim: null, edge: false, lifted: false };
  return { world, trail: [world.start], ...none };
}

// Steps, each as one whole number: 1000 × bearing in degrees + percent of a stride

/** @param {number} bearing degrees clockwise from north @param {number} percent */
export function paceOf(bearing, percent) {
  return 1000 * ((Math.round(bearing) + 360) % 360) + Math.round(percent);
}

/** The step towards a point, at most a stride long. @param {State} state @param {Point} to */
export function paceTo(state, [x, y]) {
  const [east, north] = [x - here(state)[0], y - here(state)[1]];
  const percent = (100 * Math.hypot(east, north)) / state.world.stride;
  return percent < LEAST
    ? null
    : paceOf(bearingOf(east, north), Math.min(percent, 100));
}

/** The step of an arrow key: a stride, or a short one where it asks for more than one. @param {number} right @param {number} up */
export function paceOfKey(right, up) {
  const short = Math.max(Math.abs(right), Math.abs(up)) > 1;
  return paceOf(bearingOf(right, up), short ? SHORT : 100);
}

/** Degrees clockwise from north. @param {number} east @param {number} north */
export function bearingOf(east, north) {
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

/** Where a step leads, inside the map. @param {World} world @param {Point} from @param {number} pace @returns {Point} */
export function landing({ window, stride }, from, pace) {
  const angle = (Math.floor(pace / 1000) * Math.PI) / 180;
  const length = (stride * (pace % 1000)) / 100;
  const fine = clamp(6 - Math.floor(Math.log10(stride)), 0, 12); // digits that matter
  const to = [from[0] + length * Math.sin(angle), from[1] + length * Math.cos(angle)];
  const [x, y] = to.map((at, i) => clamp(Number(at.toFixed(fine)) + 0, ...window[i]));
  return [x, y];
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  if (state.lifted) return state;
  switch (event.type) {
    case "pace":
      return walk(state, event.pace);
    case "go": {
      const pace = paceTo(state, event.point);
      return pace === null ? { ...state, aim: null } : walk(state, pace);
    }
    case "aim": {
      const aim = paceTo(state, event.point);
      return aim === state.aim ? state : { ...state, aim };
    }
    case "stay":
      return state.aim === null ? state : { ...state, aim: null };
    case "lift":
      return { ...state, aim: null, lifted: true };
    default:
      return state;
  }
}

/** @param {State} state @param {number} pace @returns {State} */
function walk(state, pace) {
  const { world, trail, paces } = state;
  const from = here(state);
  const to = landing(world, from, pace);
  if (to[0] === from[0] && to[1] === from[1])
    return { ...state, aim: null, edge: true };
  const edge = to.some((value, i) => world.window[i].includes(value));
  const after = { ...state, trail: [...trail, to], paces: [...paces, pace], edge };
  const lifted = flat(after) || after.paces.length >= world.steps;
  return { ...after, aim: null, lifted };
}

/** @param {State} state */
export function here({ trail }) {
  return trail[trail.length - 1];
}

/** Height and gradient at the walker's feet. @param {State} state */
export function felt(state) {
  const { surface } = state.world;
  const [east, north] = surface.gradient(here(state));
  return {
    height: surface.value(here(state)),
    slope: Math.hypot(east, north),
    down: bearingOf(-east, -north),
  };
}

/** @param {State} state */
export function flat(state) {
  return felt(state).slope < FLAT * state.world.slope;
}

/** The rule's walk with as many steps as the walker took, or with all if none. @param {State} state */
export function rival({ world, paces }) {
  const steps = Math.min(paces.length || world.steps, world.path.stoppedAt);
  return {
    points: /** @type {Point[]} */ (world.path.x.slice(0, steps + 1)),
    heights: world.path.loss.slice(0, steps + 1),
    diverged: world.path.stopped === "diverged" && steps === world.path.stoppedAt,
  };
}

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save({ paces, lifted }) {
  const steps = Object.fromEntries(paces.map((pace, i) => [`s${i + 1}`, pace]));
  return lifted ? { ...steps, lift: 1 } : steps;
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, numbers) {
  let now = state;
  for (let i = 1; numbers[`s${i}`] !== undefined && !now.lifted; i += 1) {
    const pace = numbers[`s${i}`];
    const percent = pace % 1000;
    if (!Number.isInteger(pace) || pace < 0 || pace >= 360000) break;
    if (percent >= LEAST && percent <= 100) now = walk(now, pace);
  }
  return numbers.lift === 1 ? next(now, { type: "lift" }) : now;
}
