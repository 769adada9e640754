// The same function with other weights: numbers worked by hand, and NumPy's.

import assert from "node:assert/strict";
import test from "node:test";
import * as pure from "../../gdcourse/figures/js/pure/reparametrised.js";
import {
  facts,
  say,
  table,
} from "../../gdcourse/figures/js/pure/reparametrised-words.js";

const settings = {
  x: [-1, 1, 2, 3],
  y: [0, 2, 4, 6],
  weights: [2, 1],
  factors: [0.01, 100],
  factor: 1,
};
const at = (value) =>
  pure.next(pure.begin(settings), { type: "factor", value });
const close = (a, b) =>
  assert.ok(Math.abs(a / b - 1) < 1e-9, `${a} is not ${b}`);

// At the minimum the Hessian is 7 · [[b², ab], [ab, a²]]: its largest eigenvalue is 7(a² + b²).
for (const factor of [0.01, 0.5, 1, 3, 10, 100])
  test(`with factor ${factor} the sharpness is 7(a² + b²)`, () => {
    const { world } = at(factor);
    const [a, b] = pure.weightsAt(world, factor);
    const { value, direction } = pure.sharpest(world, [a, b]);
    close(value, 7 * (a * a + b * b));
    close(direction[0] / direction[1], b / a);
    assert.ok(pure.loss(world, [a, b]) < 1e-20);
  });

test("away from the minimum the Hessian is NumPy's", () => {
  // numpy.linalg.eigvalsh(surface.hessian([1, 1.5]))[-1]
  close(pure.sharpest(at(1).world, [1, 1.5]).value, 19.629733490549526);
});

test("the factor is held to the figure, and is a positive number", () => {
  assert.deepEqual(
    [at(1e9), at(1e-9), at(-1), at(undefined)].map(({ factor }) => factor),
    [100, 0.01, 1, 1],
  );
});

test("a place on the plane belongs to the factor in its direction", () => {
  const { world } = at(1);
  for (const factor of [0.2, 1, 7])
    close(pure.factorAt(world, pure.weightsAt(world, factor)), factor);
});

test("each edge of a valley has the valley's loss", () => {
  const { world } = at(1);
  const window = pure.windowOf([2, 1]);
  const [low] = pure.valleys(world, window).slice(-1);
  for (const place of low) close(pure.loss(world, place), 0.3);
});

test("the map grows where the dot would leave it", () => {
  assert.deepEqual(pure.windowOf([2, 1]), [6.5, 4]);
  assert.ok(pure.windowOf([200, 0.01])[0] > 200);
});

test("words and table say what stays and what grows", () => {
  assert.equal(
    say(at(10)),
    "Factor 10: a = 20, b = 0.1. The predictions are 0, 2, 4, 6 and the loss is 0, as with every factor; the sharpness is 2,800, 80 times that at factor 1.",
  );
  assert.deepEqual(facts(at(100))[2], ["Sharpness", "280,000"]);
  const { rows } = table(at(3));
  assert.deepEqual(
    rows.map((row) => row[row.length - 1]),
    ["35", "252.8", "2,800", "280,000"],
  );
});
