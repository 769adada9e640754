// Answer questions about typed formulas: JSON on stdin, JSON on stdout.

import { readFileSync } from "node:fs";
import { compileSurface } from "../../gdcourse/figures/js/pure/compile.js";
import { parse } from "../../gdcourse/figures/js/pure/parse.js";
import { Refusal } from "../../gdcourse/figures/js/pure/typed-words.js";

function answer({ text, points = [] }) {
  try {
    const { variables, term } = parse(text);
    const surface = compileSurface({
      name: "typed",
      variables,
      data: {},
      term,
    });
    const found = points.map((x) => ({
      value: surface.value(x),
      gradient: surface.gradient(x),
    }));
    return { variables, nodes: term.nodes.length, found };
  } catch (problem) {
    return {
      kind: problem instanceof Refusal ? "refusal" : "bug",
      problem: problem.message,
    };
  }
}

const questions = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(questions.map(answer)));
