"""Write the grades as CSV, the feedback of each student, and the page of the class."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gdcourse.exercises.cards import HEADINGS
from gdcourse.exercises.store import write_whole
from gdcourse.grading.bank import Bank
from gdcourse.grading.verdict import Line, Verdict
from gdcourse.style import css

if TYPE_CHECKING:
    from gdcourse.grading.run import Job

Rows = Mapping["Job", "Verdict | None"]
SAID = {**HEADINGS, "not attempted": "Not attempted"}  # no "yet" once it is graded


def write(out: Path, bank: Bank, rows: Rows) -> None:
    """Write ``out``, a text for each student beside it, and the page of the class."""
    out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(out, _csv(bank, rows))
    folder = out.with_name(out.stem + ".feedback")
    folder.mkdir(exist_ok=True)
    for job, verdict in rows.items():
        if verdict and verdict.state == "graded":
            name = f"{_file(job.student.key)}.txt"
            write_whole(folder / name, feedback(bank, verdict))
    write_whole(out.with_name(out.stem + ".class.html"), class_page(bank, rows))


def _file(key: str) -> str:
    return re.sub(r"[^\w.-]", "_", key).lstrip(".") or "_"


def _csv(bank: Bank, rows: Rows) -> str:
    exercises = bank.exercises()
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    ids = [exercise.id for exercise in exercises]
    most = [bank.worth(exercise) for exercise in exercises]
    table.writerow(["ID", "Student", "State", *ids, "Total", "Of", "File", "Note"])
    for job, verdict in rows.items():
        got = {line.id: line.points for line in verdict.lines} if verdict else {}
        known = verdict and verdict.state != "failed"
        points = [f"{got.get(id, 0):g}" if known else "" for id in ids]
        total = f"{verdict.total:g}" if verdict and known else ""
        state = verdict.state if verdict else "missing"
        place = verdict.place if verdict else ""
        notes = "; ".join(filter(None, (job.note, verdict.note if verdict else "")))
        cells = (job.student.key, job.student.name, state, *points, total)
        row = (*cells, f"{sum(most):g}", place, notes)
        table.writerow([_safe(cell) for cell in row])
    return stream.getvalue()


def _safe(cell: str) -> str:
    """Return a cell that a spreadsheet reads as text, not as a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "@", "\t", "\r"} else cell


def feedback(bank: Bank, verdict: Verdict) -> str:
    """Return what a student is told, as plain text."""
    most = sum(line.most for line in verdict.lines)
    parts = [f"{bank.name}: {verdict.total:g} of {most:g} points", verdict.note]
    parts += [_told(line) for line in verdict.lines]
    return "\n\n".join(filter(None, parts)) + "\n"


def _told(line: Line) -> str:
    head = f"{line.title} ({line.points:g} of {line.most:g}): {SAID[line.outcome]}."
    return f"{head}\n{line.message}" if line.message else head


def class_page(bank: Bank, rows: Rows) -> str:
    """Return the page that shows, for each exercise, which mistakes are common."""
    graded = [v for v in rows.values() if v and v.state == "graded"]
    others = Counter(v.state if v else "missing" for v in rows.values())
    states = ", ".join(f"{count} {state}" for state, count in sorted(others.items()))
    sections = [
        _exercise(title, [line for v in graded for line in v.lines if line.id == id])
        for id, title in ((each.id, each.title) for each in bank.exercises())
    ]
    name = html.escape(bank.name)
    style = (
        "body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui}"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}'
        '</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{css()}html{{background:var(--gd-paper);color:var(--gd-ink)}}{style}"
        "td{padding:.1rem 1rem .1rem 0}</style></head><body><main>"
        f"<h1>{name}</h1><p>{html.escape(states)}.</p>{''.join(sections)}"
        "</main></body></html>\n"
    )


def _exercise(title: str, lines: list[Line]) -> str:
    right = sum(line.outcome == "right" for line in lines)
    counts = Counter(_kind(line) for line in lines if line.outcome != "right")
    rows = "".join(
        f"<tr><td>{count}</td><td>{html.escape(kind)}</td></tr>"
        for kind, count in counts.most_common()
    )
    table = f"<table><tbody>{rows}</tbody></table>" if rows else ""
    return f"<h2>{html.escape(title)}</h2><p>{right} of {len(lines)} right.</p>{table}"


def _kind(line: Line) -> str:
    if line.mistake:
        return line.mistake
    other = {"wrong": "wrong in a way that is not known", "error": "did not run"}
    return other.get(line.outcome, line.outcome)
