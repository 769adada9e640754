"""Turn a chapter's draft, written as plain text, into a notebook, and back.

    python book/_tools/draft.py draft.txt book/05-learning-rates.ipynb
    python book/_tools/draft.py book/05-learning-rates.ipynb draft.txt

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


def write_draft(notebook: Any) -> str:
    """Write a notebook's cells, without outputs, as the draft they could come from."""
    return "\n".join(f"{_header(cell)}\n{cell.source}\n" for cell in notebook.cells)


def _header(cell: Any) -> str:
    words = ["%%", f"id={cell.id}"]
    if cell.cell_type == "markdown":
        words.insert(1, "[markdown]")
    if tags := cell.metadata.get("tags"):
        words.append("tags=" + ",".join(tags))
    if alt := cell.metadata.get("mystnb", {}).get("image", {}).get("alt"):
        words.append("alt=" + shlex.quote(alt))
    return " ".join(words)


def main(source: str, target: str) -> None:
    """Convert in the direction that the two names tell."""
    if source.endswith(".ipynb"):
        notebook = nbformat.read(source, as_version=4)
        Path(target).write_text(write_draft(notebook), "utf-8")
        print(f"{target}: written. Edit it, then turn it back into {source}.")
    else:
        nbformat.write(read_draft(Path(source).read_text("utf-8")), target)
        print(f"{target}: written. Run `make notebooks` to fill in its outputs.")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sum(name.endswith(".ipynb") for name in sys.argv) != 1:
        sys.exit("usage: draft.py DRAFT.txt OUT.ipynb, or draft.py IN.ipynb DRAFT.txt")
    main(*sys.argv[1:])
