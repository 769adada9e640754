// One ball per rule on x³, with numbers worked by hand.

import assert from "node:assert/strict";
import test from "node:test";
import * as pure from "../../gdcourse/figures/js/pure/balls.js";
import {
  say,
  standing,
  table,
} from "../../gdcourse/figures/js/pure/balls-words.js";

/** Gradient descent with its rate written by hand. */
const rule = {
  json: { hyperparameters: { learning_rate: 0.1 } },
  init: () => ({}),
  step: ([x], [g], state, { learning_rate }) => ({
    x: [x - learning_rate * g],
    state,
  }),
  probe: null,
};
const racer = { label: "gradient descent", rule, rate: 0.1, rates: [0.001, 1] };

function at(start, changes = {}, more = {}) {
  const world = {
    surface: {
      dimension: 1,
      value: ([x]) => x ** 3,
      gradient: ([x]) => [3 * x * x],
    },
    racers: [racer],
    name: "x",
    window: [-1.5, 1.5],
    minima: [],
    flat: 0,
    steps: 400,
    noise: 0.5,
    draws: [1, -1, ...Array(398).fill(0)],
    ...more,
  };
  const plan = { start, rates: [0.1], noisy: false, ...changes };
  return {
    width: 600,
    world,
    plan,
    shown: 400,
    playing: false,
    speed: 2,
    motion: false,
  };
}

const told = (state) => standing(state, pure.runsOf(state)[0]);
const xs = (state) => pure.runsOf(state)[0].places.map(({ x }) => x);

test("x − 0.1 × 3x² from 1 is 0.7, then 0.553", () => {
  const [, first, second] = xs(at(1));
  assert.deepEqual(
    [first.toFixed(12), second.toFixed(12)],
    ["0.700000000000", "0.553000000000"],
  );
});

test("noise of each step shifts its slope, the same for every run", () => {
  const [, first, second] = xs(at(1, { noisy: true }));
  assert.equal(first.toFixed(12), (1 - 0.1 * 3.5).toFixed(12));
  assert.equal(
    second.toFixed(12),
    (0.65 - 0.1 * (3 * 0.65 ** 2 - 0.5)).toFixed(12),
  );
});

test("a ball is stuck before the flat place, beyond it runs away without end", () => {
  assert.match(told(at(1)), /^stuck at x = 0\.008\d+, last step/);
  assert.match(told(at(-0.1)), /^diverged at step \d+$/);
  assert.match(
    told(at(1, { rates: [0.4] })),
    /^crossed 0 at step 1, diverged at step/,
  );
  assert.match(told(at(0)), /^stuck at x = 0, last step 0$/);
});

test("a step of exactly the distance lands on the flat place and stays", () => {
  const state = at(1, { rates: [1 / 3] });
  assert.equal(xs(state).at(-1), 0);
  assert.equal(pure.crossedAt(state, pure.runsOf(state)[0]), null);
});

test("one short step does not make a ball that noise shakes stuck", () => {
  const draws = Array.from({ length: 400 }, (_, t) =>
    t % 2 ? 0 : 1 - (t % 4),
  );
  assert.match(
    told(at(0.02, { noisy: true }, { draws, steps: 8, noise: 0.1 })),
    /^now at/,
  );
});

test("at rest in a minimum is not stuck", () => {
  const surface = {
    dimension: 1,
    value: ([x]) => x * x,
    gradient: ([x]) => [2 * x],
  };
  const state = at(1, {}, { surface, minima: [0], flat: 0.5 });
  assert.match(told(state), /^crossed 0\.5 at step 4, rests at x = /);
});

test("a new start goes back to step 0, a rate stays in its range", () => {
  const moved = pure.next(at(1), { type: "start", x: 0.512 });
  assert.deepEqual([moved.plan.start, moved.shown], [0.512, 0]);
  assert.match(
    say(moved),
    /^Every ball starts at x = 0\.5120, where the slope is/,
  );
  assert.equal(
    pure.next(at(1), { type: "rate", racer: 0, value: 9 }).plan.rates[0],
    1,
  );
});

test("no noise without draws, and the table ends where the run does", () => {
  const quiet = at(1, {}, { draws: [] });
  assert.equal(pure.next(quiet, { type: "noisy", on: true }).plan.noisy, false);
  assert.equal(table(at(-1)).rows.at(-1)[1], "diverged");
});

test("the address brings everything back", () => {
  const state = { ...at(-0.25, { rates: [0.05], noisy: true }), shown: 30 };
  const again = pure.restore(at(1), pure.save(state));
  assert.deepEqual([again.plan, again.shown], [state.plan, 30]);
});
