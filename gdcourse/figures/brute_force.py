"""Search on a grid beside descent, on one curve, with what each of them asks for."""

from __future__ import annotations

from typing import Any

import numpy as np
from traitlets import Unicode

from gdcourse.arrays import as_points, finite, whole
from gdcourse.descend import Path, descend
from gdcourse.figures.base import Figure, Setting, formula, say
from gdcourse.figures.curve import rate_range
from gdcourse.optimizers import gradient_descent
from gdcourse.optimizers.rule import positive
from gdcourse.search import Found, grid_search
from gdcourse.surfaces import Surface

POINTS = (10, 5000)  # the ends of the slider
TOLERANCE = 1e-4  # of the slope: below it descent has arrived
SCAN = 4001


def _start(figure: Any, start: Any) -> float:
    return float(finite(as_points(start, 1, "start"), "start")[0])


def _rate(figure: Any, rate: Any) -> float:
    positive(rate, "learning_rate")
    return float(rate)


def _points(figure: Any, points: Any) -> int:
    least, most = POINTS
    if not least <= whole(points, "points", 1) <= most:
        raise ValueError(f"points = {points} must lie between {least} and {most}.")
    return int(points)


class BruteForce(Figure):
    """A grid searched from left to right and gradient descent, on the same curve.

    ``points`` is how many losses the grid asks for, ``steps`` how many gradients
    descent may.  ``figure.start``, ``figure.learning_rate`` and ``figure.points`` may
    be read and set; ``figure.path`` is descent's run and ``figure.found`` the grid's
    best point.  Global minima (``surface.minima``) and local maxima are marked.
    """

    kind = Unicode("brute").tag(sync=True)
    start = Setting(_start)
    learning_rate = Setting(_rate)
    points = Setting(_points)

    def __init__(
        self,
        surface: Surface,
        start: float,
        learning_rate: float,
        *,
        points: int = 1000,
        steps: int = 50,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        from gdcourse import trace

        if surface.dimension != 1:
            raise ValueError(
                f"{surface!r} has {surface.dimension} parameters: this figure searches "
                "one axis, pass a surface with one."
            )
        rate = _rate(self, learning_rate)
        least, most = rate_range(surface)
        self.surface = surface
        settings = {
            "surface": trace.surface(surface),
            "maxima": maxima(surface),
            "rule": trace.rule(gradient_descent(rate)),
            "start": _start(self, start),
            "learning_rate": rate,
            "rates": [min(least, rate), max(most, rate)],
            "points": _points(self, points),
            "range": list(POINTS),
            "steps": whole(steps, "steps", 1),
            "tolerance": TOLERANCE,
        }
        super().__init__(settings, key, caption, alt)

    @property
    def path(self) -> Path:
        """Descent's run from the present start with the present learning rate."""
        rule, steps = gradient_descent(self.learning_rate), self.settings["steps"]
        return descend(self.surface, rule, [self.start], steps, tolerance=TOLERANCE)

    @property
    def found(self) -> Found:
        """The lowest of the grid's points."""
        return grid_search(self.surface, self.points)

    def describe(self) -> str:
        """Say what each search asks for and what it finds."""
        path, found, name = self.path, self.found, self.surface.variables[0]
        end = f"ends at {name} = {say(path.x[-1, 0])}, loss {say(path.loss[-1])}"
        if path.stopped == "diverged":
            end = f"diverges at step {path.stopped_at}"
        return (
            f"The curve {formula(self.surface.expression)}. A grid asks for "
            f"{found.evaluations:,} losses and finds {name} = {say(found.x[0])}, loss "
            f"{say(found.value)}. Gradient descent from {name} = {say(self.start)} "
            f"asks for {path.evaluations:,} gradients and {end}."
        )


def maxima(surface: Surface) -> list[float]:
    """Return where the slope of a curve goes from positive to negative, in its window.

    >>> maxima(Surface("(x**2 - 4)**2/8", "x", window=[(-3, 3)]))
    [0.0]
    """
    x = np.linspace(*surface.window[0], SCAN)
    slope = surface.gradient(x[:, None])[:, 0]
    tops = (slope[:-2] > 0) & (slope[1:-1] >= 0) & (slope[2:] < 0)
    i = np.flatnonzero(tops) + 1
    part = slope[i] / (slope[i] - slope[i + 1])
    return [float(f"{top:.9g}") for top in x[i] + part * (x[i + 1] - x[i])]
