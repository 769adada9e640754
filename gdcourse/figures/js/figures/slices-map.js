// The map of the slices: a point to drag, its contour and its gradient.

import { svg, set } from "../drawing/dom.js";
import { makeGround, pixelsOf } from "../drawing/map.js";
import { board, frame, lineThrough, sideBySide } from "../drawing/plot.js";
import { makeCuts, makeGradient } from "../drawing/slices.js";
import { contourThrough } from "../pure/contour-line.js";
import { fit } from "../pure/contours.js";
import { write } from "../pure/numbers.js";
import { tidy } from "../pure/race.js";
import { clamp } from "../pure/ranges.js";
import * as pure from "../pure/slices.js";
import { pointWords } from "../pure/slices-words.js";
import { handle, tap } from "../runtime/handle.js";

/** @typedef {import("../pure/slices.js").State} State */
/** @typedef {import("../pure/slices.js").Point} Point */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */

const SHARE = 0.52; // of the map beside the slices
const [BESIDE, AROUND] = [60, 58]; // margins of a board, across and up

/** What part of the plane the map shows, and its height in pixels. @param {State} state */
function viewOf({ width, world: { window } }) {
  const { first, narrow } = sideBySide(width, SHARE);
  const between = first - BESIDE;
  const [x, y] = window;
  const least = narrow ? Math.min(between * 0.62, 260) : between;
  return fit({ x, y }, between, [least, Math.min(Math.max(between, least), 420)]);
}

/** @param {State} state */
export function sizeOf(state) {
  const { first, second, narrow } = sideBySide(state.width, SHARE);
  return { first, second, narrow, height: Math.round(viewOf(state).height) + AROUND };
}

/** @param {Stage} stage @param {pure.World} world */
export function makeMap(stage, world) {
  const el = board(`Contours of ${stage.settings.surface.name}`);
  const axes = frame(el);
  const ground = makeGround(world.surface, world.minima, world.floor);
  const level = svg("path", { class: "gd-path gd-level", "aria-hidden": "true" });
  const [cuts, gradient] = [makeCuts(), makeGradient()];
  axes.plot.append(ground.el, level, cuts.el);
  /** @type {Scales} */
  let scales;
  const go = (/** @type {number} */ x, /** @type {number} */ y) =>
    stage.send({ type: "point", point: pointAt(scales, x, y) });
  const ball = handle(stage, el, {
    label: `Point: ${world.names.join(" and ")}`,
    drag: go,
    press: (right, up) => stage.send({ type: "nudge", right, up }),
  });
  axes.over.append(gradient.el, ball.el);
  tap(el, (x, y) => inside(scales, x, y) && go(x, y), stage.signal);
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const view = viewOf(state);
      scales = axes.set(axesOf(state, view));
      const { point } = state;
      ground.draw(scales);
      set(level, {
        d: lineThrough(pixelsOf(scales, contourThrough(world.surface, point, view))),
      });
      cuts.draw(point, pure.secants(state), scales);
      gradient.draw(point, world.surface.gradient(point), scales, view.equal);
      drawBall(ball, state, scales);
    },
  };
}

/** @param {State} state @param {ReturnType<typeof viewOf>} view */
function axesOf(state, { x, y }) {
  const [across, up] = state.world.names;
  const { first: width, height } = sizeOf(state);
  return {
    width,
    height,
    x: { domain: x, label: across },
    y: { domain: y, label: up },
  };
}

/** @param {ReturnType<typeof handle>} ball @param {State} state @param {Scales} scales */
function drawBall(ball, state, { x, y, left, right, top, bottom }) {
  const [a, b] = state.point;
  const words = `${pointWords(state)}, loss ${write(state.world.surface.value(state.point))}`;
  ball.set(clamp(x(a), left, right), clamp(y(b), top, bottom), words, a);
}

/** @param {Scales} scales @param {number} x @param {number} y */
function inside({ left, right, top, bottom }, x, y) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** The point under a pixel, no finer than the eye. @param {Scales} scales @param {number} x @param {number} y @returns {Point} */
function pointAt({ x: across, y: up, left, right, top, bottom }, x, y) {
  const [a, b] = [clamp(x, left, right), clamp(y, top, bottom)];
  return [
    tidy(across.invert(a), across.invert(a + 1) - across.invert(a)),
    tidy(up.invert(b), up.invert(b) - up.invert(b + 1)),
  ];
}
