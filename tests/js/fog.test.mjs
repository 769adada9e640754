// A walk in fog on the bowl w² + b², with numbers worked by hand.

import assert from "node:assert/strict";
import test from "node:test";
import * as fog from "../../gdcourse/figures/js/pure/fog.js";
import * as words from "../../gdcourse/figures/js/pure/fog-words.js";
import { bowl, rule } from "./documents.mjs";

const look = { colour: "red", dash: "", marker: "circle" };
const settings = {
  surface: bowl,
  rule: rule(0.25),
  label: "gradient descent",
  looks: [look, look],
  start: [0, 3],
  steps: 5,
};
const fresh = (more = {}) => fog.begin({ ...settings, ...more });
const after = (state, ...events) => events.reduce(fog.next, state);
const pace = (right, up) => ({ type: "pace", pace: fog.paceOfKey(right, up) });
const [south, short, north] = [pace(0, -1), pace(0, -10), pace(0, 1)];
const LIFT = { type: "lift" };

test("a stride is 7 nudges of a hundredth of the map, and Shift makes a fifth of it", () => {
  const state = after(fresh(), south);
  assert.equal(state.world.stride, 0.7);
  assert.deepEqual(fog.here(state), [0, 2.3]);
  assert.deepEqual(fog.here(after(state, short)), [0, 2.16]);
});

test("directions are told by a compass of eight", () => {
  const told = [0, 44, 90, 157, 200, 271, 338].map(words.compass);
  assert.deepEqual(
    told,
    "north,north-east,east,south-east,south,west,north".split(","),
  );
  assert.equal(Math.round(fog.bearingOf(-1, -1)), 225);
});

test("each step says how the height changed and where the ground falls", () => {
  assert.match(
    words.say(fresh()),
    /^You stand in fog at height 9\.0; the ground falls/,
  );
  const state = after(fresh(), south);
  assert.equal(
    words.say(state),
    "Step 1: height 5.3, you went down by 3.7; the ground falls to the south.",
  );
  assert.match(
    words.say(after(state, north)),
    /^Step 2: .* you climbed by 3\.7;/,
  );
});

test("a tap steps towards it, no further than a stride, and not for a tremble", () => {
  const go = (x, y) => fog.here(after(fresh(), { type: "go", point: [x, y] }));
  assert.deepEqual(go(0, -3), [0, 2.3]);
  assert.deepEqual(go(0, 2.65), [0, 2.65]);
  assert.deepEqual(go(0.05, 3), [0, 3]);
  assert.deepEqual(go(4, 3), [0.7, 3]);
});

test("a drag only aims until it is let go", () => {
  const aiming = after(fresh(), { type: "aim", point: [0, -3] });
  assert.deepEqual([aiming.aim, aiming.paces], [180100, []]);
  assert.equal(after(aiming, { type: "stay" }).aim, null);
});

test("the map has an edge, at which no step is counted", () => {
  const edge = after(fresh(), north, north);
  assert.deepEqual(fog.here(edge), [0, 4]);
  const still = after(edge, north);
  assert.equal(still.paces.length, 2);
  assert.match(words.say(still), /The map ends here\./);
});

test("flat ground lifts the fog", () => {
  const near = { start: [0, 0.8] };
  const state = after(fresh(near), south);
  assert.equal(state.lifted, true);
  assert.match(
    words.say(state),
    /^The ground is almost flat here, so the fog lifts\./,
  );
  assert.equal(after(state, south), state);
});

test("after the last step the fog lifts, and the walks are compared step for step", () => {
  const state = after(fresh(), south, north, south, north, south);
  assert.equal(state.lifted, true);
  // descent with rate 0.25 halves the way: 3 / 2⁵ = 0.094, height 0.009
  assert.equal(
    words.say(state),
    "That was step 5: the fog lifts. You took 5 steps and stand at height 5.3; " +
      "gradient descent, with the same 5, at 0.0. The lowest point of this land is 0.0. " +
      "It came lower, though it too felt only the slope underfoot.",
  );
});

test("whoever comes lower is named", () => {
  const slow = { rule: rule(0.001) };
  const won = after(fresh(slow), south, south, LIFT);
  assert.match(
    words.say(won),
    /You came lower, and both .* Neither of you reached/,
  );
  const even = after(fresh({ rule: rule(0.7 / 6) }), south, LIFT);
  assert.match(words.say(even), /You are equally low/);
  const wild = after(fresh({ rule: rule(1e9) }), south, LIFT);
  assert.match(words.say(wild), /with the same 1, diverged at step 1\./);
});

test("without a step descent takes all of its own", () => {
  assert.match(
    words.say(after(fresh(), LIFT)),
    /^You took no step and stand at height 9\.0; gradient descent, with 5 steps, at 0\.0\./,
  );
});

test("the table shows descent only when the fog has lifted", () => {
  const state = after(fresh(), south);
  assert.deepEqual(words.table(state).columns, [
    "step",
    "w",
    "b",
    "your height",
  ]);
  const { columns, rows } = words.table(after(state, LIFT));
  assert.equal(columns[4], "gradient descent: height");
  assert.deepEqual(rows[1], ["1", "0", "2.300", "5.3", "2.3"]);
});

test("the address walks the same steps, and only steps that can be walked", () => {
  const state = after(fresh(), south, short, LIFT);
  assert.deepEqual(fog.save(state), { s1: 180100, s2: 180020, lift: 1 });
  assert.deepEqual(fog.restore(fresh(), fog.save(state)).trail, state.trail);
  for (const s1 of [-1, 0.5, 999100, 180000, 180999])
    assert.deepEqual(fog.restore(fresh(), { s1 }).trail, [[0, 3]]);
});
