// One state, one draw(state): every event does state = next(state, event); draw(state).

import { changed } from "../pure/fragment.js";
import { html } from "../drawing/dom.js";
import { makePlayer } from "./player.js";
import { makeSpeaker } from "./speaker.js";
import { makeTable } from "./table.js";

/** @typedef {import("./types.js").Kind<any>} Kind */
/** @typedef {{model: import("./types.js").Model, el: HTMLElement, address?: import("./types.js").Address}} Host */

const SETTLED = 250; // milliseconds of quiet before address and Python hear of a change
const LEAST_WIDTH = 200;

/**
 * Run one figure inside `el`, and again whenever Python changes its settings.
 * @param {Kind} kind
 * @param {Host} host
 * @returns {() => void} the clean-up
 */
export function mount(kind, host) {
  let life = new AbortController();
  const again = () => {
    life.abort();
    life = new AbortController();
    start(kind, host, life.signal);
  };
  const cleared = () => isEmpty(host.model.get("moved")) && again();
  again();
  host.model.on("change:settings", again);
  host.model.on("change:moved", cleared);
  return () => {
    host.model.off("change:settings", again);
    host.model.off("change:moved", cleared);
    life.abort();
    host.el.replaceChildren();
  };
}

/** Python forgets what the reader moved when it gives new values. @param {object | undefined} moved */
function isEmpty(moved) {
  return Object.keys(moved ?? {}).length === 0;
}

/** @param {Kind} kind @param {Host} host @param {AbortSignal} signal */
function start(kind, { model, el, address }, signal) {
  const settings = model.get("settings");
  const parts = scaffold(kind, el);
  const width = () => widthInside(parts.root);
  const text = () => ({ ...kind.begin(settings), width: width() });
  let state = recall(kind, text(), address);

  /** @param {import("./types.js").Event} event */
  const send = (event) => {
    const after = respond(kind, state, event, text);
    if (after === state) return;
    state = after;
    show();
    if (event.type !== "width" && event.type !== "recall") settle();
  };
  const status = html("p", { class: "gd-status", "aria-hidden": "true" });
  const draw = kind.build({ root: parts.root, status, settings, send, signal });
  if (!status.isConnected) parts.root.append(status);
  const speak = makeSpeaker(status, parts.spoken, signal);
  const list = kind.table && makeTable(parts.root, kind.table, signal);
  const play = makePlayer(send, signal);
  const show = () => {
    draw(state);
    speak(kind.say(state), Boolean(state.playing));
    list?.(state);
    play(state);
  };
  const settle = patiently(() => publish(kind, state, text(), model, address), signal);
  watchWidth(parts.root, () => send({ type: "width", value: width() }), signal);
  address?.listen(() => send({ type: "recall", numbers: address.read() }), signal);
  show();
}

/**
 * @param {Kind} kind
 * @param {any} state
 * @param {import("./types.js").Event} event
 * @param {() => any} text
 */
function respond(kind, state, event, text) {
  if (event.type === "reset") return text();
  if (event.type === "recall") return kind.restore?.(text(), event.numbers) ?? state;
  if (event.type === "width")
    return event.value === state.width ? state : { ...state, width: event.value };
  return kind.next(state, event);
}

/** @param {Kind} kind @param {HTMLElement} el */
function scaffold(kind, el) {
  const spoken = html("div", {
    class: "gd-spoken",
    role: "status",
    "aria-live": "polite",
  });
  const root = html("div", { class: "gd-root", "data-lm-suppress-shortcuts": true });
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", `Interactive figure: ${kind.title}`);
  el.replaceChildren(root, spoken);
  return { root, spoken };
}

/** @param {Kind} kind @param {any} state @param {import("./types.js").Address} [address] */
function recall(kind, state, address) {
  const numbers = address?.read() ?? {};
  const any = Object.keys(numbers).length > 0;
  return any && kind.restore ? kind.restore(state, numbers) : state;
}

/**
 * Tell the address and Python what the reader moved.
 * @param {Kind} kind
 * @param {any} state
 * @param {any} text
 * @param {import("./types.js").Model} model
 * @param {import("./types.js").Address} [address]
 */
function publish(kind, state, text, model, address) {
  if (kind.save) address?.write(changed(kind.save(state), kind.save(text)));
  if (!kind.moved) return;
  model.set("moved", kind.moved(state));
  model.save_changes();
}

/** @param {() => void} act @param {AbortSignal} signal */
function patiently(act, signal) {
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(act, SETTLED);
  };
}

/** Pixels between the paddings; few until the page has room for the figure. @param {HTMLElement} root */
function widthInside(root) {
  const { paddingLeft, paddingRight } = window.getComputedStyle(root);
  const padding = parseFloat(paddingLeft) + parseFloat(paddingRight);
  return Math.max(Math.floor(root.clientWidth - padding) || 0, LEAST_WIDTH);
}

/** @param {HTMLElement} el @param {() => void} act @param {AbortSignal} signal */
function watchWidth(el, act, signal) {
  const observer = new ResizeObserver(act);
  observer.observe(el);
  signal.addEventListener("abort", () => observer.disconnect());
}
