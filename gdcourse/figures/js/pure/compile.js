// Compile what gdcourse.trace wrote, graphs, surfaces and rules, to functions of numbers.

import { checkGraph } from "./check.js";
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
  const names = checked.inputs.map(([name]) => name).slice(2);
  const outputs = checked.outputs.map(([name]) => name);
  const usual = constants(json);
  return (x, gradient, state, hyper) => {
    const inputs = [x, gradient];
    for (const name of names) inputs.push(state[name] ?? hyper[name] ?? usual[name]);
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

/** @type {WeakMap<object, (t: number) => number>} */
const schedules = new WeakMap();

/**
 * The hyper-parameters at the update that follows `t` earlier ones.
 * @param {RuleJson} json
 * @param {number} t
 * @param {Overrides} [overrides]  values that replace the rule's own
 * @returns {Hyper}
 */
export function hyperAt({ hyperparameters }, t, overrides = {}) {
  /** @type {Hyper} */
  const now = {};
  for (const [name, value] of Object.entries(hyperparameters)) {
    now[name] = overrides[name] ?? (typeof value === "number" ? value : schedule(value)(t));
  }
  return now;
}

/** @param {{graph: Graph} | {samples: number[]}} json @returns {(t: number) => number} */
function schedule(json) {
  const known = schedules.get(json);
  if (known) return known;
  const made = "graph" in json ? traced(json.graph) : sampled(json.samples);
  schedules.set(json, made);
  return made;
}

/** @param {Graph} graph @returns {(t: number) => number} */
function traced(graph) {
  const run = compileGraph(graph, 1);
  return (step) => run({ step }).rate;
}

/** @param {number[]} samples @returns {(t: number) => number} */
function sampled(samples) {
  return (step) => samples[Math.min(step, samples.length - 1)];
}
