// The kinds of figures of the workshop by their names: networks, laboratories, maps.

import { balls } from "./figures/balls.js";
import { basins } from "./figures/basins.js";
import { depth } from "./figures/depth.js";
import { family } from "./figures/family.js";
import { laboratory } from "./figures/laboratory.js";
import { phase } from "./figures/phase.js";
import { reparametrised } from "./figures/reparametrised.js";
import { runs } from "./figures/runs.js";

/** @type {Record<string, import("./runtime/types.js").Kind<any>>} */
export const KINDS = {
  runs,
  phase,
  family,
  depth,
  balls,
  reparametrised,
  laboratory,
  basins,
};
