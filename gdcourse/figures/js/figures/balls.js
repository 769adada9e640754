// One ball per rule on the same curve, each in a panel of its own.

import { max, min } from "d3-array";
import { makeEdge, makeTrail, pixelsOf, samples, within } from "../drawing/curve.js";
import { html, set, svg } from "../drawing/dom.js";
import { sample } from "../drawing/map.js";
import { marker } from "../drawing/marks.js";
import { board, frame, lineThrough } from "../drawing/plot.js";
import * as pure from "../pure/balls.js";
import { say, standing, table } from "../pure/balls-words.js";
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

/** @typedef {import("../pure/balls.js").State} State */
/** @typedef {import("../pure/balls.js").World} World */
/** @typedef {import("../runtime/types.js").Stage} Stage */
/** @typedef {import("../drawing/plot.js").Scales} Scales */

const NARROW = 560;
const GAP = 16;

/** @type {import("../runtime/types.js").Kind<State>} */
export const balls = {
  title: "one ball for each rule",
  begin: pure.begin,
  next: pure.next,
  say,
  table,
  save: pure.save,
  restore: pure.restore,
  moved: pure.moved,
  build(stage) {
    const { world } = pure.begin(stage.settings);
    const panels = world.racers.map((_, i) => makePanel(stage, world, i));
    const controls = makeControls(stage, world);
    const boards = html("div", { class: "gd-boards" }, ...panels.map(({ el }) => el));
    stage.root.append(boards, stage.status, controls.el);
    return (state) => {
      for (const panel of panels) panel.draw(state);
      controls.draw(state);
    };
  },
};

// A panel: the rule's name, the curve, the ball

/** @param {Stage} stage @param {World} world @param {number} i */
function makePanel(stage, world, i) {
  const racer = world.racers[i];
  const [rate, place] = [html("span"), html("span", { class: "gd-standing" })];
  const name = html("span", { class: "gd-racer-name", text: racer.label });
  const words = html("span", {}, name, " ", rate, html("br"), place);
  const hill = makeHill(stage, world, i);
  const head = html("div", { class: "gd-sample" }, sample(racer), words);
  const el = html("div", { class: "gd-lane" }, head, hill.el);
  el.style.setProperty("--gd-own", racer.colour);
  return {
    el,
    /** @param {State} state */
    draw(state) {
      const run = pure.runsOf(state)[i];
      const own = state.plan.rates[i];
      set(rate, { text: own === null ? "" : `rate ${brief(own)}` });
      set(place, { text: standing(state, run) });
      place.classList.toggle("gd-blown", pure.blown(state, run));
      hill.draw(state, run);
      el.style.width = `${acrossOf(state)}px`;
    },
  };
}

/** @param {Stage} stage @param {World} world @param {number} i */
function makeHill(stage, world, i) {
  const el = board(`The ball of ${world.racers[i].label}`);
  const axes = frame(el);
  const line = svg("path", { class: "gd-curve" });
  const [trail, edge] = [makeTrail(), makeEdge()];
  const ball = svg(
    "g",
    { class: "gd-rolling", "aria-hidden": "true" },
    marker(world.racers[i].marker),
  );
  axes.plot.append(line, trail.el);
  /** @type {{scales: Scales, state: State}} */
  let now;
  const step = nudge(world.window);
  const go = (/** @type {number} */ x) =>
    stage.send({ type: "start", x: rounded(x, step) });
  const start = handle(stage, el, {
    label: `Start of every ball: ${world.name}`,
    drag: (x) => go(now.scales.x.invert(clamp(x, now.scales.left, now.scales.right))),
    press: (right, up) => go(now.state.plan.start + (right || up) * step),
  });
  start.el.classList.add("gd-start");
  axes.over.append(start.el, ball, edge.el);
  tap(
    el,
    (x, y) => within(now.scales, [x, y]) && go(now.scales.x.invert(x)),
    stage.signal,
  );
  return {
    el,
    /** @param {State} state @param {import("../pure/balls.js").Run} run */
    draw(state, run) {
      const scales = setHill(axes, line, state);
      now = { scales, state };
      trail.draw(pure.trailOf(state, run), scales);
      drawBall(ball, edge, state, run, scales);
      const [first] = run.places;
      const [x, y] = inside(scales, pixelsOf(scales, first));
      start.set(x, y, `${world.name} = ${write(first.x)}`, first.x);
    },
  };
}

/** @param {ReturnType<typeof frame>} axes @param {SVGPathElement} line @param {State} state */
function setHill(axes, line, state) {
  const { width, world, plan } = state;
  const [low, high] = world.window;
  /** @type {[number, number]} */
  const domain = [Math.min(low, plan.start), Math.max(high, plan.start)];
  const points = samples(domain).map((x) => ({ x, loss: world.surface.value([x]) }));
  const losses = points.map(({ loss }) => loss);
  const [least, most] = [min(losses) ?? 0, max(losses) ?? 1];
  const room = (most - least || 1) * 0.06;
  const scales = axes.set({
    width: acrossOf(state),
    height: width < NARROW ? 190 : 250,
    x: { domain, label: world.name },
    y: { domain: [least - room, most + room], label: "loss" },
  });
  set(line, { d: lineThrough(points.map((point) => pixelsOf(scales, point))) });
  return scales;
}

/** How wide a panel is: two stand side by side where there is room. @param {State} state */
function acrossOf({ width, world }) {
  const alone = width < NARROW || world.racers.length === 1;
  return alone ? width : Math.floor((width - GAP) / 2);
}

/** @param {Scales} scales @param {[number, number]} pixels @returns {[number, number]} */
function inside({ left, right, top, bottom }, [x, y]) {
  return [clamp(x, left, right), clamp(y, top, bottom)];
}

/** @param {SVGElement} ball @param {ReturnType<typeof makeEdge>} edge @param {State} state @param {import("../pure/balls.js").Run} run @param {Scales} scales */
function drawBall(ball, edge, state, run, scales) {
  const here = pure.drawnAt(state, run);
  const true_ = pixelsOf(scales, here);
  const [x, y] = inside(scales, true_);
  ball.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) scale(1.35)`;
  ball.classList.toggle("gd-moving", state.motion);
  const words = pure.blown(state, run)
    ? `diverged at step ${run.places.length - 1}`
    : `${state.world.name} = ${write(here.x)}`;
  edge.draw([x, Math.min(y, scales.bottom - 14)], true_, scales, words);
}

// Controls

/** @param {Stage} stage @param {World} world */
function makeControls(stage, world) {
  const { steps, noise, draws, name } = world;
  const step = slider(stage, {
    label: "Steps shown",
    range: { min: 0, max: steps, digits: 6, places: Math.min(steps, 1000) },
    write: (value) => `${Math.round(value)} of ${steps}`,
    event: (value) => ({ type: "shown", value }),
  });
  const buttons = player(stage);
  const noisy = toggle(stage, {
    label: `Noise of standard deviation ${brief(noise)} in each slope`,
    event: (on) => ({ type: "noisy", on }),
  });
  const rates = world.racers.flatMap((racer, i) => makeRate(stage, racer, i));
  const start = field(stage, {
    label: `Start ${name}`,
    event: (x) => ({ type: "start", x }),
  });
  const pace = speed(stage, {
    min: 1,
    max: Math.max(50, steps / 2),
    log: true,
    digits: 2,
  });
  const unfold = more("More controls", ...rates.map(({ el }) => el), start.el, pace.el);
  const extra = draws.length > 0 ? [noisy.el] : [];
  return {
    el: html("div", {}, row(step.el, buttons.el, ...extra), unfold),
    /** @param {State} state */
    draw(state) {
      step.set(state.shown);
      buttons.set(state);
      noisy.set(state.plan.noisy);
      for (const rate of rates) rate.draw(state);
      start.set(state.plan.start);
      pace.set(state.speed);
    },
  };
}

/** @param {Stage} stage @param {import("../pure/balls.js").Racer} racer @param {number} i */
function makeRate(stage, racer, i) {
  if (!racer.rates) return [];
  const [low, high] = racer.rates;
  const made = slider(stage, {
    label: `Learning rate of ${racer.label}`,
    range: { min: low, max: high, log: true },
    write: brief,
    event: (value) => ({ type: "rate", racer: i, value }),
  });
  made.el.style.setProperty("--gd-own", racer.colour);
  return [
    {
      el: made.el,
      draw: (/** @type {State} */ { plan }) => made.set(plan.rates[i] ?? low),
    },
  ];
}
