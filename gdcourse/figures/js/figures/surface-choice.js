// Which of several surfaces is shown.

import { html } from "../drawing/dom.js";

/** @param {import("../runtime/types.js").Stage} stage */
export function makeChoice(stage) {
  const { surfaces = [] } = stage.settings;
  const options = surfaces.map((/** @type {any} */ { name }, /** @type {number} */ i) =>
    html("option", { value: i, text: name }),
  );
  const list = html("select", { "aria-label": "Surface" }, ...options);
  const choose = () => stage.send({ type: "surface", chosen: list.selectedIndex });
  list.addEventListener("change", choose, { signal: stage.signal });
  const label = html("span", { class: "gd-label", text: "Surface" });
  const el = html("label", { class: "gd-choose" }, label, list);
  el.hidden = surfaces.length < 2;
  return {
    el,
    draw: (/** @type {{chosen: number}} */ { chosen }) =>
      void (list.selectedIndex = chosen),
  };
}
