"""Write the notebooks that students get, and the source that nbgrader takes."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gdcourse.exercises.schema import Counted, Exercise
from gdcourse.grading.bank import Bank
from gdcourse.grading.submissions import Student

FEW = 6  # numbers of an array that stand in a line
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
HOW = (
    "Write a function for each question. Helpers, imports and plots are welcome; what "
    "counts is what your functions return. Save the notebook before you hand it in."
)
GRADED = (
    "# Your points for the function above. It is run outside this notebook.\n"
    "# Nothing is to be done in this cell."
)


def write(bank: Bank, folder: Path, students: Sequence[Student]) -> list[Path]:
    """Write a notebook for each student, with the numbers that are that student's.

    Returns the files.  Raises ValueError for a file that exists already, before
    anything is written.
    """
    made = {
        folder / f"{_file(student.name)}-{_file(student.key)}.ipynb": student
        for student in students
    }
    _free(made)
    folder.mkdir(parents=True, exist_ok=True)
    for path, student in made.items():
        notebook = _notebook(bank, student.key)
        path.write_text(json.dumps(notebook, indent=1) + "\n", "utf-8")
    return list(made)


def source(bank: Bank, path: Path) -> Path:
    """Write the source notebook of nbgrader, solutions and points included."""
    _free([path])
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = _notebook(bank, None)
    path.write_text(json.dumps(notebook, indent=1) + "\n", "utf-8")
    return path


def _free(paths: Any) -> None:
    if there := [str(path) for path in paths if path.exists()]:
        raise ValueError(f"{there[0]!r} exists already: name another folder.")


def _file(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text).strip("-.") or "student"


def _notebook(bank: Bank, student: str | None) -> dict[str, Any]:
    """Return a notebook for a student, or nbgrader's source where that is None."""
    cells = [_markdown("title", f"# {bank.name}\n\n{HOW}")]
    for number, exercise in enumerate(bank.exercises(student or ""), start=1):
        cells += _question(bank, exercise, number, student is None)
    own = {} if student is None else {"gdcourse": {"student": student}}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}, **own}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _question(
    bank: Bank, exercise: Exercise, number: int, nbgrader: bool
) -> list[dict[str, Any]]:
    name = grade_id(exercise)
    most = bank.worth(exercise)
    points = f"{most:g} point{'s' * (most != 1)}"
    text = f"## {number}. {exercise.title} ({points})\n\n{exercise.prompt}"
    told = _markdown(f"{name}-question", text)
    code = f"import numpy as np\n\n\n{exercise.stub}\n\n{_call(exercise)}\n"
    answer = _code(f"{name}-answer", code)
    if not nbgrader:
        return [told, answer]
    answer["source"] = _solution(exercise)
    points_cell = _code(f"{name}-points", GRADED)
    told["metadata"] = _nbgrader(f"{name}-question", "markdown", locked=True)
    answer["metadata"] = _nbgrader(f"{name}-answer", "code", solution=True)
    graded = _nbgrader(name, "code", locked=True, grade=True, points=most)
    points_cell["metadata"] = graded
    return [told, answer, points_cell]


def grade_id(exercise: Exercise) -> str:
    """Return the name of an exercise's cell in nbgrader.

    >>> from gdcourse.exercises import EXERCISES
    >>> grade_id(EXERCISES["update-rule.step"])
    'update-rule-step'
    """
    return exercise.id.replace(".", "-")


def _solution(exercise: Exercise) -> str:
    """Return the reference with its drawn numbers, marked as what students write."""
    head, body = exercise.code.split(":\n", 1)
    drawn = inspect.getclosurevars(exercise.reference).nonlocals
    for name, value in drawn.items():
        if not isinstance(value, (int, float, str)):
            raise ValueError(
                f"{exercise.id}: its reference uses {name} = {value!r}, which cannot "
                "be written into a notebook: draw a number or a text."
            )
    numbers = "".join(f"    {name} = {value!r}\n" for name, value in drawn.items())
    answer = f"    {BEGIN}\n{numbers}{body}\n    {END}\n"
    return f"import numpy as np\n\n\n{head}:\n{answer}"


def _call(exercise: Exercise) -> str:
    """Return a line that calls the function on the first input, to try it."""
    shown = [_shown(value) for value in exercise.cases[0]]
    if not all(shown):
        return f"# Try it with values of your own: {exercise.signature}"
    return f"# Try it: {exercise.reference.__name__}({', '.join(shown)})"


def _shown(value: Any) -> str:
    """Return a short input as code, or nothing."""
    if isinstance(value, np.ndarray):
        return f"np.array({value.tolist()})" if value.size <= FEW else ""
    return "" if isinstance(value, Counted) else repr(value)


def _markdown(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": source}


def _code(id: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": id,
        "metadata": {},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }


def _nbgrader(name: str, kind: str, **more: Any) -> dict[str, Any]:
    usual = {"grade": False, "solution": False, "locked": False, "task": False}
    known = {"grade_id": name, "schema_version": 3, "cell_type": kind}
    return {"nbgrader": {**known, **usual, **more}}
