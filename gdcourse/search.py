"""Search without gradients: every point of a grid, or points at random."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10
from typing import NamedTuple

import numpy as np

from gdcourse.arrays import generator, whole
from gdcourse.surfaces import Surface

__all__ = ["Found", "grid_search", "random_search"]

MOST = 10**8  # points, which take about a quarter of a minute
NUMBERS = 2**18  # coordinates held at once


class Found(NamedTuple):
    """The best point ``x`` of shape (d,), its loss, and how many losses that took."""

    x: np.ndarray
    value: float
    evaluations: int


def grid_search(surface: Surface, points_per_axis: int) -> Found:
    """Return the lowest of the points of a regular grid over the surface's window.

    The grid has ``points_per_axis`` to the power d points, edges included, which is
    what rules it out in many dimensions.  Raises ValueError for fewer than 2 an axis,
    or more than 1e8 in all.

    >>> from gdcourse.surfaces import himmelblau
    >>> grid_search(himmelblau, points_per_axis=11)
    Found(x=array([3., 2.]), value=0.0, evaluations=121)
    """
    n, d = whole(points_per_axis, "points_per_axis", 2), surface.dimension
    total = n**d
    if total > MOST:
        raise ValueError(
            f"points_per_axis = {n} in {d} dimension(s) would be {_words(n, d)} "
            f"points: pass fewer, for {MOST:,} at most, or use random_search."
        )
    axes = [np.linspace(low, high, n) for low, high in surface.window]
    grid = (
        np.stack([a[i] for a, i in zip(axes, place, strict=True)], axis=-1)
        for chunk in _chunks(total, d)
        for place in [np.unravel_index(chunk, (n,) * d)]
    )
    return _lowest(surface, grid, total)


def random_search(
    surface: Surface, evaluations: int, rng: np.random.Generator
) -> Found:
    """Return the lowest of ``evaluations`` random points in the surface's window.

    The points are uniform.  Raises ValueError for fewer than 1 or an ``rng`` that is
    no generator.  Source: Bergstra and Bengio 2012, JMLR 13.

    >>> from gdcourse.surfaces import bowl
    >>> found = random_search(bowl, 1000, np.random.default_rng(0))
    >>> found.value < 0.1, found.evaluations
    (True, 1000)
    """
    total, rng = whole(evaluations, "evaluations", 1), generator(rng)
    low, high = np.array(surface.window).T
    points = (
        rng.uniform(low, high, (len(chunk), surface.dimension))
        for chunk in _chunks(total, surface.dimension)
    )
    return _lowest(surface, points, total)


def _chunks(total: int, dimension: int) -> Iterator[range]:
    """Cut ``range(total)`` into pieces that fit the processor's cache."""
    size = max(1, NUMBERS // dimension)
    for start in range(0, total, size):
        yield range(start, min(start + size, total))


def _lowest(surface: Surface, chunks: Iterator[np.ndarray], total: int) -> Found:
    """Return the first of the lowest points; a loss of NaN counts as high."""
    best = Found(np.full(surface.dimension, np.nan), np.inf, total)
    with np.errstate(all="ignore"):
        for points in chunks:
            losses = np.nan_to_num(surface.quick_value(points), nan=np.inf)
            at = int(np.argmin(losses))
            if losses[at] < best.value:
                best = Found(points[at], float(losses[at]), total)
    return best


def _words(n: int, d: int) -> str:
    return f"{n**d:,}" if n**d < 10**15 else f"about 10^{floor(d * log10(n))}"
