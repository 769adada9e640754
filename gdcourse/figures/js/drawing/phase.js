// The plane of learning rate and β: regions, level lines, boundaries; and the roots.

import { criticalLine, levelLine } from "../pure/heavy-ball.js";
import { brief } from "../pure/numbers.js";
import { clamp } from "../pure/ranges.js";
import { join, set, svg } from "./dom.js";
import { shape } from "./marks.js";
import { board, lineThrough } from "./plot.js";

/** @typedef {import("./plot.js").Scales} Scales */
/** @typedef {import("./losses.js").Look} Look */
/** @typedef {[number, number]} Pair */
/** @typedef {{curvature: number, look: Look}} Line */

const FACTORS = [0.5, 0.7, 0.8, 0.9, 0.95];
const REACH = 1.4; // of the roots that are drawn in place

/** Learning rates and β to pixels: the axis is one of square roots. @param {Scales} scales @param {Pair[]} pairs @returns {Pair[]} */
function pixelsOf({ x, y }, pairs) {
  return pairs.map(([alpha, beta]) => [x(Math.sqrt(alpha)), y(beta)]);
}

/** The regions, which words name where there is one direction. */
export function makeRegions() {
  const [fills, words] = [svg("g"), svg("g")];
  return {
    fills,
    words,
    /** @param {number[]} curvatures @param {Scales} scales */
    draw(curvatures, scales) {
      const alone = curvatures.length === 1;
      const steep = Math.max(...curvatures);
      join(
        fills,
        alone ? ["diverging", "monotone", "alternating"] : ["diverging"],
        () => svg("path"),
        (fill, name) =>
          set(fill, {
            class: `gd-region gd-${name}`,
            d: `${lineThrough(outline(name, steep, scales))}Z`,
          }),
      );
      join(
        words,
        alone ? NAMES : NAMES.slice(0, 1),
        () => svg("text", { class: "gd-halo", "text-anchor": "middle" }),
        (word, [text, root, beta]) =>
          set(word, {
            text,
            x: scales.x(root / Math.sqrt(steep)),
            y: scales.y(beta),
          }),
      );
    },
  };
}

/** Where each name stands: the root of learning rate times curvature, and β. @type {[string, number, number][]} */
const NAMES = [
  ["diverging", 1.9, 0.26],
  ["monotone", 0.33, 0.08],
  ["ripples", 1, 0.56],
  ["alternating", 1.2, 0.025],
];

/** @param {string} name @param {number} curvature @param {Scales} scales @returns {Pair[]} */
function outline(name, curvature, scales) {
  const arms = criticalLine(curvature);
  const middle = (arms.length - 1) / 2;
  const limit = pixelsOf(scales, stableLine(curvature));
  const { left, right, top, bottom } = scales;
  if (name === "monotone")
    return [[left, bottom], ...pixelsOf(scales, arms.slice(0, middle + 1))];
  if (name === "alternating")
    return [...pixelsOf(scales, arms.slice(middle)), ...limit.reverse()];
  return [...limit, [right, top], [right, bottom]];
}

/** Beyond it momentum diverges. @param {number} curvature @returns {Pair[]} */
function stableLine(curvature) {
  const betas = Array.from({ length: 41 }, (_, i) => i / 40);
  return betas.map((beta) => [(2 * (1 + beta)) / curvature, beta]);
}

/** Quiet lines of one factor a step, each with its number. */
export function makeLevels() {
  const [lines, words] = [svg("g"), svg("g")];
  return {
    lines,
    words,
    /** @param {number[]} curvatures @param {Scales} scales */
    draw(curvatures, scales) {
      const ends = [Math.min(...curvatures), Math.max(...curvatures)];
      const levels = FACTORS.map((factor) => ({
        factor,
        points: pixelsOf(scales, levelLine(factor, ends[0], ends[1])),
      })).filter(({ points }) => points.length > 0);
      join(
        lines,
        levels,
        () => svg("path", { class: "gd-path gd-level-line" }),
        (line, { points }) => set(line, { d: lineThrough(points) }),
      );
      join(
        words,
        levels,
        () => svg("text", { class: "gd-halo", "text-anchor": "end" }),
        (word, { factor, points }) => {
          const [x, y] = points[points.length / 2];
          set(word, {
            text: brief(factor),
            x: Math.min(x, scales.right) - 6,
            y: y + 4,
          });
        },
      );
    },
  };
}

/** The edge of stability, and where each direction's roots are equal. */
export function makeBoundaries() {
  const [limit, arms] = [svg("path", { class: "gd-path gd-stable" }), svg("g")];
  const word = svg("text", { class: "gd-halo gd-strong" });
  return {
    el: svg("g", {}, limit, arms),
    word,
    /** @param {Line[]} lines @param {Scales} scales */
    draw(lines, scales) {
      const steep = Math.max(...lines.map(({ curvature }) => curvature));
      set(limit, { d: lineThrough(pixelsOf(scales, stableLine(steep))) });
      join(
        arms,
        lines,
        () => svg("path", { class: "gd-path gd-critical" }),
        (arm, { curvature, look }) =>
          set(arm, {
            d: lineThrough(pixelsOf(scales, criticalLine(curvature))),
            style: `--gd-own: ${look.colour}`,
            "stroke-dasharray": look.dash || null,
          }),
      );
      const beta = 0.7;
      set(word, {
        text: lines.length === 1 ? "critical damping" : "",
        x: scales.x((1 - Math.sqrt(beta)) / Math.sqrt(steep)) + 8,
        y: scales.y(beta) + 4,
      });
    },
  };
}

/** The best pair for both directions. */
export function makeBest() {
  const mark = svg("path", { class: "gd-mark gd-best", d: shape("star") });
  const word = svg("text", { class: "gd-halo gd-strong", text: "best for both" });
  const el = svg("g", {}, mark, word);
  return {
    el,
    /** @param {{alpha: number, beta: number} | null} best @param {Scales} scales */
    draw(best, scales) {
      set(el, { visibility: best ? "visible" : "hidden" });
      if (!best) return;
      const [[x, y]] = pixelsOf(scales, [[best.alpha, best.beta]]);
      set(mark, { transform: `translate(${x},${y}) scale(1.4)` });
      set(word, { x: x - 14, y: y + 4, "text-anchor": "end" });
    },
  };
}

/** The roots in the complex plane, with the circle that no root may leave. */
export function makeRoots() {
  const el = board("The two roots in the complex plane");
  const [circle, axes] = [
    svg("circle", { class: "gd-unit" }),
    svg("path", { class: "gd-grid" }),
  ];
  const words = svg("g", { "aria-hidden": "true" });
  const dots = svg("g", { "aria-hidden": "true" });
  el.append(circle, axes, words, dots);
  return {
    el,
    /** @param {number} width @param {number} height @param {{roots: Pair[], look: Look}[]} directions */
    draw(width, height, directions) {
      set(el, { viewBox: `0 0 ${width} ${height}`, width, height });
      const [middle, centre] = [width / 2, 20 + (height - 20) / 2];
      const unit = Math.min(width / 2, (height - 20) / 2) / REACH;
      set(circle, { cx: middle, cy: centre, r: unit });
      const long = unit * REACH;
      set(axes, {
        d: `M${middle - long},${centre}h${2 * long}M${middle},${centre - long}v${2 * long}`,
      });
      join(
        words,
        [
          { text: "roots", x: 2, y: 14 },
          { text: "1", x: middle + unit + 4, y: centre - 5 },
          { text: "−1", x: middle - unit - 4, y: centre - 5, "text-anchor": "end" },
        ],
        () => svg("text", { class: "gd-halo" }),
        set,
      );
      join(
        dots,
        directions.flatMap(({ roots, look }) => roots.map((root) => ({ root, look }))),
        () => svg("path", { class: "gd-mark" }),
        (dot, { root: [real, imaginary], look }) => {
          const x = middle + unit * clamp(real, -REACH, REACH);
          const y = centre - unit * clamp(imaginary, -REACH, REACH);
          set(dot, {
            d: shape(look.marker),
            style: `--gd-own: ${look.colour}`,
            transform: `translate(${x.toFixed(1)},${y.toFixed(1)}) scale(1.3)`,
          });
        },
      );
    },
  };
}
