"""Before training: part the samples, and bring their columns to one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from gdcourse.arrays import paired, samples


class Samples(NamedTuple):
    """Inputs of shape (N, ...) and what belongs to each of them, (N, ...)."""

    x: np.ndarray
    y: np.ndarray


@dataclass(frozen=True)
class Scaling:
    """Two numbers a column, learned from training data: call it on any data.

    >>> scaling = standardise([[1.0], [3.0]])
    >>> scaling([[5.0]]), scaling.undo([[3.0]])
    (array([[3.]]), array([[5.]]))
    """

    shift: np.ndarray
    scale: np.ndarray

    def __call__(self, x: Any) -> np.ndarray:
        """Return data in the new scale."""
        scaled: np.ndarray = (np.asarray(x) - self.shift) / self.scale
        return scaled

    def undo(self, x: Any) -> np.ndarray:
        """Return scaled data to the units that they had."""
        given: np.ndarray = np.asarray(x) * self.scale + self.shift
        return given


def split(
    x: Any, y: Any, fraction: float, rng: np.random.Generator
) -> tuple[Samples, Samples]:
    """Part samples at random: training first, then ``fraction`` of them for validation.

    Raises ValueError unless ``x`` and ``y`` hold equally many samples and each part
    gets one at least.

    >>> x, y = np.arange(8.0), np.arange(8)
    >>> training, validation = split(x, y, 0.25, np.random.default_rng(0))
    >>> len(training.x), len(validation.x), bool((validation.x == validation.y).all())
    (6, 2, True)
    """
    x, y = paired(x, y)
    held = round(fraction * len(x)) if 0 < fraction < 1 else 0
    if not 0 < held < len(x):
        raise ValueError(
            f"fraction = {fraction!r} of {len(x)} samples must leave some on both "
            "sides: pass a number such as 0.2."
        )
    order = rng.permutation(len(x))
    return (
        Samples(x[order[held:]], y[order[held:]]),
        Samples(x[order[:held]], y[order[:held]]),
    )


def standardise(x: Any) -> Scaling:
    """Return the scaling that gives each column of ``x`` mean 0 and deviation 1.

    ``x`` has shape (N,) or (N, d).  A column that never changes is only moved to 0.
    Learn it from the training data alone, then apply it to all.  Raises ValueError for
    data that are empty or not finite.

    >>> scaling = standardise([[1.0, 5.0], [3.0, 5.0]])
    >>> scaling([[1.0, 5.0], [4.0, 6.0]]).tolist()
    [[-1.0, 0.0], [2.0, 1.0]]
    """
    rows = samples(x, "x")
    return _scaling(rows.mean(axis=0), rows.std(axis=0))


def min_max(x: Any) -> Scaling:
    """Return the scaling that takes each column of ``x`` to the range from 0 to 1.

    ``x`` has shape (N,) or (N, d).  A column that never changes is only moved to 0.
    Other data may leave the range.  Raises ValueError for data that are empty or not
    finite.

    >>> scaling = min_max([[1.0, 5.0], [3.0, 5.0]])
    >>> scaling([[2.0, 5.0], [5.0, 6.0]]).tolist()
    [[0.5, 0.0], [2.0, 1.0]]
    """
    rows = samples(x, "x")
    return _scaling(rows.min(axis=0), np.ptp(rows, axis=0))


def _scaling(shift: np.ndarray, width: np.ndarray) -> Scaling:
    return Scaling(shift, np.where(width > 0, width, 1.0))
