// The kinds of figures of the workshop by their names: networks, laboratories, maps.

/** @type {Record<string, import("./runtime/types.js").Kind<any>>} */
export const KINDS = {};
