"""One update of a model: forward and backward over batches, then a step of the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdcourse.descend import DIVERGED_FACTOR
from gdcourse.gradients import clip_by_norm
from gdcourse.optimizers.rule import Rule
from gdcourse.training.run import Parameters, Run, Update

Batches = Sequence[np.ndarray]  # the row numbers of each


@dataclass(frozen=True)
class Task:
    """What stays the same during a run: the model, its data, and how to learn."""

    model: Any
    x: np.ndarray
    y: np.ndarray
    rule: Rule
    clip: float | None
    held: tuple[np.ndarray, np.ndarray] | None

    def update(self, run: Run, group: Batches) -> None:
        """Note loss, norm and rate, and step; or stop where the run has diverged."""
        loss, gradients, running = self.gradients(run, group)
        norm = float(np.sqrt(sum(np.sum(np.square(g)) for g in gradients.values())))
        run.updates.append(Update(loss, norm, self.rate(len(run.updates))))
        first = run.updates[0].loss
        ceiling = first + DIVERGED_FACTOR * (1 + abs(first))
        if not (loss <= ceiling and np.isfinite(norm)):
            run.stopped = "diverged"
            return
        if self.clip is not None:
            gradients = clip_by_norm(gradients, self.clip)
        stepped = {
            name: self.rule.step(run.parameters[name], g, run.states[name])
            for name, g in gradients.items()
        }
        moved = {name: x for name, (x, _) in stepped.items()}
        run.parameters = {**run.parameters, **running, **moved}
        run.states = {**run.states, **{name: s for name, (_, s) in stepped.items()}}

    def gradients(
        self, run: Run, group: Batches
    ) -> tuple[float, Parameters, Parameters]:
        """Return loss and gradients, as means over all samples, and what else is new.

        Batches count by their size, so that a smaller last one weighs less.
        """
        point, samples = self.probe(run), sum(len(rows) for rows in group)
        mean_loss = 0.0
        means: Parameters = {}
        running: Parameters = {}
        for rows in group:
            loss, gradients, new = self.model.gradients(
                {**point, **running}, self.x[rows], self.y[rows], run.rng
            )
            share = len(rows) / samples
            mean_loss += share * float(loss)
            means = {n: means.get(n, 0.0) + share * g for n, g in gradients.items()}
            running |= new
        return mean_loss, means, running

    def probe(self, run: Run) -> Parameters:
        """Return the parameters at which the rule wants its gradients."""
        if self.rule.probe is None:
            return run.parameters
        return {n: self.rule.probe(x, run.states[n]) for n, x in run.parameters.items()}

    def rate(self, t: int) -> float:
        """Return the learning rate after ``t`` updates, NaN for a rule without one."""
        rate = self.rule.hyperparameters.get("learning_rate", np.nan)
        return float(rate(t) if callable(rate) else rate)

    def measure(self, parameters: Parameters) -> tuple[float, float]:
        """Return loss and accuracy on the validation data, NaN where there is none."""
        if self.held is None:
            return np.nan, np.nan
        x, y = self.held
        loss = float(self.model.loss(parameters, x, y))
        if y.ndim != 1 or y.dtype.kind not in "iu":
            return loss, np.nan
        found = self.model.predict(parameters, x).argmax(axis=-1)
        return loss, float(np.mean(found == y))
