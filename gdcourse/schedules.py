"""Learning-rate schedules: plain functions of the step, which starts at 0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gdcourse.optimizers.rule import nonnegative, positive

Schedule = Callable[[Any], Any]


def constant(rate: float) -> Schedule:
    """Keep the rate at ``rate`` for every step.

    Raises ValueError unless ``rate`` is a finite number of zero or more.

    >>> constant(0.1)(0), constant(0.1)(1000)
    (0.1, 0.1)
    """
    nonnegative(rate, "rate")

    def schedule(step: Any) -> Any:
        return rate + 0 * step

    return schedule


def cosine(peak: float, steps: int, floor: float = 0.0) -> Schedule:
    """Lower the rate from ``peak`` at step 0 to ``floor`` at step ``steps``.

    Half a cosine wave, and ``floor`` ever after.  Raises ValueError for negative rates
    or no steps.  Source: Loshchilov and Hutter 2017, arXiv 1608.03983, equation 5,
    without restarts.

    >>> rate = cosine(peak=1.0, steps=100)
    >>> float(rate(0)), round(float(rate(50)), 9), float(rate(200))
    (1.0, 0.5, 0.0)
    """
    nonnegative(peak, "peak")
    nonnegative(floor, "floor")
    positive(steps, "steps")

    def schedule(step: Any) -> Any:
        progress = np.minimum(step / steps, 1.0)
        return floor + (peak - floor) / 2 * (1 + np.cos(np.pi * progress))

    return schedule


SCHEDULES: dict[str, Callable[..., Schedule]] = {
    "constant": constant,
    "cosine": cosine,
}
