"""The learning-rate range test, with the rates that rules of thumb suggest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from traitlets import Unicode

from gdcourse.arrays import as_points, finite, whole
from gdcourse.curvature import stability_limit
from gdcourse.figures.base import Figure, Setting, formula, say
from gdcourse.figures.racers import drawn, in_turn
from gdcourse.optimizers import gradient_descent
from gdcourse.optimizers.rule import positive
from gdcourse.surfaces import Surface
from gdcourse.training import PICKS, Sweep, range_test

MOST_POINTS, MOST_STEPS = 1000, 200
PARTS = (0.0, 0.1234, 0.789)  # of the window: where curvature is compared


def _steps(figure: Any, steps: Any) -> int:
    if whole(steps, "steps", 1) > MOST_STEPS:
        raise ValueError(f"steps = {steps} is too many a rate: at most {MOST_STEPS}.")
    return int(steps)


class RateFinder(Figure):
    """Gradient descent with many rates: the loss that each comes to, and the picks.

    ``points`` rates between the two of ``rates`` make ``steps`` steps each from
    ``start``, or in a ``sequential`` sweep one after the other in a single run.  Rules
    of ``gdcourse.training.PICKS`` are marked, and 2 / curvature where the surface is
    quadratic with a known minimum.  ``figure.steps`` and ``figure.sequential`` may be
    read and set; ``figure.sweep`` is the range test with them.
    """

    kind = Unicode("rates").tag(sync=True)
    steps = Setting(_steps)
    sequential = Setting(lambda figure, sequential: bool(sequential))

    def __init__(
        self,
        surface: Surface,
        start: Sequence[float] | float,
        *,
        rates: tuple[float, float] = (1e-4, 1.0),
        points: int = 100,
        steps: int = 1,
        sequential: bool = False,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        from gdcourse import trace

        for rate in rates:
            positive(rate, "rates")
        if rates[1] <= rates[0]:
            raise ValueError(f"rates = {rates!r} must rise, as in (1e-4, 1.0).")
        if whole(points, "points", 3) > MOST_POINTS:
            raise ValueError(f"points = {points} is too many: at most {MOST_POINTS}.")
        self.surface = surface
        settings = {
            "surface": trace.surface(surface),
            "rule": trace.rule(gradient_descent(rates[0])),
            "start": _start(surface, start),
            "rates": [float(rate) for rate in rates],
            "points": points,
            "steps": _steps(self, steps),
            "sequential": bool(sequential),
            "limit": limit(surface),
            "picks": [
                {"label": name, **drawn(look)}
                for name, look in zip(PICKS, in_turn(), strict=False)
            ],
        }
        super().__init__(settings, key, caption, alt)

    @property
    def sweep(self) -> Sweep:
        """The rates and the losses that they come to."""
        now = self.now
        return range_test(
            self.surface,
            gradient_descent,
            now["start"],
            lowest=now["rates"][0],
            highest=now["rates"][1],
            count=now["points"],
            steps=now["steps"],
            sequential=now["sequential"],
        )

    def describe(self) -> str:
        """Say which rates were tried and what the rules suggest."""
        low, high = map(say, self.now["rates"])
        found = "; ".join(f"{name} {_suggested(self.sweep, name)}" for name in PICKS)
        most = self.now["limit"]
        limit = f" The true limit is {say(most)}." if most else ""
        return (
            f"Loss of {formula(self.surface.expression)} against learning rates from "
            f"{low} to {high}, {_count(self.steps)} each. Suggestions: {found}.{limit}"
        )


def _start(surface: Surface, start: Any) -> list[float]:
    point = finite(as_points(start, surface.dimension, "start"), "start")
    if point.ndim != 1:
        raise ValueError(f"start = {start!r} must be one point.")
    return [float(value) for value in point]


def limit(surface: Surface) -> float | None:
    """Return 2 / the largest curvature of a quadratic surface with a known minimum."""
    if len(surface.minima) == 0:
        return None
    low, high = np.array(surface.window).T
    here, *others = surface.hessian(
        np.stack([surface.minima[0], *(low + part * (high - low) for part in PARTS)])
    )
    if not all(np.allclose(here, other) for other in others):
        return None
    most = float(stability_limit(here))
    return most if np.isfinite(most) else None


def _count(steps: int) -> str:
    return f"{steps} step{'s' if steps > 1 else ''}"


def _suggested(sweep: Sweep, name: str) -> str:
    try:
        return say(sweep.pick(name))
    except ValueError:
        return "none"
