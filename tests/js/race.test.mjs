// What a race adds: surfaces to choose, arrows, arrivals, rates that are typed.

import assert from "node:assert/strict";
import test from "node:test";
import * as arrows from "../../gdcourse/figures/js/pure/arrows.js";
import * as choice from "../../gdcourse/figures/js/pure/choice.js";
import * as race from "../../gdcourse/figures/js/pure/race.js";
import * as words from "../../gdcourse/figures/js/pure/race-words.js";
import { bowl, rule } from "./documents.mjs";

const racer = (label, rate, json = rule(rate)) => ({
  label,
  rule: json,
  rates: [0.01, 3],
  colour: "red",
  dash: "",
  marker: "circle",
});
// velocity ← 0.5 · velocity + gradient, x ← x − rate · velocity
const heavy = (learning_rate) => ({
  name: "heavy",
  hyperparameters: { learning_rate },
  init: null,
  first: {
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
    outputs: [
      ["x", 4],
      ["velocity", 1],
    ],
    names: {},
  },
  step: {
    inputs: [
      ["x", "vector"],
      ["gradient", "vector"],
      ["velocity", "vector"],
      ["learning_rate", "scalar"],
    ],
    nodes: [
      ["input", 0],
      ["input", 1],
      ["input", 2],
      ["input", 3],
      ["constant", 0.5],
      ["multiply", 4, 2],
      ["add", 5, 1],
      ["multiply", 3, 6],
      ["subtract", 0, 7],
    ],
    outputs: [
      ["x", 8],
      ["velocity", 6],
    ],
    names: {},
  },
  state: [["velocity", "vector"]],
});
const shared = { steps: 20, shown: 20, radius: 0.01, arrows: true };
const field = {
  ...shared,
  surface: bowl,
  racers: [racer("halving", 0.25), racer("heavy", 0.25, heavy(0.25))],
  start: [1, 0],
};
const tilted = { ...bowl, name: "tilted", minima: [] };
const two = {
  ...shared,
  racers: [racer("halving", 0.25), racer("crossing", 0.75)],
  surfaces: [bowl, tilted],
  starts: [
    [1, 0],
    [2, 2],
  ],
  start: [1, 0],
  chosen: 0,
};
const then = (state, ...events) => events.reduce(choice.next, state);
const shown = (value) => ({ type: "shown", value });

test("halving comes within 0.01 of the minimum at step 7: 2⁻⁷ is 0.0078", () => {
  const state = race.begin(field);
  assert.equal(race.runsOf(state)[0].reached, 7);
  assert.equal(
    words.place(state, race.runsOf(state)[0]),
    "loss 9.095×10⁻¹³, 20 gradients; reached at step 7",
  );
  assert.match(
    words.say(state),
    /Within 0.01 of the minimum: .*halving at step 7/,
  );
});

test("nobody has arrived before the step at which they do", () => {
  const state = then(choice.begin(two), shown(6));
  assert.match(words.say(state), /None came within 0.01 of the minimum yet\.$/);
  assert.equal(
    words.place(state, race.runsOf(state)[0]),
    "loss 0.0002441, 6 gradients",
  );
});

test("where no minimum is known nobody arrives", () => {
  const state = then(choice.begin(two), { type: "surface", chosen: 1 });
  assert.doesNotMatch(words.say(state), /inimum/);
  assert.equal(race.runsOf(state)[0].reached, Infinity);
});

test("another surface keeps rates and switches, and has its own start", () => {
  const state = then(
    choice.begin(two),
    { type: "rate", racer: 1, value: 0.5 },
    { type: "on", racer: 0, on: false },
    { type: "surface", chosen: 1 },
  );
  assert.deepEqual(choice.moved(state), {
    chosen: 1,
    start: [2, 2],
    rates: [0.25, 0.5],
  });
  const back = choice.restore(choice.begin(two), choice.save(state));
  assert.deepEqual(choice.save(back), choice.save(state));
  assert.equal(choice.save(state).x2, 2);
});

test("a typed rate may go beyond the slider, but not to zero or below", () => {
  const typed = (value) =>
    then(choice.begin(two), { type: "rate", racer: 0, value }).plan.rates[0];
  assert.deepEqual([typed(12), typed(0), typed(-1)], [12, 0.25, 0.25]);
});

test("after one step the heavy ball remembers the first gradient", () => {
  // from 1: the velocity is 2, x is 0.5 and the gradient there 1
  const state = then(race.begin(field), shown(1));
  const carries = arrows.carried(state, 1);
  assert.deepEqual(carries.gradient, [-1, 0]);
  assert.deepEqual(carries.memory, [-2, 0]);
  assert.deepEqual(carries.step, [-0.5, 0]);
  assert.equal(
    arrows.carriedWords(carries),
    "the velocity is 2 times as long as the gradient, 0° off it; the next step goes straight downhill.",
  );
});

test("a rule that remembers nothing has no memory, and the first step none either", () => {
  assert.equal(
    arrows.carried(then(race.begin(field), shown(3)), 0).memory,
    null,
  );
  assert.equal(
    arrows.carried(then(race.begin(field), shown(0)), 1).memory,
    null,
  );
});

test("angles between arrows are told in whole degrees", () => {
  assert.deepEqual(
    [
      [0, 2],
      [-1, 1],
      [-3, 0],
    ].map((vector) => arrows.angle([1, 0], vector)),
    [90, 135, 180],
  );
});

// What Python recorded of a method that asks for two gradients a step.
const record = {
  start: [1, 0],
  x: [
    [1, 0],
    [0.5, 0],
    [0.004, 0],
  ],
  loss: [1, 0.25, 0.000016],
  counts: [
    [0, 0, 0],
    [2, 3, 0],
    [4, 6, 1],
  ],
  diverged: false,
};
const costly = {
  ...field,
  racers: [
    racer("halving", 0.25),
    { ...racer("SAM", 0), rule: null, rates: null },
  ],
  records: [{ SAM: record }],
};

test("a recorded run tells what it has asked for", () => {
  const state = race.begin(costly);
  const run = race.runsOf(state)[1];
  assert.equal(
    words.place(state, run),
    "loss 1.600×10⁻⁵, 4 gradients, 6 losses, 1 curvature; reached at step 2",
  );
  assert.match(
    words.say(state),
    /minimum: SAM at step 2 with 4 gradients, then halving at step 7\.$/,
  );
  assert.equal(words.table(state).rows[1][6], "2");
});

test("a recorded run is shown from its own start alone, and has no arrows", () => {
  const state = then(race.begin(costly), { type: "start", point: [2, 2] });
  const run = race.runsOf(state)[1];
  assert.deepEqual([run.missing, run.stoppedAt], [true, 0]);
  assert.match(words.place(state, run), /recorded from the text’s start only/);
  assert.equal(arrows.carried(state, 1), null);
});

// s ← s + gradient², x ← x − rate · gradient: what it keeps never moves it.
const squares = (learning_rate) => {
  const json = heavy(learning_rate);
  const { step, first } = json;
  step.nodes.splice(
    4,
    4,
    ["constant", 2],
    ["power", 1, 4],
    ["add", 2, 5],
    ["multiply", 3, 1],
  );
  return { ...json, first, step };
};

test("squares of gradients are no memory that moves", () => {
  const racers = [racer("squares", 0.25, squares(0.25))];
  const state = then(race.begin({ ...field, racers }), shown(2));
  assert.notDeepEqual(race.runsOf(state)[0].states[2].velocity, [0, 0]);
  assert.equal(arrows.carried(state, 0).memory, null);
});

test("a velocity under a name of its own is found", () => {
  const text = JSON.stringify(heavy(0.25)).replaceAll("velocity", "v");
  const racers = [racer("mine", 0.25, JSON.parse(text))];
  const carries = arrows.carried(
    then(race.begin({ ...field, racers }), shown(1)),
    0,
  );
  assert.deepEqual([carries.memory, carries.name], [[-2, 0], "its v"]);
});
