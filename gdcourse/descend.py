"""The one loop: run a rule on a surface and keep its path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from gdcourse.arrays import as_points, finite, whole
from gdcourse.differences import as_gradient
from gdcourse.optimizers.method import CountedLoss, Method, as_rule
from gdcourse.optimizers.rule import Rule, rule_from
from gdcourse.path import Fates, Path, Recorder, side_by_side
from gdcourse.surfaces import Surface

__all__ = ["DIVERGED_FACTOR", "Path", "descend"]

DIVERGED_FACTOR = 1e6  # the browser's loop reads the same number


def descend(
    surface: Surface,
    rule: Rule | Method | Callable[..., Any],
    start: Any = None,
    steps: int = 100,
    tolerance: float = 0.0,
    *,
    starts: Any = None,
    record: str | int = "all",
    gradient: Callable[..., Any] | None = None,
) -> Path:
    """Run a rule or method on ``surface`` from ``start`` for at most ``steps`` updates.

    Stops early where the gradient's norm is at most ``tolerance`` (if that is above
    zero), or where the run diverges: at the first value that is not finite or whose
    loss exceeds ``loss0 + 1e6 * (1 + |loss0|)``.  ``starts`` of shape (n, d) runs many
    starts at once.  ``record`` keeps "all" rows, the "last", or every k-th.
    ``gradient(x)`` stands in for the surface's own, for one clipped or noisy, say.
    Raises ValueError for wrong shapes, starts that are not finite, or bad settings.

    >>> from gdcourse import OPTIMIZERS, SURFACES
    >>> rule = OPTIMIZERS["gradient_descent"](learning_rate=0.1)
    >>> path = descend(SURFACES["bowl"], rule, start=[-4, 2.5], tolerance=1e-3)
    >>> path.stopped, path.stopped_at, len(path)
    ('converged', 41, 42)
    """
    rule = rule if isinstance(rule, Method) else rule_from(rule)
    steps = whole(steps, "steps", 0)
    _check_tolerance(tolerance)
    every = _every(record, steps)
    slope = as_gradient(gradient) if gradient else surface.quick_gradient
    if (start is None) == (starts is None):
        raise ValueError("Pass either start (one point) or starts (many points).")
    if starts is None:
        x = finite(as_points(start, surface.dimension, "start"), "start")
        if x.ndim != 1:
            raise ValueError(
                f"start has shape {x.shape}: pass one point, or use starts= for many."
            )
        return _run_alone(surface, slope, rule, x, steps, tolerance, every)
    points = finite(as_points(starts, surface.dimension, "starts"), "starts")
    if points.ndim != 2 or len(points) == 0:
        raise ValueError(f"starts has shape {points.shape}: pass (n, d), n >= 1.")
    if isinstance(rule, Rule) and "elementwise" in rule.traits:
        return _run_many(surface, slope, rule, points, steps, tolerance, every)
    return side_by_side(
        [_run_alone(surface, slope, rule, x, steps, tolerance, every) for x in points]
    )


def _check_tolerance(tolerance: Any) -> None:
    if isinstance(tolerance, (bool, str)) or not np.ndim(tolerance) == 0:
        raise ValueError(f"tolerance = {tolerance!r} must be a number, such as 1e-6.")
    if not tolerance >= 0:
        raise ValueError(f"tolerance = {tolerance!r} must be zero or more.")


def _every(record: str | int, steps: int) -> int:
    if record == "all":
        return 1
    if record == "last":
        return max(steps, 1)
    if isinstance(record, str):
        raise ValueError(f"record = {record!r} must be 'all', 'last' or a number.")
    return whole(record, "record", 1)


def _ceiling(loss: Any) -> Any:
    return loss + DIVERGED_FACTOR * (1 + np.abs(loss))


def _run_alone(
    surface: Surface,
    slope: Callable[..., Any],
    rule: Rule | Method,
    x: Any,
    *settings: Any,
) -> Path:
    """Run one start of shape (d,), and count what a method asks for."""
    if isinstance(rule, Rule):
        return _run_one(surface, slope, rule, x, *settings)
    loss = CountedLoss(surface, slope)
    path = _run_one(surface, loss.gradient, as_rule(rule, loss), x, *settings)
    return replace(
        path,
        evaluations=loss.gradients,
        loss_evaluations=loss.values,
        curvature_evaluations=loss.curvatures,
    )


def _run_one(
    surface: Surface,
    slope: Callable[..., Any],
    rule: Rule,
    x: Any,
    steps: int,
    tolerance: float,
    every: int,
) -> Path:
    """Run a rule from one start of shape (d,)."""
    value = surface.quick_value
    done = asked = 0
    stopped = "step limit"
    with np.errstate(all="ignore"):
        state, loss = rule.init(x), value(x)
        ceiling, kept = _ceiling(loss), Recorder(rule, x, loss, every)
        while done < steps:
            gradient = slope(rule.probe(x, state) if rule.probe else x)
            asked += 1
            if tolerance > 0 and np.sqrt(gradient @ gradient) <= tolerance:
                stopped = "converged"
                break
            new, state = rule.step(x, gradient, state)
            x = new if done else _same_shape(new, x)
            loss, done = value(x), done + 1
            kept.add(done, x, loss, gradient)
            if not (loss <= ceiling and np.isfinite(x).all()):
                stopped = "diverged"
                break
    return kept.path(stopped, done, asked)


def _run_many(
    surface: Surface,
    slope: Callable[..., Any],
    rule: Rule,
    x: Any,
    steps: int,
    tolerance: float,
    every: int,
) -> Path:
    """Run many starts of shape (n, d) side by side; each freezes where it stops."""
    asked = 0
    with np.errstate(all="ignore"):
        state, loss = rule.init(x), surface.quick_value(x)
        ceiling, kept = _ceiling(loss), Recorder(rule, x, loss, every)
        fates = Fates(len(x))
        for done in range(1, steps + 1):
            probe = rule.probe(x, state) if rule.probe else x
            gradient = slope(probe)
            asked += int(fates.running.sum())
            if tolerance > 0:
                norm = np.linalg.norm(gradient, axis=-1)
                fates.stop(norm <= tolerance, "converged")
            if not fates.running.any():
                break
            new, state = rule.step(x, gradient, state)
            x = np.where(fates.running[:, None], _same_shape(new, x), x)
            loss = surface.quick_value(x)
            fates.stopped_at[fates.running] = done
            kept.add(done, x, loss, gradient)
            fates.stop(~((loss <= ceiling) & _finite_rows(x)), "diverged")
            if not fates.running.any():
                break
    return kept.path(fates.stopped, fates.stopped_at, asked)


def _finite_rows(x: np.ndarray) -> Any:
    """Say whether each row is finite; that all are is the rule, and quick to see."""
    fine = np.isfinite(x)
    return True if fine.all() else fine.all(axis=-1)


def _same_shape(new: Any, x: np.ndarray) -> np.ndarray:
    """Return a rule's first result, or raise ValueError if it is no such point."""
    if isinstance(new, np.ndarray) and new.shape == x.shape:
        return new
    raise ValueError(
        f"The rule turned x = {x} into {new!r}: return a NumPy array of the same "
        f"shape, {x.shape}."
    )
