import assert from "node:assert/strict";
import { test } from "node:test";

import { compileGraph, compileRule, compileSurface, hyperAt } from "../../gdcourse/figures/js/pure/compile.js";

// x - 0.5 * gradient
const STEP = {
  inputs: [["x", "vector"], ["gradient", "vector"]],
  nodes: [["input", 0], ["input", 1], ["constant", 0.5], ["multiply", 2, 1], ["subtract", 0, 3]],
  outputs: [["x", 4]],
};
const RULE = { name: "half", hyperparameters: {}, init: null, first: null, step: STEP, state: [] };

/** A graph with one more node, which is its output. */
const withNode = (node) => ({ ...STEP, nodes: [...STEP.nodes, node], outputs: [["x", 5]] });
const compiles = (graph, dimension = 2) => () => compileGraph(graph, dimension);

test("a graph computes its outputs by name", () => {
  const run = compileGraph(STEP, 2);
  assert.deepEqual(run({ x: [1, 2], gradient: [4, -2] }), { x: [-1, 3] });
});

test("vectors have as many coordinates as was asked for", () => {
  const run = compileGraph(STEP, 3);
  assert.deepEqual(run({ x: [1, 2, 3], gradient: [2, 2, 2] }).x, [0, 1, 2]);
});

test("powers of two and three are products, others are powers", () => {
  for (const [exponent, wanted] of [[2, 9], [3, 27], [0.5, Math.sqrt(3)], [-1, 1 / 3]]) {
    const nodes = [["input", 0], ["constant", exponent], ["power", 0, 1]];
    const run = compileGraph({ inputs: [["a", "scalar"]], nodes, outputs: [["b", 2]] }, 1);
    assert.equal(run({ a: 3 }).b, wanted);
  }
});

for (const [words, node, complaint] of [
  ["an unknown operation", ["eval", 0], /"eval" is not an operation/],
  ["the name of a prototype's method", ["constructor", 0], /"constructor" is not an operation/],
  ["__proto__ as an operation", ["__proto__", 0], /"__proto__" is not an operation/],
  ["code as an operation", ["add); alert(1); (", 0, 1], /is not an operation/],
  ["a position that is too large", ["add", 0, 99], /does not come before it/],
  ["a position that is itself", ["add", 0, 5], /does not come before it/],
  ["a negative position", ["add", 0, -1], /does not come before it/],
  ["a position that is a fraction", ["add", 0, 0.5], /does not come before it/],
  ["a position that is text", ["add", 0, "1"], /does not come before it/],
  ["a constant that is text", ["constant", "alert(1)"], /not a finite number/],
  ["a constant that is an object", ["constant", { valueOf: 1 }], /not a finite number/],
  ["a constant that is missing", ["constant"], /not a finite number/],
  ["an infinite constant", ["constant", Infinity], /not a finite number/],
  ["too many arguments", ["sqrt", 0, 1], /sqrt takes 1 argument/],
  ["too few arguments", ["add", 0], /add takes 2 argument/],
  ["a coordinate that is not there", ["component", 0, 2], /no coordinate 2 among 2/],
  ["a coordinate that is text", ["component", 0, "0]; alert(1)"], /no coordinate/],
  ["an input that is not there", ["input", 7], /input that is not there/],
  ["a norm of a scalar", ["norm", 2], /coordinates of a vector/],
  ["a row of the wrong length", ["stack", 2, 2, 2], /row of 3 numbers does not fit 2/],
  ["a node that is no list", "add", /A node is a list/],
]) {
  test(`refuses ${words}`, () => assert.throws(compiles(withNode(node)), complaint));
}

for (const [words, graph, complaint] of [
  ["no graph at all", null, /lists of inputs, nodes and outputs/],
  ["an output that refers to nothing", { ...STEP, outputs: [["x", 5]] }, /refers to no node/],
  ["an output called __proto__", { ...STEP, outputs: [["__proto__", 4]] }, /not a name/],
  ["an input whose name is code", { ...STEP, inputs: [["x'];alert(1)//", "vector"]] }, /not a name/],
  ["an input of no kind", { ...STEP, inputs: [["x", "matrix"]] }, /neither a scalar nor a vector/],
  ["a graph that is too large", { ...STEP, nodes: Array(50001).fill(["constant", 1]) }, /too much to compile/],
]) {
  test(`refuses ${words}`, () => assert.throws(compiles(graph), complaint));
}

for (const dimension of [0, -1, 1.5, "2", NaN, null]) {
  test(`refuses ${JSON.stringify(dimension)} as a dimension`, () => assert.throws(compiles(STEP, dimension), /coordinates/));
}

test("a surface without data is its formula", () => {
  const term = {
    inputs: [["x", "scalar"]],
    nodes: [["input", 0], ["constant", 2], ["power", 0, 1], ["multiply", 1, 0]],
    outputs: [["value", 2], ["d_x", 3]],
  };
  const surface = compileSurface({ name: "parabola", variables: ["x"], data: {}, term });
  assert.equal(surface.dimension, 1);
  assert.equal(surface.value([3]), 9);
  assert.deepEqual(surface.gradient([3]), [6]);
  assert.throws(() => compileSurface({ name: "odd", variables: ["x", "y"], data: {}, term }), /does not fit/);
});

test("a surface with data is the mean over its rows", () => {
  const term = {
    inputs: [["w", "scalar"], ["x", "scalar"]],
    nodes: [["input", 0], ["input", 1], ["multiply", 0, 1]],
    outputs: [["value", 2], ["d_w", 1]],
  };
  const surface = compileSurface({ name: "mean", variables: ["w"], data: { x: [1, 2, 6] }, term });
  assert.equal(surface.value([2]), 6);
  assert.deepEqual(surface.gradient([2]), [3]);
});

test("hyper-parameters: numbers, schedules, samples, and what a slider says", () => {
  const graph = { inputs: [["step", "scalar"]], nodes: [["input", 0], ["constant", 2], ["divide", 0, 1]], outputs: [["rate", 2]] };
  const hyperparameters = { learning_rate: { graph }, beta: 0.9, other: { samples: [5, 6, 7] } };
  const rule = { ...RULE, hyperparameters };
  assert.deepEqual(hyperAt(rule, 1), { learning_rate: 0.5, beta: 0.9, other: 6 });
  assert.equal(hyperAt(rule, 100).other, 7);
  assert.deepEqual(hyperAt(rule, 1, { learning_rate: 3, beta: undefined }), { learning_rate: 3, beta: 0.9, other: 6 });
  assert.throws(() => hyperAt({ ...RULE, hyperparameters: { a: { samples: ["x"] } } }, 0), /finite numbers/);
});

test("a rule needs a value for every input", () => {
  const step = { ...STEP, inputs: [...STEP.inputs, ["beta", "scalar"]] };
  assert.throws(() => compileRule({ ...RULE, step }, 2), /half has no value for beta/);
});
