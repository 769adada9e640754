// Batches of a small regression, with numbers worked by hand.

import assert from "node:assert/strict";
import test from "node:test";
import * as batches from "../../gdcourse/figures/js/pure/batches.js";
import {
  clouded,
  counted,
  say,
  table,
} from "../../gdcourse/figures/js/pure/batches-words.js";
import {
  batchesOf,
  gradientOf,
  lossOf,
  noisy,
  run,
} from "../../gdcourse/figures/js/pure/regression.js";

// y = w·x + b·z with the minimum at (1, −1), where the noise is orthogonal to both
const data = { x: [1, 1, -1, -1], z: [2, -2, 2, -2], unit: [1, -1, -1, 1] };
const settings = {
  data,
  orders: [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
  ],
  names: ["w", "b"],
  window: [
    [-3, 5],
    [-4, 4],
  ],
  minimum: [1, -1],
  near: 0.3,
  racers: ["full batch", "mini-batch", "single samples"].map((label) => ({
    label,
    colour: "red",
    dash: "",
    marker: "circle",
  })),
  start: [3, 0],
  learning_rate: 0.0625,
  rates: [0.001, 0.5],
  batch: 2,
  noise: 0,
  noises: [0, 2],
  steps: 40,
};
const begin = (more = {}) => batches.begin({ ...settings, ...more });
const press = (state, ...events) => events.reduce(batches.next, state);
const quiet = noisy(data, [1, -1], 0);

test("the loss is (w − 1)² + 4(b + 1)² + noise²", () => {
  assert.equal(lossOf(quiet, [3, 0]), 8);
  assert.equal(lossOf(noisy(data, [1, -1], 0.5), [3, 0]), 8.25);
});

test("gradients of single samples disagree, their mean is (2(w − 1), 8(b + 1))", () => {
  const each = [0, 1, 2, 3].map((i) => gradientOf(quiet, [i], [3, 0]));
  assert.deepEqual(each, [
    [8, 16],
    [0, 0],
    [0, 0],
    [8, 16],
  ]);
  assert.deepEqual(gradientOf(quiet, [0, 1, 2, 3], [3, 0]), [4, 8]);
});

test("an epoch's last batch holds the rest", () => {
  assert.deepEqual(batchesOf([[2, 0, 1]], 2), [[2, 0], [1]]);
});

test("two updates of each kind, by hand", () => {
  const way = (size) => ({ rate: 0.0625, size, steps: 2 });
  const end = (size) => run(quiet, settings.orders, [3, 0], way(size));
  assert.deepEqual(end(4).x, [
    [3, 0],
    [2.75, -0.5],
    [2.53125, -0.75],
  ]);
  assert.deepEqual(end(4).seen, [0, 4, 8]);
  assert.deepEqual(end(1).x[1], [2.5, -1]);
  assert.deepEqual(end(1).seen, [0, 1, 2]);
});

test("a rate that is too high is said to diverge", () => {
  const state = press(begin(), { type: "learn", value: 0.5 });
  const all = batches.runsOf(state);
  assert.ok(all[0].diverged);
  assert.match(say(state), /full batch diverged at step \d+/);
  assert.match(
    counted(state, all[0], 0),
    /^\d+ updates, \d+ samples seen, diverged/,
  );
});

test("the variance is the mean squared distance from the full gradient", () => {
  const { single, mean, full } = batches.spreadOf(begin());
  assert.deepEqual(full, [4, 8]);
  assert.equal(single, 80); // (±4)² + (±8)² at every sample
  assert.equal(mean, 0); // in both orders each half has the full mean
  assert.match(clouded(begin()), /means of 2, with variance 0\.$/);
});

test("without noise everything agrees at the minimum, with noise nothing does", () => {
  const there = press(begin(), { type: "start", point: [1, -1] });
  assert.match(clouded(there), /Every sample has the same: nothing scatters/);
  const noise = press(there, { type: "noise", value: 0.5 });
  assert.equal(batches.spreadOf(noise).single, 5); // 4 · noise² · (1 + 4)
  assert.match(clouded(noise), /variance 5\.000 around it/);
  assert.match(say(noise), /they started within 0\.3 of the minimum/);
});

test("the words and the table count updates and samples", () => {
  const state = press(begin(), { type: "shown", value: 40 });
  assert.match(say(state), /full batch with 15 updates and 60 samples/);
  assert.match(
    say(press(state, { type: "shown", value: 0 })),
    /is 8\.944 long/,
  );
  const { columns, rows } = table(state);
  assert.equal(columns[1], "full batch: samples seen");
  assert.deepEqual(rows[1].slice(0, 3), ["1", "4", "4.063"]);
});

test("a loss holds until its batch has been seen", () => {
  assert.deepEqual(batches.stairs([8, 4], [0, 16]), {
    places: [batches.BEFORE, 16, 16],
    losses: [8, 8, 4],
  });
});

test("the address brings a state back, within its ranges", () => {
  const state = press(
    begin(),
    { type: "size", value: 3.2 },
    { type: "noise", value: 1 },
    { type: "switch", name: "cloud", on: true },
  );
  const back = batches.restore(begin(), batches.save(state));
  assert.deepEqual(batches.save(back), batches.save(state));
  assert.equal(back.plan.size, 3);
  assert.equal(batches.restore(begin(), { B: 99, noise: -1 }).plan.size, 4);
  assert.deepEqual(batches.moved(batches.restore(begin(), { noise: 9 })), {
    start: [3, 0],
    learning_rate: 0.0625,
    batch: 2,
    noise: 2,
  });
});
