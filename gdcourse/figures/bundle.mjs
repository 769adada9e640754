// Two outputs from one source: an ES module for notebooks, a classic script for pages
// (modules do not load from file://).  What needs three.js has a pair of its own.
//  Usage: node bundle.mjs FOLDER

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
  // Each figure of a notebook brings its own three.js, which would warn of the others.
  define: { "window.__THREE__": "undefined" },
  logOverride: { "assign-to-define": "silent" },
  logLevel: "warning",
};
for (const name of ["", "landscape-"]) {
  const three = name ? " And three.js, MIT License, Copyright three.js authors." : "";
  const jsep = name ? "" : " And jsep, MIT License, Copyright Stephen Oney.";
  const banner = { js: NOTICE.replace(" */", `${three}${jsep} */`) };
  await build({
    ...common,
    banner,
    entryPoints: [`js/${name}widget.js`],
    format: "esm",
    outfile: `${folder}/${name}widget.js`,
  });
  await build({
    ...common,
    banner,
    entryPoints: [`js/${name}site.js`],
    format: "iife",
    outfile: `${folder}/${name}site.js`,
  });
}
