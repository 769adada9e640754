"""Pictures of several runs of each rule: medians and bands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcourse import style
from gdcourse.plots import marks
from gdcourse.plots.beside import look
from gdcourse.plots.dress import colour, log_axis, name_axes, new_axes, rule_colour
from gdcourse.plots.ranges import loss_range
from gdcourse.plots.svg import svg


def bands(
    places: Any,
    curves: Mapping[str, tuple[Any, Any, Any]],
    ax: Any = None,
    looks: Mapping[str, style.Look] | None = None,
    log: bool = True,
) -> Any:
    """Draw the lower end, middle and upper end of each label's band; return the axes.

    >>> ax = bands([0, 1], {"SGD": ([2.0, 0.9], [2.0, 1.0], [2.0, 1.2])})
    >>> ax.get_yscale(), len(ax.lines), len(ax.collections)
    ('log', 1, 1)
    """
    ax = new_axes(ax)
    chosen = looks or marks.looks(curves)
    low, high, logarithmic = loss_range([np.ravel(ends) for ends in curves.values()])
    if log and logarithmic:
        log_axis(ax, low, high)
    for label, (lower, middle, upper) in curves.items():
        own = rule_colour(chosen[label])
        ax.fill_between(places, lower, upper, color=own, alpha=0.18, linewidth=0)
        dots = {"marker": marks.MARKERS[chosen[label].marker], "markersize": 5.5}
        line = marks.stroke(chosen[label]) | {"label": label, "zorder": 4}
        ax.plot(places, middle, markevery=max(len(places) // 8, 1), **line, **dots)
    ax.set_xlim(places[0], places[-1])
    place = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.17), "ncols": 3}
    ax.legend(frameon=False, labelcolor=colour("ink"), handlelength=4, **place)
    return ax


def still(settings: Mapping[str, Any], alt: str) -> str:
    """Return the recorded runs of a figure's settings as an SVG."""
    racers = settings["racers"]
    curves = {racer["label"]: _ends(racer) for racer in racers}
    looks = {racer["label"]: look(racer) for racer in racers}

    def draw(ax: Any) -> None:
        bands(settings["places"], curves, ax, looks, settings["log"])
        name_axes(ax, settings["x"], settings["y"])

    words = f"{settings['y']} against {settings['x']}: {', '.join(curves)}."
    return svg(draw, alt=alt or words)


def _ends(racer: Mapping[str, Any]) -> tuple[Any, ...]:
    whole = ([np.inf if v is None else v for v in racer[end]] for end in _ENDS)
    return tuple(whole)


_ENDS = ("low", "median", "high")
