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
from gdcourse.optimizers.layerwise import MuonState, lamb, muon, newton_schulz
from gdcourse.optimizers.line_search import BacktrackingState, backtracking
from gdcourse.optimizers.method import CountedLoss, Method
from gdcourse.optimizers.momentum import (
    MomentumState,
    ema_momentum,
    momentum,
    nesterov,
    nesterov_original,
)
from gdcourse.optimizers.newton import NewtonState, newton
from gdcourse.optimizers.quasi_newton import LBFGSState, lbfgs
from gdcourse.optimizers.rule import Rule, rule_from
from gdcourse.optimizers.sharpness import SAMState, sam
from gdcourse.optimizers.sophia import SophiaState, sophia

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
    "lamb": lamb,
    "muon": muon,
}

METHODS: dict[str, Callable[..., Method]] = {
    "backtracking": backtracking,
    "newton": newton,
    "lbfgs": lbfgs,
    "sam": sam,
    "sophia": sophia,
}

__all__ = [
    "METHODS",
    "OPTIMIZERS",
    "AdaGradState",
    "AdamState",
    "BacktrackingState",
    "CountedLoss",
    "GradientDescentState",
    "LBFGSState",
    "LionState",
    "Method",
    "MomentumState",
    "MuonState",
    "NewtonState",
    "RMSPropState",
    "Rule",
    "SAMState",
    "SophiaState",
    "adagrad",
    "adam",
    "adam_l2",
    "adamw",
    "backtracking",
    "ema_momentum",
    "gradient_descent",
    "lamb",
    "lbfgs",
    "lion",
    "momentum",
    "muon",
    "nesterov",
    "nesterov_original",
    "newton",
    "newton_schulz",
    "rmsprop",
    "rmsprop_inside",
    "rule_from",
    "sam",
    "sophia",
]
