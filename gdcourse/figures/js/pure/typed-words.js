// Words about a typed formula: why it is refused, its parts, the nearest known name.

/** @typedef {import("jsep").Expression} Expression */

/** Why a formula cannot be used, in a sentence for the reader. */
export class Refusal extends Error {}

/** @param {string} sentence @returns {never} */
export function refuse(sentence) {
  throw new Refusal(sentence);
}

const LONG = 40; // characters of a part that is quoted

/** A part of the formula in quotes. @param {Expression} node */
export function quoted(node) {
  const text = written(node);
  return `“${text.length > LONG ? `${text.slice(0, LONG)}…` : text}”`;
}

/** A part of the formula as it may be typed. @param {any} node @returns {string} */
export function written(node) {
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "Literal":
      return node.raw;
    case "Group":
      return `(${written(node.inside)})`;
    case "UnaryExpression":
      return node.operator + written(node.argument);
    case "BinaryExpression":
      return `${written(node.left)} ${node.operator} ${written(node.right)}`;
    case "CallExpression":
      return `${written(node.callee)}(${node.arguments.map(written).join(" ")})`;
    case "MemberExpression":
      return `${written(node.object)}.${written(node.property)}`;
    case "ThisExpression":
      return "this";
    default:
      return (node.body ?? node.expressions).map(written).join(" ");
  }
}

/** @type {Record<string, string>} */
const OTHER_NAMES = { ln: "log", sgn: "sign" };

/**
 * The known name that was most likely meant, or nothing.
 * @param {string} name
 * @param {string[]} known
 * @returns {string | undefined}
 */
export function nearest(name, known) {
  const small = name.toLowerCase();
  if (Object.hasOwn(OTHER_NAMES, small)) return OTHER_NAMES[small];
  const begun = known.find(
    (other) => small.startsWith(other) || other.startsWith(small),
  );
  if (begun) return begun;
  const far = known.map((other) => distance(small, other));
  const least = Math.min(...far);
  return least <= 2 && least < small.length - 1 ? known[far.indexOf(least)] : undefined;
}

/** How many letters must be changed, added or left out. @param {string} a @param {string} b */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min(
          row[j] + 1,
          next[j - 1] + 1,
          row[j - 1] + Number(a[i - 1] !== b[j - 1]),
        ),
      );
    row = next;
  }
  return row[b.length];
}
