// The one contour that runs through a point, followed step by step.

/** @typedef {[number, number]} Point */
/** @typedef {import("./contours.js").Window} Window */
/** @typedef {{value: (x: number[]) => number, gradient: (x: number[]) => number[]}} Surface */
/**
 * The height above the contour and its slope, where the window is a unit square.
 * @typedef {(at: Point) => {rise: number, slope: Point}} Ground
 */

const STRIDE = 1 / 100; // of the window
const MOST = 500;
const SHORTEST = STRIDE / 64;

/**
 * Points of the contour through `point`, from one end to the other, or all around.
 * @param {Surface} surface
 * @param {Point} point
 * @param {Window} window
 * @param {number} [stride] as a part of the window
 * @param {number} [most] strides to each side
 * @returns {Point[]}
 */
export function contourThrough(surface, point, { x, y }, stride = STRIDE, most = MOST) {
  const [across, up] = [x[1] - x[0], y[1] - y[0]];
  const level = surface.value(point);
  /** @type {(at: Point) => Point} */
  const real = ([u, v]) => [x[0] + u * across, y[0] + v * up];
  /** @type {Ground} */
  const ground = (at) => {
    const [a, b] = surface.gradient(real(at));
    return { rise: surface.value(real(at)) - level, slope: [a * across, b * up] };
  };
  /** @type {Point} */
  const start = [(point[0] - x[0]) / across, (point[1] - y[0]) / up];
  const ahead = follow(ground, start, 1, stride, most);
  const closed = ahead.length > 2 && far(ahead[ahead.length - 1], start) === 0;
  const behind = closed ? [] : follow(ground, start, -1, stride, most);
  return [...behind.reverse(), start, ...ahead].map(real);
}

/** @param {Ground} ground @param {Point} start @param {1 | -1} side @param {number} stride @param {number} most */
function follow(ground, start, side, stride, most) {
  /** @type {Point[]} */
  const points = [];
  let here = start;
  while (points.length < most && inside(here)) {
    const to = advance(ground, here, side, stride);
    if (!to) break;
    const around = points.length > 3 && far(to, start) < stride;
    points.push(around ? start : to);
    if (around) break;
    here = to;
  }
  return points;
}

/** One stride along the contour, as short as its bends ask for. @param {Ground} ground @param {Point} from @param {1 | -1} side @param {number} stride */
function advance(ground, from, side, stride) {
  const way = along(ground(from).slope, side);
  for (let h = stride; way && h > Math.min(SHORTEST, stride / 2); h /= 2) {
    const to = settle(ground, [from[0] + h * way[0], from[1] + h * way[1]], h);
    const onward = to && along(ground(to).slope, side);
    if (to && onward && onward[0] * way[0] + onward[1] * way[1] > 0.8) return to;
  }
  return null;
}

/** Newton's steps up or down the slope, back to the contour. @param {Ground} ground @param {Point} at @param {number} h @returns {Point | null} */
function settle(ground, at, h) {
  let [u, v] = at;
  for (let i = 0; i < 6; i += 1) {
    const { rise, slope } = ground([u, v]);
    const part = rise / (slope[0] ** 2 + slope[1] ** 2);
    [u, v] = [u - part * slope[0], v - part * slope[1]];
    if (!(far([u, v], at) < h)) return null;
    if (Math.abs(part) * Math.hypot(...slope) < 1e-6 * h) return [u, v];
  }
  return null;
}

/** The direction of the contour, or null where the ground is flat. @param {Point} slope @param {1 | -1} side @returns {Point | null} */
function along([a, b], side) {
  const length = Math.hypot(a, b);
  const steep = length > 0 && Number.isFinite(length);
  return steep ? [(-side * b) / length, (side * a) / length] : null;
}

/** @param {Point} a @param {Point} b */
function far(a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** @param {Point} point */
function inside(point) {
  return point.every((part) => part > -0.02 && part < 1.02);
}

/**
 * The angle between gradient and contour at a point in degrees; null where it is flat.
 * The contour's direction is measured: that of a short chord.
 * @param {Surface} surface
 * @param {Point} point
 * @param {Window} window
 */
export function angleAt(surface, point, window) {
  const points = contourThrough(surface, point, window, 1e-4, 1);
  const [a, b] = surface.gradient(point);
  const [from, to] = [points[0], points[points.length - 1]];
  const chord = [to[0] - from[0], to[1] - from[1]];
  const lengths = Math.hypot(...chord) * Math.hypot(a, b);
  if (points.length < 3 || !(lengths > 0)) return null;
  return (Math.acos((chord[0] * a + chord[1] * b) / lengths) * 180) / Math.PI;
}
