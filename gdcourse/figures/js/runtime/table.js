// The figure's values as a table, filled only while it is open.

import { html, join, set } from "../drawing/dom.js";

/**
 * @template State
 * @param {HTMLElement} root
 * @param {(state: State) => import("./types.js").Table} tableOf
 * @param {AbortSignal} signal
 * @returns {(state: State) => void}
 */
export function makeTable(root, tableOf, signal) {
  const head = html("tr");
  const body = html("tbody");
  const table = html("table", {}, html("thead", {}, head), body);
  const scroll = html(
    "div",
    {
      class: "gd-scroll",
      tabindex: 0,
      role: "group",
      "aria-label": "Table of values",
    },
    table,
  );
  const box = html(
    "details",
    { class: "gd-values" },
    html("summary", { text: "Values as a table" }),
    scroll,
  );
  root.append(box);
  /** @type {State} */
  let latest;
  const fill = () => box.open && latest && write(head, body, tableOf(latest));
  box.addEventListener("toggle", fill, { signal });
  return (state) => {
    latest = state;
    fill();
  };
}

/**
 * @param {Element} head
 * @param {Element} body
 * @param {import("./types.js").Table} values
 */
function write(head, body, { columns, rows }) {
  join(
    head,
    columns,
    () => html("th", { scope: "col" }),
    (cell, text) => set(cell, { text }),
  );
  join(
    body,
    rows,
    () => html("tr"),
    (line, row) =>
      join(
        line,
        row,
        () => html("td"),
        (cell, text) => set(cell, { text }),
      ),
  );
}
