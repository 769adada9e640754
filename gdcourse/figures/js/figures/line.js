// Fit a line: drag it, or let it descend; every step shows its sums.

import { html, join, set, svg } from "../drawing/dom.js";
import { lossBoard } from "../drawing/losses.js";
import { board, frame, lineThrough, sideBySide } from "../drawing/plot.js";

import * as pure from "../pure/line.js";
import {
  equation,
  heightAt,
  inUnits,
  miss,
  standardised,
  trimmed,
} from "../pure/lines.js";
import { logAxis, plainAxis } from "../pure/losses.js";
import { brief, write } from "../pure/numbers.js";
import { clamp, nudge, rounded } from "../pure/ranges.js";
import {
  field,
  more,
  player,
  row,
  slider,
  speed,
  toggle,
} from "../runtime/controls.js";
import { handle } from "../runtime/handle.js";

/** @typedef {import("../pure/line.js").State} State */
/** @typedef {import("../pure/line.js").Points} Points */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */
/** @typedef {[number, number]} Pixel */

const HEIGHT = 340;
const FEW = 60; // so many points are drawn as large dots
const NAME = 86; // pixels that the name of the fit takes
const PAST = 5; // earlier lines that stay in view
const OWN = { colour: "var(--gd-accent)", dash: "", marker: "circle" };
const FIT = { colour: "var(--gd-good)", dash: "7 5", marker: "square" };

/** @type {import("../runtime/types.js").Kind<State>} */
export const line = {
  title: "fit a line",
  begin: pure.begin,
  next: pure.next,
  say: pure.say,
  table: pure.table,
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

/** Which points: native radio buttons, where there is a choice. @param {Stage} stage @param {Points[]} sets */
function makeChoice(stage, sets) {
  const boxes = sets.map((points, shown) => {
    const box = html("input", { type: "radio", name: "points" });
    box.addEventListener("change", () => stage.send({ type: "set", shown }), {
      signal: stage.signal,
    });
    return {
      box,
      label: html(
        "label",
        { class: "gd-tab" },
        box,
        html("span", { text: points.label }),
      ),
    };
  });
  const legend = html("legend", { class: "gd-hidden", text: "Points to fit" });
  const tabs = html(
    "fieldset",
    { class: "gd-tabs" },
    legend,
    ...boxes.map(({ label }) => label),
  );
  return {
    el: html("form", { hidden: sets.length < 2 }, tabs),
    /** @param {State} state */
    draw: (state) =>
      boxes.forEach(({ box }, shown) => void (box.checked = shown === state.shown)),
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

/** Pixels of a place in the units of the data, kept within what SVG can draw. @param {Points} points @param {Scales} scales @param {number} x @param {number} y @returns {Pixel} */
function pixel({ axes }, scales, x, y) {
  const height = scales.y(y / axes[1].unit);
  return [
    scales.x(x / axes[0].unit),
    Number.isNaN(height) ? -1e4 : clamp(height, -1e4, 1e4),
  ];
}

/** The points as one path, drawn anew only for other axes. */
function makeCloud() {
  const dots = svg("path", { class: "gd-dots" });
  let seen = "";
  return {
    el: dots,
    /** @param {State} state @param {Scales} scales */
    draw(state, scales) {
      const points = pure.pointsOf(state);
      const now = JSON.stringify([state.shown, scales.x.range(), scales.y.range()]);
      if (now === seen) return;
      seen = now;
      const places = points.x.map((x, i) => pixel(points, scales, x, points.y[i]));
      set(dots, {
        d: places.map(([x, y]) => `M${x.toFixed(1)},${y.toFixed(1)}h0`).join(""),
      });
      dots.classList.toggle("gd-many", points.x.length > FEW);
    },
  };
}

/** The residuals of the sampled points, as segments or squares. */
function makeMisses() {
  const squares = svg("path", { class: "gd-squares" });
  const segments = svg("path", { class: "gd-misses" });
  return {
    el: svg("g", {}, squares, segments),
    /** @param {State} state @param {Scales} scales */
    draw(state, scales) {
      const points = pure.pointsOf(state);
      const ends = points.sampled.map((i) => {
        const on = heightAt(points.axes, pure.latest(state), points.x[i]);
        return [
          ...pixel(points, scales, points.x[i], points.y[i]),
          pixel(points, scales, points.x[i], on)[1],
        ];
      });
      set(segments, {
        d: ends
          .map(([x, y, on]) => `M${x.toFixed(1)},${y.toFixed(1)}V${on.toFixed(1)}`)
          .join(""),
      });
      set(squares, { d: state.squares ? ends.map(square).join("") : "" });
      for (const each of [segments, squares])
        each.classList.toggle("gd-many", points.x.length > FEW);
    },
  };
}

/** A square with the residual as its left side. @param {number[]} ends */
function square([x, y, on]) {
  const side = Math.abs(on - y);
  return `M${x.toFixed(1)},${y.toFixed(1)}V${on.toFixed(1)}h${side.toFixed(1)}V${y.toFixed(1)}Z`;
}

/** The line, a few before it, and the least-squares fit. */
function makeLines() {
  const past = svg("g");
  const fit = svg("path", { class: "gd-path gd-fit" });
  const now = svg("path", { class: "gd-path gd-now" });
  const name = svg("text", { class: "gd-halo gd-fit-name" });
  return {
    el: svg("g", {}, past, fit, now),
    name,
    /** @param {State} state @param {Scales} scales */
    draw(state, scales) {
      const points = pure.pointsOf(state);
      const [w, b] = points.fit;
      const across = (/** @type {{w: number, b: number}} */ each) =>
        ends(points, scales, each);
      set(now, { d: lineThrough(across(pure.latest(state))) });
      set(fit, { d: state.fitted ? lineThrough(across({ w, b })) : "" });
      set(name, {
        text: state.fitted ? "least squares" : "",
        ...besideFit(points, scales),
      });
      const before = state.lines.slice(0, -1).slice(-PAST);
      join(
        past,
        before,
        () => svg("path", { class: "gd-path gd-past" }),
        (path, each, i) =>
          set(path, {
            d: lineThrough(across(each)),
            opacity: (0.35 * (i + 1)) / before.length,
          }),
      );
    },
  };
}

/** Where a line enters and leaves the window. @param {Points} points @param {Scales} scales @param {{w: number, b: number}} each @returns {Pixel[]} */
function ends(points, scales, each) {
  return points.axes[0].window.map((x) =>
    pixel(points, scales, x, heightAt(points.axes, each, x)),
  );
}

/** A place for the name of the fit: the middle of the widest gap that the balls leave. @param {Points} points @param {Scales} scales */
function besideFit(points, scales) {
  const { axes, grip, fit } = points;
  const [w, b] = fit;
  const balls = [0, grip].map((at) =>
    scales.x((axes[0].middle + axes[0].spread * at) / axes[0].unit),
  );
  const stops = [scales.left, ...balls.sort((p, q) => p - q), scales.right];
  const gaps = stops
    .slice(1)
    .map((stop, i) => [stop - stops[i], (stop + stops[i]) / 2]);
  const x = Math.min(gaps.sort((p, q) => q[0] - p[0])[0][1], scales.right - NAME);
  const [, y] = pixel(
    points,
    scales,
    0,
    heightAt(axes, { w, b }, scales.x.invert(x) * axes[0].unit),
  );
  return { x, y: clamp(y + (w < 0 ? -12 : 22), scales.top + 14, scales.bottom - 6) };
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

// Words and numbers

function makeWords() {
  const [formula, loss, real] = ["gd-formula", "gd-loss", "gd-real"].map((name) =>
    html("span", { class: name }),
  );
  const note = html("p", { class: "gd-sampled" });
  const title = html("p", { class: "gd-sums-title" });
  const sums = html("div", { class: "gd-sums" });
  return {
    el: html(
      "div",
      { class: "gd-words" },
      html("p", { class: "gd-fitted" }, formula, loss, real),
      title,
      sums,
      note,
    ),
    /** @param {State} state */
    draw(state) {
      const { axes, label, noun, measure, x, sampled } = pure.pointsOf(state);
      const here = pure.latest(state);
      const real_ = standardised(axes);
      set(formula, { text: equation(here.w, here.b) });
      set(loss, { text: `MSE ${trimmed(here.loss)}` });
      set(real, {
        text: real_
          ? `${inUnits(axes, here)}, typical miss ${miss(axes, here.loss)} ${measure}`
          : "",
      });
      set(note, {
        text:
          x.length > sampled.length
            ? `${sampled.length} of the ${label} show their error; the MSE is over all ${noun}.`
            : "",
      });
      drawSums(title, sums, pure.sums(state));
    },
  };
}

/** @param {Element} title @param {Element} el @param {ReturnType<typeof pure.sums>} sums */
function drawSums(title, el, sums) {
  set(title, { text: sums.title });
  join(
    el,
    sums.rows,
    () => html("p", {}, html("span"), html("span", { class: "gd-sum" })),
    (line, { gradient, update }) => {
      set(line.children[0], { text: gradient });
      set(line.children[1], { text: update });
    },
  );
}

// Controls

/** @param {Stage} stage */
function makeControls(stage) {
  const { rates } = stage.settings;
  const range = { min: rates[0], max: rates[1], log: true };
  const rateEvent = (/** @type {number} */ value) => ({ type: "rate", value });
  const rate = slider(stage, {
    label: "Learning rate",
    range,
    write: brief,
    event: rateEvent,
  });
  const buttons = player(stage);
  const flip = (/** @type {string} */ label, /** @type {string} */ name) =>
    toggle(stage, { label, event: (on) => ({ type: "switch", name, on }) });
  const squares = flip("Squared errors", "squares");
  const fitted = flip("Show the least-squares fit", "fitted");
  const log = flip("Logarithmic loss axis", "logLoss");
  const [w, b] = ["w", "b"].map((name) =>
    field(stage, {
      label: name === "w" ? "Start: slope w" : "Start: intercept b",
      event: (value) => ({ type: "line", [name]: value }),
    }),
  );
  const typed = field(stage, { label: "Learning rate", range, event: rateEvent });
  const pace = speed(stage);
  const unfold = more("More controls", w.el, b.el, typed.el, pace.el, log.el);
  return {
    el: row(rate.el, buttons.el),
    more: html("div", {}, row(squares.el, fitted.el), unfold),
    /** @param {State} state */
    draw(state) {
      rate.set(state.rate);
      typed.set(state.rate);
      buttons.set(state, pure.stuck(state));
      squares.set(state.squares);
      fitted.set(state.fitted);
      log.set(state.logLoss);
      w.set(state.lines[0].w);
      b.set(state.lines[0].b);
      pace.set(state.speed);
    },
  };
}
