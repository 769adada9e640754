// Contour levels and bands, the fitted window, labels and loss axes.

import assert from "node:assert/strict";
import test from "node:test";
import {
  bands,
  fit,
  heights,
  levelsOf,
} from "../../gdcourse/figures/js/pure/contours.js";
import {
  placed,
  sampledSteps,
  spaced,
} from "../../gdcourse/figures/js/pure/labels.js";
import {
  logAxis,
  onAxis,
  plainAxis,
  untilOut,
} from "../../gdcourse/figures/js/pure/losses.js";

const round = { value: ([x, y]) => x * x + y * y };
const square = { x: [-2, 2], y: [-2, 2] };

test("one unit across is as long as one unit up where the window allows", () => {
  const view = fit({ x: [-5, 5], y: [-1, 1] }, 400, [160, 400]);
  assert.deepEqual(view, { x: [-5, 5], y: [-2, 2], height: 160, equal: true });
  const tall = fit({ x: [-1, 1], y: [-3, 3] }, 300, [200, 450]);
  assert.deepEqual(tall, { x: [-2, 2], y: [-3, 3], height: 450, equal: true });
});

test("very unlike units keep their window", () => {
  const view = fit({ x: [0, 1], y: [0, 100000] }, 300, [200, 400]);
  assert.deepEqual(view, {
    x: [0, 1],
    y: [0, 100000],
    height: 400,
    equal: false,
  });
});

test("heights are read row by row from the lower left", () => {
  const plane = { value: ([x, y]) => x + 10 * y };
  assert.deepEqual(heights(plane, { x: [0, 2], y: [0, 1] }, 2), [0, 2, 10, 12]);
});

test("gentle heights have even levels, steep ones even ratios", () => {
  assert.deepEqual(levelsOf([0, 10, 20, 30]).levels.slice(0, 3), [2, 4, 6]);
  const steep = levelsOf([0, 1, 10, 100, 100000]);
  const ratios = steep.levels
    .slice(1)
    .map((level, i) => level / steep.levels[i]);
  assert.ok(
    steep.log && ratios.every((ratio) => Math.abs(ratio - ratios[0]) < 1e-9),
  );
});

test("the bands of a round bowl are circles of the right radius", () => {
  for (const { level, rings } of bands(round, square, 0).filter(
    ({ level }) => level < 4,
  )) {
    const off = rings
      .flat()
      .map(([x, y]) => Math.abs(Math.hypot(x, y) - Math.sqrt(level)));
    assert.ok(rings.length === 1 && Math.max(...off) < 0.01, `level ${level}`);
  }
});

test("bands survive values that are no numbers", () => {
  const broken = { value: ([x]) => (x < 0 ? NaN : x) };
  assert.ok(
    bands(broken, square).every(({ rings }) =>
      rings.flat().every(([x]) => x >= -0.1),
    ),
  );
});

const box = { left: 0, right: 200, top: 0, bottom: 100 };

test("labels keep apart and stay in the box", () => {
  const spots = ["momentum", "Adam", "gradient descent"].map((text) => ({
    x: 180,
    y: 50,
    text,
  }));
  const lines = placed(spots, box);
  assert.deepEqual(
    lines.map(({ anchor }) => anchor),
    ["end", "end", "end"],
  );
  const heights = lines.map(({ y }) => y).sort((a, b) => a - b);
  assert.ok(heights[1] - heights[0] >= 16 && heights[2] - heights[1] >= 16);
});

test("a label beside a free spot stays on its line", () => {
  const [line] = placed([{ x: 20, y: 50, text: "Adam" }], box);
  assert.deepEqual([line.x, line.y, line.anchor], [31, 50, "start"]);
});

test("points closer than the gap are left out, the ends are not", () => {
  const points = [
    [0, 0],
    [0.1, 0],
    [1, 0],
    [1.2, 0],
  ];
  assert.deepEqual(spaced(points, 0.7), [
    [0, 0],
    [1, 0],
    [1.2, 0],
  ]);
  assert.deepEqual(sampledSteps(7, 3), [0, 3, 6, 7]);
});

test("a plain axis begins at zero or below", () => {
  assert.deepEqual(plainAxis([50, 20, Infinity]).domain, [0, 54]);
  assert.deepEqual(plainAxis([-10, 10]).domain, [-11.6, 11.6]);
});

test("a logarithmic axis spans whole powers and forgets an explosion", () => {
  assert.deepEqual(logAxis([49, 3, 0.02]).domain, [0.01, 100]);
  assert.deepEqual(logAxis([1, 1e30]).domain, [1, 1e4]);
  assert.deepEqual(logAxis([0.75, -0.2], -0.25).domain, [0.01, 10]);
});

test("losses beyond the axis stop just above it", () => {
  const axis = logAxis([1, 0.1]);
  assert.deepEqual(
    [0.5, 0, 1e9, NaN].map((loss) => onAxis(axis, loss)),
    [0.5, 0.1, 20, 20],
  );
  assert.deepEqual(untilOut(axis, [1, 100, 1e4, NaN]), [1, 100]);
});
