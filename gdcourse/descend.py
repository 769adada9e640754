"""The one loop: run a rule on a surface and keep its path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdcourse.arrays import as_points, finite, whole
from gdcourse.optimizers.rule import Rule, rule_from
from gdcourse.surfaces import Surface

DIVERGED_FACTOR = 1e6  # the browser's loop reads the same number


@dataclass(frozen=True)
class Path:
    """What a run of k updates visited: k + 1 points and losses, k gradients.

    ``x`` has shape (k + 1, d) and ``loss`` (k + 1,); ``gradient`` (k, d) holds the
    gradients that the rule used and ``learning_rate`` (k,) its rates (NaN for a rule
    that has none).  ``stopped`` is "converged", "diverged" or "step limit" and
    ``stopped_at`` the number of updates done.  With many starts each array has one
    more axis, for the starts, after the first.  ``steps`` numbers the kept rows.
    """

    x: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    learning_rate: np.ndarray
    steps: np.ndarray
    stopped: Any
    stopped_at: Any
    evaluations: int

    def __len__(self) -> int:
        return len(self.x)


def descend(
    surface: Surface,
    rule: Rule | Callable[..., Any],
    start: Any = None,
    steps: int = 100,
    tolerance: float = 0.0,
    *,
    starts: Any = None,
    record: str | int = "all",
) -> Path:
    """Run ``rule`` on ``surface`` from ``start`` for at most ``steps`` updates.

    Stops early where the gradient's norm is at most ``tolerance`` (if that is above
    zero), or where the run diverges: at the first value that is not finite or whose
    loss exceeds loss0 + 1e6 * (1 + |loss0|).  ``starts`` of shape (n, d) runs many
    starts at once.  ``record`` keeps "all" rows, the "last", or every k-th.
    Raises ValueError for wrong shapes, starts that are not finite, or bad settings.
    """
    rule = rule_from(rule)
    steps = whole(steps, "steps", 0)
    if not tolerance >= 0:
        raise ValueError(f"tolerance = {tolerance!r} must be zero or more.")
    every = _every(record, steps)
    if (start is None) == (starts is None):
        raise ValueError("Pass either start (one point) or starts (many points).")
    if starts is None:
        x = finite(as_points(start, surface.dimension, "start"), "start")
        if x.ndim != 1:
            raise ValueError(
                f"start has shape {x.shape}: pass one point, or use starts= for many."
            )
        return _run(surface, rule, x, steps, tolerance, every)
    points = finite(as_points(starts, surface.dimension, "starts"), "starts")
    if points.ndim != 2 or len(points) == 0:
        raise ValueError(f"starts has shape {points.shape}: pass (n, d), n >= 1.")
    if "elementwise" in rule.traits:
        return _run(surface, rule, points, steps, tolerance, every)
    return _side_by_side(
        [_run(surface, rule, point, steps, tolerance, every) for point in points]
    )


def _every(record: str | int, steps: int) -> int:
    if record == "all":
        return 1
    if record == "last":
        return max(steps, 1)
    if isinstance(record, str):
        raise ValueError(f"record = {record!r} must be 'all', 'last' or a number.")
    return whole(record, "record", 1)


def _run(
    surface: Surface,
    rule: Rule,
    x: np.ndarray,
    steps: int,
    tolerance: float,
    every: int,
) -> Path:
    """Run one start of shape (d,), or many of shape (n, d), frozen as they stop."""
    with np.errstate(all="ignore"):
        state, loss = rule.init(x), np.asarray(surface(x))
        ceiling = loss + DIVERGED_FACTOR * (1 + np.abs(loss))
        stopped = np.full(loss.shape, "step limit", dtype=object)
        stopped_at = np.zeros(loss.shape, dtype=int)
        running = np.ones(loss.shape, dtype=bool)
        rows, slopes = [(0, x, loss)], []
        evaluations = 0
        for t in range(steps):
            probe = rule.probe(x, state) if rule.probe else x
            gradient = surface.gradient(probe)
            evaluations += int(running.sum())
            if tolerance > 0:
                arrived = running & (np.linalg.norm(gradient, axis=-1) <= tolerance)
                stopped[arrived] = "converged"
                running &= ~arrived
                if not running.any():
                    break
            new, state = rule.step(x, gradient, state)
            x = np.where(running[..., None], new, x)
            loss = np.asarray(surface(x))
            stopped_at[running] = t + 1
            if (t + 1) % every == 0 or t + 1 == steps:
                rows.append((t + 1, x, loss))
                slopes.append((gradient, _rate(rule, t)))
            fine = np.isfinite(x).all(axis=-1) & (loss <= ceiling)
            stopped[running & ~fine] = "diverged"
            running &= fine
            if not running.any():
                break
        if rows[-1][0] < stopped_at.max():
            rows.append((int(stopped_at.max()), x, loss))
            slopes.append((gradient, _rate(rule, int(stopped_at.max()) - 1)))
    return _path(rows, slopes, stopped, stopped_at, evaluations)


def _rate(rule: Rule, t: int) -> float:
    rate = rule.hyperparameters.get("learning_rate", np.nan)
    return float(rate(t) if callable(rate) else rate)


def _path(
    rows: list[Any], slopes: list[Any], stopped: Any, stopped_at: Any, evaluations: int
) -> Path:
    steps, points, losses = zip(*rows, strict=True)
    x = np.array(points)
    return Path(
        x=x,
        loss=np.array(losses),
        gradient=np.array([g for g, _ in slopes]).reshape(-1, *x.shape[1:]),
        learning_rate=np.array([rate for _, rate in slopes]),
        steps=np.array(steps),
        stopped=stopped[()],
        stopped_at=stopped_at[()],
        evaluations=evaluations,
    )


def _side_by_side(paths: list[Path]) -> Path:
    """Join single runs along a new axis for the starts, repeating each last row."""
    longest = max(paths, key=len)
    rows = len(longest)

    def join(name: str, length: int) -> np.ndarray:
        parts = []
        for path in paths:
            part = getattr(path, name)
            keep = np.minimum(np.arange(length), max(len(part) - 1, 0))
            parts.append(part[keep])
        return np.stack(parts, axis=1)

    return Path(
        x=join("x", rows),
        loss=join("loss", rows),
        gradient=join("gradient", rows - 1),
        learning_rate=longest.learning_rate,
        steps=longest.steps,
        stopped=np.array([path.stopped for path in paths], dtype=object),
        stopped_at=np.array([path.stopped_at for path in paths]),
        evaluations=sum(path.evaluations for path in paths),
    )
