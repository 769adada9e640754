// The state of figures in the URL: #fig-race:lr=0.1,x=-1.5;fig-line:w=2

/** @typedef {Record<string, any>} Numbers  finite numbers by name; only TEXT is text */

/** The one name that keeps text: a formula, which its parser must still check. */
export const TEXT = "formula";
export const LONGEST_TEXT = 400;
const PLAIN = /^[A-Za-z0-9.+\-*/^() ]*$/; // no sign that could end or mean something else

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/**
 * Read every figure's numbers; whatever is no name, finite number or formula is left out.
 * @param {string} hash with or without its #
 * @returns {Record<string, Numbers>}
 */
export function parse(hash) {
  /** @type {Record<string, Numbers>} */
  const figures = Object.create(null);
  for (const part of hash.replace(/^#/, "").slice(0, 2000).split(";")) {
    const [id, list, ...rest] = part.split(":");
    if (NAME.test(id) && list !== undefined && rest.length === 0)
      figures[id] = numbers(list);
  }
  return figures;
}

/** @param {string} list @returns {Numbers} */
function numbers(list) {
  /** @type {Numbers} */
  const values = Object.create(null);
  for (const pair of list.split(",")) {
    const [name, text, ...rest] = pair.split("=");
    if (!NAME.test(name) || text === undefined || rest.length > 0) continue;
    if (name === TEXT && isFormula(text)) values[name] = text;
    else if (NUMBER.test(text) && Number.isFinite(Number(text)))
      values[name] = Number(text);
  }
  return values;
}

/** @param {string} text */
function isFormula(text) {
  return PLAIN.test(text) && text.length <= LONGEST_TEXT;
}

/**
 * Write the fragment, without its #; figures without numbers are left out.
 * @param {Record<string, Numbers>} figures
 */
export function write(figures) {
  return Object.entries(figures)
    .filter(([, values]) => Object.keys(values).length > 0)
    .map(([id, values]) => `${id}:${pairs(values)}`)
    .join(";");
}

/** @param {Numbers} values */
function pairs(values) {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${plain(value)}`)
    .join(",");
}

/** @param {number | string} value */
function plain(value) {
  if (typeof value === "string") return encodeURIComponent(value);
  return Number(value.toPrecision(6));
}

/**
 * The numbers of `now` that differ from the text's.
 * @param {Numbers} now
 * @param {Numbers} text
 * @returns {Numbers}
 */
export function changed(now, text) {
  return Object.fromEntries(
    Object.entries(now).filter(([name, value]) => value !== text[name]),
  );
}
