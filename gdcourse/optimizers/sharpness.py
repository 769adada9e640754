"""Sharpness-aware minimisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from gdcourse.optimizers.descent import gradient_descent
from gdcourse.optimizers.method import CountedLoss, Method
from gdcourse.optimizers.rule import Array, Hyper, Rule, hyperparameters, rule_from

TINY = float(np.finfo(float).tiny)


class SAMState(NamedTuple):
    """The state of the rule inside, after ``t`` updates."""

    base: Any
    t: int


def sam(rule: Rule | Callable[..., Any] | None = None, rho: Hyper = 0.05) -> Method:
    """Step by ``rule`` with the gradient at the worst point within ``rho`` of ``x``.

    That point is rho uphill, to first order.  Each step costs two gradients.  Without
    a rule it is gradient descent.  ``x`` has shape (d,).  Raises ValueError for a rho
    below zero or a rule that takes its gradient elsewhere.
    Source: Foret et al. 2021, arXiv 2010.01412, Algorithm 1, with the 2-norm.

    >>> from gdcourse.surfaces import parabola
    >>> method, x = sam(gradient_descent(0.1), rho=0.5), np.array([1.0])
    >>> method.step(x, CountedLoss(parabola), method.init(x))[0]  # 1 - 0.1 * 2 * 1.5
    array([0.7])
    """
    rule = rule_from(gradient_descent() if rule is None else rule)
    if rule.probe is not None:
        raise ValueError(
            f"sam cannot wrap {rule.name}, which takes its gradient elsewhere than at "
            "x: pass a rule without a probe, such as nesterov()."
        )
    h = hyperparameters(**{**rule.hyperparameters, "rho": rho})

    def init(x: Array) -> SAMState:
        return SAMState(rule.init(x), t=0)

    def step(x: Array, loss: CountedLoss, state: SAMState) -> tuple[Array, SAMState]:
        *_, rho = h.at(state.t)
        g = loss.gradient(x)
        e = rho * g / max(np.sqrt(g @ g), TINY)  # where g is zero, so is e
        x, base = rule.step(x, loss.gradient(x + e), state.base)
        return x, SAMState(base, state.t + 1)

    return Method(f"SAM of {rule.name}", init, step, h)
