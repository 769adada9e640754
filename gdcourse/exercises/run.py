"""Run an answer on all inputs of an exercise, whatever it does."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcourse.exercises.explain import code_of, explain, is_blank
from gdcourse.exercises.outcome import Blank, Odd, Outcome, read
from gdcourse.exercises.quiet import quiet
from gdcourse.exercises.schema import Answer, Counted, Endless, Exercise
from gdcourse.exercises.timer import TimeUp, call, time_limit

LATE = (
    "your function had not ended after {:g} seconds, so it was stopped: look for a "
    "loop whose condition stays true, perhaps because what it tests is never computed "
    "anew inside the loop."
)
FLOOD = (
    "your function had printed {:,} lines when it was stopped after {:g} seconds: "
    "printing takes time, so print less."
)
FLOOD_LINES = 10_000


def collect(exercise: Exercise, answer: Answer) -> tuple[list[Outcome], str]:
    """Return one outcome for each case, and what the answer printed.

    A case that uses up the time is the last one.  The learner's own KeyboardInterrupt
    is not caught.
    """
    outcomes = []
    with quiet() as printed, time_limit(exercise.seconds):
        for case in exercise.cases:
            outcomes.append(observe(exercise, answer, case))
            if outcomes[-1].kind == "late":
                if printed.lines > FLOOD_LINES:
                    said = FLOOD.format(printed.lines, exercise.seconds)
                    outcomes[-1] = Outcome("late", said=said)
                break
    return outcomes, str(printed)


def observe(exercise: Exercise, answer: Answer, case: tuple[Any, ...]) -> Outcome:
    """Return the outcome of one case, on fresh copies of its inputs."""
    given = tuple(_copy(value) for value in case)
    inputs = exercise.inputs(given)
    try:
        values = call(lambda: read(_result(exercise, answer, inputs), exercise.returns))
    except KeyboardInterrupt:
        raise
    except TimeUp:
        return Outcome("late", said=LATE.format(exercise.seconds))
    except Endless:
        return Outcome("endless", said=_asked(inputs))
    except Blank:
        return Outcome("blank")
    except Odd as odd:
        return Outcome("odd", said=str(odd), changed=_changed(exercise, case, given))
    except BaseException as error:
        if is_blank(error):
            return Outcome("blank")
        return Outcome("error", said=explain(error, code_of(answer)))
    return Outcome("value", values, _changed(exercise, case, given))


def _result(exercise: Exercise, answer: Answer, inputs: Mapping[str, Any]) -> Any:
    """Return what the answer returns, or the numbers that are made of it."""
    found = _apply(answer, inputs)
    if exercise.measure is None or found is ...:
        return found
    return exercise.measure(*inputs.values(), found)


def _apply(answer: Answer, inputs: Mapping[str, Any]) -> Any:
    """Call by position, or by name where the answer only takes names."""
    if isinstance(answer, type) and "__call__" in vars(answer):
        answer = answer()
    if _fits(answer, *inputs.values()) or not _fits(answer, **inputs):
        return answer(*inputs.values())
    return answer(**inputs)


def misfit(exercise: Exercise, answer: Answer) -> str:
    """Say what is wrong with the arguments that ``answer`` takes, if anything is."""
    inputs = exercise.inputs(exercise.cases[0])
    if isinstance(answer, type) or _fits(answer, *inputs.values()):
        return ""
    if _fits(answer, **inputs):
        return ""
    taken = inspect.signature(answer)
    return (
        f"Your function takes {taken}, but the check calls it as {exercise.signature}: "
        f"give it {len(inputs)} arguments in this order; their names are up to you."
    )


def _fits(answer: Answer, *args: Any, **named: Any) -> bool:
    """Say whether ``answer`` can be called so; where that is unknown, say yes."""
    try:
        signature = inspect.signature(answer)
    except (TypeError, ValueError):
        return True
    try:
        signature.bind(*args, **named)
    except TypeError:
        return False
    return True


def _copy(value: Any) -> Any:
    return value.fresh() if isinstance(value, Counted) else copy.deepcopy(value)


def _changed(
    exercise: Exercise, before: tuple[Any, ...], after: tuple[Any, ...]
) -> tuple[str, ...]:
    return tuple(
        name
        for name, old, new in zip(exercise.names, before, after, strict=True)
        if isinstance(old, np.ndarray)
        and not (old.shape == new.shape and np.array_equal(old, new, equal_nan=True))
    )


def _asked(inputs: Mapping[str, Any]) -> str:
    name, counted = next(
        (name, value) for name, value in inputs.items() if isinstance(value, Counted)
    )
    return (
        f"your function asked for the {name} more than {counted.limit:,} times, so it "
        "was stopped: its loop does not end by itself."
    )
