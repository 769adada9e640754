"""How a picture looks: the colours of ``gdcourse.style`` on matplotlib's axes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from gdcourse import style
from gdcourse.arrays import pick

THEMES = {"light": style.colours(0), "dark": style.colours(1)}
SIZE = (6.4, 4.0)
TEXT = 10.0

_now: ContextVar[dict[str, str]] = ContextVar("theme", default=THEMES["light"])


@contextmanager
def theme(name: str) -> Iterator[None]:
    """Draw what is drawn inside with the colours of "light" or "dark" pages.

    >>> with theme("dark"):
    ...     colour("paper")
    '#12171d'
    """
    with palette(pick(name, THEMES, "theme")):
        yield


@contextmanager
def palette(colours: dict[str, str]) -> Iterator[None]:
    """Draw what is drawn inside with other values for the names of the colours."""
    token = _now.set(colours)
    try:
        yield
    finally:
        _now.reset(token)


def colour(name: str) -> str:
    """Return the present value of a colour of ``gdcourse.style``, such as "ink"."""
    return _now.get()[name]


def rule_colour(look: style.Look) -> str:
    """Return the present colour of a rule's look."""
    return colour(f"rule-{list(style.LOOKS.values()).index(look)}")


def shade(part: float) -> str:
    """Return the colour of a height, from 0 (the lowest) to 1 (the highest)."""
    steps = len([name for name in _now.get() if name.startswith("shade-")])
    if steps:
        return colour(f"shade-{round(part * (steps - 1))}")
    low, high = (_channels(colour(name)) for name in ("low", "high"))
    mixed = (a + part * (b - a) for a, b in zip(low, high, strict=True))
    return "#" + "".join(f"{round(value):02x}" for value in mixed)


def _channels(value: str) -> list[int]:
    return [int(value[i : i + 2], 16) for i in (1, 3, 5)]


def new_axes(ax: Any) -> Any:
    """Return ``ax``, or the axes of a new figure, dressed in the present theme."""
    if ax is None:
        from matplotlib import pyplot

        ax = pyplot.subplots(figsize=SIZE, layout="constrained")[1]
    ax.figure.set_facecolor(colour("paper"))
    ax.set_facecolor(colour("paper"))
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(colour("muted"))
    ax.tick_params(which="both", colors=colour("muted"), labelsize=TEXT - 1)
    ax.grid(color=colour("rule"), linewidth=0.8)
    ax.set_axisbelow(True)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, position: write(value))
    return ax


def write(number: float) -> str:
    """Write a number with four significant digits, a real minus and no exponent.

    >>> write(13289.6), write(-0.158)
    ('13,290', '−0.158')
    """
    return f"{float(f'{number:.4g}'):,.10g}".replace("-", "\N{MINUS SIGN}")


def write_power(value: float, *, minor: bool = False) -> str:
    """Write a mark of a logarithmic axis: plainly, or as a power of ten.

    >>> write_power(0.01), write_power(1e-7)
    ('0.01', '10\N{SUPERSCRIPT MINUS}\N{SUPERSCRIPT SEVEN}')
    """
    power = math.floor(math.log10(value) + 1e-9)
    if minor and round(value / 10**power) not in (2, 5):
        return ""
    if -3 <= power <= 4:
        return write(value)
    return "10" + str(power).translate(_RAISED)


_RAISED = str.maketrans(
    "-0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
)


def log_axis(ax: Any, low: float, high: float) -> None:
    """Make the upright axis logarithmic, with more marks where its range is short."""
    ax.set_yscale("log")
    ax.set_ylim(low, high)
    short = high / low < 100
    ax.yaxis.set_major_formatter(lambda value, _: write_power(value))
    ax.yaxis.set_minor_formatter(
        lambda value, _: write_power(value, minor=True) if short else ""
    )


def name_axes(ax: Any, across: str, up: str) -> None:
    """Write the names of the axes: that of the upright one lies on top, level."""
    ax.set_xlabel(across, color=colour("ink"), size=TEXT, loc="right")
    ax.set_title(up, color=colour("ink"), size=TEXT, loc="left", pad=8)
