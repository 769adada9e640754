// Search on a grid beside descent on a curve, with counters of what each asks for.

import { max, min } from "d3-array";
import { SIGNS, legend, makeSigns, makeSweep } from "../drawing/brute.js";
import { makeTrail, pixelsOf, samples, within } from "../drawing/curve.js";
import { html, set, svg } from "../drawing/dom.js";
import { board, frame, lineThrough } from "../drawing/plot.js";
import * as pure from "../pure/brute.js";
import { counted, price, say, table, tally } from "../pure/brute-words.js";
import { brief, write } from "../pure/numbers.js";
import { clamp, nudge, rounded } from "../pure/ranges.js";
import { button, field, more, row, slider } from "../runtime/controls.js";
import { handle, tap } from "../runtime/handle.js";

/** @typedef {import("../pure/brute.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */

const HEIGHT = 300;

/** @type {import("../runtime/types.js").Kind<State>} */
export const brute = {
  title: "search on a grid and descent",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const [hill, counters] = [makeHill(stage), makeCounters()];
    const controls = makeControls(stage);
    const signs = legend(Object.values(SIGNS));
    const cost = html("p", { class: "gd-price" });
    stage.root.append(
      ...[hill.el, signs, counters.el, stage.status, controls.row, cost, controls.more],
    );
    return (state) => {
      hill.draw(state);
      counters.draw(state);
      controls.draw(state);
      set(cost, { text: price(state) });
    };
  },
};

// The curve with its marks

/** @param {Stage} stage */
function makeHill(stage) {
  const { world } = pure.begin(stage.settings);
  const el = board("The curve, the grid and the ball");
  const axes = frame(el);
  const line = svg("path", { class: "gd-curve" });
  const [sweep, trail] = [makeSweep(), makeTrail()];
  const [minima, maxima] = [
    makeSigns(SIGNS.minimum, 1.5),
    makeSigns(SIGNS.maximum, 1.5),
  ];
  const best = makeSigns(SIGNS.best, 1.6);
  axes.plot.append(line, sweep.el, trail.el);
  /** @type {{scales: Scales, state: State}} */
  let now;
  const step = nudge(world.window);
  const go = (/** @type {number} */ x) =>
    stage.send({ type: "start", x: rounded(x, step) });
  const ball = handle(stage, el, {
    label: `Ball: ${world.name}`,
    drag: (x) => go(now.scales.x.invert(clamp(x, now.scales.left, now.scales.right))),
    press: (right, up) => go(pure.here(now.state).x + (right || up) * step),
  });
  axes.over.append(minima.el, maxima.el, ball.el, best.el);
  const tapped = (/** @type {number} */ x, /** @type {number} */ y) =>
    within(now.scales, [x, y]) && go(now.scales.x.invert(x));
  tap(el, tapped, stage.signal);
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const scales = setHill(axes, line, state);
      now = { scales, state };
      const found = pure.bestOf(state);
      const seen = pure.gridOf(state).places.slice(0, state.scanned);
      sweep.draw(seen, scales, seen.length > 0 && seen.length < state.grid.points);
      trail.draw(pure.placesOf(state), scales);
      minima.draw(placed(state, world.minima), scales);
      maxima.draw(placed(state, world.maxima), scales);
      best.draw(found ? [found] : [], scales);
      drawBall(ball, state, scales);
    },
  };
}

/** @param {State} state @param {number[]} marks */
function placed({ world }, marks) {
  return marks.map((x) => ({ x, loss: world.surface.value([x]) }));
}

/** @param {ReturnType<typeof frame>} axes @param {SVGPathElement} line @param {State} state */
function setHill(axes, line, { width, world }) {
  const points = samples(world.window).map((x) => ({
    x,
    loss: world.surface.value([x]),
  }));
  const [least, most] = [
    min(points, (p) => p.loss) ?? 0,
    max(points, (p) => p.loss) ?? 1,
  ];
  const room = (most - least || 1) * 0.08;
  const scales = axes.set({
    width,
    height: clamp(width * 0.7, 210, HEIGHT),
    x: { domain: world.window, label: world.name },
    y: { domain: [least - room, most + room], label: "loss" },
  });
  set(line, { d: lineThrough(points.map((point) => pixelsOf(scales, point))) });
  return scales;
}

/** @param {ReturnType<typeof handle>} ball @param {State} state @param {Scales} scales */
function drawBall(ball, state, scales) {
  const place = pure.here(state);
  const [x, y] = pixelsOf(scales, place);
  const { left, right, top, bottom } = scales;
  const words = `${state.world.name} = ${write(place.x)}, loss ${write(place.loss)}`;
  ball.el.classList.toggle("gd-moving", state.motion);
  ball.set(clamp(x, left, right), clamp(y, top, bottom), words, place.x);
}

// Counters and controls

function makeCounters() {
  const counter = (/** @type {string} */ title) => {
    const [number, result] = [html("strong"), html("span", { class: "gd-standing" })];
    const name = html("span", { class: "gd-label", text: title });
    const el = html("div", { class: "gd-counter" }, name, number, result);
    const draw = (/** @type {string[]} */ [count, found]) => {
      set(number, { text: count });
      set(result, { text: found });
    };
    return { el, draw };
  };
  const [grid, descent] = [counter("Grid"), counter("Descent")];
  return {
    el: html("div", { class: "gd-counters" }, grid.el, descent.el),
    /** @param {State} state */
    draw(state) {
      const told = tally(state);
      grid.draw(told.grid);
      descent.draw(told.descent);
    },
  };
}

/** @param {Stage} stage */
function makeControls(stage) {
  const { settings } = stage;
  const run = (/** @type {string} */ search) => () => ({ type: "search", search });
  const grid = button(stage, "Search the grid", run("grid"), "gd-main");
  const descent = button(stage, "Descend", run("descent"), "gd-main");
  const reset = button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet");
  reset.title = "Back to the text’s values";
  const points = slider(stage, {
    label: "Points per axis",
    range: { min: settings.range[0], max: settings.range[1], log: true, digits: 2 },
    write: counted,
    event: (value) => ({ type: "points", value }),
  });
  const rate = slider(stage, {
    label: "Learning rate",
    range: { min: settings.rates[0], max: settings.rates[1], log: true },
    write: brief,
    event: (value) => ({ type: "rate", value }),
  });
  const start = field(stage, {
    label: `Start ${settings.surface.variables[0]}`,
    event: (x) => ({ type: "start", x }),
  });
  const buttons = html("div", { class: "gd-player" }, grid, descent, reset);
  return {
    row: row(points.el, buttons),
    more: more("More controls", rate.el, start.el),
    /** @param {State} state */
    draw(state) {
      const runs = state.playing ? state.search : null;
      set(grid, { text: runs === "grid" ? "Pause" : "Search the grid" });
      set(descent, { text: runs === "descent" ? "Pause" : "Descend" });
      points.set(state.grid.points);
      rate.set(state.plan.rate);
      start.set(state.plan.start);
    },
  };
}
