"""The ranking of a comparison of rules: all runs, their middle half, what counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcourse import style
from gdcourse.plots import marks, replay
from gdcourse.plots.beside import look
from gdcourse.plots.dress import TEXT, colour, new_axes, rule_colour, write_power
from gdcourse.plots.svg import svg


def ranking(
    results: Mapping[str, Any],
    ax: Any = None,
    looks: Mapping[str, style.Look] | None = None,
    what: str = "median loss",
) -> Any:
    """Draw each label's runs in a row of its own, the first on top; return the axes.

    ``results`` have ``runs``, ``low``, ``high`` and ``score``; what is not finite is
    said in words.
    """
    ax = new_axes(ax)
    chosen = looks or marks.looks(results)
    for row, (label, one) in enumerate(results.items()):
        own, shown = rule_colour(chosen[label]), one.runs[np.isfinite(one.runs)]
        here = np.full(len(shown), -row)
        ax.plot(shown, here, "o", color=own, alpha=0.5, markersize=4)
        if np.isfinite(one.high):
            bar = {"color": own, "alpha": 0.3, "linewidth": 9}
            ax.plot([one.low, one.high], [-row, -row], solid_capstyle="butt", **bar)
        if np.isfinite(one.score):
            ax.plot(one.score, -row, marks.MARKERS[chosen[label].marker], color=own)
        words = f"{row + 1}. {label}" + _lost(len(one.runs) - len(shown), len(one.runs))
        place = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points"}
        ax.annotate(
            words, (0, -row), xytext=(6, 9), size=TEXT, color=colour("ink"), **place
        )
    ax.set(xscale="log", ylim=(0.7 - len(results), 0.7), yticks=[])
    ax.xaxis.set_major_formatter(lambda value, _: write_power(value))
    ax.minorticks_off()
    ax.set_xlabel(what, color=colour("ink"), size=TEXT, loc="right")
    return ax


def _lost(count: int, runs: int) -> str:
    return f" ({count} of {runs} diverged)" if count else ""


def still(settings: Mapping[str, Any], alt: str) -> str:
    """Return the ranking under the protocol of a figure's settings as an SVG."""
    from gdcourse.figures.trials import Draws, result, unpacked

    now, racers = settings["protocol"], settings["racers"]
    found = next(
        each for each in settings["surfaces"] if each["name"] == now["surface"]
    )
    starts = {found["name"]: np.array(found["starts"])}
    drawn = Draws(starts, unpacked(settings["draws"], settings["runs"]))
    surface = replay.surface_from(found)
    made = {
        racer["label"]: result(surface, replay.rule_from(racer["rule"]), drawn, now)
        for racer in racers
    }
    ranked = dict(sorted(made.items(), key=lambda item: item[1].score))
    looks = {racer["label"]: look(racer) for racer in racers}
    what = f"{now['counts']} {now['measure']} above the minimum"
    words = f"Ranking by the {what} on {now['surface']}: {', '.join(ranked)}."
    return svg(lambda ax: ranking(ranked, ax, looks, what), alt=alt or words)
