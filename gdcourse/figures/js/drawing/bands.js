// Lines in the middle of bands: what several runs of one rule have in common.

import { join, set, svg } from "./dom.js";
import { marker } from "./marks.js";
import { lineThrough } from "./plot.js";

/** @typedef {[number, number]} Point */
/** @typedef {{look: import("./losses.js").Look, low: Point[], middle: Point[], high: Point[], mark: Point | null}} Band  in pixels; empty where it is switched off */

export function makeBands() {
  const [areas, lines, marks] = [
    svg("g"),
    svg("g"),
    svg("g", { "aria-hidden": "true" }),
  ];
  return {
    el: svg("g", {}, areas, lines),
    marks,
    /** @param {Band[]} bands */
    draw(bands) {
      join(
        areas,
        bands,
        ({ look }) => svg("path", { class: "gd-spread", style: own(look) }),
        (area, { low, high }) =>
          set(area, {
            d: low.length ? `${lineThrough([...high, ...[...low].reverse()])}Z` : "",
          }),
      );
      join(
        lines,
        bands,
        ({ look }) =>
          svg("path", {
            class: "gd-path",
            style: own(look),
            "stroke-dasharray": look.dash || null,
          }),
        (line, { middle }) => set(line, { d: lineThrough(middle) }),
      );
      join(
        marks,
        bands,
        ({ look }) => svg("g", { style: own(look) }, marker(look.marker)),
        (mark, { mark: place }) =>
          set(mark, {
            visibility: place ? "visible" : "hidden",
            transform: place && `translate(${place.map(hundredth)}) scale(1.2)`,
          }),
      );
    },
  };
}

/** @param {import("./losses.js").Look} look */
function own({ colour }) {
  return `--gd-own: ${colour}`;
}

/** @param {number} pixel */
function hundredth(pixel) {
  return pixel.toFixed(2);
}
