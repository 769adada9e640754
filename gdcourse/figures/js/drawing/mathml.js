// MathML from nested lists, which browsers show without a library.

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";
const TAGS = new Set(
  "math mrow mi mo mn mtext msub msup msubsup mfrac msqrt mover mtable mtr mtd".split(
    " ",
  ),
);
const ATTRIBUTES = new Set("stretchy fence form accent columnalign display".split(" "));

/** @typedef {string | [string, Record<string, string>, ...any[]]} Formula  a tag, its attributes, what is inside */

/**
 * The elements of a formula; what is not on the white-list is left out.
 * @param {Formula} formula
 * @returns {Node}
 */
export function mathml(formula) {
  if (typeof formula === "string") return document.createTextNode(formula);
  const [tag, attributes, ...inside] = formula;
  if (!TAGS.has(tag)) return document.createTextNode("");
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes))
    if (ATTRIBUTES.has(name)) element.setAttribute(name, value);
  element.append(...inside.map(mathml));
  return element;
}
