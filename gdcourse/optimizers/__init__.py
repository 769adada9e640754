"""Optimizers: each is a factory of pure functions whose ``step`` is its formula."""

from collections.abc import Callable

from gdcourse.optimizers.adaptive import (
    AdaGradState,
    AdamState,
    RMSPropState,
    adagrad,
    adam,
    rmsprop,
    rmsprop_inside,
)
from gdcourse.optimizers.decoupled import LionState, adam_l2, adamw, lion
from gdcourse.optimizers.descent import GradientDescentState, gradient_descent
from gdcourse.optimizers.momentum import (
    MomentumState,
    ema_momentum,
    momentum,
    nesterov,
    nesterov_original,
)
from gdcourse.optimizers.rule import Rule, rule_from

OPTIMIZERS: dict[str, Callable[..., Rule]] = {
    "gradient_descent": gradient_descent,
    "momentum": momentum,
    "ema_momentum": ema_momentum,
    "nesterov": nesterov,
    "nesterov_original": nesterov_original,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "rmsprop_inside": rmsprop_inside,
    "adam": adam,
    "adam_l2": adam_l2,
    "adamw": adamw,
    "lion": lion,
}

__all__ = [
    "OPTIMIZERS",
    "AdaGradState",
    "AdamState",
    "GradientDescentState",
    "LionState",
    "MomentumState",
    "RMSPropState",
    "Rule",
    "adagrad",
    "adam",
    "adam_l2",
    "adamw",
    "ema_momentum",
    "gradient_descent",
    "lion",
    "momentum",
    "nesterov",
    "nesterov_original",
    "rmsprop",
    "rmsprop_inside",
    "rule_from",
]
