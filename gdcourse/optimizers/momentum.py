"""Rules that keep a velocity."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdcourse.optimizers.rule import Array, Hyper, Rule, hyperparameters


class MomentumState(NamedTuple):
    """The velocity, shaped like ``x``, after ``t`` updates."""

    velocity: Array
    t: int


def momentum(learning_rate: Hyper = 1e-2, beta: Hyper = 0.9) -> Rule:
    """Step along a decaying sum of gradients, the heavy ball.

    This is PyTorch's convention, without a factor (1 - beta), so a constant gradient
    g ends in steps of ``learning_rate * g / (1 - beta)``.  Source: Polyak 1964.  ``x``
    and its gradient have the same shape.  Raises ValueError for a beta that is not in
    [0, 1) or a rate below zero.

    >>> rule = momentum(learning_rate=0.1, beta=0.9)
    >>> x, state = rule.step(np.array([1.0]), np.array([2.0]), rule.init(np.ones(1)))
    >>> x, state.velocity
    (array([0.8]), array([2.]))
    """
    h = hyperparameters(learning_rate=learning_rate, beta=beta)

    def init(x: Array) -> MomentumState:
        return MomentumState(velocity=np.zeros_like(x), t=0)

    def step(x: Array, g: Array, state: MomentumState) -> tuple[Array, MomentumState]:
        alpha, beta = h.at(state.t)
        t = state.t + 1
        v = beta * state.velocity + g
        x = x - alpha * v
        return x, MomentumState(v, t)

    return Rule("momentum", init, step, h)
