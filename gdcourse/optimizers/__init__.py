"""Optimizers: each is a factory of pure functions whose ``step`` is its formula."""

from collections.abc import Callable

from gdcourse.optimizers.adaptive import AdamState, adam
from gdcourse.optimizers.descent import GradientDescentState, gradient_descent
from gdcourse.optimizers.momentum import MomentumState, momentum
from gdcourse.optimizers.rule import Rule, rule_from

OPTIMIZERS: dict[str, Callable[..., Rule]] = {
    "gradient_descent": gradient_descent,
    "momentum": momentum,
    "adam": adam,
}

__all__ = [
    "OPTIMIZERS",
    "AdamState",
    "GradientDescentState",
    "MomentumState",
    "Rule",
    "adam",
    "gradient_descent",
    "momentum",
    "rule_from",
]
