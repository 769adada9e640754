// A quiz: native inputs, a check for each question, answers kept on this device.

import { html, set } from "../drawing/dom.js";
import { begin, kept, markOf, next, placeOf, say } from "../pure/quiz.js";
import { button } from "../runtime/controls.js";
import { recall, remember } from "../runtime/store.js";

/** @typedef {import("../pure/marking.js").Item} Item */
/** @typedef {import("../pure/marking.js").Answer} Answer */
/** @typedef {import("../pure/marking.js").Mark} Mark */
/** @typedef {import("../pure/quiz.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {{el: HTMLElement, set: (answer: Answer, mark: Mark | null) => void}} Input */

const VERDICTS = { right: "Right.", wrong: "Not yet.", open: "" };

/** @type {import("../runtime/types.js").Kind<State>} */
export const quiz = {
  title: "Quiz",
  begin,
  next,
  say,
  build(stage) {
    const { key } = stage.settings;
    const items = /** @type {Item[]} */ (stage.settings.items);
    const questions = items.map((item, at) => makeQuestion(stage, item, at));
    const list = html("ol", { class: "gd-quiz" }, ...questions.map(({ el }) => el));
    const again = button(stage, "Start again", () => ({ type: "reset" }), "gd-quiet");
    stage.root.append(list, html("div", { class: "gd-total" }, again));
    const keep = makeKeeper(stage, `gdcourse:quiz:${key}`);
    return (state) => {
      questions.forEach((question) => question.draw(state));
      keep(state);
    };
  },
};

/**
 * Bring back what this device kept, once the figure stands; then keep every change.
 * @param {Stage} stage @param {string} key
 */
function makeKeeper(stage, key) {
  queueMicrotask(() => stage.send({ type: "kept", kept: recall(key) }));
  /** @type {State | null} */
  let last = null;
  return (/** @type {State} */ state) => {
    const changed =
      last && (last.answers !== state.answers || last.checked !== state.checked);
    if (changed) remember(key, kept(state.items, state));
    last = state;
  };
}

// One question

/** @param {Stage} stage @param {Item} item @param {number} at */
function makeQuestion(stage, item, at) {
  const input = INPUTS[item.kind](stage, item, at);
  const check = html("button", { type: "submit", class: "gd-button", text: "Check" });
  const verdict = html("strong");
  const words = html("span");
  const feedback = html("p", { class: "gd-feedback", role: "status" }, verdict, words);
  const legend = html("legend", {}, ...marked(item.question));
  const fields = html("fieldset", {}, legend, input.el, check, feedback);
  const form = html("form", { class: "gd-question", novalidate: true }, fields);
  form.addEventListener("submit", (event) => onSubmit(event, stage, at), {
    signal: stage.signal,
  });
  return {
    el: html("li", {}, form),
    /** @param {State} state */
    draw(state) {
      const mark = markOf(state, at);
      const place =
        state.moved[at] < 0 ? "" : placeOf(item, state.answers[at], state.moved[at]);
      input.set(state.answers[at], mark);
      form.dataset.verdict = mark?.verdict ?? "";
      set(verdict, { text: mark ? VERDICTS[mark.verdict] : "" });
      say_(words, mark ? ` ${mark.words}` : place);
    },
  };
}

/** @param {Event} event @param {Stage} stage @param {number} at */
function onSubmit(event, stage, at) {
  event.preventDefault();
  stage.send({ type: "check", item: at });
}

/** Fill an element with marked text, only when it changed. @param {HTMLElement} el @param {string} text */
function say_(el, text) {
  if (el.dataset.text === text) return;
  el.dataset.text = text;
  el.replaceChildren(...marked(text));
}

/** Text with `code` in backticks, as nodes. @param {string} text */
function marked(text) {
  return text
    .split("`")
    .map((part, i) => (i % 2 ? html("code", { text: part }) : part));
}

// The four kinds of input

/** @type {Record<string, (stage: Stage, item: Item, at: number) => Input>} */
const INPUTS = {
  choice: makeOptions,
  choices: makeOptions,
  number: makeNumber,
  parsons: makeLines,
};

/** @param {Stage} stage @param {Item} item @param {number} at @returns {Input} */
function makeOptions(stage, item, at) {
  const single = item.kind === "choice";
  const type = single ? "radio" : "checkbox";
  const rows = item.options.map((option, place) => {
    const box = html("input", { type, name: "answer" });
    const label = html(
      "label",
      { class: "gd-option" },
      box,
      html("span", {}, ...marked(option.text)),
    );
    const note = html("p", { class: "gd-note" });
    const event = () =>
      single
        ? { type: "answer", item: at, answer: place }
        : { type: "tick", item: at, option: place, on: box.checked };
    box.addEventListener("change", () => stage.send(event()), { signal: stage.signal });
    return { box, note, option, el: html("div", {}, label, note) };
  });
  return {
    el: html("div", { class: "gd-options" }, ...rows.map(({ el }) => el)),
    set(answer, mark) {
      rows.forEach(({ box, note, option }, place) => {
        box.checked = single ? answer === place : answer.includes(place);
        say_(note, mark?.shown.includes(place) ? option.feedback : "");
      });
    },
  };
}

/** @param {Stage} stage @param {Item} item @param {number} at @returns {Input} */
function makeNumber(stage, item, at) {
  const box = html("input", { type: "number", step: "any", autocomplete: "off" });
  const label = html(
    "label",
    { class: "gd-field" },
    html("span", { class: "gd-label", text: "Your number" }),
    box,
  );
  const send = () => stage.send({ type: "answer", item: at, answer: box.value });
  box.addEventListener("input", send, { signal: stage.signal });
  return {
    el: html("div", { class: "gd-number" }, label, item.unit),
    set: (answer) => void (box.value === answer || (box.value = answer)),
  };
}

/** @param {Stage} stage @param {Item} item @param {number} at @returns {Input} */
function makeLines(stage, item, at) {
  const texts = [
    ...item.lines,
    ...item.distractors.map((/** @type {{line: string}} */ { line }) => line),
  ];
  const rows = [
    ...texts.map((text, line) => makeLine(stage, text, line, at)),
    makeDivider(),
  ];
  const el = html("ol", { class: "gd-lines" });
  return {
    el,
    set(order) {
      const focused = document.activeElement;
      rows.forEach((row, line) => row.set(order.indexOf(line), order.length));
      place(
        el,
        order.map((/** @type {number} */ line) => rows[line].el),
      );
      const moved = focused instanceof HTMLElement && el.contains(focused);
      if (moved && focused !== document.activeElement) focused.focus();
    },
  };
}

/** Put children into this order, touching none where it already holds. @param {Element} el @param {Element[]} children */
function place(el, children) {
  if (children.some((child, i) => el.children[i] !== child))
    el.replaceChildren(...children);
}

/** @param {Stage} stage @param {string} text @param {number} line @param {number} at */
function makeLine(stage, text, line, at) {
  const up = button(
    stage,
    "↑",
    () => ({ type: "move", item: at, line, by: -1 }),
    "gd-arrow",
  );
  const down = button(
    stage,
    "↓",
    () => ({ type: "move", item: at, line, by: 1 }),
    "gd-arrow",
  );
  set(up, { "aria-label": `Move up: ${text.trim()}` });
  set(down, { "aria-label": `Move down: ${text.trim()}` });
  const code = html("code", { text: text.trim() });
  code.style.setProperty(
    "--gd-indent",
    String((text.length - text.trimStart().length) / 4),
  );
  return {
    el: html("li", { class: "gd-line" }, code, up, down),
    /** @param {number} place @param {number} count */
    set(place, count) {
      set(up, { "aria-disabled": place === 0 ? "true" : null });
      set(down, { "aria-disabled": place === count - 1 ? "true" : null });
    },
  };
}

/** What stands below it is left out. */
function makeDivider() {
  const el = html("li", { class: "gd-divider", text: "Left out below here" });
  return { el, set: () => {} };
}
