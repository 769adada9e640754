"""The pictures of a figure for pages without scripts, from the figure's settings."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from gdcourse.arrays import pick
from gdcourse.descend import Path, descend
from gdcourse.plots import batches, extremes, pictures, rates, replay, slices, workshop
from gdcourse.plots.beside import look, outcome, side_by_side
from gdcourse.plots.dress import write
from gdcourse.plots.svg import svg
from gdcourse.surfaces import Surface

Settings = Mapping[str, Any]


def still(kind: str, settings: Settings, alt: str = "") -> str:
    """Return HTML with two SVGs: a figure of this kind at the end of its run, the loss.

    ``settings`` are the figure's own, as JSON.  ``alt`` tells the first in words; a
    short text is made where it is empty.  On narrow screens the second goes below.

    >>> from gdcourse.figures import FitLine
    >>> "a fitted line" in still("line", FitLine("worked").settings)
    True
    """
    return pick(kind, STILLS, "picture of a figure")(settings, alt)


def _curve(settings: Settings, alt: str) -> str:
    surface, path, words = _ball(settings)
    return side_by_side(
        lambda ax: pictures.curve(surface, path, ax),
        lambda ax: pictures.loss(path, ax),
        alt or words,
    )


def _ball(settings: Settings) -> tuple[Surface, Path, str]:
    surface = replay.surface_from(settings["surface"])
    rate = settings["learning_rate"]
    rule = replay.rule_from(settings["rule"], learning_rate=rate)
    steps, tolerance = settings["steps"], settings.get("tolerance", 0.0)
    path = descend(surface, rule, [settings["start"]], steps, tolerance=tolerance)
    words = (
        f"{surface.expression}: {rule.name} from {write(settings['start'])} with "
        f"learning rate {write(rate)}, {outcome(path)}."
    )
    return surface, path, words


def _curves(settings: Settings, alt: str) -> str:
    """Draw each tab's curve with its words below."""
    parts = [
        f'<div style="flex: 1 1 220px">{_one_of_many(tab)}'
        f"<p><b>{html.escape(tab['label'])}.</b> {html.escape(tab['words'])}</p></div>"
        for tab in settings["tabs"]
    ]
    style = "display: flex; flex-wrap: wrap; gap: 0.5rem 1rem"
    return f'<div style="{style}">{"".join(parts)}</div>'


def _one_of_many(tab: Settings) -> str:
    surface, path, words = _ball(tab)
    draw = partial(pictures.curve, surface, path)
    return svg(draw, alt=f"{tab['label']}: {words}", size=(3.6, 3.2))


def _contours(settings: Settings, alt: str) -> str:
    """Draw the race on its surface, or on the one of several that is shown."""
    shown = settings.get("surface") or settings["surfaces"][settings["chosen"]]
    surface = replay.surface_from(shown)
    paths, looks = {}, {}
    for racer in settings["racers"]:
        label, steps = racer["label"], settings["steps"]
        if racer["rule"]:
            rule = replay.rule_from(racer["rule"])
            paths[label] = descend(surface, rule, settings["start"], steps)
        else:
            record = settings["records"][settings.get("chosen", 0)][label]
            paths[label] = replay.path_from(record)
        looks[label] = look(racer)
    return side_by_side(
        lambda ax: pictures.contours(surface, paths, ax, looks),
        lambda ax: pictures.loss(paths, ax, looks),
        alt
        or f"Contours of {surface.expression}. "
        + "; ".join(f"{label}: {outcome(path)}" for label, path in paths.items())
        + ".",
    )


def _fog(settings: Settings, alt: str) -> str:
    """Draw the land without its fog, and the rule's walk on it."""
    racer = {name: settings[name] for name in ("label", "rule")}
    return _contours({**settings, "racers": [racer | settings["looks"][1]]}, alt)


def _brute(settings: Settings, alt: str) -> str:
    surface, path, words = _ball(settings)
    return side_by_side(
        lambda ax: extremes.marked(surface, path, settings["maxima"], ax),
        lambda ax: pictures.loss(path, ax),
        alt or words,
    )


def _line(settings: Settings, alt: str) -> str:
    shown = settings["sets"][settings["shown"]]
    surface = replay.surface_from(shown["surface"])
    rule = replay.rule_from(settings["rule"], learning_rate=settings["learning_rate"])
    path = descend(surface, rule, settings["start"], settings["steps"])
    across, up = shown["axes"]
    w = path.x[-1, 0] * up["spread"] / across["spread"]
    b = up["middle"] + up["spread"] * path.x[-1, 1] - w * across["middle"]
    return side_by_side(
        lambda ax: pictures.line(
            surface.data[across["name"]] / across["unit"],
            surface.data[up["name"]] / up["unit"],
            w * across["unit"] / up["unit"],
            b / up["unit"],
            ax,
            (across["label"], up["label"]),
        ),
        lambda ax: pictures.loss(path, ax),
        alt or f"{shown['label']} and a fitted line, {outcome(path)}.",
    )


def _schedules(settings: Settings, alt: str) -> str:
    racers, unit = settings["racers"], settings["unit"]
    made = {each["label"]: replay.schedule_from(each["schedule"]) for each in racers}
    looks = {each["label"]: look(each) for each in racers}
    return svg(
        lambda ax: rates.schedules(made, settings["steps"], ax, looks, unit),
        alt=alt or f"Learning rate against {unit}: {', '.join(made)}.",
    )


def _formula(settings: Settings, alt: str) -> str:
    from gdcourse.figures.typed import variables

    names = variables(settings["expression"])
    surface = {
        "expression": settings["expression"],
        "variables": names,
        "name": "loss",
        "window": settings["window"][: len(names)],
        "minima": [],
        "data": {},
    }
    if len(names) == 2:
        return _contours({**settings, "surface": surface}, alt)
    rule = settings["racers"][0]["rule"]
    ball = {
        "surface": surface,
        "start": settings["start"][0],
        "rule": rule,
        "learning_rate": rule["hyperparameters"]["learning_rate"],
        "steps": settings["steps"],
    }
    return _curve(ball, alt)


STILLS: dict[str, Callable[[Settings, str], str]] = {
    "curve": _curve,
    "curves": _curves,
    "contours": _contours,
    "line": _line,
    "schedules": _schedules,
    "fog": _fog,
    "slices": slices.still,
    "landscape": _contours,
    "brute": _brute,
    "formula": _formula,
    "batches": batches.still,
    "rates": rates.sweep_still,
    **workshop.STILLS,
}
