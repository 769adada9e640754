"""Surfaces in as many dimensions as wanted, made by functions."""

from __future__ import annotations

import math

import numpy as np

from gdcourse.arrays import whole
from gdcourse.surface import Surface


def rosenbrock_in(n: int) -> Surface:
    """Make Rosenbrock's valley over ``n`` coordinates, each pair of neighbours a term.

    Points have shape (..., n).  From four coordinates on there is a second, local
    minimum near (-1, 1, ..., 1).  Source: Rosenbrock 1960; in n dimensions as
    ``scipy.optimize.rosen`` has it.  Raises ValueError for ``n`` below 2.

    >>> rosenbrock_in(2000).gradient([0] * 2000)[:2].tolist()
    [-2.0, -2.0]
    """
    return Surface.sum(
        "100*(v - u**2)**2 + (1 - u)**2",
        "pairs",
        whole(n, "n", 2),
        "Rosenbrock",
        minima=[[1] * n],
        window=[(-2, 2)] * n,
        source="Rosenbrock, The Computer Journal 3 (1960), 175-184, over neighbours",
    )


def rastrigin_in(n: int) -> Surface:
    """Make Rastrigin's bowl over ``n`` coordinates, with a dip near each whole point.

    Points have shape (..., n).  Source: Rastrigin 1974; in n dimensions Mühlenbein,
    Schomisch and Born 1991.  Raises ValueError for ``n`` below 1.

    >>> round(float(rastrigin_in(3)([1, 1, 1])), 12)
    3.0
    """
    return Surface.sum(
        "10 + u**2 - 10*cos(2*pi*u)",
        "coordinates",
        whole(n, "n", 1),
        "Rastrigin",
        minima=[[0] * n],
        window=[(-5.12, 5.12)] * n,
        source="Mühlenbein, Schomisch and Born, Parallel Computing 17 (1991), 619-632",
    )


def quadratic(condition: float, dimension: int = 2) -> Surface:
    """Make a quadratic bowl whose Hessian has the chosen condition number.

    Its eigenvalues are spaced evenly on a logarithmic axis from 1 to ``condition``,
    along the coordinates.  Points have shape (..., dimension).  Raises ValueError for
    a ``condition`` below 1 or a ``dimension`` below 2.

    >>> quadratic(100, dimension=3).gradient([1, 1, 1]).tolist()
    [1.0, 10.0, 100.0]
    """
    number = isinstance(condition, (int, float, np.integer, np.floating))
    if isinstance(condition, bool) or not number or not 1 <= condition < math.inf:
        raise ValueError(
            f"condition = {condition!r} must be a finite number of at least 1, such as "
            "100."
        )
    n = whole(dimension, "dimension", 2)
    return Surface.sum(
        f"{float(condition)}**((i - 1)/{n - 1})*u**2/2",
        "coordinates",
        n,
        f"quadratic of condition number {condition:g}",
        minima=[[0] * n],
        window=[(-3, 3)] * n,
        source="a quadratic with eigenvalues from 1 to its condition number",
    )
