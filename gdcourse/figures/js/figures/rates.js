// The learning-rate range test: a rate to drag along the curve, and the suggestions.

import { html, join, set, svg } from "../drawing/dom.js";
import { marker } from "../drawing/marks.js";
import { board, frame, lineThrough } from "../drawing/plot.js";
import { logAxis, onAxis, untilOut } from "../pure/losses.js";
import { brief } from "../pure/numbers.js";
import * as pure from "../pure/rates.js";
import { clamp } from "../pure/ranges.js";
import { button, field, more, row, slider, toggle } from "../runtime/controls.js";
import { handle, tap } from "../runtime/handle.js";
import { makeLegend } from "./legend.js";

/** @typedef {import("../pure/rates.js").State} State */
/** @typedef {import("../pure/rates.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */
/** @typedef {import("../pure/losses.js").LossAxis} LossAxis */

const MARGIN = { left: 58, bottom: 40 };
const HEIGHT = 320;

/** @type {import("../runtime/types.js").Kind<State>} */
export const rates = {
  title: "learning-rate range test",
  begin: pure.begin,
  next: pure.next,
  say: pure.say,
  table: pure.table,
  save: pure.save,
  restore: pure.restore,
  moved: ({ plan }) => plan,
  build(stage) {
    const { world } = pure.begin(stage.settings);
    const plot = makePlot(stage);
    const legend = makeLegend(stage, world.picks);
    const controls = makeControls(stage, world);
    stage.root.append(plot.el, legend.el, stage.status, controls.el);
    return (state) => {
      plot.draw(state);
      legend.draw(
        state.on,
        world.picks.map((_, i) => ({ text: pure.standing(state, i) })),
      );
      controls.draw(state);
    };
  },
};

/** @param {Stage} stage */
function makePlot(stage) {
  const el = board("The loss at each learning rate");
  const axes = frame(el);
  const curve = svg("path", { class: "gd-curve" });
  const [limit, marks] = [makeLimit(), svg("g", { "aria-hidden": "true" })];
  axes.plot.append(limit.line, curve);
  /** @type {{scales: Scales, state: State}} */
  let now;
  const go = (/** @type {number} */ x) =>
    stage.send({ type: "rate", value: now.scales.x.invert(x) });
  const ball = handle(stage, el, {
    label: "Learning rate to try",
    drag: go,
    press: (right, up) => stage.send({ type: "press", places: right || up }),
  });
  ball.el.classList.add("gd-start");
  axes.over.append(marks, limit.words, ball.el);
  tap(el, go, stage.signal);
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const axis = axisOf(state);
      const scales = setAxes(axes, state, axis);
      now = { scales, state };
      set(curve, { d: lineThrough(pointsOf(state, axis, scales)) });
      limit.draw(state.world.limit, scales);
      drawPicks(marks, state, axis, scales);
      drawBall(ball, state, axis, scales);
    },
  };
}

/** @param {State} state @returns {LossAxis} */
function axisOf(state) {
  const { surface, start, floor } = state.world;
  const { losses } = pure.resultOf(state).sweep;
  const finite = losses.filter(Number.isFinite);
  return logAxis([surface.value(start), ...finite], Math.min(floor, ...finite, 0));
}

/** @param {ReturnType<typeof frame>} axes @param {State} state @param {LossAxis} axis */
function setAxes(axes, { width, world }, axis) {
  const { rates: all } = world;
  return axes.set({
    width,
    height: clamp(width * 0.75, 240, HEIGHT),
    margin: MARGIN,
    x: { domain: [all[0], all[all.length - 1]], log: true, label: "learning rate" },
    y: { ...axis, label: axis.base < 0 ? "loss above the lowest" : "loss" },
  });
}

/** @param {State} state @param {LossAxis} axis @param {Scales} scales @returns {[number, number][]} */
function pointsOf(state, axis, { x, y }) {
  const { sweep } = pure.resultOf(state);
  return untilOut(axis, sweep.losses).map((loss, i) => [
    x(sweep.rates[i]),
    y(onAxis(axis, loss)),
  ]);
}

/** Where 2 / curvature lies. */
function makeLimit() {
  const line = svg("line", { class: "gd-cursor" });
  const words = svg("text", { class: "gd-halo gd-strong", "aria-hidden": "true" });
  return {
    line,
    words,
    /** @param {number | null} limit @param {Scales} scales */
    draw(limit, { x, left, right, top, bottom }) {
      const at = limit === null ? -1 : x(limit);
      const seen = at >= left && at <= right;
      set(line, { x1: at, x2: at, y1: top, y2: bottom, visibility: shown(seen) });
      set(words, {
        text: seen && limit ? `limit 2/λ = ${brief(limit)}` : "",
        x: at > (left + right) / 2 ? at + 2 : at - 2,
        y: top - 8,
        "text-anchor": at > (left + right) / 2 ? "end" : "start",
      });
    },
  };
}

/** @param {boolean} seen */
function shown(seen) {
  return seen ? "visible" : "hidden";
}

/** What each rule of thumb suggests, on the curve. @param {Element} marks @param {State} state @param {LossAxis} axis @param {Scales} scales */
function drawPicks(marks, state, axis, { x, y, left, top, bottom }) {
  const { sweep, found } = pure.resultOf(state);
  join(
    marks,
    state.world.picks,
    (pick) =>
      svg(
        "g",
        { style: `--gd-own: ${pick.colour}` },
        svg("line", {
          class: "gd-path gd-pick",
          "stroke-dasharray": pick.dash || null,
        }),
        marker(pick.marker),
      ),
    (group, _, i) => {
      const rate = found[i];
      const at = rate === null ? -1 : x(rate);
      const [line, mark] = group.children;
      set(group, { visibility: shown(state.on[i] && at >= left) });
      if (rate === null || at < left) return;
      const loss = y(onAxis(axis, pure.lossAt(sweep, rate)));
      const up = Math.max(loss, top);
      set(line, { x1: at, x2: at, y1: up, y2: bottom });
      set(mark, {
        transform: `translate(${at.toFixed(1)},${up.toFixed(1)}) scale(1.3)`,
      });
    },
  );
}

/** @param {ReturnType<typeof handle>} ball @param {State} state @param {LossAxis} axis @param {Scales} scales */
function drawBall(ball, state, axis, { x, y, top, bottom }) {
  const up = y(onAxis(axis, pure.lossOf(state) ?? Infinity));
  ball.set(x(state.rate), clamp(up, top, bottom), pure.say(state), state.rate);
}

/** @param {Stage} stage @param {World} world */
function makeControls(stage, { most, rates: all }) {
  const steps = slider(stage, {
    label: "Steps at each rate",
    range: { min: 1, max: most, places: most - 1 },
    write: String,
    event: (value) => ({ type: "steps", value }),
  });
  const reset = button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet");
  reset.title = "Back to the text’s values";
  const sequential = toggle(stage, {
    label: "One run through all rates",
    event: (on) => ({ type: "sequential", on }),
  });
  const typed = field(stage, {
    label: "Learning rate to try",
    range: { min: all[0], max: all[all.length - 1] },
    event: (value) => ({ type: "rate", value }),
  });
  const unfold = more("More controls", sequential.el, typed.el);
  return {
    el: html("div", {}, row(steps.el, reset), unfold),
    /** @param {State} state */
    draw(state) {
      steps.set(state.plan.steps);
      sequential.set(state.plan.sequential);
      typed.set(state.rate);
    },
  };
}
