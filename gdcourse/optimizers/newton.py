"""Newton's method, with damping."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdcourse.optimizers.method import CountedLoss, Method
from gdcourse.optimizers.rule import Array, Hyper, hyperparameters


class NewtonState(NamedTuple):
    """``t`` updates done so far."""

    t: int


def newton(learning_rate: Hyper = 1.0, damping: Hyper = 0.0) -> Method:
    """Step to where the gradient of the local quadratic is zero: least or not.

    The step p solves (H + damping * I) p = g.  Without damping one step finds the
    minimum of a bowl, but also the top of a hill and the middle of a saddle; a damping
    above minus H's least eigenvalue turns every step downhill.  ``x`` has shape (d,).
    Raises ValueError for numbers below zero and, in ``step``, for a singular matrix.
    Source: Nocedal and Wright 2006, Numerical Optimization, section 3.4.

    >>> from gdcourse.surfaces import bowl
    >>> method, x = newton(), np.array([-4.0, 2.5])
    >>> method.step(x, CountedLoss(bowl), method.init(x))[0]
    array([0., 0.])
    """
    h = hyperparameters(learning_rate=learning_rate, damping=damping)

    def init(x: Array) -> NewtonState:
        return NewtonState(t=0)

    def step(
        x: Array, loss: CountedLoss, state: NewtonState
    ) -> tuple[Array, NewtonState]:
        alpha, damping = h.at(state.t)
        g, H = loss.gradient(x), loss.hessian(x)
        try:
            p = np.linalg.solve(H + damping * np.eye(x.size), g)
        except np.linalg.LinAlgError:
            raise ValueError(
                f"At x = {x} the Hessian with damping = {damping} is singular, so that "
                "Newton has no step there: use another damping above zero."
            ) from None
        return x - alpha * p, NewtonState(state.t + 1)

    return Method("Newton", init, step, h)
