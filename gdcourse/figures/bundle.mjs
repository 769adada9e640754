// Two outputs from one source: an ES module for notebooks, a classic script for pages
// (modules do not load from file://).  Three pairs, so that a page loads what it shows:
// most kinds, those of the workshop, and what needs three.js.
//  Usage: node bundle.mjs FOLDER

import { build } from "esbuild";

const NOTICE =
  "/*! gdcourse figures, BSD-3-Clause, the gdcourse authors. Contains d3-array, " +
  "d3-contour, d3-format, d3-scale and internmap, " +
  "ISC License, Copyright Mike Bostock. */";

const folder = process.argv[2];
const common = {
  bundle: true,
  minify: true,
  target: "es2020",
  charset: "utf8",
  // Each figure of a notebook brings its own three.js, which would warn of the others.
  define: { "window.__THREE__": "undefined" },
  alias: { "d3-interpolate": "./js/pure/interpolate.js" },
  logOverride: { "assign-to-define": "silent" },
  logLevel: "warning",
};
const MORE = {
  "": " And jsep, MIT License, Copyright Stephen Oney.",
  "workshop-": "",
  "landscape-": " And three.js, MIT License, Copyright three.js authors.",
};
for (const [name, more] of Object.entries(MORE)) {
  const banner = { js: NOTICE.replace(" */", `${more} */`) };
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
