// The network of a depth figure as a picture: what is lit, and how strongly.

import { FEW } from "../drawing/network.js";
import { resultOf } from "../pure/deep.js";
import { activeOf, ended } from "../pure/depth.js";
import { brief, significant } from "../pure/numbers.js";
import { clamp } from "../pure/ranges.js";

/** @typedef {import("../pure/depth.js").State} State */

const DECADES = 4; // from the thickest link to a hairline

/** @param {State} state @param {(layer: number) => number} x @returns {import("../drawing/network.js").Picture} */
export function pictureOf(state, x) {
  const { width, plan, shown } = state;
  const { pass, gradients } = resultOf(state);
  const strength = strengthOf(state);
  const layers = pass.activations.map((values, k) => {
    const back = k > 0 && shown > 2 * plan.depth - k;
    return {
      values: k <= shown ? values : null,
      links: back ? linksInto(k) : null,
      label: back && plan.units === 1 ? inBrief(slopesInto(k)[0][0]) : "",
    };
  });
  /** @param {number} k */
  function slopesInto(k) {
    const errors = [...pass.errors[k - 1]];
    return [...pass.activations[k - 1]].map((h) => errors.map((d) => h * d));
  }
  /** @param {number} k */
  function linksInto(k) {
    if (plan.units > FEW) return [[strength(gradients[k - 1])]];
    return slopesInto(k).map((row) => row.map(strength));
  }
  const active = shown === 0 || ended(state) ? null : activeOf(state);
  return { width, x, layers, units: plan.units, active, write: inBrief };
}

/** How thick a gradient is drawn, beside the largest of the network. @param {State} state */
function strengthOf(state) {
  const { pass, gradients } = resultOf(state);
  const most =
    state.plan.units > FEW
      ? Math.max(...gradients)
      : Math.max(...pass.errors.map((d, k) => widest(d) * widest(pass.activations[k])));
  return (/** @type {number} */ gradient) =>
    gradient === 0
      ? 0
      : clamp(1 + Math.log10(Math.abs(gradient) / most) / DECADES, 0, 1);
}

/** @param {Float64Array} values */
function widest(values) {
  return values.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
}

/** @param {number} value */
function inBrief(value) {
  return brief(significant(value, 2));
}
