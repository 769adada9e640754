// What every static page with figures loads.

import { KINDS } from "./kinds.js";
import { wake } from "./runtime/site.js";

wake(KINDS);
