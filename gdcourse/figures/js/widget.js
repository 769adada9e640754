// What the notebook's widgets load.

import { KINDS } from "./kinds.js";
import { render } from "./runtime/widget.js";

/** @typedef {import("./runtime/types.js").Model} Model */

export default {
  /** @param {{model: Model, el: HTMLElement}} host */
  render: (host) => render(KINDS[host.model.get("kind")], host),
};
