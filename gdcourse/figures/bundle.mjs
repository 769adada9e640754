// Two outputs from one source: an ES module for notebooks, a classic script for pages
// (modules do not load from file://).  Usage: node bundle.mjs FOLDER

import { build } from "esbuild";

const NOTICE =
  "/*! gdcourse figures, BSD-3-Clause, the gdcourse authors. Contains d3-array, " +
  "d3-color, d3-contour, d3-format, d3-interpolate, d3-scale and internmap, " +
  "ISC License, Copyright Mike Bostock. */";

const folder = process.argv[2];
const common = {
  bundle: true,
  minify: true,
  target: "es2020",
  charset: "utf8",
  banner: { js: NOTICE },
  logLevel: "warning",
};
await build({
  ...common,
  entryPoints: ["js/widget.js"],
  format: "esm",
  outfile: `${folder}/widget.js`,
});
await build({
  ...common,
  entryPoints: ["js/site.js"],
  format: "iife",
  outfile: `${folder}/site.js`,
});
