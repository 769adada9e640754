// A figure that asks before it runs: choose, or draw; one click skips.

import { html, set } from "../drawing/dom.js";
import { drawn, REGIMES, SKIPPED, verdict } from "../pure/predict.js";
import { button } from "./controls.js";

/** @typedef {import("../pure/predict.js").Guess} Guess */
/** @typedef {import("../pure/predict.js").Outcome} Outcome */
/** @typedef {import("./types.js").Stage} Stage */
/** @typedef {import("./types.js").Event} Event */

const WAITS = new Set(["play", "step", "shown"]); // until the question is answered
const OWN = new Set(["sketch", "skip"]);
const CHANGES = new Set(["start", "rate", "on"]); // after which an answer is stale

/**
 * Let a kind of figure ask `settings.predict` before its first run.
 * @template {import("./types.js").Common & {guess: Guess}} State
 * @param {import("./types.js").Kind<State>} kind  whose `begin` calls `opening`
 * @param {(state: State) => Outcome} measure
 * @returns {import("./types.js").Kind<State>}
 */
export function predictable(kind, measure) {
  return {
    ...kind,
    next(state, event) {
      const guess = guessed(state.guess, event);
      if (guess.open && WAITS.has(event.type)) return state;
      const now = guess === state.guess ? state : { ...state, guess };
      if (OWN.has(event.type)) return now;
      return kind.next(now, event.type === "choose" ? { type: "play" } : event);
    },
    build(stage) {
      const draw = kind.build(stage);
      if (!stage.settings.predict) return draw;
      const panel = makePanel(stage);
      stage.status.after(panel.el);
      return (state) => {
        draw(state);
        panel.draw(state.guess);
        stage.root.classList.toggle("gd-asking", state.guess.open);
      };
    },
    say: (state) =>
      [kind.say(state), verdict(state.guess, measure(state))].filter(Boolean).join(" "),
    restore: (state, numbers) => ({
      ...(kind.restore?.(state, numbers) ?? state),
      guess: SKIPPED,
    }),
  };
}

/** @param {Guess} guess @param {Event} event @returns {Guess} */
function guessed(guess, event) {
  if (guess.open && event.type === "sketch") return drawn(guess, event.point);
  if (guess.open && event.type === "skip") return SKIPPED;
  if (guess.open && event.type === "choose")
    return { ...guess, open: false, regime: event.regime };
  if (!guess.open && guess.regime && CHANGES.has(event.type)) return SKIPPED;
  return guess;
}

/** @param {Stage} stage */
function makePanel(stage) {
  const question = html("p", { class: "gd-question", text: stage.settings.predict });
  const choices = Object.entries(REGIMES).map(([regime, { choice }]) =>
    button(stage, `It ${choice}`, () => ({ type: "choose", regime }), "gd-choice"),
  );
  const skip = button(stage, "Skip", () => ({ type: "skip" }), "gd-quiet");
  const el = html(
    "div",
    { class: "gd-predict", role: "group", "aria-label": "Your prediction" },
    question,
    html("div", { class: "gd-choices" }, ...choices, skip),
  );
  return {
    el,
    /** @param {Guess} guess */
    draw: ({ open }) => set(el, { hidden: open ? null : "" }),
  };
}
