// What lies on and around a relief: paths, minima, racers and axes, as SVG above it.

import { tick } from "../pure/numbers.js";
import { drape, eye, hidden, over, project, spotOf, TALL } from "../pure/relief.js";
import { spaced } from "../pure/labels.js";
import { join, set, svg } from "./dom.js";
import { makeHeads } from "./map.js";
import { marker } from "./marks.js";

/** @typedef {import("../pure/relief.js").Relief} Relief */
/** @typedef {import("../pure/relief.js").View} View */
/** @typedef {import("../pure/relief.js").Spot} Spot */
/** @typedef {import("./losses.js").Look & {label: string}} Look */
/** @typedef {[number, number]} Point */
/** @typedef {{width: number, height: number, unit: number}} Size */
/** @typedef {{look: Look, points: Point[], blown: boolean}} Trail  points of the plane */
/** @typedef {{relief: Relief, view: View, size: Size, names: [string, string], minima: Point[], start: Point, trails: Trail[], named: boolean}} Picture */

const APART = 1.5; // pixels between points of a path
const DOTS = 60;
const INWARD = 0.13; // of an edge: where its ends are named

export function makeMarks() {
  const [axes, wells, paths] = [svg("g"), svg("g"), svg("g")];
  const start = svg("circle", { class: "gd-origin", r: 6 });
  const heads = makeHeads();
  const el = svg("g", { "aria-hidden": "true" }, axes, wells, paths, start, heads.el);
  return {
    el,
    /** @param {Picture} picture */
    draw(picture) {
      const { relief, size, trails } = picture;
      const see = seer(picture);
      drawAxes(axes, picture);
      drawWells(wells, picture, see);
      join(paths, trails, makePath, (path, trail) =>
        drawPath(path, trail, relief, see),
      );
      const [x, y] = see(spotOf(relief, picture.start)).at;
      set(start, { cx: x, cy: y });
      const box = { left: 0, right: size.width, top: 0, bottom: size.height };
      const scales = /** @type {import("./plot.js").Scales} */ (
        /** @type {unknown} */ (box)
      );
      heads.draw(headsOf(picture, see), scales, picture.named);
    },
  };
}

/** @typedef {(spot: Spot) => {at: Point, way: "seen" | "behind" | "away"}} See */

/** Where a place is on the board, and whether it is seen there. @param {Picture} picture @returns {See} */
function seer({ relief, view, size }) {
  return (spot) => {
    const at = onBoard(view, size, spot);
    if (!over(spot)) return { at, way: "away" };
    return { at, way: hidden(relief, view, spot) ? "behind" : "seen" };
  };
}

/** @param {View} view @param {Size} size @param {Spot} spot @returns {Point} */
function onBoard(view, { width, height, unit }, spot) {
  const [right, up] = project(view, spot);
  return [width / 2 + unit * right, height / 2 - unit * up];
}

// Paths

/** @param {Trail} trail */
function makePath({ look }) {
  const line = (/** @type {string} */ name) =>
    svg("path", {
      class: `gd-path ${name}`,
      "stroke-dasharray": name === "gd-under" ? null : look.dash || null,
    });
  const lines = ["gd-behind", "gd-under", "gd-above"].map(line);
  return svg("g", { style: `--gd-own: ${look.colour}` }, ...lines, svg("g"));
}

/** @param {Element} group @param {Trail} trail @param {Relief} relief @param {See} see */
function drawPath(group, { look, points }, relief, see) {
  const [behind, under, above, dots] = group.children;
  const lines = strokes(drape(relief, points), see);
  set(behind, { d: lines.behind });
  for (const line of [under, above]) set(line, { d: lines.seen });
  const stops = points
    .map((point) => see(spotOf(relief, point)))
    .filter(({ way }) => way === "seen")
    .map(({ at }) => at);
  join(
    dots,
    spaced(stops, 11).slice(1, DOTS),
    () => marker(look.marker),
    (dot, [x, y]) =>
      set(dot, { transform: `translate(${x.toFixed(1)},${y.toFixed(1)}) scale(0.55)` }),
  );
}

/** The d of what is seen of a path, and of what is behind the surface. @param {Spot[]} spots @param {See} see */
function strokes(spots, see) {
  const d = { seen: "", behind: "", away: "" };
  /** @type {{at: Point, way: "seen" | "behind" | "away"} | null} */
  let last = null;
  for (const [i, spot] of spots.entries()) {
    const now = see(spot);
    const near =
      last && Math.hypot(now.at[0] - last.at[0], now.at[1] - last.at[1]) < APART;
    if (near && i < spots.length - 1) continue;
    if (last && now.way === last.way) d[now.way] += `L${pair(now.at)}`;
    else if (last && last.way !== "away")
      d[now.way] += `M${pair(last.at)}L${pair(now.at)}`;
    else d[now.way] += `M${pair(now.at)}`;
    last = now;
  }
  return d;
}

/** @param {Point} point */
function pair([x, y]) {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

/** @param {Picture} picture @param {See} see */
function headsOf({ relief, trails }, see) {
  return trails.flatMap(({ look, points, blown }) => {
    const end = points[points.length - 1];
    if (!end || blown) return [];
    const { at, way } = see(spotOf(relief, end));
    return way === "away" ? [] : [{ look, x: at[0], y: at[1], text: look.label }];
  });
}

// Minima and axes

/** @param {Element} el @param {Picture} picture @param {See} see */
function drawWells(el, { relief, minima }, see) {
  const wells = minima
    .map((point) => see(spotOf(relief, point)))
    .filter(({ way }) => way !== "away");
  join(
    el,
    wells,
    () => svg("path", { class: "gd-well", d: "M-5,-5L5,5M5,-5L-5,5" }),
    (well, { at, way }) =>
      set(well, {
        transform: `translate(${pair(at)})`,
        opacity: way === "behind" ? 0.35 : null,
      }),
  );
}

/** @param {Element} el @param {Picture} picture */
function drawAxes(el, { relief, view, size, names }) {
  const [su, sv] = eye(view).map((part) => (part < 0 ? -1 : 1));
  const at = (/** @type {Spot} */ spot) => onBoard(view, size, spot);
  /** @type {[Spot, Spot, number][]} */
  const front = [
    [[-1, sv, 0], [1, sv, 0], 0],
    [[su, -1, 0], [su, 1, 0], 1],
  ];
  const words = front.flatMap(([from, to, axis]) => {
    const [low, high] = relief.window[axis];
    const middle = /** @type {Spot} */ (from.map((part, i) => (part + to[i]) / 2));
    return [
      { text: tick(low), ...beside(at, shifted(from, to, INWARD), 13) },
      { text: names[axis], ...beside(at, middle, 18) },
      { text: tick(high), ...beside(at, shifted(to, from, INWARD), 13) },
    ];
  });
  const labels = [...words, ...heightLabels(relief, view, at, su, sv)];
  join(el, labels, () => svg("text", { class: "gd-halo" }), set);
}

/** A place a little way from one end to the other. @param {Spot} from @param {Spot} to @param {number} part @returns {Spot} */
function shifted([u, v, z], to, part) {
  return [u + part * (to[0] - u), v + part * (to[1] - v), z];
}

/** Beside a place at the foot of the block, away from its middle. @param {(spot: Spot) => Point} at @param {Spot} spot @param {number} far */
function beside(at, spot, far) {
  const [[x, y], [mx, my]] = [at(spot), at([0, 0, 0])];
  const long = Math.hypot(x - mx, y - my) || 1;
  return {
    x: x + (far * (x - mx)) / long,
    y: y + Math.max((far * (y - my)) / long, 8) + 6,
    "text-anchor": "middle",
  };
}

/** The losses up the leftmost edge. @param {Relief} relief @param {View} view @param {(spot: Spot) => Point} at @param {number} su @param {number} sv */
function heightLabels({ scale }, view, at, su, sv) {
  if (view.tilt > 75) return [];
  const [a, b] = [
    [su, -sv],
    [-su, sv],
  ].sort((one, two) => at([one[0], one[1], 0])[0] - at([two[0], two[1], 0])[0])[0];
  const labels = [0, 0.5, 1].map((part) => {
    const [x, y] = at([a, b, part * TALL]);
    return {
      text: tick(Number(scale.lossAt(part).toPrecision(2))),
      x: x - 8,
      y: y + 4,
    };
  });
  const [x, y] = at([a, b, TALL]);
  const title = { text: scale.log ? "loss (log)" : "loss", x: x + 14, y: y - 12 };
  const from = scale.log ? 62 : 30; // pixels that the words need
  return [...labels, { ...title, x: Math.max(title.x, from) }].map((label) => ({
    ...label,
    "text-anchor": "end",
  }));
}
