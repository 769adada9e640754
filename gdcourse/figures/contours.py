"""Descent on contours: several rules or rates from one start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from traitlets import Unicode

from gdcourse.arrays import whole
from gdcourse.descend import Path, descend
from gdcourse.figures.base import Figure, Setting, formula, say
from gdcourse.figures.methods import records
from gdcourse.figures.plane import (
    arrival,
    documents,
    ending,
    few,
    point,
    several,
    starts,
)
from gdcourse.figures.racers import labelled, racers, with_rates
from gdcourse.optimizers.rule import positive
from gdcourse.surfaces import Surface


class Contours(Figure):
    """Rules racing over the contours of a surface with two parameters.

    ``rules`` are rules of OPTIMIZERS, or a learner's own ``step(x, gradient)`` or
    ``step(x, gradient, state)``; methods of METHODS race as recorded from the starts
    given here.  ``surface`` may be a list, of which the reader
    chooses one; ``start`` is then for the first, or a dict of starts by the surfaces'
    names.  ``figure.start`` and ``figure.steps`` may be read and set;
    ``figure.paths`` are the runs from them, by label, and ``figure.arrivals`` the steps
    at which they come within ``near`` of a minimum.  At first the figure shows the runs
    up to step ``shown``, the last one unless said otherwise.  ``arrows`` show at each
    racer what it remembers, and its next step beside the plain gradient.  ``predict``
    is a question about the first rule's run, which the reader answers, or skips,
    before anything is shown.

    >>> from gdcourse import OPTIMIZERS, SURFACES
    >>> race = Contours(SURFACES["bowl"], rules=[OPTIMIZERS["adam"](0.3)], steps=50)
    >>> len(race.paths["Adam"])
    51
    """

    kind = Unicode("contours").tag(sync=True)
    start = Setting(point)
    steps = Setting(few)

    def __init__(
        self,
        surface: Surface | Sequence[Surface],
        rules: Any,
        start: Sequence[float] | Mapping[str, Sequence[float]] | None = None,
        *,
        steps: int = 100,
        shown: int | None = None,
        near: float = 0.01,
        arrows: bool = False,
        predict: str = "",
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        positive(near, "near")
        self.surfaces, self.rules = several(surface), labelled(rules, methods=True)
        places, steps = starts(self.surfaces, start), few(self, steps)
        first = 0 if predict else steps
        settings = {
            **documents(self.surfaces, places),
            "racers": racers(self.rules, steps),
            **records(self.rules, self.surfaces, places, steps),
            "start": places[0],
            "steps": steps,
            "shown": first if shown is None else whole(shown, "shown", 0),
            "radius": float(near),
            "arrows": bool(arrows),
            "predict": predict,
        }
        super().__init__(settings, key, caption, alt)

    @property
    def surface(self) -> Surface:
        """The surface that is shown."""
        chosen: int = self.now.get("chosen", 0)
        return self.surfaces[chosen]

    @property
    def paths(self) -> dict[str, Path]:
        """Each rule's run from the present start, with the present learning rates."""
        rules = with_rates(self.rules, self.now.get("rates"))
        return {
            label: descend(self.surface, rule, self.start, self.steps)
            for label, rule in rules.items()
        }

    @property
    def path(self) -> Path:
        """The first rule's run."""
        return next(iter(self.paths.values()))

    @property
    def arrivals(self) -> dict[str, int]:
        """The step at which each run that gets there first comes near a minimum."""
        minima, radius = self.surface.minima, self.settings["radius"]
        steps = {k: arrival(path, minima, radius) for k, path in self.paths.items()}
        return {label: step for label, step in steps.items() if step is not None}

    def describe(self) -> str:
        """Say where the runs start and where each of them ends."""
        names = zip(self.surface.variables, self.start, strict=True)
        start = ", ".join(f"{name} = {say(value)}" for name, value in names)
        ends = "; ".join(ending(label, path) for label, path in self.paths.items())
        surface = formula(self.surface.expression)
        return f"Contours of {surface} with the paths from {start}: {ends}."
