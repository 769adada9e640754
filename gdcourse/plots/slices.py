"""Two slices through a point of a surface, with tangents and secants, as a still."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from gdcourse import style
from gdcourse.plots import pictures, replay
from gdcourse.plots.dress import colour, name_axes, new_axes, write
from gdcourse.plots.ranges import padded
from gdcourse.plots.svg import svg
from gdcourse.surfaces import Surface

REACH = 0.16  # half a tangent, as a part of the window


def still(settings: Mapping[str, Any], alt: str = "") -> str:
    """Return HTML with the contours, the point and both slices, as SVGs.

    >>> from gdcourse.figures import Slices
    >>> from gdcourse.surfaces import bowl
    >>> still(Slices(bowl, [1, 0.5]).settings).count("<svg")
    3
    """
    surface = replay.surface_from(settings["surface"])
    point = np.array(settings["point"], dtype=float)
    delta, central = settings["delta"], settings["central"]
    names = surface.variables
    alts = [f"The slice along {name} with its tangent and a secant." for name in names]
    own = alt or f"Contours of {surface.expression} with a point and its gradient."
    drawn = [svg(lambda ax: point_on(surface, point, ax), alt=own, size=(4.2, 4.2))]
    for axis, words in enumerate(alts):
        draw = partial(slice_through, surface, point, axis, delta, central)
        drawn.append(svg(draw, alt=words, size=(3.9, 2.9)))
    parts = "".join(f'<div style="flex: 1 1 250px">{each}</div>' for each in drawn)
    return f'<div style="display: flex; flex-wrap: wrap; gap: 0.5rem">{parts}</div>'


def point_on(surface: Surface, point: np.ndarray, ax: Any) -> None:
    """Draw contours, a point on them, and the direction of its gradient."""
    pictures.contours(surface, None, ax)
    across, up = (high - low for low, high in surface.window)
    if 0.4 < up / across < 2.5:
        ax.set_aspect("equal")  # so that the right angle is seen
    g = surface.gradient(point)
    length = np.linalg.norm(g)
    if 0 < length < np.inf:
        reach = 0.18 * min(across, up)
        arrow = {"arrowstyle": "->", "color": colour("bad"), "linewidth": 2.5}
        tip = point + reach * g / length
        ax.annotate("", tip, point, arrowprops=arrow, zorder=6)
    ax.plot(*point, "o", color=colour("accent"), markersize=9, zorder=7)


def slice_through(
    surface: Surface,
    point: np.ndarray,
    axis: int,
    delta: float,
    central: bool = False,
    ax: Any = None,
) -> Any:
    """Draw the loss along one axis with its tangent and a secant; return the axes.

    >>> from gdcourse.surfaces import bowl
    >>> slice_through(bowl, np.array([1.0, 0.5]), 0, 0.5).get_xlabel()
    'w'
    """
    ax = new_axes(ax)
    low, high = surface.window[axis]
    x = np.linspace(low, high, 201)
    y = _along(surface, point, axis, x)
    ax.plot(x, y, color=colour("curve"), linewidth=style.LINE_WIDTH, zorder=3)
    ax.set(xlim=(low, high), ylim=padded(y))
    here, slope = point[axis], surface.gradient(point)[axis]
    ends = here + REACH * (high - low) * np.array([-1, 1])
    tangent = surface(point) + slope * (ends - here)
    ax.plot(ends, tangent, color=colour("rule-1"), linewidth=2.5, zorder=5)
    _triangle(ax, surface, point, axis, delta, central)
    ax.plot(here, surface(point), "o", color=colour("accent"), markersize=8, zorder=6)
    ax.set_title(f"slope {write(slope)}", color=colour("rule-1"), fontsize=10)
    name_axes(ax, surface.variables[axis], "loss")
    return ax


def _triangle(
    ax: Any,
    surface: Surface,
    point: np.ndarray,
    axis: int,
    delta: float,
    central: bool,
) -> None:
    """Draw the secant and its legs, from the point or from a step before it."""
    from_, to = point[axis] - delta * central, point[axis] + delta
    before, after = _along(surface, point, axis, np.array([from_, to]))
    own = {"color": colour("accent"), "zorder": 4}
    ax.plot([from_, to, to], [before, before, after], linewidth=1.2, **own)
    ax.plot([from_, to], [before, after], "--", linewidth=2.0, **own)


def _along(
    surface: Surface, point: np.ndarray, axis: int, values: np.ndarray
) -> np.ndarray:
    points = np.tile(point, (len(values), 1))
    points[:, axis] = values
    with np.errstate(all="ignore"):
        return np.asarray(surface(points), dtype=float)
