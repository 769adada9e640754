// What the ball did, in words and numbers.

import { count, crawling, landing, latest, resting, stuck } from "./curve.js";
import { brief, write } from "./numbers.js";

/** @typedef {import("./curve.js").State} State */
/** @typedef {import("./curve.js").Place} Place */

/** What happened, in words and numbers. @param {State} state */
export function say(state) {
  const steps = count(state);
  const { x, loss, slope } = latest(state);
  const here = `${state.world.name} = ${write(x)}`;
  if (state.diverged)
    return `Diverged at step ${steps}: every step went further out than the last, and the loss has grown to ${write(loss)}.`;
  if (steps === 0 && resting(state))
    return `At ${here} the slope is ${write(slope)}: gradient descent stays where it is.`;
  if (state.guess.open)
    return `The ball is at ${here}: loss ${write(loss)}, slope ${write(slope)}.`;
  if (steps === 0)
    return `The ball is at ${here}: loss ${write(loss)}, slope ${write(slope)}. The hollow dot shows where the next step lands.`;
  if (resting(state))
    return `Step ${steps}: the slope is almost zero, so the ball rests at ${here}, loss ${write(loss)}.`;
  if (crawling(state))
    return `Step ${steps}: the ball hardly moves. The slope is ${write(slope)}, so with rate ${brief(state.rate)} the next step is only ${write(Math.abs(state.rate * slope))} long; ${here}, loss ${write(loss)}.`;
  return `Step ${steps}: ${happened(state.places[steps - 1], state.places[steps])}`;
}

/** @param {Place} before @param {Place} after */
function happened(before, after) {
  const rose = after.loss > before.loss;
  const losses = `the loss ${rose ? "rose" : "fell"} from ${write(before.loss)} to ${write(after.loss)}`;
  const over = before.slope * after.slope < 0;
  if (rose && over)
    return `${losses}: the step overshot the valley and climbed the other side.`;
  if (over) return `${losses}, and the ball crossed to the other side of the valley.`;
  return `${losses}.`;
}

/**
 * The last update and the next one, word by word: x ← 7.000 − 0.1 × 14.00 = 5.600
 * @param {State} state
 */
export function updates(state) {
  const { name } = state.world;
  const steps = count(state);
  const [before, here] = [state.places[steps - 1], latest(state)];
  const to = `${name} ←`;
  return {
    taken: before
      ? [`step ${steps}`, to, ...sum(before, here.rate ?? 0, here.x)]
      : ["the rule", to, name, "−", "rate", "×", "slope"],
    coming: stuck(state) || state.guess.open
      ? []
      : ["next", to, ...sum(here, state.rate, landing(state).place.x)],
  };
}

/** @param {Place} from @param {number} rate @param {number} to */
function sum(from, rate, to) {
  const slope = write(from.slope);
  const words = from.slope < 0 ? `(${slope})` : slope;
  return [write(from.x), "−", brief(rate), "×", words, "=", write(to)];
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table({ world, places }) {
  const rows = places.map(({ x, loss, slope, rate }, step) => [
    String(step),
    rate === null ? "" : brief(rate),
    write(x),
    write(slope),
    write(loss),
  ]);
  return { columns: ["step", "learning rate", world.name, "slope", "loss"], rows };
}
