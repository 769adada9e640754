// What a page remembers on this device; where storage is shut, nothing is kept.

/** @param {string} key @returns {any} the kept value, or null */
export function recall(key) {
  try {
    return JSON.parse(window.localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {any} value */
export function remember(key, value) {
  try {
    window.localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A private window or a full store: the quiz works, it only forgets.
  }
}
