// Descent on several curves: tabs, and below them the figure of one curve.

import { html, set } from "../drawing/dom.js";
import * as pure from "../pure/curves.js";
import { pages } from "../runtime/pages.js";
import { curve } from "./curve.js";

/** @typedef {import("../pure/curves.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */

const recall = curve.restore ?? ((run) => run);

/** @type {import("../runtime/types.js").Kind<State>} */
export const curves = {
  title: "descent on several curves",
  begin: pure.begin,
  next: (state, event) => pure.next(curve.next, state, event),
  say: (state) => curve.say(pure.open(state)),
  table: (state) => curve.table?.(pure.open(state)) ?? { columns: [], rows: [] },
  save: pure.save,
  restore: (state, numbers) => pure.restore(recall, state, numbers),
  moved: pure.moved,
  build(stage) {
    const { tabs } = stage.settings;
    const list = makeTabs(
      stage,
      tabs.map((/** @type {any} */ { label }) => label),
    );
    const panel = html("div", { class: "gd-panel", role: "tabpanel" });
    stage.root.append(list.el, panel);
    const show = pageTurner(stage, panel);
    return (state) => {
      list.draw(state.shown);
      show(state.shown)(pure.open(state));
    };
  },
};

/**
 * Tabs that arrow keys, Home and End turn, one of them in the tab order.
 * @param {Stage} stage
 * @param {string[]} labels
 */
function makeTabs(stage, labels) {
  const tabs = labels.map((text, shown) => {
    const tab = html("button", { type: "button", role: "tab", class: "gd-leaf", text });
    tab.addEventListener("click", () => stage.send({ type: "tab", shown }), {
      signal: stage.signal,
    });
    return tab;
  });
  const list = html(
    "div",
    { class: "gd-leaves", role: "tablist", "aria-label": "Curves" },
    ...tabs,
  );
  const turn = (/** @type {KeyboardEvent} */ key) => {
    const now = tabs.findIndex((tab) => tab === document.activeElement);
    const shown = pure.tabAt(key.key, now, tabs.length);
    if (shown === null || key.altKey || key.ctrlKey || key.metaKey) return;
    key.preventDefault();
    stage.send({ type: "tab", shown });
    tabs[shown].focus();
  };
  list.addEventListener("keydown", turn, { signal: stage.signal });
  return {
    el: list,
    /** @param {number} shown */
    draw: (shown) =>
      tabs.forEach((tab, i) =>
        set(tab, {
          "aria-selected": String(i === shown),
          tabindex: i === shown ? 0 : -1,
        }),
      ),
  };
}

/** @param {Stage} stage @param {HTMLElement} panel */
function pageTurner(stage, panel) {
  return pages(stage, (page, shown) => {
    const tab = page.settings.tabs[shown];
    panel.replaceChildren(html("p", { class: "gd-about", text: tab.words }));
    panel.className = "gd-panel";
    set(panel, { "aria-label": tab.label });
    return curve.build({
      ...page,
      root: panel,
      settings: tab,
      // Reset leaves the other tabs, and this one open.
      send: (event) =>
        page.send(event.type === "reset" ? { ...event, type: "again" } : event),
    });
  });
}
