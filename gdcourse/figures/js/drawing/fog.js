// The ground that a walker in fog can see: a few steps of it, with its slope.

import { join, set, svg } from "./dom.js";
import { arrowHead } from "./marks.js";
import { lineThrough } from "./plot.js";

/** @typedef {[number, number]} Point */

const RADIUS = 34; // of the ground in sight, pixels
const LINES = 40; // height lines from the lowest to the highest ground of the map
const CLOSEST = 4; // pixels between them
const ARROW = [18, 31]; // where it begins and ends

/** Height lines underfoot, closer where it is steeper, and an arrow that points down. */
export function makeUnderfoot() {
  const [lines, arrow] = [svg("g"), svg("path", { class: "gd-path gd-downhill" })];
  const clearing = svg("circle", { class: "gd-clearing", r: RADIUS });
  const el = svg("g", { "aria-hidden": "true" }, clearing, lines, arrow);
  return {
    el,
    /** @param {Point} at pixels @param {{slope: number, down: number, flat: boolean}} felt @param {number} relief @param {number} unit pixels per unit of the map */
    draw([x, y], { slope, down, flat }, relief, unit) {
      const apart = Math.max(((relief / LINES) * unit) / slope, CLOSEST);
      const few = Math.min(Math.floor((RADIUS - 1) / apart), RADIUS);
      const places = Array.from({ length: 2 * few + 1 }, (_, i) => (i - few) * apart);
      join(
        lines,
        flat ? [] : places,
        () => svg("path", { class: "gd-felt" }),
        (line, place) => set(line, { d: chord(place) }),
      );
      const head = arrowHead(0, -ARROW[1], -Math.PI / 2, 8);
      set(arrow, { d: flat ? "" : `M0,${-ARROW[0]}V${-ARROW[1]}${head}` });
      el.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) rotate(${down.toFixed(1)}deg)`;
    },
  };
}

/** A line across the clearing, so far from its middle. @param {number} place */
function chord(place) {
  const half = Math.sqrt(RADIUS ** 2 - place ** 2);
  return lineThrough([
    [-half, place],
    [half, place],
  ]);
}
