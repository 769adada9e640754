// The front end of the notebook's widget.

import { html } from "../drawing/dom.js";
import { mount } from "./mount.js";

/**
 * @param {import("./types.js").Kind<any>} kind
 * @param {{model: import("./types.js").Model, el: HTMLElement}} host
 */
export function render(kind, { model, el }) {
  const stage = html("div", { class: "gd-stage" });
  const caption = html("figcaption", { text: model.get("caption") });
  const figure = html("figure", { class: "gd-figure gd-live" }, stage);
  if (caption.textContent) figure.append(caption);
  el.append(figure);
  const stop = mount(kind, { model, el: stage });
  return () => {
    stop();
    figure.remove();
  };
}
