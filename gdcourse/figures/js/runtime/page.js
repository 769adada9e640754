// What a static page offers in place of a notebook: a model and an address.

import { parse, write } from "../pure/fragment.js";

/**
 * Stand in for a widget's model: values and no kernel.
 * @param {Record<string, any>} values
 * @returns {import("./types.js").Model}
 */
export function standIn(values) {
  return {
    get: (name) => values[name],
    set: (name, value) => void (values[name] = value),
    on: () => {},
    off: () => {},
    save_changes: () => {},
  };
}

/**
 * The place of one figure in the page's fragment, #fig-race:lr=0.1
 * @param {string} id of the figure
 * @returns {import("./types.js").Address}
 */
export function addressOf(id) {
  const all = () => parse(safely(window.location.hash));
  return {
    read: () => all()[id] ?? {},
    write(numbers) {
      const hash = write({ ...all(), [id]: numbers });
      const plain = !window.location.hash.includes(":");
      if (hash === "" && plain) return;
      const page = window.location.href.split("#")[0];
      window.history.replaceState(null, "", hash ? `${page}#${hash}` : page);
    },
    listen(listener, signal) {
      const heard = () => id in all() && listener();
      window.addEventListener("hashchange", heard, { signal });
    },
  };
}

/** @param {string} text */
function safely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
