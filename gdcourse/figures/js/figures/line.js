// Fit a line: drag it, or let it descend; every step shows its sums.

import { html, set, svg } from "../drawing/dom.js";
import { makeCloud, makeLines, makeMisses, pixel } from "../drawing/line.js";
import { lossBoard } from "../drawing/losses.js";
import { board, frame, sideBySide } from "../drawing/plot.js";
import * as pure from "../pure/line.js";
import { say, table } from "../pure/line-words.js";
import { heightAt } from "../pure/lines.js";
import { logAxis, plainAxis } from "../pure/losses.js";
import { write } from "../pure/numbers.js";
import { clamp, nudge, rounded } from "../pure/ranges.js";
import { handle } from "../runtime/handle.js";
import { makeChoice, makeControls, makeWords } from "./line-panel.js";

/** @typedef {import("../pure/line.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */
/** @typedef {[number, number]} Pixel */

const HEIGHT = 340;
const OWN = { colour: "var(--gd-accent)", dash: "", marker: "circle" };
const FIT = { colour: "var(--gd-good)", dash: "7 5", marker: "square" };

/** @type {import("../runtime/types.js").Kind<State>} */
export const line = {
  title: "fit a line",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const { sets } = pure.begin(stage.settings).world;
    const [choice, plane, losses] = [
      makeChoice(stage, sets),
      makePlane(stage),
      lossBoard(),
    ];
    const [words, controls] = [makeWords(), makeControls(stage)];
    const boards = html("div", { class: "gd-boards" }, plane.el, losses.el);
    stage.root.append(
      choice.el,
      boards,
      controls.el,
      words.el,
      stage.status,
      controls.more,
    );
    return (state) => {
      choice.draw(state);
      plane.draw(state);
      losses.draw(lossesOf(state));
      words.draw(state);
      controls.draw(state);
    };
  },
};

/** @param {State} state @returns {import("../drawing/losses.js").Losses} */
function lossesOf(state) {
  const { second, narrow } = sideBySide(state.width, 0.61);
  const points = pure.pointsOf(state);
  const losses = state.lines.map(({ loss }) => loss);
  const steps = Math.max(losses.length - 1, 10);
  const best = points.surface.value(points.fit);
  const log = state.logLoss && losses.every((loss) => loss > 0);
  const fit = { losses: Array(steps + 1).fill(best), look: FIT, plain: true };
  return {
    width: second,
    height: narrow ? 150 : HEIGHT,
    steps,
    axis: log ? logAxis(losses) : plainAxis(losses),
    label: "mean squared error (MSE)",
    curves: [{ losses, look: OWN }, ...(state.fitted ? [fit] : [])],
  };
}

// The points, the line and its two handles

/** @param {Stage} stage */
function makePlane(stage) {
  const el = board("Points and the line");
  const axes = frame(el);
  const cloud = makeCloud();
  const misses = makeMisses();
  const lines = makeLines();
  const tag = svg("text", { class: "gd-halo gd-strong", "text-anchor": "middle" });
  axes.plot.append(cloud.el, misses.el, lines.el);
  axes.over.append(lines.name, tag);
  const handles = [makeHandle(stage, el, "b"), makeHandle(stage, el, "w")];
  axes.over.append(...handles.map((each) => each.el));
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const scales = setPlane(axes, state);
      cloud.draw(state, scales);
      misses.draw(state, scales);
      lines.draw(state, scales);
      const words = state.diverged ? `diverged at step ${pure.count(state)}` : "";
      set(tag, {
        text: words,
        x: (scales.left + scales.right) / 2,
        y: scales.top + 18,
      });
      handles.forEach((each) => each.draw(state, scales));
    },
  };
}

/** Axes in the reader's units. @param {ReturnType<typeof frame>} axes @param {State} state */
function setPlane(axes, state) {
  const { first, narrow } = sideBySide(state.width, 0.61);
  const [x, y] = pure.pointsOf(state).axes.map(({ window, unit, label }) => ({
    domain: /** @type {Pixel} */ ([window[0] / unit, window[1] / unit]),
    label,
  }));
  return axes.set({ width: first, height: narrow ? 260 : HEIGHT, x, y });
}

/**
 * A ball on the line: "b" lifts the whole line, "w" turns it about b.
 * @param {Stage} stage @param {SVGSVGElement} el @param {"b" | "w"} name
 */
function makeHandle(stage, el, name) {
  /** @type {State} */
  let state;
  /** @type {Scales} */
  let scales;
  const at = () => (name === "b" ? 0 : pure.pointsOf(state).grip);
  const unit = () =>
    nudge([0, heightOf(state) / (name === "b" ? 1 : Math.abs(at()) || 1)]);
  const go = (/** @type {number} */ value) =>
    stage.send({ type: "line", [name]: rounded(value, unit()) });
  const ball = handle(stage, el, {
    label: name === "b" ? "Intercept b: lifts the line" : "Slope w: turns the line",
    drag: (_, y) =>
      go(valueAt(state, scales, at(), clamp(y, scales.top, scales.bottom))),
    press: (right, up) => go(pure.latest(state)[name] + (up || right) * unit()),
  });
  ball.el.append(
    svg("text", { class: "gd-letter", y: 4, "text-anchor": "middle", text: name }),
  );
  return {
    el: ball.el,
    /** @param {State} now @param {Scales} scalesNow */
    draw(now, scalesNow) {
      [state, scales] = [now, scalesNow];
      const points = pure.pointsOf(state);
      const here = pure.latest(state);
      const x = points.axes[0].middle + points.axes[0].spread * at();
      const [px, py] = pixel(points, scales, x, heightAt(points.axes, here, x));
      const words = `${name} = ${write(here[name])}, mean squared error ${write(here.loss)}`;
      ball.set(
        px,
        clamp(py, scales.top, scales.bottom),
        words,
        Number(here[name].toPrecision(4)),
      );
    },
  };
}

/** The height of the window in units of b. @param {State} state */
function heightOf(state) {
  const { spread, window } = pure.pointsOf(state).axes[1];
  return (window[1] - window[0]) / spread;
}

/** The w or b that brings the line to a pixel at a place. @param {State} state @param {Scales} scales @param {number} at @param {number} y */
function valueAt(state, scales, at, y) {
  const { middle, spread, unit } = pure.pointsOf(state).axes[1];
  const height = (scales.y.invert(y) * unit - middle) / spread;
  return at === 0 ? height : (height - pure.latest(state).b) / at;
}
