// Momentum on a parabola in the browser, with numbers worked by hand.

import assert from "node:assert/strict";
import test from "node:test";
import * as ball from "../../gdcourse/figures/js/pure/heavy-ball.js";
import {
  directionsOf,
  next,
  restore,
  save,
} from "../../gdcourse/figures/js/pure/phase.js";
import { say } from "../../gdcourse/figures/js/pure/phase-words.js";

/** A state whose rule and surfaces are written by hand. */
function at(alpha, beta, both = false) {
  const world = {
    curvatures: [1, 9],
    surfaces: [1, 9].map((c) => ({
      dimension: 1,
      value: ([x]) => (c * x * x) / 2,
      gradient: ([x]) => [c * x],
    })),
    rule: {
      json: { hyperparameters: { learning_rate: 1, beta: 0 } },
      init: () => ({ velocity: [0] }),
      step([x], [g], { velocity: [v] }, { learning_rate, beta: b }) {
        const velocity = [b * v + g];
        return { x: [x - learning_rate * velocity[0]], state: { velocity } };
      },
      probe: null,
    },
    best: { alpha: 0.25, beta: 0.25 },
    start: 1,
    steps: 60,
  };
  return { width: 600, world, alpha, beta, both };
}

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);

test("roots of r² − (1 + β − q) r + β", () => {
  assert.deepEqual(ball.rootsOf(0.5, 0), [
    [0.5, 0],
    [0, 0],
  ]);
  assert.deepEqual(ball.rootsOf(0.25, 0.25), [
    [0.5, 0],
    [0.5, 0],
  ]);
  const [[real, imaginary]] = ball.rootsOf(0.1, 0.9);
  near(real, 0.9);
  near(imaginary, 0.3);
  near(ball.factorOf(3.6, 0.8), 1); // 2 (1 + β): a root of −1
});

test("each regime has its place, up to its boundary", () => {
  for (const [q, beta, regime] of [
    [0.25, 0.2, "monotone"],
    [0.25, 0.25, "critical damping"],
    [0.25, 0.3, "ripples"],
    [1.5, 0.04, "alternating"],
    [1.5, 0.1, "ripples"],
    [3.19, 0.6, "alternating"],
    [3.2, 0.6, "diverging"],
    [1, 0, "critical damping"],
  ])
    assert.equal(ball.regimeOf(q, beta), regime, `${q}, ${beta}`);
});

test("on a level line the worse of two directions has that factor", () => {
  for (const [flat, steep] of [
    [1, 1],
    [1, 9],
    [0.1, 3],
  ])
    for (const factor of [0.7, 0.9, 1])
      for (const [alpha, beta] of ball.levelLine(factor, flat, steep)) {
        const worst = (a) =>
          Math.max(
            ball.factorOf(a * flat, beta),
            ball.factorOf(a * steep, beta),
          );
        assert.ok(Math.abs(worst(alpha) - factor) < 1e-6, `${alpha}, ${beta}`);
      }
  assert.deepEqual(ball.levelLine(0.49, 1, 9), []); // the best pair leaves 0.5
});

test("where both roots are equal, their size is the root of β", () => {
  for (const [alpha, beta] of ball.criticalLine(4))
    assert.ok(
      Math.abs(ball.factorOf(4 * alpha, beta) - Math.sqrt(beta)) < 1e-6,
    );
});

test("marks are squares that keep apart", () => {
  assert.deepEqual(ball.squares(4.84), [0, 0.1, 0.4, 1, 2, 4]);
  assert.deepEqual(ball.squares(4.84 / 9), [0, 0.01, 0.04, 0.1, 0.2, 0.4]);
});

test("with half the distance left each step, a hundredth is left after seven", () => {
  const [{ x, settled, diverged }] = directionsOf(at(0.5, 0));
  assert.deepEqual(x.slice(0, 3), [1, 0.5, 0.25]);
  assert.deepEqual([settled, diverged], [7, null]);
});

test("the best pair treats both directions alike, and one critically", () => {
  const state = next(at(0.1, 0.9, true), { type: "best" });
  const [flat, steep] = directionsOf(state);
  assert.deepEqual([flat.factor, steep.factor], [0.5, 0.5]);
  assert.equal(flat.regime, "critical damping");
  assert.match(
    say(state),
    /leaves 0\.5000 .* in both, .*is 4\/\(√9 \+ √1\)², β is/,
  );
});

test("one direction has a critical β of its learning rate", () => {
  const state = next(at(0.25, 0.9), { type: "best" });
  assert.equal(state.beta, 0.25);
});

test("too large a learning rate diverges in words, and the plane has an edge", () => {
  assert.match(
    say(at(2.5, 0)),
    /diverging\. The root −1\.500 .* diverged at step/,
  );
  assert.equal(next(at(3, 0), { type: "both", on: true }).alpha, 4.84 / 9);
  assert.equal(restore(at(1, 0), { lr: -3, beta: 7 }).beta, 0.999);
  assert.deepEqual(save(at(0.1, 0.9)), { lr: 0.1, beta: 0.9, both: 0 });
});
