"""One function, many weights: the curvature changes while the predictions do not."""

from __future__ import annotations

from typing import Any

import numpy as np
from traitlets import Unicode

from gdcourse.figures.base import WORKSHOP, Figure, Setting, say
from gdcourse.optimizers.rule import positive
from gdcourse.surfaces import Surface

POINTS = {"x": [-1, 1, 2, 3], "y": [0, 2, 4, 6]}
WEIGHTS = (2.0, 1.0)  # of the best fit, f(x) = 2 relu(x)
FACTORS = (0.01, 100.0)
RELU = "(b*x + abs(b*x)) / 2"


def _factor(figure: Any, factor: Any) -> float:
    positive(factor, "factor")
    if not FACTORS[0] <= factor <= FACTORS[1]:
        raise ValueError(f"factor = {factor!r} is off the figure: pass 0.01 to 100.")
    return float(factor)


class Reparametrised(Figure):
    """The network f(x) = a relu(b x) with a multiplied, and b divided, by a factor.

    Its four points (-1, 0), (1, 2), (2, 4) and (3, 6) are fitted exactly by a = 2 and
    b = 1, hence by every other such pair.  ``factor`` may be read and set;
    ``weights`` are a and b with it, and ``sharpness`` is the largest eigenvalue of the
    Hessian of the mean squared error there.  Source: Dinh et al. 2017,
    arXiv 1703.04933.

    >>> [round(Reparametrised(factor).sharpness) for factor in (1, 3, 10, 100)]
    [35, 253, 2800, 280000]
    """

    bundles = WORKSHOP
    kind = Unicode("reparametrised").tag(sync=True)
    factor = Setting(_factor)

    def __init__(
        self, factor: float = 1.0, *, key: str = "", caption: str = "", alt: str = ""
    ) -> None:
        settings = {
            **POINTS,
            "weights": list(WEIGHTS),
            "factors": list(FACTORS),
            "factor": _factor(self, factor),
        }
        super().__init__(settings, key, caption, alt)

    @property
    def surface(self) -> Surface:
        """The mean squared error as a function of a and b."""
        return Surface.mean(f"(a * {RELU} - y)**2", "a b", POINTS, "loss")

    @property
    def weights(self) -> np.ndarray:
        """The weights a and b with the present factor."""
        return np.array([WEIGHTS[0] * self.factor, WEIGHTS[1] / self.factor])

    @property
    def predictions(self) -> np.ndarray:
        """What the network predicts for the four points."""
        a, b = self.weights
        predicted: np.ndarray = a * np.maximum(0, b * np.array(POINTS["x"]))
        return predicted

    @property
    def sharpness(self) -> float:
        """The largest eigenvalue of the Hessian at the weights."""
        return float(np.linalg.eigvalsh(self.surface.hessian(self.weights))[-1])

    def describe(self) -> str:
        """Say the weights, the predictions and the sharpness."""
        a, b = map(say, self.weights)
        predicted = ", ".join(map(say, self.predictions))
        return (
            "Loss over the weights a and b of f(x) = a relu(b x), with the curve of "
            f"equal predictions. At a = {a}, b = {b} the predictions are {predicted} "
            f"and the sharpness is {say(self.sharpness)}."
        )
