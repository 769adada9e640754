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
    """Step along a decaying sum of gradients, the heavy ball (Polyak 1964).

    This is PyTorch's convention, without a factor (1 - beta), so a constant gradient
    ends in steps of ``learning_rate / (1 - beta)``.
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
