// Tabs: which one a key leads to, and that each keeps its own run.

import assert from "node:assert/strict";
import test from "node:test";
import * as curves from "../../gdcourse/figures/js/pure/curves.js";
import * as one from "../../gdcourse/figures/js/pure/curve.js";
import { say } from "../../gdcourse/figures/js/pure/curve-words.js";

const scalar = "scalar";
// slope·x, whose derivative is the constant slope
const ramp = (slope, start) => ({
  label: `slope ${slope}`,
  words: "",
  surface: {
    name: "ramp",
    variables: ["x"],
    window: [[-5, 5]],
    minima: [],
    data: {},
    term: {
      inputs: [["x", scalar]],
      nodes: [
        ["input", 0],
        ["constant", slope],
        ["multiply", 0, 1],
      ],
      outputs: [
        ["value", 2],
        ["d_x", 1],
      ],
      names: {},
    },
  },
  rule: {
    name: "gradient descent",
    hyperparameters: { learning_rate: 0.5 },
    init: { inputs: [["x", "vector"]], nodes: [], outputs: [], names: {} },
    first: null,
    step: {
      inputs: [
        ["x", "vector"],
        ["gradient", "vector"],
        ["learning_rate", scalar],
      ],
      nodes: [
        ["input", 0],
        ["input", 1],
        ["input", 2],
        ["multiply", 2, 1],
        ["subtract", 0, 3],
      ],
      outputs: [["x", 4]],
      names: {},
    },
    state: [],
  },
  start,
  learning_rate: 0.5,
  steps: 4,
  rates: [0.1, 1],
});
const tabs = [ramp(2, 4), ramp(1e-4, 3)];
const after = (state, ...events) =>
  events.reduce((now, event) => curves.next(one.next, now, event), state);
const x = (state) => state.runs.map((run) => one.latest(run).x);

test("arrow keys go round, Home and End to the ends", () => {
  const keys = ["ArrowLeft", "ArrowRight", "Home", "End", "a"];
  assert.deepEqual(
    keys.map((key) => curves.tabAt(key, 0, 3)),
    [2, 1, 0, 2, null],
  );
  assert.equal(curves.tabAt("ArrowRight", 2, 3), 0);
});

test("a step moves the ball of the open tab alone, and a run that is left pauses", () => {
  const step = { type: "step" };
  const first = after(curves.begin({ tabs, shown: 0 }), step, { type: "play" });
  assert.deepEqual([x(first), first.playing], [[3, 3], true]);
  const second = after(first, { type: "tab", shown: 1 }, step);
  assert.deepEqual(x(second), [3, 3 - 5e-5]);
  assert.deepEqual(
    second.runs.map(({ playing }) => playing),
    [false, false],
  );
});

test("reset leaves the other tabs and the open one", () => {
  const moved = after(
    curves.begin({ tabs, shown: 0 }),
    { type: "start", x: 1 },
    { type: "tab", shown: 1 },
    { type: "start", x: -2 },
    { type: "again" },
  );
  assert.deepEqual([moved.shown, x(moved)], [1, [1, 3]]);
});

test("the address keeps the tab and each curve's numbers", () => {
  const state = curves.begin({ tabs, shown: 0 });
  assert.deepEqual(curves.save(state), {
    tab: 1,
    lr1: 0.5,
    x1: 4,
    lr2: 0.5,
    x2: 3,
  });
  const back = curves.restore(one.restore, state, { tab: 9, x2: -1 });
  assert.deepEqual([back.shown, x(back)], [1, [4, -1]]);
  const [first, second] = curves.moved(back).tabs;
  assert.deepEqual(
    [first.start, second.start, second.label],
    [4, -1, "slope 0.0001"],
  );
});

test("a step that is too short to be seen is said to be one", () => {
  const flat = after(curves.begin({ tabs, shown: 1 }), { type: "step" });
  assert.match(
    say(curves.open(flat)),
    /^Step 1: the ball hardly moves\. .* only 5\.000×10⁻⁵ long/,
  );
});
