"""The protocol of a comparison: what may be chosen, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdcourse.arrays import pick, whole
from gdcourse.figures.trials import GRID
from gdcourse.optimizers.rule import positive

CHOICES = {
    "rates": ["shared", "default", "tuned", "all"],
    "starts": ["one", "many"],
    "counts": ["best", "median", "worst"],
    "measure": ["loss", "distance"],
}
NOISES = [0, 0.1, 0.3, 1, 3, 10]
MOST_TRIES = 9
START: dict[str, Any] = {
    "rates": "default",
    "rate": 0.01,
    "tries": 5,
    "starts": "many",
    "noise": 0,
    "counts": "median",
    "measure": "loss",
}

# For each rule of the course's four a protocol under which it comes first.
WINS: dict[str, dict[str, Any]] = {
    "gradient descent": {"noise": 3.0},
    "momentum": {},
    "RMSProp": {"rates": "tuned", "tries": 9, "budget": 30},
    "Adam": {"rates": "shared", "rate": 0.1, "noise": 0.3},
}


def checked(
    protocol: Mapping[str, Any], surfaces: Mapping[str, Any], budget: int
) -> dict[str, Any]:
    """Return a whole protocol with plain numbers, or raise ValueError."""
    made = dict(protocol)
    choices = {**CHOICES, "surface": list(surfaces)}
    for name in protocol:
        if name in choices:
            pick(made[name], dict.fromkeys(choices[name]), name)
        elif name not in ("rate", "tries", "noise", "budget"):
            pick(
                name,
                dict.fromkeys([*choices, "rate", "tries", "noise", "budget"]),
                "part",
            )
    positive(made["rate"], "rate")
    within(made["rate"], "rate", *GRID)
    within(whole(made["tries"], "tries", 1), "tries", 1, MOST_TRIES)
    within(whole(made["budget"], "budget", 1), "budget", 1, budget)
    if made["noise"] not in NOISES:
        raise ValueError(f"noise = {made['noise']!r}: choose one of {NOISES}.")
    return {**made, "rate": float(made["rate"]), "noise": float(made["noise"])}


def within(value: float, name: str, low: float, high: float) -> None:
    """Raise ValueError for a value outside its range."""
    if not low <= value <= high:
        raise ValueError(f"{name} = {value} lies outside {low:g} to {high:g}.")
