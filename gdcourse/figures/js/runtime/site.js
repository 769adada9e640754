// The front end of a static page: mount the figures that stand in it.

import { mount } from "./mount.js";
import { addressOf, standIn } from "./page.js";

/** @typedef {import("./types.js").Kind<any>} Kind */

/** @param {HTMLElement} figure @param {Kind} kind */
function render(figure, kind) {
  const el = /** @type {HTMLElement | null} */ (figure.querySelector(".gd-stage"));
  const json = figure.querySelector("script.gd-settings")?.textContent;
  if (!el || !json) return;
  const model = standIn({ settings: JSON.parse(json) });
  mount(kind, { model, el, address: addressOf(figure.id) });
  figure.classList.add("gd-live");
}

/** Give the second copy of a figure an id of its own. @param {NodeListOf<HTMLElement>} figures */
function unique(figures) {
  const seen = new Set();
  for (const figure of figures) {
    for (let copy = 2; seen.has(figure.id); copy += 1)
      figure.id = `${figure.id.replace(/-copy\d+$/, "")}-copy${copy}`;
    seen.add(figure.id);
  }
}

/** A link to #fig-race:lr=0.1 names no element: go to its figure. */
function goToFigure() {
  const id = window.location.hash.slice(1).split(/[:;]/)[0];
  if (window.location.hash.includes(":")) document.getElementById(id)?.scrollIntoView();
}

/** @param {HTMLElement} figure @param {Kind} kind */
function start(figure, kind) {
  try {
    render(figure, kind);
  } catch (problem) {
    console.error(`The figure ${figure.id} could not start:`, problem);
  }
}

/**
 * Start each figure of these kinds shortly before it comes into view, so that a long
 * page opens fast.
 * @param {NodeListOf<HTMLElement>} figures
 * @param {Record<string, Kind>} kinds
 */
function startWhenNear(figures, kinds) {
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watch.unobserve(target);
        const figure = /** @type {HTMLElement} */ (target);
        start(figure, kinds[figure.dataset.kind ?? ""]);
      }
    },
    { rootMargin: "75% 0px" },
  );
  for (const figure of figures)
    if (Object.hasOwn(kinds, figure.dataset.kind ?? "")) watch.observe(figure);
}

/** Bring the page's figures of these kinds to life. @param {Record<string, Kind>} kinds */
export function wake(kinds) {
  const figures = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("figure.gd-figure")
  );
  unique(figures);
  startWhenNear(figures, kinds);
  window.addEventListener("hashchange", goToFigure);
  goToFigure();
}
