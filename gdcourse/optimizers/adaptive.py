"""Rules that scale each coordinate by its own past gradients."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdcourse.optimizers.rule import Array, Hyper, Rule, hyperparameters


class AdaGradState(NamedTuple):
    """The sum of squared gradients, shaped like ``x``, after ``t`` updates."""

    G: Array
    t: int


class RMSPropState(NamedTuple):
    """The average of squared gradients, shaped like ``x``, after ``t`` updates."""

    s: Array
    t: int


def adagrad(learning_rate: Hyper = 1e-2, epsilon: Hyper = 1e-10) -> Rule:
    """Scale each gradient by the root of the sum of all its squares so far.

    Source: Duchi et al. 2011, section 1.1, in its diagonal form (epsilon outside the
    root, as in PyTorch).  ``x`` and its gradient have the same shape.
    Raises ValueError for a rate or an epsilon below zero.

    >>> rule = adagrad(learning_rate=0.5)
    >>> x, state = rule.step(np.array([1.0]), np.array([3.0]), rule.init(np.ones(1)))
    >>> x.round(6), state.G
    (array([0.5]), array([9.]))
    """
    h = hyperparameters(learning_rate=learning_rate, epsilon=epsilon)

    def init(x: Array) -> AdaGradState:
        return AdaGradState(G=np.zeros_like(x), t=0)

    def step(x: Array, g: Array, state: AdaGradState) -> tuple[Array, AdaGradState]:
        alpha, epsilon = h.at(state.t)
        t = state.t + 1
        G = state.G + g**2
        x = x - alpha * g / (np.sqrt(G) + epsilon)
        return x, AdaGradState(G, t)

    return Rule("AdaGrad", init, step, h)


def _no_squares(x: Array) -> RMSPropState:
    return RMSPropState(s=np.zeros_like(x), t=0)


def rmsprop(
    learning_rate: Hyper = 1e-2, decay: Hyper = 0.99, epsilon: Hyper = 1e-8
) -> Rule:
    """Scale each gradient by the root of the moving average of its squares.

    Source: Tieleman and Hinton 2012, lecture 6.5, where the decay is 0.9 (defaults and
    epsilon outside the root as in PyTorch).  ``x`` and its gradient have the same
    shape.  Raises ValueError for a decay that is not in [0, 1) or another number below
    zero.

    >>> rule = rmsprop(learning_rate=0.25, decay=0.75)
    >>> x, state = rule.step(np.array([1.0]), np.array([3.0]), rule.init(np.ones(1)))
    >>> x.round(6), state.s
    (array([0.5]), array([2.25]))
    """
    h = hyperparameters(learning_rate=learning_rate, decay=decay, epsilon=epsilon)

    def step(x: Array, g: Array, state: RMSPropState) -> tuple[Array, RMSPropState]:
        alpha, decay, epsilon = h.at(state.t)
        t = state.t + 1
        s = decay * state.s + (1 - decay) * g**2
        x = x - alpha * g / (np.sqrt(s) + epsilon)
        return x, RMSPropState(s, t)

    return Rule("RMSProp", _no_squares, step, h)


def rmsprop_inside(
    learning_rate: Hyper = 1e-2, decay: Hyper = 0.99, epsilon: Hyper = 1e-8
) -> Rule:
    """Scale as RMSProp does, with epsilon inside the root, as Keras writes it.

    Inside, epsilon is compared with squared gradients: the one that sets the same
    floor as outside is its square.  Source: Tieleman and Hinton 2012, lecture 6.5; the
    place of epsilon is that of TensorFlow and Keras, the defaults are those of
    ``rmsprop``.  ``x`` and its gradient have the same shape.  Raises ValueError for a
    decay that is not in [0, 1) or another number below zero.

    >>> rule = rmsprop_inside(learning_rate=0.25, decay=0.75)
    >>> x, state = rule.step(np.array([1.0]), np.array([3.0]), rule.init(np.ones(1)))
    >>> x.round(6), state.s
    (array([0.5]), array([2.25]))
    """
    h = hyperparameters(learning_rate=learning_rate, decay=decay, epsilon=epsilon)

    def step(x: Array, g: Array, state: RMSPropState) -> tuple[Array, RMSPropState]:
        alpha, decay, epsilon = h.at(state.t)
        t = state.t + 1
        s = decay * state.s + (1 - decay) * g**2
        x = x - alpha * g / np.sqrt(s + epsilon)
        return x, RMSPropState(s, t)

    return Rule("RMSProp inside", _no_squares, step, h)


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
