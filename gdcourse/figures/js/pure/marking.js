// Marking the answers of a quiz: right or wrong, and what to say to each.

/** @typedef {{text: string, feedback: string, right: boolean}} Option */
/** @typedef {{value: number, feedback: string}} Mistake */
/** @typedef {{first: number, later: number, feedback: string}} Order */
/** @typedef {{id: string, question: string, options: Option[]} & Record<string, any>} Item  see gdcourse/exercises/quizzes/items.py */
/**
 * An answer: an option's place, a list of places, typed text, or an order of lines in
 * which the number after the last line stands for "left out from here on".
 * @typedef {any} Answer
 */
/** @typedef {{verdict: "right" | "wrong" | "open", words: string, shown: number[]}} Mark */

/** @param {Item} item @returns {Answer} */
export function blank(item) {
  if (item.kind === "choices") return [];
  if (item.kind === "number") return "";
  return item.kind === "parsons" ? [...item.shuffled, item.shuffled.length] : null;
}

/**
 * Mark an answer; `shown` are the options whose feedback the reader may see.
 * @param {Item} item
 * @param {Answer} answer
 * @returns {Mark}
 */
export function mark(item, answer) {
  if (item.kind === "choice") return markChoice(item, answer);
  if (item.kind === "choices") return markChoices(item, answer);
  return item.kind === "number" ? markNumber(item, answer) : markLines(item, answer);
}

/** @param {Item} item @param {number | null} picked @returns {Mark} */
function markChoice({ options }, picked) {
  if (picked === null) return open("Choose an answer first.");
  return { ...verdict(options[picked].right, options[picked].feedback), shown: [] };
}

/** @param {Item} item @param {number[]} ticked @returns {Mark} */
function markChoices({ options }, ticked) {
  if (ticked.length === 0) return open("Tick at least one answer first.");
  const wrong = ticked.filter((place) => !options[place].right).length;
  const right = options.filter((option) => option.right).length;
  const lacking = right - (ticked.length - wrong);
  const all = options.map((_, place) => place);
  if (wrong + lacking === 0)
    return { ...verdict(true, "These and no others."), shown: all };
  const words = [
    wrong && `${ticks(wrong)} wrong`,
    lacking && `${missing(lacking)} missing`,
  ];
  const sentence = `${words.filter(Boolean).join(", and ")}.`;
  return {
    ...verdict(false, sentence[0].toUpperCase() + sentence.slice(1)),
    shown: ticked,
  };
}

/** @param {number} count */
function ticks(count) {
  return count === 1 ? "one of your ticks is" : `${count} of your ticks are`;
}

/** @param {number} count */
function missing(count) {
  return count === 1 ? "one right answer is" : `${count} right answers are`;
}

/** @param {Item} item @param {string} text @returns {Mark} */
function markNumber({ answer, tolerance, feedback, otherwise, mistakes }, text) {
  const value = text.trim() === "" ? NaN : Number(text);
  if (!Number.isFinite(value)) return open("Type a number first, such as 0.5.");
  /** @param {number} target */
  const near = (target) => Math.abs(value - target) <= tolerance * (1 + 1e-9);
  if (near(answer)) return { ...verdict(true, feedback), shown: [] };
  const slip = mistakes.find((/** @type {Mistake} */ mistake) => near(mistake.value));
  return { ...verdict(false, slip?.feedback ?? otherwise), shown: [] };
}

/** @param {Item} item @param {number[]} order @returns {Mark} */
function markLines({ lines, distractors, orders, feedback, missing }, order) {
  const used = order.slice(0, order.indexOf(lines.length + distractors.length));
  const intruder = used.find((line) => line >= lines.length);
  const lacking = used.length < lines.length;
  const broken = orders.find(
    (/** @type {Order} */ { first, later }) =>
      used.indexOf(first) > used.indexOf(later),
  );
  if (intruder !== undefined)
    return {
      ...verdict(false, distractors[intruder - lines.length].feedback),
      shown: [],
    };
  if (lacking) return { ...verdict(false, missing), shown: [] };
  if (broken) return { ...verdict(false, broken.feedback), shown: [] };
  return { ...verdict(true, feedback), shown: [] };
}

/** @param {boolean} right @param {string} words @returns {{verdict: "right" | "wrong", words: string}} */
function verdict(right, words) {
  return { verdict: right ? "right" : "wrong", words };
}

/** @param {string} words @returns {Mark} */
function open(words) {
  return { verdict: "open", words, shown: [] };
}
