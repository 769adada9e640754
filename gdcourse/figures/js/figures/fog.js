// A walk in fog: step by step downhill on a hidden land, then the fog lifts.

import { scaleLinear } from "d3-scale";
import { html, set, svg } from "../drawing/dom.js";
import { makeUnderfoot } from "../drawing/fog.js";
import { lossBoard } from "../drawing/losses.js";
import { makeGround, makeHeads, makePaths, pixelsOf } from "../drawing/map.js";
import { board, lineThrough, sideBySide } from "../drawing/plot.js";
import * as pure from "../pure/fog.js";
import { say, table, tall, underfoot } from "../pure/fog-words.js";
import { plainAxis } from "../pure/losses.js";
import { button, row } from "../runtime/controls.js";
import { handle, pixels } from "../runtime/handle.js";

/** @typedef {import("../pure/fog.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */
/** @typedef {[number, number]} Point */

const SIDE = 430; // of the map at most, pixels
const ROOM = 1.07; // of what is drawn to what can be walked on

/** @type {import("../runtime/types.js").Kind<State>} */
export const fog = {
  title: "a walk in fog",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  build(stage) {
    const map = makeMap(stage);
    const [heights, controls] = [
      lossBoard("The height after each step"),
      makeControls(stage),
    ];
    const side = html(
      "div",
      { class: "gd-beside" },
      stage.status,
      controls.el,
      heights.el,
    );
    stage.root.append(html("div", { class: "gd-boards" }, map.el, side));
    return (state) => {
      map.draw(state);
      controls.draw(state);
      heights.draw(heightsOf(state));
    };
  },
};

// The map

/** @param {State} state @returns {Scales} */
function scalesOf({ width, world }) {
  const { first, narrow } = sideBySide(width, 0.58);
  const [x, y] = world.window.map(([low, high]) => {
    const room = ((high - low) * (ROOM - 1)) / 2;
    return [low - room, high + room];
  });
  const most = Math.min(narrow ? width : first, SIDE);
  const unit = most / Math.max(x[1] - x[0], y[1] - y[0]);
  const [right, bottom] = [x[1] - x[0], y[1] - y[0]].map((side) => side * unit);
  return {
    ...{ left: 0, right, top: 0, bottom },
    x: scaleLinear(x, [0, right]),
    y: scaleLinear(y, [bottom, 0]),
  };
}

/** @param {Stage} stage */
function makeMap(stage) {
  const el = board("The map, hidden in fog");
  const [land, walks] = [makeLand(stage), makeWalks()];
  const [ground, counter] = [makeUnderfoot(), makeCounter()];
  const aim = svg("path", { class: "gd-path gd-aim", "aria-hidden": "true" });
  /** @type {{scales: Scales}} */
  let now;
  const pointAt = (/** @type {number} */ x, /** @type {number} */ y) =>
    /** @type {Point} */ ([now.scales.x.invert(x), now.scales.y.invert(y)]);
  const walker = makeWalker(stage, el, pointAt);
  el.append(land.el, ground.el, walks.el, aim, counter.el, walker.el, walks.heads);
  const sheet = html("div", { class: "gd-fog" }, el);
  return {
    el: sheet,
    /** @param {State} state */
    draw(state) {
      const scales = scalesOf(state);
      now = { scales };
      const { right: width, bottom: height } = scales;
      set(el, { viewBox: `0 0 ${width} ${height}`, width, height });
      set(el, { "aria-label": state.lifted ? "The map" : "The map, hidden in fog" });
      sheet.classList.toggle("gd-lifted", state.lifted);
      land.draw(state, scales);
      walks.draw(state, scales);
      counter.draw(state, scales);
      drawGround(ground, state, scales);
      set(aim, { d: aimOf(state, scales) });
      const [at] = pixelsOf(scales, [pure.here(state)]);
      const height_ = tall(state.world, pure.felt(state).height);
      walker.set(...at, `height ${height_}, ${underfoot(state)}`, Number(height_));
    },
  };
}

/** The walker: dragging aims a step, letting go takes it. @param {Stage} stage @param {SVGSVGElement} el @param {(x: number, y: number) => Point} pointAt */
function makeWalker(stage, el, pointAt) {
  const { send, signal } = stage;
  const walker = handle(stage, el, {
    label: "You, the walker",
    drag: (x, y) => send({ type: "aim", point: pointAt(x, y) }),
    press: (right, up) => send({ type: "pace", pace: pure.paceOfKey(right, up) }),
  });
  const go = (/** @type {MouseEvent} */ event) =>
    send({ type: "go", point: pointAt(...pixels(el, event)) });
  const onWalker = (/** @type {MouseEvent} */ event) =>
    walker.el.contains(/** @type {Node} */ (event.target));
  walker.el.addEventListener("pointerup", go, { signal });
  walker.el.addEventListener("pointercancel", () => send({ type: "stay" }), { signal });
  el.addEventListener("click", (event) => onWalker(event) || go(event), { signal });
  return walker;
}

/** The contours, which are not on the page before the fog lifts. @param {Stage} stage */
function makeLand(stage) {
  const { surface, minima, floor } = pure.begin(stage.settings).world;
  const land = makeGround(surface, minima, floor);
  const el = svg("g", { class: "gd-land" });
  return {
    el,
    /** @param {State} state @param {Scales} scales */
    draw({ lifted }, scales) {
      if (!lifted) return el.replaceChildren();
      if (!land.el.isConnected) el.append(land.el);
      land.draw(scales);
    },
  };
}

/** Footsteps, and when the fog has lifted the rule's walk beside them. */
function makeWalks() {
  const [paths, names] = [makePaths(), makeHeads()];
  const start = svg("circle", { class: "gd-from", r: 5, "aria-hidden": "true" });
  return {
    el: svg("g", {}, paths.el, start),
    heads: names.el,
    /** @param {State} state @param {Scales} scales */
    draw(state, scales) {
      const { world, trail, lifted } = state;
      const walks = lifted ? [trail, pure.rival(state).points] : [trail];
      const trails = walks.map((walk, i) => ({
        look: world.looks[i],
        points: pixelsOf(scales, walk),
      }));
      paths.draw(trails);
      const [[cx, cy]] = trails[0].points;
      set(start, { cx, cy });
      const heads = trails.map(({ look, points }, i) => {
        const [x, y] = points[points.length - 1];
        return { look, x, y, text: i ? world.label : "you" };
      });
      names.draw(
        lifted ? heads.filter(({ x, y }) => onMap(scales, x, y)) : [],
        scales,
        true,
      );
    },
  };
}

/** @param {Scales} scales @param {number} x @param {number} y */
function onMap({ right, bottom }, x, y) {
  return x >= 0 && x <= right && y >= 0 && y <= bottom;
}

/** Height and steps, in the corners of the map, and which way is north. */
function makeCounter() {
  const height = svg("text", { class: "gd-halo gd-strong", x: 12, y: 24 });
  const step = svg("text", { class: "gd-halo", "text-anchor": "end" });
  const north = svg("text", { class: "gd-halo", x: 12, text: "north ↑" });
  return {
    el: svg("g", { "aria-hidden": "true" }, height, step, north),
    /** @param {State} state @param {Scales} scales */
    draw(state, { right, bottom }) {
      const { world, paces } = state;
      set(height, { text: `height ${tall(world, pure.felt(state).height)}` });
      set(step, { x: right - 12, y: bottom - 12 });
      set(step, { text: `step ${paces.length} of ${world.steps}` });
      set(north, { y: bottom - 12 });
    },
  };
}

/** @param {ReturnType<typeof makeUnderfoot>} ground @param {State} state @param {Scales} scales */
function drawGround(ground, state, scales) {
  const [at] = pixelsOf(scales, [pure.here(state)]);
  const unit = scales.x(1) - scales.x(0);
  const felt = { ...pure.felt(state), flat: pure.flat(state) };
  set(ground.el, { visibility: state.lifted ? "hidden" : null });
  ground.draw(at, felt, state.world.relief, unit);
}

/** @param {State} state @param {Scales} scales */
function aimOf(state, scales) {
  if (state.aim === null) return "";
  const from = pure.here(state);
  return lineThrough(
    pixelsOf(scales, [from, pure.landing(state.world, from, state.aim)]),
  );
}

// Beside the map

/** @param {State} state @returns {import("../drawing/losses.js").Losses} */
function heightsOf(state) {
  const { world, trail, lifted, width } = state;
  const own = trail.map(world.surface.value);
  const all = lifted ? [own, pure.rival(state).heights] : [own];
  const { narrow } = sideBySide(width, 0.58);
  return {
    width: narrow ? width : width - 16 - scalesOf(state).right,
    height: narrow ? 150 : 190,
    steps: Math.max(...all.map(({ length }) => length - 1)),
    axis: plainAxis(all.flat()),
    label: "height",
    curves: all.map((losses, i) => ({ losses, look: world.looks[i] })),
  };
}

/** @param {Stage} stage */
function makeControls(stage) {
  const lift = button(stage, "Lift the fog", () => ({ type: "lift" }));
  const reset = button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet");
  reset.title = "A new walk from the same start";
  return {
    el: row(lift, reset),
    /** @param {State} state */
    draw: ({ lifted }) => set(lift, { "aria-disabled": lifted ? "true" : null }),
  };
}
