import assert from "node:assert/strict";
import test from "node:test";
import * as deep from "../../gdcourse/figures/js/pure/deep.js";
import * as depth from "../../gdcourse/figures/js/pure/depth.js";
import { say, table } from "../../gdcourse/figures/js/pure/depth-words.js";
import { pass, stretch } from "../../gdcourse/figures/js/pure/network.js";

const settings = {
  depth: 2,
  width: 1,
  activation: "linear",
  scale: 2,
  draw: 0,
  widths: [1, 2, 3, 256],
  scales: [0.02, 8],
  hundredths: [100, -100, 50, 30, -20],
  lines: ["gradients", "errors", "activations", "bound"].map((label) => ({
    label,
  })),
};
const begin = (more = {}) => depth.begin({ ...settings, ...more });
const press = (state, ...events) => events.reduce(depth.next, state);
const plan = (more) => ({ type: "plan", plan: more });

test("a linear chain by hand: 0.5, 1, 2, and back 2, 4", () => {
  const { activations, errors, gradients, rate } = deep.resultOf(begin());
  assert.deepEqual(activations, [0.5, 1, 2]);
  assert.deepEqual(errors, [4, 2]); // 2 (h − 1) at the output, times w
  assert.deepEqual(gradients, [2, 2]);
  assert.equal(rate, 2);
});

test("every gradient is the slope of the loss in its weight", () => {
  for (const activation of ["sigmoid", "tanh", "relu", "linear"]) {
    const loss = (scale) => {
      const way = { depth: 1, units: 1, activation, scale, draw: 0 };
      return (pass([1], way).activations[1][0] - 1) ** 2;
    };
    const slope = (loss(0.8 + 1e-6) - loss(0.8 - 1e-6)) / 2e-6;
    const { errors } = pass([1], {
      depth: 1,
      units: 1,
      activation,
      scale: 0.8,
      draw: 0,
    });
    assert.ok(Math.abs(errors[0][0] * 0.5 - slope) < 1e-8, activation);
  }
});

test("the norm of [[3, 0], [4, 5]] is the square root of 45", () => {
  assert.ok(
    Math.abs(stretch(Float64Array.of(3, 0, 4, 5)) - Math.sqrt(45)) < 1e-9,
  );
});

test("the bound of a chain is the product of its weights and steepest slopes", () => {
  const state = begin({ activation: "sigmoid", scale: 1, depth: 4 });
  const bounds = deep.boundsOf(state);
  const { errors, activations, gradients } = deep.resultOf(state);
  assert.equal(bounds[0], errors[3] * 0.25 ** 3 * activations[0]);
  gradients.forEach((gradient, k) => assert.ok(gradient <= bounds[k]));
});

test("it opens with the whole pass; Step begins it anew, forward and then back", () => {
  const state = press(begin(), { type: "step" });
  assert.match(say(state), /^Forward, layer 1 of 2: activations 1\.$/);
  const back = press(state, { type: "step" }, { type: "step" });
  assert.match(say(back), /^Back, layer 2 of 2: slopes 1; dL\/dW is 2 long\.$/);
  assert.match(
    say(press(back, { type: "step" })),
    /^On the way back each layer mult/,
  );
  assert.match(
    say({ ...state, shown: 0 }),
    /every weight is 2\. The inputs are 0\.5/,
  );
});

test("a whole pass stays whole when the network changes, a part stays a part", () => {
  assert.ok(depth.ended(press(begin(), plan({ depth: 9 }))));
  const part = press(begin({ depth: 9 }), { type: "step" }, plan({ depth: 1 }));
  assert.equal(part.shown, 1);
});

test("level gradients of a linear net are told apart from level errors", () => {
  const state = begin({ depth: 9 });
  assert.match(say(state), /the error by 2 on average: it explodes\./);
  assert.match(
    say(state),
    /1 times the last layer’s.*activations grew as much/,
  );
  assert.match(
    say(press(state, plan({ scale: 1 }))),
    /by 1 on average: it stays level/,
  );
});

test("between level and exploding it grows, or shrinks", () => {
  assert.match(say(begin({ depth: 3 })), /it grows\./);
  assert.match(say(begin({ depth: 3, scale: 0.5 })), /it shrinks\./);
});

test("saturated units and silent ones are named", () => {
  const steep = begin({ activation: "sigmoid", scale: 8 });
  assert.match(
    say(steep),
    /saturated: their mean slope is 0\.0\d+, of at most 0\.25/,
  );
  const silent = { activation: "relu", width: 2, scale: 1, hundredths: [-100] };
  assert.match(
    say(begin(silent)),
    /^All units of layer 1 are silent: .* weights is 0\.$/,
  );
});

test("the bound and other draws join the words on demand", () => {
  const on = { type: "on", racer: 3, on: true };
  const two = begin({ width: 2, activation: "sigmoid" });
  const state = press(two, on, { type: "others", on: true });
  assert.match(
    say(state),
    /slope, 0\.25, times the norm of the weights would allow/,
  );
  assert.match(say(state), /In 20 other draws: from .* to .*, median/);
  assert.equal(table(state).columns.length, 6);
  assert.equal(table(two).rows.length, 2);
});

test("Xavier and He", () => {
  assert.equal(deep.levelOf({ units: 4, activation: "tanh" }), 0.5);
  assert.equal(deep.levelOf({ units: 8, activation: "relu" }), 0.5);
});

test("the address brings a state back, within its ranges", () => {
  const other = plan({ depth: 5, units: 3, activation: "relu", scale: 0.5 });
  const on = { type: "on", racer: 1, on: true };
  const state = press(begin(), other, { type: "again" }, on, { type: "step" });
  const back = depth.restore(begin(), depth.save(state));
  assert.deepEqual(depth.save(back), depth.save(state));
  const wild = depth.restore(begin(), {
    d: 99,
    n: 7,
    f: 9,
    s: -1,
    w: -4,
    left: 99,
  });
  assert.deepEqual(depth.moved(wild), {
    depth: 20,
    width: 1,
    activation: "linear",
    scale: 0.02,
    draw: 0,
  });
  assert.equal(wild.shown, 0);
});
