"""The shape of a chapter's cells: short code, plain Markdown, pictures with words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from notebooks import IGNORE, TORCH
from prose import NUMBER, printed, significant
from setup_cell import SETUP

LINES, COLUMNS, DIGITS = 12, 68, 4
TAGS = {"hide-input", "raises-exception", "remove-cell", IGNORE, TORCH}
MYST = re.compile(
    r"""^\s*(?:`{3,}|~{3,}|:{3,})\{   # a directive
      | (?<!`)\{[a-z][a-z:-]*\}`      # a role
      | ^\([\w-]+\)=\s*$              # a label
    """,
    re.MULTILINE | re.VERBOSE,
)


def faults(notebook: Any) -> Iterator[str]:
    """Say what a reader on a phone, in Colab or with a screen reader would miss."""
    before: Any = None
    names = [cell.id for cell in notebook.cells]
    for cell in notebook.cells:
        if names.count(cell.id) > 1:
            yield f"cell {cell.id!r}: another cell has this id too."
        check = _code_faults if cell.cell_type == "code" else _prose_faults
        for fault in check(cell):
            yield f"cell {cell.id!r}: {fault}"
        if _code(cell) and _code(before) and before.id != SETUP:
            yield f"cell {cell.id!r}: say a sentence between two code cells."
        before = cell


def _code(cell: Any) -> bool:
    return cell is not None and cell.cell_type == "code"


def _prose_faults(cell: Any) -> Iterator[str]:
    if not cell.source.strip():
        yield "it is empty."
    if found := MYST.search(cell.source):
        yield f"{found[0].strip()!r} is MyST, which Colab shows raw: write Markdown."


def _code_faults(cell: Any) -> Iterator[str]:
    lines, tags = cell.source.splitlines(), set(cell.metadata.get("tags", []))
    if len(lines) > LINES:
        yield f"{len(lines)} lines of code; at most {LINES}: move some to gdcourse."
    if cell.id != SETUP:
        for line in lines:
            if len(line) > COLUMNS:
                yield f"{line!r} has {len(line)} columns; at most {COLUMNS}."
    if lines and lines[-1].rstrip().endswith(";"):
        yield "the final ';' hides nothing from nbval: assign the value to a name."
    if unknown := tags - TAGS:
        yield f"the tags {sorted(unknown)} are none of {sorted(TAGS)}."
    if re.search(r"^\s*(import|from) torch\b", cell.source, re.M) and TORCH not in tags:
        yield f"it imports torch: give it the tag {TORCH!r}."
    if IGNORE in tags and cell.outputs:
        yield f"it prints, so nbval must compare it: drop the tag {IGNORE!r}."
    yield from _output_faults(cell)


def _output_faults(cell: Any) -> Iterator[str]:
    alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
    for output in cell.outputs:
        words = printed(output)
        if "<Figure size" in words:
            if len(alt.split()) < 3:
                yield "its picture needs words: set alt in the cell's mystnb.image."
            continue
        if "np.float64(" in words or " at 0x" in words:
            yield f"{words.strip()!r} shows how Python stores a value: print it."
        for number in NUMBER.findall(words):
            if not number.replace(",", "").isdigit() and significant(number) > DIGITS:
                yield f"it prints {number}: four significant digits are enough."
