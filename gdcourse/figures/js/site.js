// The front end of a static page: mount every figure that stands in it.

import { KINDS } from "./kinds.js";
import { mount } from "./runtime/mount.js";
import { addressOf, standIn } from "./runtime/page.js";

/** @param {HTMLElement} figure */
function render(figure) {
  const kind = KINDS[figure.dataset.kind ?? ""];
  const el = /** @type {HTMLElement | null} */ (figure.querySelector(".gd-stage"));
  const json = figure.querySelector("script.gd-settings")?.textContent;
  if (!kind || !el || !json) return;
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

/** @param {HTMLElement} figure */
function start(figure) {
  try {
    render(figure);
  } catch (problem) {
    console.error(`The figure ${figure.id} could not start:`, problem);
  }
}

/**
 * Start each figure shortly before it comes into view, so that a long page opens fast.
 * @param {NodeListOf<HTMLElement>} figures
 */
function startWhenNear(figures) {
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watch.unobserve(target);
        start(/** @type {HTMLElement} */ (target));
      }
    },
    { rootMargin: "75% 0px" },
  );
  for (const figure of figures) watch.observe(figure);
}

const figures = /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll("figure.gd-figure")
);
unique(figures);
startWhenNear(figures);
window.addEventListener("hashchange", goToFigure);
goToFigure();
