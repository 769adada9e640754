"""What a training run has reached, and how it got there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

Parameters = dict[str, Any]


class Update(NamedTuple):
    """The loss before an update, its gradient's norm (unclipped), and the rate."""

    loss: float
    gradient_norm: float
    learning_rate: float


class Epoch(NamedTuple):
    """The mean loss of an epoch's updates, and the validation after the last one.

    The validation is NaN where there are no validation data, and the accuracy where
    the targets are no labels.
    """

    training_loss: float
    validation_loss: float
    accuracy: float

    @property
    def watched(self) -> float:
        """What callbacks look at: the validation loss, or else the training loss."""
        nothing = np.isnan(self.validation_loss)
        return self.training_loss if nothing else self.validation_loss


@dataclass
class Run:
    """Where a training run stands: parameters, optimizer states, history.

    ``loss``, ``gradient_norm`` and ``learning_rate`` have one number an update;
    ``training_loss``, ``validation_loss`` and ``accuracy`` one an epoch.  ``stopped``
    is "epoch limit", "update limit", "no improvement", "diverged" or "interrupted".
    ``train`` goes on from a run.

    >>> run = Run({"w": np.ones(2)}, {}, np.random.default_rng(0))
    >>> run.updates.append(Update(loss=0.5, gradient_norm=1.0, learning_rate=0.1))
    >>> run.loss, run.accuracy
    (array([0.5]), array([], dtype=float64))
    """

    parameters: Parameters
    states: dict[str, Any]
    rng: np.random.Generator
    updates: list[Update] = field(default_factory=list, repr=False)
    epochs: list[Epoch] = field(default_factory=list, repr=False)
    callbacks: list[dict[str, Any]] = field(default_factory=list, repr=False)
    stopped: str = ""

    def __repr__(self) -> str:
        done = f"{len(self.epochs)} epochs, {len(self.updates)} updates"
        return f"<Run: {done}, {self.stopped or 'not begun'}>"

    @property
    def loss(self) -> np.ndarray:
        """The loss of each update's batches, before the update."""
        return np.array([update.loss for update in self.updates])

    @property
    def gradient_norm(self) -> np.ndarray:
        """The norm of each update's gradient over all parameters, before clipping."""
        return np.array([update.gradient_norm for update in self.updates])

    @property
    def learning_rate(self) -> np.ndarray:
        """The rate of each update; NaN for a rule that has none."""
        return np.array([update.learning_rate for update in self.updates])

    @property
    def training_loss(self) -> np.ndarray:
        """The mean of ``loss`` over each epoch."""
        return np.array([epoch.training_loss for epoch in self.epochs])

    @property
    def validation_loss(self) -> np.ndarray:
        """The loss on the validation data after each epoch."""
        return np.array([epoch.validation_loss for epoch in self.epochs])

    @property
    def accuracy(self) -> np.ndarray:
        """The share of right labels on the validation data after each epoch."""
        return np.array([epoch.accuracy for epoch in self.epochs])
