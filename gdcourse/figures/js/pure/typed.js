// From typed text to a tree; jsep finds the structure, and nothing typed is ever run.

import jsep from "jsep";
import { LONGEST } from "./operations.js";
import { refuse } from "./typed-words.js";

/** @typedef {import("jsep").Expression} Expression */

const STRANGE = /[^A-Za-z0-9.+\-*/^() ]/u;
const GLUED =
  /(?:^|[^A-Za-z0-9.])((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?!e[+-]?\d)([A-Za-z]\w*)/i;
/** @type {Record<string, string>} */
const INSTEAD = {
  "=": "write only what stands to the right of it",
  ",": "a function takes one number, and decimals have a point, as in 0.5",
  "[": "use round brackets",
  "{": "use round brackets",
  "|": "write abs(x)",
  "×": "write products with *",
  "·": "write products with *",
  "÷": "write quotients with /",
  "−": "write minus as -",
  "²": "write powers with ^, as in x^2",
  "³": "write powers with ^, as in x^3",
  "√": "write sqrt(x)",
  π: "write pi",
};

jsep.removeAllBinaryOps();
jsep.removeAllUnaryOps();
jsep.removeAllLiterals();
for (const sign of ["+", "-"]) {
  jsep.addBinaryOp(sign, 1);
  jsep.addUnaryOp(sign);
}
for (const sign of ["*", "/"]) jsep.addBinaryOp(sign, 2);
for (const sign of ["**", "^"]) jsep.addBinaryOp(sign, 3, true);
// Brackets must stay visible: (-x)^2 is not -x^2.
jsep.hooks.add("gobble-token", function keepBrackets(env) {
  if (this.char !== "(") return;
  const inside = this.gobbleGroup();
  if (!inside) this.throwError("Empty");
  env.node = this.gobbleTokenProperty({ type: "Group", inside });
});

/** The structure of a formula; throws a Refusal. @param {string} text @returns {Expression} */
export function treeOf(text) {
  if (text.length > LONGEST)
    refuse(`The formula has ${text.length} characters: write at most ${LONGEST}.`);
  if (text.trim() === "") refuse("Write a formula, such as x^2 + 3*y^2.");
  const [strange] = STRANGE.exec(text) ?? [];
  if (strange)
    refuse(
      `“${strange}” cannot be used: ${INSTEAD[strange] ?? "write numbers, variables, + - * / ^ and brackets"}.`,
    );
  const [, number, word] = GLUED.exec(text) ?? [];
  if (number)
    refuse(`“${number}${word}”: write products with *, as in ${number}*${word}.`);
  try {
    return jsep(text);
  } catch (problem) {
    return refuse(unreadable(text, /** @type {any} */ (problem)));
  }
}

/** @param {string} text @param {{index?: number, description?: string}} problem */
function unreadable(text, { index = 0, description = "" }) {
  const [, sign] = /^Expected expression after (.+)$/.exec(description) ?? [];
  if (sign)
    return `Something is missing after “${sign}” in “${text.slice(0, index).trim()}”.`;
  if (/^(Unclosed|Expected \))/.test(description))
    return `A bracket in “${text}” is not closed: write one ) for each (.`;
  const rest = text.slice(index).trim() || text;
  return `The formula cannot be read at “${rest}”: check its brackets and operators.`;
}
