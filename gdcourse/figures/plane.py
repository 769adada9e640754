"""What figures on a plane share: starts, steps, choices of surface, and endings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gdcourse.arrays import as_points, finite, whole
from gdcourse.descend import Path
from gdcourse.figures.base import say
from gdcourse.surfaces import Surface

MOST_STEPS = 20_000


def point(figure: Any, start: Any) -> list[float]:
    """Return a start as one point of the plane, or raise ValueError."""
    made = finite(as_points(start, 2, "start"), "start")
    if made.ndim != 1:
        raise ValueError(f"start = {start!r} must be one point, such as [-1.5, 2.0].")
    return [float(value) for value in made]


def few(figure: Any, steps: Any) -> int:
    """Return how many steps a figure takes, or raise ValueError if too many."""
    if whole(steps, "steps", 1) > MOST_STEPS:
        raise ValueError(f"steps = {steps} is too many for a figure: at most 20000.")
    return int(steps)


def of_two(surface: Surface) -> Surface:
    """Return the surface, or raise ValueError if it has not two parameters."""
    if surface.dimension != 2:
        raise ValueError(f"{surface!r} has {surface.dimension} parameter(s), not 2.")
    return surface


def several(surfaces: Surface | Sequence[Surface]) -> list[Surface]:
    """Return one surface or many as a list, or raise ValueError if there is none."""
    made = [surfaces] if isinstance(surfaces, Surface) else list(surfaces)
    if not made:
        raise ValueError("surfaces = [] shows nothing: pass at least one surface.")
    return made


def first_start(surface: Surface) -> list[float]:
    """Return where runs begin if nobody says: near the low corner of the window."""
    return [low + 0.15 * (high - low) for low, high in surface.window]


def starts(surfaces: Sequence[Surface], start: Any) -> list[list[float]]:
    """Return a start for each surface: a point for the first, or a dict by name."""
    names = [of_two(surface).name for surface in surfaces]
    if len(set(names)) < len(names):
        raise ValueError(f"surfaces reads {names}: give each its own name.")
    given = start if isinstance(start, Mapping) else {names[0]: start}
    strange = [name for name in given if name not in names]
    if strange:
        raise ValueError(f"start names {strange[0]!r}: the surfaces are {names}.")
    return [
        first_start(surface)
        if given.get(surface.name) is None
        else point(None, given[surface.name])
        for surface in surfaces
    ]


def documents(surfaces: Sequence[Surface], places: list[list[float]]) -> dict[str, Any]:
    """Return what the browser needs of one surface, or of several to choose from."""
    from gdcourse import trace

    made = [trace.surface(surface) for surface in surfaces]
    if len(made) == 1:
        return {"surface": made[0]}
    return {"surfaces": made, "starts": places, "chosen": 0}


def arrival(path: Path, minima: Any, radius: float) -> int | None:
    """Return the first step of a path within ``radius`` of one of ``minima``, if any.

    >>> from gdcourse import OPTIMIZERS, SURFACES, descend
    >>> bowl, rule = SURFACES["bowl"], OPTIMIZERS["gradient_descent"](0.1)
    >>> arrival(descend(bowl, rule, [-4, 2.5]), bowl.minima, 0.01)
    27
    """
    places = np.asarray(minima, dtype=float).reshape(-1, path.x.shape[1])
    with np.errstate(all="ignore"):
        gaps = np.linalg.norm(path.x[:, None] - places, axis=-1)
    near = (gaps <= radius).any(axis=1)
    return int(near.argmax()) if near.any() else None


def ending(label: str, path: Path) -> str:
    """Say where a run ends."""
    if path.stopped == "diverged":
        return f"{label} diverges at step {path.stopped_at}"
    return f"{label} ends at loss {say(path.loss[-1])} after {path.stopped_at} steps"
