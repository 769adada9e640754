// The cells of a basin map on a canvas: a colour each minimum, and a hatch for divergence.

/** @typedef {[number, number, number]} Colour  channels from 0 to 255 */
/** @typedef {{minima: Colour[], ink: Colour}} Colours */

export const LOOKS = 6; // the colours of the rules, in turn
const SOLID = 118;

/** The colours of the page, as the style sheet has them now. @param {Element} el @returns {Colours} */
export function coloursOf(el) {
  const style = window.getComputedStyle(el);
  const read = (/** @type {string} */ name) =>
    channels(style.getPropertyValue(`--gd-${name}`).trim());
  return {
    minima: Array.from({ length: LOOKS }, (_, i) => read(`rule-${i}`)),
    ink: read("ink"),
  };
}

/** @param {string} hex such as #a9c8d9 @returns {Colour} */
function channels(hex) {
  const part = (/** @type {number} */ at) => parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/**
 * Paint one pixel a cell; row 0 is at the bottom.
 * @param {HTMLCanvasElement} canvas
 * @param {number} cells along each side
 * @param {(i: number, j: number) => number} endAt
 * @param {Colours} colours
 */
export function paint(canvas, cells, endAt, colours) {
  const context = canvas.getContext("2d");
  if (!context) return;
  if (canvas.width !== cells) canvas.width = canvas.height = cells;
  const image = context.createImageData(cells, cells);
  for (let j = 0; j < cells; j += 1)
    for (let i = 0; i < cells; i += 1) {
      const [colour, alpha] = pixel(endAt(i, j), i, j, colours);
      image.data.set([...colour, alpha], 4 * ((cells - 1 - j) * cells + i));
    }
  context.putImageData(image, 0, 0);
}

/** @param {number} end @param {number} i @param {number} j @param {Colours} colours @returns {[Colour, number]} */
function pixel(end, i, j, { minima, ink }) {
  if (end >= 0) return [minima[end % LOOKS], SOLID];
  if (end === -2) return [ink, (i + j) % 4 === 0 ? 120 : 16]; // hatched
  if (end === -1) return [ink, i % 3 === 0 && j % 3 === 0 ? 84 : 0]; // dotted
  return [ink, 0];
}
