// Slices and their secants, with numbers worked by hand.

import assert from "node:assert/strict";
import test from "node:test";
import {
  angleAt,
  contourThrough,
} from "../../gdcourse/figures/js/pure/contour-line.js";
import * as slices from "../../gdcourse/figures/js/pure/slices.js";
import { say, table } from "../../gdcourse/figures/js/pure/slices-words.js";

// x² + 4·y²
const settings = {
  surface: {
    name: "bowl",
    variables: ["x", "y"],
    window: [
      [-4, 4],
      [-4, 4],
    ],
    minima: [[0, 0]],
    data: {},
    term: {
      inputs: [
        ["x", "scalar"],
        ["y", "scalar"],
      ],
      nodes: [
        ["input", 0],
        ["input", 1],
        ["constant", 2],
        ["constant", 4],
        ["constant", 8],
        ["power", 0, 2],
        ["power", 1, 2],
        ["multiply", 3, 6],
        ["add", 5, 7],
        ["multiply", 2, 0],
        ["multiply", 4, 1],
      ],
      outputs: [
        ["value", 8],
        ["d_x", 9],
        ["d_y", 10],
      ],
      names: {},
    },
  },
  point: [1, 0.5],
  delta: 0.5,
  central: false,
  deltas: [1e-16, 2],
};
const begin = () => slices.begin(settings);
const { surface } = begin().world;
const window = { x: [-4, 4], y: [-4, 4] };

test("the slope is 2x, the secant's 2x + Δ", () => {
  const { low, high, rise, slope, exact, error } = slices.secant(begin(), 0);
  assert.deepEqual([low, high, rise, slope], [1, 1.5, 1.25, 2.5]);
  assert.deepEqual([exact, error], [2, 0.5]);
});

test("along y the first parameter is frozen", () => {
  const { exact, slope } = slices.secant(begin(), 1);
  assert.deepEqual([exact, slope], [4, 6]);
});

test("a central difference of a parabola is exact", () => {
  const state = slices.next(begin(), { type: "central", on: true });
  const { low, rise, error } = slices.secant(state, 0);
  assert.deepEqual([low, rise, error], [0.5, 2, 0]);
  assert.match(say(state), /from 0.5 west to 0.5 east the loss rises by 2\./);
  assert.match(say(state), /Both secants have the slope of their tangent\.$/);
});

test("what happens is said in words", () => {
  assert.equal(
    say(begin()),
    "At x = 1, y = 0.5 the slope along x is 2: a step of 0.5 east raises the loss " +
      "by 1.25. Along y it is 4: a step of 0.5 north raises the loss by 3. " +
      "A secant’s slope is off by up to 2: a smaller Δ brings it closer.",
  );
});

for (const [delta, words] of [
  [1e-6, /off by up to 4×10⁻⁶\.$/],
  [1e-13, /rounding puts a secant’s slope off by .* a larger Δ does better\.$/],
  [1e-16, /lost in rounding: x \+ Δ is x itself\.$/],
])
  test(`a step of ${delta} has its own words`, () =>
    assert.match(
      say(slices.next(begin(), { type: "delta", value: delta })),
      words,
    ));

test("where there is no loss there is no slope", () => {
  const state = slices.next(begin(), { type: "point", point: [1e200, 0] });
  assert.match(say(state), /not a finite number: move the point/);
});

test("the table holds each step's error and the right angle", () => {
  const rows = Object.fromEntries(
    table(begin()).rows.map(([name, ...rest]) => [name, rest]),
  );
  assert.deepEqual(rows["error"], ["0.5", "2"]);
  assert.deepEqual(rows["error at Δ = 0.1"], ["0.1", "0.4"]);
  assert.deepEqual(rows["gradient to contour"], ["90.00°", ""]);
  assert.equal(
    Object.keys(rows).filter((name) => name.startsWith("error at")).length,
    17,
  );
});

test("the address brings a state back, and holds Δ within its range", () => {
  const state = slices.next(begin(), { type: "nudge", right: 2, up: -1 });
  assert.deepEqual(slices.save(state), { x: 1.16, y: 0.42, d: 0.5, c: 0 });
  const back = slices.restore(begin(), { x: 1.16, y: 0.42, d: 1e-30, c: 1 });
  assert.deepEqual(slices.moved(back), {
    point: [1.16, 0.42],
    delta: 1e-16,
    central: true,
  });
  assert.deepEqual(slices.restore(begin(), { d: -1 }), begin());
});

test("a contour of the bowl is an ellipse all around", () => {
  const points = contourThrough(surface, [2, 0], window);
  assert.ok(points.every(([x, y]) => Math.abs(x ** 2 + 4 * y ** 2 - 4) < 1e-4));
  assert.deepEqual(points[0], points[points.length - 1]);
  assert.ok(Math.min(...points.map(([x]) => x)) < -1.99);
});

test("a contour ends at the window, and on flat ground at once", () => {
  const points = contourThrough(surface, [0, 3], window);
  const ends = [points[0], points[points.length - 1]].map(([x]) => Math.abs(x));
  assert.ok(Math.min(...ends) > 4 && Math.max(...ends) < 4.3);
  assert.deepEqual(contourThrough(surface, [0, 0], window), [[0, 0]]);
});

test("the gradient meets the contour at a right angle, where there is one", () => {
  assert.ok(Math.abs(angleAt(surface, [1, 0.5], window) - 90) < 1e-3);
  assert.equal(angleAt(surface, [0, 0], window), null);
});
