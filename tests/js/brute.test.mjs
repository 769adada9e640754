// Search on a grid beside descent, on the parabola x² with numbers worked by hand.

import assert from "node:assert/strict";
import test from "node:test";
import * as brute from "../../gdcourse/figures/js/pure/brute.js";
import * as words from "../../gdcourse/figures/js/pure/brute-words.js";
import { parabola, rule } from "./documents.mjs";

const settings = {
  surface: parabola,
  maxima: [],
  rule: rule(0.25),
  start: 4,
  learning_rate: 0.25,
  rates: [0.001, 2],
  points: 17,
  range: [10, 5000],
  steps: 50,
  tolerance: 0.1,
};
const fresh = (more = {}) => brute.begin({ ...settings, ...more });
const after = (state, ...events) => events.reduce(brute.next, state);
const GRID = { type: "search", search: "grid" };
const DESCEND = { type: "search", search: "descent" };
const ticks = (steps) => ({ type: "tick", steps });
const ALL = ticks(1e6);

test("the grid asks for its points from left to right and keeps the best", () => {
  const some = after(fresh(), GRID, ticks(5));
  assert.deepEqual(brute.bestOf(some), { x: -4, loss: 16 });
  assert.match(
    words.say(some),
    /^The grid has evaluated the loss at 5 of 17 points/,
  );
  const all = after(some, ALL);
  assert.deepEqual([all.scanned, all.playing], [17, false]);
  assert.deepEqual(brute.bestOf(all), { x: 0, loss: 0 });
  assert.match(
    words.say(all),
    /all 17 points.* as exact as points 1\.000 apart/,
  );
});

test("of two equal points the grid keeps the first", () => {
  const even = brute.bestOf(after(fresh({ points: 10 }), GRID, ALL));
  assert.equal(even.x.toFixed(6), (-8 / 9).toFixed(6));
});

test("descent halves the way, and the gradient that stops it counts", () => {
  // 4, 2, 1, …, 1/16 has slope 1/8, 1/32 has slope 1/16 < 0.1: 7 steps, 8 gradients
  const state = after(fresh(), DESCEND, ALL);
  assert.deepEqual([brute.here(state).x, brute.gradients(state)], [1 / 32, 8]);
  assert.deepEqual(words.tally(state).descent[0], "8 gradients");
  assert.equal(brute.gradients(after(fresh(), DESCEND, ticks(3))), 3);
});

test("descent stays where the slope is zero, and asks once", () => {
  const state = after(fresh({ start: 0, maxima: [0] }), DESCEND, ALL);
  assert.deepEqual([brute.here(state).x, brute.gradients(state)], [0, 1]);
  assert.match(words.say(state), /is 0, so descent stays on the local maximum/);
});

test("descent may diverge, or be still on its way", () => {
  const wild = after(fresh({ learning_rate: 2 }), DESCEND, ALL);
  assert.match(words.say(wild), /^Descent diverged at step \d+/);
  const slow = after(fresh({ learning_rate: 0.001 }), DESCEND, ALL);
  assert.match(
    words.say(slow),
    /^After 50 gradients descent is still on its way/,
  );
});

test("a second press pauses, a third goes on, and at the end it begins again", () => {
  const paused = after(fresh(), GRID, ticks(3), GRID);
  assert.deepEqual([paused.playing, paused.scanned], [false, 3]);
  assert.equal(after(paused, GRID, ticks(1)).scanned, 4);
  assert.equal(after(paused, GRID, ALL, GRID).scanned, 0);
});

test("another start is another descent and leaves the grid as it is", () => {
  const both = after(fresh(), GRID, ALL, DESCEND, ALL, {
    type: "start",
    x: 99,
  });
  assert.deepEqual([both.plan.start, both.shown, both.scanned], [8, 0, 17]);
  assert.equal(after(both, { type: "points", value: 20.4 }).grid.points, 20);
  assert.equal(after(both, { type: "points", value: 20 }).scanned, 0);
});

test("the price in more dimensions is a power", () => {
  const told = [[1000, 2], [1000, 10], [200, 2], [10, 10], [3, 40]]; // prettier-ignore
  assert.deepEqual(
    told.map(([n, d]) => words.powerWords(n, d)),
    ["10⁶", "10³⁰", "about 4.0×10⁴", "10¹⁰", "about 1.2×10¹⁹"],
  );
  assert.match(
    words.price(fresh({ points: 1000 })),
    /^With 1,000 points an axis, d parameters need 1,000ᵈ evaluations: 10⁶ for 2, 10³⁰ for 10\./,
  );
});

test("the table has the best of the grid and every step of descent", () => {
  const state = after(fresh(), GRID, ALL, DESCEND, ticks(1));
  assert.deepEqual(words.table(state).rows, [
    ["grid, best of 17", "0", "0"],
    ["descent, step 0", "4.000", "16.00"],
    ["descent, step 1", "2.000", "4.000"],
  ]);
});

test("the address restores both searches, within their ranges", () => {
  const state = after(fresh(), GRID, ticks(6), DESCEND, ticks(2));
  const again = brute.restore(fresh(), brute.save(state));
  assert.deepEqual([again.scanned, brute.here(again)], [6, brute.here(state)]);
  assert.equal(words.say(again), words.say(state));
  const wild = brute.restore(fresh(), {
    x: 1e9,
    lr: 1e9,
    n: 1e9,
    g: 1e9,
    t: 1e9,
  });
  assert.deepEqual([wild.plan, wild.scanned], [{ start: 8, rate: 2 }, 5000]);
});
