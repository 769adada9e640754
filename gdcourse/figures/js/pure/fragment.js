// The state of figures in the URL: #fig-race:lr=0.1,x=-1.5;fig-line:w=2

/** @typedef {Record<string, number>} Numbers */

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/**
 * Read every figure's numbers; whatever is not a name or a finite number is left out.
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
    const fine = NAME.test(name) && NUMBER.test(text ?? "") && rest.length === 0;
    if (fine && Number.isFinite(Number(text))) values[name] = Number(text);
  }
  return values;
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
    .map(([name, value]) => `${name}=${Number(value.toPrecision(6))}`)
    .join(",");
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
