"""Rules with weight decay, coupled and decoupled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdcourse.optimizers.adaptive import AdamState
from gdcourse.optimizers.rule import Array, Hyper, Rule, hyperparameters


class LionState(NamedTuple):
    """The averaged gradient, shaped like ``x``, after ``t`` updates."""

    m: Array
    t: int


def _no_moments(x: Array) -> AdamState:
    return AdamState(m=np.zeros_like(x), v=np.zeros_like(x), t=0)


def adam_l2(
    learning_rate: Hyper = 1e-3,
    beta1: Hyper = 0.9,
    beta2: Hyper = 0.999,
    epsilon: Hyper = 1e-8,
    weight_decay: Hyper = 1e-2,
) -> Rule:
    """Run Adam on a loss with an L2 penalty, whose gradient enters both moments.

    Source: Loshchilov and Hutter 2019, arXiv 1711.05101, Algorithm 2 with L2; this is
    what ``weight_decay`` does in PyTorch's Adam (there it is 0 unless it is set).
    ``x`` and its gradient have the same shape.  Raises ValueError for a beta that is
    not in [0, 1) or another number below zero.

    >>> rule = adam_l2(learning_rate=0.1, weight_decay=0.5)
    >>> x, state = rule.step(np.array([2.0]), np.array([0.0]), rule.init(np.ones(1)))
    >>> x.round(6), state.m.round(6)
    (array([1.9]), array([0.1]))
    """
    h = hyperparameters(
        learning_rate=learning_rate,
        beta1=beta1,
        beta2=beta2,
        epsilon=epsilon,
        weight_decay=weight_decay,
    )

    def step(x: Array, g: Array, state: AdamState) -> tuple[Array, AdamState]:
        alpha, beta1, beta2, epsilon, weight_decay = h.at(state.t)
        t = state.t + 1
        g_tilde = g + weight_decay * x
        m = beta1 * state.m + (1 - beta1) * g_tilde
        v = beta2 * state.v + (1 - beta2) * g_tilde**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        x = x - alpha * m_hat / (np.sqrt(v_hat) + epsilon)
        return x, AdamState(m, v, t)

    return Rule("Adam L2", _no_moments, step, h)


def adamw(
    learning_rate: Hyper = 1e-3,
    beta1: Hyper = 0.9,
    beta2: Hyper = 0.999,
    epsilon: Hyper = 1e-8,
    weight_decay: Hyper = 1e-2,
) -> Rule:
    """Run Adam, and shrink the weights apart from its moments.

    Source: Loshchilov and Hutter 2019, arXiv 1711.05101, Algorithm 2, decoupled; as in
    PyTorch the decay is multiplied by the learning rate, so the paper's lambda is
    ``learning_rate * weight_decay``.  ``x`` and its gradient have the same shape.
    Raises ValueError for a beta that is not in [0, 1) or another number below zero.

    >>> rule = adamw(learning_rate=0.1, weight_decay=0.5)
    >>> x, state = rule.step(np.array([2.0]), np.array([0.0]), rule.init(np.ones(1)))
    >>> x.round(6), state.m
    (array([1.9]), array([0.]))
    """
    h = hyperparameters(
        learning_rate=learning_rate,
        beta1=beta1,
        beta2=beta2,
        epsilon=epsilon,
        weight_decay=weight_decay,
    )

    def step(x: Array, g: Array, state: AdamState) -> tuple[Array, AdamState]:
        alpha, beta1, beta2, epsilon, weight_decay = h.at(state.t)
        t = state.t + 1
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        x = x - alpha * (m_hat / (np.sqrt(v_hat) + epsilon) + weight_decay * x)
        return x, AdamState(m, v, t)

    return Rule("AdamW", _no_moments, step, h)


def lion(
    learning_rate: Hyper = 1e-4,
    beta1: Hyper = 0.9,
    beta2: Hyper = 0.99,
    weight_decay: Hyper = 0.0,
) -> Rule:
    """Step by the sign of a mix of gradient and average, and shrink the weights.

    Source: Chen et al. 2023, arXiv 2302.06675, Algorithm 2.  ``x`` and its gradient
    have the same shape.  Raises ValueError for a beta that is not in [0, 1) or another
    number below zero.

    >>> rule = lion(learning_rate=0.1)
    >>> x, state = rule.step(np.array([1.0]), np.array([5.0]), rule.init(np.ones(1)))
    >>> x, state.m.round(6)
    (array([0.9]), array([0.05]))
    """
    h = hyperparameters(
        learning_rate=learning_rate,
        beta1=beta1,
        beta2=beta2,
        weight_decay=weight_decay,
    )

    def init(x: Array) -> LionState:
        return LionState(m=np.zeros_like(x), t=0)

    def step(x: Array, g: Array, state: LionState) -> tuple[Array, LionState]:
        alpha, beta1, beta2, weight_decay = h.at(state.t)
        t = state.t + 1
        c = beta1 * state.m + (1 - beta1) * g
        x = x - alpha * (np.sign(c) + weight_decay * x)
        m = beta2 * state.m + (1 - beta2) * g
        return x, LionState(m, t)

    return Rule("Lion", init, step, h)
