// What changes with the factor and what does not, in words and numbers.

import { brief, significant, write } from "./numbers.js";
import { loss, predict, sharpest, TABLED, weightsAt } from "./reparametrised.js";

/** @typedef {import("./reparametrised.js").State} State */
/** @typedef {import("./reparametrised.js").World} World */

/** Numbers of the network with a factor. @param {World} world @param {number} factor */
function numbers(world, factor) {
  const weights = weightsAt(world, factor);
  const predictions = world.x.map((x) => settled(predict(weights, x)));
  const sharpness = sharpest(world, weights).value;
  return { weights, predictions, sharpness, loss: settled(loss(world, weights)) };
}

/** Without what is only rounding. @param {number} value */
function settled(value) {
  return Number(value.toFixed(9)) + 0;
}

/** The lines beside the pictures. @param {State} state @returns {[string, string][]} */
export function facts({ world, factor }) {
  const { weights, predictions, sharpness } = numbers(world, factor);
  const [a, b] = weights.map(brief);
  return [
    ["Weights", `a = ${a}, b = ${b}`],
    ["Predictions", predictions.map(brief).join(", ")],
    ["Sharpness", counted(sharpness)],
  ];
}

/** @param {number} sharpness */
function counted(sharpness) {
  return significant(sharpness, 4).toLocaleString("en-GB");
}

/** @param {State} state */
export function say({ world, factor }) {
  const now = numbers(world, factor);
  const first = numbers(world, 1);
  const [a, b] = now.weights.map(brief);
  const times = now.sharpness / first.sharpness;
  const change = factor === 1 ? "" : `, ${counted(times)} times that at factor 1`;
  return (
    `Factor ${brief(factor)}: a = ${a}, b = ${b}. The predictions are ` +
    `${now.predictions.map(brief).join(", ")} and the loss is ${brief(now.loss)}, as ` +
    `with every factor; the sharpness is ${counted(now.sharpness)}${change}.`
  );
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table({ world, factor }) {
  const factors = [...new Set([...TABLED, factor])].sort((p, q) => p - q);
  const rows = factors.map((each) => {
    const { weights, predictions, sharpness, loss: error } = numbers(world, each);
    return [
      brief(each),
      ...weights.map(write),
      ...[...predictions, error].map(brief),
      counted(sharpness),
    ];
  });
  const inputs = world.x.map((x) => `f(${brief(x)})`);
  return { columns: ["factor", "a", "b", ...inputs, "loss", "sharpness"], rows };
}
