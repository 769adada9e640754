// Heights, what is seen from where, and the state of a surface in 3-D.

import assert from "node:assert/strict";
import test from "node:test";
import * as state from "../../gdcourse/figures/js/pure/landscape.js";
import * as race from "../../gdcourse/figures/js/pure/race.js";
import {
  drape,
  eye,
  heightAt,
  hidden,
  lightOn,
  over,
  project,
  reliefOf,
  scaleOf,
  spotOf,
  TALL,
} from "../../gdcourse/figures/js/pure/relief.js";

const square = [
  [-1, 1],
  [-1, 1],
];
const close = (a, b, by = 1e-6) =>
  a.forEach((value, i) =>
    assert.ok(Math.abs(value - b[i]) < by, `${a} is not ${b}`),
  );
const relief = (value, window = square) =>
  reliefOf({ value }, window, Infinity);

test("gentle losses become heights in proportion, steep ones by their logarithm", () => {
  const even = scaleOf([0, 1, 2, 3, 4], Infinity);
  assert.deepEqual(
    [even.log, even.part(1), even.lossAt(0.5)],
    [false, 0.25, 2],
  );
  const steep = scaleOf([0, 1, 1, 1, 1000], Infinity);
  assert.equal(steep.log, true);
  assert.deepEqual(
    [steep.part(0), steep.part(1e6), steep.part(NaN)],
    [0, 1, 1],
  );
  assert.ok(steep.part(30) > 0.4 && steep.part(30) < 0.6);
  close([steep.lossAt(steep.part(30))], [30]);
});

test("the lowest known loss is the floor", () => {
  assert.equal(scaleOf([1, 2, 3], 0).part(0), 0);
  close([scaleOf([1, 2, 3], 0).part(1)], [1 / 3]);
});

test("heights between the points of the grid are even", () => {
  const slope = relief(([x]) => x);
  close([heightAt(slope, 0.123, -0.7)], [(1.123 / 2) * TALL]);
  close(
    spotOf(
      relief(
        ([x]) => x,
        [
          [0, 4],
          [2, 4],
        ],
      ),
      [3, 2],
    ).slice(0, 2),
    [0.5, -1],
  );
});

test("from straight above the block is a map; turned by 90° its right side is behind", () => {
  const above = { turn: 0, tilt: 90, zoom: 1 };
  close(project(above, [0.3, 0.7, 0.2]), [0.3, 0.7]);
  close(eye(above), [0, 0, 1]);
  const level = { turn: 90, tilt: 0, zoom: 1 };
  close(project(level, [1, 0, TALL / 2]), [0, 0]);
  close(eye(level), [-1, 0, 0]);
});

test("a ridge hides what is behind it, and not what is before it", () => {
  const ridge = relief(([, y]) => Math.exp(-40 * y * y));
  const low = { turn: 0, tilt: 20, zoom: 1 };
  const spot = (v) => [0, v, heightAt(ridge, 0, v) + 0.012];
  assert.deepEqual(
    [hidden(ridge, low, spot(0.5)), hidden(ridge, low, spot(-0.5))],
    [true, false],
  );
  assert.equal(hidden(ridge, { ...low, tilt: 85 }, spot(0.5)), false);
});

test("a long step is laid over the surface, and what leaves the window is known", () => {
  const bump = relief(([x]) => 1 - x * x);
  const spots = drape(bump, [
    [-0.9, 0],
    [0.9, 0],
  ]);
  assert.equal(spots.length, 13);
  const highest = Math.max(...spots.map(([, , z]) => z));
  assert.ok(highest > TALL * 0.99);
  assert.deepEqual(
    [
      [0, 1, 0],
      [NaN, 0, 0],
      [0, 1.2, 0],
    ].map(over),
    [true, false, false],
  );
});

test("level ground is lit evenly", () => {
  const light = lightOn(relief(() => 1));
  close([Math.min(...light), Math.max(...light)], [0.77, 0.77]);
});

// A bowl and a shifted bowl in w and b, descended with rate 0.25.
const scalar = "scalar";
const bowl = (name, constant) => ({
  name,
  variables: ["w", "b"],
  window: [
    [-4, 4],
    [-4, 4],
  ],
  minima: [[0, 0]],
  data: {},
  term: {
    inputs: [
      ["w", scalar],
      ["b", scalar],
    ],
    nodes: [
      ["input", 0],
      ["input", 1],
      ["multiply", 0, 0],
      ["multiply", 1, 1],
      ["add", 2, 3],
      ["constant", constant],
      ["add", 4, 5],
      ["constant", 2],
      ["multiply", 7, 0],
      ["multiply", 7, 1],
    ],
    outputs: [
      ["value", 6],
      ["d_w", 8],
      ["d_b", 9],
    ],
    names: {},
  },
});
const rule = {
  name: "gradient descent",
  hyperparameters: { learning_rate: 0.25 },
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
};
const settings = {
  surfaces: [bowl("low", 0), bowl("high", 10)],
  chosen: 0,
  racers: [
    {
      label: "descent",
      rule,
      rates: [0.01, 3],
      colour: "",
      dash: "",
      marker: "",
    },
  ],
  start: [3, 4],
  starts: [
    [3, 4],
    [1, 0],
  ],
  steps: 20,
  shown: 0,
};
const after = (...events) => events.reduce(state.next, state.begin(settings));
const numbers = (now) =>
  state.statistics(now, race.runsOf(now)[0]).map(([, v]) => v);

test("the numbers of a racer at the start and after one step", () => {
  assert.deepEqual(numbers(after()), [
    "0",
    "3.000",
    "4.000",
    "25.00",
    "10.00",
    "Ready",
  ]);
  const one = after({ type: "step" });
  assert.deepEqual(numbers(one), [
    "1",
    "1.500",
    "2.000",
    "6.250",
    "5.000",
    "Paused",
  ]);
  assert.equal(numbers(after({ type: "play" }))[5], "Running");
  assert.equal(numbers(after({ type: "shown", value: 20 }))[5], "Done");
  const wild = after(
    { type: "rate", racer: 0, value: 2 },
    { type: "shown", value: 20 },
  );
  assert.equal(numbers(wild)[5], "Diverged at step 7");
  assert.match(state.say(after()), /loss 25\.00\. .*norm there is 10\.00\.$/);
});

test("another surface has its own start, and keeps rates and view", () => {
  const turned = after(
    { type: "rate", racer: 0, value: 0.5 },
    { type: "orbit", turn: 40, tilt: 99 },
    { type: "surface", chosen: 1 },
  );
  assert.deepEqual([turned.plan.start, turned.plan.rates], [[1, 0], [0.5]]);
  assert.deepEqual(turned.view, { turn: 10, tilt: 90, zoom: 1 });
  assert.equal(race.runsOf(turned)[0].loss[1], 10);
});

test("turning goes round, tilt and zoom end somewhere", () => {
  const { view } = after({ type: "orbit", turn: 250, tilt: -90, zoom: 99 });
  assert.deepEqual(view, { turn: -140, tilt: 5, zoom: 4 });
});

test("the address brings back surface, start, step and view, and bears nonsense", () => {
  const there = after(
    { type: "surface", chosen: 1 },
    { type: "start", point: [2, -1] },
    { type: "shown", value: 3 },
    { type: "orbit", turn: -20, zoom: 1.5 },
  );
  const back = state.restore(state.begin(settings), state.save(there));
  assert.deepEqual(state.save(back), state.save(there));
  assert.deepEqual(state.moved(back), {
    chosen: 1,
    start: [2, -1],
    rates: [0.25],
  });
  const odd = state.restore(state.begin(settings), {
    s: 99,
    zoom: 1e9,
    tilt: -5,
  });
  assert.deepEqual([odd.chosen, odd.view.zoom, odd.view.tilt], [1, 4, 5]);
});
