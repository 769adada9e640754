"""Progress as a file to keep or to hand in: JSON, or one page to print."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gdcourse.exercises.schema import Chapter, Exercise
from gdcourse.exercises.store import reason, write_whole
from gdcourse.style import css

Chapters = Mapping[Chapter, Sequence[Exercise]]
Rows = Mapping[str, Mapping[str, Any]]

JSON_HEAD = '{\n "made_by": "gdcourse progress export"'
PAGE_HEAD = (
    '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n'
    '<meta name="generator" content="gdcourse progress report">\n'
)
RULES = (
    "body{font:9pt/1.3 var(--gd-font);color:var(--gd-ink);background:var(--gd-paper);"
    "max-width:48rem;margin:1rem auto;padding:0 1rem}h1{font-size:1.4em;margin:0}"
    "p{margin:.2rem 0 .6rem}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.05rem .8rem .05rem 0;"
    "border-bottom:1px solid var(--gd-rule)}thead th{color:var(--gd-muted)}"
    "tbody th{padding-top:.35rem}tr{break-inside:avoid}@page{margin:12mm}"
    "@media print{body{font-size:8pt;line-height:1.2;max-width:none;margin:0;"
    "padding:0}}"
)
COLUMNS = ("Exercise", "State", "Tries", "Known mistakes met")


def as_json(chapters: Chapters, rows: Rows) -> str:
    """Return what is known of each exercise as JSON."""
    exercises = {
        exercise.id: {"chapter": chapter.number, "title": exercise.title}
        | dict(rows[exercise.id])
        for chapter, inside in chapters.items()
        for exercise in inside
    }
    data = {
        "made_by": "gdcourse progress export",
        "version": 1,
        "date": date.today().isoformat(),
        "exercises": exercises,
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def as_page(chapters: Chapters, rows: Rows, name: str) -> str:
    """Return one HTML page that needs no other file."""
    solved = sum(row["right"] for row in rows.values())
    total = f"{solved} of {len(rows)} exercises solved, {date.today().isoformat()}"
    head = "".join(f'<th scope="col">{column}</th>' for column in COLUMNS)
    body = "".join(_part(chapter, inside, rows) for chapter, inside in chapters.items())
    return (
        f'{PAGE_HEAD}<meta name="viewport" content="width=device-width">\n'
        f"<title>Progress in gdcourse</title>\n<style>{css()}{RULES}</style>\n"
        f"<h1>Progress in gdcourse{html.escape(f': {name}' if name else '')}</h1>\n"
        f"<p>{total}</p>\n<table><thead><tr>{head}</tr></thead>\n{body}</table>\n</html>\n"
    )


def _part(chapter: Chapter, exercises: Sequence[Exercise], rows: Rows) -> str:
    """Return the rows of a chapter below its heading."""
    solved = sum(rows[exercise.id]["right"] for exercise in exercises)
    lines = "".join(_line(exercise, rows[exercise.id]) for exercise in exercises)
    title = html.escape(f"Chapter {chapter.number}, {chapter.title}")
    return (
        f'<tbody><tr><th scope="rowgroup" colspan="{len(COLUMNS)}">{title}: '
        f"{solved} of {len(exercises)}</th></tr>\n{lines}</tbody>\n"
    )


def _line(exercise: Exercise, row: Mapping[str, Any]) -> str:
    state = state_of(row) + (", solution read" if row["solution"] else "")
    met = "; ".join(
        f"{mistake} ({count})" if count > 1 else mistake
        for mistake, count in row["mistakes"].items()
    )
    cells = (exercise.title, state, str(row["tries"] or ""), met)
    return f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>\n"


def state_of(row: Mapping[str, Any]) -> str:
    """Say in words how far an exercise is."""
    if row["right"]:
        return "solved"
    return "not solved yet" if row["tries"] or row["last"] else "not attempted"


def save(path: str | os.PathLike[str], text: str, head: str) -> Path:
    """Write ``text`` in one piece; only a file that begins with ``head`` is replaced.

    Raises ValueError, in one sentence, where nothing can or may be written.
    """
    try:
        file = Path(os.path.realpath(os.path.expanduser(path)))
        _refuse(path, file, head)
        write_whole(file, text)
    except (OSError, TypeError) as error:
        why = reason(error) if isinstance(error, OSError) else "it is no path"
        raise ValueError(
            f"{path!r} could not be written ({why}): give another path."
        ) from None
    return file


def _refuse(path: object, file: Path, head: str) -> None:
    if file.is_dir():
        raise ValueError(f"{path!r} is a folder: give the name of a file in it.")
    if not file.parent.is_dir():
        raise ValueError(
            f"There is no folder {str(file.parent)!r}: make it first, or give another "
            "path."
        )
    if file.exists() and not (file.is_file() and _begins(file, head.encode())):
        raise ValueError(
            f"{path!r} is there already and was not made by this function, so it was "
            "left as it is: give another name."
        )


def _begins(file: Path, head: bytes) -> bool:
    with open(file, "rb") as stream:
        return stream.read(len(head)) == head
