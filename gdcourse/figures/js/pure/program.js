// Turn a checked graph into a JavaScript function, one line for each coordinate.
//
// The text of the function holds templates of operations.js, positions and finite
// numbers, and nothing else: no word of a graph gets into it.

import { ELEMENTWISE, REDUCTIONS } from "./operations.js";

/** @typedef {import("./check.js").Checked} Checked */
/** @typedef {(position: number) => string} Access  JavaScript that reads an input */

/**
 * A function from the list of inputs to the list of outputs.
 * @param {Checked} graph
 * @param {number} dimension
 * @returns {(inputs: any) => any[]}
 */
export function program(graph, dimension) {
  const lines = statements(graph, dimension, (i) => `a[${i}]`);
  const results = graph.outputs.map(([, i]) => {
    const parts = coordinates(graph, i, dimension);
    return graph.kinds[i] === "vector" ? `[${parts.join(", ")}]` : parts[0];
  });
  return make("a", [...lines, `return [${results.join(", ")}];`]);
}

/**
 * A function from the scalar inputs `a` and the columns `c` of `n` numbers each to the
 * means of the scalar outputs over the rows; the first `fixed` inputs are in `a`.
 * @param {Checked} graph
 * @param {number} fixed
 * @returns {(a: number[], c: ArrayLike<number>[], n: number) => number[]}
 */
export function meanProgram(graph, fixed) {
  const lines = statements(graph, 1, (i) => (i < fixed ? `a[${i}]` : `c[${i - fixed}][r]`));
  const sums = graph.outputs.map((_, k) => `s${k}`);
  return make("a, c, n", [
    ...sums.map((sum) => `let ${sum} = 0;`),
    "for (let r = 0; r < n; r += 1) {",
    ...lines,
    ...graph.outputs.map(([, i], k) => `${sums[k]} += v${i};`),
    "}",
    `return [${sums.map((sum) => `${sum} / n`).join(", ")}];`,
  ]);
}

/** @param {string} parameters @param {string[]} lines @returns {any} */
function make(parameters, lines) {
  return new Function(parameters, `"use strict";\n${lines.join("\n")}`);
}

/** The names of a node's values. @param {Checked} graph @param {number} i @param {number} dimension */
function coordinates({ kinds }, i, dimension) {
  if (kinds[i] === "scalar") return [`v${i}`];
  return Array.from({ length: dimension }, (_, k) => `v${i}_${k}`);
}

/** @param {Checked} graph @param {number} dimension @param {Access} access */
function statements(graph, dimension, access) {
  const wanted = needed(graph);
  return graph.nodes.flatMap((_, i) => {
    if (!wanted.has(i)) return [];
    const values = expressions(graph, i, dimension, access);
    return coordinates(graph, i, dimension).map((name, k) => `const ${name} = ${values[k]};`);
  });
}

/** The nodes that the outputs are computed from. @param {Checked} graph */
function needed({ nodes, outputs }) {
  const found = new Set(outputs.map(([, i]) => i));
  for (let i = nodes.length - 1; i >= 0; i -= 1)
    if (found.has(i)) positions(nodes[i]).forEach((position) => found.add(position));
  return found;
}

/** @param {import("./check.js").Node} node @returns {number[]} */
function positions([op, ...rest]) {
  if (op === "input" || op === "constant") return [];
  return op === "component" ? rest.slice(0, 1) : rest;
}

/** @param {Checked} graph @param {number} i @param {number} dimension @param {Access} access @returns {string[]} */
function expressions(graph, i, dimension, access) {
  const [op, ...rest] = graph.nodes[i];
  const places = coordinates(graph, i, dimension);
  const given = positions(graph.nodes[i]).map((position) => coordinates(graph, position, dimension));
  const isVector = graph.kinds[i] === "vector";
  switch (op) {
    case "input":
      return places.map((_, k) => access(rest[0]) + (isVector ? `[${k}]` : ""));
    case "constant":
      return [String(rest[0])];
    case "component":
      return [given[0].at(rest[1]) ?? ""];
    case "stack":
      return places.map((_, k) => given[given.length > 1 ? k : 0][0]);
    case "fill":
      return places.map(() => given[0][0]);
    case "size":
      return [String(dimension)];
    default:
      return Object.hasOwn(REDUCTIONS, op)
        ? [reduced(op, given)]
        : places.map((_, k) => single(graph, i, given.map((parts) => parts[parts.length > 1 ? k : 0])));
  }
}

/** @param {string} op @param {string[][]} given */
function reduced(op, given) {
  const { each, join, whole } = REDUCTIONS[op];
  const parts = given[0].map((_, k) => filled(each, given.map((values) => values[k])));
  return filled(whole, [parts.join(join)]).replace("$d", String(given[0].length));
}

/** @param {Checked} graph @param {number} i @param {string[]} given */
function single({ nodes }, i, given) {
  const [op, base, exponent] = nodes[i];
  const times = op === "power" && nodes[exponent][0] === "constant" ? nodes[exponent][1] : 0;
  // Products are several times faster than ** and round as NumPy's squares do.
  if (times === 2 || times === 3) return Array(times).fill(given[0]).join(" * ");
  return filled(ELEMENTWISE[op], given);
}

/** @param {string} template @param {string[]} given */
function filled(template, given) {
  return template.replace(/\$(\d)/g, (_, digit) => given[Number(digit)]);
}
