// Lines and their units, in words and numbers.

import { format } from "d3-format";
import { write } from "./numbers.js";

/** @typedef {import("./line.js").Axis} Axis */

const grouped = format(",.4~r");

/**
 * A value with at most four significant digits: 4.25, 2, −0.05.
 * @param {number} value
 */
export function trimmed(value) {
  const text = write(value);
  return /^[^×]*\./.test(text) ? text.replace(/\.?0+(?=×|$)/, "") : text;
}

/** The same, in brackets where it is negative. @param {number} value */
export function signed(value) {
  return value < 0 ? `(${trimmed(value)})` : trimmed(value);
}

/** Whether four digits say it all. @param {...number} values */
export function exact(...values) {
  return values.every(
    (value) => Math.abs(Number(value.toPrecision(4)) - value) <= 1e-9 * Math.abs(value),
  );
}

/**
 * y = 2x + 1.5
 * @param {number} w
 * @param {number} b
 */
export function equation(w, b) {
  return `y = ${trimmed(w)}x ${b < 0 ? "−" : "+"} ${trimmed(Math.abs(b))}`;
}

/** Whether the points are standardised for the loss. @param {[Axis, Axis]} axes */
export function standardised(axes) {
  return axes.some(({ middle, spread }) => middle !== 0 || spread !== 1);
}

/**
 * The same line in the units of the data: price = 111.7 × area + 13,290.
 * @param {[Axis, Axis]} axes
 * @param {{w: number, b: number}} line
 */
export function inUnits([x, y], { w, b }) {
  const slope = (w * y.spread) / x.spread;
  const intercept = y.middle + y.spread * b - slope * x.middle;
  const sign = intercept < 0 ? "−" : "+";
  return `${y.name} = ${grouped(slope)} × ${x.name} ${sign} ${grouped(Math.abs(intercept))}`;
}

/**
 * The height of the line over a place of the data, both in the units of the data.
 * @param {[Axis, Axis]} axes
 * @param {{w: number, b: number}} line
 * @param {number} at
 */
export function heightAt([x, y], { w, b }, at) {
  return y.middle + y.spread * (w * ((at - x.middle) / x.spread) + b);
}

/**
 * A typical miss, in the units of the data: the root of the mean squared error.
 * @param {[Axis, Axis]} axes
 * @param {number} loss
 */
export function miss([, y], loss) {
  return grouped(y.spread * Math.sqrt(loss));
}
