"""How much of the numbers a picture shows."""

from __future__ import annotations

import numpy as np

from gdcourse.descend import Path

CLIPPED_FACTOR = 1e3  # losses above so many times the first leave the picture
NOISE = 1e-32  # losses below this part of the first are taken for zero


def padded(values: np.ndarray, part: float = 0.06) -> tuple[float, float]:
    """Return the range of the finite values with room on both sides."""
    finite = values[np.isfinite(values)]
    low, high = (finite.min(), finite.max()) if len(finite) else (0.0, 1.0)
    room = part * (high - low) or 1.0
    return float(low - room), float(high + room)


def size(values: np.ndarray) -> float:
    """Return the largest absolute value, or 1 where all are zero."""
    return float(np.abs(values).max()) or 1.0


def loss_range(losses: list[np.ndarray]) -> tuple[float, float, bool]:
    """Return the range of the loss axis, and whether it is logarithmic."""
    every = np.concatenate(losses)
    first = max((loss[0] for loss in losses if np.isfinite(loss[0])), default=1.0)
    low = every[np.isfinite(every)].min(initial=first)
    if first > 0 and low >= 0:
        shown = every[(every > first * NOISE) & (every <= first * CLIPPED_FACTOR)]
        low, high = shown.min(initial=first), shown.max(initial=first)
        return float(low) / 1.5, float(high) * 1.5, True
    shown = every[every <= first + (first - low)]
    return (*padded(shown), False)


def seen(path: Path, floor: float, top: float) -> tuple[np.ndarray, np.ndarray]:
    """Return steps and losses as far as the first loss above the picture."""
    losses = np.nan_to_num(path.loss, nan=np.finfo(float).max).clip(floor)
    over = losses > top
    count = int(np.argmax(over)) + 1 if over.any() else len(losses)
    return path.steps[:count], losses[:count]
