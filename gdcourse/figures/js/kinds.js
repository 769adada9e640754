// Every kind of figure by its name: a new figure is one module and one line here.

import { batches } from "./figures/batches.js";
import { brute } from "./figures/brute.js";
import { contours } from "./figures/contours.js";
import { curve } from "./figures/curve.js";
import { curves } from "./figures/curves.js";
import { fog } from "./figures/fog.js";
import { formula } from "./figures/formula.js";
import { line } from "./figures/line.js";
import { quiz } from "./figures/quiz.js";
import { rates } from "./figures/rates.js";
import { schedules } from "./figures/schedules.js";
import { slices } from "./figures/slices.js";

/** @type {Record<string, import("./runtime/types.js").Kind<any>>} */
export const KINDS = {
  curve,
  curves,
  contours,
  line,
  fog,
  brute,
  formula,
  quiz,
  schedules,
  slices,
  batches,
  rates,
};
