import assert from "node:assert/strict";
import test from "node:test";
import { begin, next, restore, save } from "../../gdcourse/figures/js/pure/line.js";
import { say, sums, table } from "../../gdcourse/figures/js/pure/line-words.js";
import {
  equation,
  exact,
  inUnits,
  miss,
  signed,
  trimmed,
} from "../../gdcourse/figures/js/pure/lines.js";

// (w·x + b − y)² and its derivatives, for one point.
const term = {
  inputs: ["w", "b", "x", "y"].map((name) => [name, "scalar"]),
  nodes: [
    ["input", 0],
    ["input", 1],
    ["input", 2],
    ["input", 3],
    ["multiply", 0, 2],
    ["add", 4, 1],
    ["subtract", 5, 3],
    ["multiply", 6, 6],
    ["constant", 2],
    ["multiply", 8, 6],
    ["multiply", 9, 2],
  ],
  outputs: [
    ["value", 7],
    ["d_w", 10],
    ["d_b", 9],
  ],
  names: {},
};
const rule = {
  name: "gradient descent",
  hyperparameters: { learning_rate: 0.1 },
  first: null,
  state: [["t", "scalar"]],
  init: {
    inputs: [["x", "vector"]],
    nodes: [["constant", 0]],
    outputs: [["t", 0]],
    names: {},
  },
  step: {
    inputs: [
      ["x", "vector"],
      ["gradient", "vector"],
      ["t", "scalar"],
      ["learning_rate", "scalar"],
    ],
    nodes: [
      ["input", 0],
      ["input", 1],
      ["input", 2],
      ["input", 3],
      ["multiply", 3, 1],
      ["subtract", 0, 4],
      ["constant", 1],
      ["add", 2, 6],
    ],
    outputs: [
      ["x", 5],
      ["t", 7],
    ],
    names: {},
  },
};
const axis = (name, window) => ({
  name,
  label: name,
  middle: 0,
  spread: 1,
  unit: 1,
  window,
});
const set = (label, x, y, start) => ({
  label,
  noun: "points",
  measure: "",
  fit: [1.8, 0.55],
  start,
  axes: [axis("x", [-0.2, 3.2]), axis("y", [0, 8])],
  surface: {
    name: label,
    expression: "",
    variables: ["w", "b"],
    window: [],
    minima: [],
    data: { x, y },
    term,
  },
});
const settings = {
  sets: [
    set("Four points", [0, 1, 2, 3], [0.5, 2.5, 4, 6], [2, 1.5]),
    set("Two points", [0, 1], [0, 0], [1, 1]),
  ],
  rule,
  shown: 0,
  start: [2, 1.5],
  learning_rate: 0.1,
  rates: [0.001, 1],
  steps: 5,
};
const after = (...events) => events.reduce(next, begin(settings));
const last = ({ lines }) => lines[lines.length - 1];

test("one step by hand, with its sums", () => {
  const state = after({ type: "step" });
  assert.ok(
    Math.abs(last(state).w - 1.575) < 1e-12 && Math.abs(last(state).b - 1.25) < 1e-12,
  );
  assert.deepEqual(sums(state), {
    title: "Step 1",
    rows: [
      { gradient: "dL/dw = 4.25", update: "w ← 2 − 0.1 × 4.25 = 1.575" },
      { gradient: "dL/db = 2.5", update: "b ← 1.5 − 0.1 × 2.5 = 1.25" },
    ],
  });
  assert.deepEqual(table(state).rows[1].slice(0, 4), ["1", "0.1", "1.575", "1.250"]);
});

test("the step to come leaves its result open", () => {
  assert.equal(sums(begin(settings)).rows[0].update, "w ← 2 − 0.1 × 4.25 = ?");
  assert.equal(
    say(begin(settings)),
    "The mean squared error of y = 2x + 1.5 is 1.625. Drag b or w, or take a step.",
  );
});

test("a line moved by hand begins a new run and keeps the other number", () => {
  const state = after({ type: "step" }, { type: "line", w: 0.5 });
  assert.deepEqual([last(state).w, last(state).b, state.lines.length], [0.5, 1.25, 1]);
});

test("a line out of reach is held back, nonsense becomes zero", () => {
  assert.deepEqual(last(after({ type: "line", w: -1e9, b: 1e9 })).b, 16);
  assert.equal(last(after({ type: "line", b: NaN })).b, 0);
});

test("other points bring their own start and keep the rate", () => {
  const state = after({ type: "rate", value: 0.2 }, { type: "set", shown: 1 });
  assert.deepEqual([last(state).w, last(state).b, state.rate], [1, 1, 0.2]);
});

test("too large a rate is called diverged, at its step", () => {
  const state = after(
    { type: "rate", value: 1 },
    { type: "play" },
    { type: "tick", steps: 100 },
  );
  assert.equal(state.diverged, true);
  assert.match(say(state), new RegExp(`^Diverged at step ${state.lines.length - 1}:`));
});

test("a run rests where the gradient is zero", () => {
  const state = after({ type: "line", w: 1.8, b: 0.55 });
  assert.match(say(state), /rests here, at the least-squares fit/);
});

test("the address brings back points, line and rate, and refuses what does not exist", () => {
  const state = after(
    { type: "set", shown: 1 },
    { type: "line", w: 0.25, b: -1 },
    { type: "rate", value: 0.3 },
  );
  const again = restore(begin(settings), save(state));
  assert.deepEqual(save(again), { set: 1, w: 0.25, b: -1, lr: 0.3 });
  assert.deepEqual(save(restore(begin(settings), { set: 7 })), save(begin(settings)));
});

for (const [value, text] of [
  [4.25, "4.25"],
  [2, "2"],
  [-0.05, "−0.05"],
  [10, "10"],
  [0, "0"],
  [1.2e9, "1.2×10⁹"],
  [1e9, "1×10⁹"],
  [NaN, "not a number"],
])
  test(`${value} is written ${text}`, () => assert.equal(trimmed(value), text));

test("lines and their units in words", () => {
  assert.equal(equation(2, -1.5), "y = 2x − 1.5");
  assert.equal(signed(-13.6), "(−13.6)");
  assert.deepEqual([exact(2, 1.575), exact(1 / 3)], [true, false]);
  const axes = [
    { ...axis("area"), middle: 1500, spread: 500 },
    { ...axis("price"), middle: 180000, spread: 80000 },
  ];
  assert.equal(inUnits(axes, { w: 0.7, b: 0 }), "price = 112 × area + 12,000");
  assert.equal(miss(axes, 0.25), "40,000");
});
