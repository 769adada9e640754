"""Formulas are rendered while the site is built: no mathematics engine in the browser.

Each formula becomes HTML for the eye and MathML for screen readers.  Results are kept
on disk, keyed by formula; what cannot be rendered stops the build.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.errors import SphinxError

KATEX = Path(__file__).parent / "katex"
SHIPPED = {path.stem for path in (KATEX / "fonts").glob("*.woff2")}
UNSHIPPED = re.compile(r'class="mord (mathscr|mathfrak|textfrak|mathsf|textsf)')
STYLES = "katex/katex.css"


class FormulaError(SphinxError):
    """A formula that KaTeX cannot read."""

    category = "Formula error"


class Renderer:
    """Formulas in, HTML out; starts KaTeX only for a formula not seen before."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self.known: dict[str, str] = (
            json.loads(cache.read_text(encoding="utf-8")) if cache.exists() else {}
        )
        self.process: subprocess.Popen[str] | None = None

    def html(self, tex: str, display: bool, page: str) -> str:
        """Return the HTML of one formula, or raise FormulaError that names it."""
        key = hashlib.sha256(f"{ENGINE} {display} {tex}".encode()).hexdigest()[:32]
        if key not in self.known:
            self.known[key] = self._render(tex, display, page)
        return self.known[key]

    def _render(self, tex: str, display: bool, page: str) -> str:
        answer = json.loads(self._ask(json.dumps({"tex": tex, "display": display})))
        if "error" in answer:
            raise FormulaError(f"{page}: {tex!r} cannot be read. {answer['error']}")
        html = str(answer["html"])
        if font := UNSHIPPED.search(html):
            raise FormulaError(
                f"{page}: {tex!r} needs the font of {font[1]}, which the site does "
                "not ship: add it to book/_ext/katex/fonts or write it otherwise."
            )
        return html

    def _ask(self, line: str) -> str:
        if self.process is None:
            command = [sys.executable, "-X", "utf8", str(KATEX / "render.py")]
            self.process = subprocess.Popen(
                command, stdin=-1, stdout=-1, text=True, encoding="utf-8"
            )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise FormulaError("KaTeX did not start: pip install mini-racer")
        return answer

    def close(self) -> None:
        """End KaTeX and keep what it made."""
        if self.process is not None:
            self.process.communicate()
            self.process = None
            self.cache.parent.mkdir(parents=True, exist_ok=True)
            self.cache.write_text(json.dumps(self.known), encoding="utf-8")


def _engine() -> str:
    return hashlib.sha256((KATEX / "katex.min.js").read_bytes()).hexdigest()[:12]


ENGINE = _engine()


def start(app: Any) -> None:
    app.formulas = Renderer(Path(app.outdir).parent / ".formulas" / f"{ENGINE}.json")
    target = Path(app.outdir) / "_static" / "katex"
    shutil.copytree(KATEX / "fonts", target / "fonts", dirs_exist_ok=True)
    for name in ("katex.css", "LICENSE"):
        shutil.copy(KATEX / name, target / name)


def visit_inline(self: Any, node: nodes.math) -> None:
    renderer, page = self.builder.app.formulas, self.builder.current_docname
    html = renderer.html(node.astext(), False, page)
    self.body.append(self.starttag(node, "span", "", CLASS="math") + html + "</span>")
    raise nodes.SkipNode


def visit_display(self: Any, node: nodes.math_block) -> None:
    renderer, page = self.builder.app.formulas, self.builder.current_docname
    html = renderer.html(aligned(node.astext()), True, page)
    opening = self.starttag(node, "div", "", CLASS="math math-display scrolls")
    self.body.append(opening + html + "</div>\n")
    raise nodes.SkipNode


def aligned(tex: str) -> str:
    """Wrap a formula of several lines that names no environment of its own."""
    tex = tex.strip()
    if r"\\" in tex and r"\begin{" not in tex:
        return rf"\begin{{aligned}}{tex}\end{{aligned}}"
    return tex


def add_styles(app: Any, page: str, template: str, context: Any, tree: Any) -> None:
    if 'class="katex' in context.get("body", ""):
        app.add_css_file(STYLES, priority=300)


def end(app: Any, exception: Exception | None) -> None:
    app.formulas.close()


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.add_html_math_renderer("katex", (visit_inline, None), (visit_display, None))
    app.connect("builder-inited", start)
    app.connect("html-page-context", add_styles)
    app.connect("build-finished", end)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
