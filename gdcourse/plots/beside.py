"""A picture with the losses of its runs beside it, and words about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gdcourse import style
from gdcourse.descend import Path
from gdcourse.plots.dress import write
from gdcourse.plots.svg import svg

Draw = Callable[[Any], Any]


def side_by_side(
    first: Draw, losses: Draw, alt: str, told: str = "The loss after each step."
) -> str:
    """Return a picture and its losses, one below the other on narrow screens."""
    left = svg(first, alt=alt, size=(4.7, 3.5))
    right = svg(losses, alt=told, size=(3.7, 3.5))
    return (
        '<div style="display: flex; flex-wrap: wrap; gap: 0.5rem 1rem">'
        f'<div style="flex: 47 1 290px">{left}</div>'
        f'<div style="flex: 37 1 230px">{right}</div></div>'
    )


def look(racer: Mapping[str, Any]) -> style.Look:
    """Return the look that the figure chose, known by its marker."""
    return next(x for x in style.LOOKS.values() if x.marker == racer["marker"])


def outcome(path: Path) -> str:
    """Say how a run ended."""
    if path.stopped == "diverged":
        return f"diverged at step {path.stopped_at}"
    return f"loss {write(path.loss[-1])} after {path.stopped_at} steps"
