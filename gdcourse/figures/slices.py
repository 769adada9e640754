"""Partial derivatives: a point on contours, its two slices, tangents and secants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from traitlets import Unicode

from gdcourse.arrays import as_points, finite
from gdcourse.figures.base import Figure, Setting, formula, say
from gdcourse.gradients import central_difference, forward_difference
from gdcourse.optimizers.rule import positive
from gdcourse.surfaces import Surface

SMALLEST = 1e-16  # below this, 1 + delta is 1


def _point(figure: Any, point: Any) -> list[float]:
    values = finite(as_points(point, 2, "point"), "point")
    if values.ndim != 1:
        raise ValueError(f"point = {point!r} must be one point, such as [1.0, 0.5].")
    return [float(value) for value in values]


def _delta(figure: Any, delta: Any) -> float:
    positive(delta, "delta")
    if delta < SMALLEST:
        raise ValueError(f"delta = {delta!r} is lost in rounding: pass 1e-16 or more.")
    return float(delta)


def _central(figure: Any, central: Any) -> bool:
    return bool(central)


class Slices(Figure):
    """A point on a surface with two parameters, cut along each of them.

    Each slice shows the tangent, whose slope is the partial derivative, and a secant
    over a step ``delta``.  ``figure.point``, ``figure.delta`` and ``figure.central``
    (a step to both sides) may be read and set; ``figure.gradient`` and
    ``figure.secants`` are the two slopes of the tangents and of the secants.
    Raises ValueError for a surface without two parameters, and for other points.

    >>> from gdcourse.surfaces import bowl
    >>> figure = Slices(bowl, [1, 0.5], delta=0.5)
    >>> figure.gradient, figure.secants
    (array([2., 4.]), array([2.5, 6. ]))
    """

    kind = Unicode("slices").tag(sync=True)
    point = Setting(_point)
    delta = Setting(_delta)
    central = Setting(_central)

    def __init__(
        self,
        surface: Surface,
        point: Sequence[float],
        delta: float = 0.5,
        *,
        central: bool = False,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        from gdcourse import trace

        if surface.dimension != 2:
            raise ValueError(
                f"{surface!r} has {surface.dimension} parameter(s): slices need 2."
            )
        self.surface = surface
        step = _delta(self, delta)
        widest = max(high - low for low, high in surface.window)
        settings = {
            "surface": trace.surface(surface),
            "point": _point(self, point),
            "delta": step,
            "central": _central(self, central),
            "deltas": [SMALLEST, max(step, float(f"{widest / 4:.1g}"))],
        }
        super().__init__(settings, key, caption, alt)

    @property
    def gradient(self) -> np.ndarray:
        """The partial derivatives at the present point."""
        return np.asarray(self.surface.gradient(self.point))

    @property
    def secants(self) -> np.ndarray:
        """The slopes of the present secants: the finite differences."""
        difference = central_difference if self.central else forward_difference
        return np.asarray(difference(self.surface, self.point, self.delta))

    def describe(self) -> str:
        """Say where the point is, and both slopes of tangents and of secants."""
        names = self.surface.variables
        at = ", ".join(
            f"{name} = {say(value)}"
            for name, value in zip(names, self.point, strict=True)
        )
        slopes = zip(names, self.gradient, self.secants, strict=True)
        each = "; ".join(
            f"along {name} the tangent has slope {say(exact)}, the secant {say(secant)}"
            for name, exact, secant in slopes
        )
        surface = formula(self.surface.expression)
        return (
            f"Contours of {surface} with a point at {at} and two slices through it, "
            f"cut with a step of {say(self.delta)}: {each}."
        )
