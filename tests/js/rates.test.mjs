// The range test in the browser, with numbers worked by hand.

import assert from "node:assert/strict";
import test from "node:test";
import * as pure from "../../gdcourse/figures/js/pure/rates.js";
import { placeOf, valueAt } from "../../gdcourse/figures/js/pure/ranges.js";
import { between, pick } from "../../gdcourse/figures/js/pure/sweep.js";

const settings = {
  surface: {
    name: "bowl",
    variables: ["w", "b"],
    minima: [[0, 0]],
    data: {},
    // w² + 4b² with its derivatives 2w and 8b
    term: {
      inputs: [
        ["w", "scalar"],
        ["b", "scalar"],
      ],
      nodes: [
        ["input", 0],
        ["input", 1],
        ["constant", 2],
        ["constant", 4],
        ["constant", 8],
        ["multiply", 0, 0],
        ["multiply", 1, 1],
        ["multiply", 3, 6],
        ["add", 5, 7],
        ["multiply", 2, 0],
        ["multiply", 4, 1],
      ],
      outputs: [
        ["value", 8],
        ["d_w", 9],
        ["d_b", 10],
      ],
    },
  },
  rule: {
    name: "gradient descent",
    hyperparameters: { learning_rate: 0.001 },
    init: null,
    first: null,
    step: {
      inputs: [
        ["x", "vector"],
        ["gradient", "vector"],
        ["learning_rate", "scalar"],
      ],
      nodes: [
        ["input", 0],
        ["input", 1],
        ["input", 2],
        ["multiply", 2, 1],
        ["subtract", 0, 3],
      ],
      outputs: [["x", 4]],
    },
    state: [],
  },
  start: [-4, 2.5],
  rates: [0.001, 1],
  points: 200,
  steps: 1,
  sequential: false,
  limit: 0.25,
  picks: ["steepest", "minimum/10"].map((label) => ({ label })),
};
const begin = (more) => ({
  ...pure.begin({ ...settings, ...more }),
  width: 400,
});
const at = (value) => pure.next(begin(), { type: "rate", value });

test("rates rise in equal ratios", () => {
  assert.deepEqual(between(1, 100, 3), [1, 10, 100]);
});

test("the rules pick what the losses show", () => {
  const sweep = { rates: [0.01, 0.1, 1, 10], losses: [4, 3.9, 1, 9] };
  const found = ["steepest", "minimum/10", "before the rise"].map((name) =>
    pick(sweep, name),
  );
  assert.deepEqual(found, [1, 0.1, 1]);
  assert.equal(pick({ rates: [1, 2], losses: [1, NaN] }, "steepest"), null);
  assert.equal(
    pick({ rates: [1, 2], losses: [3, 1] }, "before the rise"),
    null,
  );
  assert.equal(pick(sweep, "toString"), null);
});

test("more steps at each rate move the suggestion down", () => {
  const found = [1, 5, 20].map((value) => {
    const state = pure.next(begin(), { type: "steps", value });
    return pure.standing(state, 0);
  });
  assert.deepEqual(found, ["0.0691", "0.0155", "0.00401"]);
});

test("a run at each rate is told in words", () => {
  const fate = (rate) => pure.fate(begin().world, rate);
  assert.match(fate(0.004), /^creeps .* after 50 steps$/);
  assert.match(fate(0.069), /^settles: loss/);
  assert.match(fate(0.2), /^zigzags and settles/);
  assert.match(fate(0.25), /^zigzags without settling/);
  assert.match(fate(0.26), /^swings further and further out/);
  assert.equal(fate(0.3), "diverges at step 22"); // 25·1.4^44 is the first above 4.2e7
});

test("the rate to try stays on the sweep", () => {
  assert.deepEqual(
    [at(1e9).rate, at(1e-9).rate, at(0.31234).rate],
    [1, 0.001, 0.312],
  );
  const press = (places) => pure.next(at(0.1), { type: "press", places }).rate;
  assert.deepEqual([press(1), press(-999), press(0)], [0.105, 0.001, 0.101]);
  assert.match(pure.say(at(1)), /^Rate 1: loss 1241 after 1 step/); // 4² + 4·17.5²
});

test("one run tells the loss before each rate and ends where it diverges", () => {
  const state = begin({ sequential: true, rates: [0.3, 30], points: 20 });
  const { losses } = pure.resultOf(state).sweep;
  assert.equal(losses[0], 41);
  assert.ok(losses.length < 20);
  const beyond = pure.next(state, { type: "rate", value: 30 });
  assert.match(pure.say(beyond), /the sweep diverged before it/);
});

test("the table marks what is suggested", () => {
  const { rows } = pure.table(begin());
  assert.equal(rows.find((row) => row[2] === "steepest")[0], "0.0691");
});

test("the address keeps steps, rate, order and switches", () => {
  let state = pure.next(at(0.5), { type: "steps", value: 7 });
  state = pure.next(state, { type: "sequential", on: true });
  state = pure.next(state, { type: "on", racer: 1, on: false });
  const back = pure.restore(begin(), pure.save(state));
  assert.deepEqual(back.plan, { steps: 7, sequential: true });
  assert.deepEqual([back.rate, back.on], [0.5, [true, false]]);
  assert.deepEqual(pure.restore(begin(), { k: 1e9, lr: -1 }).plan.steps, 50);
});

test("a slider of whole numbers has a place for each", () => {
  const range = { min: 1, max: 50, places: 49 };
  assert.deepEqual(
    [0, 1, 4, 49].map((place) => valueAt(range, place)),
    [1, 2, 5, 50],
  );
  assert.equal(placeOf(range, 20), 19);
});
