"""Find the known mistake behind a run, and tell the learner about it with numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

from gdcourse.exercises import words
from gdcourse.exercises.compare import (
    agree,
    is_right,
    limits,
    near,
    right,
    rounding,
    wrong,
)
from gdcourse.exercises.outcome import Outcome
from gdcourse.exercises.schema import Exercise, Mistake

TOLD = ("value", "endless", "late")  # the kinds that a mistake can be known by
ENOUGH = 3
MOST = 0.8


class Found(NamedTuple):
    """A mistake, and whether it explains the whole run."""

    mistake: Mistake
    wholly: bool = True


def find(exercise: Exercise, outcomes: list[Outcome], bad: list[int]) -> Found | None:
    """Return the known mistake that behaves like this run.

    Inputs on which the run failed tell nothing.  A mistake that changes its inputs is
    first looked for among those that do.  Where none explains the whole run, one that
    explains most of it and its first wrong input is named.
    """
    told = [i for i, outcome in enumerate(outcomes) if outcome.kind in TOLD]
    enough = max(min(ENOUGH, len(outcomes)), len(outcomes) / 4)
    if len(told) < enough or not set(told) & set(bad):
        return None
    for exactly in (True, False):
        for mistake in exercise.mistakes:
            if any(
                all(_agrees(exercise, outcomes, form, i, exactly) for i in told)
                and (exactly or not any(outcome.changed for outcome in form))
                for form in wrong(exercise, mistake)
            ):
                return Found(mistake)
    for mistake in exercise.mistakes:
        if _like(exercise, mistake, outcomes):
            return Found(mistake)
    return _mostly(exercise, outcomes, told, [i for i in bad if i in told])


def _agrees(
    exercise: Exercise,
    outcomes: list[Outcome],
    form: tuple[Outcome, ...],
    i: int,
    exactly: bool,
) -> bool:
    floors = rounding(exercise)[i]
    return agree(outcomes[i], form[i], exercise.tolerance, floors) and (
        outcomes[i].changed == form[i].changed or not exactly
    )


def _mostly(
    exercise: Exercise, outcomes: list[Outcome], told: list[int], bad: list[int]
) -> Found | None:
    """Return the mistake that explains most of the run, with its first wrong input."""
    best, most = None, MOST * len(told)
    for mistake in exercise.mistakes:
        for form in wrong(exercise, mistake):
            same = {i for i in told if _agrees(exercise, outcomes, form, i, True)}
            explained = same & set(bad)
            if bad[0] in same and len(explained) >= ENOUGH and len(same) >= most:
                best, most = mistake, len(same) + 0.5
    return Found(best, wholly=False) if best else None


def _like(exercise: Exercise, mistake: Mistake, outcomes: list[Outcome]) -> bool:
    fine = (is_right(exercise, i, outcome) for i, outcome in enumerate(outcomes))
    if mistake.like is None or all(fine):  # then only an argument was changed
        return False
    targets = right(exercise)
    return all(
        outcome.kind == "value"
        and mistake.like(
            exercise.inputs(exercise.cases[i]), outcome.values, targets[i].values
        )
        for i, outcome in enumerate(outcomes)
    )


def tell(exercise: Exercise, mistake: Mistake, outcome: Outcome, index: int) -> str:
    """Return the diagnosis of ``mistake``, with the numbers of one case of the run."""
    inputs = exercise.inputs(exercise.cases[index])
    numbers = mistake.numbers(**inputs) if mistake.numbers else {}
    fields: dict[str, Any] = {
        name: getattr(value, "formula", None) or words.array(value)
        for name, value in inputs.items()
    }
    fields |= {name: words.array(value) for name, value in numbers.items()}
    fields |= {
        f"got_{name}": words.array(value)
        for name, value in zip(exercise.returns, outcome.values, strict=False)
    }
    return mistake.diagnosis.format(**fields)


def observed(exercise: Exercise, outcome: Outcome, index: int) -> str:
    """Return "For x = 3, you return 3.6.", naming only the results that are wrong."""
    place = f"For {words.inputs(exercise.inputs(exercise.cases[index]))}, "
    if outcome.kind != "value":
        return place + outcome.said
    wanted = right(exercise)[index].values
    tolerance, floors = limits(exercise, index)
    parts = tuple(
        f"{name} = " * (len(wanted) > 1) + words.unlike(got, want)
        for name, got, want, floor in zip(
            exercise.returns, outcome.values, wanted, floors, strict=True
        )
        if not near(got, want, tolerance, floor)
    )
    if parts and not is_right(exercise, index, outcome):
        return f"{place}you return {words.named(parts)}."
    changed = words.named(outcome.changed)
    return f"{place}your function changes its argument {changed} in place."
