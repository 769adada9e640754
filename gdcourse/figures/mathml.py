"""Formulas for the browser: MathML, which it shows without a library."""

from __future__ import annotations

import html
from typing import Any


def mathml(latex: str) -> list[Any]:
    r"""Return LaTeX as MathML in nested lists: a tag, its attributes, what is inside.

    As JSON it holds no markup that could run; the browser makes the elements.

    >>> mathml(r"x^2")[2][2]
    ['msup', {}, ['mi', {}, 'x'], ['mn', {}, '2']]
    """
    from latex2mathml.converter import convert_to_element

    return _listed(convert_to_element(latex))


def _listed(element: Any) -> list[Any]:
    text = [html.unescape(element.text)] if element.text else []
    kept = {name: value for name, value in element.attrib.items() if name != "xmlns"}
    return [element.tag, kept, *text, *map(_listed, element)]
