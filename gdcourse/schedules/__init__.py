"""Learning-rate schedules: plain functions of the step, which starts at 0."""

from collections.abc import Callable

from gdcourse.schedules.cycles import (
    one_cycle,
    one_cycle_momentum,
    triangular,
    warm_restarts,
)
from gdcourse.schedules.decay import (
    Schedule,
    constant,
    cosine,
    exponential,
    linear,
    step_decay,
    warmup,
)

SCHEDULES: dict[str, Callable[..., Schedule]] = {
    "constant": constant,
    "step_decay": step_decay,
    "exponential": exponential,
    "linear": linear,
    "cosine": cosine,
    "warmup": warmup,
    "warm_restarts": warm_restarts,
    "triangular": triangular,
    "one_cycle": one_cycle,
}

__all__ = [
    "SCHEDULES",
    "Schedule",
    "constant",
    "cosine",
    "exponential",
    "linear",
    "one_cycle",
    "one_cycle_momentum",
    "step_decay",
    "triangular",
    "warm_restarts",
    "warmup",
]
