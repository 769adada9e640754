// A surface in 3-D with the racers' paths on it; without WebGL one sentence instead.

import { html, set } from "../drawing/dom.js";
import { board } from "../drawing/plot.js";
import { makeScene } from "../drawing/relief.js";
import { makeMarks } from "../drawing/relief-marks.js";
import * as race from "../pure/race.js";
import { reliefOf } from "../pure/relief.js";
import { clamp } from "../pure/ranges.js";
import { button } from "../runtime/controls.js";
import { BUTTONS, orbit } from "../runtime/orbit.js";
import { watchTheme } from "../runtime/theme.js";

/** @typedef {import("../pure/landscape.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/relief.js").Colour} Colour */

const FLAT =
  "This browser cannot draw in three dimensions (it lacks WebGL), so here is the surface as a map.";

/** @type {WeakMap<race.World, import("../pure/relief.js").Relief>} */
const reliefs = new WeakMap();

/** @param {race.World} world */
function reliefFor(world) {
  const relief =
    reliefs.get(world) ?? reliefOf(world.surface, world.window, world.floor);
  reliefs.set(world, relief);
  return relief;
}

/**
 * @param {Stage} stage
 * @returns {{el: HTMLElement, draw: (state: State, width: number) => void}}
 */
export function makeView(stage) {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const scene = makeScene(canvas);
  if (!scene) return { el: html("p", { class: "gd-flat", text: FLAT }), draw() {} };
  const el = set(board("The surface in 3-D"), { tabindex: 0 });
  const marks = makeMarks();
  el.append(marks.el);
  const send = (/** @type {object} */ way) => stage.send({ type: "orbit", ...way });
  orbit(el, send, stage.signal);
  const draw = onceAFrame(stage.signal, painter(scene, canvas, el, marks));
  watchTheme(() => draw(true), stage.signal);
  canvas.addEventListener("webglcontextrestored", () => draw(true), {
    signal: stage.signal,
  });
  stage.signal.addEventListener("abort", scene.remove);
  const box = html("div", { class: "gd-block" }, canvas, el);
  return {
    el: html("div", { class: "gd-view" }, box, makeButtons(stage)),
    draw: (state, width) => draw(false, state, width),
  };
}

/** @param {Stage} stage */
function makeButtons(stage) {
  const all = BUTTONS.map(([sign, label, way]) => {
    const made = button(stage, sign, () => ({ type: "orbit", ...way }), "gd-orbit");
    return set(made, { "aria-label": label, title: label });
  });
  return html(
    "div",
    { class: "gd-orbits", role: "group", "aria-label": "View" },
    ...all,
  );
}

/**
 * Draw at most once a frame, and only after a change.
 * @param {AbortSignal} signal
 * @param {(state: State, width: number, anew: boolean) => void} paint
 */
function onceAFrame(signal, paint) {
  let [frame, stale] = [0, false];
  /** @type {[State, number] | undefined} */
  let latest;
  const render = () => {
    frame = 0;
    if (latest) paint(...latest, stale);
    stale = false;
  };
  signal.addEventListener("abort", () => cancelAnimationFrame(frame));
  /** @param {boolean} anew @param {State} [state] @param {number} [width] */
  return (anew, state, width = 0) => {
    stale ||= anew;
    if (state) latest = [state, width];
    frame ||= requestAnimationFrame(render);
  };
}

/**
 * @param {NonNullable<ReturnType<typeof makeScene>>} scene
 * @param {HTMLCanvasElement} canvas
 * @param {SVGSVGElement} el
 * @param {ReturnType<typeof makeMarks>} marks
 */
function painter(scene, canvas, el, marks) {
  /** @type {race.World | null} */
  let shown = null;
  return (
    /** @type {State} */ state,
    /** @type {number} */ width,
    /** @type {boolean} */ anew,
  ) => {
    const { world, view } = state;
    const relief = reliefFor(world);
    if (world !== shown || anew) scene.show(relief, coloursOf(canvas));
    shown = world;
    const height = Math.round(clamp(width * 0.82, 240, 430));
    const unit = view.zoom * Math.min((width - 80) / 2.83, (height - 54) / 2.5);
    const size = { width, height, unit };
    set(el, { viewBox: `0 0 ${width} ${height}`, width, height });
    set(el, { "aria-label": aboutView(state) });
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    scene.draw(view, size);
    marks.draw(pictureOf(state, relief, size));
  };
}

/** @param {State} state */
function aboutView({ world, view }) {
  const [turn, tilt] = [view.turn, view.tilt].map(Math.round);
  return `${world.surface.name} in 3-D, turned by ${turn}° and seen from ${tilt}° above; arrow keys turn it, plus and minus zoom`;
}

/**
 * @param {State} state
 * @param {import("../pure/relief.js").Relief} relief
 * @param {import("../drawing/relief.js").Size} size
 */
function pictureOf(state, relief, size) {
  const { world, view, plan, on } = state;
  const all = race.runsOf(state);
  const trails = world.racers.map((look, i) => ({
    look,
    points: on[i] ? all[i].x.slice(0, race.rowAt(state, all[i]) + 1) : [],
    blown: race.blown(state, all[i]),
  }));
  const { names, minima } = world;
  const named = state.shown > 0;
  return { relief, view, size, names, minima, start: plan.start, trails, named };
}

/** The colours of the page, as the style sheet has them now. @param {Element} el */
function coloursOf(el) {
  const style = window.getComputedStyle(el);
  const [low, high, line, paper] = ["low", "high", "ink", "paper"].map((name) =>
    channels(style.getPropertyValue(`--gd-${name}`).trim()),
  );
  return { low, high, line, dark: paper[0] < 0.5 };
}

/** @param {string} hex such as #a9c8d9 @returns {Colour} */
function channels(hex) {
  const part = (/** @type {number} */ at) => parseInt(hex.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}
