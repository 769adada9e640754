// What happens in a deep network, in words and numbers.

import { extent, median } from "d3-array";
import { boundsOf, mostOf, othersOf, resultOf } from "./deep.js";
import { activeOf, ended } from "./depth.js";
import { ACTIVATIONS } from "./network.js";
import { brief, significant, write } from "./numbers.js";

/** @typedef {import("./depth.js").State} State */

const [MUCH, LITTLE] = [10, 2]; // times as long, or as short
const SPELT = 4; // so many units are told one by one

/** @param {number} value */
function short(value) {
  return brief(significant(value));
}

/** @param {State} state */
export function say(state) {
  if (state.shown === 0) return waiting(state);
  return ended(state) ? summary(state) : oneLayer(state);
}

/** @param {State} state */
function waiting({ plan }) {
  const each = plan.units === 1 ? "1 unit" : `${plan.units} units each`;
  const weights =
    plan.units === 1
      ? `every weight is ${brief(plan.scale)}`
      : `weights have scale ${brief(plan.scale)}`;
  return `${plan.depth} ${plan.activation} layers of ${each}; ${weights}. The inputs are 0.5 and wait to be passed on.`;
}

/** @param {State} state */
function oneLayer(state) {
  const { back, layer } = activeOf(state);
  const { pass, gradients } = resultOf(state);
  const { depth } = state.plan;
  if (!back)
    return `Forward, layer ${layer} of ${depth}: activations ${listed(pass.activations[layer])}.`;
  const here = `Back, layer ${layer} of ${depth}: slopes ${listed(pass.slopes[layer - 1])}; dL/dW is ${short(gradients[layer - 1])} long`;
  if (layer === depth) return `${here}.`;
  const part = gradients[layer - 1] / gradients[layer];
  return `${here}, ${times(part)} that of layer ${layer + 1}.`;
}

/** @param {Float64Array} values */
function listed(values) {
  if (values.length <= SPELT) return [...values].map(short).join(", ");
  const [low = 0, high = 0] = extent(values);
  return low === high ? `all ${short(low)}` : `from ${short(low)} to ${short(high)}`;
}

/** @param {number} part */
function times(part) {
  return Number.isFinite(part) ? `${short(part)} times` : "against";
}

/** @param {State} state */
function summary(state) {
  const { gradients } = resultOf(state);
  const { depth } = state.plan;
  if (depth === 1)
    return `One layer: its gradient dL/dW is ${write(gradients[0])} long.`;
  if (gradients[0] === 0) return silent(state);
  return [verdict(state), compared(state), stuck(state), allowed(state), crowd(state)]
    .filter(Boolean)
    .join(" ");
}

/** @param {State} state */
function verdict(state) {
  const { errors, rate } = resultOf(state);
  const all = errors[0] / errors[errors.length - 1];
  return `On the way back each layer multiplies the error by ${short(rate)} on average: ${course(all)}.`;
}

/** @param {number} all what becomes of an error, as a part of it */
function course(all) {
  if (all > MUCH) return "it explodes";
  if (all < 1 / MUCH) return "it vanishes";
  if (all > LITTLE) return "it grows";
  return all < 1 / LITTLE ? "it shrinks" : "it stays level";
}

/** @param {State} state */
function compared(state) {
  const { gradients, activations } = resultOf(state);
  const [first, last] = [gradients[0], gradients[gradients.length - 1]];
  const fact = `The gradient in the first layer’s weights is ${short(first)} long, ${ratio(first / last)} the last layer’s.`;
  const grown = activations[gradients.length - 1] / activations[0];
  const hidden = inside(first / last) && !inside(grown);
  if (!hidden) return fact;
  const how = grown > 1 ? "grew" : "shrank";
  return `${fact} They differ little only because activations ${how} as much on the way forward.`;
}

/** @param {number} part */
function inside(part) {
  return part >= 1 / MUCH && part <= MUCH;
}

/** @param {number} part */
function ratio(part) {
  return part < 0.1
    ? `1/${brief(significant(1 / part, 2))} of`
    : `${short(part)} times`;
}

/** Whether units sit where their curve is flat. @param {State} state */
function stuck(state) {
  const { steepest } = ACTIVATIONS[state.plan.activation];
  const { slope } = resultOf(state);
  const mean = slope.reduce((sum, each) => sum + each, 0) / slope.length;
  if (state.plan.activation === "relu" || mean > steepest / 2) return "";
  return `Units are saturated: their mean slope is ${short(mean)}, of at most ${steepest}.`;
}

/** @param {State} state */
function allowed(state) {
  if (!state.on[3]) return "";
  const most = mostOf(state).slice(1);
  const mean = Math.exp(most.reduce((sum, m) => sum + Math.log(m), 0) / most.length);
  const steep = ACTIVATIONS[state.plan.activation].steepest;
  return `The steepest slope, ${steep}, times the norm of the weights would allow ${short(mean)} a layer.`;
}

/** @param {State} state */
function crowd(state) {
  const others = state.others ? othersOf(state) : [];
  if (others.length === 0) return "";
  const rates = others.map(({ rate }) => rate).filter((rate) => rate > 0);
  const lost = others.length - rates.length;
  const gone = lost ? ` ${lost} let nothing back${rates.length ? ";" : "."}` : "";
  const [low = 0, high = 0] = extent(rates);
  const rest = rates.length
    ? ` from ${short(low)} to ${short(high)}, median ${short(median(rates) ?? 0)}.`
    : "";
  return `In ${others.length} other draws:${gone}${rest}`;
}

/** Nothing comes back. @param {State} state */
function silent(state) {
  const { slope } = resultOf(state);
  const dead = slope.findIndex((each) => each === 0) + 1;
  const why =
    dead > 0 && state.plan.activation === "relu"
      ? `All units of layer ${dead} are silent: their slope is 0`
      : "Units are so saturated that slopes round to 0";
  return `${why}, and nothing comes back through them. The gradient in the first layer’s weights is 0. ${crowd(state)}`.trim();
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const { activations, slope, errors, gradients } = resultOf(state);
  const bounds = state.on[3] ? boundsOf(state) : null;
  const rows = gradients.map((gradient, k) => [
    String(k + 1),
    ...[activations[k + 1], slope[k], errors[k], gradient].map(write),
    ...(bounds ? [write(bounds[k])] : []),
  ]);
  const columns = ["layer", "‖h‖", "mean slope", "‖dL/dz‖", "‖dL/dW‖"];
  return { columns: bounds ? [...columns, "bound"] : columns, rows };
}
