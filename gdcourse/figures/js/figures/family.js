// The family tree of the rules, and their timeline: press one to open it.

import { html, join, set, svg } from "../drawing/dom.js";
import { mathml } from "../drawing/mathml.js";
import { sideBySide } from "../drawing/plot.js";
import * as pure from "../pure/family.js";
import { button } from "../runtime/controls.js";

/** @typedef {import("../pure/family.js").State} State */
/** @typedef {import("../pure/family.js").Entry} Entry */
/** @typedef {import("../pure/family.js").Layout} Layout */
/** @typedef {import("../runtime/types.js").Stage} Stage */

const SHARE = 0.56; // of the drawing, beside what is opened

/** @type {import("../runtime/types.js").Kind<State>} */
export const family = {
  title: "the family of the rules",
  begin: pure.begin,
  next: pure.next,
  say: pure.say,
  table: pure.table,
  save: pure.save,
  restore: pure.restore,
  build(stage) {
    const picture = makePicture(stage);
    const card = makeCard(stage);
    const kin = html("div", { class: "gd-kin" }, picture.el, card.el);
    stage.root.append(
      kin,
      button(stage, "Reset", () => ({ type: "reset" }), "gd-quiet"),
    );
    return (state) => {
      const { first, second, narrow } = sideBySide(state.width, SHARE);
      const inside = narrow && state.opened >= 0;
      card.draw(state, narrow ? state.width : second);
      if (inside) picture.buttons[state.opened].after(card.el);
      else if (card.el.parentElement !== kin) kin.append(card.el);
      card.el.classList.toggle("gd-inlaid", inside);
      const room = inside ? card.el.offsetHeight + 14 : 0;
      const places = pure.layout(state, narrow ? state.width : first, room);
      picture.draw(state, places);
      card.el.style.top = inside ? `${places.below}px` : "";
    };
  },
};

/** The links, and a button for each rule. @param {Stage} stage */
function makePicture(stage) {
  const [axis, links, dots, years] = [svg("path"), svg("g"), svg("g"), svg("g")];
  const board = svg("svg", { class: "gd-board", "aria-hidden": "true" });
  board.append(axis, links, dots, years);
  /** @type {Entry[]} */
  const entries = stage.settings.entries;
  const buttons = entries.map((entry, i) => makeNode(stage, entry, i));
  const el = html("div", { class: `gd-${stage.settings.view}` }, board, ...buttons);
  return {
    el,
    buttons,
    /** @param {State} state @param {Layout} places */
    draw(state, places) {
      const width = Math.max(...places.boxes.map((box) => box.x + box.width)) + 4;
      set(board, {
        width,
        height: places.height,
        viewBox: `0 0 ${width} ${places.height}`,
      });
      set(axis, { class: "gd-axis", d: axisOf(places) });
      drawLinks(links, state, places);
      drawYears(dots, years, places);
      buttons.forEach((each, i) => drawNode(each, state, places, i));
    },
  };
}

/** @param {Stage} stage @param {Entry} entry @param {number} i */
function makeNode(stage, { name, year, authors, adds }, i) {
  const tree = stage.settings.view === "tree";
  const el = button(stage, "", () => ({ type: "open", entry: i }), "gd-node");
  const small = html("span", {
    class: "gd-year",
    text: tree ? year : `${year}, ${authors}`,
  });
  el.append(html("span", { class: "gd-node-name", text: name }), " ", small);
  if (tree) el.append(" ", html("span", { class: "gd-adds", text: adds }));
  return el;
}

/** @param {HTMLElement} el @param {State} state @param {Layout} places @param {number} i */
function drawNode(el, { opened }, { boxes }, i) {
  const { x, y, width, height } = boxes[i];
  Object.assign(el.style, {
    left: `${x}px`,
    top: `${y}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
  el.classList.toggle("gd-roomy", pure.roomy(boxes[i]));
  set(el, { "aria-expanded": String(opened === i) });
}

/** @param {Layout} places */
function axisOf({ dots }) {
  return dots.length > 0 ? `M${dots[0].x},0V${dots[dots.length - 1].y + 12}` : "";
}

/** Links of the open rule stand out. @param {Element} links @param {State} state @param {Layout} places */
function drawLinks(links, { world, opened }, { lines }) {
  const ends =
    world.view === "tree"
      ? world.entries.flatMap(({ parents }, child) =>
          parents.map((parent) => [parent, child]),
        )
      : world.entries.map((_, i) => [i, i]);
  join(
    links,
    lines,
    () => svg("path", { class: "gd-link" }),
    (line, d, i) => {
      set(line, { d });
      line.classList.toggle("gd-lit", ends[i].includes(opened));
    },
  );
}

/** @param {Element} dots @param {Element} years @param {Layout} places */
function drawYears(dots, years, places) {
  join(
    dots,
    places.dots,
    () => svg("circle", { class: "gd-mark", r: 4 }),
    (dot, { x, y }) => set(dot, { cx: x, cy: y }),
  );
  join(
    years,
    places.marks,
    () => svg("text", { "text-anchor": "end" }),
    (word, { x, y, text }) => set(word, { x, y: y + 4, text }),
  );
}

/** What is opened: the words, the paper, the formula. @param {Stage} stage */
function makeCard(stage) {
  const rest = html("div");
  const el = html("div", { class: "gd-opened" }, stage.status, rest);
  let shown = -1;
  return {
    el,
    /** @param {State} state @param {number} width */
    draw(state, width) {
      const { world, opened } = state;
      set(stage.status, { text: pure.say(state) }); // now, so that the height is right
      el.style.width = `${width}px`;
      if (opened === shown) return;
      shown = opened;
      rest.replaceChildren(...(opened < 0 ? [] : partsOf(world.entries[opened])));
    },
  };
}

/** @param {Entry} entry */
function partsOf(entry) {
  const idea = html("p", { text: entry.idea });
  const title = entry.link
    ? html("a", { href: entry.link, text: entry.title })
    : html("cite", { text: entry.title });
  const paper = html(
    "p",
    { class: "gd-paper" },
    `${entry.authors} (${entry.year}). `,
    title,
    ".",
  );
  return [idea, ...formulaOf(entry), paper];
}

/** @param {Entry} entry */
function formulaOf({ rule, memory, formula, untraced }) {
  if (!rule) return [];
  const call = html("code", { text: `${rule}(…)` });
  if (formula.length === 0)
    return [
      html(
        "p",
        { class: "gd-paper" },
        "In the library: ",
        call,
        `. Its step ${untraced}, so no formula is traced.`,
      ),
    ];
  const lines = formula.map((line) => html("div", {}, mathml(line)));
  const kept = memory.length > 0 ? `, which keeps ${memory.join(" and ")}` : "";
  return [
    html(
      "div",
      {
        class: "gd-maths gd-scroll",
        tabindex: 0,
        role: "group",
        "aria-label": "Formula",
      },
      ...lines,
    ),
    html("p", { class: "gd-paper" }, "Traced from ", call, `${kept}.`),
  ];
}
