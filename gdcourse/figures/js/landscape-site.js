// What a static page loads too where a surface stands in 3-D.

import { landscape } from "./figures/landscape.js";
import { wake } from "./runtime/site.js";

wake({ landscape });
