"""Basins: where the runs from many starts end."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdcourse.arrays import whole
from gdcourse.descend import descend
from gdcourse.optimizers import Rule
from gdcourse.surfaces import Surface

ELSEWHERE, DIVERGED = -1, -2
TOLERANCE = 1e-6  # a run whose gradient is no longer than this has arrived
NEAR = 0.01  # as a part of the window's diagonal: so near a minimum is at it


def window_grid(surface: Surface, across: int = 40) -> np.ndarray:
    """Return the centres of ``across`` x ``across`` cells of a surface's window.

    The shape is (across**2, 2): row by row from low y to high y.

    >>> from gdcourse.surfaces import bowl
    >>> window_grid(bowl, 2)[:2].tolist()
    [[-2.5, -1.6], [2.5, -1.6]]
    """
    centres = (np.arange(whole(across, "across", 1)) + 0.5) / across
    x, y = (low + (high - low) * centres for low, high in surface.window)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def endings(
    surface: Surface, rule: Rule, starts: Any, steps: int = 500
) -> tuple[np.ndarray, np.ndarray]:
    """Return where the run from each of the ``starts`` (n, 2) ends, and after how long.

    The first array holds the number of a minimum of the surface, ELSEWHERE or
    DIVERGED; the second the updates done.  Raises ValueError as ``descend`` does.

    >>> from gdcourse.optimizers import gradient_descent
    >>> from gdcourse.surfaces import strict_saddle
    >>> endings(strict_saddle, gradient_descent(0.1), [[1, -1], [1, 1], [1, 0]])[0]
    array([ 0,  1, -1])
    """
    path = descend(
        *(surface, rule), starts=starts, steps=steps, tolerance=TOLERANCE, record="last"
    )
    minima = np.reshape(surface.minima, (-1, surface.dimension))
    where = np.full(len(path.stopped), ELSEWHERE)
    if len(minima):
        with np.errstate(all="ignore"):
            apart = np.linalg.norm(path.x[-1][:, None] - minima, axis=-1)
        near = np.nanargmin(np.nan_to_num(apart, nan=np.inf), axis=1)
        close = apart[np.arange(len(near)), near] <= radius(surface)
        where = np.where(close, near, where)
    diverged = np.asarray(path.stopped) == "diverged"
    return np.where(diverged, DIVERGED, where), np.asarray(path.stopped_at)


def radius(surface: Surface) -> float:
    """Return how near a minimum counts as being at it.

    >>> from gdcourse.surfaces import himmelblau
    >>> round(radius(himmelblau), 4)
    0.1414
    """
    sides = [high - low for low, high in surface.window]
    return NEAR * float(np.linalg.norm(sides))
