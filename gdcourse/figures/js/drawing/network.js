// A network from left to right: units and links one by one, or wide layers as strips.

import { join, set, svg } from "./dom.js";
import { board } from "./plot.js";

/** @typedef {{left: number, right: number, y: number}} Ends */
/**
 * `values` are a layer's activations, `links` how strong each link into it is, from 0
 * to 1, a row of them for each unit before; both are null until the pass comes there.
 * `label` is told of a single link.
 * @typedef {{values: ArrayLike<number> | null, links: number[][] | null, label: string}} Layer
 */
/**
 * @typedef {object} Picture
 * @property {number} width
 * @property {(layer: number) => number} x
 * @property {Layer[]} layers  the inputs first
 * @property {number} units
 * @property {{layer: number, back: boolean} | null} active
 * @property {(value: number) => string} write
 */
/** @typedef {{y: (unit: number) => number, r: number, half: number, top: number, bottom: number, told: boolean}} Room */

export const FEW = 8; // units a layer that are drawn one by one
const MOST = 64; // cells of a strip
const SHADES = 8;
const [TOP, TALL] = [30, 150];
const [EDGE, WORDY] = [40, 64]; // pixels that words need at an edge, between layers

export function networkBoard() {
  const el = board("The network, from the inputs on the left");
  const [links, units, words, here] = [svg("g"), svg("g"), svg("g"), makeHere()];
  set(links, { class: "gd-deep-links" });
  set(units, { class: "gd-deep-units" });
  el.append(links, here.box, units, words, here.words);
  return {
    el,
    /** @param {Picture} picture */
    draw(picture) {
      const room = roomOf(picture);
      const { width, layers, active } = picture;
      const height = room.bottom + (room.told ? 20 : 6);
      set(el, { viewBox: `0 0 ${width} ${height}`, width, height });
      drawLinks(links, picture, room);
      if (picture.units > FEW) drawStrips(units, picture, room);
      else drawUnits(units, picture, room);
      drawValues(words, picture, room);
      here.draw(active, picture.x, room, layers.length - 1);
    },
  };
}

/** Where things go. @param {Picture} picture @returns {Room} */
function roomOf({ x, units }) {
  const gap = x(1) - x(0);
  const rows = Math.min(units, FEW);
  const row = rows > 1 ? Math.min(46, TALL / (rows - 1)) : 46;
  const r = Math.max(Math.min(0.26 * gap, 0.3 * row, 13), 3);
  const half = units > FEW ? Math.max(Math.min(0.2 * gap, 12), 3) : r;
  const told = rows < 4 && gap >= 36;
  const tall = units > FEW ? TALL : row * (rows - 1) + 2 * r;
  const y = (/** @type {number} */ unit) => TOP + r + unit * row;
  return { y, r, half, top: TOP, bottom: TOP + tall, told };
}

/** @param {Element} parent @param {Picture} picture @param {Room} room */
function drawLinks(parent, picture, room) {
  const { x, layers, units } = picture;
  const middle = (room.top + room.bottom) / 2;
  const y = units > FEW ? () => middle : room.y;
  const gap = units > FEW ? room.half : 0;
  join(
    parent,
    layers.slice(1),
    () => svg("g"),
    (group, { links }, k) => {
      const rows = units > FEW ? [[0]] : blank(units);
      const all = (links ?? rows).flatMap((row, i) =>
        row.map((strength, j) => ({ i, j, strength: links ? strength : -1 })),
      );
      join(
        group,
        all,
        () => svg("line"),
        (line, { i, j, strength }) => {
          set(line, { x1: x(k) + gap, y1: y(i), x2: x(k + 1) - gap, y2: y(j) });
          set(
            line,
            strength < 0
              ? { class: "gd-deep-idle", style: null }
              : { class: "gd-deep-link", style: thick(strength, units) },
          );
        },
      );
    },
  );
}

/** @param {number} units @returns {number[][]} */
function blank(units) {
  return Array.from({ length: units }, () => new Array(units).fill(0));
}

/** @param {number} strength @param {number} units */
function thick(strength, units) {
  const width = 0.7 + (units > 4 && units <= FEW ? 2 : 4.8) * strength;
  return `stroke-width: ${width.toFixed(2)}px; stroke-opacity: ${(0.25 + 0.75 * strength).toFixed(2)}`;
}

/** How full a unit looks: half at 0.5, full when it is large. @param {number} value */
function fullness(value) {
  const size = Math.abs(value);
  return size === Infinity ? 1 : size / (size + 0.5) || 0;
}

/** @param {Element} parent @param {Picture} picture @param {Room} room */
function drawUnits(parent, { x, layers, units }, { y, r }) {
  join(
    parent,
    layers,
    () => svg("g"),
    (group, { values }, k) =>
      join(group, blank(units), ball, (circle, _, i) => {
        set(circle, { d: round(x(k), y(i), r) });
        set(circle, { style: full(values ? fullness(values[i]) : 0) });
      }),
  );
}

/** @param {number} part */
function full(part) {
  return `--gd-full: ${Math.round(100 * part)}%`;
}

function ball() {
  return svg("path", { class: "gd-deep-unit" });
}

/** @param {number} x @param {number} y @param {number} r */
function round(x, y, r) {
  return `M${(x - r).toFixed(1)},${y.toFixed(1)}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
}

/** A cell a unit, in as many shades as can be told apart. @param {Element} parent @param {Picture} picture @param {Room} room */
function drawStrips(parent, { x, layers, units }, { half, top, bottom }) {
  const cells = Math.min(units, MOST);
  const tall = (bottom - top) / cells;
  const frame = (/** @type {number} */ left) =>
    `M${left},${top}h${2 * half}V${bottom}h${-2 * half}Z`;
  join(
    parent,
    layers,
    () => svg("g"),
    (group, { values }, k) => {
      const left = x(k) - half;
      const shades = Array.from({ length: SHADES }, () => "");
      for (let i = 0; values && i < cells; i += 1) {
        const shade = Math.min(Math.floor(fullness(values[i]) * SHADES), SHADES - 1);
        shades[shade] +=
          `M${left},${(top + i * tall).toFixed(2)}h${2 * half}v${(tall + 0.4).toFixed(2)}h${-2 * half}Z`;
      }
      join(group, [...shades, frame(left)], ball, (path, d, i) =>
        set(path, {
          d,
          class: i < SHADES ? "gd-deep-cell" : "gd-deep-unit",
          style: i < SHADES ? full((i + 0.5) / SHADES) : "fill: none",
        }),
      );
    },
  );
}

/** Activations below units, and what is told of a link above its middle. @param {Element} parent @param {Picture} picture @param {Room} room */
function drawValues(parent, { x, layers, write }, { y, r, told }) {
  const below = layers.flatMap(({ values }, k) =>
    told && values
      ? Array.from(values, (value, i) => ({
          x: x(k),
          y: y(i) + r + 13,
          text: write(value),
        }))
      : [],
  );
  const roomy = x(1) - x(0) > WORDY;
  const above = layers.map(({ label }, k) => ({
    x: x(k - 0.5),
    y: y(0) - 9,
    text: roomy ? label : "",
  }));
  const kind = { class: "gd-halo", "text-anchor": "middle", "aria-hidden": "true" };
  join(parent, [...below, ...above], () => svg("text", kind), set);
}

/** A frame around the layer at work with the direction in words, else names of the ends. */
function makeHere() {
  const box = svg("rect", { class: "gd-deep-here", rx: 8 });
  const words = [0, 1].map(() => svg("text", { "aria-hidden": "true" }));
  return {
    box,
    words: svg("g", {}, ...words),
    /** @param {Picture["active"]} active @param {Picture["x"]} x @param {Room} room @param {number} last */
    draw(active, x, { half, top, bottom, told }, last) {
      const side = half + (told ? 7 : 5);
      const [left, right] = [x(0) - half, x(last) + half];
      set(box, { visibility: active ? "visible" : "hidden" });
      if (!active) {
        const kind = { y: top - 10, class: null };
        set(words[0], { ...kind, x: left, text: "inputs", "text-anchor": "start" });
        set(words[1], { ...kind, x: right, text: "outputs", "text-anchor": "end" });
        return;
      }
      const at = x(active.layer);
      const height = bottom - top + (told ? 23 : 10);
      set(box, { x: at - side, y: top - 5, width: 2 * side, height });
      set(words[0], {
        class: "gd-strong gd-halo",
        text: active.back ? "← back" : "forward →",
        ...beside(at, side, x(0), x(last)),
        y: top - 11,
      });
      set(words[1], { text: "" });
    },
  };
}

/** Words over a layer that stay on the board. @param {number} at @param {number} side @param {number} left @param {number} right */
function beside(at, side, left, right) {
  if (right - at < EDGE) return { x: right + side, "text-anchor": "end" };
  if (at - left < EDGE) return { x: at - side, "text-anchor": "start" };
  return { x: at, "text-anchor": "middle" };
}
