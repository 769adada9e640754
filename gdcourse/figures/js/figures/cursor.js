// An upright line with a ball on the axis, to read a plot at one place.

import { set, svg } from "../drawing/dom.js";
import { handle, tap } from "../runtime/handle.js";

/** @typedef {import("../drawing/plot.js").Scales} Scales */
/** @typedef {{at: number, words: string, least: number, most: number, stride: number}} Reading  `at` in the axis's numbers */

/**
 * Sends {type: "at", value} when it is dragged, or the board is tapped.
 * @param {import("../runtime/types.js").Stage} stage
 * @param {SVGSVGElement} board
 * @param {string} label for screen readers
 */
export function makeCursor(stage, board, label) {
  /** @type {{reading: Reading, scales: Scales}} */
  let now;
  const to = (/** @type {number} */ value) => stage.send({ type: "at", value });
  const go = (/** @type {number} */ x) => to(now.scales.x.invert(x));
  const line = svg("line", { class: "gd-cursor" });
  const ball = handle(stage, board, {
    label,
    drag: go,
    press: (right, up) => to(now.reading.at + (right || up) * now.reading.stride),
  });
  ball.el.classList.add("gd-start");
  tap(board, go, stage.signal);
  /** @param {KeyboardEvent} key */
  const jump = (key) => {
    if (key.key !== "Home" && key.key !== "End") return;
    key.preventDefault();
    to(key.key === "Home" ? now.reading.least : now.reading.most);
  };
  ball.el.addEventListener("keydown", jump, { signal: stage.signal });
  return {
    el: ball.el,
    line,
    /** @param {Reading} reading @param {Scales} scales */
    draw(reading, scales) {
      now = { reading, scales };
      const x = scales.x(reading.at);
      set(line, { x1: x, x2: x, y1: scales.top, y2: scales.bottom });
      set(ball.el, { "aria-valuemin": reading.least, "aria-valuemax": reading.most });
      ball.set(x, scales.bottom, reading.words, reading.at);
    },
  };
}
