// What each line of a plot means and where it stands, with a switch for each.

import { html, set } from "../drawing/dom.js";
import { sample } from "../drawing/map.js";
import { toggle } from "../runtime/controls.js";

/** @typedef {import("../drawing/losses.js").Look & {label: string}} Line */
/** @typedef {{text: string, bad?: boolean}} Standing */

/**
 * One entry a line; a switch sends {type: "on", racer, on}.
 * @param {import("../runtime/types.js").Stage} stage
 * @param {Line[]} lines
 * @param {boolean} [switchable]
 * @param {(Element | null)[]} [besides]  what stands beside each name, the words below
 */
export function makeLegend(stage, lines, switchable = true, besides) {
  const entries = lines.map((line, i) => makeEntry(stage, line, i, switchable));
  return {
    el: html(
      "div",
      { class: besides ? "gd-racers gd-rated" : "gd-racers" },
      ...entries.map((entry, i) => (besides ? apart(entry, besides[i]) : entry.el)),
    ),
    /** @param {boolean[]} on @param {Standing[]} standings */
    draw: (on, standings) =>
      entries.forEach((entry, i) => entry.draw(on[i], standings[i])),
  };
}

/** @param {{el: HTMLElement, place: HTMLElement}} entry @param {Element | null} beside */
function apart({ el, place }, beside) {
  return html("div", { class: "gd-racer" }, el, beside ?? "", place);
}

/** @param {import("../runtime/types.js").Stage} stage @param {Line} line @param {number} i @param {boolean} switchable */
function makeEntry(stage, line, i, switchable) {
  const place = html("span", { class: "gd-standing" });
  const name = html("span", { class: "gd-racer-name", text: line.label });
  const words = html("span", {}, name, " ", place);
  const label = html("span", { class: "gd-sample" }, sample(line), words);
  const box = toggle(stage, { label, event: (on) => ({ type: "on", racer: i, on }) });
  const el = switchable ? box.el : label;
  el.style.setProperty("--gd-own", line.colour);
  return {
    el,
    place,
    /** @param {boolean} on @param {Standing} standing */
    draw(on, { text, bad = false }) {
      box.set(on);
      set(place, { text: on ? text : "" });
      place.classList.toggle("gd-blown", bad);
    },
  };
}
