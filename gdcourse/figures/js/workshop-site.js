// What every static page with figures of the workshop loads.

import { KINDS } from "./workshop-kinds.js";
import { wake } from "./runtime/site.js";

wake(KINDS);
