"""The list of pages beside the text: chapters numbered, this page's sections shown."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.environment.adapters.toctree import TocTree

import addresses


def chapter_number(page: str) -> str:
    """Return the number of a chapter, "4" for book/04-the-update-rule."""
    found = re.match(r"(\d\d)-", page.removeprefix(addresses.PAGES))
    return str(int(found[1])) if found else ""


def offer_list(app: Any, page: str, template: str, context: Any, tree: Any) -> None:
    """Give the template the list of pages, open at the sections of this page."""
    pages = context["toctree"](maxdepth=1, collapse=False, includehidden=True)
    pages = number_chapters(pages or "", chapter_number(page))
    current = re.compile(r'(<li class="[^"]*\bcurrent\b[^"]*"><a )([^>]*>.*?</a>)')
    context["list_of_pages"] = current.sub(
        lambda m: f'{m[1]}aria-current="page" {m[2]}{sections(app, page)}', pages
    )


def number_chapters(pages: str, here: str) -> str:
    """Put each chapter's number before its title in a list of pages."""

    def numbered(link: re.Match[str]) -> str:
        number = here if link[2] == "#" else chapter_number(link[2])
        sign = f'<span class="chapter-number">{number}</span> ' if number else ""
        return link[1] + sign

    return re.sub(r'(<a class="[^"]*internal[^"]*" href="([^"]+)">)', numbered, pages)


def sections(app: Any, page: str) -> str:
    """Return the list of a page's sections as HTML."""
    contents = TocTree(app.env).get_toc_for(page, app.builder)
    inner = [node for item in contents for node in item if is_list(node)]
    for deeper in [n for part in inner for n in part.findall(is_list) if n is not part]:
        deeper.parent.remove(deeper)
    return "".join(app.builder.render_partial(part)["fragment"] for part in inner)


def is_list(node: nodes.Node) -> bool:
    """Say whether a node is a list of links."""
    return isinstance(node, nodes.bullet_list)
