// A part of a figure that is made anew whenever another page of it is shown.

/**
 * `make` builds page number `shown` and returns its draw; give its stage's signal to
 * every listener, since it is aborted when the page is left.
 * @template State
 * @param {import("./types.js").Stage} stage
 * @param {(stage: import("./types.js").Stage, shown: number) => (state: State) => void} make
 * @returns {(shown: number) => (state: State) => void}
 */
export function pages(stage, make) {
  let life = new AbortController();
  let open = -1;
  /** @type {(state: State) => void} */
  let draw;
  stage.signal.addEventListener("abort", () => life.abort());
  return (shown) => {
    if (shown === open) return draw;
    life.abort();
    life = new AbortController();
    open = shown;
    draw = make({ ...stage, signal: life.signal }, shown);
    return draw;
  };
}
