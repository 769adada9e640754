// Typed formulas: slopes worked by hand, shared nodes, and text in the address.

import assert from "node:assert/strict";
import test from "node:test";
import { compileSurface } from "../../gdcourse/figures/js/pure/compile.js";
import { differentiate } from "../../gdcourse/figures/js/pure/differentiate.js";
import {
  parse as address,
  write,
} from "../../gdcourse/figures/js/pure/fragment.js";
import { makeNodes } from "../../gdcourse/figures/js/pure/nodes.js";
import { parse } from "../../gdcourse/figures/js/pure/parse.js";
import { nearest } from "../../gdcourse/figures/js/pure/typed-words.js";

/** Value and slopes of a formula at a point. */
function at(text, point) {
  const { variables, term } = parse(text);
  const surface = compileSurface({ name: text, variables, data: {}, term });
  return [surface.value(point), ...surface.gradient(point)];
}

test("a formula has the value and the slopes that are worked by hand", () => {
  const cases = [
    ["x^2 + 3*y^2 + sin(3*x)", [0, 1], [3, 3, 6]],
    ["w^2 + 4*b^2", [1, 2], [8, 8, 4]], // b comes first
    ["-x^2", [3], [-9, -6]],
    ["(-x)^2", [3], [9, 6]],
    ["2^-x^2", [0], [1, 0]],
    ["x/y", [6, 2], [3, 0.5, -1.5]],
    ["x*x*x", [2], [8, 12]],
    ["abs(x) - sign(x)", [-2], [3, -1]],
    ["exp(0*x) + log(x) + sqrt(x)", [4], [3 + Math.log(4), 0.5]],
  ];
  for (const [text, point, wanted] of cases)
    assert.deepEqual(at(text, point), wanted, text);
});

test("slopes that do not depend on a variable are zero", () => {
  const nodes = makeNodes();
  const [x, y] = [nodes.add("input", 0), nodes.add("input", 1)];
  const value = nodes.add("sin", x);
  const [across, up] = differentiate(nodes, value, [x, y]);
  assert.deepEqual(nodes.list[across], ["cos", x]);
  assert.deepEqual(nodes.list[up], ["constant", 0]);
});

test("equal parts are computed once, also in the slopes", () => {
  const { term } = parse("exp(x*y) + exp(x*y)^2");
  const exps = term.nodes.filter(([op]) => op === "exp");
  assert.equal(exps.length, 1);
});

test("an address keeps a formula and nothing that could be more", () => {
  const numbers = { formula: "x^2 + sin(3*x)", x: -1.5 };
  const hash = write({ "fig-a": numbers });
  assert.equal(hash, "fig-a:formula=x%5E2%20%2B%20sin(3*x),x=-1.5");
  assert.deepEqual({ ...address(decodeURIComponent(hash))["fig-a"] }, numbers);
  for (const bad of [
    "<b>x</b>",
    "x=1",
    "'x'",
    "x".repeat(401),
    "alert`1`",
    "x\u0000",
  ])
    assert.deepEqual({ ...address(`fig-a:formula=${bad}`)["fig-a"] }, {}, bad);
  assert.deepEqual({ ...address("fig-a:x=sin(x)")["fig-a"] }, {});
});

test("the nearest name is suggested", () => {
  const known = ["sin", "cos", "exp", "log", "sqrt"];
  assert.equal(nearest("Sine", known), "sin");
  assert.equal(nearest("sqtr", known), "sqrt");
  assert.equal(nearest("ln", known), "log");
  assert.equal(nearest("banana", known), undefined);
});
