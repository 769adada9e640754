"""Fit a line: points, a line to drag, and gradient descent on its loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from traitlets import Unicode

from gdcourse.arrays import as_points, finite, whole
from gdcourse.descend import Path, descend
from gdcourse.figures.base import Figure, Setting, say
from gdcourse.figures.points import DATA, Points, points
from gdcourse.optimizers import gradient_descent
from gdcourse.optimizers.rule import positive
from gdcourse.surfaces import Surface

MINUS = "\N{MINUS SIGN}"


def _start(figure: Any, start: Any) -> list[float]:
    point = finite(as_points(start, 2, "start"), "start")
    if point.ndim != 1:
        raise ValueError(f"start = {start!r} must be one line (w, b), such as [0, 0].")
    return [float(value) for value in point]


def _rate(figure: Any, rate: Any) -> float:
    positive(rate, "learning_rate")
    return float(rate)


class FitLine(Figure):
    """Points and a line w·x + b that the reader drags, or lets descend step by step.

    ``data`` is "worked", "houses", a dict with "x" and "y", or a list of these, from
    which the reader then chooses.  ``start`` (w, b) is of the first.  ``start`` and
    ``learning_rate`` may be read and set later; ``figure.path`` is the run from them.

    >>> FitLine("worked").path.x[-1].round(2)
    array([1.8 , 0.55])
    """

    kind = Unicode("line").tag(sync=True)
    start = Setting(_start)
    learning_rate = Setting(_rate)

    def __init__(
        self,
        data: str | Mapping[str, Any] | Sequence[Any] = tuple(DATA),
        start: Sequence[float] | None = None,
        learning_rate: float = 0.1,
        *,
        steps: int = 100,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        from gdcourse import trace

        single = isinstance(data, (str, Mapping))
        self.sets = [points(each) for each in ([data] if single else data)]
        if not self.sets:
            raise ValueError(
                f"data = {data!r} is empty: name one of {', '.join(DATA)}."
            )
        if start is not None:
            self.sets[0].start = _start(self, start)
        rate = _rate(self, learning_rate)
        rates = [each.largest_rate for each in self.sets]
        settings = {
            "sets": [each.as_json() for each in self.sets],
            "rule": trace.rule(gradient_descent(rate)),
            "shown": 0,
            "start": list(self.sets[0].start),
            "learning_rate": rate,
            "rates": [min(min(rates) / 100, rate), max(*rates, rate)],
            "steps": whole(steps, "steps", 1),
        }
        super().__init__(settings, key, caption, alt)

    @property
    def surface(self) -> Surface:
        """The mean squared error of the points that are shown."""
        return self._shown.surface

    @property
    def _shown(self) -> Points:
        shown: int = self.now["shown"]
        return self.sets[shown]

    @property
    def path(self) -> Path:
        """The run from the present line with the present learning rate."""
        rule = gradient_descent(self.learning_rate)
        return descend(self.surface, rule, self.start, self.settings["steps"])

    def describe(self) -> str:
        """Say which points are shown, where the line starts and where it ends."""
        shown, path = self._shown, self.path
        end = f"ends at {_line(path.x[-1])} with {say(path.loss[-1])}"
        if path.stopped == "diverged":
            end = f"diverges at step {path.stopped_at}"
        return (
            f"{shown.label} and the line {_line(self.start)}, mean squared error "
            f"{say(path.loss[0])}. Gradient descent with learning rate "
            f"{say(self.learning_rate)} {end}; the least-squares fit is "
            f"{_line(shown.fit)} with {say(shown.surface(shown.fit))}."
        )


def _line(point: Sequence[float] | np.ndarray) -> str:
    """Write the line of (w, b): y = 2x + 1.5."""
    w, b = (round(float(value), 12) for value in point)
    return f"y = {say(w)}x {'+' if b >= 0 else MINUS} {say(abs(b))}"
