// The fair-comparison laboratory: set the protocol, read the ranking and the spread.

import { makeBands } from "../drawing/bands.js";
import { html, set } from "../drawing/dom.js";
import { board, frame, sideBySide } from "../drawing/plot.js";
import { rankingBoard } from "../drawing/ranking.js";
import * as made from "../pure/comparison.js";
import * as pure from "../pure/laboratory.js";
import * as words from "../pure/laboratory-words.js";
import { onAxis } from "../pure/losses.js";
import { makeCursor } from "./cursor.js";
import { makeConclusion } from "./laboratory-conclusion.js";
import { makeControls, makeWins } from "./laboratory-controls.js";

/** @typedef {import("../pure/laboratory.js").State} State */
/** @typedef {import("../pure/laboratory.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */

/** @type {import("../runtime/types.js").Kind<State>} */
export const laboratory = {
  title: "a laboratory for fair comparisons",
  begin: pure.begin,
  next: pure.next,
  say: words.say,
  table: words.table,
  save: pure.save,
  restore: pure.restore,
  moved: ({ protocol }) => ({ protocol }),
  build(stage) {
    const { world } = pure.begin(stage.settings);
    const ranking = rankingBoard("The rules by rank, with all their runs");
    const curves = makeCurves(stage, world);
    const controls = makeControls(stage, world);
    const sentence = html("p", { class: "gd-protocol" });
    const conclusion = makeConclusion(stage);
    stage.root.append(
      html("div", { class: "gd-boards" }, ranking.el, curves.el),
      stage.status,
      controls.el,
      html("div", {
        class: "gd-label",
        text: "The protocol, as a paper would state it",
      }),
      sentence,
      ...makeWins(stage),
      conclusion.el,
    );
    return (state) => {
      const { first, second } = sideBySide(state.width, 0.5);
      drawRanking(ranking, state, first);
      curves.draw(state, second);
      controls.draw(state);
      set(sentence, { text: words.sentence(state) });
      conclusion.draw(`${words.sentence(state)} ${words.say(state)}`);
    };
  },
};

/** @param {ReturnType<typeof rankingBoard>} board @param {State} state @param {number} width */
function drawRanking(board, state, width) {
  const all = made.ranking(state);
  const rows = all.map((result, i) => ({
    ...result,
    look: result.racer,
    words: words.rowWords(state, result, words.placeOf(all, i)),
  }));
  board.draw(width, made.scoreAxis(state), words.measured(state), rows);
}

/** What counts against the gradients spent, with the budget as cursor. @param {Stage} stage @param {World} world */
function makeCurves(stage, world) {
  const el = board("What counts after each number of gradients");
  const axes = frame(el);
  const bands = makeBands();
  const cursor = makeCursor(stage, el, "Budget: gradients each");
  axes.plot.append(bands.el);
  axes.over.append(cursor.line, bands.marks, cursor.el);
  return {
    el,
    /** @param {State} state @param {number} width */
    draw(state, width) {
      const axis = made.lossAxis(state);
      const { steps } = world.draws;
      const scales = axes.set({
        width,
        height: 240,
        margin: { left: 50, bottom: 40 },
        x: { domain: [0, steps], label: "gradients each", ticks: 4 },
        y: { ...axis, label: `${state.protocol.counts} ${words.measured(state)}` },
      });
      bands.draw(world.racers.map((racer) => bandOf(state, racer, axis, scales)));
      cursor.draw(readingOf(state), scales);
    },
  };
}

/**
 * @param {State} state
 * @param {import("../pure/laboratory.js").Racer} racer
 * @param {import("../pure/losses.js").LossAxis} axis
 * @param {import("../drawing/plot.js").Scales} scales
 * @returns {import("../drawing/bands.js").Band}
 */
function bandOf(state, racer, axis, { x, y }) {
  const result = made.ranking(state).find((each) => each.racer === racer);
  if (!result) return { look: racer, low: [], middle: [], high: [], mark: null };
  const steps = made.stepsDrawn(state);
  const { low, middle, high } = made.curveOf(state, result);
  const at = (/** @type {number} */ t, /** @type {number} */ gap) =>
    /** @type {[number, number]} */ ([x(t), y(onAxis(axis, gap))]);
  const points = (/** @type {number[]} */ gaps) =>
    gaps.map((gap, i) => at(steps[i], gap));
  return {
    look: racer,
    low: points(low),
    middle: points(middle),
    high: points(high),
    mark: result.score < Infinity ? at(state.protocol.budget, result.score) : null,
  };
}

/** @param {State} state @returns {import("./cursor.js").Reading} */
function readingOf(state) {
  const { budget } = state.protocol;
  const most = state.world.draws.steps;
  const stride = Math.max(Math.round(most / 100), 1);
  return { at: budget, words: words.say(state), least: 1, most, stride };
}
