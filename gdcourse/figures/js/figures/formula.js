// A formula of the reader's own, shown by the curve or by the race.

import { html, set } from "../drawing/dom.js";
import { LONGEST_TEXT } from "../pure/fragment.js";
import * as pure from "../pure/formula.js";
import { pythonOf } from "../pure/python.js";
import { button, row } from "../runtime/controls.js";
import { contours } from "./contours.js";
import { curve } from "./curve.js";

/** @typedef {import("../pure/formula.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */

const PAUSE = 500; // milliseconds after the last letter

/** @type {import("../runtime/types.js").Kind<State>} */
export const formula = {
  title: "descent on your formula",
  begin: pure.begin,
  next: pure.next,
  say: pure.say,
  table: pure.table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const [box, inside, tools] = [makeBox(stage), makeInside(stage), makeTools(stage)];
    stage.root.append(box.el, inside.el, tools.el);
    inside.open(pure.begin(stage.settings).formula.inner);
    return (state) => {
      box.draw(state);
      inside.draw(state);
      tools.draw(state);
    };
  },
};

/** The text box, and under it why the text cannot be drawn. @param {Stage} stage */
function makeBox(stage) {
  const input = html("input", {
    type: "text",
    maxlength: LONGEST_TEXT,
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
  });
  const name = html("span", { class: "gd-label", text: "Your formula" });
  const label = html("label", { class: "gd-field gd-typed" }, name, input);
  const problem = html("p", { class: "gd-problem", role: "alert" });
  typing(stage, input);
  let drawn = "";
  return {
    el: html("div", {}, label, problem),
    /** @param {State} state */
    draw({ formula: { text, problem: why } }) {
      if (text !== drawn && input.value !== text) input.value = text;
      drawn = text;
      set(input, { "aria-invalid": why ? "true" : null });
      set(problem, { text: why, hidden: why === "" });
    },
  };
}

/** Send the text when the reader pauses, leaves or presses Enter. @param {Stage} stage @param {HTMLInputElement} input */
function typing(stage, input) {
  let timer = 0;
  const send = () => {
    clearTimeout(timer);
    stage.send({ type: "formula", text: input.value });
  };
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(send, PAUSE);
  };
  const { signal } = stage;
  input.addEventListener("input", later, { signal });
  input.addEventListener("change", send, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
}

/** The curve or the race, built anew for each formula. @param {Stage} stage */
function makeInside(stage) {
  const el = html("div");
  let life = new AbortController();
  /** @type {import("../runtime/types.js").Settings} */
  let shown;
  /** @type {(state: State) => void} */
  let drawInside;
  stage.signal.addEventListener("abort", () => life.abort());
  /** @param {import("../runtime/types.js").Settings} inner */
  const open = (inner) => {
    const unfolded = el.querySelector("details")?.open ?? false;
    life.abort();
    life = new AbortController();
    el.replaceChildren();
    shown = inner;
    const kind = pure.isCurve(inner) ? curve : contours;
    drawInside = kind.build({
      ...stage,
      root: el,
      settings: inner,
      signal: life.signal,
    });
    el.querySelector("details")?.toggleAttribute("open", unfolded);
  };
  return {
    el,
    open,
    /** @param {State} state */
    draw(state) {
      if (state.formula.inner !== shown) open(state.formula.inner);
      drawInside(state);
    },
  };
}

/** Zoom, and the same run as Python. @param {Stage} stage */
function makeTools(stage) {
  const nearer = button(stage, "Zoom in", () => ({ type: "zoom", by: 1 }));
  const farther = button(stage, "Zoom out", () => ({ type: "zoom", by: -1 }));
  const python = makePython(stage);
  const buttons = html("div", { class: "gd-player" }, nearer, farther, python.button);
  return {
    el: html("div", {}, row(buttons), python.el),
    /** @param {State} state */
    draw(state) {
      const { zoom } = state.formula;
      set(nearer, { "aria-disabled": zoom === pure.FARTHEST ? "true" : null });
      set(farther, { "aria-disabled": zoom === -pure.FARTHEST ? "true" : null });
      python.draw(state);
    },
  };
}

/** @param {Stage} stage */
function makePython(stage) {
  const open = html("button", {
    type: "button",
    class: "gd-button",
    text: "Open as Python",
  });
  const code = html("code");
  const block = html("pre", { class: "gd-code", tabindex: 0 }, code);
  const words = html("p", { class: "gd-copied", role: "status" });
  const el = html("div", { hidden: true }, words, block);
  open.addEventListener("click", () => void show(), { signal: stage.signal });
  const show = async () => {
    el.hidden = false;
    const copied = await copy(code.textContent ?? "");
    set(words, {
      text: copied
        ? "Copied: paste it into a cell of a notebook for the same run."
        : "Select this code, copy it, and paste it into a cell of a notebook for the same run.",
    });
    if (!copied) window.getSelection()?.selectAllChildren(code);
  };
  return {
    el,
    button: open,
    /** @param {State} state */
    draw(state) {
      const text = pythonOf(state);
      if (code.textContent !== text) set(words, { text: "The same run in Python:" });
      set(code, { text });
    },
  };
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
