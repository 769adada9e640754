// The basin map in the browser: order, endings and words.

import assert from "node:assert/strict";
import test from "node:test";
import * as pure from "../../gdcourse/figures/js/pure/basins.js";
import {
  percent,
  say,
  table,
  tally,
} from "../../gdcourse/figures/js/pure/basins-words.js";

// (x² − 1)²/4 + y²/2 with its derivatives x³ − x and y
const surface = {
  name: "two wells",
  variables: ["x", "y"],
  window: [
    [-2, 2],
    [-1, 1],
  ],
  minima: [
    [-1, 0],
    [1, 0],
  ],
  data: {},
  term: {
    inputs: [
      ["x", "scalar"],
      ["y", "scalar"],
    ],
    nodes: [
      ["input", 0],
      ["input", 1],
      ["constant", 1],
      ["constant", 2],
      ["constant", 4],
      ["multiply", 0, 0],
      ["subtract", 5, 2],
      ["multiply", 6, 6],
      ["divide", 7, 4],
      ["multiply", 1, 1],
      ["divide", 9, 3],
      ["add", 8, 10],
      ["multiply", 6, 0],
    ],
    outputs: [
      ["value", 11],
      ["d_x", 12],
      ["d_y", 1],
    ],
  },
};
const rule = {
  name: "gradient descent",
  hyperparameters: { learning_rate: 0.1 },
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
};
const settings = {
  surface,
  racers: [{ label: "gradient descent", rule, rates: [0.001, 100] }],
  start: [0.5, 1],
  steps: 300,
  cells: 16,
  tolerance: 1e-6,
  radius: 0.01,
};
const begin = () => ({ ...pure.begin(settings), width: 400 });
const made = (state) => {
  let now = state;
  while (now.playing) now = pure.next(now, { type: "tick", steps: 1 });
  return now;
};

test("every cell is visited once, coarse ones first", () => {
  const all = [...pure.order(16)];
  assert.deepEqual(all.slice(0, 4), [0, 8, 128, 136]);
  assert.deepEqual(
    all.sort((a, b) => a - b),
    Array.from({ length: 256 }, (_, i) => i),
  );
});

test("starts are the middles of the cells", () => {
  const { world } = begin();
  assert.deepEqual(pure.startOf(world, 0), [-1.875, -0.9375]);
  assert.deepEqual(pure.startOf(world, 17), [-1.625, -0.8125]);
});

test("each side ends in its own well", () => {
  const { chart } = made(begin());
  chart.ends.forEach((end, cell) => assert.equal(end, cell % 16 < 8 ? 0 : 1));
});

test("a slice leaves the state before it as it was", () => {
  const before = { ...begin(), world: { ...begin().world, cells: 400 } };
  before.chart = {
    ends: new Int16Array(160000).fill(pure.UNKNOWN),
    stops: new Uint16Array(160000),
    done: 0,
  };
  const after = pure.next(before, { type: "tick", steps: 1e6 });
  assert.ok(after.playing && after.chart.done > 10 && after.chart.done < 5000);
  assert.ok(before.chart.ends.every((end) => end === pure.UNKNOWN));
  assert.equal(pure.endAt(after.world, after.chart.ends, 3, 3), 0); // of the cell around
});

test("a rate beyond the limit leaves no minimum, and a huge one diverges", () => {
  const wild = made(pure.next(made(begin()), { type: "rate", value: 1.2 }));
  const [a, b, none, gone] = tally(wild).map(({ share }) => share);
  assert.deepEqual([a, b], [0, 0]); // 2 / curvature = 2 / 2 = 1
  assert.ok(none > 0.3 && gone > 0.1);
  const lost = pure.next(begin(), { type: "rate", value: 50 });
  assert.match(say(lost), /learning rate 50 diverged at step \d+\.$/);
  assert.equal(table(made(lost)).rows[3][3], "100 %");
});

test("the marker's run is told in words, and moves no map", () => {
  const state = made(begin());
  assert.match(
    say(state),
    /^From x = 0.5, y = 1, .* ends in B, at x = 1.000, y = /,
  );
  const moved = pure.next(state, { type: "start", point: [-9, 0] });
  assert.deepEqual([moved.start, moved.chart], [[-2, 0], state.chart]);
  assert.match(say(moved), /ends in A/);
});

test("the address keeps rule, rate and marker, within their ranges", () => {
  const state = pure.next(pure.next(begin(), { type: "rate", value: 0.3 }), {
    type: "start",
    point: [1, -1],
  });
  const again = pure.restore(begin(), pure.save(state));
  assert.deepEqual([again.plan, again.start], [state.plan, state.start]);
  const strange = pure.restore(begin(), { r: 7, lr: 1e9, b: 0.5, x: 99 });
  assert.deepEqual(
    [strange.plan, strange.start],
    [{ chosen: 0, rates: [100], betas: [null] }, [2, 1]],
  );
});

test("shares are whole per cents, unless they are very small", () => {
  assert.deepEqual([0, 0.0004, 0.26, 0.999, 1].map(percent), [
    "0 %",
    "0.04 %",
    "26 %",
    "100 %",
    "100 %",
  ]);
});
