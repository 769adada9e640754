// The figure of schedules: values at the cursor, switches, axes.

import assert from "node:assert/strict";
import test from "node:test";
import * as pure from "../../gdcourse/figures/js/pure/schedules.js";

// rate = 1 - step / 100 as a graph, and 0.5, 0.25, … as samples four steps apart
const falling = {
  graph: {
    inputs: [["step", "scalar"]],
    nodes: [
      ["input", 0],
      ["constant", 100],
      ["divide", 0, 1],
      ["constant", 1],
      ["subtract", 3, 2],
    ],
    outputs: [["rate", 4]],
  },
};
const halves = { samples: [0.5, 0.25, 0.125], every: 4 };
const settings = (...schedules) => ({
  racers: schedules.map((schedule, i) => ({
    label: ["falling", "halves"][i],
    schedule,
    colour: "red",
    dash: "",
    marker: "circle",
  })),
  steps: 100,
  unit: "epoch",
  at: 25,
});
const one = () => ({ ...pure.begin(settings(falling)), width: 400 });
const two = () => ({ ...pure.begin(settings(falling, halves)), width: 400 });
const at = (state, value) => pure.next(state, { type: "at", value });

test("the cursor reads the graph", () => {
  assert.equal(pure.standing(one(), 0), "0.7500");
  assert.match(pure.say(one()), /^At epoch 25 of 100, .* falling 0\.7500\.$/);
  assert.equal(pure.standing(at(one(), 99.6), 0), "0");
});

test("the cursor stays within the steps", () => {
  assert.deepEqual(
    [-7, 33.4, 1e9].map((value) => at(one(), value).at),
    [0, 33, 100],
  );
});

test("samples are read where they were taken", () => {
  const state = at(two(), 5);
  assert.equal(state.at, 4);
  assert.equal(pure.standing(state, 1), "0.2500");
  assert.equal(pure.standing(at(state, 100), 1), "0.1250");
});

test("a switched-off line is neither said nor listed", () => {
  const state = pure.next(two(), { type: "on", racer: 0, on: false });
  assert.doesNotMatch(pure.say(state), /falling/);
  assert.deepEqual(pure.table(state).columns, ["epoch", "halves"]);
  const none = pure.next(state, { type: "on", racer: 1, on: false });
  assert.match(pure.say(none), /every schedule is switched off/);
});

test("the table holds both ends and the cursor", () => {
  const steps = pure.table(at(one(), 33)).rows.map(([step]) => step);
  assert.deepEqual([steps[0], steps.at(-1)], ["0", "100"]);
  assert.ok(steps.includes("33"));
});

test("a logarithmic axis goes down to what can be seen", () => {
  const log = pure.next(one(), { type: "log", on: true });
  assert.deepEqual(pure.domainOf(log), [0.01, 1.3]);
  assert.deepEqual(pure.domainOf(one()), [0, 1.05]);
});

test("the address keeps cursor, switches and axis", () => {
  let state = at(two(), 40);
  state = pure.next(state, { type: "on", racer: 1, on: false });
  state = pure.next(state, { type: "log", on: true });
  const back = pure.restore(two(), pure.save(state));
  assert.deepEqual([back.at, back.on, back.log], [40, [true, false], true]);
  assert.equal(pure.restore(two(), { t: 1e9 }).at, 100);
});
