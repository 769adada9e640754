"""A regression whose loss is known exactly, and gradient descent on its batches."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice

import numpy as np

from gdcourse.descend import DIVERGED_FACTOR
from gdcourse.path import Path
from gdcourse.surfaces import Surface
from gdcourse.training.batches import batches

MINIMUM = (1.0, -1.0)
SPREADS = (1.0, 2.0, 1.0)  # root mean squares of x, of z and of the unit of label noise
EPOCHS = 16  # orders that are drawn; longer runs go through them again


class Regression:
    """Samples (x, z) with labels y = x - z + noise, and their mean squared error.

    x and z are orthogonal, with mean squares 1 and 4.  The label noise is orthogonal to
    both and its standard deviation is ``noise``, so that for every ``noise`` the loss
    is exactly (w - 1)² + 4(b + 1)² + noise², with the Hessian diag(2, 8).

    >>> Regression(200, noise=0.5).surface.hessian([0, 0]).round(9).tolist()
    [[2.0, 0.0], [0.0, 8.0]]
    """

    def __init__(self, samples: int, noise: float, seed: int = 0) -> None:
        rng = np.random.default_rng(seed)
        q, r = np.linalg.qr(rng.normal(size=(samples, 3)))
        columns = q * np.sign(np.diag(r)) * np.sqrt(samples) * SPREADS
        self.features, self.unit = columns[:, :2], columns[:, 2]
        self.noise, self.seed = noise, seed
        x, z = self.features.T
        self.labels = MINIMUM[0] * x + MINIMUM[1] * z + noise * self.unit

    @property
    def surface(self) -> Surface:
        """The mean squared error over all samples."""
        data = dict(zip("xzy", [*self.features.T, self.labels], strict=True))
        more = {"minima": [MINIMUM], "window": [(-2.5, 6.0), (-4.0, 4.0)]}
        return Surface.mean("(w*x + b*z - y)**2", "w b", data, "full loss", **more)

    @property
    def orders(self) -> list[list[int]]:
        """The rows in the order of each epoch."""
        return [rows.tolist() for rows in self.batches(len(self.labels))[:EPOCHS]]

    def batches(self, size: int) -> list[np.ndarray]:
        """Return the rows of every batch of the epochs that are drawn."""
        rng, n = np.random.default_rng(self.seed), len(self.labels)
        return [rows for _ in range(EPOCHS) for rows in batches(n, size, rng)]

    def _rows(self, size: int, updates: int) -> list[np.ndarray]:
        return list(islice(cycle(self.batches(size)), updates))

    def seen(self, size: int, updates: int) -> np.ndarray:
        """Return how many samples were seen before the first and after each update.

        The last batch of an epoch is smaller where ``size`` does not divide it.

        >>> Regression(200, noise=0.5).seen(16, updates=13)[[0, 1, 12, 13]]
        array([  0,  16, 192, 200])
        """
        return np.cumsum([0, *map(len, self._rows(size, updates))])

    def gradients(self, point: np.ndarray) -> np.ndarray:
        """Return the gradient of each sample's loss at (w, b): shape (samples, 2)."""
        errors = self.features @ np.asarray(point, dtype=float) - self.labels
        gradients: np.ndarray = 2 * errors[:, None] * self.features
        return gradients

    def run(self, start: list[float], rate: float, size: int, steps: int) -> Path:
        """Descend along the gradients of batches; ``evaluations`` counts samples."""
        loss, x, kept = self.surface, np.asarray(start, dtype=float), []
        ceiling = loss(x) + DIVERGED_FACTOR * (1 + loss(x))
        points, stopped = [x], "step limit"
        for batch in self._rows(size, steps):
            kept.append(self.gradients(x)[batch].mean(axis=0))
            x = x - rate * kept[-1]
            points.append(x)
            if not loss(x) <= ceiling:
                stopped = "diverged"
                break
        seen = int(self.seen(size, len(kept))[-1])
        return _path(loss, points, kept, rate, stopped, seen)


def _path(
    loss: Callable[..., np.ndarray],
    points: list[np.ndarray],
    gradients: list[np.ndarray],
    rate: float,
    stopped: str,
    seen: int,
) -> Path:
    done, x = len(gradients), np.array(points)
    return Path(
        x=x,
        loss=loss(x),
        gradient=np.array(gradients),
        learning_rate=np.full(done, rate),
        steps=np.arange(done + 1),
        stopped=stopped,
        stopped_at=done,
        evaluations=seen,
    )
