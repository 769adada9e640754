"""Learning-rate schedules side by side, with a cursor that reads them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from traitlets import Unicode

from gdcourse.arrays import whole
from gdcourse.figures.base import Figure, Setting, say
from gdcourse.figures.racers import drawn, in_turn
from gdcourse.schedules import Schedule, constant
from gdcourse.style import LOOKS

FINEST = 1000  # values of a schedule that cannot be traced


def _at(figure: Any, at: Any) -> int:
    if whole(at, "at", 0) > figure.settings["steps"]:
        raise ValueError(f"at = {at} lies beyond the {figure.settings['steps']} steps.")
    return int(at)


class Schedules(Figure):
    """Learning rate against step for any schedules, to switch on and off.

    ``schedules`` are functions of the step by label, up to six: of
    ``gdcourse.schedules``, a learner's own, or plain numbers.  ``at`` is the step of
    the cursor, half of ``steps`` unless said otherwise; ``figure.at`` may be read and
    set, and ``figure.rates`` are the values there, by label.  ``unit`` is what a step
    is called: "epoch" where the rate changes once an epoch.
    """

    kind = Unicode("schedules").tag(sync=True)
    at = Setting(_at)

    def __init__(
        self,
        schedules: Mapping[str, Schedule | float],
        steps: int,
        *,
        at: int | None = None,
        unit: str = "step",
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        self.schedules = _checked(schedules)
        steps = whole(steps, "steps", 1)
        middle = steps // 2
        settings = {
            "racers": [
                _racer(label, schedule, look, steps)
                for (label, schedule), look in zip(
                    self.schedules.items(), in_turn(), strict=False
                )
            ],
            "steps": steps,
            "unit": unit,
            "at": middle,
        }
        super().__init__(settings, key, caption, alt)
        if at is not None:
            self.at = at

    @property
    def rates(self) -> dict[str, float]:
        """The learning rate of each schedule at the cursor."""
        return {label: float(f(self.at)) for label, f in self.schedules.items()}

    def describe(self) -> str:
        """Say how far the schedules go, and their values at the cursor."""
        unit, steps = self.settings["unit"], self.settings["steps"]
        values = "; ".join(f"{label} {say(rate)}" for label, rate in self.rates.items())
        return (
            f"Learning rates over {steps:,} {unit}s. At {unit} {self.at:,}: {values}."
        )


def _checked(schedules: Any) -> dict[str, Schedule]:
    if not isinstance(schedules, Mapping) or not 1 <= len(schedules) <= len(LOOKS):
        raise ValueError(
            f"schedules = {schedules!r} must be 1 to {len(LOOKS)} schedules by label, "
            'such as {"cosine": cosine(0.1, 100)}.'
        )
    made = {}
    for label, schedule in schedules.items():
        if isinstance(schedule, (int, float)):
            schedule = constant(schedule)
        if not callable(schedule):
            raise ValueError(
                f"schedules[{label!r}] = {schedule!r} must be a function of the step, "
                "such as cosine(0.1, 100), or a number."
            )
        made[str(label)] = schedule
    return made


def _racer(label: str, schedule: Schedule, look: str, steps: int) -> dict[str, Any]:
    return {
        "label": label,
        "schedule": _document(label, schedule, steps),
        **drawn(look),
    }


def _document(label: str, schedule: Callable[[Any], Any], steps: int) -> dict[str, Any]:
    """Return the graph, or else at most 1,001 values: at each ``every`` steps."""
    from gdcourse import trace

    every = -(-steps // FINEST)
    places = [*range(0, steps, every), steps]
    values = [float(schedule(step)) for step in places]
    for step, value in zip(places, values, strict=True):
        if not math.isfinite(value):
            raise ValueError(
                f"schedules[{label!r}] gives {value} at step {step}: make it finite."
            )
    document = trace.schedule(schedule, 1)
    if "graph" in document:
        return document
    return {"samples": values, "every": every}
