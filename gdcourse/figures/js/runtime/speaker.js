// What happened, in words: seen at once, spoken when the reader pauses.

import { set } from "../drawing/dom.js";

const PAUSE = 400; // milliseconds, so that a drag is spoken once and not at every pixel

/**
 * @param {HTMLElement} seen
 * @param {HTMLElement} spoken the live region
 * @param {AbortSignal} signal
 * @returns {(words: string, running: boolean) => void}
 */
export function makeSpeaker(seen, spoken, signal) {
  let timer = 0;
  let first = true;
  signal.addEventListener("abort", () => clearTimeout(timer));
  return (words, running) => {
    set(seen, { text: words });
    clearTimeout(timer);
    if (!running && !first)
      timer = window.setTimeout(() => set(spoken, { text: words }), PAUSE);
    first = false;
  };
}
