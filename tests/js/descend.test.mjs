import assert from "node:assert/strict";
import { test } from "node:test";

import { compileRule, compileSurface } from "../../gdcourse/figures/js/pure/compile.js";
import { ceiling, descend, stepper } from "../../gdcourse/figures/js/pure/descend.js";

const PARABOLA = compileSurface({
  name: "parabola",
  variables: ["x"],
  data: {},
  term: {
    inputs: [["x", "scalar"]],
    nodes: [["input", 0], ["constant", 2], ["power", 0, 1], ["multiply", 1, 0]],
    outputs: [["value", 2], ["d_x", 3]],
  },
});
const INPUTS = [["x", "vector"], ["gradient", "vector"]];
const GRADIENT_DESCENT = {
  name: "gradient descent",
  hyperparameters: { learning_rate: 0.25 },
  init: { inputs: [["x", "vector"]], nodes: [["constant", 0]], outputs: [["t", 0]] },
  first: null,
  step: {
    inputs: [...INPUTS, ["t", "scalar"], ["learning_rate", "scalar"]],
    nodes: [["input", 0], ["input", 1], ["input", 2], ["input", 3], ["constant", 1], ["add", 2, 4], ["multiply", 3, 1], ["subtract", 0, 6]],
    outputs: [["x", 7], ["t", 5]],
  },
  state: [["t", "scalar"]],
};
const RULE = compileRule(GRADIENT_DESCENT, 1);

test("a path has one point and one loss more than updates", () => {
  const path = descend(PARABOLA, RULE, [8], { steps: 3 });
  assert.deepEqual(path.x, [[8], [4], [2], [1]]);
  assert.deepEqual(path.loss, [64, 16, 4, 1]);
  assert.deepEqual(path.gradient, [[16], [8], [4]]);
  assert.deepEqual(path.learningRate, [0.25, 0.25, 0.25]);
  assert.deepEqual([path.stopped, path.stoppedAt, path.evaluations], ["step limit", 3, 3]);
});

test("no steps leave the start", () => {
  const path = descend(PARABOLA, RULE, [8], { steps: 0 });
  assert.deepEqual([path.x, path.stopped, path.stoppedAt, path.evaluations], [[[8]], "step limit", 0, 0]);
});

test("a run converges where the gradient is small, and asks for that gradient", () => {
  const path = descend(PARABOLA, RULE, [8], { tolerance: 4 });
  assert.deepEqual([path.stopped, path.stoppedAt, path.evaluations], ["converged", 2, 3]);
});

test("a run diverges where the loss passes the ceiling, and keeps that point", () => {
  const path = descend(PARABOLA, RULE, [1], { overrides: { learning_rate: 1001 } });
  assert.deepEqual([path.stopped, path.stoppedAt], ["diverged", 1]);
  assert.deepEqual(path.x, [[1], [-2001]]);
  assert.equal(ceiling(1), 2000001);
});

test("a run diverges where a value is no number", () => {
  const path = descend(PARABOLA, RULE, [1], { overrides: { learning_rate: NaN } });
  assert.deepEqual([path.stopped, path.stoppedAt, path.x.length], ["diverged", 1, 2]);
});

test("a stepper goes on an update at a time, with the rate of the moment", () => {
  const run = stepper(PARABOLA, RULE, [8]);
  assert.equal(run.advance(), true);
  run.overrides = { learning_rate: 0.5 };
  run.advance();
  assert.deepEqual([run.now.x, run.now.t, run.now.learningRate], [[0], 2, 0.5]);
  assert.deepEqual(run.now.state, { t: 2 });
});

test("a stepper stays where it diverged", () => {
  const run = stepper(PARABOLA, RULE, [1], { learning_rate: 1e9 });
  assert.equal(run.advance(), true);
  assert.equal(run.advance(), false);
  assert.deepEqual([run.now.stopped, run.now.t], ["diverged", 1]);
});

test("the gradient is taken at the probe where a rule has one", () => {
  const probe = {
    inputs: [["x", "vector"], ["t", "scalar"], ["learning_rate", "scalar"]],
    nodes: [["input", 0], ["input", 2], ["subtract", 0, 1]],
    outputs: [["x", 2]],
  };
  const rule = compileRule({ ...GRADIENT_DESCENT, probe }, 1);
  assert.deepEqual(descend(PARABOLA, rule, [8], { steps: 1 }).gradient, [[15.5]]);
});

test("a function with its own state begins with its first step", () => {
  const step = {
    inputs: [...INPUTS, ["m", "vector"]],
    nodes: [["input", 0], ["input", 1], ["input", 2], ["add", 1, 2], ["subtract", 0, 3]],
    outputs: [["x", 4], ["m", 3]],
  };
  const first = { inputs: INPUTS, nodes: [["input", 0], ["input", 1], ["subtract", 0, 1]], outputs: [["x", 2], ["m", 1]] };
  const json = { name: "own", hyperparameters: {}, init: null, first, step, state: [["m", "vector"]] };
  const path = descend(PARABOLA, compileRule(json, 1), [1], { steps: 2 });
  assert.deepEqual(path.x, [[1], [-1], [-1]]);
  assert.ok(path.learningRate.every(Number.isNaN));
});
