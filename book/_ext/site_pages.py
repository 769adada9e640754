"""Lean pages: our own template, style sheet and one small script, and nothing else.

The book theme prepares the contents (navigation, launch links); its scripts, icons
and style sheets, almost two megabytes, stay away.  So do all third parties.
"""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import imagesize
from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode  # type: ignore[import-untyped]

import addresses
from site_contents import chapter_number, offer_list

OURS = re.compile(r"^(_static/)?(site\.|katex/|figures/)")
KEPT = {  # of _static: what our pages load, and what Sphinx's search needs
    "doctools.js",
    "documentation_options.js",
    "figures",
    "generated",
    "katex",
    "language_data.js",
    "searchtools.js",
    "site.css",
    "site.js",
}
SILENCED = {"sphinx_thebe", "sphinx_togglebutton", "sphinx_copybutton"}
DESCRIPTION_LENGTH = 155
FOR_MATHJAX = ' class="tex2jax_ignore mathjax_ignore"'  # an engine that is not here


def silence(app: Any, config: Any) -> None:
    """Keep Jupyter Book's companions that serve other sites from touching pages."""
    for listeners in app.events.listeners.values():
        listeners[:] = [
            listener
            for listener in listeners
            if listener.handler.__module__.split(".")[0] not in SILENCED
        ]


def shorten_addresses(app: Any) -> None:
    """Serve book/x.ipynb as x.html: the folder's name says nothing to a reader."""
    builder = app.builder
    if builder.format == "html":
        builder.get_target_uri = lambda docname, typ=None: addresses.page_path(docname)
        builder.get_outfilename = lambda page: str(
            Path(builder.outdir) / (page.removeprefix(addresses.PAGES) + ".html")
        )


def fill_page(app: Any, page: str, template: str, context: Any, tree: Any) -> None:
    """Keep our own assets only, and say what the template needs to know."""
    for kind in ("css_files", "script_files"):
        context[kind] = [
            file for file in context[kind] if OURS.match(str(file.filename or ""))
        ]
    body = context.get("body", "").replace(FOR_MATHJAX, "")
    context["body"] = size_pictures(app, body)
    title = nodes_text(app.env.titles.get(page)) or context.get("title", "Search")
    context.update(
        pageurl=addresses.page_address(page),
        page_title=title,
        page_description=description(tree) or app.config.html_title,
        chapter=chapter_number(page),
        launch_links=launch_links(app, page, context),
        report_address=addresses.report_address(page, title),
        repository=addresses.repository(),
        picture_address=addresses.site() + "_static/generated/title.png",
        is_landing=page == app.config.root_doc,
    )


def size_pictures(app: Any, body: str) -> str:
    """Give each picture its size, so that the text does not jump when it loads."""
    sources = {name: source for source, name in app.builder.images.items()}

    def sized(picture: re.Match[str]) -> str:
        source = sources.get(unquote(picture[1].rsplit("/", 1)[-1]))
        if source is None or " width=" in picture[0]:
            return picture[0]
        width, height = imagesize.get(Path(app.srcdir) / source)
        size = f'width="{width}" height="{height}" ' if width > 0 else ""
        lazy = 'loading="lazy" decoding="async"'
        return picture[0].replace("<img ", f"<img {size}{lazy} ", 1)

    return re.sub(r'<img [^>]*?src="([^"]*)"[^>]*>', sized, body)


def nodes_text(node: nodes.Node | None) -> str:
    """Return the plain text of a node, or nothing."""
    return node.astext() if node is not None else ""


def description(tree: nodes.document | None) -> str:
    """Return the first words of a page, cut at the end of a word."""
    for paragraph in tree.findall(nodes.paragraph) if tree is not None else ():
        text = " ".join(paragraph.astext().split())
        if isinstance(paragraph.parent, nodes.section) and len(text) > 30:
            if len(text) > DESCRIPTION_LENGTH:
                text = text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + " …"
            return text
    return ""


def launch_links(app: Any, page: str, context: Any) -> list[dict[str, str]]:
    """Return where a notebook can be run, and where it can be downloaded."""
    if not context.get("page_source_suffix", "").endswith("ipynb"):
        return []
    groups = [b["buttons"] for b in context["header_buttons"] if b["type"] == "group"]
    runs = [
        {"text": f"Run in {b['text']}", "url": b["url"], "icon": "run"}
        for group in groups
        for b in group
        if b["type"] == "link" and b["url"].startswith("http")
    ]
    source = context["pathto"](f"_sources/{quote(context['sourcename'])}", 1)
    return [*runs, {"text": "Download notebook", "url": source, "icon": "download"}]


def remove_unused(app: Any, exception: Exception | None) -> None:
    """Take away what the theme and its companions copy but no page uses."""
    if exception is None and app.builder.format == "html":
        for path in (Path(app.outdir) / "_static").iterdir():
            if path.name in KEPT:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def visit_folded_code(self: Any, node: nodes.Element) -> None:
    show, hide = html.escape(node["prompt_show"]), html.escape(node["prompt_hide"])
    self.body.append(
        '<details class="folded-code"><summary><span class="when-closed">'
        f'{show}</span><span class="when-open">{hide}</span></summary>\n'
    )


def depart_folded_code(self: Any, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    folded = (visit_folded_code, depart_folded_code)
    app.add_node(HideCodeCellNode, override=True, html=folded)
    app.connect("config-inited", silence)
    app.connect("builder-inited", shorten_addresses)
    app.connect("html-page-context", fill_page, priority=900)
    app.connect("html-page-context", offer_list, priority=900)
    app.connect("build-finished", remove_unused, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
