"""Points in the plane that no straight line parts: two moons, and spirals."""

from __future__ import annotations

import numpy as np

from gdcourse.arrays import whole
from gdcourse.optimizers.rule import nonnegative


def two_moons(
    n: int, noise: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return ``n`` points on two half circles that reach into each other.

    The points have shape (n, 2) and the labels, 0 and 1 in turn, (n,).  The circles
    have radius 1; ``noise`` is the standard deviation of the normal noise added to each
    coordinate.  Raises ValueError for fewer points than labels, or negative noise.
    Source: ``make_moons`` of scikit-learn.

    >>> points, labels = two_moons(n=4, noise=0.0, rng=np.random.default_rng(0))
    >>> points.round(2).tolist(), labels
    ([[1.0, 0.0], [0.0, 0.5], [-1.0, 0.0], [2.0, 0.5]], array([0, 1, 0, 1]))
    """
    labels, along = _in_turn(n, classes=2)
    x, y = np.cos(np.pi * along), np.sin(np.pi * along)
    upper = labels == 0
    points = np.column_stack([np.where(upper, x, 1 - x), np.where(upper, y, 0.5 - y)])
    return _disturbed(points, noise, rng), labels


def spirals(
    n: int, classes: int, noise: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return ``n`` points on spirals that wind from radius 0.1 to 1 around the origin.

    Each makes three quarters of a turn.  The points have shape (n, 2) and the labels, 0
    to ``classes`` - 1 in turn, (n,); ``noise`` is the standard deviation of the normal
    noise added to each coordinate.  Raises ValueError for fewer than two classes, fewer
    points than classes, or negative noise.  Source: after Lang and Witbrock 1988.

    >>> points, labels = spirals(4, classes=2, noise=0.0, rng=np.random.default_rng(0))
    >>> points.round(2).tolist(), labels
    ([[0.1, 0.0], [-0.1, 0.0], [-0.0, -1.0], [0.0, 1.0]], array([0, 1, 0, 1]))
    """
    labels, along = _in_turn(n, whole(classes, "classes", 2))
    radius = 0.1 + 0.9 * along
    angle = 2 * np.pi * (labels / classes + 0.75 * along)
    points = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return _disturbed(points, noise, rng), labels


def _in_turn(n: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the label of each point, and how far along its curve it lies: 0 to 1."""
    count = np.arange(whole(n, "n", classes))
    turn = count // classes
    return count % classes, turn / max(turn[-1], 1)


def _disturbed(
    points: np.ndarray, noise: float, rng: np.random.Generator
) -> np.ndarray:
    nonnegative(noise, "noise")
    disturbed: np.ndarray = points + noise * rng.standard_normal(points.shape)
    return disturbed
