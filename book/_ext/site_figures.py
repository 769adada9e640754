"""Figures on a page: one deferred script makes them live, a drawing stands in for it.

The drawing is made while the site is built, from the same settings as the live figure.
It is what a reader sees in print, or with scripts off.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import addresses
from sphinx.errors import SphinxError

STATIC = addresses.ROOT / "gdcourse" / "figures" / "static"
BUNDLES = ("site.js", "figures.css")
FIGURE = re.compile(
    r'(<figure class="gd-figure"[^>]*\bdata-kind="(?P<kind>\w+)"[^>]*>.*?'
    r'<div class="gd-still">)(?P<still>\s*)(</div>.*?'
    r'<script type="application/json" class="gd-settings">)(?P<settings>.*?)'
    r"(</script>)",
    flags=re.DOTALL,
)


class FigureError(SphinxError):
    """A figure that cannot be drawn for the page without scripts."""

    category = "Figure error"


def copy_bundles(app: Any) -> None:
    target = Path(app.outdir) / "_static" / "figures"
    target.mkdir(parents=True, exist_ok=True)
    for name in BUNDLES:
        if not (STATIC / name).exists():
            raise FigureError(f"{name} is missing: python -m gdcourse.figures.build")
        shutil.copy(STATIC / name, target / name)


def add_figures(app: Any, page: str, template: str, context: Any, tree: Any) -> None:
    """Draw the stand-ins of a page's figures and add the script that runs them."""
    body = context.get("body", "")
    if '<figure class="gd-figure"' not in body:
        return
    context["body"] = FIGURE.sub(lambda match: with_still(match, page), body)
    app.add_css_file("figures/figures.css", priority=310)
    app.add_js_file("figures/site.js", loading_method="defer")


def with_still(match: re.Match[str], page: str) -> str:
    """Return the HTML of one figure with its drawing filled in."""
    kind, settings = match["kind"], json.loads(match["settings"])
    svg = still(kind, settings, page)
    return f"{match[1]}{svg}{match[4]}{match['settings']}{match[6]}"


def still(kind: str, settings: dict[str, Any], page: str) -> str:
    """Return the drawing of a figure as SVG."""
    from gdcourse import plots

    try:
        return str(plots.still(kind, settings))
    except Exception as error:
        raise FigureError(f"{page}: the {kind} cannot be drawn. {error!r}") from error


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("builder-inited", copy_bundles)
    app.connect("html-page-context", add_figures, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
