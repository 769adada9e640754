"""Descent on a curve: one ball, one learning rate."""

from __future__ import annotations

from typing import Any

import numpy as np
from traitlets import Unicode

from gdcourse.arrays import as_points, finite, whole
from gdcourse.descend import Path, descend
from gdcourse.figures.base import Figure, Setting, formula, say
from gdcourse.optimizers import gradient_descent
from gdcourse.optimizers.rule import positive
from gdcourse.surfaces import Surface


def start_of(start: Any) -> float:
    """Return a start on a curve as one number, or raise ValueError."""
    return float(finite(as_points(start, 1, "start"), "start")[0])


def _rate(figure: Any, rate: Any) -> float:
    positive(rate, "learning_rate")
    return float(rate)


class Curve(Figure):
    """A ball on a curve with one parameter, moved by gradient descent step by step.

    ``figure.start`` and ``figure.learning_rate`` may be read and set; ``figure.path``
    is the run from them.  ``rates`` is the (low, high) range of the slider, ``steps``
    where a run stops.  ``predict`` is a question that the reader answers, or skips,
    before the first run.

    >>> from gdcourse.surfaces import double_well
    >>> Curve(double_well, start=2.8, learning_rate=0.05).path.x[-1].round(2)
    array([1.86])
    """

    kind = Unicode("curve").tag(sync=True)
    start = Setting(lambda figure, start: start_of(start))
    learning_rate = Setting(_rate)

    def __init__(
        self,
        surface: Surface,
        start: float | None = None,
        learning_rate: float = 0.1,
        *,
        steps: int = 50,
        rates: tuple[float, float] | None = None,
        predict: str = "",
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        settings = curve_settings(
            surface, start, learning_rate, steps=steps, rates=rates, predict=predict
        )
        self.surface = surface
        super().__init__(settings, key, caption, alt)

    @property
    def path(self) -> Path:
        """The run from the present start with the present learning rate."""
        rule = gradient_descent(self.learning_rate)
        return descend(self.surface, rule, [self.start], self.settings["steps"])

    def describe(self) -> str:
        """Say where the ball starts and what happens to it."""
        return in_words(self.surface, self.path, self.learning_rate)


def curve_settings(
    surface: Surface,
    start: float | None = None,
    learning_rate: float = 0.1,
    *,
    steps: int = 50,
    rates: tuple[float, float] | None = None,
    predict: str = "",
) -> dict[str, Any]:
    """Return what the browser needs for one curve: the arguments of ``Curve``."""
    from gdcourse import trace

    if surface.dimension != 1:
        raise ValueError(
            f"{surface!r} has {surface.dimension} parameters: a curve shows one, "
            "use Contours for two."
        )
    low, high = surface.window[0]
    rate = _rate(None, learning_rate)
    least, most = rates or rate_range(surface)
    return {
        "surface": trace.surface(surface),
        "rule": trace.rule(gradient_descent(rate)),
        "start": start_of(low + 0.9 * (high - low) if start is None else start),
        "learning_rate": rate,
        "steps": whole(steps, "steps", 1),
        "rates": [min(least, rate), max(most, rate)],
        "predict": predict,
    }


def in_words(surface: Surface, path: Path, rate: float) -> str:
    """Say where a ball starts on a curve and what happens to it."""
    name = surface.variables[0]
    end = f"after {path.stopped_at} steps it is at {name} = {say(path.x[-1, 0])}"
    if path.stopped == "diverged":
        end = f"it diverges at step {path.stopped_at}"
    return (
        f"The curve {formula(surface.expression)} with a ball at {name} = "
        f"{say(path.x[0, 0])}, loss {say(path.loss[0])}. With learning rate "
        f"{say(rate)} the first step takes it to {name} = "
        f"{say(path.x[1, 0])}; {end}, loss {say(path.loss[-1])}."
    )


def rate_range(surface: Surface) -> tuple[float, float]:
    """Return a slider's range that ends just above the largest stable rate.

    A rate above 2 / curvature at the minimum overshoots ever further; without a known
    minimum the range is 0.001 to 1.
    """
    if len(surface.minima) == 0:
        return 1e-3, 1.0
    steepest = np.linalg.eigvalsh(surface.hessian(surface.minima[0]))[-1]
    if not steepest > 0:
        return 1e-3, 1.0
    most = float(f"{2.2 / steepest:.2g}")
    return float(f"{most / 1000:.1g}"), most
