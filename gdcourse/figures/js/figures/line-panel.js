// Beside the line: which points, the sums of a step in numbers, and the controls.

import { html, join, set } from "../drawing/dom.js";
import * as pure from "../pure/line.js";
import { sums } from "../pure/line-words.js";
import { equation, inUnits, miss, standardised, trimmed } from "../pure/lines.js";
import { brief } from "../pure/numbers.js";
import {
  field,
  more,
  player,
  row,
  slider,
  speed,
  toggle,
} from "../runtime/controls.js";

/** @typedef {import("../pure/line.js").State} State */
/** @typedef {import("../pure/line.js").Points} Points */
/** @typedef {import("../runtime/types.js").Stage} Stage */

/** Which points: native radio buttons, where there is a choice. @param {Stage} stage @param {Points[]} sets */
export function makeChoice(stage, sets) {
  const boxes = sets.map((points, shown) => {
    const box = html("input", { type: "radio", name: "points" });
    box.addEventListener("change", () => stage.send({ type: "set", shown }), {
      signal: stage.signal,
    });
    return {
      box,
      label: html(
        "label",
        { class: "gd-tab" },
        box,
        html("span", { text: points.label }),
      ),
    };
  });
  const legend = html("legend", { class: "gd-hidden", text: "Points to fit" });
  const tabs = html(
    "fieldset",
    { class: "gd-tabs" },
    legend,
    ...boxes.map(({ label }) => label),
  );
  return {
    el: html("form", { hidden: sets.length < 2 }, tabs),
    /** @param {State} state */
    draw: (state) =>
      boxes.forEach(({ box }, shown) => void (box.checked = shown === state.shown)),
  };
}

// Words and numbers

export function makeWords() {
  const fitted = makeFitted();
  const title = html("p", { class: "gd-sums-title" });
  const lines = html("div", { class: "gd-sums" });
  const note = html("p", { class: "gd-sampled" });
  return {
    el: html("div", { class: "gd-words" }, fitted.el, title, lines, note),
    /** @param {State} state */
    draw(state) {
      fitted.draw(state);
      drawSums(title, lines, sums(state));
      set(note, { text: sampledWords(pure.pointsOf(state)) });
    },
  };
}

/** The line as a formula, its loss, and both in the units of the data. */
function makeFitted() {
  const [formula, loss, real] = ["gd-formula", "gd-loss", "gd-real"].map((name) =>
    html("span", { class: name }),
  );
  return {
    el: html("p", { class: "gd-fitted" }, formula, loss, real),
    /** @param {State} state */
    draw(state) {
      const { axes, measure } = pure.pointsOf(state);
      const here = pure.latest(state);
      const inReal = `${inUnits(axes, here)}, typical miss ${miss(axes, here.loss)} ${measure}`;
      set(formula, { text: equation(here.w, here.b) });
      set(loss, { text: `MSE ${trimmed(here.loss)}` });
      set(real, { text: standardised(axes) ? inReal : "" });
    },
  };
}

/** @param {Points} points */
function sampledWords({ x, sampled, label, noun }) {
  if (x.length === sampled.length) return "";
  return `${sampled.length} of the ${label} show their error; the MSE is over all ${noun}.`;
}

/** @param {Element} title @param {Element} el @param {ReturnType<typeof sums>} shown */
function drawSums(title, el, shown) {
  set(title, { text: shown.title });
  join(
    el,
    shown.rows,
    () => html("p", {}, html("span"), html("span", { class: "gd-sum" })),
    (line, { gradient, update }) => {
      set(line.children[0], { text: gradient });
      set(line.children[1], { text: update });
    },
  );
}

// Controls

/** @param {Stage} stage */
export function makeControls(stage) {
  const { rates } = stage.settings;
  const range = { min: rates[0], max: rates[1], log: true };
  const rateEvent = (/** @type {number} */ value) => ({ type: "rate", value });
  const rate = slider(stage, {
    label: "Learning rate",
    range,
    write: brief,
    event: rateEvent,
  });
  const buttons = player(stage);
  const flip = (/** @type {string} */ label, /** @type {string} */ name) =>
    toggle(stage, { label, event: (on) => ({ type: "switch", name, on }) });
  const squares = flip("Squared errors", "squares");
  const fitted = flip("Show the least-squares fit", "fitted");
  const log = flip("Logarithmic loss axis", "logLoss");
  const [w, b] = ["w", "b"].map((name) =>
    field(stage, {
      label: name === "w" ? "Start: slope w" : "Start: intercept b",
      event: (value) => ({ type: "line", [name]: value }),
    }),
  );
  const typed = field(stage, { label: "Learning rate", range, event: rateEvent });
  const pace = speed(stage);
  const unfold = more("More controls", w.el, b.el, typed.el, pace.el, log.el);
  return {
    el: row(rate.el, buttons.el),
    more: html("div", {}, row(squares.el, fitted.el), unfold),
    /** @param {State} state */
    draw(state) {
      rate.set(state.rate);
      typed.set(state.rate);
      buttons.set(state, pure.stuck(state));
      squares.set(state.squares);
      fitted.set(state.fitted);
      log.set(state.logLoss);
      w.set(state.lines[0].w);
      b.set(state.lines[0].b);
      pace.set(state.speed);
    },
  };
}
