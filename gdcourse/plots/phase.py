"""The plane of learning rate and beta of momentum, and the paths at its point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from gdcourse import style
from gdcourse.descend import descend
from gdcourse.plots import marks, replay
from gdcourse.plots.beside import side_by_side
from gdcourse.plots.dress import colour, name_axes, new_axes, rule_colour, write

WIDEST = 2.2  # the root of learning rate times curvature at the right edge
FACTORS = [0.5, 0.7, 0.8, 0.9, 0.95]
LOOKS = [style.LOOKS["gradient descent"], style.LOOKS["momentum"]]
REGIONS = {  # where each name stands: that root, and beta
    "diverging": (1.85, 0.3),
    "monotone": (0.32, 0.08),
    "ripples": (1.0, 0.56),
    "alternating": (1.21, 0.03),
}


def still(settings: Mapping[str, Any], alt: str = "") -> str:
    """Return HTML with the plane and the path of each direction, as SVGs."""
    shown = slice(0, 1 + settings["both"])
    point = settings["learning_rate"], settings["beta"]
    words = f"Learning rate {write(point[0])} and beta {write(point[1])} of momentum."
    return side_by_side(
        partial(plane, settings["curvatures"][shown], point),
        partial(_paths, settings, shown),
        alt or words,
        "The ball's place after each step.",
    )


def plane(
    curvatures: Sequence[float], point: tuple[float, float], ax: Any = None
) -> Any:
    """Draw the plane of learning rate and beta for one curvature or two.

    Lines join the pairs that shrink the distance by the same factor in the long run.
    The axis of learning rates shows their square roots.  Returns the axes.

    >>> plane([1.0], (0.1, 0.9)).get_xlabel()
    'learning rate'
    """
    ax = new_axes(ax)
    steep = max(curvatures) ** 0.5
    root, beta = np.meshgrid(
        np.linspace(0, WIDEST / steep, 221), np.linspace(0, 1, 201)
    )
    factor = np.max([_factor(c * root**2, beta) for c in curvatures], axis=0)
    ax.grid(visible=False)
    ax.contourf(root, beta, factor, [1 + 1e-9, 9], colors=[colour("bad")], alpha=0.15)
    lines = ax.contour(root, beta, factor, FACTORS, colors=[colour("muted")])
    ax.clabel(lines, fmt=write, fontsize=8)
    ax.contour(root, beta, factor, [1 + 1e-9], colors=[colour("bad")])
    _equal_roots(ax, curvatures)
    for name, (at, up) in list(REGIONS.items())[: 4 if len(curvatures) == 1 else 1]:
        ax.text(at / steep, up, name, ha="center", color=colour("ink"), size=8)
    ax.plot(point[0] ** 0.5, point[1], "o", color=colour("accent"), markersize=10)
    ax.set(xlim=(0, WIDEST / steep), ylim=(0, 1))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value**2:.2g}")
    name_axes(ax, "learning rate", "β")
    return ax


def _factor(step: Any, beta: Any) -> Any:
    """Return the size of the larger root; ``step`` is learning rate times curvature."""
    half = (1 + beta - step) / 2
    rest = half**2 - beta
    return np.where(rest < 0, np.sqrt(beta), abs(half) + np.sqrt(np.maximum(rest, 0)))


def _equal_roots(ax: Any, curvatures: Sequence[float]) -> None:
    s = np.linspace(0, 2, 121)
    for curvature, look in zip(curvatures, LOOKS, strict=False):
        label = f"equal roots, curvature {write(curvature)}"
        line = marks.stroke(look) | {"label": label}
        ax.plot(s / curvature**0.5, (1 - s) ** 2, **line)
    place = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.17)}
    ax.legend(frameon=False, labelcolor=colour("ink"), **place)


def _paths(settings: Mapping[str, Any], shown: slice, ax: Any) -> None:
    rule = replay.rule_from(
        settings["rule"],
        learning_rate=settings["learning_rate"],
        beta=settings["beta"],
    )
    start, steps = settings["start"], settings["steps"]
    far = 1.3 * abs(start)
    ax = new_axes(ax)
    ax.set(xlim=(0, steps), ylim=(-far, far))
    for document, look in zip(settings["surfaces"][shown], LOOKS, strict=False):
        path = descend(replay.surface_from(document), rule, [start], steps)
        x, y = marks.within(ax, path.steps, path.x[:, 0])
        ax.plot(x, y, color=rule_colour(look), **_dots(look))
    name_axes(ax, "step", "x")


def _dots(look: style.Look) -> dict[str, Any]:
    return {"marker": marks.MARKERS[look.marker], "markersize": 3, "linewidth": 1.5}
