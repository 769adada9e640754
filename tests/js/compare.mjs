// Answers [settings, protocol] with the laboratory's ranking, for the tests in Python.

import { readFileSync } from "node:fs";
import { ranking } from "../../gdcourse/figures/js/pure/comparison.js";
import { begin, next } from "../../gdcourse/figures/js/pure/laboratory.js";

const [settings, protocol] = JSON.parse(readFileSync(0, "utf8"));
const state = next(begin(settings), { type: "protocol", protocol });
const rows = ranking(state).map(({ racer, score, low, high, rates }) => {
  return [racer.label, score, low, high, rates];
});
console.log(JSON.stringify(rows));
