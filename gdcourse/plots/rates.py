"""Pictures of learning rates: schedules over the steps, and a range test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcourse import style
from gdcourse.optimizers import gradient_descent
from gdcourse.plots import marks, replay
from gdcourse.plots.dress import colour, log_axis, name_axes, new_axes, write_power
from gdcourse.plots.ranges import loss_range
from gdcourse.plots.svg import svg
from gdcourse.training import PICKS, Sweep, range_test

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
    _legend(ax)
    name_axes(ax, unit, "learning rate")
    return ax


def sweep(
    sweep: Sweep,
    ax: Any = None,
    limit: float | None = None,
    looks: Mapping[str, style.Look] | None = None,
) -> Any:
    """Draw the loss at each rate of a range test, and what the rules suggest.

    ``limit`` is the largest stable rate where it is known.  Returns the axes.

    >>> from gdcourse import OPTIMIZERS, SURFACES
    >>> from gdcourse.training import range_test
    >>> gd = OPTIMIZERS["gradient_descent"]
    >>> sweep(range_test(SURFACES["bowl"], gd, [-4, 2.5])).get_xscale()
    'log'
    """
    ax = new_axes(ax)
    low, high, log = loss_range([sweep.losses])
    ax.set(xlim=(sweep.rates[0], sweep.rates[-1]), ylim=(low, high), xscale="log")
    ax.xaxis.set_major_formatter(lambda value, _: write_power(value))
    if log:
        log_axis(ax, low, high)
    points = marks.within(ax, sweep.rates, sweep.losses)
    ax.plot(*points, color=colour("curve"), linewidth=style.LINE_WIDTH, zorder=3)
    chosen = looks or marks.looks(PICKS)
    for name in PICKS:
        _suggestion(ax, sweep, name, chosen[name])
    if limit is not None:
        own = {"color": colour("ink"), "linewidth": 1, "linestyle": ":"}
        ax.axvline(limit, label=f"limit 2/λ = {limit:.3g}", **own)
    _legend(ax)
    name_axes(ax, "learning rate", "loss")
    return ax


def _suggestion(ax: Any, sweep: Sweep, name: str, look: style.Look) -> None:
    try:
        rate = sweep.pick(name)
    except ValueError:
        return
    loss = np.interp(np.log(rate), np.log(sweep.rates), sweep.losses)
    dot = {"marker": marks.MARKERS[look.marker], "markersize": 9, "markevery": [1]}
    line = {**marks.stroke(look), "linewidth": 1.2, "label": f"{name}: {rate:.3g}"}
    ax.plot([rate, rate], [ax.get_ylim()[0], loss], **line, **dot)


def _legend(ax: Any) -> None:
    place = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.17), "ncols": 3}
    ax.legend(frameon=False, labelcolor=colour("ink"), handlelength=4, **place)


def sweep_still(settings: Mapping[str, Any], alt: str) -> str:
    """Return the range test of a figure's settings as an SVG."""
    surface = replay.surface_from(settings["surface"])
    found = range_test(
        surface,
        gradient_descent,
        settings["start"],
        lowest=settings["rates"][0],
        highest=settings["rates"][1],
        count=settings["points"],
        steps=settings["steps"],
        sequential=settings["sequential"],
    )
    known = {look.marker: look for look in style.LOOKS.values()}
    looks = {pick["label"]: known[pick["marker"]] for pick in settings["picks"]}
    return svg(
        lambda ax: sweep(found, ax, settings["limit"], looks),
        alt=alt or f"Loss of {surface.expression} at each learning rate.",
    )
