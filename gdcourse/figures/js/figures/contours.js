// Descent on contours: drag the start, race several rules or rates.

import { html, set, svg } from "../drawing/dom.js";
import { lossBoard } from "../drawing/losses.js";
import {
  makeDownhill,
  makeGround,
  makeHeads,
  makePaths,
  pixelsOf,
} from "../drawing/map.js";
import { board, frame, lineThrough, sideBySide } from "../drawing/plot.js";
import { fit } from "../pure/contours.js";
import { logAxis } from "../pure/losses.js";
import { write } from "../pure/numbers.js";
import { SKIPPED } from "../pure/predict.js";
import * as pure from "../pure/race.js";
import { pointWords, say, table } from "../pure/race-words.js";
import { clamp } from "../pure/ranges.js";
import {
  field,
  more,
  player,
  row,
  slider,
  speed,
  toggle,
} from "../runtime/controls.js";
import { handle, tap } from "../runtime/handle.js";
import { predictable } from "../runtime/predict.js";
import { makeControls, makeRacers } from "./racers.js";

/** @typedef {import("../pure/race.js").State} State */
/** @typedef {import("../pure/race.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */
/** @typedef {[number, number]} Point */

const MARGIN = { top: 26, right: 14, bottom: 32, left: 46 };
const SHARE = 0.6; // of the map beside the losses

/** @type {import("../runtime/types.js").Kind<State>} */
const race = {
  title: "descent on contours",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const { world } = pure.begin(stage.settings);
    const [map, losses] = [makeMap(stage, world), lossBoard()];
    const [racers, controls] = [makeRacers(stage, world), makeControls(stage, world)];
    const boards = html("div", { class: "gd-boards" }, map.el, losses.el);
    stage.root.append(boards, racers.el, stage.status, controls.el);
    return (state) => {
      map.draw(state);
      losses.draw(lossesOf(state));
      racers.draw(state);
      controls.draw(state);
    };
  },
};

export const contours = predictable(race, pure.outcome);

// The map

/** What part of the plane the map shows, and its height in pixels. @param {State} state */
function viewOf({ width, world }) {
  const between = sideBySide(width, SHARE).first - MARGIN.left - MARGIN.right;
  const [x, y] = world.window;
  return fit({ x, y }, between, [
    Math.min(between * 0.62, 260),
    Math.min(between * 1.1, 400),
  ]);
}

/** @param {State} state */
function heightOf(state) {
  return Math.round(viewOf(state).height) + MARGIN.top + MARGIN.bottom;
}

/** @param {Stage} stage @param {World} world */
function makeMap(stage, world) {
  const el = board(`Contours of ${stage.settings.surface.name}`);
  const axes = frame(el);
  const ground = makeGround(world.surface, world.minima, world.floor);
  const [paths, downhill, heads] = [makePaths(), makeDownhill(), makeHeads()];
  const sketch = svg("path", { class: "gd-path gd-sketch", "aria-hidden": "true" });
  axes.plot.append(ground.el, paths.el, downhill.el, sketch);
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
  axes.over.append(heads.el, start.el);
  tap(
    el,
    (x, y) => inside(now.scales, x, y) && go(pointAt(now.scales, x, y)),
    stage.signal,
  );
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const scales = setMap(axes, state);
      now = { scales, state };
      const trails = trailsOf(state, scales);
      ground.draw(scales);
      paths.draw(trails);
      downhill.draw(state.plan.start, world.surface.gradient(state.plan.start), scales);
      heads.draw(headsOf(state, trails, scales), scales, state.shown > 0);
      set(sketch, { d: sketchOf(state, scales) });
      drawStart(start, state, scales);
    },
  };
}

/** @param {ReturnType<typeof frame>} axes @param {State} state */
function setMap(axes, state) {
  const { x, y } = viewOf(state);
  const [across, up] = state.world.names;
  return axes.set({
    width: sideBySide(state.width, SHARE).first,
    height: heightOf(state),
    margin: MARGIN,
    x: { domain: x, label: across },
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
    const where = blown ? `diverged at step ${all[i].stoppedAt}` : "off the map";
    const text =
      blown || !inside(scales, ...end) ? `${look.label}: ${where}` : look.label;
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

/** @param {State} state @returns {import("../drawing/losses.js").Losses} */
function lossesOf(state) {
  const all = pure.runsOf(state);
  const { second, narrow } = sideBySide(state.width, SHARE);
  const base = Math.min(state.world.floor, 0);
  const seen = all.filter((_, i) => state.on[i]);
  return {
    width: second,
    height: narrow ? 190 : heightOf(state),
    steps: pure.lastStep(state),
    axis: logAxis([all[0].loss[0], ...seen.flatMap(({ loss }) => loss)], base),
    label: base < 0 ? "loss above the minimum" : "loss",
    curves: state.world.racers.map((look, i) => ({
      look,
      losses: state.on[i] ? all[i].loss.slice(0, pure.rowAt(state, all[i]) + 1) : [],
    })),
  };
}
