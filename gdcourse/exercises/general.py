"""What to say about a wrong answer whose mistake is not known."""

from __future__ import annotations

import numpy as np

from gdcourse.exercises import words
from gdcourse.exercises.compare import is_right, right, same_shape
from gdcourse.exercises.diagnose import observed
from gdcourse.exercises.outcome import Outcome
from gdcourse.exercises.schema import Exercise


def sentence(exercise: Exercise, outcomes: list[Outcome], bad: list[int]) -> str:
    """Describe the first wrong case, and what all wrong cases have in common."""
    first = bad[0]
    outcome, wanted = outcomes[first], right(exercise)[first]
    seen = observed(exercise, outcome, first)
    if outcome.kind != "value":
        return seen
    for got, want, name in zip(
        outcome.values, wanted.values, exercise.returns, strict=True
    ):
        remark = _shape(got, want, name) or _not_finite(got, want)
        if remark:
            return f"{seen} {remark}"
    if all(is_right(exercise, i, outcomes[i]) for i in bad):
        return (
            f"{seen} What is returned is right, but whoever called it finds their "
            "array changed: make a new array, or begin with a copy."
        )
    return f"{seen} {_common(exercise, outcomes, bad)}"


def _shape(got: np.ndarray, want: np.ndarray, name: str) -> str:
    if same_shape(got, want):
        return ""
    asked = f"an array of shape {want.shape}" if want.ndim else "a single number"
    shape = f"has shape {got.shape}" if got.ndim else "is a single number"
    return f"Your {name} {shape}, where {asked} is asked."


def _not_finite(got: np.ndarray, want: np.ndarray) -> str:
    if np.isfinite(got).all() or not np.isfinite(want).all():
        return ""
    return (
        "NaN and infinity come from numbers that grew beyond all bounds, from a "
        "division by zero, or from the root or logarithm of a negative number: print "
        "the values on the way to see where it begins."
    )


def _common(exercise: Exercise, outcomes: list[Outcome], bad: list[int]) -> str:
    """Return one sentence about all the wrong cases together."""
    pairs = _pairs(exercise, outcomes, bad)
    if pairs and all(_whole(got, want) for _, got, want in pairs):
        return (
            "On every input that goes wrong your result is a whole number: look for "
            "`int`, `round`, `//` or an array of whole numbers."
        )
    kind = _factors(exercise, outcomes) or _only_arrays(exercise, outcomes, bad)
    if kind:
        return kind
    fine = len(outcomes) - len(bad)
    count = f"Of {len(outcomes)} inputs, {fine}" if fine else "No input"
    return (
        f"{count} come{'s' * (fine < 2)} out right so far; this is the first that does "
        "not. Work it out on paper and compare line by line."
    )


ENOUGH = 3
Pair = tuple[str, np.ndarray, np.ndarray]


def _pairs(exercise: Exercise, outcomes: list[Outcome], bad: list[int]) -> list[Pair]:
    """Return the name, the result and the right one wherever their shapes agree."""
    return [
        (name, got.reshape(want.shape), want)
        for i in bad
        if outcomes[i].kind == "value"
        for name, got, want in zip(
            exercise.returns, outcomes[i].values, right(exercise)[i].values, strict=True
        )
        if same_shape(got, want)
    ]


def _whole(got: np.ndarray, want: np.ndarray) -> bool:
    return bool(
        np.isfinite(got).all()
        and np.array_equal(got, np.round(got))
        and np.all(np.abs(got - want) < 1)
    )


def _factors(exercise: Exercise, outcomes: list[Outcome]) -> str:
    """Say by which constant factor each result is wrong, if there is one."""
    pairs = _pairs(exercise, outcomes, list(range(len(outcomes))))
    said = []
    for name in exercise.returns:
        of_name = [(got, want) for other, got, want in pairs if other == name]
        if not of_name:
            return ""
        got = np.concatenate([got.ravel() for got, _ in of_name])
        want = np.concatenate([want.ravel() for _, want in of_name])
        there = want != 0
        ratio = got[there][0] / want[there][0] if there.any() else np.nan
        if there.sum() < ENOUGH or not np.allclose(got, ratio * want, rtol=1e-4):
            return ""
        if ratio == 0 and len(exercise.returns) == 1:
            return (
                f"On every input your {name} is 0: look for a difference of a thing "
                "with itself, two names for one array, or a result never filled in."
            )
        if not np.isclose(ratio, 1, rtol=1e-4):
            said.append(f"your {name} is {words.number(ratio)} times the right one")
    if said == [f"your {name} is 0 times the right one" for name in exercise.returns]:
        return "On every input you return 0: some factor in your formula is always 0."
    return f"On every input {' and '.join(said)}: look for that factor." * bool(said)


def _only_arrays(exercise: Exercise, outcomes: list[Outcome], bad: list[int]) -> str:
    arrays = {
        i
        for i, case in enumerate(exercise.cases[: len(outcomes)])
        if any(isinstance(value, np.ndarray) for value in case)
    }
    if not set(bad) <= arrays or len(bad) < len(arrays) / 2:
        return ""
    if len(arrays) == len(outcomes):
        return ""
    return (
        "Single numbers all come out right, arrays do not: every coordinate has to be "
        "treated by itself."
    )
