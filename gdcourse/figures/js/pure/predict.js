// Predict first: what a reader said a run would do, and what it did.

/** @typedef {[number, number]} Point */
/**
 * @typedef {object} Guess
 * @property {boolean} open          the reader is still asked
 * @property {string | null} regime  what was chosen
 * @property {Point[]} sketch        the path that was drawn, from the start on
 */
/**
 * What a run did, as far as a prediction speaks of it.
 * @typedef {object} Outcome
 * @property {boolean} ended
 * @property {number[]} loss       the start's and after each step
 * @property {number} floor        the least known loss, Infinity if none is known
 * @property {number} turns        how often a step went back against the one before
 * @property {boolean} diverged
 * @property {number} stoppedAt
 * @property {Point} [end]         where a run in two dimensions stopped
 * @property {(distance: Point) => string} [write]  a point in words
 */

/** @type {Record<string, {choice: string, past: string}>} */
export const REGIMES = {
  slides: { choice: "slides straight in", past: "slid straight in" },
  zigzags: { choice: "zigzags, and arrives", past: "zigzagged, and arrived" },
  crawls: { choice: "is still on its way at the end", past: "was still on its way" },
  bounces: { choice: "bounces for ever", past: "bounced without arriving" },
  diverges: { choice: "flies off", past: "diverged" },
};

const ARRIVED = 0.01; // of the way down is left
const ZIGZAG = 2; // turns
const MOST_POINTS = 400;

/** @param {unknown} asked @returns {Guess} */
export function opening(asked) {
  return { open: Boolean(asked), regime: null, sketch: [] };
}

/** @type {Guess} */
export const SKIPPED = { open: false, regime: null, sketch: [] };

/** @param {Outcome} outcome */
export function regimeOf({ loss, floor, turns, diverged }) {
  if (diverged) return "diverges";
  const [first, last] = [loss[0], loss[loss.length - 1]];
  const base = Number.isFinite(floor) ? floor : Math.min(...loss);
  const arrived = last - base <= ARRIVED * (first - base);
  if (arrived) return turns >= ZIGZAG ? "zigzags" : "slides";
  return turns >= Math.max(ZIGZAG, loss.length / 4) ? "bounces" : "crawls";
}

/** How often a step leads back against the one before. @param {number[][]} points */
export function turnsOf(points) {
  let turns = 0;
  for (let i = 2; i < points.length; i += 1) {
    const along = points[i].reduce(
      (sum, value, k) =>
        sum + (value - points[i - 1][k]) * (points[i - 1][k] - points[i - 2][k]),
      0,
    );
    if (along < 0) turns += 1;
  }
  return turns;
}

/** @param {Guess} guess @param {Point} point @returns {Guess} */
export function drawn(guess, point) {
  if (guess.sketch.length >= MOST_POINTS) return guess;
  return { ...guess, sketch: [...guess.sketch, point] };
}

/** The difference between prediction and run in one line; empty until both exist. @param {Guess} guess @param {Outcome} outcome */
export function verdict(guess, outcome) {
  if (guess.open || !guess.regime || !outcome.ended) return "";
  const regime = regimeOf(outcome);
  const at = regime === "diverges" ? ` at step ${outcome.stoppedAt}` : "";
  const did = `it ${REGIMES[regime].past}${at}`;
  const said =
    guess.regime === regime
      ? `As you said: ${did}.`
      : `You said “${REGIMES[guess.regime].choice}”; ${did}.`;
  return [said, apart(guess, outcome)].filter(Boolean).join(" ");
}

/** @param {Guess} guess @param {Outcome} outcome */
function apart({ sketch }, { end, write, diverged }) {
  if (sketch.length === 0 || !end || !write || diverged) return "";
  const last = sketch[sketch.length - 1];
  return `Your path ended at ${write(last)}; the run ended at ${write(end)}.`;
}
