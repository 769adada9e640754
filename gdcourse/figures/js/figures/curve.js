// Descent on a curve: drag the ball, set the rate, step and run.

import { max, min } from "d3-array";
import {
  makeEdge,
  makeNext,
  makeTangent,
  makeTrail,
  pixelsOf,
  samples,
  within,
} from "../drawing/curve.js";
import { html, set, svg } from "../drawing/dom.js";
import { lossBoard } from "../drawing/losses.js";
import { board, frame, lineThrough, sideBySide } from "../drawing/plot.js";
import * as pure from "../pure/curve.js";
import { say, table, updates } from "../pure/curve-words.js";
import { logAxis, plainAxis } from "../pure/losses.js";
import { brief, write } from "../pure/numbers.js";
import { clamp, nudge, rounded } from "../pure/ranges.js";
import {
  field,
  more,
  player,
  row,
  slider,
  speed,
  toggle,
} from "../runtime/controls.js";
import { handle, tap } from "../runtime/handle.js";
import { predictable } from "../runtime/predict.js";

/** @typedef {import("../pure/curve.js").State} State */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */

const HEIGHT = 330;
const LOOK = { colour: "var(--gd-accent)", dash: "", marker: "circle" };

/** @type {import("../runtime/types.js").Kind<State>} */
const descent = {
  title: "descent on a curve",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const [hill, losses] = [makeHill(stage), lossBoard()];
    const [sums, controls] = [makeArithmetic(), makeControls(stage)];
    const boards = html("div", { class: "gd-boards" }, hill.el, losses.el);
    stage.root.append(boards, sums.el, stage.status, controls.el);
    return (state) => {
      hill.draw(state);
      losses.draw(lossesOf(state));
      sums.draw(state);
      controls.draw(state);
    };
  },
};

export const curve = predictable(descent, pure.outcome);

/** @param {State} state @returns {import("../drawing/losses.js").Losses} */
function lossesOf(state) {
  const { second, narrow } = sideBySide(state.width, 0.61);
  const losses = state.places.map(({ loss }) => loss);
  const log = state.logLoss && losses.every((loss) => loss > 0);
  return {
    width: second,
    height: narrow ? 170 : HEIGHT,
    steps: losses.length - 1,
    axis: log ? logAxis(losses) : plainAxis(losses),
    curves: [{ losses, look: LOOK }],
  };
}

// The curve, the ball and its next step

/** @param {Stage} stage */
function makeHill(stage) {
  const { variables } = stage.settings.surface;
  const el = board("The curve and the ball");
  const axes = frame(el);
  const line = svg("path", { class: "gd-curve" });
  const [trail, tangent, coming, edge] = [
    makeTrail(),
    makeTangent(),
    makeNext(),
    makeEdge(),
  ];
  axes.plot.append(line, trail.el, tangent.line, coming.el);
  /** @type {{scales: Scales, state: State}} */
  let now;
  const step = () => nudge(now.state.world.window);
  const go = (/** @type {number} */ x) =>
    stage.send({ type: "start", x: rounded(x, step()) });
  const ball = handle(stage, el, {
    label: `Ball: ${variables[0]}`,
    drag: (x) => go(now.scales.x.invert(clamp(x, now.scales.left, now.scales.right))),
    press: (right, up) => go(pure.latest(now.state).x + (right || up) * step()),
  });
  axes.over.append(tangent.words, edge.el, ball.el);
  tap(
    el,
    (x, y) => within(now.scales, [x, y]) && go(now.scales.x.invert(x)),
    stage.signal,
  );
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const scales = setHill(axes, line, state);
      now = { scales, state };
      const here = pure.latest(state);
      const seen = !state.diverged && within(scales, pixelsOf(scales, here));
      trail.draw(state.places, scales);
      tangent.draw(here, scales, seen);
      coming.draw(
        here,
        pure.landing(state).place,
        scales,
        seen && !pure.resting(state) && !state.guess.open,
      );
      drawBall(ball, edge, state, scales);
    },
  };
}

/** @param {ReturnType<typeof frame>} axes @param {SVGPathElement} line @param {State} state */
function setHill(axes, line, { width, world, places }) {
  const { first, narrow } = sideBySide(width, 0.61);
  const [low, high] = world.window;
  /** @type {[number, number]} */
  const domain = [Math.min(low, places[0].x), Math.max(high, places[0].x)];
  const points = samples(domain).map((x) => ({ x, loss: world.surface.value([x]) }));
  const scales = axes.set({
    width: first,
    height: narrow ? clamp(first * 0.8, 220, HEIGHT) : HEIGHT,
    x: { domain, label: world.name },
    y: { domain: roomy(points.map(({ loss }) => loss)), label: "loss" },
  });
  set(line, { d: lineThrough(points.map((point) => pixelsOf(scales, point))) });
  return scales;
}

/** @param {number[]} losses @returns {[number, number]} */
function roomy(losses) {
  const [least, most] = [min(losses) ?? 0, max(losses) ?? 1];
  const room = (most - least || 1) * 0.06;
  return [least - room, most + room];
}

/** @param {ReturnType<typeof handle>} ball @param {ReturnType<typeof makeEdge>} edge @param {State} state @param {Scales} scales */
function drawBall(ball, edge, state, scales) {
  const here = pure.latest(state);
  const [x, y] = pixelsOf(scales, here);
  const { left, right, top, bottom } = scales;
  /** @type {[number, number]} */
  const drawn = [clamp(x, left, right), clamp(y, top, bottom)];
  const words = `${state.world.name} = ${write(here.x)}`;
  ball.el.classList.toggle("gd-moving", state.motion);
  ball.set(...drawn, `${words}, loss ${write(here.loss)}`, here.x);
  edge.draw(
    drawn,
    [x, y],
    scales,
    state.diverged ? `diverged at step ${pure.count(state)}` : words,
  );
}

// The update in numbers: x ← 7.000 − 0.1 × 14.00 = 5.600

function makeArithmetic() {
  const [taken, coming] = [makeLine(), makeLine()];
  return {
    el: html("div", { class: "gd-arithmetic" }, taken.el, coming.el),
    /** @param {State} state */
    draw(state) {
      const { taken: done, coming: due } = updates(state);
      taken.set(done);
      coming.set(due);
    },
  };
}

const CELLS = [
  "when",
  "name",
  "from",
  "minus",
  "rate",
  "times",
  "slope",
  "equals",
  "to",
];

function makeLine() {
  const cells = CELLS.map((name) => html("span", { class: `gd-a-${name}` }));
  return {
    el: html("p", { class: "gd-update" }, ...cells),
    /** @param {string[]} texts */
    set: (texts) => cells.forEach((cell, i) => set(cell, { text: texts[i] ?? "" })),
  };
}

// Controls

/** @param {Stage} stage */
function makeControls(stage) {
  const { rates, surface } = stage.settings;
  const range = { min: rates[0], max: rates[1], log: true };
  const event = (/** @type {number} */ value) => ({ type: "rate", value });
  const rate = slider(stage, { label: "Learning rate", range, write: brief, event });
  const buttons = player(stage);
  const start = field(stage, {
    label: `Start ${surface.variables[0]}`,
    event: (x) => ({ type: "start", x }),
  });
  const typed = field(stage, { label: "Learning rate", range, event });
  const pace = speed(stage);
  const log = toggle(stage, {
    label: "Logarithmic loss axis",
    event: (on) => ({ type: "log", on }),
  });
  const unfold = more("More controls", start.el, typed.el, pace.el, log.el);
  return {
    el: html("div", {}, row(rate.el, buttons.el), unfold),
    /** @param {State} state */
    draw(state) {
      for (const each of [rate, typed]) each.set(state.rate);
      buttons.set(state, pure.stuck(state));
      start.set(state.places[0].x);
      pace.set(state.speed);
      log.set(state.logLoss);
    },
  };
}
