// Native buttons, sliders, number fields and switches; each has set(…) for draw(state).

import { html, set } from "../drawing/dom.js";
import { TICKS, placeOf, valueAt } from "../pure/ranges.js";

/** @typedef {import("./types.js").Stage} Stage */
/** @typedef {import("../pure/ranges.js").Range} Range */

/**
 * @param {Stage} stage
 * @param {string} label
 * @param {() => import("./types.js").Event} event
 * @param {string} [style] extra class, such as "gd-main"
 */
export function button(stage, label, event, style = "") {
  const el = html("button", {
    type: "button",
    class: `gd-button ${style}`.trim(),
    text: label,
  });
  el.addEventListener("click", () => stage.send(event()), { signal: stage.signal });
  return el;
}

/**
 * A slider over a plain or logarithmic range.
 * @param {Stage} stage
 * @param {{label: string, range: Range, write: (value: number) => string, event: (value: number) => import("./types.js").Event}} options
 * @returns {{el: HTMLElement, set: (value: number) => void}}
 */
export function slider(stage, { label, range, write, event }) {
  const places = range.places ?? TICKS;
  const input = html("input", { type: "range", min: 0, max: places, step: 1 });
  // No output element: it would take the label from the input.
  const shown = html("span", { class: "gd-value", "aria-hidden": "true" });
  const name = html("span", { class: "gd-label", text: label });
  const el = html("label", { class: "gd-slider" }, name, shown, input);
  const send = () => stage.send(event(valueAt(range, input.valueAsNumber)));
  input.addEventListener("input", send, { signal: stage.signal });
  return {
    el,
    set(value) {
      const place = placeOf(range, value);
      if (valueAt(range, input.valueAsNumber) !== value) input.valueAsNumber = place;
      input.style.setProperty("--gd-filled", `${(100 * place) / places}%`);
      input.setAttribute("aria-valuetext", write(value));
      set(shown, { text: write(value) });
    },
  };
}

/**
 * A field for a typed number; what is no number, or out of range, changes nothing.
 * @param {Stage} stage
 * @param {{label: string, range?: Range, event: (value: number) => import("./types.js").Event}} options
 * @returns {{el: HTMLElement, set: (value: number) => void}}
 */
export function field(stage, { label, range, event }) {
  const limits = range ? { min: range.min, max: range.max } : {};
  const input = html("input", {
    type: "number",
    step: "any",
    inputmode: "decimal",
    ...limits,
  });
  const el = html(
    "label",
    { class: "gd-field" },
    html("span", { class: "gd-label", text: label }),
    input,
  );
  const send = () => {
    if (input.value !== "" && input.validity.valid)
      stage.send(event(input.valueAsNumber));
  };
  input.addEventListener("change", send, { signal: stage.signal });
  return {
    el,
    set(value) {
      if (document.activeElement !== input || input.valueAsNumber !== value)
        input.value = String(Number(value.toPrecision(6)));
    },
  };
}

/**
 * A switch, drawn as a check box with a label that may hold elements.
 * @param {Stage} stage
 * @param {{label: string | Node, event: (on: boolean) => import("./types.js").Event}} options
 * @returns {{el: HTMLElement, set: (on: boolean) => void}}
 */
export function toggle(stage, { label, event }) {
  const input = html("input", { type: "checkbox" });
  const el = html("label", { class: "gd-toggle" }, input, html("span", {}, label));
  input.addEventListener("change", () => stage.send(event(input.checked)), {
    signal: stage.signal,
  });
  return { el, set: (on) => void (input.checked = on) };
}

/** @param {...(Node | string)} children */
export function row(...children) {
  return html("div", { class: "gd-row" }, ...children);
}

/** Controls that unfold. @param {string} summary @param {...(Node | string)} children */
export function more(summary, ...children) {
  const inside = html("div", { class: "gd-inside" }, ...children);
  return html(
    "details",
    { class: "gd-more" },
    html("summary", { text: summary }),
    inside,
  );
}

/**
 * Step, Run or Pause, and Reset: the reader's way through a run.
 * @param {Stage} stage
 * @returns {{el: HTMLElement, set: (state: {playing: boolean}, atEnd?: boolean) => void}}
 */
export function player(stage) {
  let playing = false;
  const step = button(stage, "Step", () => ({ type: "step" }));
  const run = button(
    stage,
    "Run",
    () => ({ type: playing ? "pause" : "play" }),
    "gd-main",
  );
  const reset = button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet");
  reset.title = "Back to the text’s values";
  return {
    el: html("div", { class: "gd-player" }, step, run, reset),
    set(state, atEnd = false) {
      playing = state.playing;
      set(run, { text: playing ? "Pause" : "Run" });
      for (const each of [step, run])
        set(each, { "aria-disabled": atEnd ? "true" : null });
    },
  };
}

/** @param {Stage} stage @param {Range} range steps a second */
export function speed(stage, range = { min: 0.5, max: 50, log: true, digits: 2 }) {
  return slider(stage, {
    label: "Speed",
    range,
    write: (value) => `${value} ${value === 1 ? "step" : "steps"} a second`,
    event: (value) => ({ type: "speed", value }),
  });
}
