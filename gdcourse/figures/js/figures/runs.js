// Recorded runs: medians and bands over seeds, read at a cursor.

import { makeBands } from "../drawing/bands.js";
import { html, set } from "../drawing/dom.js";
import { board, frame } from "../drawing/plot.js";
import { onAxis } from "../pure/losses.js";
import { clamp } from "../pure/ranges.js";
import * as pure from "../pure/runs.js";
import { button, field, more, row, toggle } from "../runtime/controls.js";
import { makeCursor } from "./cursor.js";
import { makeLegend } from "./legend.js";

/** @typedef {import("../pure/runs.js").State} State */
/** @typedef {import("../pure/runs.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */

const MARGIN = { left: 58, bottom: 40 };

/** @type {import("../runtime/types.js").Kind<State>} */
export const runs = {
  title: "recorded runs",
  begin: pure.begin,
  next: pure.next,
  say: pure.say,
  table: pure.table,
  save: pure.save,
  restore: pure.restore,
  moved: ({ world, at }) => ({ at: world.places[at] }),
  build(stage) {
    const { world } = pure.begin(stage.settings);
    const plot = makePlot(stage, world);
    const legend = makeLegend(stage, world.racers.map(noted), world.racers.length > 1);
    const words = html("p", { class: "gd-key", text: keyWords(world) });
    const controls = makeControls(stage, world);
    stage.root.append(plot.el, words, legend.el, stage.status, controls.el);
    return (state) => {
      plot.draw(state);
      legend.draw(
        state.on,
        world.racers.map((racer) => ({ text: pure.standing(state, racer) })),
      );
      controls.draw(state);
    };
  },
};

/** @param {import("../pure/runs.js").Racer} racer */
function noted(racer) {
  return racer.note ? { ...racer, label: `${racer.label}, ${racer.note}` } : racer;
}

/** @param {World} world */
function keyWords({ seeds, band }) {
  if (!band) return `Each line is ${seeds}.`;
  return `Lines are medians over ${seeds}; bands show the ${band}.`;
}

/** @param {Stage} stage @param {World} world */
function makePlot(stage, world) {
  const el = board(`${world.y} against ${world.x}`);
  const axes = frame(el);
  const bands = makeBands();
  const cursor = makeCursor(stage, el, `Cursor: ${world.x}`);
  axes.plot.append(bands.el);
  axes.over.append(cursor.line, bands.marks, cursor.el);
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const axis = pure.axisOf(state);
      const scales = setAxes(axes, state, axis);
      bands.draw(bandsOf(state, axis, scales));
      cursor.draw(readingOf(state), scales);
    },
  };
}

/** @param {ReturnType<typeof frame>} axes @param {State} state @param {import("../pure/losses.js").LossAxis} axis */
function setAxes(axes, { world, width }, axis) {
  const { places, x, y } = world;
  return axes.set({
    width,
    height: clamp(width * 0.75, 220, 320),
    margin: MARGIN,
    x: { domain: [places[0], places[places.length - 1]], label: x },
    y: { ...axis, label: y },
  });
}

/** @param {State} state @param {import("../pure/losses.js").LossAxis} axis @param {Scales} scales @returns {import("../drawing/bands.js").Band[]} */
function bandsOf(state, axis, { x, y }) {
  const { racers, places, band } = state.world;
  return racers.map((look, i) => {
    const points = (/** @type {number[]} */ values) =>
      values.map(
        (value, k) =>
          /** @type {[number, number]} */ ([x(places[k]), y(onAxis(axis, value))]),
      );
    if (!state.on[i]) return { look, low: [], middle: [], high: [], mark: null };
    const middle = points(look.median);
    const [low, high] = band ? [points(look.low), points(look.high)] : [[], []];
    return { look, low, middle, high, mark: middle[state.at] };
  });
}

/** @param {State} state @returns {import("./cursor.js").Reading} */
function readingOf(state) {
  const { places } = state.world;
  return {
    at: places[state.at],
    words: pure.say(state),
    least: places[0],
    most: places[places.length - 1],
    stride: pure.strideOf(state.world),
  };
}

/** @param {Stage} stage @param {World} world */
function makeControls(stage, { places, x, positive }) {
  const reset = button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet");
  reset.title = "Back to the text’s values";
  const typed = field(stage, {
    label: `Cursor at ${x}`,
    range: { min: places[0], max: places[places.length - 1] },
    event: (value) => ({ type: "at", value }),
  });
  const log = toggle(stage, {
    label: "Logarithmic axis",
    event: (on) => ({ type: "log", on }),
  });
  set(log.el, { hidden: positive ? null : "" });
  return {
    el: html("div", {}, row(log.el, reset), more("More controls", typed.el)),
    /** @param {State} state */
    draw(state) {
      typed.set(places[state.at]);
      log.set(state.log);
    },
  };
}
