// The inner state of racers as arrows at their heads, with a key in words.

import { makeBunches, sampleArrow } from "../drawing/arrows.js";
import { html, join, set } from "../drawing/dom.js";
import { pixelsOf } from "../drawing/map.js";
import { carried, carriedWords } from "../pure/arrows.js";
import { rowAt, runsOf } from "../pure/race.js";

/** @typedef {import("../pure/race.js").State} State */
/** @typedef {import("../pure/race.js").Point} Point */
/** @typedef {import("../drawing/plot.js").Scales} Scales */

const LONGEST = 52; // pixels
const KEY = [
  ["gradient", "the plain gradient, downhill"],
  ["memory", "what the rule remembers, on the gradient’s scale"],
  ["step", "its next step: only the direction"],
];

/** The arrows on the map. */
export function makeArrows() {
  const bunches = makeBunches();
  return {
    el: bunches.el,
    /** @param {State} state @param {Scales} scales */
    draw: (state, scales) =>
      bunches.draw(
        state.world.racers.map((look, i) => bunchOf(state, look, i, scales)),
      ),
  };
}

/** @param {State} state @param {import("../drawing/losses.js").Look} look @param {number} i @param {Scales} scales @returns {import("../drawing/arrows.js").Bunch} */
function bunchOf(state, look, i, scales) {
  const run = runsOf(state)[i];
  const [[x, y]] = pixelsOf(scales, [run.x[rowAt(state, run)]]);
  const { left, right, top, bottom } = scales;
  const inside = x >= left && x <= right && y >= top && y <= bottom;
  const carries = inside ? carried(state, i) : null;
  if (!carries) return { look, x: 0, y: 0, arrows: [] };
  const [gradient, memory, step] = [carries.gradient, carries.memory, carries.step].map(
    (vector) => vector && inPixels(vector, scales),
  );
  const most = Math.max(...[gradient, memory].map((v) => (v ? Math.hypot(...v) : 0)));
  return {
    look,
    x,
    y,
    arrows: [
      { kind: "step", to: scaled(step, step ? Math.hypot(...step) : 1) },
      { kind: "memory", to: scaled(memory, most) },
      { kind: "gradient", to: scaled(gradient, most) },
    ],
  };
}

/** @param {Point} vector @param {Scales} scales @returns {Point} */
function inPixels([a, b], { x, y }) {
  return [a * (x(1) - x(0)), b * (y(1) - y(0))];
}

/** @param {Point | null} vector @param {number} most @returns {Point | null} */
function scaled(vector, most) {
  return vector && [(vector[0] / most) * LONGEST, (vector[1] / most) * LONGEST];
}

/** What the arrows mean, and what each racer's say in numbers. @param {import("../pure/race.js").World} world */
export function makeKey({ racers }) {
  const samples = KEY.map(([kind, words]) =>
    html(
      "span",
      { class: "gd-sample" },
      sampleArrow(kind),
      html("span", { text: words }),
    ),
  );
  const list = html("ul", { class: "gd-carried" });
  return {
    el: html("div", { class: "gd-arrows" }, html("div", {}, ...samples), list),
    /** @param {State} state */
    draw(state) {
      const lines = racers.flatMap(({ label, colour }, i) => {
        const words = carriedWords(carried(state, i));
        return words ? [{ label, colour, words }] : [];
      });
      join(
        list,
        lines,
        () => html("li", {}, html("span", { class: "gd-racer-name" }), html("span")),
        (line, { label, colour, words }) => {
          set(line, { style: `--gd-own: ${colour}` });
          set(line.children[0], { text: `${label}: ` });
          set(line.children[1], { text: words });
        },
      );
    },
  };
}
