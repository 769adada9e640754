// Arrows at the heads of racers, one style for each meaning.

import { join, set, svg } from "./dom.js";
import { arrowHead } from "./marks.js";

/** @typedef {import("./plot.js").Scales} Scales */
/** @typedef {import("./losses.js").Look} Look */
/** @typedef {[number, number]} Point */
/** @typedef {{kind: string, to: Point | null}} Arrow  `to` in pixels from the head */
/** @typedef {{look: Look, x: number, y: number, arrows: Arrow[]}} Bunch */

export function makeBunches() {
  const el = svg("g", { "aria-hidden": "true" });
  return {
    el,
    /** @param {Bunch[]} bunches */
    draw: (bunches) =>
      join(
        el,
        bunches,
        () => svg("g"),
        (group, { look, x, y, arrows }) => {
          set(group, {
            style: `--gd-own: ${look.colour}`,
            transform: `translate(${x.toFixed(1)},${y.toFixed(1)})`,
          });
          join(group, arrows, makeArrow, drawArrow);
        },
      ),
  };
}

function makeArrow() {
  return svg("g", {}, svg("path", { class: "gd-path gd-under" }), svg("path"));
}

/** @param {Element} group @param {Arrow} arrow */
function drawArrow(group, { kind, to }) {
  const [under, line] = group.children;
  set(line, { class: `gd-path gd-arrow gd-arrow-${kind}` });
  for (const each of [under, line]) set(each, { d: to ? arrow(to) : "" });
}

/** @param {Point} to */
function arrow([x, y]) {
  return `M0,0L${x.toFixed(1)},${y.toFixed(1)}${arrowHead(x, y, Math.atan2(y, x), 8)}`;
}

/** A sample of an arrow for a key. @param {string} kind */
export function sampleArrow(kind) {
  const line = svg("path", {
    class: `gd-path gd-arrow gd-arrow-${kind}`,
    d: `M2,8H38${arrowHead(38, 8, 0, 8)}`,
  });
  const box = { viewBox: "0 0 42 16", width: 42, height: 16, "aria-hidden": "true" };
  return svg("svg", box, line);
}
