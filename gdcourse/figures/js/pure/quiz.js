// A quiz as state: answers, which of them are checked, and what each event does.

import { blank, mark } from "./marking.js";

/** @typedef {import("./marking.js").Item} Item */
/** @typedef {import("./marking.js").Answer} Answer */
/** @typedef {{answers: Answer[], checked: boolean[]}} Answers */
/** @typedef {Answers & {width: number, items: Item[], moved: number[]}} State  `moved`: the line last moved in each item, or -1 */

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin({ items }) {
  return { width: 0, items, moved: items.map(() => -1), ...fitting(items, null) };
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  const { items, answers, checked } = state;
  const at = event.item;
  switch (event.type) {
    case "answer":
      return answered(state, at, event.answer);
    case "tick":
      return answered(state, at, ticked(answers[at], event.option, event.on));
    case "move":
      return answered(state, at, move(answers[at], event.line, event.by), event.line);
    case "check":
      return { ...state, checked: put(checked, at, true), moved: items.map(() => -1) };
    case "kept":
      return { ...state, ...fitting(items, event.kept) };
    default:
      return state;
  }
}

/** @param {State} state @param {number} at @param {Answer} answer @param {number} [line] */
function answered(state, at, answer, line = -1) {
  const { answers, checked, moved } = state;
  if (answers[at] === answer) return state;
  return {
    ...state,
    answers: put(answers, at, answer),
    checked: put(checked, at, false),
    moved: put(moved, at, line),
  };
}

/**
 * A copy of a list with one value changed.
 * @template T
 * @param {T[]} list @param {number} at @param {T} value
 */
function put(list, at, value) {
  return list.map((old, place) => (place === at ? value : old));
}

/** @param {number[]} places @param {number} option @param {boolean} on */
function ticked(places, option, on) {
  const others = places.filter((place) => place !== option);
  return on ? [...others, option].sort((a, b) => a - b) : others;
}

/** The mark of a checked answer, else null. @param {State} state @param {number} at */
export function markOf({ items, answers, checked }, at) {
  return checked[at] ? mark(items[at], answers[at]) : null;
}

/** @param {State} state */
export function say(state) {
  const right = state.items.filter(
    (_, at) => markOf(state, at)?.verdict === "right",
  ).length;
  const count = state.items.length;
  if (right === count) return `All ${count} questions are right.`;
  return `${right} of ${count} questions right so far.`;
}

/** Where a line of an order stands, in words. @param {Item} item @param {number[]} order @param {number} line */
export function placeOf({ lines, distractors }, order, line) {
  const end = order.indexOf(lines.length + distractors.length);
  const at = order.indexOf(line);
  return at < end ? `Now line ${at + 1} of ${end}.` : "Now left out.";
}

/**
 * Move a line of an order up (-1) or down (+1); at the ends it stays.
 * @param {number[]} order
 * @param {number} line
 * @param {number} by
 */
export function move(order, line, by) {
  const from = order.indexOf(line);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return order;
  const after = [...order];
  [after[from], after[to]] = [after[to], after[from]];
  return after;
}

/**
 * Answers kept from an earlier visit, where they still fit the questions.
 * @param {Item[]} items
 * @param {any} kept
 * @returns {Answers}
 */
export function fitting(items, kept) {
  const answers = items.map((item) => {
    const answer = kept?.answers?.[item.id];
    return fits(item, answer) ? answer : blank(item);
  });
  const checked = items.map(
    (item, place) =>
      kept?.checked?.[item.id] === true && kept.answers[item.id] === answers[place],
  );
  return { answers, checked };
}

/** @param {Item} item @param {any} answer */
function fits(item, answer) {
  /** @param {any} place */
  const isPlace = (place) =>
    Number.isInteger(place) && place >= 0 && place < item.options.length;
  if (item.kind === "choice") return isPlace(answer);
  if (item.kind === "number") return typeof answer === "string" && answer.length < 40;
  if (!Array.isArray(answer)) return false;
  if (item.kind === "choices")
    return answer.every(isPlace) && new Set(answer).size === answer.length;
  return String([...answer].sort()) === String(blank(item).sort());
}

/** @param {Item[]} items @param {Answers} state what a later visit needs */
export function kept(items, { answers, checked }) {
  const named = (/** @type {any[]} */ values) =>
    Object.fromEntries(items.map((item, place) => [item.id, values[place]]));
  return { answers: named(answers), checked: named(checked) };
}
