// A plot of losses, step by step: one line a run, in its colour, dash and marker.

import { spaced } from "../pure/labels.js";
import { onAxis, untilOut } from "../pure/losses.js";
import { join, set, svg } from "./dom.js";
import { marker } from "./marks.js";
import { board, frame, lineThrough } from "./plot.js";

/** @typedef {{colour: string, dash: string, marker: string}} Look */
/** @typedef {{losses: number[], look: Look, plain?: boolean}} Curve  `plain` curves carry no marks */
/** @typedef {import("../pure/losses.js").LossAxis} LossAxis */
/**
 * @typedef {object} Losses
 * @property {number} width
 * @property {number} height
 * @property {number} steps   the end of the step axis
 * @property {LossAxis} axis
 * @property {string} [label] of the losses
 * @property {string} [unit]  of the step axis
 * @property {import("./plot.js").Axis} [across]  in place of the step axis
 * @property {number[][]} [places]  each curve's places on it
 * @property {Curve[]} curves
 */

const DOTTED = 40; // runs of at most so many steps show each of them

/** @param {string} [words] for screen readers */
export function lossBoard(words = "The loss after each step") {
  const el = board(words);
  const axes = frame(el);
  const lines = svg("g");
  const heads = svg("g");
  axes.plot.append(lines);
  axes.over.append(heads);
  return {
    el,
    /** @param {Losses} losses */
    draw({ width, height, steps, axis, label = "loss", unit, across, places, curves }) {
      const x = across ?? stepAxis(steps, unit);
      const scales = axes.set({ width, height, x, y: { ...axis, label } });
      /** @type {[number, number][][]} */
      const points = curves.map(({ losses }, i) =>
        untilOut(axis, losses).map((loss, t) => [
          scales.x(places ? places[i][t] : t),
          scales.y(onAxis(axis, loss)),
        ]),
      );
      drawLines(lines, curves, points);
      drawHeads(heads, curves, points, scales.top);
    },
  };
}

/** @param {number} steps @returns {import("./plot.js").Axis} */
function stepAxis(steps, label = "step") {
  return { domain: [0, Math.max(steps, 10)], label, ticks: 4 };
}

/** @param {Element} lines @param {Curve[]} curves @param {[number, number][][]} points */
function drawLines(lines, curves, points) {
  join(
    lines,
    curves,
    ({ look }) =>
      svg(
        "g",
        { style: `--gd-own: ${look.colour}` },
        svg("path", { class: "gd-path", "stroke-dasharray": look.dash || null }),
        svg("g"),
      ),
    (group, { look, plain }, i) => {
      const [line, dots] = group.children;
      set(line, { d: lineThrough(spaced(points[i], 0.7)) });
      const each = points[i].length <= DOTTED && !plain ? points[i].slice(0, -1) : [];
      join(
        dots,
        each,
        () => marker(look.marker),
        (dot, [x, y]) => set(dot, { transform: `translate(${x},${y}) scale(0.6)` }),
      );
    },
  );
}

/** @param {Element} heads @param {Curve[]} curves @param {[number, number][][]} points @param {number} top */
function drawHeads(heads, curves, points, top) {
  join(
    heads,
    curves,
    ({ look }) => svg("g", { style: `--gd-own: ${look.colour}` }, marker(look.marker)),
    (group, { plain }, i) => {
      const end = plain ? undefined : points[i][points[i].length - 1];
      set(group, {
        visibility: end ? "visible" : "hidden",
        transform: end && `translate(${end[0]},${Math.max(end[1], top)})`,
      });
    },
  );
}
