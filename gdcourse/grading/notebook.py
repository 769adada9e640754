"""Read a handed-in notebook: its code cells, and whose it says it is."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Notebook(NamedTuple):
    """The source of the code cells in order, and the student it was made for."""

    cells: list[str]
    student: str | None


def read(content: bytes) -> Notebook:
    """Return what a notebook holds, or raise ValueError with the end of a sentence."""
    if not content.strip():
        raise ValueError("it is empty: perhaps it was never saved")
    try:
        data = json.loads(content)
        cells = [_source(cell) for cell in data["cells"] if cell["cell_type"] == "code"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"it is no notebook ({type(error).__name__})") from None
    if not any(cell.strip() for cell in cells):
        raise ValueError("it has no code: perhaps it was never saved")
    return Notebook(cells, _student(data))


def _source(cell: Any) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _student(data: Any) -> str | None:
    own = data.get("metadata", {})
    own = own.get("gdcourse", {}) if isinstance(own, dict) else {}
    student = own.get("student") if isinstance(own, dict) else None
    return student if isinstance(student, str) else None
