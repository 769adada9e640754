// A thing to drag by pointer, finger or arrow keys.

import { set, svg } from "../drawing/dom.js";
import { arrow } from "../pure/ranges.js";

const REACH = 22; // half of the 44 pixels that a finger needs

/** @typedef {import("./types.js").Stage} Stage */

/**
 * A round handle of radius 9 inside an invisible disc of 44 pixels.
 * @param {Stage} stage
 * @param {SVGSVGElement} board   the drawing whose pixels the handle moves in
 * @param {object} options
 * @param {string} options.label  what it moves, for screen readers
 * @param {(x: number, y: number) => void} options.drag   pixels of `board`
 * @param {(right: number, up: number) => void} options.press  arrow keys, in small steps
 * @returns {{el: SVGGElement, set: (x: number, y: number, words: string, value?: number) => void}}
 */
export function handle(stage, board, { label, drag, press }) {
  const el = svg(
    "g",
    { class: "gd-handle", tabindex: 0, role: "slider", "aria-label": label },
    svg("circle", { class: "gd-reach", r: REACH }),
    svg("circle", { class: "gd-ring", r: 14 }),
    svg("circle", { class: "gd-ball", r: 9 }),
  );
  follow(el, board, drag, stage.signal);
  el.addEventListener("keydown", (key) => onArrow(key, press), {
    signal: stage.signal,
  });
  return {
    el,
    set(x, y, words, value = 0) {
      el.style.transform = `translate(${x.toFixed(2)}px, ${y.toFixed(2)}px)`;
      set(el, { "aria-valuetext": words, "aria-valuenow": value });
    },
  };
}

/** @param {KeyboardEvent} key @param {(right: number, up: number) => void} press */
function onArrow(key, press) {
  const move = arrow(key);
  if (!move || key.altKey || key.ctrlKey || key.metaKey) return;
  key.preventDefault();
  press(...move);
}

/**
 * Call `drag` with board pixels while the pointer that went down on `el` moves.
 * @param {SVGElement} el
 * @param {SVGSVGElement} board
 * @param {(x: number, y: number) => void} drag
 * @param {AbortSignal} signal
 */
export function follow(el, board, drag, signal) {
  /** @param {PointerEvent} event */
  const move = (event) => {
    if (el.hasPointerCapture(event.pointerId)) drag(...pixels(board, event));
  };
  /** @param {PointerEvent} event */
  const down = (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    el.setPointerCapture(event.pointerId);
    el.focus({ preventScroll: true });
  };
  el.addEventListener("pointerdown", down, { signal });
  el.addEventListener("pointermove", move, { signal });
}

/**
 * Call `go` with board pixels at a click or tap on the board, outside its handles.
 * @param {SVGSVGElement} board
 * @param {(x: number, y: number) => void} go
 * @param {AbortSignal} signal
 */
export function tap(board, go, signal) {
  board.addEventListener("click", (event) => go(...pixels(board, event)), { signal });
}

/** @param {SVGSVGElement} board @param {MouseEvent} event @returns {[number, number]} */
export function pixels(board, event) {
  const box = board.getBoundingClientRect();
  const { width, height } = board.viewBox.baseVal;
  return [
    ((event.clientX - box.left) / box.width) * width,
    ((event.clientY - box.top) / box.height) * height,
  ];
}
