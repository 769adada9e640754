// Check a graph that came as JSON before anything is made of it.

import { ELEMENTWISE, REDUCTIONS } from "./operations.js";

/** @typedef {"scalar" | "vector"} Kind */
/** @typedef {[string, ...number[]]} Node  an operation and positions of earlier nodes */
/**
 * @typedef {object} Graph
 * @property {[string, Kind][]} inputs
 * @property {Node[]} nodes
 * @property {[string, number][]} outputs
 */
/** @typedef {Graph & {kinds: Kind[]}} Checked */

const MOST_LINES = 100000;
const WORD = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** @param {boolean} fine @param {string} sentence @returns {asserts fine} */
export function need(fine, sentence) {
  if (!fine) throw new Error(sentence);
}

/** @param {unknown} value @param {number} below */
const isPosition = (value, below) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < below;

/**
 * A graph of the same parts, with the kind of every node.
 * @param {any} graph
 * @param {number} dimension
 * @returns {Checked}
 */
export function checkGraph(graph, dimension) {
  const fits = Number.isInteger(dimension) && dimension >= 1;
  need(fits, `${JSON.stringify(dimension)} is not a number of coordinates.`);
  const { inputs, nodes, outputs } = graph ?? {};
  need([inputs, nodes, outputs].every(Array.isArray), "A graph has lists of inputs, nodes and outputs.");
  need(nodes.length * dimension <= MOST_LINES, `${nodes.length} nodes in ${dimension} coordinates are too much to compile.`);
  for (const [name, kind] of inputs) {
    checkName(name);
    need(kind === "scalar" || kind === "vector", `The input ${name} is neither a scalar nor a vector.`);
  }
  /** @type {Kind[]} */
  const kinds = [];
  for (const node of nodes) kinds.push(kindOf(node, kinds, inputs, dimension));
  for (const [name, position] of outputs) {
    checkName(name);
    need(isPosition(position, nodes.length), `The output ${name} refers to no node.`);
  }
  return { inputs, nodes, outputs, kinds };
}

/** @param {unknown} name */
export function checkName(name) {
  const fine = typeof name === "string" && WORD.test(name) && name !== "__proto__";
  need(fine, `${JSON.stringify(name)} is not a name that a graph may use.`);
}

/**
 * The kind of a node whose arguments are earlier nodes.
 * @param {any} node
 * @param {Kind[]} kinds  of the earlier nodes
 * @param {[string, Kind][]} inputs
 * @param {number} dimension
 * @returns {Kind}
 */
function kindOf(node, kinds, inputs, dimension) {
  need(Array.isArray(node) && typeof node[0] === "string", "A node is a list that begins with its operation.");
  const [op, ...rest] = node;
  if (op === "input") {
    need(rest.length === 1 && isPosition(rest[0], inputs.length), "A node refers to an input that is not there.");
    return inputs[rest[0]][1];
  }
  if (op === "constant") {
    need(rest.length === 1 && Number.isFinite(rest[0]), `${JSON.stringify(rest[0])} is not a finite number.`);
    return "scalar";
  }
  const positions = op === "component" ? rest.slice(0, 1) : rest;
  for (const position of positions)
    need(isPosition(position, kinds.length), `A node of ${JSON.stringify(op)} refers to a node that does not come before it.`);
  const given = positions.map((position) => kinds[position]);
  return structural(op, rest, given, dimension) ?? calculated(op, given);
}

/**
 * @param {string} op
 * @param {any[]} rest
 * @param {Kind[]} given
 * @param {number} dimension
 * @returns {Kind | null}
 */
function structural(op, rest, given, dimension) {
  switch (op) {
    case "component":
      need(rest.length === 2 && given[0] === "vector", "Only a vector has components.");
      need(isPosition(rest[1] + dimension, 2 * dimension), `There is no coordinate ${JSON.stringify(rest[1])} among ${dimension}.`);
      return "scalar";
    case "stack":
      need(given.every((kind) => kind === "scalar"), "A stack is made of scalars.");
      need(given.length === dimension || given.length === 1, `A row of ${given.length} numbers does not fit ${dimension} coordinate(s).`);
      return "vector";
    case "fill":
      need(given.length === 2 && given[0] === "scalar" && given[1] === "vector", "Fill repeats a scalar along a vector.");
      return "vector";
    case "size":
      need(given.length === 1 && given[0] === "vector", "Only a vector has a size.");
      return "scalar";
    default:
      return null;
  }
}

/** @param {string} op @param {Kind[]} given @returns {Kind} */
function calculated(op, given) {
  const single = Object.hasOwn(ELEMENTWISE, op);
  need(single || Object.hasOwn(REDUCTIONS, op), `${JSON.stringify(op)} is not an operation of the white-list.`);
  const wanted = arity(single ? ELEMENTWISE[op] : REDUCTIONS[op].each);
  need(given.length === wanted, `${op} takes ${wanted} argument(s), not ${given.length}.`);
  if (single) return given.includes("vector") ? "vector" : "scalar";
  need(given.every((kind) => kind === "vector"), `${op} goes over the coordinates of a vector.`);
  return "scalar";
}

/** @param {string} template */
function arity(template) {
  return 1 + Math.max(...[...template.matchAll(/\$(\d)/g)].map(([, digit]) => Number(digit)));
}
