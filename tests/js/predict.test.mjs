// Predictions: what a run did, in which words it differs, and what waits for an answer.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  drawn,
  opening,
  regimeOf,
  SKIPPED,
  turnsOf,
  verdict,
} from "../../gdcourse/figures/js/pure/predict.js";

const run = (more) => ({
  ended: true,
  loss: [1, 0.1, 0.001],
  floor: 0,
  turns: 0,
  diverged: false,
  stoppedAt: 2,
  ...more,
});

test("a turn is a step back against the one before", () => {
  assert.equal(turnsOf([[0], [1], [2], [1], [2]]), 2);
  assert.equal(
    turnsOf([
      [0, 0],
      [1, 1],
      [2, 0],
      [3, 1],
    ]),
    0,
  ); // at right angles
  assert.equal(turnsOf([[0, 0]]), 0);
});

const CASES = [
  ["slides", {}],
  ["slides", { turns: 1 }],
  ["zigzags", { turns: 2 }],
  ["crawls", { loss: [1, 0.9, 0.8] }],
  ["crawls", { loss: [1, 0.9, 0.02], floor: 0 }],
  ["slides", { loss: [1, 0.9, 0.02], floor: 0.015 }],
  ["bounces", { loss: [1, 1, 1, 1], turns: 2 }],
  ["diverges", { loss: [1, 5, Infinity], turns: 1, diverged: true }],
];
for (const [regime, more] of CASES)
  test(`${JSON.stringify(more)} is a run that ${regime}`, () =>
    assert.equal(regimeOf(run(more)), regime));

test("the verdict repeats what was said and what happened", () => {
  const guess = { ...opening("?"), open: false, regime: "zigzags" };
  assert.equal(
    verdict(guess, run({ turns: 5 })),
    "As you said: it zigzagged, and arrived.",
  );
  assert.equal(
    verdict(guess, run({ diverged: true, stoppedAt: 7 })),
    "You said “zigzags, and arrives”; it diverged at step 7.",
  );
});

test("a drawn path is compared with where the run ended", () => {
  const end = { end: [0, 0], write: (point) => point.join(", ") };
  const pen = drawn(drawn(opening("?"), [2, 1]), [1, 1]);
  const guess = { ...pen, open: false, regime: "slides" };
  assert.match(
    verdict(guess, run(end)),
    /ended at 1, 1; the run ended at 0, 0\.$/,
  );
});

test("no verdict before the end, before an answer, or after skipping", () => {
  const guess = { ...opening("?"), open: false, regime: "slides" };
  assert.equal(verdict(guess, run({ ended: false })), "");
  assert.equal(verdict(opening("?"), run()), "");
  assert.equal(verdict(SKIPPED, run()), "");
});

test("a drawing keeps a bounded number of points", () => {
  let guess = opening("?");
  for (let i = 0; i < 1000; i += 1) guess = drawn(guess, [i, i]);
  assert.equal(guess.sketch.length, 400);
});
