"""Find the known mistake behind a run, and tell the learner about it with numbers."""

from __future__ import annotations

from typing import Any

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


def find(exercise: Exercise, outcomes: list[Outcome], bad: list[int]) -> Mistake | None:
    """Return the known mistake that behaves like this run on every input.

    Inputs on which the run failed tell nothing.  Mistakes that change inputs in place
    come first for a run that does, and are not considered for one that does not.
    """
    told = [i for i, outcome in enumerate(outcomes) if outcome.kind in TOLD]
    if len(told) < min(ENOUGH, len(outcomes)) or not set(told) & set(bad):
        return None
    for exactly in (True, False):
        for mistake in exercise.mistakes:
            if _behaves_like(exercise, mistake, outcomes, told, exactly):
                return mistake
    return next((m for m in exercise.mistakes if _like(exercise, m, outcomes)), None)


def _behaves_like(
    exercise: Exercise,
    mistake: Mistake,
    outcomes: list[Outcome],
    told: list[int],
    exactly: bool,
) -> bool:
    floors = rounding(exercise)
    return any(
        all(
            agree(outcomes[i], form[i], exercise.tolerance, floors[i])
            and (outcomes[i].changed == form[i].changed or not exactly)
            for i in told
        )
        and any(not is_right(exercise, i, form[i]) or form[i].changed for i in told)
        and (exactly or not any(outcome.changed for outcome in form))
        for form in wrong(exercise, mistake)
    )


def _like(exercise: Exercise, mistake: Mistake, outcomes: list[Outcome]) -> bool:
    if mistake.like is None:
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
    if parts:
        return f"{place}you return {words.named(parts)}."
    changed = words.named(outcome.changed)
    return f"{place}your function changes its argument {changed} in place."
