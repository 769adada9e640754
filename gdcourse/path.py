"""What a run visited, and how its rows are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdcourse.optimizers.rule import Rule


@dataclass(frozen=True)
class Path:
    """What a run of k updates visited: k + 1 points and losses, k gradients.

    ``x`` has shape (k + 1, d) and ``loss`` (k + 1,); ``gradient`` (k, d) holds the
    gradients that the rule used and ``learning_rate`` (k,) its rates (NaN for a rule
    that has none).  ``stopped`` is "converged", "diverged" or "step limit" and
    ``stopped_at`` the number of updates done.  With many starts each array has one
    more axis, for the starts, after the first.  ``steps`` numbers the kept rows, and
    ``evaluations`` counts the gradients asked for.  A method may also have asked for
    losses (``loss_evaluations``), and for Hessians or their products with vectors
    (``curvature_evaluations``); the losses that the path records cost it nothing.

    >>> from gdcourse import descend, OPTIMIZERS, SURFACES
    >>> path = descend(SURFACES["parabola"], OPTIMIZERS["gradient_descent"](0.25), [8])
    >>> path.x[:3, 0], path.loss[:3], len(path)
    (array([8., 4., 2.]), array([64., 16.,  4.]), 101)
    """

    x: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    learning_rate: np.ndarray
    steps: np.ndarray
    stopped: Any
    stopped_at: Any
    evaluations: int
    loss_evaluations: int = 0
    curvature_evaluations: int = 0

    def __len__(self) -> int:
        return len(self.x)


class Recorder:
    """The rows that a run keeps: its start, every k-th update and its last one."""

    def __init__(self, rule: Rule, x: np.ndarray, loss: Any, every: int) -> None:
        self.every = every
        self._rate = rule.hyperparameters.get("learning_rate", np.nan)
        self._starts: list[Any] = [(0, x, loss)]
        self._updates: list[Any] = []
        self._last: Any = None

    def add(self, done: int, x: np.ndarray, loss: Any, gradient: np.ndarray) -> None:
        """Note update number ``done``, which used ``gradient`` and led to ``x``."""
        self._last = done, x, loss, gradient
        if done % self.every == 0:
            self._keep()

    def _keep(self) -> None:
        done, x, loss, gradient = self._last
        rate = self._rate(done - 1) if callable(self._rate) else self._rate
        self._starts.append((done, x, loss))
        self._updates.append((gradient, float(rate)))
        self._last = None

    def path(self, stopped: Any, stopped_at: Any, evaluations: int) -> Path:
        """Return what was kept, with the last update in any case."""
        if self._last is not None:
            self._keep()
        steps, x, loss = (np.array(rows) for rows in zip(*self._starts, strict=True))
        gradients = np.array([gradient for gradient, _ in self._updates])
        return Path(
            x=x,
            loss=loss,
            gradient=gradients.reshape(-1, *x.shape[1:]),
            learning_rate=np.array([rate for _, rate in self._updates]),
            steps=steps,
            stopped=stopped,
            stopped_at=stopped_at,
            evaluations=evaluations,
        )


class Fates:
    """Which of many runs still go on, and how and when the others stopped."""

    def __init__(self, count: int) -> None:
        self.running = np.ones(count, dtype=bool)
        self.stopped = np.full(count, "step limit", dtype=object)
        self.stopped_at = np.zeros(count, dtype=int)

    def stop(self, where: np.ndarray, word: str) -> None:
        """Stop those runs ``where`` it is so, if they still go on."""
        self.stopped[self.running & where] = word
        self.running &= ~where


def side_by_side(paths: Sequence[Path]) -> Path:
    """Join single runs along a new axis for the starts, repeating each last row."""
    longest = max(paths, key=len)
    rows = len(longest)

    def join(name: str, length: int) -> np.ndarray:
        columns = []
        for path in paths:
            column = getattr(path, name)
            if len(column) == 0:  # a run that made no update had no gradient either
                column = np.full((1, *column.shape[1:]), np.nan)
            columns.append(column[np.minimum(np.arange(length), len(column) - 1)])
        return np.stack(columns, axis=1)

    return Path(
        x=join("x", rows),
        loss=join("loss", rows),
        gradient=join("gradient", rows - 1),
        learning_rate=longest.learning_rate,
        steps=longest.steps,
        stopped=np.array([path.stopped for path in paths], dtype=object),
        stopped_at=np.array([path.stopped_at for path in paths]),
        evaluations=sum(path.evaluations for path in paths),
        loss_evaluations=sum(path.loss_evaluations for path in paths),
        curvature_evaluations=sum(path.curvature_evaluations for path in paths),
    )
