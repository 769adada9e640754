// What the notebook's widgets of the workshop load.

import { KINDS } from "./workshop-kinds.js";
import { render } from "./runtime/widget.js";

/** @typedef {import("./runtime/types.js").Model} Model */

export default {
  /** @param {{model: Model, el: HTMLElement}} host */
  render: (host) => render(KINDS[host.model.get("kind")], host),
};
