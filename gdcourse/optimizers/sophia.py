"""Sophia: averaged gradients over averaged curvatures, clipped."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdcourse.arrays import whole
from gdcourse.optimizers.method import CountedLoss, Method
from gdcourse.optimizers.rule import Array, Hyper, hyperparameters


class SophiaState(NamedTuple):
    """The averages of gradient and Hessian diagonal after ``t`` updates."""

    m: Array
    h: Array
    t: int


def sophia(
    learning_rate: Hyper = 1e-2,
    beta1: Hyper = 0.96,
    beta2: Hyper = 0.99,
    gamma: Hyper = 0.01,
    epsilon: Hyper = 1e-12,
    weight_decay: Hyper = 0.0,
    interval: int = 10,
    seed: int = 0,
) -> Method:
    """Divide the averaged gradient by averaged curvatures, and clip the step.

    Every ``interval`` steps one Hessian-vector product with random signs estimates the
    Hessian's diagonal (exactly where the Hessian is diagonal; the paper draws normal
    numbers).  The signs follow from ``seed`` and t.  ``x`` has shape (d,).
    Raises ValueError for a beta not in [0, 1), an interval below 1, or numbers below 0.
    Source: Liu et al. 2023, arXiv 2305.14342, Algorithm 3 with Hutchinson's estimator.

    >>> from gdcourse.surfaces import parabola
    >>> method, x = sophia(learning_rate=0.1), np.array([4.0])
    >>> x, state = method.step(x, CountedLoss(parabola), method.init(x))
    >>> x, state.m.round(6), state.h.round(6)
    (array([3.9]), array([0.32]), array([0.02]))
    """
    k, seed = whole(interval, "interval", 1), whole(seed, "seed", 0)
    hyper = hyperparameters(
        learning_rate=learning_rate,
        beta1=beta1,
        beta2=beta2,
        gamma=gamma,
        epsilon=epsilon,
        weight_decay=weight_decay,
        interval=k,
        seed=seed,
    )

    def init(x: Array) -> SophiaState:
        return SophiaState(m=np.zeros_like(x), h=np.zeros_like(x), t=0)

    def step(
        x: Array, loss: CountedLoss, state: SophiaState
    ) -> tuple[Array, SophiaState]:
        eta, beta1, beta2, gamma, epsilon, weight_decay, *_ = hyper.at(state.t)
        h = state.h
        m = beta1 * state.m + (1 - beta1) * loss.gradient(x)
        if state.t % k == 0:
            u = np.random.default_rng([seed, state.t]).choice([-1.0, 1.0], x.shape)
            h = beta2 * h + (1 - beta2) * u * loss.hvp(x, u)
        x = x - eta * weight_decay * x
        x = x - eta * np.clip(m / np.maximum(gamma * h, epsilon), -1, 1)
        return x, SophiaState(m, h, state.t + 1)

    return Method("Sophia", init, step, hyper)
