// Numbers as the reader sees them: four significant digits, a real minus sign.

import { format } from "d3-format";

const fixed = format(".4r");
const whole = format(".0f");
const short = format(".3~r");
const thousands = format(".3~s");
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Write a value with four significant digits: 7.000, −0.05000, 1.235×10⁹.
 * @param {number} value
 */
export function write(value) {
  if (!Number.isFinite(value)) return beyond(value);
  if (!plain(value)) return power(value.toExponential(3));
  return Math.abs(value) >= 1e4 ? whole(value) : fixed(value);
}

/**
 * Write a setting without needless zeros: 0.1, 1.05, 7.
 * @param {number} value
 */
export function brief(value) {
  if (!Number.isFinite(value)) return beyond(value);
  return plain(value)
    ? short(value)
    : power(Number(value.toPrecision(3)).toExponential());
}

/**
 * Write a value beside an axis: 0.5, −20, 150k.
 * @param {number} value
 */
export function tick(value) {
  const size = Math.abs(value);
  return size >= 1e4 && size < 1e9 ? thousands(value) : brief(value);
}

/**
 * Round to so many significant digits, as the sliders do.
 * @param {number} value
 * @param {number} [digits]
 */
export function significant(value, digits = 3) {
  return Number(value.toPrecision(digits));
}

/** @param {number} value */
function plain(value) {
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-4 && size < 1e5);
}

/** @param {number} value */
function beyond(value) {
  if (Number.isNaN(value)) return "not a number";
  return value > 0 ? "∞" : "−∞";
}

/** @param {string} text such as 1.5e-7 */
function power(text) {
  const [front, exponent] = text.split("e");
  return `${front}×10${raised(Number(exponent))}`.replace("-", "−");
}

/** @param {number} exponent a whole number */
export function raised(exponent) {
  const digits = [...String(Math.abs(exponent))].map((d) => SUPERSCRIPTS[Number(d)]);
  return (exponent < 0 ? "⁻" : "") + digits.join("");
}

/** A count with its noun. @param {number} value @param {string} noun */
export function many(value, noun) {
  return `${value.toLocaleString("en-GB")} ${noun}${value === 1 ? "" : "s"}`;
}
