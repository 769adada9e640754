// A regression on two features, and descent along the gradients of its batches: the
// same loop as in gdcourse/figures/regression.py, held to it by a test.

import { ceiling } from "./descend.js";

/** @typedef {[number, number]} Point */
/** @typedef {{x: number[], z: number[], y: number[]}} Data */
/** @typedef {{rate: number, size: number, steps: number}} Way */

/**
 * Features with labels of some noise, made from columns of the settings.
 * @param {{x: number[], z: number[], unit: number[]}} columns
 * @param {Point} minimum
 * @param {number} noise
 * @returns {Data}
 */
export function noisy({ x, z, unit }, [w, b], noise) {
  return { x, z, y: x.map((each, i) => w * each + b * z[i] + noise * unit[i]) };
}

/** @param {Data} data @param {number} i @param {readonly number[]} point */
function errorOf({ x, z, y }, i, [w, b]) {
  return w * x[i] + b * z[i] - y[i];
}

/** The mean squared error of all samples. @param {Data} data @param {readonly number[]} point */
export function lossOf(data, point) {
  let sum = 0;
  for (let i = 0; i < data.y.length; i += 1) sum += errorOf(data, i, point) ** 2;
  return sum / data.y.length;
}

/**
 * The mean of the gradients of some samples.
 * @param {Data} data
 * @param {readonly number[]} rows
 * @param {readonly number[]} point
 * @returns {Point}
 */
export function gradientOf(data, rows, point) {
  let [w, b] = [0, 0];
  for (const i of rows) {
    const error = 2 * errorOf(data, i, point);
    w += error * data.x[i];
    b += error * data.z[i];
  }
  return [w / rows.length, b / rows.length];
}

/**
 * The rows of every batch of the epochs whose order is known.
 * @param {number[][]} orders
 * @param {number} size
 */
export function batchesOf(orders, size) {
  return orders.flatMap((order) => {
    const starts = order.map((_, i) => i).filter((i) => i % size === 0);
    return starts.map((first) => order.slice(first, first + size));
  });
}

/**
 * Descend along the gradients of batches; `seen` counts samples, update by update.
 * @param {Data} data
 * @param {number[][]} orders
 * @param {Point} start
 * @param {Way} way
 */
export function run(data, orders, start, { rate, size, steps }) {
  const batches = batchesOf(orders, size);
  const [x, loss, seen] = [[start], [lossOf(data, start)], [0]];
  const most = ceiling(loss[0]);
  for (let t = 0; t < steps && loss[t] <= most; t += 1) {
    const rows = batches[t % batches.length];
    const [w, b] = gradientOf(data, rows, x[t]);
    x.push([x[t][0] - rate * w, x[t][1] - rate * b]);
    loss.push(lossOf(data, x[t + 1]));
    seen.push(seen[t] + rows.length);
  }
  const stoppedAt = x.length - 1;
  return { x, loss, seen, diverged: !(loss[stoppedAt] <= most), stoppedAt };
}

/**
 * The mean squared distance of gradients from the full one.
 * @param {Point[]} gradients
 * @param {Point} full
 */
export function varianceOf(gradients, [w, b]) {
  const squares = gradients.map(([dw, db]) => (dw - w) ** 2 + (db - b) ** 2);
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}
