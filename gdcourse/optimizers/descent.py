"""Plain gradient descent."""

from __future__ import annotations

from typing import NamedTuple

from gdcourse.optimizers.rule import Array, Hyper, Rule, hyperparameters


class GradientDescentState(NamedTuple):
    """``t`` updates done so far."""

    t: int


def gradient_descent(learning_rate: Hyper = 1e-2) -> Rule:
    """Step against the gradient, as far as its length times the learning rate.

    Source: Cauchy 1847; with noisy gradients Robbins and Monro 1951.
    ``learning_rate`` is a number or a schedule.  ``x`` and its gradient have the same
    shape; the state only counts.  Raises ValueError for a rate below zero.

    >>> rule = gradient_descent(learning_rate=0.1)
    >>> rule.step(7.0, 14.0, rule.init(7.0))
    (5.6, GradientDescentState(t=1))
    """
    h = hyperparameters(learning_rate=learning_rate)

    def init(x: Array) -> GradientDescentState:
        return GradientDescentState(t=0)

    def step(
        x: Array, g: Array, state: GradientDescentState
    ) -> tuple[Array, GradientDescentState]:
        (alpha,) = h.at(state.t)
        t = state.t + 1
        x = x - alpha * g
        return x, GradientDescentState(t)

    return Rule("gradient descent", init, step, h)
