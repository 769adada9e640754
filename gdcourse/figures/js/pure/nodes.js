// A graph under construction: equal results are kept once, as the tracer keeps them.

/** @typedef {import("./check.js").Node} Node */
/**
 * @typedef {object} Nodes
 * @property {Node[]} list
 * @property {(op: string, ...rest: number[]) => number} add  the position of a result
 * @property {(value: number) => number} constant
 * @property {(position: number, value: number) => boolean} is  whether it is that number
 */

/** @returns {Nodes} */
export function makeNodes() {
  /** @type {Node[]} */
  const list = [];
  /** @type {Map<string, number>} */
  const known = new Map();
  /** @param {string} op @param {...number} rest */
  const add = (op, ...rest) => {
    const key = [op, ...rest].join();
    const position = known.get(key) ?? list.push([op, ...rest]) - 1;
    known.set(key, position);
    return position;
  };
  return {
    list,
    add,
    constant: (value) => add("constant", value),
    is: (i, value) => list[i][0] === "constant" && list[i][1] === value,
  };
}

/** The earlier nodes that a node of scalars is made from. @param {Node} node @returns {number[]} */
export function partsOf([op, ...rest]) {
  return op === "input" || op === "constant" ? [] : rest;
}

/** Whether each node depends on an input. @param {Node[]} list */
export function varying(list) {
  /** @type {boolean[]} */
  const found = [];
  for (const node of list)
    found.push(node[0] === "input" || partsOf(node).some((part) => found[part]));
  return found;
}
