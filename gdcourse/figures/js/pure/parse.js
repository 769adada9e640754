// A typed formula as the graph that gdcourse.trace writes, by the rules of formulas.py.

import { compileGraph } from "./compile.js";
import { differentiate } from "./differentiate.js";
import { makeNodes, partsOf, varying } from "./nodes.js";
import { CONSTANTS, FUNCTIONS, LARGEST } from "./operations.js";
import { nearest, quoted, refuse, written } from "./typed-words.js";
import { treeOf } from "./typed.js";

/** @typedef {import("./check.js").Graph} Graph */
/** @typedef {import("./check.js").Node} Node */
/**
 * @typedef {object} Reading  a formula on its way to a graph
 * @property {import("./nodes.js").Nodes} nodes
 * @property {string[]} variables  as they are met
 * @property {any[]} parts         what was typed for each node
 */

const DEEPEST = 100; // levels of the formula, fewer than Python can follow
const VARIABLE = /^[A-Za-z]\d*$/;
/** @type {Record<string, string>} */
const OPERATIONS = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "^": "power",
  "**": "power",
};

/**
 * The variables of a formula in alphabetical order, and the graph of value and slopes.
 * Throws a Refusal, a sentence for the reader, for all that is not such a formula.
 * @param {string} text
 * @returns {{variables: string[], term: Graph}}
 */
export function parse(text) {
  const tree = treeOf(text);
  /** @type {Reading} */
  const reading = { nodes: makeNodes(), variables: [], parts: [] };
  const value = add(reading, tree, 1);
  const met = reading.variables;
  checkNumbers(reading);
  if (met.length === 0)
    refuse(`${quoted(tree)} has no variable: use one or two, such as x and y.`);
  if (met.length > 2)
    refuse(`The formula has the variables ${met.join(", ")}: use one or two.`);
  const variables = [...met].sort();
  const inputs = variables.map((name) => reading.nodes.add("input", met.indexOf(name)));
  const slopes = differentiate(reading.nodes, value, inputs);
  const nodes = reading.nodes.list.map((node) => sorted(node, met, variables));
  return { variables, term: graphOf(variables, nodes, [value, ...slopes]) };
}

/** @param {Node} node @param {string[]} met @param {string[]} variables @returns {Node} */
function sorted(node, met, variables) {
  return node[0] === "input" ? ["input", variables.indexOf(met[node[1]])] : node;
}

/** @param {string[]} variables @param {Node[]} nodes @param {number[]} results @returns {Graph} */
function graphOf(variables, nodes, results) {
  const names = ["value", ...variables.map((name) => `d_${name}`)];
  return {
    inputs: variables.map((name) => [name, "scalar"]),
    nodes,
    outputs: names.map((name, i) => [name, results[i]]),
  };
}

/** The position of what a part of the tree means. @param {Reading} reading @param {any} part @param {number} depth @returns {number} */
function add(reading, part, depth) {
  if (depth > DEEPEST)
    refuse(`The formula is nested more than ${DEEPEST} levels deep: shorten it.`);
  const position = meaning(reading, part, (each) => add(reading, each, depth + 1));
  reading.parts[position] ??= part;
  return position;
}

/** @param {Reading} reading @param {any} part @param {(part: any) => number} go @returns {number} */
function meaning(reading, part, go) {
  const { nodes } = reading;
  switch (part.type) {
    case "Literal":
      return nodes.constant(numberOf(part));
    case "Identifier":
      return named(reading, part.name);
    case "Group":
      return go(part.inside);
    case "UnaryExpression":
      return part.operator === "-"
        ? nodes.add("negative", go(part.argument))
        : go(part.argument);
    case "BinaryExpression": {
      const { operator, left, right } = part;
      // As in Python and on paper, a sign waits for the power: -x^2 is -(x^2).
      if (OPERATIONS[operator] === "power" && left.type === "UnaryExpression")
        return go({ ...left, argument: { ...part, left: left.argument } });
      return nodes.add(OPERATIONS[operator], go(left), go(right));
    }
    case "CallExpression":
      return nodes.add(functionOf(part), go(part.arguments[0]));
    default:
      return apart(part, go);
  }
}

/** @param {{raw: string, value: number}} literal */
function numberOf({ raw, value }) {
  if (/^0+[1-9]\d*$/.test(raw))
    refuse(`“${raw}”: write numbers without leading zeros.`);
  if (!Number.isFinite(value)) refuse(`“${raw}” is too large a number.`);
  return value;
}

/** @param {Reading} reading @param {string} name */
function named({ nodes, variables }, name) {
  if (Object.hasOwn(CONSTANTS, name)) return nodes.constant(CONSTANTS[name]);
  if (Object.hasOwn(FUNCTIONS, name))
    refuse(`“${name}” needs brackets around its number, as in ${name}(x).`);
  if (!VARIABLE.test(name)) refuse(`There is no variable “${name}”. ${wordHint(name)}`);
  if (!variables.includes(name)) variables.push(name);
  return nodes.add("input", variables.indexOf(name));
}

/** @param {string} name */
function wordHint(name) {
  const near = Object.keys(FUNCTIONS).find((known) => name.startsWith(known));
  if (near) return `Write the function with brackets, as in ${near}(x).`;
  return /^[A-Za-z]{2,3}$/.test(name)
    ? `Write products with *, as in ${[...name].join("*")}.`
    : "Variables are single letters, such as x and y.";
}

/** The operation of a call. @param {any} call */
function functionOf({ callee, arguments: given }) {
  const name = written(callee);
  if (!Object.hasOwn(FUNCTIONS, name)) {
    const product = callee.type !== "Identifier" || VARIABLE.test(name);
    if (product || Object.hasOwn(CONSTANTS, name))
      refuse(`${quoted(callee)} stands before a bracket: write products with *.`);
    const near = nearest(name, Object.keys(FUNCTIONS));
    const hint = near ? `Did you mean ${near}?` : "";
    refuse(
      `There is no function “${name}”. ${hint || `Use ${Object.keys(FUNCTIONS).join(", ")}.`}`,
    );
  }
  if (given.length !== 1)
    refuse(`${name} takes one number, not ${given.length}: write ${name}(x).`);
  return FUNCTIONS[name];
}

/** Parts that no operator joins, and all else that jsep can read. @param {any} part @param {(part: any) => number} go @returns {never} */
function apart(part, go) {
  const pieces = part.body ?? part.expressions ?? [];
  pieces.forEach(go);
  if (pieces.length < 2)
    refuse(`${quoted(part)} cannot be used: write numbers, variables and + - * / ^.`);
  const [left, right] = pieces;
  return refuse(
    `Between ${quoted(left)} and ${quoted(right)} an operator is missing: write products with *.`,
  );
}

/** Refuse what divides by zero, is no finite number, or is too large an exponent. @param {Reading} reading */
function checkNumbers({ nodes: { list }, variables, parts }) {
  const moves = varying(list);
  const fixed = list.flatMap((_, i) => (moves[i] ? [] : [i]));
  const graph = graphOf(variables, list, []);
  const outputs = /** @type {[string, number][]} */ (fixed.map((i) => [`c${i}`, i]));
  const values = compileGraph({ ...graph, outputs }, 1)({});
  list.forEach((node, i) => {
    const [op, of] = [node[0], values[`c${partsOf(node)[1]}`]];
    if (op === "divide" && of === 0) refuse(`${quoted(parts[i])} divides by zero.`);
    if (!moves[i] && !Number.isFinite(values[`c${i}`]))
      refuse(`${quoted(parts[i])} is no real and finite number.`);
    if (op === "power" && Math.abs(of) > LARGEST)
      refuse(`${quoted(parts[i])}: exponents may be at most ${LARGEST}.`);
  });
}
