// Numbers as the reader sees them: four significant digits, a real minus sign.

import { format } from "d3-format";

const fixed = format(".4r");
const short = format(".3~r");
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Write a value with four significant digits: 7.000, −0.05000, 1.235×10⁹.
 * @param {number} value
 */
export function write(value) {
  if (!Number.isFinite(value)) return beyond(value);
  return plain(value) ? fixed(value) : power(value, 3);
}

/**
 * Write a setting without needless zeros: 0.1, 1.05, 7.
 * @param {number} value
 */
export function brief(value) {
  if (!Number.isFinite(value)) return beyond(value);
  return plain(value) ? short(value) : power(value, 2);
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

/** @param {number} value @param {number} digits */
function power(value, digits) {
  const [front, exponent] = value.toExponential(digits).split("e");
  return `${front}×10${raised(Number(exponent))}`.replace("-", "−");
}

/** @param {number} exponent a whole number */
export function raised(exponent) {
  const digits = [...String(Math.abs(exponent))].map((d) => SUPERSCRIPTS[Number(d)]);
  return (exponent < 0 ? "⁻" : "") + digits.join("");
}
