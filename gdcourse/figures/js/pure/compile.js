// Compile what gdcourse.trace wrote, graphs, surfaces and rules, to functions of numbers.

import { checkGraph, need } from "./check.js";
import { meanProgram, program } from "./program.js";

/** @typedef {import("./check.js").Graph} Graph */
/** @typedef {number | number[]} Value */
/** @typedef {Record<string, number>} Hyper */
/** @typedef {Record<string, number | undefined>} Overrides  as from sliders */
/** @typedef {Record<string, any>} State  a rule's memory, by the papers' letters */
/** @typedef {number | {graph: Graph} | {samples: number[]}} HyperJson */
/**
 * @typedef {object} RuleJson
 * @property {string} name
 * @property {Record<string, HyperJson>} hyperparameters
 * @property {Graph | null} init
 * @property {Graph | null} first  the first step of a function that makes its own state
 * @property {Graph} step
 * @property {Graph | null} [probe]
 * @property {[string, string][]} state
 */
/**
 * @typedef {object} SurfaceJson
 * @property {string} name
 * @property {string[]} variables
 * @property {Record<string, number[]>} data
 * @property {Graph} term
 */
/**
 * @typedef {object} Surface
 * @property {string} name
 * @property {number} dimension
 * @property {(x: number[]) => number} value
 * @property {(x: number[]) => number[]} gradient
 */
/**
 * @typedef {object} Rule  `probe` is where the rule wants its gradient, if not at x
 * @property {string} name
 * @property {RuleJson} json
 * @property {(x: number[]) => State} init
 * @property {(x: number[], gradient: number[], state: State, hyper?: Hyper) => {x: number[], state: State}} step
 * @property {((x: number[], state: State, hyper?: Hyper) => number[]) | null} probe
 */

/**
 * A graph as a function from named inputs to named outputs.
 * @param {Graph} graph
 * @param {number} dimension  the number of coordinates of its vectors
 * @returns {(inputs: Record<string, Value>) => Record<string, any>}
 */
export function compileGraph(graph, dimension) {
  const checked = checkGraph(graph, dimension);
  const run = program(checked, dimension);
  const names = checked.inputs.map(([name]) => name);
  const outputs = checked.outputs.map(([name]) => name);
  return (inputs) => {
    const results = run(names.map((name) => inputs[name]));
    /** @type {Record<string, any>} */
    const named = {};
    for (let i = 0; i < outputs.length; i += 1) named[outputs[i]] = results[i];
    return named;
  };
}

/**
 * A surface: its loss and its gradient at a point.
 * @param {SurfaceJson} json
 * @returns {Surface}
 */
export function compileSurface({ name, variables, data, term }) {
  const columns = Object.values(data).map((column) => Float64Array.from(column));
  const rows = columns.length > 0 ? columns[0].length : 1;
  const graph = checkGraph(term, 1);
  const fits = graph.inputs.length === variables.length + columns.length;
  need(fits && graph.outputs.length === variables.length + 1, `The graph of ${name} does not fit its variables.`);
  const run = [graph.outputs.slice(0, 1), graph.outputs.slice(1)].map((outputs) =>
    meanProgram({ ...graph, outputs }, variables.length),
  );
  return {
    name,
    dimension: variables.length,
    value: (x) => run[0](x, columns, rows)[0],
    gradient: (x) => run[1](x, columns, rows),
  };
}

/**
 * A rule for points of one dimension; what `hyper` leaves out is as the rule was made.
 * @param {RuleJson} json
 * @param {number} dimension
 * @returns {Rule}
 */
export function compileRule(json, dimension) {
  const later = stepOf(json, json.step, dimension);
  const first = json.first ? stepOf(json, json.first, dimension) : later;
  const init = json.init ? compileGraph(json.init, dimension) : () => ({});
  const probe = json.probe ? compileGraph(json.probe, dimension) : null;
  const names = json.state.map(([name]) => name);
  return {
    name: json.name,
    json,
    init: (x) => init({ x }),
    step(x, gradient, state, hyper = {}) {
      const begun = names.length === 0 || Object.hasOwn(state, names[0]);
      return (begun ? later : first)(x, gradient, state, hyper);
    },
    probe: probe && ((x, state, hyper = {}) => probe({ ...constants(json), ...hyper, ...state, x }).x),
  };
}

/**
 * @param {RuleJson} json
 * @param {Graph} graph
 * @param {number} dimension
 * @returns {(x: number[], gradient: number[], state: State, hyper: Hyper) => {x: number[], state: State}}
 */
function stepOf(json, graph, dimension) {
  const checked = checkGraph(graph, dimension);
  const run = program(checked, dimension);
  const names = checked.inputs.map(([name]) => name);
  const outputs = checked.outputs.map(([name]) => name);
  const kept = new Set(json.state.map(([name]) => name));
  const inState = names.map((name) => kept.has(name));
  const usual = constants(json);
  for (const [i, name] of names.entries())
    need(i < 2 || kept.has(name) || Object.hasOwn(json.hyperparameters, name), `${json.name} has no value for ${name}.`);
  return (x, gradient, state, hyper) => {
    /** @type {any[]} */
    const inputs = [x, gradient];
    for (let i = 2; i < names.length; i += 1)
      inputs.push(inState[i] ? state[names[i]] : (hyper[names[i]] ?? usual[names[i]]));
    const results = run(inputs);
    /** @type {State} */
    const after = {};
    for (let i = 1; i < outputs.length; i += 1) after[outputs[i]] = results[i];
    return { x: results[0], state: after };
  };
}

/** The hyper-parameters that are plain numbers. @param {RuleJson} json @returns {Hyper} */
function constants({ hyperparameters }) {
  const numbers = Object.entries(hyperparameters).filter(([, value]) => typeof value === "number");
  return Object.fromEntries(/** @type {[string, number][]} */ (numbers));
}

/** @typedef {[string, (t: number) => number]} Timed  a hyper-parameter as a function */

/** @type {WeakMap<object, Timed[]>} */
const known = new WeakMap();

/**
 * The hyper-parameters at the update that follows `t` earlier ones.
 * @param {RuleJson} json
 * @param {number} t
 * @param {Overrides} [overrides]  values that replace the rule's own
 * @returns {Hyper}
 */
export function hyperAt(json, t, overrides = {}) {
  const timed = known.get(json) ?? prepare(json);
  /** @type {Hyper} */
  const now = {};
  for (const [name, at] of timed) now[name] = overrides[name] ?? at(t);
  return now;
}

/** @param {RuleJson} json */
function prepare(json) {
  const timed = Object.entries(json.hyperparameters).map(
    ([name, value]) => /** @type {Timed} */ ([name, compileSchedule(value)]),
  );
  known.set(json, timed);
  return timed;
}

/**
 * A number, a traced or a sampled schedule as a function of the step.
 * @param {HyperJson} value
 * @returns {(t: number) => number}
 */
export function compileSchedule(value) {
  if (typeof value === "number") return () => value;
  return "graph" in value ? traced(value.graph) : sampled(value.samples);
}

/** @param {Graph} graph @returns {(t: number) => number} */
function traced(graph) {
  const run = program(checkGraph(graph, 1), 1);
  return (step) => run([step])[0];
}

/** @param {number[]} samples @returns {(t: number) => number} */
function sampled(samples) {
  need(samples.length > 0 && samples.every(Number.isFinite), "A schedule is given by finite numbers.");
  return (step) => samples[Math.min(step, samples.length - 1)];
}
