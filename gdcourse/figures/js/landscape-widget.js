// What the notebook's widget of a surface in 3-D loads.

import { landscape } from "./figures/landscape.js";
import { render } from "./runtime/widget.js";

/** @typedef {import("./runtime/types.js").Model} Model */

export default {
  /** @param {{model: Model, el: HTMLElement}} host */
  render: (host) => render(landscape, host),
};
