// The plane of learning rate and β: drag the point, see the path and the roots.

import { html, join, set, svg } from "../drawing/dom.js";
import { marker } from "../drawing/marks.js";
import {
  makeBest,
  makeBoundaries,
  makeLevels,
  makeRegions,
  makeRoots,
} from "../drawing/phase.js";
import { board, frame, lineThrough, sideBySide } from "../drawing/plot.js";
import { squares } from "../pure/heavy-ball.js";
import { brief } from "../pure/numbers.js";
import * as pure from "../pure/phase.js";
import { nameOf, say, standing, table } from "../pure/phase-words.js";
import { clamp } from "../pure/ranges.js";
import { button, field, more, row, toggle } from "../runtime/controls.js";
import { handle, tap } from "../runtime/handle.js";
import { makeLegend } from "./legend.js";

/** @typedef {import("../pure/phase.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */

const HEIGHT = 360;
const MARGIN = { bottom: 40 };
const LOOKS = [
  { colour: "var(--gd-accent)", dash: "", marker: "circle" },
  { colour: "var(--gd-rule-1)", dash: "9 3", marker: "square" },
];
const FAR = 5000; // pixels; further out SVG loses its precision

/** @type {import("../runtime/types.js").Kind<State>} */
export const phase = {
  title: "learning rate and β of momentum",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const state = pure.begin(stage.settings);
    const [plane, path, roots] = [makePlane(stage), makePath(), makeRoots()];
    const [legend, controls] = [makeNames(stage, state), makeControls(stage, state)];
    const beside = html("div", { class: "gd-pair" }, path.el, roots.el);
    const boards = html("div", { class: "gd-boards" }, plane.el, beside);
    stage.root.append(boards, legend.el, stage.status, controls.el);
    return (now) => {
      const sizes = sizesOf(now);
      plane.draw(now, sizes);
      path.draw(now, sizes);
      roots.draw(sizes.roots, sizes.rootsHeight, lookedAt(now));
      legend.draw(now);
      controls.draw(now);
    };
  },
};

/** The boards' sizes: path and roots stand above each other, or share a phone's width. @param {State} state */
function sizesOf({ width }) {
  const { first, second, narrow } = sideBySide(width, 0.56);
  if (!narrow)
    return {
      plane: first,
      height: HEIGHT,
      path: second,
      pathHeight: 190,
      roots: second,
      rootsHeight: 162,
    };
  const roots = Math.round(width * 0.36);
  return {
    plane: first,
    height: clamp(width * 0.85, 220, HEIGHT),
    path: width - roots - 8,
    pathHeight: 160,
    roots,
    rootsHeight: 160,
  };
}

/** @param {State} state */
function lookedAt(state) {
  return pure.directionsOf(state).map((each, i) => ({ ...each, look: LOOKS[i] }));
}

// The plane

/** @param {Stage} stage */
function makePlane(stage) {
  const el = board("The plane of learning rate and β");
  el.classList.add("gd-plane");
  const axes = frame(el);
  const [regions, levels, boundaries, best] = [
    makeRegions(),
    makeLevels(),
    makeBoundaries(),
    makeBest(),
  ];
  const words = svg(
    "g",
    { "aria-hidden": "true" },
    levels.words,
    regions.words,
    boundaries.word,
  );
  axes.plot.append(regions.fills, levels.lines, boundaries.el, words, best.el);
  /** @type {{scales: Scales, state: State}} */
  let now;
  const go = (/** @type {number} */ x, /** @type {number} */ y) =>
    stage.send(pure.placed(now.scales.x.invert(x), now.scales.y.invert(y)));
  const point = handle(stage, el, {
    label: "Learning rate and β",
    drag: go,
    press: (right, up) => stage.send(pure.nudged(now.state, right, up)),
  });
  axes.over.append(point.el);
  tap(el, go, stage.signal);
  return {
    el,
    /** @param {State} state @param {{plane: number, height: number}} sizes */
    draw(state, { plane, height }) {
      const scales = setPlane(axes, state, plane, height);
      now = { scales, state };
      const curvatures = pure.shown(state);
      regions.draw(curvatures, scales);
      levels.draw(curvatures, scales);
      boundaries.draw(
        curvatures.map((curvature, i) => ({ curvature, look: LOOKS[i] })),
        scales,
      );
      best.draw(state.both ? state.world.best : null, scales);
      const words = `learning rate ${brief(state.alpha)}, β ${brief(state.beta)}`;
      point.set(
        scales.x(Math.sqrt(state.alpha)),
        scales.y(state.beta),
        words,
        state.alpha,
      );
    },
  };
}

/** @param {ReturnType<typeof frame>} axes @param {State} state @param {number} width @param {number} height */
function setPlane(axes, state, width, height) {
  const most = pure.edge(state);
  return axes.set({
    width,
    height,
    margin: MARGIN,
    x: {
      domain: [0, Math.sqrt(most)],
      at: squares(most).map(Math.sqrt),
      word: (root) => brief(root * root),
      label: "learning rate",
    },
    y: { domain: [0, 1], label: "β" },
  });
}

// The path

function makePath() {
  const el = board("The ball’s place after each step");
  const axes = frame(el);
  const [lines, mark] = [svg("g"), svg("line", { class: "gd-cursor" })];
  const word = svg("text", { class: "gd-halo", "aria-hidden": "true" });
  axes.plot.append(mark, lines);
  axes.over.append(word);
  return {
    el,
    /** @param {State} state @param {{path: number, pathHeight: number}} sizes */
    draw(state, { path, pathHeight }) {
      const { steps, start } = state.world;
      const far = Math.abs(start) * 1.3;
      const scales = axes.set({
        width: path,
        height: pathHeight,
        x: { domain: [0, steps], label: "step", ticks: 4 },
        y: { domain: [-far, far], label: "x", ticks: 3 },
      });
      drawPaths(lines, state, scales);
      drawSettled(mark, word, state, scales);
    },
  };
}

/** @param {Element} lines @param {State} state @param {Scales} scales */
function drawPaths(lines, state, scales) {
  join(
    lines,
    lookedAt(state),
    ({ look }) =>
      svg(
        "g",
        { style: `--gd-own: ${look.colour}` },
        svg("path", { class: "gd-path", "stroke-dasharray": look.dash || null }),
        svg("g"),
      ),
    (group, { x, look }) => {
      const [line, dots] = group.children;
      const points = x.map(
        (value, t) =>
          /** @type {[number, number]} */ ([scales.x(t), limited(scales.y(value))]),
      );
      set(line, { d: lineThrough(points) });
      join(
        dots,
        points,
        () => marker(look.marker),
        (dot, [px, py]) =>
          set(dot, {
            transform: `translate(${px.toFixed(1)},${py.toFixed(1)}) scale(0.5)`,
          }),
      );
    },
  );
}

/** @param {number} pixel */
function limited(pixel) {
  return Number.isNaN(pixel) ? FAR : clamp(pixel, -FAR, FAR);
}

/** When only a hundredth is left. @param {Element} mark @param {Element} word @param {State} state @param {Scales} scales */
function drawSettled(mark, word, state, { x, top, bottom, left, right }) {
  const settled = Math.max(...pure.directionsOf(state).map((each) => each.settled));
  const seen = settled <= state.world.steps;
  const at = seen ? x(settled) : left;
  set(mark, {
    x1: at,
    x2: at,
    y1: top,
    y2: bottom,
    visibility: seen ? "visible" : "hidden",
  });
  const late = at > (left + right) / 2;
  set(word, {
    text: seen ? `1/100 after ${settled}` : "",
    x: late ? at - 5 : at + 5,
    y: top + 10,
    "text-anchor": late ? "end" : "start",
  });
}

// Names and controls

/** What belongs to which of two directions. @param {Stage} stage @param {State} state */
function makeNames(stage, state) {
  const two = pure.directionsOf({ ...state, both: true });
  const lines = two.map((each, i) => ({
    label: `${nameOf(state, each)}, curvature ${brief(each.curvature)}`,
    ...LOOKS[i],
  }));
  const legend = makeLegend(stage, lines, false);
  return {
    el: legend.el,
    /** @param {State} now */
    draw(now) {
      legend.el.hidden = !now.both;
      const all = pure.directionsOf(now.both ? now : { ...now, both: true });
      const texts = all.map((each) => ({
        text: standing(each),
        bad: each.factor >= 1,
      }));
      legend.draw([true, true], texts);
    },
  };
}

/** @param {Stage} stage @param {State} state */
function makeControls(stage, { world }) {
  const [first, second] = world.curvatures;
  const both = toggle(stage, {
    label: `A second direction, ${brief(second / first)} times as curved`,
    event: (on) => ({ type: "both", on }),
  });
  const best = button(stage, "Best β", () => ({ type: "best" }));
  const reset = button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet");
  reset.title = "Back to the text’s values";
  const rate = field(stage, {
    label: "Learning rate",
    event: (alpha) => ({ type: "point", alpha }),
  });
  const beta = field(stage, {
    label: "β",
    range: { min: 0, max: pure.MOST_BETA },
    event: (value) => ({ type: "point", beta: value }),
  });
  const unfold = more("Type the numbers", rate.el, beta.el);
  return {
    el: html(
      "div",
      {},
      row(both.el, html("div", { class: "gd-player" }, best, reset)),
      unfold,
    ),
    /** @param {State} state */
    draw(state) {
      both.set(state.both);
      set(best, { text: state.both ? "Best for both" : "Critical β" });
      rate.set(state.alpha);
      beta.set(state.beta);
    },
  };
}
