// The basin map: cells on a canvas, contours and letters over it, a marker to drag.

import { coloursOf, paint } from "../drawing/basins.js";
import { html, join, set, svg } from "../drawing/dom.js";
import { makeGround, makeHeads, makePaths, pixelsOf } from "../drawing/map.js";
import { board, frame } from "../drawing/plot.js";
import * as pure from "../pure/basins.js";
import { letterOf, pointWords } from "../pure/basins-words.js";
import { nudged, tidy } from "../pure/race.js";
import { clamp } from "../pure/ranges.js";
import { handle, tap } from "../runtime/handle.js";
import { watchTheme } from "../runtime/theme.js";

/** @typedef {import("../pure/basins.js").State} State */
/** @typedef {import("../pure/basins.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */
/** @typedef {[number, number]} Point */

const MARGIN = { top: 26, right: 14, bottom: 32, left: 46 };
const OWN = { colour: "var(--gd-ink)", dash: "", marker: "circle" };
const LETTERS = 9; // along each side of the map

/** @param {Stage} stage @param {World} world */
export function makeMap(stage, world) {
  const el = board(`Basins of ${world.surface.name}`);
  const axes = frame(el);
  const canvas = html("canvas", { "aria-hidden": "true" });
  const box = html("div", { class: "gd-chart" }, canvas, el);
  const ground = makeGround(world.surface, world.minima, Infinity);
  const letters = svg("g", { "aria-hidden": "true" });
  const [paths, heads] = [makePaths(), makeHeads()];
  axes.plot.append(ground.el, letters, paths.el);
  const marker = makeMarker(stage, el, () => now);
  axes.over.append(heads.el, marker.el);
  /** @type {{scales: Scales, state: State}} */
  let now;
  /** @type {pure.Chart | null} */
  let painted = null;
  const repaint = () => {
    painted = now.state.chart;
    drawCells(canvas, now.state);
  };
  watchTheme(() => now && repaint(), stage.signal);
  return {
    el: box,
    /** @param {State} state @param {number} width */
    draw(state, width) {
      const scales = setAxes(axes, state, width);
      now = { scales, state };
      lay(canvas, scales);
      set(box, { "aria-busy": String(state.playing) });
      if (state.chart !== painted) repaint();
      ground.draw(scales);
      drawLetters(letters, state, scales);
      drawRun(paths, heads, state, scales);
      marker.draw(state, scales);
    },
  };
}

/** @param {ReturnType<typeof frame>} axes @param {State} state @param {number} width */
function setAxes(axes, { world }, width) {
  const [x, y] = world.window;
  const between = width - MARGIN.left - MARGIN.right;
  const high = (between * (y[1] - y[0])) / (x[1] - x[0]);
  return axes.set({
    width,
    height: clamp(high, 240, Math.max(between, 260)) + MARGIN.top + MARGIN.bottom,
    margin: MARGIN,
    x: { domain: x, label: world.names[0] },
    y: { domain: y, label: world.names[1] },
  });
}

/** Put the canvas between the axes. @param {HTMLElement} canvas @param {Scales} scales */
function lay(canvas, { left, right, top, bottom }) {
  Object.assign(canvas.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${right - left}px`,
    height: `${bottom - top}px`,
  });
}

/** @param {HTMLCanvasElement} canvas @param {State} state */
function drawCells(canvas, { world, chart }) {
  const at = (/** @type {number} */ i, /** @type {number} */ j) =>
    pure.endAt(world, chart.ends, i, j);
  paint(canvas, world.cells, at, coloursOf(canvas));
}

/** A letter wherever the cells around agree: colour is never the only cue. @param {Element} group @param {State} state @param {Scales} scales */
function drawLetters(group, { world, chart, playing }, { x, y }) {
  const places = playing ? [] : lettersOf(world, chart);
  join(
    group,
    places,
    () => svg("text", { class: "gd-basin", "text-anchor": "middle" }),
    (word, { at: [a, b], text }) => set(word, { x: x(a), y: y(b) + 4, text }),
  );
}

/** @type {WeakMap<pure.Chart, {at: Point, text: string}[]>} */
const lettered = new WeakMap();

/** @param {World} world @param {pure.Chart} chart */
function lettersOf(world, chart) {
  const known = lettered.get(chart);
  if (known) return known;
  const made = [];
  for (let row = 0; row < LETTERS; row += 1)
    for (let column = 0; column < LETTERS; column += 1) {
      const [i, j] = [column, row].map((k) =>
        Math.floor(((k + 0.5) * world.cells) / LETTERS),
      );
      const end = pure.endAt(world, chart.ends, i, j);
      if (end >= 0 && agreed(world, chart, i, j, end))
        made.push({
          at: pure.startOf(world, j * world.cells + i),
          text: letterOf(end),
        });
    }
  lettered.set(chart, made);
  return made;
}

/** @param {World} world @param {pure.Chart} chart @param {number} i @param {number} j @param {number} end */
function agreed({ cells }, { ends }, i, j, end) {
  for (let b = j - 2; b <= j + 2; b += 1)
    for (let a = i - 2; a <= i + 2; a += 1)
      if (a >= 0 && b >= 0 && a < cells && b < cells && ends[b * cells + a] !== end)
        return false;
  return true;
}

/** @param {ReturnType<typeof makePaths>} paths @param {ReturnType<typeof makeHeads>} heads @param {State} state @param {Scales} scales */
function drawRun(paths, heads, state, scales) {
  const { x, end, stoppedAt } = pure.runOf(state);
  const points = pixelsOf(scales, /** @type {Point[]} */ (x));
  paths.draw([{ look: OWN, points }]);
  const [px, py] = points[points.length - 1];
  const { left, right, top, bottom } = scales;
  const text = end === pure.DIVERGED ? `diverged at step ${stoppedAt}` : letterOf(end);
  const head = {
    look: OWN,
    x: clamp(px, left, right),
    y: clamp(py, top, bottom),
    text,
  };
  heads.draw([head], scales, text !== "");
}

/** @param {Stage} stage @param {SVGSVGElement} el @param {() => {scales: Scales, state: State}} now */
function makeMarker(stage, el, now) {
  const go = (/** @type {number} */ x, /** @type {number} */ y) =>
    stage.send({ type: "start", point: pointAt(now().scales, x, y) });
  const made = handle(stage, el, {
    label: `Start: ${stage.settings.surface.variables.join(" and ")}`,
    drag: go,
    press(right, up) {
      const { world, start } = now().state;
      stage.send({ type: "start", point: nudged(world, start, right, up) });
    },
  });
  made.el.classList.add("gd-start");
  const inside = (/** @type {number} */ x, /** @type {number} */ y) => {
    const { left, right, top, bottom } = now().scales;
    return x >= left && x <= right && y >= top && y <= bottom;
  };
  tap(el, (x, y) => inside(x, y) && go(x, y), stage.signal);
  return {
    el: made.el,
    /** @param {State} state @param {Scales} scales */
    draw({ world, start }, { x, y }) {
      made.set(x(start[0]), y(start[1]), pointWords(world, start), start[0]);
    },
  };
}

/** The parameters at a pixel, no finer than the eye. @param {Scales} scales @param {number} x @param {number} y @returns {Point} */
function pointAt({ x: across, y: up, left, right, top, bottom }, x, y) {
  const tidied = (
    /** @type {import("../drawing/plot.js").Scale} */ scale,
    /** @type {number} */ pixel,
  ) =>
    tidy(scale.invert(pixel), Math.abs(scale.invert(pixel + 1) - scale.invert(pixel)));
  return [tidied(across, clamp(x, left, right)), tidied(up, clamp(y, top, bottom))];
}
