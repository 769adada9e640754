"""Remember what was tried and solved, here or, by a code, elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gdcourse.exercises.cards import Result, indented
from gdcourse.exercises.carrying import SOLUTION, SOLVED, decode, encode, tag
from gdcourse.exercises.schema import Exercise
from gdcourse.exercises.store import Data, Store, lent, store


def keep_result(result: Result) -> list[str]:
    """Note a check in the progress file; return sentences for the learner."""
    if result.outcome == "not attempted":
        return []

    def change(data: Data) -> None:
        row = row_of(data, result.exercise)
        row["tries"] += 1
        row["right"] = row["right"] or result.outcome == "right"
        row["last"] = result.outcome
        if result.mistake:
            seen = row["mistakes"]
            seen[result.mistake] = _count(seen.get(result.mistake)) + 1

    return _kept(change)


def keep_help(exercise: Exercise, hint: int = 0, solution: bool = False) -> list[str]:
    """Note that a hint or the solution was read."""

    def change(data: Data) -> None:
        row = row_of(data, exercise.id)
        row["hints"] = max(row["hints"], hint)
        row["solution"] = row["solution"] or solution

    return _kept(change)


def _kept(change: Any) -> list[str]:
    keeper = store()
    keeper.update(change)
    return keeper.take_notes() + told_code(keeper, once=True)


def bring_back(code: str, exercises: Iterable[str]) -> list[str]:
    """Add what a code holds to the progress file; return sentences for the learner."""
    done = decode(code)
    known = {id: done.pop(tag(id)) for id in exercises if tag(id) in done}

    def change(data: Data) -> None:
        for id, what in known.items():
            row = row_of(data, id)
            row["right"] = row["right"] or bool(what & SOLVED)
            row["solution"] = row["solution"] or bool(what & SOLUTION)
            row["last"] = row["last"] or ("right" if what & SOLVED else "wrong")

    solved = sum(bool(what & SOLVED) for what in known.values())
    said = f"Exercises in the code: {len(known)}, of them solved: {solved}."
    if done:
        said += f" Not in this version of the course: {len(done)}."
    keeper = store()
    keeper.update(change)
    return [said, *keeper.take_notes()]


def told_code(keeper: Store, once: bool = False) -> list[str]:
    """Return the code with what it is for, where the disk does not keep progress."""
    host = lent()
    if (once and keeper.code_told) or not (host or keeper.memory is not None):
        return []
    kept = keeper.read()["exercises"]
    rows = {id: row_of({"exercises": {id: dict(row)}}, id) for id, row in kept.items()}
    if not (done := done_in(rows)):
        return []
    keeper.code_told = True
    why = f"{host} lends you this computer for a while only. " if host else ""
    return [
        f"{why}These lines bring your progress back, here or elsewhere; `progress()` "
        "shows them as they are by then:",
        indented(f'from gdcourse.exercises import restore\nrestore("{encode(done)}")'),
    ]


def done_in(rows: Mapping[str, dict[str, Any]]) -> dict[str, int]:
    """Return what a code says of the exercises that were tried."""
    return {
        id: SOLVED * row["right"] + SOLUTION * row["solution"]
        for id, row in rows.items()
        if row["right"] or row["tries"] or row["last"]
    }


def row_of(data: Data, id: str) -> dict[str, Any]:
    """Return the row of an exercise, made whole if parts are missing or strange."""
    row: dict[str, Any] = data["exercises"].setdefault(id, {})
    row |= {name: _count(row.get(name)) for name in ("tries", "hints")}
    row |= {name: row.get(name) is True for name in ("right", "solution")}
    row["last"] = str(row.get("last", ""))
    seen = row["mistakes"] if isinstance(row.get("mistakes"), dict) else {}
    row["mistakes"] = {name: _count(count) for name, count in seen.items()}
    return row


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
