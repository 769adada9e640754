// The clock of a running figure.

import { due } from "../pure/playback.js";

const ALL = 1e6; // with reduced motion a run jumps to its end

/** Whether the reader asked for little motion. */
export function stillness() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * Send ticks while `state.playing`; the returned function follows every new state.
 * @param {(event: import("./types.js").Event) => void} send
 * @param {AbortSignal} signal
 */
export function makePlayer(send, signal) {
  let frame = 0;
  let last = 0;
  let debt = 0;
  let speed = 1;

  /** @param {number} now */
  const tick = (now) => {
    frame = requestAnimationFrame(tick);
    const owed = due(debt, now - last, speed);
    last = now;
    debt = owed.debt;
    if (owed.steps > 0) send({ type: "tick", steps: owed.steps });
  };
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
  };
  const begin = (/** @type {boolean} */ busy) => {
    if (stillness() && !busy)
      return queueMicrotask(() => send({ type: "tick", steps: ALL }));
    last = performance.now();
    debt = 1;
    frame = requestAnimationFrame(tick);
  };
  signal.addEventListener("abort", stop);
  return (/** @type {{playing?: boolean, busy?: boolean, speed?: number}} */ state) => {
    speed = state.speed ?? 1;
    if (state.playing && frame === 0) begin(Boolean(state.busy));
    if (!state.playing && frame !== 0) stop();
  };
}
