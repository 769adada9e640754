// The reader's own formula: the state of the curve or the race that it is shown by.

import * as curve from "./curve.js";
import * as curveWords from "./curve-words.js";
import { parse } from "./parse.js";
import * as race from "./race.js";
import * as raceWords from "./race-words.js";
import { clamp } from "./ranges.js";
import { TEXT } from "./fragment.js";
import { Refusal } from "./typed-words.js";

/** @typedef {import("../runtime/types.js").Settings} Settings */
/** @typedef {import("../runtime/types.js").Event} Event */
/** @typedef {[number, number]} Span */
/**
 * @typedef {object} Formula
 * @property {string} text      what stands in the box
 * @property {string} problem   why it cannot be drawn, or nothing
 * @property {string} good      the last formula that can: the one in the picture
 * @property {Settings} base    from the Python declaration
 * @property {Settings} inner   settings of the curve or the race
 * @property {number} zoom      halvings of the window
 */
/** @typedef {any} State  of a curve or a race, with `formula` */

export const FARTHEST = 6; // zooms in or out
const GRID = 20;

/** What one and two variables are shown by. */
const ONE = { ...curve, ...curveWords };
const TWO = { ...race, ...raceWords };

/** @param {State} state */
function shownBy({ formula }) {
  return isCurve(formula.inner) ? ONE : TWO;
}

/** @param {Settings} inner */
export function isCurve(inner) {
  return inner.surface.variables.length === 1;
}

/** @type {WeakMap<Settings, Formula>} */
const opened = new WeakMap();

/** @param {Settings} settings @returns {State} */
export function begin(settings) {
  const formula = opened.get(settings) ?? open(settings, settings.expression);
  opened.set(settings, formula);
  return started(formula);
}

/** @param {Formula} formula @returns {State} */
function started(formula) {
  const { inner } = formula;
  const state = isCurve(inner) ? curve.begin(inner) : race.begin(inner);
  return { ...state, formula };
}

/** @param {Settings} base @param {string} text @returns {Formula} */
function open(base, text) {
  const { variables, term } = parse(text);
  const window = base.window.slice(0, variables.length);
  const surface = { name: text, variables, window, minima: [], data: {}, term };
  const inner = variables.length === 1 ? forCurve(base) : forRace(base);
  const known = { text, good: text, problem: "", base, zoom: 0 };
  const formula = { ...known, inner: { ...base, ...inner, surface } };
  const { world } = started(formula);
  if (!isSomewhere(world.surface, window))
    throw new Refusal(
      `“${text}” is not a number anywhere from ${window[0][0]} to ${window[0][1]}: change it.`,
    );
  return formula;
}

/** @param {Settings} base */
function forCurve({ racers, start }) {
  const [{ rule, rates }] = racers;
  const learning_rate = rule.hyperparameters.learning_rate;
  return { rule, rates, learning_rate, start: start[0] };
}

/** @param {Settings} base */
function forRace({ start }) {
  return { start: [start[0], start[1] ?? start[0]] };
}

/** Whether the surface has a height somewhere in the window. @param {{value: (x: number[]) => number}} surface @param {Span[]} window */
function isSomewhere(surface, window) {
  const places = Array.from({ length: GRID }, (_, i) => (i + 0.5) / GRID);
  const [x, y] = window.map(([low, high]) => places.map((p) => low + p * (high - low)));
  const points = x.flatMap((a) => (y ? y.map((b) => [a, b]) : [[a]]));
  return points.some((point) => Number.isFinite(surface.value(point)));
}

/** @param {State} state @param {Event} event @returns {State} */
export function next(state, event) {
  if (event.type === "formula") return typed(state, event.text);
  if (event.type === "zoom") return zoomed(state, state.formula.zoom + event.by);
  return shownBy(state).next(state, event);
}

/** @param {State} state @param {string} text @returns {State} */
function typed(state, text) {
  const { formula, width } = state;
  if (text === formula.text) return state;
  if (text.trim() === formula.good.trim())
    return { ...state, formula: { ...formula, text, problem: "" } };
  try {
    const made = { ...started(open(formula.base, text)), width };
    return zoomed(kept(state, made), formula.zoom);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return {
      ...state,
      playing: false,
      formula: { ...formula, text, problem: problem.message },
    };
  }
}

/** Start and rates stay when the formula changes. @param {State} before @param {State} after @returns {State} */
function kept(before, after) {
  const shows = shownBy(after);
  if (shownBy(before) !== shows) return after;
  return restored(after, shows.save(before));
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
function restored(state, numbers) {
  // A start is held near the window, and the reader may have zoomed since.
  return shownBy(state).restore(zoomed(state, -FARTHEST), numbers);
}

/** @param {State} state @param {number} by @returns {State} */
function zoomed(state, by) {
  const { formula, world } = state;
  const zoom = clamp(Math.round(by), -FARTHEST, FARTHEST);
  const window = formula.inner.surface.window.map((/** @type {Span} */ span) =>
    scaled(span, 2 ** -zoom),
  );
  return {
    ...state,
    formula: { ...formula, zoom },
    world: { ...world, window: isCurve(formula.inner) ? window[0] : window },
  };
}

/** @param {Span} span @param {number} factor @returns {Span} */
function scaled([low, high], factor) {
  const [middle, half] = [(low + high) / 2, ((high - low) / 2) * factor];
  return [middle - half, middle + half];
}

/** Where the run starts. @param {State} state @returns {number[]} */
export function startOf(state) {
  return isCurve(state.formula.inner) ? [state.places[0].x] : state.plan.start;
}

/** @param {State} state @returns {string} */
export function say(state) {
  const { problem, good } = state.formula;
  const nowhere = !Number.isFinite(state.world.surface.value(startOf(state)));
  const words = nowhere
    ? `At the start ${good} is not a finite number: move the start.`
    : shownBy(state).say(state);
  return problem ? `The picture still shows ${good}. ${words}` : words;
}

/** @param {State} state */
export function table(state) {
  return isCurve(state.formula.inner)
    ? curveWords.table(state)
    : raceWords.table(state);
}

/** @param {State} state @returns {import("./fragment.js").Numbers} */
export function save(state) {
  const { good, zoom } = state.formula;
  return { ...shownBy(state).save(state), [TEXT]: good, zoom };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, { [TEXT]: text, zoom, ...numbers }) {
  const now = text === undefined ? state : typed(state, text);
  return zoomed(restored(now, numbers), zoom ?? now.formula.zoom);
}

/** @param {State} state */
export function moved(state) {
  const { good: expression, inner } = state.formula;
  if (!isCurve(inner)) return { expression, ...race.moved(state) };
  const { start, learning_rate } = curve.moved(state);
  const others = inner.racers.slice(1).map(() => null);
  return { expression, start: [start], rates: [learning_rate, ...others] };
}
