// Answer questions about traced graphs: JSON on stdin, JSON on stdout.

import { readFileSync } from "node:fs";
import * as balls from "../../gdcourse/figures/js/pure/balls.js";
import { compileGraph, compileRule, compileSurface } from "../../gdcourse/figures/js/pure/compile.js";
import { descend } from "../../gdcourse/figures/js/pure/descend.js";
import * as basins from "../../gdcourse/figures/js/pure/basins.js";
import { between, pick, sweep } from "../../gdcourse/figures/js/pure/sweep.js";

const answers = {
  path({ surface, rule, start, ...options }) {
    return descend(compileSurface(surface), compileRule(rule, start.length), start, options);
  },
  graph({ graph, dimension, inputs }) {
    const run = compileGraph(graph, dimension);
    return inputs.map(run);
  },
  basins(settings) {
    let state = basins.begin(settings);
    while (state.playing) state = basins.next(state, { type: "tick" });
    return [Array.from(state.chart.ends), Array.from(state.chart.stops)];
  },
  sweep({ surface, rule, start, picks, ends, ...plan }) {
    const rates = between(...ends);
    const found = sweep(compileSurface(surface), compileRule(rule, start.length), start, { rates, ...plan });
    return { ...found, picks: picks.map((name) => pick(found, name)) };
  },
  balls({ settings }) {
    return balls.runsOf(balls.begin(settings)).map(({ places }) => places.map(({ x }) => x));
  },
  source({ source, calls }) {
    return new Function(`${source}\nreturn [${calls.join(", ")}];`)();
  },
};

const words = (key, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);
const questions = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(questions.map(({ ask, ...question }) => answers[ask](question)), words));
