"""The basin map: where the run from each start ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from traitlets import Unicode

from gdcourse import basins
from gdcourse.arrays import whole
from gdcourse.descend import Path, descend
from gdcourse.figures.base import WORKSHOP, Figure, Setting, formula, say
from gdcourse.figures.plane import few, first_start, of_two, point
from gdcourse.figures.racers import labelled, racers, with_beta, with_rate
from gdcourse.optimizers import Rule
from gdcourse.surfaces import Surface

CELLS = 96  # along each side of the browser's map
TOLD = 48  # along each side of the one that words and the still picture tell
MOST_CELLS = 200


class Basins(Figure):
    """A map of starts by where their runs end: which minimum, none, or divergence.

    ``rules`` are as in Contours; the reader chooses among them and moves the learning
    rate, and β where the rule has one.  A marker at ``start`` shows one run.  The map
    has ``cells`` x ``cells`` starts.  ``figure.rule`` is the rule as the reader has it
    now, and ``figure.shares`` the part of the starts for each ending.

    >>> from gdcourse.optimizers import gradient_descent
    >>> from gdcourse.surfaces import strict_saddle
    >>> Basins(strict_saddle, gradient_descent(0.1), steps=200).shares
    {'A': 0.5, 'B': 0.5, 'no minimum': 0.0, 'diverged': 0.0}
    """

    kind = Unicode("basins").tag(sync=True)
    bundles = WORKSHOP
    start = Setting(point)
    steps = Setting(few)

    def __init__(
        self,
        surface: Surface,
        rules: Any,
        start: Sequence[float] | None = None,
        *,
        steps: int = 500,
        cells: int = CELLS,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        from gdcourse import trace

        self.surface = of_two(surface)
        self.rules = labelled(rules)
        if whole(cells, "cells", 8) > MOST_CELLS:
            raise ValueError(f"cells = {cells} is too fine: at most {MOST_CELLS}.")
        steps = few(self, steps)
        settings = {
            "surface": trace.surface(surface),
            "racers": [
                {**racer, "elementwise": "elementwise" in rule.traits}
                for racer, rule in zip(
                    racers(self.rules, steps), self.rules.values(), strict=True
                )
            ],
            "start": first_start(surface) if start is None else point(self, start),
            "steps": steps,
            "cells": cells,
            "tolerance": basins.TOLERANCE,
            "radius": basins.radius(surface),
        }
        super().__init__(settings, key, caption, alt)

    @property
    def rule(self) -> Rule:
        """The chosen rule, with the learning rate and β that the reader set."""
        chosen = self.now.get("chosen", 0)
        rule = list(self.rules.values())[chosen]
        rate, beta = (self.now.get(name) for name in ("rates", "betas"))
        return with_beta(with_rate(rule, rate and rate[chosen]), beta and beta[chosen])

    @property
    def path(self) -> Path:
        """The run from the marker."""
        tolerance = basins.TOLERANCE
        return descend(self.surface, self.rule, self.start, self.steps, tolerance)

    @property
    def shares(self) -> dict[str, float]:
        """The part of a coarse grid of starts for each ending, by its label."""
        starts = basins.window_grid(self.surface, TOLD)
        ends, _ = basins.endings(self.surface, self.rule, starts, self.steps)
        return shares(ends, len(self.surface.minima))

    def describe(self) -> str:
        """Say which part of the starts ends where."""
        minima = self.surface.minima
        places = [f"({say(x)}, {say(y)})" for x, y in minima]
        named = {
            label: f"{label} {where}".strip()
            for label, where in zip(letters(len(minima)), places, strict=True)
        }
        parts = "; ".join(
            f"{100 * part:.0f} % {named.get(label, label)}"
            for label, part in self.shares.items()
        )
        return (
            f"Where {self.rule!r} ends from starts all over {self.surface.name}, "
            f"{formula(self.surface.expression)}: {parts}."
        )


def letters(count: int) -> list[str]:
    """Return A, B, C, ... for so many minima."""
    return [chr(ord("A") + i) for i in range(count)]


def shares(ends: np.ndarray, minima: int) -> dict[str, float]:
    """Return the part of each ending, by its label."""
    codes = [*range(minima), basins.ELSEWHERE, basins.DIVERGED]
    labels = [*letters(minima), "no minimum", "diverged"]
    return {
        label: float((ends == code).mean())
        for label, code in zip(labels, codes, strict=True)
    }
