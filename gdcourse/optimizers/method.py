"""What an optimizer is that asks more of a loss than one gradient a step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdcourse.optimizers.rule import Array, Hyperparameters, Rule


@dataclass(frozen=True)
class Method:
    """An optimizer: ``init(x) -> state``, ``step(x, loss, state) -> (x, state)``.

    ``loss`` is a ``CountedLoss``: it gives values, gradients, Hessians and their
    products with vectors anywhere, and counts them.  ``x`` has shape (d,).

    >>> from gdcourse.optimizers import newton
    >>> newton(damping=0.1)
    Newton(learning_rate=1.0, damping=0.1)
    """

    name: str
    init: Callable[[Array], Any]
    step: Callable[[Array, CountedLoss, Any], tuple[Array, Any]]
    hyperparameters: Hyperparameters
    traits: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        inside = ", ".join(f"{k}={v!r}" for k, v in self.hyperparameters.items())
        return f"{self.name}({inside})"


class CountedLoss:
    """What a method may ask of ``surface``, and how often it did.

    ``gradient`` may stand in for the surface's own, for one that is noisy, say.
    ``values``, ``gradients`` and ``curvatures`` (Hessians and Hessian-vector products)
    count what was computed.  The last value and the last gradient are kept, so that
    asking for them again at the same array costs nothing.

    >>> from gdcourse.surfaces import bowl
    >>> loss, x = CountedLoss(bowl), np.ones(2)
    >>> loss.gradient(x), loss.gradient(x), loss.gradients
    (array([2., 8.]), array([2., 8.]), 1)
    """

    def __init__(
        self, surface: Any, gradient: Callable[[Array], Array] | None = None
    ) -> None:
        self.surface = surface
        self._slope = gradient or surface.quick_gradient
        self.values = self.gradients = self.curvatures = 0
        self._value: tuple[Any, Any] = None, None
        self._gradient: tuple[Any, Any] = None, None

    def value(self, x: Array) -> Any:
        """Return the loss at ``x`` of shape (d,)."""
        if self._value[0] is not x:
            self.values += 1
            self._value = x, self.surface.quick_value(x)
        return self._value[1]

    def gradient(self, x: Array) -> Array:
        """Return the gradient at ``x``, of shape (d,)."""
        if self._gradient[0] is not x:
            self.gradients += 1
            self._gradient = x, self._slope(x)
        return self._gradient[1]

    def hessian(self, x: Array) -> Array:
        """Return the second derivatives at ``x``, of shape (d, d)."""
        self.curvatures += 1
        return self.surface.hessian(x)

    def hvp(self, x: Array, v: Array) -> Array:
        """Return the Hessian at ``x`` times ``v``, of shape (d,)."""
        self.curvatures += 1
        return self.surface.hvp(x, v)


def as_rule(method: Method, loss: CountedLoss) -> Rule:
    """Return ``method`` as a rule, for one run on ``loss`` from one start.

    Its learning rate is the length that each line search took, if there is one.

    >>> from gdcourse.optimizers import newton
    >>> from gdcourse.surfaces import bowl
    >>> rule, x = as_rule(newton(), CountedLoss(bowl)), np.ones(2)
    >>> rule.step(x, bowl.gradient(x), rule.init(x))[0]
    array([0., 0.])
    """
    h = method.hyperparameters
    lengths: list[float] = []
    if "line search" in method.traits:
        h = Hyperparameters(learning_rate=lambda t: lengths[t])

    def step(x: Array, g: Array, state: Any) -> tuple[Array, Any]:
        x, state = method.step(x, loss, state)
        lengths.append(getattr(state, "alpha", np.nan))
        return x, state

    return Rule(method.name, method.init, step, h, frozenset())
