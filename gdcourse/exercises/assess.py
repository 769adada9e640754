"""Judge an answer: run it, compare, diagnose."""

from __future__ import annotations

from typing import Any

from gdcourse.exercises import diagnose, general
from gdcourse.exercises.cards import Result
from gdcourse.exercises.compare import is_right
from gdcourse.exercises.outcome import Outcome
from gdcourse.exercises.run import collect, misfit
from gdcourse.exercises.schema import Exercise
from gdcourse.exercises.starter import untouched

BLANK = (
    "There is still a blank in your function (`...` or `____`): put your code there."
)

MORE = "Other inputs go wrong in another way too: mend this first, then check again."


def assess(exercise: Exercise, answer: Any) -> Result:
    """Return the result of ``answer``; nothing is shown and nothing kept."""
    if untouched(answer, exercise.stub):
        return _not_attempted(exercise)
    if not callable(answer):
        return Result(
            exercise,
            "error",
            f"check takes the function itself, but {type(answer).__name__} was "
            "passed: write its name without brackets, as in "
            f'check("{exercise.id}", my_{exercise.reference.__name__}).',
        )
    problem = misfit(exercise, answer)
    if problem:
        return Result(exercise, "error", problem)
    outcomes, printed = collect(exercise, answer)
    return judge(exercise, outcomes, printed)


def judge(exercise: Exercise, outcomes: list[Outcome], printed: str = "") -> Result:
    """Return the verdict on a run; the answer itself is not needed any more."""
    bad = [
        i
        for i, outcome in enumerate(outcomes)
        if outcome.changed or not is_right(exercise, i, outcome)
    ]
    if not bad:
        return Result(exercise, "right", _praise(exercise, outcomes), printed=printed)
    if outcomes[bad[0]].kind == "blank":
        return _not_attempted(exercise, BLANK)
    found = diagnose.find(exercise, outcomes, bad)
    if found is None:
        failed = outcomes[bad[0]].kind in {"error", "endless", "late"}
        text = general.sentence(exercise, outcomes, bad)
        return Result(exercise, "error" if failed else "wrong", text, printed=printed)
    mistake = found.mistake
    shown = next(i for i in bad if outcomes[i].kind in diagnose.TOLD)
    seen = diagnose.observed(exercise, outcomes[shown], shown)
    told = diagnose.tell(exercise, mistake, outcomes[shown], shown)
    text = " ".join((seen, told, *(() if found.wholly else (MORE,))))
    return Result(exercise, "wrong", text, mistake.name, mistake.reread, printed)


def _not_attempted(exercise: Exercise, text: str = "") -> Result:
    text = text or f"Write {exercise.signature}, then run this cell again."
    return Result(exercise, "not attempted", text)


def _praise(exercise: Exercise, outcomes: list[Outcome]) -> str:
    count = len(outcomes)
    text = f"All {count} inputs come out right." if count > 1 else "That is right."
    return f"{text} {exercise.when_right}".strip()
