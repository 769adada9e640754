"""The learning-rate range test: many rates, the loss at each, and rules to pick one."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdcourse.arrays import pick, whole
from gdcourse.descend import descend
from gdcourse.optimizers.rule import Rule, positive
from gdcourse.surfaces import Surface
from gdcourse.training.loop import train


def _steepest(rates: np.ndarray, losses: np.ndarray) -> float:
    """Return the rate at which the loss falls fastest, before its minimum."""
    last = int(losses.argmin()) + 1
    slopes = np.gradient(losses[:last], np.log(rates[:last]))
    return float(rates[slopes.argmin()])


def _lowest(rates: np.ndarray, losses: np.ndarray) -> float:
    return float(rates[losses.argmin()])


def _cliff(rates: np.ndarray, losses: np.ndarray) -> float:
    """Return the first rate past the minimum whose loss is above the first one."""
    after = int(losses.argmin())
    above = np.flatnonzero(losses[after:] > losses[0])
    if not len(above):
        raise ValueError(
            f"The loss is nowhere above its first value, {losses[0]:.4g}, so it shows "
            f"no rise: sweep beyond a rate of {rates[-1]:.4g}."
        )
    return float(rates[after + above[0]])


PICKS: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "steepest": _steepest,
    "steepest/10": lambda rates, losses: _steepest(rates, losses) / 10,
    "minimum/10": lambda rates, losses: _lowest(rates, losses) / 10,
    "before the rise": lambda rates, losses: _cliff(rates, losses) / 10,
}


@dataclass(frozen=True)
class Sweep:
    """The rates of a range test, rising, and the loss found with each.

    >>> sweep = Sweep(np.array([0.01, 0.1, 1.0, 10.0]), np.array([4.0, 3.9, 1.0, 9.0]))
    >>> sweep.pick("steepest"), sweep.pick("minimum/10"), sweep.pick("before the rise")
    (1.0, 0.1, 1.0)
    """

    rates: np.ndarray
    losses: np.ndarray

    def pick(self, name: str = "steepest") -> float:
        """Return the rate that one of the rules of thumb suggests.

        "steepest" is where the loss falls fastest over the logarithm of the rate, and
        "steepest/10" a tenth of it; "minimum/10" is a tenth of the rate with the lowest
        loss, where it starts to rise, and "before the rise" a tenth of the rate whose
        loss first comes out above the first one.  The four differ: none is a theorem.
        Raises ValueError for another name, or where the losses do not fall at first.
        """
        rule = pick(name, PICKS, "rule")
        losses = np.where(np.isfinite(self.losses), self.losses, np.inf)
        if len(losses) == 0 or losses.argmin() == 0:
            raise ValueError(
                "The loss is lowest at the lowest rate, so it suggests none: begin the "
                "sweep lower."
            )
        return rule(self.rates, losses)

    def smoothed(self, beta: float) -> Sweep:
        """Return the sweep with moving averages of its losses, for noisy ones.

        The weights fall by ``beta`` from each rate to the one before it; 0 changes
        nothing.
        """
        average, losses = 0.0, []
        for t, loss in enumerate(self.losses, 1):
            average = beta * average + (1 - beta) * loss
            losses.append(average / (1 - beta**t))
        return Sweep(self.rates, np.array(losses))


def range_test(
    model: Any,
    rule: Callable[[Any], Rule],
    start: Any,
    x: Any = None,
    y: Any = None,
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
    *,
    lowest: float = 1e-4,
    highest: float = 1.0,
    count: int = 100,
    steps: int = 1,
    sequential: bool = False,
) -> Sweep:
    """Try ``count`` rates from ``lowest`` to ``highest``, and note the loss of each.

    ``model`` is a surface and ``start`` a point; or a model as for ``train``, ``start``
    its parameters, and ``x``, ``y``, ``batch_size`` and ``rng`` say how to train it.
    ``rule`` makes a rule of a rate: ``adam``, or ``lambda rate: momentum(rate, 0.5)``.
    Each rate begins at ``start`` and its loss is the one after ``steps`` updates; a
    ``sequential`` sweep is a single run in which each rate makes ``steps`` updates, and
    its loss is the one before them, as training programs note it.
    Raises ValueError for rates that do not rise and as ``descend`` and ``train`` do.
    Source: Smith 2017, arXiv 1506.01186, section 3.3, where the rates rise evenly.

    >>> from gdcourse import OPTIMIZERS, SURFACES
    >>> gd, bowl = OPTIMIZERS["gradient_descent"], SURFACES["bowl"]
    >>> round(range_test(bowl, gd, [-4, 2.5], lowest=1e-3, count=200).pick(), 4)
    0.0691
    """
    if not callable(rule):
        raise ValueError(f"rule = {rule!r} must make rules of rates, as adam does.")
    positive(lowest, "lowest")
    positive(highest, "highest")
    if highest <= lowest:
        raise ValueError(f"highest = {highest!r} must exceed lowest = {lowest!r}.")
    rates = np.geomspace(lowest, highest, whole(count, "count", 2))
    whole(steps, "steps", 1)

    def run(rate: Any, steps: int) -> tuple[np.ndarray, float]:
        if isinstance(model, Surface):
            loss = descend(model, rule(rate), start, steps).loss
            return loss[:steps], loss[-1]
        run = train(
            model,
            start,
            x,
            y,
            rule(rate),
            epochs=steps,
            batch_size=batch_size,  # type: ignore[arg-type]
            rng=copy.deepcopy(rng),
            updates=steps,
        )
        over = run.stopped == "diverged"
        return run.loss, np.inf if over else model.loss(run.parameters, x, y)

    if not sequential:
        return Sweep(rates, np.array([run(float(rate), steps)[1] for rate in rates]))
    losses = run(lambda t: rates[min(t // steps, count - 1)], count * steps)[0]
    return Sweep(rates[: len(losses[::steps])], losses[::steps])
