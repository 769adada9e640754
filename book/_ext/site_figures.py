"""Figures on a page: a deferred script makes them live, a drawing stands in for it.

What stands in 3-D, and the workshop, have scripts of their own, which only their pages
load.

The drawing is made while the site is built, from the same settings as the live figure.
It is what a reader sees in print, or with scripts off.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

from sphinx.errors import SphinxError

import addresses
from slim_svg import slim

STATIC = addresses.ROOT / "gdcourse" / "figures" / "static"
SCRIPTS = ("site.js", "workshop-site.js", "landscape-site.js")
FIGURE = re.compile(r'<figure class="gd-figure".*?</figure>', flags=re.DOTALL)
EMPTY = re.compile(r'<div class="gd-still">\s*</div>')
KIND = re.compile(r'data-kind="(\w+)"')
ALT = re.compile(r'<div class="gd-stage"[^>]*aria-label="([^"]*)"')
SETTINGS = re.compile(r'class="gd-settings">(.*?)</script>', flags=re.DOTALL)


class FigureError(SphinxError):
    """A figure that cannot be drawn for the page without scripts."""

    category = "Figure error"


def copy_bundles(app: Any) -> None:
    target = Path(app.outdir) / "_static" / "figures"
    target.mkdir(parents=True, exist_ok=True)
    for name in (*SCRIPTS, "figures.css"):
        if not (STATIC / name).exists():
            raise FigureError(f"{name} is missing: python -m gdcourse.figures.build")
        shutil.copy(STATIC / name, target / name)


def add_figures(app: Any, page: str, template: str, context: Any, tree: Any) -> None:
    """Draw the stand-ins of a page's figures and add the script that runs them."""
    body = context.get("body", "")
    if '<figure class="gd-figure"' not in body:
        return
    context["body"] = FIGURE.sub(lambda match: with_still(match[0], page), body)
    app.add_css_file("figures/figures.css", priority=310)
    for script in scripts(body):
        app.add_js_file(f"figures/{script}", loading_method="defer")


def scripts(body: str) -> list[str]:
    """Return the scripts that the figures of a page need."""
    from gdcourse.figures import FIGURES

    kinds = {kind for figure in FIGURE.findall(body) for kind in KIND.findall(figure)}
    needed = {FIGURES[kind].bundles[1] for kind in kinds}
    return [script for script in SCRIPTS if script in needed]


def with_still(figure: str, page: str) -> str:
    """Return the HTML of one figure with its drawing filled in, where it lacks one."""
    if not EMPTY.search(figure):
        return figure
    kind, alt, settings = (part.search(figure) for part in (KIND, ALT, SETTINGS))
    if not (kind and alt and settings):
        raise FigureError(f"{page}: a figure lacks its kind, text or settings.")
    svg = still(kind[1], json.loads(settings[1]), html.unescape(alt[1]), page)
    return EMPTY.sub(lambda _: f'<div class="gd-still">{svg}</div>', figure, count=1)


def still(kind: str, settings: dict[str, Any], alt: str, page: str) -> str:
    """Return the drawing of a figure as SVG."""
    from gdcourse import plots

    try:
        return slim(str(plots.still(kind, settings, alt)))
    except Exception as error:
        raise FigureError(f"{page}: the {kind} cannot be drawn. {error!r}") from error


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("builder-inited", copy_bundles)
    app.connect("html-page-context", add_figures, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
