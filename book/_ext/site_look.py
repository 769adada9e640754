"""The style sheet with the library's colours, and the pictures that it draws."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import addresses
import pictures
from gdcourse import style
from site_execution import library_hash

SOURCES = addresses.ROOT / "book" / "_static"


def write_assets(app: Any) -> None:
    if app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    sheet = style.css() + (SOURCES / "site.css").read_text(encoding="utf-8")
    (static / "site.css").write_text(sheet, encoding="utf-8")
    shutil.copy(SOURCES / "site.js", static / "site.js")
    drawn_for = static / "generated" / f".{library_hash()}"
    if not drawn_for.exists():
        shutil.rmtree(drawn_for.parent, ignore_errors=True)
        pictures.draw_all(drawn_for.parent)
        drawn_for.touch()
    app.add_css_file("site.css", priority=200)
    app.add_js_file("site.js", loading_method="defer", priority=200)


def give_mark(app: Any, page: str, template: str, context: Any, tree: Any) -> None:
    context["mark"] = pictures.mark()


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("builder-inited", write_assets)
    app.connect("html-page-context", give_mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
