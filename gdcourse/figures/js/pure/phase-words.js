// What momentum does at the point of the plane, in words and numbers.

import { brief, write } from "./numbers.js";
import { LONGEST, directionsOf, slowest } from "./phase.js";

/** @typedef {import("./phase.js").State} State */
/** @typedef {import("./phase.js").Direction} Direction */
/** @typedef {import("./heavy-ball.js").Pair} Pair */

/** @param {State} state */
export function say(state) {
  const directions = directionsOf(state);
  const point = `Learning rate ${brief(state.alpha)}, β ${brief(state.beta)}`;
  if (directions.length === 1) {
    const [only] = directions;
    return `${point}: ${happens(only)} ${length(only)}`;
  }
  const each = directions.map(
    (direction) => `${nameOf(state, direction)} ${direction.regime}`,
  );
  return `${point}: ${each.join(", ")}. ${verdict(state)}`;
}

/** How a direction is called among two. @param {State} state @param {Direction} direction */
export function nameOf({ world }, { curvature }) {
  const steep = curvature === Math.max(...world.curvatures);
  return `${steep ? "steep" : "flat"} direction`;
}

/** @param {Direction} direction */
function happens({ regime, roots, factor }) {
  const [far, near] = roots.map(([real]) => write(real + 0));
  switch (regime) {
    case "monotone":
      return `monotone. The ball creeps in from one side: the roots are ${far} and ${near}, and the larger is what each step leaves of the distance.`;
    case "critical damping":
      return `critical damping. Both roots are ${far}: with a larger β the ball would swing, with a smaller one creep.`;
    case "ripples":
      return `ripples. The ball swings through the minimum, once in ${brief(period(roots[0]))} steps. The roots are a complex pair of size ${write(factor)}: the part of the swing that a step leaves.`;
    case "alternating":
      return `alternating sign. The roots are ${far} and ${near}: every step lands on the other side.`;
    default:
      return `diverging. The root ${far} lies outside the circle: in the long run each step takes the ball ${write(factor)} times as far out, to the other side.`;
  }
}

/** The steps of one swing. @param {Pair} root */
function period([real, imaginary]) {
  return (2 * Math.PI) / Math.atan2(imaginary, real);
}

/** @param {Direction} direction */
function length({ diverged, factor, settled }) {
  if (diverged !== null) return `It diverged at step ${diverged}.`;
  if (factor >= 1) return "It never settles.";
  return `After ${stepsWords(settled)} less than a hundredth of the start is left.`;
}

/** @param {number} settled */
function stepsWords(settled) {
  if (settled === Infinity) return `more than ${LONGEST} steps`;
  return `${settled} ${settled === 1 ? "step" : "steps"}`;
}

/** What the bowl makes of both directions. @param {State} state */
function verdict(state) {
  const directions = directionsOf(state);
  const worst = slowest(state);
  if (worst.factor >= 1) return `The bowl diverges along its ${nameOf(state, worst)}.`;
  const settled = Math.max(...directions.map((direction) => direction.settled));
  const all = `After ${stepsWords(settled)} less than a hundredth is left of both.`;
  const [a, b] = directions;
  const factor = write(worst.factor);
  if (Math.abs(a.factor - b.factor) < 1e-5)
    return `Each step leaves ${factor} of the distance in both${bestWords(state)}. ${all}`;
  return `The ${nameOf(state, worst)} is the slower: each step leaves ${factor} of it. ${all}`;
}

/** The formula of the best pair, where the point is on it. @param {State} state */
function bestWords({ world, alpha, beta }) {
  const off = Math.hypot(alpha / world.best.alpha - 1, beta - world.best.beta);
  if (off > 1e-3) return "";
  const [flat, steep] = [...world.curvatures].sort((a, b) => a - b).map(brief);
  const sum = `(√${steep} + √${flat})`;
  return `, and no pair leaves less: the learning rate is 4/${sum}², β is ((√${steep} − √${flat})/${sum})²`;
}

/** How a direction stands, for its legend. @param {Direction} direction */
export function standing({ regime, diverged, settled }) {
  if (diverged !== null) return `diverged at step ${diverged}`;
  return regime === "diverging" ? regime : `${regime}, ${stepsWords(settled)} to 1/100`;
}

/** @param {State} state @returns {import("../runtime/types.js").Table} */
export function table(state) {
  const directions = directionsOf(state);
  const rows = Array.from({ length: state.world.steps + 1 }, (_, t) => [
    String(t),
    ...directions.map(({ x }) => (t < x.length ? write(x[t]) : "diverged")),
  ]);
  const names = directions.map(
    ({ curvature }) => `x with curvature ${brief(curvature)}`,
  );
  return { columns: ["step", ...names], rows };
}
