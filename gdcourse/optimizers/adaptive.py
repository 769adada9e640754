"""Rules that scale each coordinate by its own past gradients."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdcourse.optimizers.rule import Array, Hyper, Rule, hyperparameters


class AdamState(NamedTuple):
    """First and second moment, shaped like ``x``, after ``t`` updates."""

    m: Array
    v: Array
    t: int


def adam(
    learning_rate: Hyper = 1e-3,
    beta1: Hyper = 0.9,
    beta2: Hyper = 0.999,
    epsilon: Hyper = 1e-8,
) -> Rule:
    """Scale averaged gradients by the root of their averaged squares.

    Source: Kingma and Ba 2015, arXiv 1412.6980, Algorithm 1 (epsilon outside the
    root, as in PyTorch).  ``x`` and its gradient have the same shape; every
    hyper-parameter is a number or a schedule.  Raises ValueError for a beta that is
    not in [0, 1) or another number below zero.

    >>> rule = adam(learning_rate=0.1)
    >>> x, state = rule.step(np.array([1.0]), np.array([5.0]), rule.init(np.ones(1)))
    >>> x.round(6), state.t
    (array([0.9]), 1)
    """
    h = hyperparameters(
        learning_rate=learning_rate, beta1=beta1, beta2=beta2, epsilon=epsilon
    )

    def init(x: Array) -> AdamState:
        return AdamState(m=np.zeros_like(x), v=np.zeros_like(x), t=0)

    def step(x: Array, g: Array, state: AdamState) -> tuple[Array, AdamState]:
        alpha, beta1, beta2, epsilon = h.at(state.t)
        t = state.t + 1
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        x = x - alpha * m_hat / (np.sqrt(v_hat) + epsilon)
        return x, AdamState(m, v, t)

    return Rule("Adam", init, step, h)
