// Schedules side by side: drag the cursor, switch lines on and off.

import { html, join, set, svg } from "../drawing/dom.js";
import { marker } from "../drawing/marks.js";
import { board, frame, lineThrough } from "../drawing/plot.js";
import * as pure from "../pure/schedules.js";
import { clamp } from "../pure/ranges.js";
import { button, field, more, row, toggle } from "../runtime/controls.js";
import { makeCursor } from "./cursor.js";
import { makeLegend } from "./legend.js";

/** @typedef {import("../pure/schedules.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */

const MARGIN = { left: 58, bottom: 40 };
const HEIGHT = 300;

/** @type {import("../runtime/types.js").Kind<State>} */
export const schedules = {
  title: "learning-rate schedules",
  begin: pure.begin,
  next: pure.next,
  say: pure.say,
  table: pure.table,
  save: pure.save,
  restore: pure.restore,
  moved: ({ at }) => ({ at }),
  build(stage) {
    const { world } = pure.begin(stage.settings);
    const plot = makePlot(stage);
    const legend = makeLegend(stage, world.racers, world.racers.length > 1);
    const controls = makeControls(stage, world);
    stage.root.append(plot.el, legend.el, stage.status, controls.el);
    return (state) => {
      plot.draw(state);
      legend.draw(
        state.on,
        world.racers.map((_, i) => ({ text: pure.standing(state, i) })),
      );
      controls.draw(state);
    };
  },
};

/** @param {Stage} stage */
function makePlot(stage) {
  const el = board("The learning rate at each step");
  const axes = frame(el);
  const [lines, marks] = [svg("g"), svg("g", { "aria-hidden": "true" })];
  axes.plot.append(lines);
  const cursor = makeCursor(stage, el, `Cursor: ${stage.settings.unit}`);
  axes.over.append(cursor.line, marks, cursor.el);
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const scales = setAxes(axes, state);
      drawLines(lines, state, scales);
      drawMarks(marks, state, scales);
      cursor.draw(readingOf(state), scales);
    },
  };
}

/** @param {State} state @returns {import("./cursor.js").Reading} */
function readingOf(state) {
  const { world, at } = state;
  const words = pure.say(state);
  return { at, words, least: 0, most: world.steps, stride: pure.stride(world) };
}

/** @param {ReturnType<typeof frame>} axes @param {State} state */
function setAxes(axes, state) {
  const { world, width, log } = state;
  return axes.set({
    width,
    height: clamp(width * 0.75, 220, HEIGHT),
    margin: MARGIN,
    x: { domain: [0, world.steps], label: world.unit },
    y: { domain: pure.domainOf(state), log, label: "learning rate" },
  });
}

/** Where a rate is drawn; a log axis has no zero. @param {State} state @param {Scales} scales @param {number} rate */
function heightOf({ log }, { y, bottom }, rate) {
  return log && !(rate > y.domain()[0]) ? bottom + 3 : y(rate);
}

/** @param {Element} lines @param {State} state @param {Scales} scales */
function drawLines(lines, state, scales) {
  const { racers, rates, grid } = state.world;
  join(
    lines,
    racers,
    ({ colour, dash }) =>
      svg("path", {
        class: "gd-path",
        style: `--gd-own: ${colour}`,
        "stroke-dasharray": dash || null,
      }),
    (line, _, i) => {
      const point = (/** @type {number} */ rate, /** @type {number} */ k) =>
        /** @type {[number, number]} */ ([
          scales.x(grid[k]),
          heightOf(state, scales, rate),
        ]);
      set(line, { d: state.on[i] ? lineThrough(rates[i].map(point)) : "" });
    },
  );
}

/** Each line's marker where the cursor crosses it. @param {Element} marks @param {State} state @param {Scales} scales */
function drawMarks(marks, state, scales) {
  join(
    marks,
    state.world.racers,
    (racer) => svg("g", { style: `--gd-own: ${racer.colour}` }, marker(racer.marker)),
    (mark, racer, i) => {
      const y = heightOf(state, scales, racer.at(state.at));
      set(mark, {
        visibility: state.on[i] ? "visible" : "hidden",
        transform: `translate(${scales.x(state.at).toFixed(2)},${y.toFixed(2)}) scale(1.2)`,
      });
    },
  );
}

/** @param {Stage} stage @param {import("../pure/schedules.js").World} world */
function makeControls(stage, { steps, unit }) {
  const reset = button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet");
  reset.title = "Back to the text’s values";
  const typed = field(stage, {
    label: `Cursor at ${unit}`,
    range: { min: 0, max: steps },
    event: (value) => ({ type: "at", value }),
  });
  const log = toggle(stage, {
    label: "Logarithmic axis",
    event: (on) => ({ type: "log", on }),
  });
  const unfold = more("More controls", typed.el);
  return {
    el: html("div", {}, row(log.el, reset), unfold),
    /** @param {State} state */
    draw(state) {
      typed.set(state.at);
      log.set(state.log);
    },
  };
}
