// Markers that tell rules apart without colour, and the sign at the edge of a plot.

import { svg } from "./dom.js";

/** @type {Record<string, string>} each about 10 pixels wide, around the origin */
const SHAPES = {
  circle: "M5,0A5,5 0 1 1 -5,0A5,5 0 1 1 5,0Z",
  square: "M-4.4,-4.4H4.4V4.4H-4.4Z",
  triangle: "M0,-5.6L5.2,4H-5.2Z",
  diamond: "M0,-6.2L5.2,0L0,6.2L-5.2,0Z",
  cross: "M-5,-2H-2V-5H2V-2H5V2H2V5H-2V2H-5Z",
  star: "M0,-6.4L1.8,-2L6.2,-2L2.7,1L4,5.6L0,3L-4,5.6L-2.7,1L-6.2,-2L-1.8,-2Z",
};

/** @param {string} name a marker of gdcourse/style.py */
export function shape(name) {
  return SHAPES[name] ?? SHAPES.circle;
}

/** @param {string} name */
export function marker(name) {
  return svg("path", { class: "gd-mark", d: shape(name) });
}

/**
 * An arrow head at the end of a line, as the d of a path.
 * @param {number} x
 * @param {number} y
 * @param {number} angle in radians, clockwise from the right
 * @param {number} [size]
 */
export function arrowHead(x, y, angle, size = 7) {
  const wing = (/** @type {number} */ turn) => {
    const a = angle + Math.PI - turn;
    return `${(x + size * Math.cos(a)).toFixed(2)},${(y + size * Math.sin(a)).toFixed(2)}`;
  };
  return `M${wing(0.45)}L${x.toFixed(2)},${y.toFixed(2)}L${wing(-0.45)}`;
}
