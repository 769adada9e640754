"""Block quotes that open with a bold word become callouts: > **Predict.** …

A notebook shows them as plain quotes everywhere; the site gives each kind its icon.
"""

from __future__ import annotations

import html
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

KINDS = {
    "Predict": "predict",
    "Vote": "predict",
    "Try it": "try",
    "Decide": "predict",
    "Recall": "predict",
    "Bug hunt": "hunt",
    "Pitfall": "pitfall",
    "Deeper": "deeper",
    "Note": "note",
    "Remember": "note",
    "In short": "note",
}

logger = logging.getLogger(__name__)


class Callout(nodes.General, nodes.Element):
    """A boxed remark with a ``label`` and a ``kind``."""


class LiftCallouts(SphinxTransform):
    """Replace block quotes that open with a known bold word."""

    default_priority = 210  # before anything that looks for plain text

    def apply(self, **kwargs: Any) -> None:
        """Look at every block quote of the page."""
        for quote in list(self.document.findall(nodes.block_quote)):
            label = opening_word(quote)
            if label in KINDS:
                quote.replace_self(callout(quote, label))
            elif label:
                logger.warning(
                    "A block quote opens with the bold words “%s”, which name no "
                    "callout: use one of %s.",
                    label,
                    ", ".join(KINDS),
                    location=quote,
                )


def opening_word(quote: nodes.block_quote) -> str:
    """Return the bold word that opens a quote, without its full stop."""
    bold = opening(quote)
    return bold.astext().rstrip(".") if isinstance(bold, nodes.strong) else ""


def opening(quote: nodes.block_quote) -> nodes.Node | None:
    """Return the first thing that a quote's first paragraph shows."""
    first = quote.children[0] if quote.children else None
    if not isinstance(first, nodes.paragraph):
        return None
    return next((node for node in first.children if node.astext().strip()), None)


def callout(quote: nodes.block_quote, label: str) -> Callout:
    """Return the callout that says what ``quote`` says after its label."""
    paragraph = quote.children[0]
    paragraph.remove(opening(quote))
    rest = opening(quote)
    while paragraph.children and paragraph.children[0] is not rest:
        paragraph.remove(paragraph.children[0])  # the blank after the label
    if isinstance(rest, nodes.Text):
        paragraph.replace(rest, nodes.Text(rest.astext().lstrip()))
    made = Callout(label=label, kind=KINDS[label], ids=quote["ids"])
    made.source, made.line = quote.source, quote.line
    made.extend(quote.children if rest is not None else quote.children[1:])
    return made


def visit_callout(self: Any, node: Callout) -> None:
    kind, label = node["kind"], html.escape(node["label"])
    opening = {"CLASS": f"callout callout-{kind}", "ROLE": "note"}
    self.body.append(self.starttag(node, "div", **opening, **{"ARIA-LABEL": label}))
    self.body.append(f'<p class="callout-label">{label}</p>\n')


def depart_callout(self: Any, node: Callout) -> None:
    self.body.append("</div>\n")


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.add_node(Callout, html=(visit_callout, depart_callout))
    app.add_transform(LiftCallouts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
