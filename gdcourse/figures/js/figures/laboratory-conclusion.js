// The reader's own conclusion, kept on this device and printed with the figure.

import { html, set } from "../drawing/dom.js";
import { recall, remember } from "../runtime/store.js";

/** @param {import("../runtime/types.js").Stage} stage */
export function makeConclusion(stage) {
  const key = `gdcourse:conclusion:${stage.settings.key}`;
  const text = html("textarea", { rows: 3, maxlength: 2000 });
  text.value = asText(recall(key));
  const printed = printout(stage);
  const copy = () => set(printed.own, { text: text.value });
  const keep = () => {
    remember(key, text.value);
    copy();
  };
  text.addEventListener("input", keep, { signal: stage.signal });
  copy();
  const label = html("span", { class: "gd-label", text: "My honest conclusion" });
  const note = html("span", { class: "gd-kept", text: "Kept in this browser only." });
  return {
    el: html("label", { class: "gd-conclusion" }, label, text, note),
    /** @param {string} words the protocol and what came of it */
    draw: (words) => set(printed.found, { text: words }),
  };
}

/** @param {unknown} kept */
function asText(kept) {
  return typeof kept === "string" ? kept : "";
}

/**
 * On paper a still picture takes the figure's place; this goes below it.
 * @param {import("../runtime/types.js").Stage} stage
 */
function printout(stage) {
  const [found, own] = [html("p"), html("p")];
  const el = html("div", { class: "gd-printed" }, found, own);
  stage.root.closest("figure.gd-figure")?.append(el);
  stage.signal.addEventListener("abort", () => el.remove());
  return { found, own };
}
