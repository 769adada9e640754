// The family of the rules: which one is open, and where each stands.

import { clamp } from "./ranges.js";

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {number} year
 * @property {string} authors
 * @property {string} title
 * @property {string} link
 * @property {number[]} parents  positions of other entries
 * @property {string} adds
 * @property {string} idea
 * @property {string} rule       its name in the library, if it is there
 * @property {string[]} memory   what it keeps for each parameter
 * @property {any[]} formula     lines of MathML as nested lists
 * @property {string} untraced   what its step does if it has no formula here
 * @property {[number, number] | null} place  column and row in the tree
 */
/** @typedef {{view: string, entries: Entry[]}} World */
/** @typedef {{width: number, world: World, opened: number}} State  opened is -1 for none */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/**
 * @typedef {object} Layout
 * @property {Box[]} boxes   one an entry
 * @property {string[]} lines  the d of each link
 * @property {{x: number, y: number, text: string}[]} marks  years along the axis
 * @property {{x: number, y: number}[]} dots   on the axis
 * @property {number} below  where what is opened inside the drawing begins
 * @property {number} height
 */

/** @param {import("../runtime/types.js").Settings} settings @returns {State} */
export function begin({ view, entries, opened }) {
  return { width: 0, world: { view, entries }, opened };
}

/** @param {State} state @param {import("../runtime/types.js").Event} event @returns {State} */
export function next(state, event) {
  if (event.type !== "open") return state;
  return { ...state, opened: event.entry === state.opened ? -1 : event.entry };
}

/** @param {State} state */
export function save({ opened }) {
  return { n: opened };
}

/** @param {State} state @param {import("./fragment.js").Numbers} numbers @returns {State} */
export function restore(state, { n }) {
  const fine = Number.isInteger(n) && n >= -1 && n < state.world.entries.length;
  return fine ? { ...state, opened: n } : state;
}

// Words

/** @param {State} state */
export function say({ world, opened }) {
  const entry = world.entries[opened];
  if (!entry) {
    const { view, entries } = world;
    return view === "tree"
      ? `${entries.length} rules, each below the rules it grew from. Press one to open it.`
      : `${entries.length} steps from ${entries[0].year} to ${entries[entries.length - 1].year}, most of them since 2011. Press one to open it.`;
  }
  const from = fromOf(world, entry);
  const adds = from ? `adds ${entry.adds} to ${from}` : entry.adds;
  return `${entry.name}, ${entry.year}: ${adds}. ${kept(entry)}`;
}

/** The parents that are in sight, in words. @param {World} world @param {Entry} entry */
function fromOf({ entries }, { parents }) {
  return parents.map((parent) => entries[parent].name).join(" and ");
}

/** @param {Entry} entry */
function kept({ rule, memory }) {
  if (!rule) return "It is no update rule.";
  const count = ["nothing", "one number", "two numbers"][memory.length];
  return `It keeps ${count} for each parameter.`;
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table({ world }) {
  return {
    columns: ["name", "year", "by", "from", "adds", "kept for each parameter"],
    rows: world.entries.map((entry) => [
      entry.name,
      String(entry.year),
      entry.authors,
      fromOf(world, entry) || "–",
      entry.adds,
      entry.rule ? String(entry.memory.length) : "–",
    ]),
  };
}

// Places

const ROW = { tree: 78, wide: 88, timeline: 50 };
const TALL = { tree: 54, wide: 62, timeline: 44 };
const ROOMY = 124; // a box so wide has room for what a rule adds
const AXIS = 46;
const LIST = 92;

/** Whether the boxes of the tree have room for what a rule adds. @param {Box} box */
export function roomy({ width }) {
  return width >= ROOMY;
}

/**
 * Where everything stands; `room` is the height of what is opened inside the drawing.
 * @param {State} state
 * @param {number} width
 * @param {number} room
 * @returns {Layout}
 */
export function layout({ world, opened }, width, room) {
  return world.view === "tree"
    ? treeOf(world.entries, opened, width, room)
    : timeOf(world.entries, opened, width, room);
}

/** @param {Entry[]} entries @param {number} opened @param {number} width @param {number} room @returns {Layout} */
function treeOf(entries, opened, width, room) {
  const column = width / 3;
  const gap = column < 120 ? 4 : 10;
  const wide = column - gap >= ROOMY;
  const [pitch, height] = wide ? [ROW.wide, TALL.wide] : [ROW.tree, TALL.tree];
  const places = entries.map(({ place }) => place ?? [0, 0]);
  const last = opened < 0 ? Infinity : places[opened][1];
  const boxes = places.map(([across, row]) => ({
    x: across * column + gap / 2,
    y: row * pitch + (row > last ? room : 0),
    width: column - gap,
    height,
  }));
  const rows = Math.max(...places.map(([, row]) => row));
  const lines = entries.flatMap(({ parents }, i) =>
    parents.map((parent) =>
      link(boxes[parent], boxes[i], places[i][1] - places[parent][1]),
    ),
  );
  const below = opened < 0 ? 0 : boxes[opened].y + height + 8;
  return {
    boxes,
    lines,
    marks: [],
    dots: [],
    below,
    height: rows * pitch + height + room,
  };
}

/** A curve from a parent's foot to a child's head, or to its side from far above. @param {Box} from @param {Box} to @param {number} rows */
function link(from, to, rows) {
  const [x, y] = [from.x + from.width / 2, from.y + from.height];
  const middle = to.x + to.width / 2;
  if (rows > 1 && Math.abs(middle - x) > 1) {
    const side = to.y + to.height / 2;
    return `M${x},${y}C${x},${side} ${x},${side} ${to.x - 4},${side}`;
  }
  const half = (y + to.y) / 2;
  return `M${x},${y}C${x},${half} ${middle},${half} ${middle},${to.y - 4}`;
}

/** @param {Entry[]} entries @param {number} opened @param {number} width @param {number} room @returns {Layout} */
function timeOf(entries, opened, width, room) {
  const [pitch, height] = [ROW.timeline, TALL.timeline];
  const boxes = entries.map((_, i) => ({
    x: LIST,
    y: i * pitch + (opened >= 0 && i > opened ? room : 0),
    width: width - LIST - 4,
    height,
  }));
  const whole = (entries.length - 1) * pitch + height + room;
  const [first, last] = [entries[0].year, entries[entries.length - 1].year];
  const at = (/** @type {number} */ year) =>
    12 + ((whole - 24) * (year - first)) / (last - first);
  const dots = entries.map(({ year }) => ({ x: AXIS, y: at(year) }));
  const lines = boxes.map(({ x, y }, i) => {
    const [from, to] = [dots[i].y, y + height / 2];
    return `M${AXIS},${from}C${AXIS + 30},${from} ${AXIS + 16},${to} ${x},${to}`;
  });
  const marks = [1850, 1900, 1950, 2000].map((year) => ({
    x: AXIS - 8,
    y: at(clamp(year, first, last)),
    text: String(year),
  }));
  const below = opened < 0 ? 0 : boxes[opened].y + height + 6;
  return { boxes, lines, marks, dots, below, height: whole };
}
