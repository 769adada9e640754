"""Remember what was solved, and show it as a table and a bar for each chapter."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any

from gdcourse.exercises.cards import Card, Result
from gdcourse.exercises.schema import Chapter, Exercise
from gdcourse.exercises.store import Data, store

WIDTH = 20


def keep_result(result: Result) -> list[str]:
    """Note a check in the progress file; return sentences for the learner."""
    if result.outcome == "not attempted":
        return []

    def change(data: Data) -> None:
        row = _row(data, result.exercise)
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
        row = _row(data, exercise.id)
        row["hints"] = max(row["hints"], hint)
        row["solution"] = row["solution"] or solution

    return _kept(change)


def _kept(change: Any) -> list[str]:
    keeper = store()
    keeper.update(change)
    return keeper.take_notes()


def _row(data: Data, id: str) -> dict[str, Any]:
    """Return the row of an exercise, made whole if parts are missing or strange."""
    row: dict[str, Any] = data["exercises"].setdefault(id, {})
    row |= {name: _count(row.get(name)) for name in ("tries", "hints")}
    row |= {name: row.get(name) is True for name in ("right", "solution")}
    row["last"] = str(row.get("last", ""))
    if not isinstance(row.get("mistakes"), dict):
        row["mistakes"] = {}
    return row


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def table(exercises: Mapping[str, Exercise]) -> Progress:
    """Return the progress over all exercises, with what the file's state needs said."""
    keeper = store()
    data = keeper.read()
    rows = {id: dict(data["exercises"].get(id, {})) for id in exercises}
    return Progress(exercises, rows, keeper.take_notes())


class Progress(Card):
    """The progress of each chapter; ``rows`` has what is known of each exercise."""

    def __init__(
        self,
        exercises: Mapping[str, Exercise],
        rows: Mapping[str, dict[str, Any]],
        notes: Iterable[str],
    ) -> None:
        self.rows = {id: _row({"exercises": rows}, id) for id in exercises}
        self.chapters: dict[Chapter, list[Exercise]] = {}
        for exercise in exercises.values():
            self.chapters.setdefault(exercise.chapter, []).append(exercise)
        super().__init__("Your progress", list(notes))

    def solved(self, chapter: Chapter) -> int:
        """Return how many exercises of ``chapter`` were solved."""
        return sum(self.rows[e.id]["right"] for e in self.chapters[chapter])

    def __str__(self) -> str:
        """Return the bars and tables as text."""
        lines = [self.heading]
        for chapter, exercises in self.chapters.items():
            done, count = self.solved(chapter), len(exercises)
            bar = "#" * (WIDTH * done // count)
            lines.append(
                f"Chapter {chapter.number}, {chapter.title}  "
                f"[{bar:-<{WIDTH}}] {done} of {count}"
            )
            wide = max(len(e.id) for e in exercises)
            lines += [f"  {e.id:<{wide}}  {self._state(e)}" for e in exercises]
        return "\n".join((*lines, *self.paragraphs))

    def html(self) -> str:
        """Return the bars and tables as HTML."""
        parts = []
        for chapter, exercises in self.chapters.items():
            done, count = self.solved(chapter), len(exercises)
            name = html.escape(f"Chapter {chapter.number}, {chapter.title}")
            rows = "".join(
                f"<tr><td>{html.escape(e.title)}<br><code>{e.id}</code></td>"
                f"<td>{html.escape(self._state(e))}</td></tr>"
                for e in exercises
            )
            parts.append(
                f'<p>{name} <progress max="{count}" value="{done}" aria-label="{name}">'
                f"</progress> {done} of {count}</p><table><tbody>{rows}</tbody></table>"
            )
        return super().html().removesuffix("</div>") + "".join(parts) + "</div>"

    def _state(self, exercise: Exercise) -> str:
        row = self.rows[exercise.id]
        if not row["tries"]:
            return "not attempted"
        tries = f"{row['tries']} {'try' if row['tries'] == 1 else 'tries'}"
        return f"{'solved' if row['right'] else 'not solved yet'}, {tries}"
