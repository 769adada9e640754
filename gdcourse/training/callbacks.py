"""What looks at a run after each epoch: early stopping, and a rate that follows."""

from __future__ import annotations

import math
from typing import Any

from gdcourse.arrays import whole
from gdcourse.optimizers.rule import nonnegative, positive
from gdcourse.training.run import Run


class Callback:
    """What ``train`` asks after each epoch; all that it remembers is in ``now``.

    A subclass defines ``after_epoch(run)``, which returns why to stop, or "".  ``now``
    is a dict of numbers and of dicts of arrays, so that a checkpoint can keep it.

    >>> class Target(Callback):
    ...     def after_epoch(self, run): return "good" * (run.loss[-1] < 0.1)
    >>> Target().now
    {}
    """

    def __init__(self, **fresh: Any) -> None:
        self._fresh = fresh
        self.begin()

    def begin(self, saved: dict[str, Any] | None = None) -> None:
        """Forget all, or recall what an earlier run had saved."""
        self.now = dict(self._fresh if saved is None else saved)

    def after_epoch(self, run: Run) -> str:
        """Look at ``run``; return why to stop, or nothing."""
        raise NotImplementedError


class early_stopping(Callback):  # noqa: N801 (it is used like the rules, as a function)
    """Stop after ``patience`` epochs without a lower loss, and restore the best.

    A loss counts as lower by more than ``minimum_change``; it is the validation loss
    or, where there is none, the training loss.  The run then has the parameters of its
    best epoch.  Raises ValueError for a patience below 1 or a negative change.
    Source: Prechelt 1998, "Early Stopping: But When?".

    >>> early_stopping(patience=5).now["waited"]
    0
    """

    def __init__(self, patience: int, minimum_change: float = 0.0) -> None:
        self.patience = whole(patience, "patience", 1)
        nonnegative(minimum_change, "minimum_change")
        self.minimum_change = minimum_change
        super().__init__(best=math.inf, waited=0, parameters={})

    def after_epoch(self, run: Run) -> str:
        """Remember the best parameters; restore them when patience is at its end."""
        loss = run.epochs[-1].watched
        if loss < self.now["best"] - self.minimum_change:
            self.now = {"best": loss, "waited": 0, "parameters": run.parameters}
            return ""
        self.now["waited"] += 1
        if self.now["waited"] < self.patience:
            return ""
        run.parameters = self.now["parameters"]
        return "no improvement"


class reduce_on_plateau(Callback):  # noqa: N801
    """Multiply the rate by ``factor`` after ``patience`` + 1 epochs without progress.

    Pass it where a rule takes a schedule; ``train`` then shows it each epoch's loss,
    as early stopping sees it.  Progress is a loss below (1 - threshold) times the best.
    After a cut, ``cooldown`` epochs do not count; the rate stays at ``floor`` or above.
    Inside another schedule, such as ``warmup``, name it in ``callbacks`` too.
    Raises ValueError for numbers below zero or a factor that is not below 1.
    Source: ``ReduceLROnPlateau`` of PyTorch.

    >>> rate = reduce_on_plateau(0.1, factor=0.5, patience=1)
    >>> for loss in (1.0, 2.0, 2.0): rate.observe(loss)
    >>> rate(step=300)
    0.05
    """

    def __init__(
        self,
        rate: float,
        factor: float = 0.1,
        patience: int = 10,
        threshold: float = 1e-4,
        cooldown: int = 0,
        floor: float = 0.0,
    ) -> None:
        positive(rate, "rate")
        positive(factor, "factor")
        if factor >= 1:
            raise ValueError(f"factor = {factor!r} must be below 1, such as 0.1.")
        nonnegative(threshold, "threshold")
        nonnegative(floor, "floor")
        self.factor, self.threshold, self.floor = factor, threshold, floor
        self.patience = whole(patience, "patience", 0)
        self.cooldown = whole(cooldown, "cooldown", 0)
        super().__init__(rate=rate, best=math.inf, waited=0, resting=0)

    def __call__(self, step: Any) -> float:
        """Return the rate as it is now, at whatever step."""
        rate: float = self.now["rate"]
        return rate

    def after_epoch(self, run: Run) -> str:
        """Look at the epoch's loss; this never stops a run."""
        self.observe(run.epochs[-1].watched)
        return ""

    def observe(self, loss: float) -> None:
        """Cut the rate if this loss is one too many without progress."""
        now = self.now
        if loss < now["best"] * (1 - self.threshold):
            now["best"], now["waited"] = loss, 0
        else:
            now["waited"] += 1
        if now["resting"] > 0:
            now["resting"] -= 1
            now["waited"] = 0
        if now["waited"] > self.patience:
            lower = max(now["rate"] * self.factor, self.floor)
            if now["rate"] - lower > 1e-8:  # as in PyTorch
                now["rate"] = lower
            now["waited"], now["resting"] = 0, self.cooldown
