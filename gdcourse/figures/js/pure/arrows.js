// What a racer carries at its head: the gradient, what it remembers, its next step.

import { compileRule, hyperAt } from "./compile.js";
import { brief, significant } from "./numbers.js";
import { blown, rowAt } from "./race.js";
import { overridesOf, runsOf } from "./racing.js";

/** @typedef {import("./race.js").State} State */
/** @typedef {import("./race.js").Point} Point */
/**
 * Directions in the plane, each one downhill or onward; null for what is not there.
 * @typedef {{gradient: Point | null, memory: Point | null, step: Point | null, name: string}} Carried
 */

/** @type {Record<string, string>} how states that gather gradients are called */
const MEMORIES = { velocity: "the velocity", m: "m", momentum: "the momentum" };

/** @type {WeakMap<object, import("./compile.js").Rule>} */
const rules = new WeakMap();

/** @param {any} json */
function ruleOf(json) {
  const rule = rules.get(json) ?? compileRule(json, 2);
  rules.set(json, rule);
  return rule;
}

/** What a racer carries at the step that is shown; null where there is nothing to show. @param {State} state @param {number} i @returns {Carried | null} */
export function carried(state, i) {
  const { world, plan } = state;
  const run = runsOf(state)[i];
  if (!run.states || !state.on[i] || blown(state, run)) return null;
  const row = rowAt(state, run);
  const { json } = world.racers[i];
  return look(ruleOf(json), world.surface, run.x[row], run.states[row], {
    ...hyperAt(json, row, overridesOf(plan.rates[i])),
  });
}

/**
 * @param {import("./compile.js").Rule} rule
 * @param {import("./compile.js").Surface} surface
 * @param {Point} x
 * @param {import("./compile.js").State} memory
 * @param {import("./compile.js").Hyper} hyper
 * @returns {Carried}
 */
function look(rule, surface, x, memory, hyper) {
  const asked = rule.probe ? rule.probe(x, memory, hyper) : x;
  const move = (/** @type {number[]} */ gradient) =>
    less(rule.step(x, gradient, memory, hyper).x, x);
  const name = nameOf(rule);
  const kept = memory[name] ? less([0, 0], memory[name]) : [0, 0];
  // What moves x without a gradient is a memory of gradients; squares of them do not.
  // Some texts keep it with the other sign.
  const drift = dot(kept, move([0, 0]));
  const onward = kept.map((value) => value * Math.sign(drift));
  return {
    gradient: there(less([0, 0], surface.gradient(x))),
    memory: there(onward),
    step: there(move(surface.gradient(asked))),
    name: MEMORIES[name] ?? `its ${name}`,
  };
}

/** The state that may be a memory: by its name, else the first vector. @param {import("./compile.js").Rule} rule */
function nameOf({ json }) {
  const names = json.state
    .filter(([, kind]) => kind === "vector")
    .map(([name]) => name);
  return names.find((name) => name in MEMORIES) ?? names[0] ?? "";
}

/** @param {number[]} a @param {number[]} b */
function less(a, b) {
  return a.map((value, k) => value - b[k]);
}

/** @param {number[]} a @param {number[]} b */
function dot(a, b) {
  return a[0] * b[0] + a[1] * b[1];
}

/** @param {number[]} vector @returns {Point | null} */
function there(vector) {
  const length = Math.hypot(...vector);
  return length > 0 && Number.isFinite(length) ? [vector[0], vector[1]] : null;
}

/** The angle between two directions, in whole degrees. @param {Point} a @param {Point} b */
export function angle(a, b) {
  const cosine = dot(a, b) / (Math.hypot(...a) * Math.hypot(...b));
  return Math.round((Math.acos(Math.min(Math.max(cosine, -1), 1)) * 180) / Math.PI);
}

/** What a racer carries in words. @param {Carried | null} carries */
export function carriedWords(carries) {
  if (!carries?.gradient) return "";
  const { gradient, memory, step, name } = carries;
  const [size, base] = [memory ?? [0, 0], gradient].map((v) => Math.hypot(...v));
  const times = brief(significant(size / base, 2));
  const long = times === "1" ? "as long" : `${times} times as long`;
  const remembers = memory
    ? `${name} is ${long} as the gradient, ${angle(memory, gradient)}° off it; `
    : "";
  if (!step) return `${remembers}no step follows.`;
  const off = angle(step, gradient);
  return `${remembers}the next step goes ${off === 0 ? "straight downhill" : `${off}° off straight downhill`}.`;
}
