// What a walker in fog feels, and how the walk compares when the fog lifts.

import { felt, flat, rival } from "./fog.js";
import { write } from "./numbers.js";

/** @typedef {import("./fog.js").State} State */
/** @typedef {import("./fog.js").World} World */

const COMPASS = [
  "north",
  "north-east",
  "east",
  "south-east",
  "south",
  "south-west",
  "west",
  "north-west",
];
const NEAR = 0.03; // of the land's relief above its lowest point is there

/** One of eight directions. @param {number} bearing in degrees */
export function compass(bearing) {
  return COMPASS[Math.round(bearing / 45) % 8];
}

/** A height as finely as the land asks for: 12.4. @param {World} world @param {number} height */
export function tall({ digits }, height) {
  if (!Number.isFinite(height) || Math.abs(height) >= 1e6) return write(height);
  const text = Math.abs(height).toFixed(digits);
  return height < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** The ground at the walker's feet. @param {State} state */
export function underfoot(state) {
  if (flat(state)) return "the ground is almost flat";
  const { slope, down } = felt(state);
  const part = slope / state.world.slope;
  const how = part < 0.5 ? ", gently" : part > 1.3 ? ", steeply" : "";
  return `the ground falls to the ${compass(down)}${how}`;
}

/** @param {State} state */
export function say(state) {
  if (state.lifted) return lifted(state);
  const { world, paces, edge } = state;
  const height = tall(world, felt(state).height);
  if (edge && paces.length === 0) return `The map ends here; ${underfoot(state)}.`;
  const feet = `${underfoot(state)}.${edge ? " The map ends here." : ""}`;
  if (paces.length > 0)
    return `Step ${paces.length}: height ${height}, ${change(state)}; ${feet}`;
  return `You stand in fog at height ${height}; ${feet} Find the way down: tap beside the dot, drag from it, or use the arrow keys (Shift for short steps).`;
}

/** What the last step did to the height. @param {State} state */
function change({ world, trail }) {
  const [before, now] = trail.slice(-2).map(world.surface.value);
  const by = tall(world, Math.abs(now - before));
  if (Number(by) === 0) return "you stayed level";
  return now < before ? `you went down by ${by}` : `you climbed by ${by}`;
}

/** @param {State} state */
function lifted(state) {
  return [why(state), compared(state), verdict(state)].filter(Boolean).join(" ");
}

/** @param {State} state */
function why(state) {
  const count = state.paces.length;
  if (count > 0 && flat(state))
    return "The ground is almost flat here, so the fog lifts.";
  return count >= state.world.steps ? `That was step ${count}: the fog lifts.` : "";
}

/** You took 14 steps and stand at height 1.2; descent, with the same 14, at 0.4. @param {State} state */
export function compared(state) {
  const { world, paces } = state;
  const count = paces.length;
  const own = tall(world, felt(state).height);
  const lowest = Number.isFinite(world.floor)
    ? ` The lowest point of this land is ${tall(world, world.floor)}.`
    : "";
  const taken = ["no step", "1 step"][count] ?? `${count} steps`;
  const with_ = count ? `with the same ${count}` : `with ${world.steps} steps`;
  return `You took ${taken} and stand at height ${own}; ${world.label}, ${ending(state, with_)}.${lowest}`;
}

/** @param {State} state @param {string} steps */
function ending(state, steps) {
  const { heights, diverged } = rival(state);
  const last = heights.length - 1;
  if (diverged) return `${steps}, diverged at step ${last}`;
  return `${steps}, at ${tall(state.world, heights[last])}`;
}

/** Who came lower, and who reached the lowest point. @param {State} state */
export function verdict(state) {
  const { world, paces } = state;
  if (paces.length === 0) return "";
  const { heights, diverged } = rival(state);
  const [own, other] = [felt(state).height, heights[heights.length - 1]];
  const short = Math.min(own, other) - world.floor > NEAR * world.relief;
  const neither = short ? " Neither of you reached the lowest point." : "";
  if (diverged) return neither.trim();
  const gap = Number(tall(world, Math.abs(own - other)));
  if (gap === 0)
    return `You are equally low, and both felt only the slope underfoot.${neither}`;
  const won =
    own < other
      ? "You came lower, and both of you felt only the slope underfoot."
      : "It came lower, though it too felt only the slope underfoot.";
  return won + neither;
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const { world, trail, lifted } = state;
  const { heights } = rival(state);
  const rows = Math.max(trail.length, lifted ? heights.length : 0);
  const cells = (/** @type {number} */ t) => [
    ...(trail[t] ? trail[t].map(write) : ["", ""]),
    trail[t] ? tall(world, world.surface.value(trail[t])) : "",
    ...(lifted ? [t < heights.length ? tall(world, heights[t]) : ""] : []),
  ];
  return {
    columns: [
      "step",
      ...world.names,
      "your height",
      ...(lifted ? [`${world.label}: height`] : []),
    ],
    rows: Array.from({ length: rows }, (_, t) => [String(t), ...cells(t)]),
  };
}
