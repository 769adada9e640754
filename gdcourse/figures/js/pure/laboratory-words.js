// The laboratory in words: the verdict, the protocol as one sentence, the table.

import * as pure from "./comparison.js";
import { groundNow } from "./laboratory.js";
import { brief, write } from "./numbers.js";
import { LEAST } from "./trials.js";

/** @typedef {import("./laboratory.js").State} State */
/** @typedef {import("./comparison.js").Result} Result */

const [EDGE, LETTER] = [14, 7]; // pixels of a margin, and of a bold letter

/** A loss or distance as the reader sees it. @param {number} value */
export function gapWords(value) {
  if (value === Infinity) return "diverged";
  return value <= LEAST ? "10⁻¹² or less" : write(value);
}

/** @param {State} state */
export function measured({ protocol }) {
  return protocol.measure === "distance"
    ? "distance to the nearest minimum"
    : "loss above the minimum";
}

/** @param {State} state @param {Result} result */
export function rateWords({ protocol }, { rates }) {
  return protocol.rates === "all" ? `${rates.length} rates` : `rate ${brief(rates[0])}`;
}

/**
 * What stands above a row; on narrow screens the rate is left to the sentence and the
 * table, and so are the runs that diverged.
 * @param {State} state @param {Result} result @param {number} place
 */
export function rowWords(state, result, place) {
  const { racer, score, ends, lost } = result;
  const some =
    lost > 0 && lost < ends.length ? ` (${lost} of ${ends.length} diverged)` : "";
  const bare = `${place}. ${racer.label}: ${gapWords(score)}`;
  const whole = `${place}. ${racer.label}, ${rateWords(state, result)}: ${gapWords(score)}${some}`;
  const room = state.width ? (state.width - 2 * EDGE) / LETTER : Infinity;
  return [whole, `${bare}${some}`].find((text) => text.length <= room) ?? bare;
}

/** Whether a place is shared with the one above. @param {Result[]} all @param {number} i @returns {number} */
export function placeOf(all, i) {
  return i > 0 && pure.tied(all[i - 1], all[i]) ? placeOf(all, i - 1) : i + 1;
}

/** @param {State} state */
export function say(state) {
  const all = pure.ranking(state);
  const { counts, budget } = state.protocol;
  const after = `After ${budget} ${budget === 1 ? "gradient" : "gradients"} each`;
  const [first, second] = all;
  if (first.score === Infinity)
    return `${after}, no rule has a ${counts} run left: they diverged.`;
  const what = `${counts} ${measured(state)}`;
  const ahead = `${after}, ${first.racer.label} comes first: ${what} ${gapWords(first.score)}`;
  if (!second) return `${ahead}.`;
  if (pure.tied(first, second))
    return `${after}, ${together(all)} share the first place: ${what} ${gapWords(first.score)}.`;
  return `${ahead}; next is ${second.racer.label} with ${gapWords(second.score)}. ${spreadWords(state, first, second)}`;
}

/** The names that share the first place. @param {Result[]} all */
function together(all) {
  return listed(
    all.filter((each) => pure.tied(each, all[0])).map(({ racer }) => racer.label),
  );
}

/** Whether the difference is larger than the spread. @param {State} state @param {Result} first @param {Result} second */
function spreadWords({ protocol }, first, second) {
  const count = first.ends.length;
  if (count === 1)
    return "That is one run each: there is no spread to hold the difference against.";
  const lower = first.ends.filter((end, i) => end < second.ends[i]).length;
  const level = first.ends.filter((end, i) => end === second.ends[i]).length;
  const same = protocol.rates === "all" ? "start, noise and rate" : "start and noise";
  const pairs = `Run by run, with the same ${same}, it ends lower in ${lower} of ${count}${level ? ` and level in ${level}` : ""}.`;
  const size = pure.apart(first, second)
    ? "The difference is larger than the spread: the middle halves of their runs do not overlap."
    : "The difference is smaller than the spread: the middle halves of their runs overlap.";
  return `${size} ${pairs}`;
}

// The protocol as one sentence

/** @param {State} state */
export function sentence(state) {
  const { world, protocol } = state;
  const ground = groundNow(state);
  const names = listed(world.racers.map(({ label }) => label));
  const { budget, counts, noise } = protocol;
  const many = pure.runsEach(state) > 1 || protocol.rates === "all";
  const steps = `${budget} ${budget === 1 ? "gradient" : "gradients"} a run`;
  const chance =
    noise > 0
      ? `with normal noise of standard deviation ${brief(noise)} in each component of each gradient${seed(state)}`
      : "without noise in the gradients";
  const report = many
    ? `reporting the ${counts} ${measured(state)} of the last points, with quartiles`
    : `reporting the ${measured(state)} of the last point`;
  return `We compared ${names} on ${ground.name} (${formula(ground.expression)}) with ${steps}, ${ratesSentence(state)}, ${starts(state)} and ${chance}, ${report}.`;
}

/** @param {State} state */
function ratesSentence(state) {
  const { rates, rate, tries } = state.protocol;
  const [low, high] = state.world.settings.grid.map(brief);
  const span = tries === 1 ? `the one learning rate ${brief(grid1(state))}` : "";
  const used = ` (${state.world.racers.map((racer) => brief(usedBy(state, racer))).join(", ")})`;
  switch (rates) {
    case "shared":
      return `every rule at the learning rate ${brief(rate)}`;
    case "default":
      return `each rule at its default learning rate${used}`;
    case "tuned":
      return span
        ? `tuned by ${span}`
        : `each rule at the best of ${tries} learning rates from ${low} to ${high} on a logarithmic grid${used}, chosen by the reported number on the reported runs at the cost of ${tries} times as many gradients`;
    default:
      return span
        ? `every rule at ${span}`
        : `each rule at every one of ${tries} learning rates from ${low} to ${high} on a logarithmic grid, none of them chosen`;
  }
}

/** The only rate of a grid of one. @param {State} state */
function grid1(state) {
  return pure.ranking(state)[0].rates[0];
}

/** @param {State} state @param {import("./laboratory.js").Racer} racer */
function usedBy(state, racer) {
  const found = pure.ranking(state).find((result) => result.racer === racer);
  return found ? found.rates[0] : NaN;
}

/** @param {State} state */
function starts(state) {
  const ground = groundNow(state);
  const runs = pure.runsEach(state);
  if (state.protocol.starts === "many")
    return `from ${runs} starts drawn evenly over the window${seed(state)}`;
  const from = `from the one start (${ground.start.map(brief).join(", ")})`;
  return runs > 1 ? `${runs} times ${from}` : from;
}

/** @param {State} state */
function seed({ world }) {
  return ` (seed ${world.settings.seed})`;
}

/** As it is read aloud. @param {string} expression */
export function formula(expression) {
  return expression
    .replace(/\*\*(\d)/g, (_, digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)])
    .replaceAll("*", "·")
    .replaceAll("-", "−");
}

/** @param {string[]} names */
function listed(names) {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const all = pure.ranking(state);
  const ends = ["best", "lower quartile", "median", "upper quartile", "worst"];
  return {
    columns: ["place", "rule", "learning rate", ...ends, "diverged"],
    rows: all.map((result, i) => [
      String(placeOf(all, i)),
      result.racer.label,
      state.protocol.rates === "all"
        ? rateWords(state, result)
        : brief(result.rates[0]),
      ...pure.fiveNumbers(result).map(gapWords),
      `${result.lost} of ${result.ends.length}`,
    ]),
  };
}
