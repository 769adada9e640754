// Partial derivatives: drag a point over contours, see both slices and their slopes.

import { html } from "../drawing/dom.js";
import { brief } from "../pure/numbers.js";
import * as pure from "../pure/slices.js";
import { say, table } from "../pure/slices-words.js";
import { button, field, more, row, slider, toggle } from "../runtime/controls.js";
import { makeMap } from "./slices-map.js";
import { makeCurveOfErrors, makeCut, makeSlopes } from "./slices-panels.js";

/** @typedef {import("../pure/slices.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */

/** @type {import("../runtime/types.js").Kind<State>} */
export const slices = {
  title: "partial derivatives as slopes of slices",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const { world } = pure.begin(stage.settings);
    const map = makeMap(stage, world);
    const cuts = pure.AXES.map((axis) => makeCut(world, axis));
    const column = html("div", { class: "gd-cuts" }, ...cuts.map(({ el }) => el));
    const parts = [
      map,
      ...cuts,
      makeSlopes(world),
      makeControls(stage),
      makeCurveOfErrors(stage),
    ];
    const [slopes, controls, errors] = parts.slice(3);
    const boards = html("div", { class: "gd-boards" }, map.el, column);
    stage.root.append(boards, slopes.el, stage.status, controls.el, errors.el);
    return (state) => parts.forEach(({ draw }) => draw(state));
  },
};

/** @param {Stage} stage */
function makeControls(stage) {
  const { deltas, surface } = stage.settings;
  const range = { min: deltas[0], max: deltas[1], log: true, digits: 2 };
  const event = (/** @type {number} */ value) => ({ type: "delta", value });
  const delta = slider(stage, { label: "Step Δ", range, write: brief, event });
  const typed = field(stage, { label: "Step Δ", range, event });
  const reset = button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet");
  reset.title = "Back to the text’s values";
  /** @type {State} */
  let now;
  const places = pure.AXES.map((axis) =>
    field(stage, {
      label: surface.variables[axis],
      event: (value) => ({
        type: "point",
        point: now.point.map((old, i) => (i === axis ? value : old)),
      }),
    }),
  );
  const both = toggle(stage, {
    label: "Central difference: a step to both sides",
    event: (on) => ({ type: "central", on }),
  });
  const unfold = more(
    "More controls",
    ...places.map(({ el }) => el),
    typed.el,
    both.el,
  );
  return {
    el: html("div", { class: "gd-delta" }, row(delta.el, reset), unfold),
    /** @param {State} state */
    draw(state) {
      now = state;
      for (const each of [delta, typed]) each.set(state.delta);
      places.forEach((place, axis) => place.set(state.point[axis]));
      both.set(state.central);
    },
  };
}
