// A relief drawn by three.js: the block, its colours and the lines on it.

import {
  BufferAttribute,
  BufferGeometry,
  ColorManagement,
  DoubleSide,
  LinearSRGBColorSpace,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  OrthographicCamera,
  Scene,
  WebGLRenderer,
} from "three";
import { CELLS, eye, lightOn, TALL } from "../pure/relief.js";

/** @typedef {import("../pure/relief.js").Relief} Relief */
/** @typedef {{width: number, height: number, unit: number}} Size  pixels, and those of a unit of the block */
/** @typedef {any} Three  an object of three.js, whose types we do not carry */
/** @typedef {[number, number, number]} Colour  each from 0 to 1 */
/** @typedef {{low: Colour, high: Colour, line: Colour, dark: boolean}} Colours */

const SIDE = CELLS + 1;
const EVERY = 8; // cells between two lines
const TOP = SIDE * SIDE;

ColorManagement.enabled = false; // colours come from the style sheet and stay as they are

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {{show: (relief: Relief, colours: Colours) => void, draw: (view: import("../pure/relief.js").View, size: Size) => void, remove: () => void} | null} null without WebGL
 */
export function makeScene(canvas) {
  const context = canvas.getContext("webgl2", { antialias: true, alpha: true });
  if (!context) return null;
  const renderer = new WebGLRenderer({ canvas, context, alpha: true, antialias: true });
  renderer.outputColorSpace = LinearSRGBColorSpace;
  const scene = new Scene();
  const camera = new OrthographicCamera();
  camera.up.set(0, 0, 1);
  const block = new Mesh(blockGeometry(), material());
  const lines = new LineSegments(
    lineGeometry(),
    new LineBasicMaterial({ transparent: true, opacity: 0.28 }),
  );
  scene.add(block, lines);
  return {
    show(relief, colours) {
      raise(block.geometry, lines.geometry, relief);
      paint(block.geometry, relief, colours);
      lines.material.color.setRGB(...colours.line);
    },
    draw(view, size) {
      aim(camera, view, size);
      fit(renderer, size);
      renderer.render(scene, camera);
    },
    remove() {
      for (const { geometry, material } of [block, lines]) {
        geometry.dispose();
        material.dispose();
      }
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}

function material() {
  const push = { polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 };
  return new MeshBasicMaterial({ vertexColors: true, side: DoubleSide, ...push });
}

/** Points of the grid, then each side's upper and lower edge. */
function blockGeometry() {
  const geometry = new BufferGeometry();
  const count = TOP + edges().length * 2;
  for (const name of ["position", "color"])
    geometry.setAttribute(name, new BufferAttribute(new Float32Array(3 * count), 3));
  const cells = steps(CELLS).flatMap((j) =>
    steps(CELLS).flatMap((i) =>
      square(j * SIDE + i, j * SIDE + i + 1, (j + 1) * SIDE + i),
    ),
  );
  const walls = steps(4 * SIDE)
    .filter((k) => k % SIDE < CELLS)
    .flatMap((k) => square(TOP + 2 * k, TOP + 2 * k + 1, TOP + 2 * k + 2));
  geometry.setIndex([...cells, ...walls]);
  return geometry;
}

/** Two triangles between a corner, its neighbour and the next pair. @param {number} a @param {number} b @param {number} c */
function square(a, b, c) {
  return [a, b, c, b, c + b - a, c];
}

/** @param {number} count */
function steps(count) {
  return Array.from({ length: count }, (_, i) => i);
}

/** The points of the grid along the four sides, side by side. */
function edges() {
  const along = (/** @type {(k: number) => number} */ point) => steps(SIDE).map(point);
  return [
    ...along((k) => k),
    ...along((k) => CELLS * SIDE + k),
    ...along((k) => k * SIDE),
    ...along((k) => k * SIDE + CELLS),
  ];
}

/** The pairs of neighbours on every eighth line of the grid. */
function segments() {
  const kept = steps(SIDE).filter((k) => k % EVERY === 0);
  return kept.flatMap((j) =>
    steps(CELLS).flatMap((i) => [
      j * SIDE + i,
      j * SIDE + i + 1,
      i * SIDE + j,
      (i + 1) * SIDE + j,
    ]),
  );
}

function lineGeometry() {
  const geometry = new BufferGeometry();
  const points = new Float32Array(3 * segments().length);
  return geometry.setAttribute("position", new BufferAttribute(points, 3));
}

/** @param {Three} block @param {Three} lines @param {Relief} relief */
function raise(block, lines, { grid }) {
  const place = (
    /** @type {any} */ points,
    /** @type {number} */ at,
    /** @type {number} */ k,
    lift = grid[k],
  ) =>
    points.setXYZ(
      at,
      (2 * (k % SIDE)) / CELLS - 1,
      (2 * Math.floor(k / SIDE)) / CELLS - 1,
      lift - TALL / 2,
    );
  const [ground, drawn] = [block, lines].map(({ attributes }) => attributes.position);
  for (let k = 0; k < TOP; k += 1) place(ground, k, k);
  edges().forEach((k, i) => {
    place(ground, TOP + 2 * i, k);
    place(ground, TOP + 2 * i + 1, k, 0);
  });
  segments().forEach((k, i) => place(drawn, i, k, grid[k] + 0.002));
  ground.needsUpdate = drawn.needsUpdate = true;
  block.computeBoundingSphere();
  lines.computeBoundingSphere();
}

/** @param {Three} block @param {Relief} relief @param {Colours} colours */
function paint(block, relief, { low, high, dark }) {
  const { color } = block.attributes;
  const light = lightOn(relief);
  const [dim, gain] = dark ? [0.75, 0.6] : [0.62, 0.42];
  const tint = (
    /** @type {number} */ at,
    /** @type {number} */ height,
    /** @type {number} */ shine,
  ) => {
    const mixed = low.map((value, i) => value + (height / TALL) * (high[i] - value));
    const [r, g, b] = mixed.map((value) => Math.min(value * (dim + gain * shine), 1));
    color.setXYZ(at, r, g, b);
  };
  for (let k = 0; k < TOP; k += 1) tint(k, relief.grid[k], light[k]);
  edges().forEach((k, i) => {
    const shine = i < 2 * SIDE ? 0.25 : 0.45; // two pairs of walls
    tint(TOP + 2 * i, relief.grid[k], shine);
    tint(TOP + 2 * i + 1, 0, shine);
  });
  color.needsUpdate = true;
}

/** @param {Three} camera @param {import("../pure/relief.js").View} view @param {Size} size */
function aim(camera, view, { width, height, unit }) {
  const [right, top] = [width / 2 / unit, height / 2 / unit];
  Object.assign(camera, { left: -right, right, top, bottom: -top, near: 0, far: 20 });
  const [u, v, z] = eye({ ...view, tilt: Math.min(view.tilt, 89.9) });
  camera.position.set(10 * u, 10 * v, 10 * z);
  camera.lookAt(0, 0, 0);
  camera.updateProjectionMatrix();
}

/** @param {Three} renderer @param {Size} size */
function fit(renderer, { width, height }) {
  const ratio = Math.min(window.devicePixelRatio, 2);
  const { domElement } = renderer;
  if (
    domElement.width === Math.floor(width * ratio) &&
    domElement.height === Math.floor(height * ratio)
  )
    return;
  renderer.setPixelRatio(ratio);
  renderer.setSize(width, height, false);
}
