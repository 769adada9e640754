"""One curve for each rule, with the path of its ball, as a still."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from gdcourse.descend import descend
from gdcourse.plots import pictures, replay
from gdcourse.plots.beside import look, outcome
from gdcourse.plots.svg import svg


def still(settings: Mapping[str, Any], alt: str = "") -> str:
    """Return HTML with an SVG for each rule: the curve and where its ball went.

    ``settings`` are those of a ``Balls``, as they are without noise.
    """
    surface = replay.surface_from(settings["surface"])
    rates = settings.get("rates") or [None] * len(settings["racers"])
    parts: list[str] = []
    for racer, rate in zip(settings["racers"], rates, strict=True):
        own = {} if rate is None else {"learning_rate": rate}
        rule = replay.rule_from(racer["rule"], **own)
        path = descend(surface, rule, [settings["start"]], settings["steps"])
        label = racer["label"]
        draw = partial(
            pictures.curve, surface, {label: path}, looks={label: look(racer)}
        )
        words = f"{label} on {surface.expression}: {outcome(path)}."
        drawn = svg(draw, alt=words if parts else alt or words, size=(4.2, 3.2))
        parts.append(f'<div style="flex: 1 1 250px">{drawn}</div>')
    style = "display: flex; flex-wrap: wrap; gap: 0.5rem 1rem"
    return f'<div style="{style}">{"".join(parts)}</div>'
