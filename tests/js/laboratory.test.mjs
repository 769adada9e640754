// The laboratory: protocol, ranking, verdict, sentence, address.

import assert from "node:assert/strict";
import test from "node:test";
import * as comparison from "../../gdcourse/figures/js/pure/comparison.js";
import * as pure from "../../gdcourse/figures/js/pure/laboratory.js";
import * as words from "../../gdcourse/figures/js/pure/laboratory-words.js";
import * as trials from "../../gdcourse/figures/js/pure/trials.js";
import { bowl, rule } from "./documents.mjs";

const packed = (numbers) =>
  Buffer.from(Int16Array.from(numbers.map((z) => 1000 * z)).buffer).toString(
    "base64",
  );
const look = { colour: "red", dash: "", marker: "circle" };
const racer = (label, rate) => ({ label, rule: rule(rate), ...look });
const starts = [
  [4, 0],
  [0, 2],
];
const text = {
  surface: bowl.name,
  rates: "default",
  rate: 0.01,
  tries: 3,
  starts: "many",
  noise: 0,
  counts: "median",
  measure: "loss",
  budget: 3,
};
const choices = {
  rates: ["shared", "default", "tuned", "all"],
  starts: ["one", "many"],
  counts: ["best", "median", "worst"],
  measure: ["loss", "distance"],
};
const settings = (more = {}) => ({
  surfaces: [{ ...bowl, expression: "w**2 + b**2", start: starts[0], starts }],
  racers: [racer("slow", 0.01), racer("quick", 0.1)],
  budget: 3,
  runs: 2,
  seed: 7,
  draws: packed([1, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0]),
  protocol: { ...text, ...more },
  choices,
  noises: [0, 1, 3],
  most: 9,
  grid: [1e-4, 1],
});
const state = (more) => ({ ...pure.begin(settings(more)), width: 400 });
const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test("rates of a grid lie evenly on a logarithmic scale", () => {
  assert.deepEqual(trials.grid([1e-4, 1], 1), [0.01]);
  assert.deepEqual(trials.grid([1e-4, 1], 4), [0.0001, 0.00215, 0.0464, 1]);
});

test("quantiles are NumPy's, also beside infinity", () => {
  assert.equal(trials.quantile([1, 2, 4], 0.25), 1.5);
  assert.equal(trials.quantile([1, 2, Infinity], 0.5), 2);
  assert.equal(trials.quantile([1, Infinity, Infinity], 0.75), Infinity);
});

// w² + b² from (4, 0) and (0, 2): both shrink by 1 − 2α at each step
test("each rule's runs are those worked out by hand", () => {
  const [first, second] = comparison.ranking(state());
  assert.deepEqual([first.racer.label, second.racer.label], ["quick", "slow"]);
  near(first.ends[0], (4 * 0.8 ** 3) ** 2);
  near(first.ends[1], (2 * 0.8 ** 3) ** 2);
  near(first.score, (first.ends[0] + first.ends[1]) / 2);
});

test("noise is the drawn numbers times the level, run by run", () => {
  const now = state({ noise: 3, rates: "shared", rate: 0.1, budget: 1 });
  const [{ ends }] = comparison.ranking(now);
  near(ends[0], (4 * 0.8 - 0.1 * 3) ** 2);
  assert.equal(trials.unpacked(now.world.settings.draws, 2)[1][1], -1);
});

test("tuning takes the best of the grid, all takes every rate", () => {
  const tuned = comparison.ranking(state({ rates: "tuned" }));
  assert.deepEqual(tuned[0].rates, [0.01]); // 1 swings without end, 0.0001 creeps
  assert.match(
    words.say(state({ rates: "tuned" })),
    /quick|slow.* share the first place/,
  );
  const [all] = comparison.ranking(state({ rates: "all" }));
  assert.equal(all.ends.length, 6);
});

test("the verdict holds the difference against the spread", () => {
  assert.match(
    words.say(state()),
    /^After 3 gradients each, quick comes first: median/,
  );
  assert.match(
    words.say(state()),
    /larger than the spread: .* lower in 2 of 2\.$/,
  );
  const alike = {
    ...settings(),
    racers: [racer("slow", 0.01), racer("other", 0.02)],
  };
  const close = words.say({ ...pure.begin(alike), width: 400 });
  assert.match(
    close,
    /smaller than the spread: the middle halves .* overlap\./,
  );
  const one = words.say(state({ starts: "one" }));
  assert.match(one, /one run each: there is no spread/);
});

test("the protocol is one sentence that says all of it", () => {
  const text = words.sentence(
    state({ noise: 3, rates: "tuned", counts: "worst" }),
  );
  for (const part of [
    /^We compared slow and quick on /,
    /, 3 gradients a run|with 3 gradients a run/,
    /best of 3 learning rates from 0\.0001 to 1 .* at the cost of 3 times/,
    /from 2 starts drawn evenly over the window \(seed 7\)/,
    /normal noise of standard deviation 3 /,
    /the worst loss above the minimum of the last points, with quartiles\.$/,
  ])
    assert.match(text, part);
  assert.equal(text.match(/\. |\.$/g).length, 1);
});

test("the table has five numbers for each rule", () => {
  const { columns, rows } = words.table(state());
  assert.equal(columns.length, rows[0].length);
  assert.deepEqual(rows[0].slice(0, 3), ["1", "quick", "0.1"]);
  assert.equal(rows[1].at(-1), "0 of 2");
});

test("a run that diverges is said so and comes last", () => {
  const wild = {
    ...settings(),
    budget: 60,
    protocol: { ...settings().protocol, budget: 60 },
  };
  wild.racers = [racer("wild", 2), racer("quick", 0.1)];
  wild.draws = packed(Array(240).fill(0));
  const now = pure.begin(wild);
  const last = comparison.ranking(now)[1];
  assert.equal(last.score, Infinity);
  assert.equal(words.rowWords(now, last, 2), "2. wild, rate 2: diverged");
  const narrow = { ...now, width: 190 }; // 23 letters
  assert.equal(words.rowWords(narrow, last, 2), "2. wild: diverged");
});

test("the address keeps the protocol, and refuses what it cannot be", () => {
  const now = pure.next(state({ rates: "all", noise: 3, counts: "best" }), {
    type: "at",
    value: 2,
  });
  const back = pure.restore(state(), pure.save(now));
  assert.deepEqual(back.protocol, now.protocol);
  const odd = {
    surface: 9,
    rates: -1,
    noise: 2,
    tries: 1e6,
    budget: 0,
    rate: 5,
    counts: 0.5,
  };
  const kept = pure.restore(state(), odd).protocol;
  assert.deepEqual(kept, { ...state().protocol, tries: 9, budget: 1, rate: 1 });
});
