"""Cell ids in words become anchors: 04-the-update-rule.html#line-fit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

LINES_PER_CELL = 10000  # MyST-NB numbers the lines of cell i from (i + 1) * 10000

logger = logging.getLogger(__name__)


class AnchorCells(SphinxTransform):
    """Give the first element of each cell the cell's id."""

    default_priority = 200

    def apply(self, **kwargs: Any) -> None:
        """Anchor the cells of a notebook, and let Markdown links find every anchor."""
        path = Path(self.env.doc2path(self.env.docname))
        if path.suffix == ".ipynb":
            names = cell_names(json.loads(path.read_text(encoding="utf-8")))
            anchor(self.document, names)
        known = {
            name: (node.line or 0, name, name)
            for node in self.document.findall(nodes.Element)
            for name in node["ids"]
        }
        self.document.myst_slugs = known
        self.env.metadata[self.env.docname]["myst_slugs"] = known


def cell_names(notebook: dict[str, Any]) -> list[str]:
    """Return the ids of a notebook's cells, in order."""
    return [str(cell.get("id", "")) for cell in notebook["cells"]]


def anchor(document: nodes.document, names: list[str]) -> None:
    """Add each name to the first element that its cell made."""
    taken = {
        name: node for node in document.findall(nodes.Element) for name in node["ids"]
    }
    for cell, node in first_elements(document):
        name = names[cell] if cell < len(names) else ""
        if not name or near(taken.get(name), cell):
            continue
        if name in taken:
            logger.warning(
                "The cell id “%s” is also the anchor of a heading elsewhere on the "
                "page: rename the cell.",
                name,
                location=node,
            )
            continue
        node["ids"].append(name)
        document.ids[name] = node


def near(holder: nodes.Element | None, cell: int) -> bool:
    """Say whether an anchor's holder stands in a cell or in the one before it."""
    if holder is None:
        return False
    line = holder.line or next((n.line for n in holder.findall() if n.line), 0)
    return 0 <= cell - (line // LINES_PER_CELL - 1) <= 1


def first_elements(document: nodes.document) -> Iterator[tuple[int, nodes.Element]]:
    """Yield the number of each cell and the first element that came from it."""
    seen: set[int] = set()
    for node in document.findall(nodes.Element):
        if isinstance(node, nodes.document | nodes.raw) or not node.line:
            continue
        cell = node.line // LINES_PER_CELL - 1
        if cell >= 0 and cell not in seen:
            seen.add(cell)
            yield cell, section_of(node)


def section_of(node: nodes.Element) -> nodes.Element:
    """Return the section itself for its title, and other elements unchanged."""
    parent = node.parent
    return parent if isinstance(node, nodes.title) and parent is not None else node


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.add_transform(AnchorCells)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
