// Turn and zoom a view: drag, two fingers, arrow keys, Ctrl and the wheel.

import { arrow } from "../pure/ranges.js";

/** @typedef {{turn?: number, tilt?: number, zoom?: number}} Orbit  degrees, and a factor */

const PIXEL = 0.5; // degrees
const PRESS = 5; // degrees
const CLOSER = 1.2;

/**
 * A finger that moves up or down scrolls the page, and only turns sideways.
 * @param {Element} el
 * @param {(orbit: Orbit) => void} go
 * @param {AbortSignal} signal
 */
export function orbit(el, go, signal) {
  /** @type {Map<number, [number, number]>} */
  const down = new Map();
  /** @param {PointerEvent} event */
  const press = (event) => {
    if (event.button !== 0) return;
    el.setPointerCapture(event.pointerId);
    down.set(event.pointerId, [event.clientX, event.clientY]);
  };
  /** @param {PointerEvent} event */
  const move = (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const apart = spread(down);
    down.set(event.pointerId, [event.clientX, event.clientY]);
    if (down.size > 1) return go({ zoom: spread(down) / apart || 1 });
    const tilt =
      event.pointerType === "touch" ? 0 : PIXEL * (event.clientY - before[1]);
    go({ turn: PIXEL * (event.clientX - before[0]), tilt });
  };
  /** @param {PointerEvent} event */
  const lift = (event) => void down.delete(event.pointerId);
  /** @param {WheelEvent} event */
  const wheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
    event.preventDefault();
    go({ zoom: Math.exp(-event.deltaY / 200) });
  };
  /** @type {[string, (event: any) => void][]} */
  const listeners = [
    ["pointerdown", press],
    ["pointermove", move],
    ["pointerup", lift],
    ["pointercancel", lift],
    ["keydown", (key) => onKey(key, go)],
  ];
  for (const [name, act] of listeners) el.addEventListener(name, act, { signal });
  el.addEventListener("wheel", /** @type {any} */ (wheel), { signal, passive: false });
}

/** How far two fingers are apart. @param {Map<number, [number, number]>} down */
function spread(down) {
  const [a, b] = [...down.values()];
  return b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 1;
}

/** @param {KeyboardEvent} key @param {(orbit: Orbit) => void} go */
function onKey(key, go) {
  if (key.altKey || key.ctrlKey || key.metaKey) return;
  const way = byKey(key);
  if (!way) return;
  key.preventDefault();
  go(way);
}

/** @param {KeyboardEvent} key @returns {Orbit | null} */
function byKey(key) {
  if (key.key === "+" || key.key === "=") return { zoom: CLOSER };
  if (key.key === "-") return { zoom: 1 / CLOSER };
  const move = arrow(key);
  return move && { turn: PRESS * move[0], tilt: PRESS * move[1] };
}

/** What the buttons beside a view do. @type {[string, string, Orbit][]} */
export const BUTTONS = [
  ["⟲", "Turn left", { turn: -3 * PRESS }],
  ["⟳", "Turn right", { turn: 3 * PRESS }],
  ["↑", "Tilt up", { tilt: 2 * PRESS }],
  ["↓", "Tilt down", { tilt: -2 * PRESS }],
  ["+", "Zoom in", { zoom: CLOSER }],
  ["−", "Zoom out", { zoom: 1 / CLOSER }],
];
