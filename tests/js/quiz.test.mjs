import assert from "node:assert/strict";
import test from "node:test";
import { blank, mark } from "../../gdcourse/figures/js/pure/marking.js";
import {
  begin,
  fitting,
  kept,
  move,
  next,
  placeOf,
  say,
} from "../../gdcourse/figures/js/pure/quiz.js";

const options = [
  { text: "a", feedback: "A.", right: true },
  { text: "b", feedback: "B.", right: false },
  { text: "c", feedback: "C.", right: true },
];
const choice = { id: "one", kind: "choice", question: "?", options };
const choices = { id: "many", kind: "choices", question: "?", options };
const number = {
  id: "number",
  kind: "number",
  question: "?",
  options: [],
  answer: 0.158,
  tolerance: 0.0005,
  feedback: "Right.",
  otherwise: "Other.",
  mistakes: [{ value: 0.042, feedback: "Sign." }],
};
const parsons = {
  id: "lines",
  kind: "parsons",
  question: "?",
  options: [],
  lines: ["a", "b", "c"],
  distractors: [{ line: "d", feedback: "D." }],
  shuffled: [2, 3, 1, 0],
  orders: [{ first: 0, later: 1, feedback: "a before b." }],
  feedback: "Right.",
  missing: "More.",
};
const items = [choice, choices, number, parsons];

for (const [item, answer, verdict, words] of [
  [choice, null, "open", "Choose an answer first."],
  [choice, 0, "right", "A."],
  [choice, 1, "wrong", "B."],
  [choices, [], "open", "Tick at least one answer first."],
  [choices, [0, 2], "right", "These and no others."],
  [choices, [0], "wrong", "One right answer is missing."],
  [
    choices,
    [1],
    "wrong",
    "One of your ticks is wrong, and 2 right answers are missing.",
  ],
  [choices, [0, 1, 2], "wrong", "One of your ticks is wrong."],
  [number, " ", "open", "Type a number first, such as 0.5."],
  [number, "0.1585", "right", "Right."],
  [number, "0.1586", "wrong", "Other."],
  [number, "0.0421", "wrong", "Sign."],
  [parsons, [0, 1, 2, 4, 3], "right", "Right."],
  [parsons, [2, 0, 1, 4, 3], "right", "Right."],
  [parsons, [1, 0, 2, 4, 3], "wrong", "a before b."],
  [parsons, [0, 1, 4, 2, 3], "wrong", "More."],
  [parsons, [0, 1, 2, 3, 4], "wrong", "D."],
])
  test(`${item.kind} ${JSON.stringify(answer)} is ${verdict}`, () => {
    const marked = mark(item, answer);
    assert.deepEqual([marked.verdict, marked.words], [verdict, words]);
  });

test("feedback of options is shown for ticked ones, and for all once they are right", () => {
  assert.deepEqual(mark(choices, [0, 1]).shown, [0, 1]);
  assert.deepEqual(mark(choices, [0, 2]).shown, [0, 1, 2]);
});

test("a line moves by one place and stops at the ends", () => {
  assert.deepEqual(move([2, 0, 1], 0, -1), [0, 2, 1]);
  assert.deepEqual(move([2, 0, 1], 0, 1), [2, 1, 0]);
  const order = [2, 0, 1];
  assert.equal(move(order, 2, -1), order);
  assert.equal(move(order, 1, 1), order);
});

test("the place of a moved line is told in words", () => {
  assert.equal(placeOf(parsons, [0, 1, 2, 4, 3], 1), "Now line 2 of 3.");
  assert.equal(placeOf(parsons, [0, 1, 2, 4, 3], 3), "Now left out.");
});

test("changing an answer takes its mark away, checking brings it", () => {
  let state = next(
    { ...begin({ items }), width: 0 },
    { type: "answer", item: 0, answer: 0 },
  );
  assert.equal(say(state), "0 of 4 questions right so far.");
  state = next(state, { type: "check", item: 0 });
  assert.equal(say(state), "1 of 4 questions right so far.");
  state = next(state, { type: "answer", item: 0, answer: 1 });
  assert.equal(say(state), "0 of 4 questions right so far.");
});

test("ticks are added and removed", () => {
  const on = (option, on) => ({ type: "tick", item: 1, option, on });
  const state = [on(2, true), on(0, true), on(2, false)].reduce(next, begin({ items }));
  assert.deepEqual(state.answers[1], [0]);
});

test("what a device kept comes back", () => {
  const state = [
    { type: "answer", item: 0, answer: 1 },
    { type: "check", item: 0 },
    { type: "answer", item: 2, answer: "7" },
  ].reduce(next, begin({ items }));
  const later = JSON.parse(JSON.stringify(kept(items, state)));
  assert.deepEqual(fitting(items, later), {
    answers: state.answers,
    checked: state.checked,
  });
});

for (const broken of [
  null,
  7,
  {},
  { answers: { one: 9, many: [0, 0], number: 3, lines: [1] }, checked: { one: true } },
])
  test(`what does not fit the questions is left out: ${JSON.stringify(broken)}`, () => {
    assert.deepEqual(fitting(items, broken), {
      answers: items.map(blank),
      checked: [false, false, false, false],
    });
  });
