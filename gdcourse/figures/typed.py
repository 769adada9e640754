"""Formulas that the browser can read: which variables they have, and their surface."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from gdcourse.formulas import FUNCTIONS
from gdcourse.surface import CONSTANTS, Surface

NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
STRANGE = r"[^A-Za-z0-9.+\-*/^() ]|\d[A-Za-z]"


def variables(expression: str) -> list[str]:
    """Return the variables of a formula that figures can show, in alphabetical order.

    Variables are single letters, perhaps with digits.  Raises ValueError for
    characters that the browser does not read, and unless there are one or two.

    >>> variables("x^2 + 3*y^2 + sin(3*x)")
    ['x', 'y']
    """
    words = set(re.findall(rf"{NUMBER}|[A-Za-z]\w*", expression))
    names = {word for word in words if re.fullmatch(r"[A-Za-z]\d*", word)}
    names -= {*FUNCTIONS, *CONSTANTS}
    strange = re.search(STRANGE, re.sub(NUMBER, "1", expression))
    if strange or not 1 <= len(names) <= 2:
        raise ValueError(
            f"The formula {expression!r} must hold one or two variables that are "
            "letters, such as x and y, besides numbers, + - * / ^ ( ) and "
            f"{', '.join(FUNCTIONS)}; products are written with *."
        )
    return sorted(names)


def surface_of(expression: Any, window: Sequence[Sequence[float]]) -> Surface:
    """Return the surface, or raise ValueError if the browser could not draw it."""
    if not isinstance(expression, str):
        raise ValueError(f"expression = {expression!r} must be text, such as 'x^2'.")
    names = variables(expression)
    pairs = [(float(low), float(high)) for low, high in window][: len(names)]
    surface = Surface(expression, " ".join(names), expression, window=pairs)
    with np.errstate(all="ignore"):
        surface.gradient([(low + high) / 2 for low, high in pairs])  # it can be read
    return surface
