"""A walk in fog: the land is felt underfoot, until the fog lifts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from traitlets import Unicode

from gdcourse.arrays import as_points, finite, whole
from gdcourse.descend import Path, descend
from gdcourse.figures.base import Figure, Setting, say
from gdcourse.figures.racers import MINE, labelled, looks
from gdcourse.optimizers import gradient_descent
from gdcourse.style import LOOKS
from gdcourse.surfaces import Surface

MOST_STEPS = 60  # each is a number in the page's address
LONGEST = 2.2  # a window's longer side, in shorter ones
COMPASS = (
    *("north", "north-east", "east", "south-east"),
    *("south", "south-west", "west", "north-west"),
)


def _start(figure: Any, start: Any) -> list[float]:
    point = finite(as_points(start, 2, "start"), "start")
    low, high = np.array(figure.surface.window).T
    if point.ndim != 1 or (point < low).any() or (point > high).any():
        raise ValueError(
            f"start = {start!r} must be one point on the map, which is "
            f"{list(figure.surface.window)}."
        )
    return [float(value) for value in point]


class FogWalk(Figure):
    """A walk downhill on a hidden land, with height and slope underfoot as only guides.

    The reader steps by tapping, dragging or arrow keys.  When the fog lifts, after
    ``steps`` steps, on flat ground or at a button, the walk lies beside the path of
    ``rule`` from the same ``start`` with as many steps.  Without a rule it is gradient
    descent at 1/L, where L is the largest curvature on the map.  ``figure.start`` may
    be read and set; ``figure.path`` is the rule's run of all ``steps``.
    """

    kind = Unicode("fog").tag(sync=True)
    start = Setting(_start)

    def __init__(
        self,
        surface: Surface,
        start: Sequence[float],
        *,
        rule: Any = None,
        steps: int = 30,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        from gdcourse import trace

        _check_map(surface)
        if whole(steps, "steps", 1) > MOST_STEPS:
            raise ValueError(f"steps = {steps} is a long walk: at most {MOST_STEPS}.")
        self.surface = surface
        rules = labelled(gradient_descent(calm_rate(surface)) if rule is None else rule)
        ((label, self.rule),) = list(rules.items())[:1]
        settings = {
            "surface": trace.surface(surface),
            "rule": trace.rule(self.rule, steps),
            "label": label,
            "looks": [_look(MINE), _look(looks(rules)[0])],
            "start": _start(self, start),
            "steps": int(steps),
        }
        super().__init__(settings, key, caption, alt)

    @property
    def path(self) -> Path:
        """The rule's run from the start, with as many steps as the reader has."""
        return descend(self.surface, self.rule, self.start, self.settings["steps"])

    def describe(self) -> str:
        """Say where the walk starts, what is felt there and where the rule ends."""
        path = self.path
        height, names = self.surface(self.start), self.surface.variables
        place = ", ".join(
            f"{name} = {say(at)}" for name, at in zip(names, self.start, strict=True)
        )
        end = f"stands at height {say(path.loss[-1])} after {path.stopped_at} steps"
        if path.stopped == "diverged":
            end = f"diverges at step {path.stopped_at}"
        return (
            f"A land in fog. A walker stands at {place}, height {say(height)}, where "
            f"the ground {_fall(self.surface.gradient(self.start))}. "
            f"{self.settings['label'].capitalize()} from there {end}."
        )


def calm_rate(surface: Surface) -> float:
    """Return 1/L to one digit, with L the largest curvature on the surface's map."""
    axes = [np.linspace(low, high, 25) for low, high in surface.window]
    grid = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    largest = np.abs(np.linalg.eigvalsh(surface.hessian(grid))).max()
    return float(f"{1 / largest:.1g}") if largest > 0 else 0.1


def _check_map(surface: Surface) -> None:
    if surface.dimension != 2:
        raise ValueError(f"{surface!r} has {surface.dimension} parameter(s), not 2.")
    sides = [high - low for low, high in surface.window]
    if max(sides) > LONGEST * min(sides):
        raise ValueError(
            f"The window {list(surface.window)} makes a map too narrow to walk on: "
            "pass a surface whose sides are about as long as each other."
        )


def _fall(gradient: np.ndarray) -> str:
    """Say which way is down, with the second parameter as north."""
    east, north = -gradient
    if not np.hypot(east, north) > 0:
        return "is level"
    eighth = round(np.arctan2(east, north) / (np.pi / 4)) % 8
    return f"falls to the {COMPASS[eighth]}"


def _look(name: str) -> dict[str, str]:
    look = LOOKS[name]
    colour = f"var(--gd-rule-{list(LOOKS).index(name)})"
    return {"colour": colour, "dash": look.dash, "marker": look.marker}
