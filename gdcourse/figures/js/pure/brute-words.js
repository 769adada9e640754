// What search on a grid and descent cost, and what they found, in words.

import { arrived, bestOf, gradients, here, pathOf, placesOf } from "./brute.js";
import { raised, write } from "./numbers.js";

/** @typedef {import("./brute.js").State} State */

const CLOSE = 0.002; // of the window: as near as the eye tells

/** 1,000 @param {number} n a whole number */
export function counted(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** One thing, or several. @param {number} n @param {string} thing */
function many(n, thing) {
  return `${counted(n)} ${thing}${n === 1 ? "" : "s"}`;
}

/** n to the power d: 10⁶, or about 4.0×10⁴. @param {number} n @param {number} d */
export function powerWords(n, d) {
  const size = d * Math.log10(n);
  const exponent = Math.floor(size + 1e-9);
  const front = 10 ** (size - exponent);
  if (Math.abs(front - 1) < 1e-6) return `10${raised(exponent)}`;
  const short = front.toFixed(1);
  return short === "10.0"
    ? `about 1.0×10${raised(exponent + 1)}`
    : `about ${short}×10${raised(exponent)}`;
}

/** What the grid would cost in more dimensions, and what descent would. @param {State} state */
export function price({ grid }) {
  const n = counted(grid.points);
  return `With ${n} points an axis, d parameters need ${n}ᵈ evaluations: ${powerWords(grid.points, 2)} for 2, ${powerWords(grid.points, 10)} for 10. Descent asks for one gradient a step, worth a few evaluations, in any number of parameters; but it finds only the valley it starts in.`;
}

/** @param {State} state */
export function tally(state) {
  const best = bestOf(state);
  const { name } = state.world;
  const at = (/** @type {import("./brute.js").Place} */ { x, loss }) =>
    `${name} = ${write(x)}, loss ${write(loss)}`;
  return {
    grid: [many(state.scanned, "evaluation"), best ? `best ${at(best)}` : ""],
    descent: [many(gradients(state), "gradient"), state.asked ? at(here(state)) : ""],
  };
}

/** @param {State} state */
export function say(state) {
  if (state.search === "grid") return sayGrid(state);
  if (state.search === "descent" && state.asked) return sayDescent(state);
  const { name, maxima } = state.world;
  const top = isNear(state, maxima) ? ", on the local maximum" : "";
  return `The ball is at ${name} = ${write(here(state).x)}${top}. Search the grid for the lowest of ${counted(state.grid.points)} points, or descend from the ball.`;
}

/** @param {State} state */
function sayGrid(state) {
  const { world, grid, scanned } = state;
  const best = bestOf(state);
  if (!best) return "The grid begins at the left.";
  const found = `${world.name} = ${write(best.x)}, loss ${write(best.loss)}`;
  if (scanned < grid.points)
    return `The grid has evaluated the loss at ${counted(scanned)} of ${counted(grid.points)} points; the best so far is ${found}.`;
  const [low, high] = world.window;
  const gap = write((high - low) / (grid.points - 1));
  return `The grid evaluated the loss at all ${counted(scanned)} points, in every valley. Its best is ${found}, as exact as points ${gap} apart can be.`;
}

/** @param {State} state */
function sayDescent(state) {
  const { name } = state.world;
  const { x, loss } = here(state);
  const place = `${name} = ${write(x)}, loss ${write(loss)}`;
  const asked = many(gradients(state), "gradient");
  if (!arrived(state)) return `Descent has asked for ${asked} and is at ${place}.`;
  const { stopped, stoppedAt } = pathOf(state);
  if (stopped === "diverged")
    return `Descent diverged at step ${stoppedAt}: this learning rate overshoots ever further.`;
  if (stopped === "step limit")
    return `After ${asked} descent is still on its way, at ${place}.`;
  return stoppedAt === 0
    ? stayed(state, place)
    : `After ${asked} descent has arrived at ${place}: ${valley(state)}`;
}

/** @param {State} state @param {string} place */
function stayed(state, place) {
  const top = isNear(state, state.world.maxima);
  const slope = write(state.world.surface.gradient([here(state).x])[0]);
  const where = top ? "on the local maximum" : "where it is";
  const more = top ? " A step to either side, and it would run down." : "";
  return `The slope at ${place} is ${slope}, so descent stays ${where}: it asked for 1 gradient and did not move.${more}`;
}

/** @param {State} state */
function valley(state) {
  if (!isNear(state, state.world.minima))
    return "the slope is almost zero there, but a global minimum it is not.";
  return state.world.minima.length > 1
    ? "a global minimum, the one of the valley it started in. It never saw the others."
    : "the global minimum.";
}

/** @param {State} state @param {number[]} marks */
function isNear(state, marks) {
  const [low, high] = state.world.window;
  return marks.some((at) => Math.abs(at - here(state).x) < CLOSE * (high - low));
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const best = bestOf(state);
  const row = (
    /** @type {string} */ words,
    /** @type {import("./brute.js").Place} */ { x, loss },
  ) => [words, write(x), write(loss)];
  return {
    columns: ["search", state.world.name, "loss"],
    rows: [
      ...(best ? [row(`grid, best of ${counted(state.scanned)}`, best)] : []),
      ...placesOf(state).map((place, t) => row(`descent, step ${t}`, place)),
    ],
  };
}
