// Words and points that keep out of each other's way.

/** @typedef {[number, number]} Point */
/** @typedef {{x: number, y: number, text: string}} Spot */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */

const LINE = 16;
const LETTER = 7;

/**
 * Put a label beside each spot: to its right, or left where the box ends, and moved
 * down or up until it covers no other label.
 * @param {Spot[]} spots
 * @param {Box} box
 * @param {number} [gap] between spot and label
 */
export function placed(spots, box, gap = 11) {
  /** @type {{left: number, y: number, width: number}[]} */
  const taken = [];
  return spots.map(({ x, y, text }) => {
    const width = text.length * LETTER;
    const flip = x + gap + width > box.right;
    const left = flip ? Math.max(x - gap - width, box.left + 4) : x + gap;
    const free = (/** @type {number} */ at) =>
      taken.every(
        (t) =>
          Math.abs(t.y - at) >= LINE ||
          left > t.left + t.width ||
          t.left > left + width,
      );
    const line = lines(y, box).find(free) ?? y;
    taken.push({ left, y: line, width });
    return {
      x: flip ? left + width : left,
      y: line,
      text,
      anchor: flip ? "end" : "start",
    };
  });
}

/** Lines to try: the spot's own, then below and above in turn. @param {number} y @param {Box} box */
function lines(y, { top, bottom }) {
  const own = Math.min(Math.max(y, top + 8), bottom - 8);
  const tries = [own];
  for (let i = 1; i < 12; i += 1)
    tries.push(own + (i * LINE) / 2, own - (i * LINE) / 2);
  return tries.filter((at) => at >= top + 8 && at <= bottom - 8);
}

/**
 * Leave out points closer than `gap` to the last one kept; the ends stay.
 * @param {Point[]} points
 * @param {number} gap
 */
export function spaced(points, gap) {
  /** @type {Point[]} */
  const kept = [];
  for (const point of points) {
    const last = kept[kept.length - 1];
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= gap)
      kept.push(point);
  }
  const end = points[points.length - 1];
  if (end && kept[kept.length - 1] !== end) kept.push(end);
  return kept;
}

/**
 * About `most` whole steps from 0 to `last`, for a table.
 * @param {number} last
 * @param {number} [most]
 */
export function sampledSteps(last, most = 60) {
  const every = Math.max(Math.ceil(last / most), 1);
  const steps = [];
  for (let t = 0; t < last; t += every) steps.push(t);
  return [...steps, last];
}
