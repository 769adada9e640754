// The states of descent on a curve and on contours, with numbers worked by hand.

import assert from "node:assert/strict";
import test from "node:test";
import * as curve from "../../gdcourse/figures/js/pure/curve.js";
import * as told from "../../gdcourse/figures/js/pure/curve-words.js";
import * as race from "../../gdcourse/figures/js/pure/race.js";
import { drawn } from "../../gdcourse/figures/js/pure/predict.js";
import * as words from "../../gdcourse/figures/js/pure/race-words.js";
import { bowl, parabola, rule } from "./documents.mjs";

const settings = (learning_rate) => ({
  surface: parabola,
  rule: rule(learning_rate),
  start: 7,
  learning_rate,
  steps: 50,
  rates: [0.001, 1.5],
});
const after = (state, ...events) => events.reduce(curve.next, state);
const steps = (n) => Array(n).fill({ type: "step" });

test("the first step from 7 with rate 0.1 is 7 − 0.1 · 14 = 5.6", () => {
  const state = after(curve.begin(settings(0.1)), { type: "step" });
  assert.equal(curve.latest(state).x, 5.6);
  const sum = [
    "step 1",
    "x ←",
    "7.000",
    "−",
    "0.1",
    "×",
    "14.00",
    "=",
    "5.600",
  ];
  assert.deepEqual(told.updates(state).taken, sum);
  assert.equal(told.say(state), "Step 1: the loss fell from 49.00 to 31.36.");
});

test("a negative slope stands in brackets", () => {
  const state = after(curve.begin(settings(0.1)), { type: "start", x: -5 });
  assert.deepEqual(told.updates(state).coming.slice(2), [
    "−5.000",
    "−",
    "0.1",
    "×",
    "(−10.00)",
    "=",
    "−4.000",
  ]);
});

test("rate 1 jumps to and fro between 7 and −7", () => {
  const state = after(curve.begin(settings(1)), ...steps(3));
  assert.deepEqual(
    state.places.map(({ x }) => x),
    [7, -7, 7, -7],
  );
  assert.match(told.say(state), /crossed to the other side/);
});

test("rate 1.5 doubles the distance at each step and diverges at step 10", () => {
  const state = after(
    curve.begin(settings(1.5)),
    { type: "play" },
    { type: "tick", steps: 1e6 },
  );
  assert.deepEqual(
    [state.diverged, curve.count(state), state.playing],
    [true, 10, false],
  );
  assert.match(told.say(state), /^Diverged at step 10: /);
  assert.deepEqual(told.updates(state).coming, []);
});

test("the rate can change on the way, and the table says which was used", () => {
  const state = after(
    curve.begin(settings(0.1)),
    { type: "step" },
    { type: "rate", value: 0.5 },
    { type: "step" },
  );
  assert.equal(curve.latest(state).x, 0);
  assert.deepEqual(
    told.table(state).rows.map((row) => row.slice(0, 3)),
    [
      ["0", "", "7.000"],
      ["1", "0.1", "5.600"],
      ["2", "0.5", "0"],
    ],
  );
  assert.match(told.say(state), /rests at x = 0,/);
});

test("a run stops after its steps, and goes on when asked again", () => {
  const run = [{ type: "play" }, { type: "tick", steps: 1e6 }];
  const once = after(curve.begin(settings(0.001)), ...run);
  assert.deepEqual(
    [curve.count(once), curve.count(after(once, ...run))],
    [50, 100],
  );
});

test("moving the ball begins a new run, within reach of the window", () => {
  const state = after(curve.begin(settings(0.1)), ...steps(3), {
    type: "start",
    x: 1000,
  });
  assert.deepEqual([curve.count(state), curve.latest(state).x], [0, 16]);
});

test("a curve's address restores what it saved, and keeps to the slider's range", () => {
  const state = curve.restore(curve.begin(settings(0.1)), { lr: 99, x: 3 });
  assert.deepEqual(curve.save(state), { lr: 1.5, x: 3 });
  assert.deepEqual(curve.moved(state), { start: 3, learning_rate: 1.5 });
});

const racer = (label, rate) => ({
  label,
  rule: rule(rate),
  rates: [0.01, 3],
  colour: "red",
  dash: "",
  marker: "circle",
});
const racers = [racer("rate 0.25", 0.25), racer("rate 2", 2)];
const field = { surface: bowl, racers, start: [2, -4], steps: 20, shown: 20 };
const then = (state, ...events) => events.reduce(race.next, state);

test("racers run side by side; the one that blows up says when", () => {
  const state = race.begin(field);
  const [slow, wild] = race.runsOf(state);
  assert.deepEqual(slow.x.slice(0, 3), [
    [2, -4],
    [1, -2],
    [0.5, -1],
  ]);
  assert.deepEqual([wild.diverged, wild.stoppedAt], [true, 7]);
  assert.match(
    words.say(state),
    /lowest is rate 0.25, loss .*; rate 2 diverged at step 7\.$/,
  );
});

test("step by step from the beginning, the divergence comes when it happens", () => {
  const early = then(race.begin(field), { type: "shown", value: 6 });
  assert.equal(words.standing(early, race.runsOf(early)[1]), "loss 1.063×10⁷");
  const later = then(early, { type: "step" });
  assert.equal(
    words.standing(later, race.runsOf(later)[1]),
    "diverged at step 7",
  );
});

test("runs are computed once for a plan, and anew for another start", () => {
  const state = race.begin(field);
  const other = then(state, { type: "start", point: [0, 1] });
  assert.equal(
    race.runsOf(state),
    race.runsOf(then(state, { type: "shown", value: 3 })),
  );
  assert.deepEqual(race.runsOf(other)[0].x.slice(0, 2), [
    [0, 1],
    [0, 0.5],
  ]);
});

test("a racer can be switched off and given another rate", () => {
  const calm = then(
    race.begin(field),
    { type: "rate", racer: 1, value: 0.5 },
    { type: "on", racer: 0, on: false },
  );
  assert.deepEqual(race.runsOf(calm)[1].x[1], [0, 0]);
  assert.deepEqual(words.table(calm).columns, [
    "step",
    "rate 2: loss",
    "w, b",
    "gradients",
  ]);
  assert.deepEqual(race.moved(calm), { start: [2, -4], rates: [0.25, 0.5] });
});

test("a race's address restores what it saved", () => {
  const state = then(
    race.begin(field),
    { type: "start", point: [1, 3] },
    { type: "rate", racer: 0, value: 0.1 },
    { type: "on", racer: 1, on: false },
    { type: "shown", value: 5 },
  );
  assert.deepEqual(race.save(state), {
    x: 1,
    y: 3,
    t: 5,
    lr1: 0.1,
    lr2: 2,
    on: 1,
  });
  assert.deepEqual(
    race.save(race.restore(race.begin(field), race.save(state))),
    race.save(state),
  );
});

test("arrow keys move the start by a hundredth of the window", () => {
  const state = race.begin(field);
  assert.deepEqual(
    race.nudged(state.world, state.plan.start, 1, -10),
    [2.08, -4.8],
  );
});

test("a race that asks first waits for an answer, and takes a drawn path", () => {
  let state = race.begin({ ...field, predict: "Which way?", shown: 0 });
  assert.deepEqual(race.penOf(state), state.plan.start);
  state = { ...state, guess: drawn(state.guess, [1, 1]) };
  assert.deepEqual(race.penOf(state), [1, 1]);
  assert.equal(race.outcome(state).ended, false);
  assert.equal(race.outcome({ ...state, shown: 99 }).ended, true);
});
