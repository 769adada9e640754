"""Steps as long as the loss allows: backtracking line search."""

from __future__ import annotations

from typing import NamedTuple

from gdcourse.optimizers.method import CountedLoss, Method
from gdcourse.optimizers.rule import Array, Hyper, fraction, hyperparameters

SHORTEST = 1e-20  # a step cut down to this part of its first length is given up


class BacktrackingState(NamedTuple):
    """The length ``alpha`` of the last step, after ``t`` updates."""

    alpha: float
    t: int


def armijo(
    loss: CountedLoss, x: Array, p: Array, first: float, shrink: float, decrease: float
) -> tuple[Array, float]:
    """Return ``x + alpha * p`` and alpha: ``first``, shrunk until that is low enough.

    The loss must fall by ``decrease`` times what the slope along ``p`` promises (Armijo
    1966).  If no length does it, as at a minimum to the last digit, ``x`` and 0.

    >>> import numpy as np
    >>> from gdcourse.surfaces import parabola
    >>> armijo(CountedLoss(parabola), np.array([3.0]), np.array([-6.0]), 1.0, 0.5, 1e-4)
    (array([0.]), 0.5)
    """
    f, slope, alpha = loss.value(x), loss.gradient(x) @ p, first
    while alpha > SHORTEST * first:
        new = x + alpha * p
        if loss.value(new) <= f + decrease * alpha * slope:
            return new, alpha
        alpha = alpha * shrink
    return x, 0.0


def backtracking(
    learning_rate: Hyper = 1.0, shrink: float = 0.5, decrease: float = 1e-4
) -> Method:
    """Step against the gradient, by the first length that lowers the loss enough.

    The lengths tried are ``learning_rate``, ``shrink`` times that, and so on; enough is
    ``decrease`` times what the slope promises.  The state's ``alpha``, and with
    ``descend`` the path's learning rate, is the length taken.  ``x`` has shape (d,).
    Raises ValueError for a rate below zero or a fraction not between 0 and 1.
    Source: Armijo 1966; Nocedal and Wright 2006, Numerical Optimization, Algorithm 3.1.

    >>> import numpy as np
    >>> from gdcourse.surfaces import parabola
    >>> method, x = backtracking(), np.array([3.0])
    >>> method.step(x, CountedLoss(parabola), method.init(x))  # not 3 - 1 * 6
    (array([0.]), BacktrackingState(alpha=0.5, t=1))
    """
    fraction(shrink, "shrink")
    fraction(decrease, "decrease")
    h = hyperparameters(learning_rate=learning_rate, shrink=shrink, decrease=decrease)

    def init(x: Array) -> BacktrackingState:
        return BacktrackingState(alpha=0.0, t=0)

    def step(
        x: Array, loss: CountedLoss, state: BacktrackingState
    ) -> tuple[Array, BacktrackingState]:
        g = loss.gradient(x)
        x, alpha = armijo(loss, x, -g, *h.at(state.t))
        return x, BacktrackingState(alpha, state.t + 1)

    return Method("backtracking", init, step, h, frozenset({"line search"}))
