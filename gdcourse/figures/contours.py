"""Descent on contours: several rules or rates from one start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from traitlets import Unicode

from gdcourse.arrays import as_points, finite, whole
from gdcourse.descend import Path, descend
from gdcourse.figures.base import Figure, Setting, formula, say
from gdcourse.figures.racers import labelled, racers, with_rates
from gdcourse.surfaces import Surface

MOST_STEPS = 20_000


def point(figure: Any, start: Any) -> list[float]:
    """Return a start as one point of the plane, or raise ValueError."""
    made = finite(as_points(start, 2, "start"), "start")
    if made.ndim != 1:
        raise ValueError(f"start = {start!r} must be one point, such as [-1.5, 2.0].")
    return [float(value) for value in made]


def few(figure: Any, steps: Any) -> int:
    """Return how many steps a figure takes, or raise ValueError if too many."""
    if whole(steps, "steps", 1) > MOST_STEPS:
        raise ValueError(f"steps = {steps} is too many for a figure: at most 20000.")
    return int(steps)


class Contours(Figure):
    """Rules racing over the contours of a surface with two parameters.

    ``rules`` are rules of OPTIMIZERS, or a learner's own ``step(x, gradient)``.
    ``figure.start`` and ``figure.steps`` may be read and set; ``figure.paths`` are the
    runs from them, by label.  At first the figure shows the runs up to step ``shown``,
    the last one unless said otherwise.  ``predict`` is a question about the first
    rule's run, which the reader answers, or skips, before anything is shown.

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
        surface: Surface,
        rules: Any,
        start: Sequence[float] | None = None,
        *,
        steps: int = 100,
        shown: int | None = None,
        predict: str = "",
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        from gdcourse import trace

        self.surface = of_two(surface)
        self.rules = labelled(rules)
        steps = few(self, steps)
        first = 0 if predict else steps
        settings = {
            "surface": trace.surface(surface),
            "racers": racers(self.rules, steps),
            "start": first_start(surface) if start is None else point(self, start),
            "steps": steps,
            "shown": first if shown is None else whole(shown, "shown", 0),
            "predict": predict,
        }
        super().__init__(settings, key, caption, alt)

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

    def describe(self) -> str:
        """Say where the runs start and where each of them ends."""
        names = zip(self.surface.variables, self.start, strict=True)
        start = ", ".join(f"{name} = {say(value)}" for name, value in names)
        ends = "; ".join(ending(label, path) for label, path in self.paths.items())
        surface = formula(self.surface.expression)
        return f"Contours of {surface} with the paths from {start}: {ends}."


def of_two(surface: Surface) -> Surface:
    """Return the surface, or raise ValueError if it has not two parameters."""
    if surface.dimension != 2:
        raise ValueError(f"{surface!r} has {surface.dimension} parameter(s), not 2.")
    return surface


def first_start(surface: Surface) -> list[float]:
    """Return where runs begin if nobody says: near the low corner of the window."""
    return [low + 0.15 * (high - low) for low, high in surface.window]


def ending(label: str, path: Path) -> str:
    """Say where a run ends."""
    if path.stopped == "diverged":
        return f"{label} diverges at step {path.stopped_at}"
    return f"{label} ends at loss {say(path.loss[-1])} after {path.stopped_at} steps"
