// The figure of recorded runs: cursor, bands, switches, axes.

import assert from "node:assert/strict";
import test from "node:test";
import * as pure from "../../gdcourse/figures/js/pure/runs.js";

const look = { note: "", colour: "red", dash: "", marker: "circle" };
const settings = (more = {}) => ({
  racers: [
    {
      label: "SGD",
      low: [8, 5, 3],
      median: [8, 6, 4],
      high: [8, 7, null],
      ...look,
    },
    {
      label: "Adam",
      low: [8, 4, 1],
      median: [8, 5, 1.5],
      high: [8, 5.5, 2],
      ...look,
    },
  ],
  places: [0, 10, 20],
  at: 20,
  x: "step",
  y: "loss",
  log: true,
  positive: true,
  seeds: "5 seeds",
  band: "range",
  ...more,
});
const state = (more) => ({ ...pure.begin(settings(more)), width: 400 });
const at = (from, value) => pure.next(from, { type: "at", value });

test("the cursor reads medians and bands, and says which bands overlap", () => {
  const words = pure.say(at(state(), 11));
  assert.match(
    words,
    /^At step 10 of 20, loss, median over 5 seeds \(range\): /,
  );
  assert.match(
    words,
    /SGD 6\.000 \(5\.000 to 7\.000\); Adam 5\.000 \(4\.000 to 5\.500\)\./,
  );
  assert.match(words, / overlap here: SGD and Adam\.$/);
  assert.match(
    pure.say(state()),
    /SGD 4\.000 \(3\.000 to ∞\).* no bands overlap\.$/,
  );
});

test("the cursor stays among the points, and an arrow key always moves it", () => {
  assert.deepEqual(
    [-70, 4, 6, 1e9].map((value) => at(state(), value).at),
    [0, 0, 1, 2],
  );
  const uneven = state({ places: [0, 1, 20], at: 1 });
  assert.equal(at(uneven, 1 + pure.strideOf(uneven.world)).at, 2);
});

test("a switched-off curve is neither said nor listed", () => {
  const one = pure.next(state(), { type: "on", racer: 0, on: false });
  assert.doesNotMatch(pure.say(one), /SGD|overlap/);
  assert.deepEqual(pure.table(one).columns, [
    "step",
    "Adam",
    "Adam: lowest",
    "Adam: highest",
  ]);
  assert.deepEqual(pure.table(one).rows.at(-1), [
    "20",
    "1.500",
    "1.000",
    "2.000",
  ]);
  const none = pure.next(one, { type: "on", racer: 1, on: false });
  assert.match(pure.say(none), /every curve is switched off/);
});

test("the axes hold the finite ends of all bands", () => {
  assert.deepEqual(pure.axisOf(state()).domain, [1, 10]);
  const plain = pure.axisOf(pure.next(state(), { type: "log", on: false }));
  assert.ok(!plain.log && plain.domain[0] === 0 && plain.domain[1] > 8);
});

test("one seed has no band in words or table", () => {
  const alone = state({ band: "", seeds: "1 seed" });
  assert.match(
    pure.say(alone),
    /^At step 20 of 20, loss of 1 seed: SGD 4\.000; Adam 1\.500\.$/,
  );
  assert.deepEqual(pure.table(alone).columns, ["step", "SGD", "Adam"]);
});

test("the address keeps cursor, switches and axis, and no log axis below zero", () => {
  let now = pure.next(at(state(), 10), { type: "on", racer: 1, on: false });
  now = pure.next(now, { type: "log", on: false });
  const back = pure.restore(state(), pure.save(now));
  assert.deepEqual([back.at, back.on, back.log], [1, [true, false], false]);
  const below = state({ log: false, positive: false });
  assert.equal(pure.restore(below, { t: 1e9, log: 1 }).log, false);
});
