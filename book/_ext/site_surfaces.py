"""What the library's pages say of a surface, as lines of reStructuredText."""

from __future__ import annotations

import textwrap

from gdcourse import Surface, plots, trace
from slim_svg import slim

PICTURE = (3.4, 2.5)  # inches


def describe(name: str, surface: Surface) -> list[str]:
    """Describe a surface: its formula, picture, minima, window, source and use."""
    ranges = zip(surface.variables, surface.window, strict=True)
    window = ", ".join(f"{v} from {low:g} to {high:g}" for v, (low, high) in ranges)
    return [
        surface.source[0].upper() + surface.source[1:] + ".",
        *math(str(trace.latex(surface))),
        *directive("raw:: html", ["", *picture(surface).splitlines()]),
        f":Minima: {minima(surface)}",
        f":Window: {window}",
        "",
        *example(name, surface),
    ]


def minima(surface: Surface) -> str:
    """Return the known minima of a surface in words."""
    points = [
        f"({', '.join(f'{v:.6g}' for v in point)})"
        if len(point) > 1
        else f"{point[0]:.6g}"
        for point in surface.minima.tolist()
    ]
    return ", ".join(points) or "none"


def picture(surface: Surface) -> str:
    """Draw a surface of one or two parameters as SVG."""
    draw = plots.curve if surface.dimension == 1 else plots.contours
    alt = f"The {'curve' if surface.dimension == 1 else 'contours'} of {surface.name}"
    svg = slim(plots.svg(lambda ax: draw(surface, ax=ax), alt=alt, size=PICTURE))
    lines = textwrap.wrap(svg, 2000, break_long_words=False, break_on_hyphens=False)
    return "\n".join(['<div class="api-picture">', *lines, "</div>"])


def example(name: str, surface: Surface) -> list[str]:
    """Return a doctest of a surface at the corner of its window."""
    corner = [low for low, _ in surface.window]
    return [
        f">>> from gdcourse.surfaces import {name}",
        f">>> round(float({name}({corner})), 4), {name}.gradient({corner}).round(4)",
        repr((round(float(surface(corner)), 4), surface.gradient(corner).round(4))),
    ]


def directive(head: str, body: list[str]) -> list[str]:
    """Return the lines of a directive and its indented body."""
    return [f".. {head}", *(f"   {line}" if line else "" for line in body), ""]


def math(latex: str) -> list[str]:
    """Return the lines of a formula that stands by itself."""
    return ["", *directive("math::", ["", *latex.splitlines()])]
