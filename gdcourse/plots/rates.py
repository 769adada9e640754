"""Pictures of learning rates: schedules against the step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcourse import style
from gdcourse.plots import marks
from gdcourse.plots.dress import colour, name_axes, new_axes

POINTS = 400


def schedules(
    schedules: Mapping[str, Any],
    steps: int,
    ax: Any = None,
    looks: Mapping[str, style.Look] | None = None,
    unit: str = "step",
) -> Any:
    """Draw the learning rate against the step for schedules by label.

    Returns the axes, which are ``ax`` if given.

    >>> from gdcourse.schedules import constant, cosine
    >>> ax = schedules({"constant": constant(0.1), "cosine": cosine(0.1, 90)}, 90)
    >>> ax.get_xlabel(), len(ax.lines)
    ('step', 2)
    """
    ax = new_axes(ax)
    chosen = looks or marks.looks(schedules)
    places = np.unique(np.linspace(0, steps, POINTS).astype(int))
    for label, schedule in schedules.items():
        rates = [float(schedule(int(step))) for step in places]
        dots = {"marker": marks.MARKERS[chosen[label].marker], "markersize": 5.5}
        line = marks.stroke(chosen[label]) | {"label": label, "zorder": 4}
        ax.plot(places, rates, markevery=len(places) // 8, **line, **dots)
    ax.set_xlim(0, steps)
    ax.set_ylim(bottom=min(0.0, *ax.get_ylim()) if ax.dataLim.y0 < 0 else 0.0)
    place = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.12), "ncols": 3}
    ax.legend(frameon=False, labelcolor=colour("ink"), handlelength=4, **place)
    name_axes(ax, unit, "learning rate")
    return ax
