"""Several runs of one rule as numbers: their median and the band around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcourse.figures.racers import in_turn
from gdcourse.style import LOOKS

ENDS = ("low", "median", "high")
BANDS = {"range": (0.0, 1.0), "quartiles": (0.25, 0.75)}  # from one quantile to another
WORDS = {
    "range": "range from the lowest to the highest run",
    "quartiles": "middle half of the runs, from the lower to the upper quartile",
}

HUGE = 1e300  # stands for infinity


def checked(losses: Any, log: bool) -> dict[str, np.ndarray]:
    """Return the runs by label, NaN as infinity, or raise ValueError."""
    if not isinstance(losses, Mapping) or not 1 <= len(losses) <= len(LOOKS):
        raise ValueError(
            f"losses = {losses!r}: pass 1 to {len(LOOKS)} arrays by label."
        )
    made = {
        str(label): np.atleast_2d(_numbers(label, runs))
        for label, runs in losses.items()
    }
    shapes = [runs.shape for runs in made.values()]
    if any(len(shape) != 2 or shape[1] < 2 for shape in shapes) or (
        len({shape[1] for shape in shapes}) > 1
    ):
        raise ValueError(
            f"losses have shapes {shapes}: pass (seeds, points) for each label, with "
            f"the same two or more points."
        )
    least = min(runs.min() for runs in made.values())
    if log and least < 0:
        raise ValueError(
            f"losses go down to {least}: pass log=False for values below 0."
        )
    return made


def _numbers(label: str, runs: Any) -> np.ndarray:
    try:
        made = np.asarray(runs, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"losses[{label!r}] = {runs!r} must be numbers.") from None
    return np.where(np.isfinite(made), made, np.inf)


def along(places: Any, count: int) -> list[float]:
    """Return the places of the points, or raise ValueError."""
    made = np.arange(count) if places is None else np.asarray(places, dtype=float)
    if made.shape != (count,) or not (np.diff(made) > 0).all():
        raise ValueError(f"places = {places!r} must be {count} growing numbers.")
    return [float(place) for place in made]


def spread(
    runs: np.ndarray, ends: tuple[float, float]
) -> dict[str, list[float | None]]:
    """Return the band and the median at each point; JSON has no infinity."""
    finite = np.minimum(runs, HUGE)  # infinity times zero would be no number
    made = np.quantile(finite, (ends[0], 0.5, ends[1]), axis=0)
    return {
        name: [float(f"{v:.5g}") if v < HUGE / 1e6 else None for v in row]
        for name, row in zip(ENDS, made, strict=True)
    }


def looks(labels: Mapping[str, Any]) -> list[str]:
    """Give each label a look: that of its name, else one that is free."""
    free = [look for look in in_turn() if look not in labels]
    return [label if label in LOOKS else free.pop(0) for label in labels]


def seeds(counts: list[int]) -> str:
    """Say how many runs there are."""
    most = f"{counts[-1]} seed" + ("s" if counts[-1] > 1 else "")
    return most if len(counts) == 1 else f"{counts[0]} to {most}"
