// Partial derivatives of a graph of scalars: the chain rule, from the result backwards.

import { partsOf, varying } from "./nodes.js";

/** @typedef {import("./nodes.js").Nodes} Nodes */
/**
 * What reaches an argument: `g` has reached the node `y` with the arguments `a` and `b`.
 * @typedef {(g: number, y: number, a: number, b: number) => number} Slope
 */

/**
 * Add the partial derivatives of the node `value` to its graph; nodes are shared.
 * @param {Nodes} nodes
 * @param {number} value
 * @param {number[]} inputs  the nodes to derive by
 * @returns {number[]} the positions of the derivatives
 */
export function differentiate(nodes, value, inputs) {
  const [depends, rules, { plus }] = [
    varying(nodes.list),
    slopes(nodes),
    algebra(nodes),
  ];
  /** @type {Map<number, number>} */
  const reached = new Map([[value, nodes.constant(1)]]);
  for (let i = value; i >= 0; i -= 1) {
    const g = reached.get(i);
    if (g === undefined) continue;
    const [a, b] = partsOf(nodes.list[i]);
    [a, b].forEach((part, k) => {
      if (part === undefined || !depends[part]) return;
      const along = rules[nodes.list[i][0]][k](g, i, a, b);
      const earlier = reached.get(part);
      reached.set(part, earlier === undefined ? along : plus(earlier, along));
    });
  }
  return inputs.map((input) => reached.get(input) ?? nodes.constant(0));
}

/** Sums and products that leave out zeros and ones. @param {Nodes} nodes */
function algebra(nodes) {
  const { add, is, constant } = nodes;
  return {
    /** @param {number} a @param {number} b */
    plus: (a, b) => (is(a, 0) ? b : is(b, 0) ? a : add("add", a, b)),
    /** @param {number} a @param {number} b */
    times(a, b) {
      if (is(a, 0) || is(b, 0)) return constant(0);
      return is(a, 1) ? b : is(b, 1) ? a : add("multiply", a, b);
    },
    /** @param {number} a */
    minus: (a) => (is(a, 0) ? a : add("negative", a)),
    /** @param {number} a @param {number} b */
    over: (a, b) => (is(a, 0) ? a : add("divide", a, b)),
    /** a to the power b − 1. @param {number} a @param {number} b */
    lowered(a, b) {
      const [op, exponent] = nodes.list[b];
      if (op !== "constant") return add("power", a, add("subtract", b, constant(1)));
      if (exponent === 1) return constant(1);
      return exponent === 2 ? a : add("power", a, constant(Number(exponent) - 1));
    },
  };
}

/** For each operation, what reaches its arguments. @param {Nodes} nodes @returns {Record<string, Slope[]>} */
function slopes(nodes) {
  const { add, constant } = nodes;
  const { plus, times, minus, over, lowered } = algebra(nodes);
  const square = (/** @type {number} */ a) => add("multiply", a, a);
  return {
    add: [(g) => g, (g) => g],
    subtract: [(g) => g, (g) => minus(g)],
    multiply: [(g, y, a, b) => times(g, b), (g, y, a) => times(g, a)],
    divide: [(g, y, a, b) => over(g, b), (g, y, a, b) => minus(over(times(g, y), b))],
    power: [
      (g, y, a, b) => times(times(g, b), lowered(a, b)),
      (g, y, a) => times(times(g, y), add("log", a)),
    ],
    negative: [(g) => minus(g)],
    absolute: [(g, y, a) => times(g, add("sign", a))],
    sign: [() => constant(0)],
    sqrt: [(g, y) => over(g, times(constant(2), y))],
    exp: [(g, y) => times(g, y)],
    log: [(g, y, a) => over(g, a)],
    sin: [(g, y, a) => times(g, add("cos", a))],
    cos: [(g, y, a) => minus(times(g, add("sin", a)))],
    tan: [(g, y) => times(g, plus(constant(1), square(y)))],
    sinh: [(g, y, a) => times(g, add("cosh", a))],
    cosh: [(g, y, a) => times(g, add("sinh", a))],
    tanh: [(g, y) => times(g, add("subtract", constant(1), square(y)))],
  };
}
