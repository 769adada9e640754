"""The verdict on a submission: made where no student's code runs, and kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gdcourse.exercises.assess import judge as compare
from gdcourse.exercises.schema import Exercise
from gdcourse.exercises.store import write_whole
from gdcourse.grading import box, notebook
from gdcourse.grading.bank import Bank, task
from gdcourse.grading.submissions import Submission
from gdcourse.grading.values import unpack_outcome


@dataclass(frozen=True)
class Line:
    """What became of one exercise."""

    id: str
    title: str
    outcome: str  # "right", "wrong", "error" or "not attempted"
    points: float
    most: float
    mistake: str = ""
    message: str = ""


@dataclass(frozen=True)
class Verdict:
    """What became of one submission.

    ``state`` is "graded", "unreadable" (the file itself cannot be graded: no points,
    and a teacher should look) or "failed" (this computer failed: graded again when the
    command runs the next time).
    """

    state: str
    place: str
    note: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def total(self) -> float:
        """The points of all exercises together."""
        return sum(line.points for line in self.lines)


def grade(bank: Bank, submission: Submission, key: str, isolated: bool) -> Verdict:
    """Run a submission in its box and judge the numbers that came out."""
    place = submission.place
    try:
        if submission.problem:
            raise ValueError(submission.problem)
        found = notebook.read(submission.content)
    except ValueError as error:
        return Verdict("unreadable", place, f"The file cannot be graded: {error}.")
    exercises = bank.exercises(key)
    try:
        told = box.run(found.cells, [task(each) for each in exercises], isolated)
    except box.NoBox as error:
        return Verdict("failed", place, f"The box did not start: {error}")
    lines = tuple(judge(bank, each, told.get(each.id, {})) for each in exercises)
    return Verdict("graded", place, _strange(found.student, key), lines)


def _strange(made_for: str | None, key: str) -> str:
    if made_for is None or made_for == key:
        return ""
    return (
        f"The notebook was made for {made_for[:80]!r}, and graded as that of {key!r}."
    )


def judge(bank: Bank, exercise: Exercise, told: Mapping[str, Any]) -> Line:
    """Return what the numbers of one exercise are worth."""
    outcome, mistake, message = _judged(exercise, told)
    most = bank.worth(exercise)
    points = most if outcome == "right" else 0.0
    return Line(exercise.id, exercise.title, outcome, points, most, mistake, message)


def _judged(exercise: Exercise, told: Mapping[str, Any]) -> tuple[str, str, str]:
    said = str(told.get("said", ""))[:600]
    if told.get("state") in ("missing", "untouched"):
        return "not attempted", "", said
    if told.get("state") != "ran":
        return "error", "", said
    try:
        pairs = zip(told["outcomes"], exercise.cases, strict=False)
        outcomes = [unpack_outcome(each, exercise.names) for each, _ in pairs]
    except (ValueError, KeyError, TypeError) as error:
        return "error", "", f"its results cannot be read: {error}"
    stopped = outcomes and outcomes[-1].kind == "late"
    if len(outcomes) < len(exercise.cases) and not stopped:
        return "error", "", "it gave results for a part of the inputs only"
    result = compare(exercise, outcomes)
    return result.outcome, result.mistake or "", result.message


def mark(bank: Bank, submission: Submission, key: str, isolated: bool) -> str:
    """Return a name that stays the same as long as the verdict must."""
    parts = (bank.mark, submission.place, submission.problem, key, str(isolated))
    text = "\0".join(parts).encode() + b"\0" + submission.content
    return hashlib.sha256(text).hexdigest()[:32]


def keep(folder: Path, name: str, verdict: Verdict) -> None:
    """Write a verdict in one piece; what failed here is not kept."""
    if verdict.state == "failed":
        return
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{name}.json", json.dumps(asdict(verdict), indent=1))


def kept(folder: Path, name: str) -> Verdict | None:
    """Return the verdict of an earlier run, if it is there and whole."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        data = json.loads((folder / f"{name}.json").read_text("utf-8"))
        lines = tuple(Line(**line) for line in data.pop("lines"))
        return Verdict(**data, lines=lines)
    return None
