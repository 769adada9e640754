"""Rules that keep a velocity."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdcourse.optimizers.rule import Array, Hyper, Rule, hyperparameters


class MomentumState(NamedTuple):
    """The velocity, shaped like ``x``, after ``t`` updates."""

    velocity: Array
    t: int


def _at_rest(x: Array) -> MomentumState:
    return MomentumState(velocity=np.zeros_like(x), t=0)


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

    def step(x: Array, g: Array, state: MomentumState) -> tuple[Array, MomentumState]:
        alpha, beta = h.at(state.t)
        t = state.t + 1
        v = beta * state.velocity + g
        x = x - alpha * v
        return x, MomentumState(v, t)

    return Rule("momentum", _at_rest, step, h)


def ema_momentum(learning_rate: Hyper = 1e-2, beta: Hyper = 0.9) -> Rule:
    """Step along the exponential moving average of the gradients.

    A constant gradient g ends in steps of ``learning_rate * g``; a constant rate of
    ``alpha / (1 - beta)`` follows the path of ``momentum(alpha)``.  Source: the first
    moment of Kingma and Ba 2015, arXiv 1412.6980, Algorithm 1, uncorrected.  ``x`` and
    its gradient have the same shape.  Raises ValueError for a beta that is not in
    [0, 1) or a rate below zero.

    >>> rule = ema_momentum(learning_rate=1.0, beta=0.75)
    >>> x, state = rule.step(np.array([1.0]), np.array([2.0]), rule.init(np.ones(1)))
    >>> x, state.velocity
    (array([0.5]), array([0.5]))
    """
    h = hyperparameters(learning_rate=learning_rate, beta=beta)

    def step(x: Array, g: Array, state: MomentumState) -> tuple[Array, MomentumState]:
        alpha, beta = h.at(state.t)
        t = state.t + 1
        v = beta * state.velocity + (1 - beta) * g
        x = x - alpha * v
        return x, MomentumState(v, t)

    return Rule("EMA momentum", _at_rest, step, h)


def nesterov(learning_rate: Hyper = 1e-2, beta: Hyper = 0.9) -> Rule:
    """Step along the gradient and the velocity that already contains it.

    This is PyTorch's form, which asks for gradients where it stands.
    Source: Sutskever et al. 2013, equations 3 and 4, written for the look-ahead point
    as in Bengio et al. 2013, arXiv 1212.0901.  ``x`` and its gradient have the same
    shape.  Raises ValueError for a beta that is not in [0, 1) or a rate below zero.

    >>> rule = nesterov(learning_rate=0.5, beta=0.5)
    >>> x, state = rule.step(np.array([1.0]), np.array([2.0]), rule.init(np.ones(1)))
    >>> x, state.velocity
    (array([-0.5]), array([2.]))
    """
    h = hyperparameters(learning_rate=learning_rate, beta=beta)

    def step(x: Array, g: Array, state: MomentumState) -> tuple[Array, MomentumState]:
        alpha, beta = h.at(state.t)
        t = state.t + 1
        v = beta * state.velocity + g
        x = x - alpha * (g + beta * v)
        return x, MomentumState(v, t)

    return Rule("Nesterov", _at_rest, step, h)


def nesterov_original(learning_rate: Hyper = 1e-2, beta: Hyper = 0.9) -> Rule:
    """Take the gradient where the velocity alone would lead, then step.

    ``probe`` gives that look-ahead point, which with constant numbers follows the path
    of ``nesterov``.  Source: Nesterov 1983, in the form of Sutskever et al. 2013,
    equations 3 and 4, with the other sign of the velocity.  ``x`` and its gradient have
    the same shape.  Raises ValueError for a beta that is not in [0, 1) or a rate below
    zero.

    >>> rule = nesterov_original(learning_rate=0.5, beta=0.5)
    >>> x, state = rule.step(np.array([1.0]), np.array([2.0]), rule.init(np.ones(1)))
    >>> x, state.velocity, rule.probe(x, state)
    (array([0.]), array([1.]), array([-0.5]))
    """
    h = hyperparameters(learning_rate=learning_rate, beta=beta)

    def probe(x: Array, state: MomentumState) -> Array:
        _, beta = h.at(state.t)
        return x - beta * state.velocity

    def step(x: Array, g: Array, state: MomentumState) -> tuple[Array, MomentumState]:
        alpha, beta = h.at(state.t)
        t = state.t + 1
        v = beta * state.velocity + alpha * g
        x = x - v
        return x, MomentumState(v, t)

    return Rule("original Nesterov", _at_rest, step, h, probe=probe)
