// The front end of the notebook's widget.

import { html } from "./drawing/dom.js";
import { KINDS } from "./kinds.js";
import { mount } from "./runtime/mount.js";

/** @param {{model: import("./runtime/types.js").Model, el: HTMLElement}} host */
function render({ model, el }) {
  const stage = html("div", { class: "gd-stage" });
  const caption = html("figcaption", { text: model.get("caption") });
  const figure = html("figure", { class: "gd-figure gd-live" }, stage);
  if (caption.textContent) figure.append(caption);
  el.append(figure);
  const stop = mount(KINDS[model.get("kind")], { model, el: stage });
  return () => {
    stop();
    figure.remove();
  };
}

export default { render };
