"""Hints in three stages, and the solution on request."""

from __future__ import annotations

from gdcourse.exercises.cards import Card, indented
from gdcourse.exercises.schema import Exercise

STAGES = ("where to look", "which formula", "the formula with blanks")

_given: dict[str, int] = {}


def next_stage(exercise: Exercise, stage: int | None) -> int:
    """Return ``stage`` if it exists, or the one after the last given in this kernel."""
    if stage is None:
        stage = min(_given.get(exercise.id, 0) + 1, len(exercise.hints))
    elif stage not in range(1, len(exercise.hints) + 1):
        raise ValueError(
            f"There is no hint {stage!r}: {exercise.id} has hints 1 to "
            f"{len(exercise.hints)}."
        )
    _given[exercise.id] = max(stage, _given.get(exercise.id, 0))
    return stage


def hint_card(exercise: Exercise, stage: int) -> Card:
    """Return one hint."""
    count = len(exercise.hints)
    paragraphs = _blocks(exercise.hints[stage - 1])
    if stage == count:
        paragraphs.append(
            f'That was the last hint. `solution("{exercise.id}")` shows the code.'
        )
    return Card(f"Hint {stage} of {count}, {STAGES[stage - 1]}", paragraphs)


def solution_card(exercise: Exercise) -> Card:
    """Return the code of the reference with its explanation."""
    paragraphs = [indented(exercise.code), *_blocks(exercise.explanation)]
    return Card(f"Solution: {exercise.inside}", paragraphs)


def _blocks(text: str) -> list[str]:
    """Split ``text`` at empty lines into paragraphs and code."""
    return [block.strip("\n") for block in text.split("\n\n") if block.strip()]
