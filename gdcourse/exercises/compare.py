"""Decide whether two outcomes agree, as far as rounding allows."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from gdcourse.exercises.outcome import Outcome
from gdcourse.exercises.run import observe
from gdcourse.exercises.schema import Exercise, Mistake

SINGLE = 2.0**-23  # the relative rounding of single precision
SLACK = 16.0
MOVES = 4


@lru_cache(maxsize=256)
def right(exercise: Exercise) -> tuple[Outcome, ...]:
    """Return the outcomes of the reference."""
    return _outcomes(exercise, exercise.reference)


@lru_cache(maxsize=4096)
def wrong(exercise: Exercise, mistake: Mistake) -> tuple[tuple[Outcome, ...], ...]:
    """Return the outcomes of each form of a mistake."""
    return tuple(_outcomes(exercise, form) for form in mistake.forms)


@lru_cache(maxsize=256)
def rounding(exercise: Exercise) -> tuple[tuple[float, ...], ...]:
    """Return, for each case and result, how far single precision may move it.

    This is how far the reference moves when every input is moved by one rounding of
    single precision, up or down, so an answer that works in float32 is not refused.
    """
    rng = np.random.default_rng(0)
    return tuple(
        _moved(exercise, case, outcome, rng)
        for case, outcome in zip(exercise.cases, right(exercise), strict=True)
    )


def _outcomes(exercise: Exercise, function: Any) -> tuple[Outcome, ...]:
    with np.errstate(all="ignore"):
        return tuple(observe(exercise, function, case) for case in exercise.cases)


def _moved(
    exercise: Exercise,
    case: tuple[Any, ...],
    outcome: Outcome,
    rng: np.random.Generator,
) -> tuple[float, ...]:
    moves = np.zeros(len(outcome.values))
    for _ in range(MOVES if any(map(_movable, case)) else 0):
        near = observe(exercise, exercise.reference, tuple(_jog(a, rng) for a in case))
        moves += [
            np.abs(a - b).max(initial=0)
            for a, b in zip(near.values, outcome.values, strict=True)
        ]
    return tuple(SLACK * moves / MOVES)


def _movable(value: Any) -> bool:
    """Say whether a value is made of floats; whole numbers have no rounding."""
    return (
        isinstance(value, (float, np.ndarray)) and np.asarray(value).dtype.kind == "f"
    )


def _jog(value: Any, rng: np.random.Generator) -> Any:
    if _movable(value):
        return value * (1 + SINGLE * rng.choice([-1, 1], size=np.shape(value)))
    return value


def limits(exercise: Exercise, index: int) -> tuple[float, tuple[float, ...]]:
    """Return how far a right answer may be off: relatively, and absolutely."""
    if exercise.holds is not None:
        return 0.0, (0.0,) * len(exercise.returns)
    if exercise.margin is None:
        return exercise.tolerance, rounding(exercise)[index]
    return 0.0, exercise.margin(*exercise.cases[index])


def is_right(exercise: Exercise, index: int, outcome: Outcome) -> bool:
    """Say whether the outcome of case ``index`` is right, changed inputs apart."""
    target = right(exercise)[index]
    if exercise.holds is not None:
        return _has_property(exercise, index, outcome, target)
    return agree(outcome, target, *limits(exercise, index))


def _has_property(
    exercise: Exercise, index: int, outcome: Outcome, target: Outcome
) -> bool:
    """Ask the exercise itself; the target only says which shapes are asked."""
    pairs = list(zip(outcome.values, target.values, strict=False))
    if outcome.kind != "value" or not all(same_shape(*pair) for pair in pairs):
        return False
    values = (got.reshape(wanted.shape) for got, wanted in pairs)
    return exercise.holds is not None and bool(
        exercise.holds(*exercise.cases[index], *values)
    )


def agree(
    outcome: Outcome, target: Outcome, tolerance: float, floors: tuple[float, ...]
) -> bool:
    """Say whether two outcomes are of one kind and their values near each other."""
    if outcome.kind != "value" or target.kind != "value":
        return {outcome.kind, target.kind} <= {"endless", "late"}
    return len(outcome.values) == len(target.values) and all(
        near(got, wanted, tolerance, floor)
        for got, wanted, floor in zip(
            outcome.values, target.values, floors, strict=True
        )
    )


def near(got: np.ndarray, wanted: np.ndarray, tolerance: float, floor: float) -> bool:
    """Say whether two arrays of one shape agree; one row or one number may differ."""
    if not same_shape(got, wanted):
        return False
    got = got.reshape(wanted.shape)
    size = np.abs(wanted[np.isfinite(wanted)]).max(initial=0)
    return bool(
        np.allclose(got, wanted, rtol=0, atol=tolerance * size + floor, equal_nan=True)
    )


def same_shape(got: np.ndarray, wanted: np.ndarray) -> bool:
    """Say whether the shapes agree, apart from one leading axis of length one."""
    return (
        got.shape == wanted.shape
        or got.size == wanted.size == 1
        or got.shape == (1, *wanted.shape)
    )
