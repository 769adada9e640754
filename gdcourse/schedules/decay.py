"""Learning-rate schedules that go one way: constant, decays, and a warm-up."""

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


def step_decay(rate: float, every: int, factor: float = 0.1) -> Schedule:
    """Multiply the rate by ``factor`` after each ``every`` steps.

    Raises ValueError for a negative rate, and for ``every`` or ``factor`` not above
    zero.  Source: He et al. 2016, arXiv 1512.03385, section 3.4; ``StepLR`` of PyTorch.

    >>> rate = step_decay(rate=1.0, every=30)
    >>> [round(float(rate(step)), 9) for step in (0, 29, 30, 60)]
    [1.0, 1.0, 0.1, 0.01]
    """
    nonnegative(rate, "rate")
    positive(every, "every")
    positive(factor, "factor")

    def schedule(step: Any) -> Any:
        return rate * factor ** np.floor(step / every)

    return schedule


def exponential(rate: float, factor: float) -> Schedule:
    """Multiply the rate by ``factor`` after every step.

    Raises ValueError for a negative rate, or a factor not above zero.  Source:
    ``ExponentialLR`` of PyTorch.

    >>> rate = exponential(rate=1.0, factor=0.5)
    >>> rate(0), rate(1), rate(3)
    (1.0, 0.5, 0.125)
    """
    nonnegative(rate, "rate")
    positive(factor, "factor")

    def schedule(step: Any) -> Any:
        return rate * factor**step

    return schedule


def linear(start: float, end: float, steps: int) -> Schedule:
    """Go straight from ``start`` at step 0 to ``end`` at step ``steps``, and stay.

    Raises ValueError for negative rates or no steps.  Source: ``LinearLR`` of PyTorch.

    >>> rate = linear(start=1.0, end=0.0, steps=100)
    >>> float(rate(0)), float(rate(25)), float(rate(200))
    (1.0, 0.75, 0.0)
    """
    nonnegative(start, "start")
    nonnegative(end, "end")
    positive(steps, "steps")

    def schedule(step: Any) -> Any:
        progress = np.minimum(step / steps, 1.0)
        return start + (end - start) * progress

    return schedule


def cosine(peak: float, steps: int, floor: float = 0.0) -> Schedule:
    """Lower the rate from ``peak`` at step 0 to ``floor`` at step ``steps``.

    Half a cosine wave, and ``floor`` ever after.  Raises ValueError for negative rates
    or no steps.  Source: Loshchilov and Hutter 2017, arXiv 1608.03983, equation 5.

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


def warmup(schedule: Schedule, steps: int) -> Schedule:
    """Raise the rate for ``steps`` steps to where ``schedule`` starts, then follow it.

    The factor is (step + 1)/steps, so that the first update moves already; then
    ``schedule`` begins at its own step 0.  Raises ValueError for what is no schedule,
    or no steps.  Source: Goyal et al. 2017, arXiv 1706.02677, section 2.2.

    >>> rate = warmup(cosine(peak=1.0, steps=90), steps=10)
    >>> [round(float(rate(step)), 9) for step in (0, 1, 9, 10, 55, 100)]
    [0.1, 0.2, 1.0, 1.0, 0.5, 0.0]
    """
    positive(steps, "steps")
    if not callable(schedule):
        raise ValueError(f"schedule = {schedule!r} must be one, such as constant(0.1).")

    def warmed(step: Any) -> Any:
        later = np.maximum(step - steps, 0)
        return np.minimum((step + 1) / steps, 1.0) * schedule(later)

    return warmed
