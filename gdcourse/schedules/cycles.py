"""Schedules that go up and down: restarts, triangles, one cycle and its momentum."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdcourse.optimizers.rule import nonnegative, positive
from gdcourse.schedules.decay import Schedule


def _one_or_more(value: Any, name: str) -> None:
    positive(value, name)
    if not getattr(value, "is_traced", False) and value < 1:
        raise ValueError(f"{name} = {value!r} must be 1 or more.")


def warm_restarts(
    peak: float, period: int, multiply: float = 1, floor: float = 0.0
) -> Schedule:
    """Fall along half a cosine wave again and again, each ``multiply`` times longer.

    The first takes ``period`` steps.  Raises ValueError for negative rates, no period,
    or ``multiply`` below 1.  Source: Loshchilov and Hutter 2017, as for ``cosine``.

    >>> rate = warm_restarts(peak=1.0, period=10, multiply=2)
    >>> [step for step in range(100) if rate(step) == 1]
    [0, 10, 30, 70]
    """
    nonnegative(peak, "peak")
    nonnegative(floor, "floor")
    positive(period, "period")
    _one_or_more(multiply, "multiply")
    traced = getattr(multiply, "is_traced", False)

    def wave(progress: Any) -> Any:
        return floor + (peak - floor) / 2 * (1 + np.cos(np.pi * progress))

    def alike(step: Any) -> Any:
        progress = np.remainder(step, period) / period
        return wave(progress)

    def growing(step: Any) -> Any:
        ratio = 1 + step / period * (multiply - 1)  # multiply**cycle at each restart
        cycle = np.floor(np.log(ratio) / np.log(multiply) + 1e-9)  # logarithms round
        progress = (ratio / multiply**cycle - 1) / (multiply - 1)
        return wave(progress)

    return growing if traced or multiply != 1 else alike


def triangular(low: float, high: float, half_period: int) -> Schedule:
    """Go up from ``low`` to ``high`` in ``half_period`` steps, down in as many, again.

    Raises ValueError for negative rates, or a half period not above zero.  Source:
    Smith 2017, arXiv 1506.01186, section 3.1; ``CyclicLR`` of PyTorch.

    >>> rate = triangular(low=0.0, high=1.0, half_period=4)
    >>> [float(rate(step)) for step in (0, 1, 4, 6, 8)]
    [0.0, 0.25, 1.0, 0.5, 0.0]
    """
    nonnegative(low, "low")
    nonnegative(high, "high")
    positive(half_period, "half_period")

    def schedule(step: Any) -> Any:
        cycle = np.floor(1 + step / (2 * half_period))
        distance = np.abs(step / half_period - 2 * cycle + 1)
        return low + (high - low) * (1 - distance)

    return schedule


def _up_and_down(steps: Any, rise: Any) -> tuple[Any, Any]:
    """Return the step at which a cycle turns, and how many steps lead down from it."""
    positive(steps, "steps")
    positive(rise, "rise")
    turn = rise * steps - 1
    fall = steps - 1 - turn
    if not getattr(turn, "is_traced", False) and not (turn > 0 and fall > 0):
        raise ValueError(
            f"A cycle of steps = {steps} with rise = {rise} cannot go up and down: "
            "rise * steps must be above 1, and rise below 1."
        )
    return turn, fall


def one_cycle(
    peak: float,
    steps: int,
    rise: float = 0.3,
    divisor: float = 25.0,
    last_divisor: float = 1e4,
) -> Schedule:
    """Raise the rate to ``peak``, then lower it far below where it began.

    From peak / divisor along half a cosine wave in the share ``rise`` of the steps,
    then along another to that start / last_divisor at the last of ``steps``, where it
    stays.  Raises ValueError for a negative peak, divisors below 1, or too few steps.
    Source: Smith and Topin 2017, arXiv 1708.07120; waves and defaults as in
    ``OneCycleLR`` of PyTorch, whose momentum cycle is ``one_cycle_momentum``.

    >>> rate = one_cycle(peak=0.01, steps=1000)
    >>> [float(rate(step)) for step in (0, 299, 999)]
    [0.0004, 0.01, 4e-08]
    """
    nonnegative(peak, "peak")
    _one_or_more(divisor, "divisor")
    _one_or_more(last_divisor, "last_divisor")
    turn, fall = _up_and_down(steps, rise)
    start = peak / divisor
    end = start / last_divisor

    def schedule(step: Any) -> Any:
        up = np.minimum(step / turn, 1.0)
        down = np.clip((step - turn) / fall, 0.0, 1.0)
        rising = start + (peak - start) / 2 * (1 - np.cos(np.pi * up))
        falling = end + (peak - end) / 2 * (1 + np.cos(np.pi * down))
        return np.minimum(rising, falling)

    return schedule


def one_cycle_momentum(
    steps: int, rise: float = 0.3, high: float = 0.95, low: float = 0.85
) -> Schedule:
    """Lower the momentum from ``high`` to ``low`` while ``one_cycle`` rises, and back.

    It goes where a rule has its momentum: ``momentum(one_cycle(0.1, 100),
    one_cycle_momentum(100))``, or as ``beta1`` of Adam.  Raises ValueError for negative
    numbers, or too few steps.  Source: as for ``one_cycle``.

    >>> beta = one_cycle_momentum(steps=1000)
    >>> [round(float(beta(step)), 9) for step in (0, 299, 999)]
    [0.95, 0.85, 0.95]
    """
    nonnegative(high, "high")
    nonnegative(low, "low")
    turn, fall = _up_and_down(steps, rise)

    def schedule(step: Any) -> Any:
        up = np.minimum(step / turn, 1.0)
        down = np.clip((step - turn) / fall, 0.0, 1.0)
        return high - (high - low) / 2 * (np.cos(np.pi * down) - np.cos(np.pi * up))

    return schedule
