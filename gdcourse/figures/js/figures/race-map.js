// The map of a race and its losses: what figures with racers share.

import { set, svg } from "../drawing/dom.js";
import {
  makeDownhill,
  makeGround,
  makeHeads,
  makePaths,
  pixelsOf,
} from "../drawing/map.js";
import { board, frame, lineThrough } from "../drawing/plot.js";
import { fit } from "../pure/contours.js";
import { logAxis, plainAxis } from "../pure/losses.js";
import { write } from "../pure/numbers.js";
import { SKIPPED } from "../pure/predict.js";
import * as pure from "../pure/race.js";
import { pointWords } from "../pure/race-words.js";
import { clamp } from "../pure/ranges.js";
import { handle, tap } from "../runtime/handle.js";
import { makeArrows } from "./race-arrows.js";

/** @typedef {import("../pure/race.js").State} State */
/** @typedef {import("../pure/race.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */
/** @typedef {[number, number]} Point */

const MARGIN = { top: 26, right: 14, bottom: 32, left: 46 };

/** What part of the plane a map shows, and its height in pixels. @param {World} world @param {number} width */
function viewOf(world, width) {
  const between = width - MARGIN.left - MARGIN.right;
  const [x, y] = world.window;
  return fit({ x, y }, between, [
    Math.min(between * 0.62, 260),
    Math.min(between * 1.1, 400),
  ]);
}

/** How high a map of this width is, in pixels. @param {State} state @param {number} width */
export function heightOf({ world }, width) {
  return Math.round(viewOf(world, width).height) + MARGIN.top + MARGIN.bottom;
}

/**
 * A map whose start can be dragged, with the racers' paths on it.
 * @param {Stage} stage
 * @param {World} world
 * @param {(width: number) => number} across  the map's width in a figure of some width
 */
export function makeMap(stage, world, across) {
  const el = board(`Contours of ${world.surface.name}`);
  const axes = frame(el);
  const ground = makeGround(world.surface, world.minima, world.floor);
  const [paths, downhill, heads] = [makePaths(), makeDownhill(), makeHeads()];
  const sketch = svg("path", { class: "gd-path gd-sketch", "aria-hidden": "true" });
  const ring = svg("ellipse", { class: "gd-near", "aria-hidden": "true" });
  axes.plot.append(ground.el, ring, paths.el, downhill.el, sketch);
  /** @type {{scales: Scales, state: State}} */
  let now;
  const go = (/** @type {Point} */ point) =>
    stage.send({ type: now.state.guess.open ? "sketch" : "start", point });
  const start = handle(stage, el, {
    label: `Start: ${world.names.join(" and ")}`,
    drag: (x, y) => go(pointAt(now.scales, x, y)),
    press: (right, up) =>
      go(pure.nudged(now.state.world, pure.penOf(now.state), right, up)),
  });
  start.el.classList.add("gd-start");
  const arrows = world.arrows ? [makeArrows()] : [];
  axes.over.append(...arrows.map(({ el }) => el), heads.el, start.el);
  tap(
    el,
    (x, y) => inside(now.scales, x, y) && go(pointAt(now.scales, x, y)),
    stage.signal,
  );
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const scales = setMap(axes, state, across(state.width));
      now = { scales, state };
      const trails = trailsOf(state, scales);
      ground.draw(scales);
      drawRing(ring, world, scales);
      paths.draw(trails);
      downhill.draw(state.plan.start, world.surface.gradient(state.plan.start), scales);
      heads.draw(headsOf(state, trails, scales), scales, state.shown > 0);
      for (const each of arrows) each.draw(state, scales);
      set(sketch, { d: sketchOf(state, scales) });
      drawStart(start, state, scales);
    },
  };
}

/** @param {Element} ring @param {World} world @param {Scales} scales */
function drawRing(ring, { near, minima }, { x, y }) {
  if (near === undefined) return;
  const [[a, b]] = minima;
  const [rx, ry] = [x(near) - x(0), y(0) - y(near)];
  set(ring, { cx: x(a), cy: y(b), rx, ry });
}

/** @param {ReturnType<typeof frame>} axes @param {State} state @param {number} width */
function setMap(axes, state, width) {
  const { x, y } = viewOf(state.world, width);
  const [right, up] = state.world.names;
  return axes.set({
    width,
    height: heightOf(state, width),
    margin: MARGIN,
    x: { domain: x, label: right },
    y: { domain: y, label: up },
  });
}

/** @param {Scales} scales @param {number} x @param {number} y */
function inside({ left, right, top, bottom }, x, y) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** The parameters at a pixel, no finer than the eye. @param {Scales} scales @param {number} x @param {number} y @returns {Point} */
function pointAt({ x: across, y: up, left, right, top, bottom }, x, y) {
  const tidy = (
    /** @type {import("../drawing/plot.js").Scale} */ scale,
    /** @type {number} */ pixel,
  ) =>
    pure.tidy(
      scale.invert(pixel),
      Math.abs(scale.invert(pixel + 1) - scale.invert(pixel)),
    );
  return [tidy(across, clamp(x, left, right)), tidy(up, clamp(y, top, bottom))];
}

/** @param {State} state @param {Scales} scales */
function trailsOf(state, scales) {
  const all = pure.runsOf(state);
  return state.world.racers.map((look, i) => {
    const seen = state.on[i] ? all[i].x.slice(0, pure.rowAt(state, all[i]) + 1) : [];
    return { look, points: pixelsOf(scales, seen) };
  });
}

/** @param {State} state @param {ReturnType<typeof trailsOf>} trails @param {Scales} scales */
function headsOf(state, trails, scales) {
  const all = pure.runsOf(state);
  return state.world.racers.flatMap((look, i) => {
    const end = trails[i].points[trails[i].points.length - 1];
    if (!end) return [];
    const blown = pure.blown(state, all[i]);
    const name = state.world.near ? "" : look.label; // which would cover what is near
    const where = blown ? `diverged at step ${all[i].stoppedAt}` : "off the map";
    const text = blown || !inside(scales, ...end) ? `${look.label}: ${where}` : name;
    const fits = text.length * 8 < scales.right - scales.left;
    const [x, y] = [
      clamp(end[0], scales.left, scales.right),
      clamp(end[1], scales.top, scales.bottom),
    ];
    return [{ look, x, y, text: fits ? text : where }];
  });
}

/** The path that a reader drew as a prediction. @param {State} state @param {Scales} scales */
function sketchOf({ guess, plan }, scales) {
  if (guess.sketch.length === 0) return "";
  return lineThrough(pixelsOf(scales, [plan.start, ...guess.sketch]));
}

/** @param {ReturnType<typeof handle>} start @param {State} state @param {Scales} scales */
function drawStart(start, state, { x, y, left, right, top, bottom }) {
  const { world } = state;
  const [a, b] = pure.penOf(state.guess.open ? state : { ...state, guess: SKIPPED });
  const loss = write(world.surface.value([a, b]));
  const words = `${pointWords(world, [a, b])}, loss ${loss}`;
  start.set(clamp(x(a), left, right), clamp(y(b), top, bottom), words, a);
}

/**
 * The racers' losses as far as they are shown.
 * @param {State} state
 * @param {{width: number, height: number}} size in pixels
 * @returns {import("../drawing/losses.js").Losses}
 */
export function lossesOf(state, size) {
  const all = pure.runsOf(state);
  const base = Math.min(state.world.floor, 0);
  const seen = all.filter((_, i) => state.on[i]);
  const losses = [all[0].loss[0], ...seen.flatMap(({ loss }) => loss)];
  const sunk = state.world.floor === Infinity && losses.some((loss) => loss <= 0);
  return {
    ...size,
    steps: pure.lastStep(state),
    axis: sunk ? plainAxis(losses) : logAxis(losses, base),
    label: base < 0 ? "loss above the minimum" : "loss",
    ...costsOf(state, all),
    curves: state.world.racers.map((look, i) => ({
      look,
      losses: state.on[i] ? all[i].loss.slice(0, pure.rowAt(state, all[i]) + 1) : [],
    })),
  };
}

/** The gradients that each row has cost, in place of steps, where that differs. @param {State} state @param {pure.Run[]} all */
function costsOf(state, all) {
  if (!state.costs || !state.world.racers.some(({ record }) => record)) return {};
  const places = all.map((run) => run.loss.map((_, row) => pure.gradientsAt(run, row)));
  const most = Math.max(...places.map((each) => each[each.length - 1]), 10);
  /** @type {import("../drawing/plot.js").Axis} */
  const across = { domain: [0, most], label: "gradients", ticks: 4 };
  return { across, places };
}
