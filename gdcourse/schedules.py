"""Learning-rate schedules: plain functions of the step, which starts at 0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gdcourse.optimizers.rule import nonnegative, positive

Schedule = Callable[[Any], Any]


def constant(rate: float) -> Schedule:
    """Keep the rate at ``rate`` for every step."""
    nonnegative(rate, "rate")

    def schedule(step: Any) -> Any:
        return rate + 0 * step

    return schedule


def cosine(peak: float, steps: int, floor: float = 0.0) -> Schedule:
    """Lower the rate from ``peak`` at step 0 to ``floor`` at step ``steps``.

    Half a cosine wave, and ``floor`` ever after (Loshchilov and Hutter 2017,
    arXiv 1608.03983, equation 5, without restarts).
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
