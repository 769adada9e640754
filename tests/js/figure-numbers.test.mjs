// Numbers, ranges, the clock and the address of figures.

import assert from "node:assert/strict";
import test from "node:test";
import {
  changed,
  parse,
  write as address,
} from "../../gdcourse/figures/js/pure/fragment.js";
import {
  brief,
  raised,
  significant,
  tick,
  write,
} from "../../gdcourse/figures/js/pure/numbers.js";
import { due, playback } from "../../gdcourse/figures/js/pure/playback.js";
import {
  arrow,
  nudge,
  placeOf,
  rounded,
  valueAt,
} from "../../gdcourse/figures/js/pure/ranges.js";

for (const [value, words] of [
  [7, "7.000"],
  [14, "14.00"],
  [0, "0"],
  [-0.05, "−0.05000"],
  [12345.6, "12346"],
  [1.2344e9, "1.234×10⁹"],
  [-2.5e-7, "−2.500×10⁻⁷"],
  [Infinity, "∞"],
  [-Infinity, "−∞"],
  [NaN, "not a number"],
])
  test(`writes ${value} as ${words}`, () => assert.equal(write(value), words));

test("writes settings without needless zeros", () => {
  const settings = [0.1, 1.05, 7, -3, 2e-5];
  assert.deepEqual(settings.map(brief), ["0.1", "1.05", "7", "−3", "2×10⁻⁵"]);
  assert.deepEqual([0.5, -20, 150000].map(tick), ["0.5", "−20", "150k"]);
  assert.equal(raised(-10), "⁻¹⁰");
  assert.equal(significant(0.123456), 0.123);
});

test("reads the numbers of every figure from a fragment", () => {
  const figures = parse("#fig-a:lr=.1,x=-1.5;fig-b:w=2e3");
  assert.deepEqual({ ...figures["fig-a"] }, { lr: 0.1, x: -1.5 });
  assert.deepEqual({ ...figures["fig-b"] }, { w: 2000 });
});

for (const bad of [
  "x=1e999",
  "x=NaN",
  "x=Infinity",
  "x=alert(1)",
  "x=0x10",
  "=3",
  "x=1=2",
  "x=",
])
  test(`leaves out ${bad}`, () =>
    assert.deepEqual({ ...parse(`fig-a:${bad}`)["fig-a"] }, {}));

test("an address holds plain anchors and strange names harmless", () => {
  assert.deepEqual(Object.keys(parse("#a-section")), []);
  assert.equal(parse("#__proto__:x=1").x, undefined);
  assert.equal(parse("#fig-a:__proto__=1")["fig-a"].x, undefined);
});

test("writes only what differs from the text", () => {
  const numbers = changed({ lr: 0.25, x: 7 }, { lr: 0.1, x: 7 });
  assert.equal(address({ "fig-a": numbers, "fig-b": {} }), "fig-a:lr=0.25");
});

test("a logarithmic slider gives round numbers and finds them again", () => {
  const range = { min: 0.001, max: 1.1, log: true };
  assert.deepEqual(
    [0, 500, 1000].map((place) => valueAt(range, place)),
    [0.001, 0.0332, 1.1],
  );
  assert.equal(valueAt(range, placeOf(range, 0.1)), 0.1);
  assert.deepEqual(
    [0, 0.0001, 5].map((value) => placeOf(range, value)),
    [0, 0, 1000],
  );
});

test("arrow keys move a handle, further with Shift", () => {
  assert.deepEqual(arrow({ key: "ArrowLeft", shiftKey: false }), [-1, 0]);
  assert.deepEqual(arrow({ key: "ArrowUp", shiftKey: true }), [0, 10]);
  assert.equal(arrow({ key: "a", shiftKey: false }), null);
});

test("a nudge is a round hundredth of the window", () => {
  assert.deepEqual(
    [
      [-8, 8],
      [-1, 4],
      [0, 100],
    ].map(nudge),
    [0.2, 0.05, 1],
  );
  assert.equal(rounded(3.14159, 0.2), 3.14);
});

test("the clock owes whole steps and keeps the rest", () => {
  assert.deepEqual(due(0.5, 100, 10), { steps: 1, debt: 0.5 });
  assert.deepEqual(due(0, 60000, 10), { steps: 2, debt: 0.5 });
});

const counter = {
  advance: (state, steps) => ({ ...state, at: Math.min(state.at + steps, 3) }),
  ended: ({ at }) => at === 3,
  rewind: (state) => ({ ...state, at: 0 }),
};
const still = { at: 0, playing: false, speed: 1, motion: false };

test("runs to the end, then starts again from the beginning", () => {
  const running = playback(counter, still, { type: "play" });
  const ended = playback(counter, running, { type: "tick", steps: 1e6 });
  assert.deepEqual(
    [running.playing, ended.at, ended.playing, ended.motion],
    [true, 3, false, false],
  );
  assert.equal(playback(counter, ended, { type: "step" }).at, 1);
  assert.equal(playback(counter, ended, { type: "other" }), null);
});
