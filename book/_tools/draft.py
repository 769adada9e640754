"""Turn a chapter's draft, written as plain text, into a notebook.

    python book/_tools/draft.py DRAFT.txt book/05-learning-rates.ipynb

A line that starts with ``%%`` and a blank opens a cell; the cell's source follows:

    %% [markdown] id=one-step
    # One step downhill
    %% id=first-loop tags=hide-input alt="The loss falls at every step"
    x = 4.0

Every cell needs an id in words.  ``tags`` are separated by commas, and ``alt`` is the
text that stands for a picture the cell draws.  `make notebooks` then runs the cells.
"""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
OPTIONS = ("id", "tags", "alt")
WORDS = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def read_draft(text: str) -> Any:
    """Build a notebook from a draft; a wrong header raises ValueError with its line."""
    cells: list[Any] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("%% "):
            cells.append(_open_cell(line, number))
        elif cells:
            cells[-1].source += line + "\n"
        elif line.strip():
            raise ValueError(f"Line {number}: {line!r} stands before the first cell.")
    for cell in cells:
        cell.source = cell.source.strip("\n")
    _refuse_twins([cell.id for cell in cells])
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    return new_notebook(cells=cells, metadata=metadata)


def _open_cell(line: str, number: int) -> Any:
    """Make the empty cell that a header line such as ``%% id=first-loop`` opens."""
    words = shlex.split(line.removeprefix("%%"))
    prose = bool(words) and words[0] == "[markdown]"
    options = dict(word.partition("=")[::2] for word in words[prose:])
    if unknown := sorted(options.keys() - OPTIONS):
        raise ValueError(f"Line {number}: {unknown[0]!r} is none of {OPTIONS}.")
    name = options.get("id", "")
    if not WORDS.fullmatch(name):
        raise ValueError(f"Line {number}: id={name!r} must be words joined by hyphens.")
    metadata: dict[str, Any] = {}
    if "alt" in options:
        metadata["mystnb"] = {"image": {"alt": options["alt"]}}
    if "tags" in options:
        metadata["tags"] = options["tags"].split(",")
    build = new_markdown_cell if prose else new_code_cell
    return build(id=name, metadata=metadata)


def _refuse_twins(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(
                f"id={name!r} names {names.count(name)} cells: use it once."
            )


def main(draft: str, notebook: str) -> None:
    """Read the draft and write the notebook."""
    nbformat.write(read_draft(Path(draft).read_text("utf-8")), notebook)
    print(f"{notebook}: written. Run `make notebooks` to fill in its outputs.")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python book/_tools/draft.py DRAFT.txt OUT.ipynb")
    main(*sys.argv[1:])
