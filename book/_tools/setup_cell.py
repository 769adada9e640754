"""Write the first code cell of a chapter, which makes gdcourse importable anywhere.

Where the import fails (a fresh Colab, say) the cell installs the wheel that the site
itself ships, so page, notebook and library always match.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "_ext"))

import addresses  # the site's extensions know every address

SETUP = "setup"


def setup_source() -> str:
    """Give the cell's four lines, with the wheel's address from _config.yml."""
    return (
        "try:\n    import gdcourse\nexcept ImportError:\n"
        f"    %pip install -q {addresses.wheel_address()}"
    )


def write_setup(notebook: Any) -> None:
    """Put the set-up cell before the first code cell, or refresh it there."""
    code = [n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    first = code[0] if code else len(notebook.cells)
    if not code or notebook.cells[first].id != SETUP:
        notebook.cells.insert(first, new_code_cell(id=SETUP))
    cell = notebook.cells[first]
    cell.source = setup_source()
    cell.metadata = {"tags": ["remove-cell"]}
