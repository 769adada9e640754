// The family of the rules: what is open, and where each rule stands.

import assert from "node:assert/strict";
import test from "node:test";
import * as pure from "../../gdcourse/figures/js/pure/family.js";

const entry = (name, year, parents, place, memory = []) => ({
  name,
  year,
  authors: "A",
  parents,
  adds: `what ${name} adds`,
  rule: name,
  memory,
  place,
});
const entries = [
  entry("root", 1847, [], [1, 0]),
  entry("left", 1951, [0], [0, 1]),
  entry("child", 2047, [0, 1], [1, 2], ["m", "v"]),
];
const begin = (view = "tree", opened = -1) => ({
  ...pure.begin({ view, entries, opened }),
  width: 320,
});

test("a press opens a rule, and closes it again", () => {
  const once = pure.next(begin(), { type: "open", entry: 2 });
  assert.equal(once.opened, 2);
  assert.equal(pure.next(once, { type: "open", entry: 2 }).opened, -1);
  assert.deepEqual(pure.restore(begin(), pure.save(once)), once);
  for (const n of [3, -2, 0.5, NaN])
    assert.equal(pure.restore(once, { n }), once);
});

test("words name all parents and what is kept", () => {
  assert.equal(
    pure.say(begin("tree", 2)),
    "child, 2047: adds what child adds to root and left. It keeps two numbers for each parameter.",
  );
  assert.match(pure.say(begin("timeline")), /3 steps from 1847 to 2047/);
  assert.deepEqual(pure.table(begin()).rows[2].slice(3), [
    "root and left",
    "what child adds",
    "2",
  ]);
});

test("a rule stands below its parents and within the width", () => {
  const { boxes, lines, height } = pure.layout(begin(), 300, 0);
  assert.equal(lines.length, 3);
  for (const [i, { parents }] of entries.entries())
    for (const parent of parents) {
      const foot = boxes[parent].y + boxes[parent].height;
      assert.ok(boxes[i].y >= foot + 20);
    }
  for (const { x, y, width, height: tall } of boxes)
    assert.ok(x >= 0 && x + width <= 300 && y + tall <= height && tall >= 44);
});

test("what is opened makes room below its row, in both views", () => {
  for (const view of ["tree", "timeline"]) {
    const state = begin(view, 1);
    const [shut, open] = [
      pure.layout(state, 300, 0),
      pure.layout(state, 300, 200),
    ];
    assert.deepEqual(
      open.boxes.map(({ y }, i) => y - shut.boxes[i].y),
      [0, 0, 200],
    );
    assert.ok(
      open.below > open.boxes[1].y + 44 && open.below < open.boxes[2].y - 190,
    );
  }
});

test("the axis of years is true to scale", () => {
  const { dots, marks } = pure.layout(begin("timeline"), 300, 0);
  const scale = (dots[2].y - dots[0].y) / 200;
  assert.ok(Math.abs(dots[1].y - dots[0].y - 104 * scale) < 1e-9);
  assert.deepEqual(
    marks.map(({ text, y }) => [
      text,
      Math.round(1847 + (y - dots[0].y) / scale),
    ]),
    [1850, 1900, 1950, 2000].map((year) => [String(year), year]),
  );
});
