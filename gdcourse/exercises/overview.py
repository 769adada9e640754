"""Show progress as a table and a bar for each chapter, and write it to files."""

from __future__ import annotations

import html
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gdcourse.exercises import reporting
from gdcourse.exercises.cards import Card
from gdcourse.exercises.carrying import encode
from gdcourse.exercises.keeping import done_in, row_of, told_code
from gdcourse.exercises.schema import Chapter, Exercise
from gdcourse.exercises.store import store

WIDTH = 20


def table(exercises: Mapping[str, Exercise], said: Iterable[str] = ()) -> Progress:
    """Return the progress over all exercises, with what the file's state needs said."""
    keeper = store()
    data = keeper.read()
    rows = {id: dict(data["exercises"].get(id, {})) for id in exercises}
    notes = [*said, *keeper.take_notes(), *told_code(keeper)]
    return Progress(exercises, rows, notes)


class Progress(Card):
    """The progress of each chapter; ``rows`` has what is known of each exercise.

    ``code`` is short and brings it back elsewhere with ``restore``; ``export(path)``
    writes it as JSON, ``report(path, name="")`` as one page to print or hand in.

    >>> Progress({}, {}, []).code
    'GD1C3JZN'
    """

    def __init__(
        self,
        exercises: Mapping[str, Exercise],
        rows: Mapping[str, dict[str, Any]],
        notes: Iterable[str],
    ) -> None:
        self.rows = {id: row_of({"exercises": rows}, id) for id in exercises}
        self.chapters: dict[Chapter, list[Exercise]] = {}
        for exercise in exercises.values():
            self.chapters.setdefault(exercise.chapter, []).append(exercise)
        super().__init__("Your progress", list(notes))

    def solved(self, chapter: Chapter) -> int:
        """Return how many exercises of ``chapter`` were solved."""
        return sum(self.rows[e.id]["right"] for e in self.chapters[chapter])

    @property
    def code(self) -> str:
        """The short text that ``restore`` turns into this progress elsewhere."""
        return encode(done_in(self.rows))

    def export(self, path: str | os.PathLike[str]) -> Path:
        """Write all that is known as JSON to ``path``, and return where it is.

        Only an earlier export is replaced.  Raises ValueError if it cannot be written.
        """
        text = reporting.as_json(self.chapters, self.rows)
        return reporting.save(path, text, reporting.JSON_HEAD)

    def report(self, path: str | os.PathLike[str], name: str = "") -> Path:
        """Write one HTML page to print or hand in, and return where it is.

        It names nobody unless ``name`` is given.  Only an earlier report is replaced.
        Raises ValueError if it cannot be written.
        """
        text = reporting.as_page(self.chapters, self.rows, name)
        return reporting.save(path, text, reporting.PAGE_HEAD)

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
        count = row["tries"]
        tries = f", {count} {'try' if count == 1 else 'tries'}" if count else ""
        return reporting.state_of(row) + tries
