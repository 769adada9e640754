"""L-BFGS: Newton's step from the changes of recent gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gdcourse.arrays import whole
from gdcourse.optimizers.line_search import armijo
from gdcourse.optimizers.method import CountedLoss, Method
from gdcourse.optimizers.rule import Array, Hyper, fraction, hyperparameters


class LBFGSState(NamedTuple):
    """Recent steps ``s``, the gradient's changes ``y``, the last length, and ``t``."""

    s: tuple[Array, ...]
    y: tuple[Array, ...]
    alpha: float
    t: int


def two_loop(g: Array, s: Sequence[Array], y: Sequence[Array]) -> Array:
    """Return the inverse Hessian that the pairs (s, y) imply, times ``g``.

    All arrays have shape (d,), the oldest pair first; no matrix is built.
    Source: Nocedal and Wright 2006, Numerical Optimization, Algorithm 7.4.

    >>> two_loop(np.array([6.0]), s=[np.array([1.0])], y=[np.array([2.0])])
    array([3.])
    """
    q, alphas = g, []
    for s_i, y_i in zip(reversed(s), reversed(y), strict=True):
        alphas.append((s_i @ q) / (y_i @ s_i))
        q = q - alphas[-1] * y_i
    r = q * (s[-1] @ y[-1]) / (y[-1] @ y[-1]) if s else q
    for s_i, y_i, alpha_i in zip(s, y, reversed(alphas), strict=True):
        r = r + s_i * (alpha_i - (y_i @ r) / (y_i @ s_i))
    return r


def lbfgs(
    learning_rate: Hyper = 1.0,
    memory: int = 10,
    shrink: float = 0.5,
    decrease: float = 1e-4,
) -> Method:
    """Step as Newton would if recent changes of the gradient were all the curvature.

    ``memory`` pairs of steps and changes stand for the inverse Hessian.  The length is
    ``learning_rate`` (without a pair at most that over the gradient's norm), shrunk as
    in ``backtracking``; a step against the curvature leaves no pair.  ``x`` has shape
    (d,).  Raises ValueError for a memory below 1 and as ``backtracking`` does.
    Source: Liu and Nocedal 1989, Mathematical Programming 45.

    >>> from gdcourse import descend
    >>> from gdcourse.surfaces import rosenbrock
    >>> path = descend(rosenbrock, lbfgs(), [-1.5, 2], steps=100, tolerance=1e-8)
    >>> path.x[-1].round(6), path.stopped
    (array([1., 1.]), 'converged')
    """
    memory = whole(memory, "memory", 1)
    fraction(shrink, "shrink")
    fraction(decrease, "decrease")
    h = hyperparameters(
        learning_rate=learning_rate, memory=memory, shrink=shrink, decrease=decrease
    )

    def init(x: Array) -> LBFGSState:
        return LBFGSState(s=(), y=(), alpha=0.0, t=0)

    def step(
        x: Array, loss: CountedLoss, state: LBFGSState
    ) -> tuple[Array, LBFGSState]:
        alpha, _, shrink, decrease = h.at(state.t)
        g, s, y = loss.gradient(x), state.s, state.y
        if not s:
            alpha = alpha / max(np.sqrt(g @ g), 1.0)
        new, alpha = armijo(loss, x, -two_loop(g, s, y), alpha, shrink, decrease)
        s_t, y_t = new - x, loss.gradient(new) - g
        if s_t @ y_t > 0:
            s, y = (*s, s_t)[-memory:], (*y, y_t)[-memory:]
        return new, LBFGSState(s, y, alpha, state.t + 1)

    return Method("L-BFGS", init, step, h, frozenset({"line search"}))
