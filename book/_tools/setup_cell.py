"""Write the first code cell of a chapter, which makes gdcourse importable anywhere.

Where the import fails (a fresh Colab, say) the cell installs the wheel that the site
itself ships, so page, notebook and library always match.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from nbformat.v4 import new_code_cell

ROOT = Path(__file__).resolve().parents[2]
SETUP = "setup"


def setup_source() -> str:
    """Give the cell's four lines, with the wheel's address from _config.yml."""
    return (
        "try:\n    import gdcourse\nexcept ImportError:\n"
        f"    %pip install -q {wheel_address()}"
    )


def wheel_address() -> str:
    """Say where the published site keeps the library's wheel."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    version = re.search(r'^version = "(.*)"$', project, re.MULTILINE)
    if version is None:
        raise ValueError("pyproject.toml states no version.")
    base = config["html"]["baseurl"].rstrip("/")
    return f"{base}/wheels/gdcourse-{version[1]}-py3-none-any.whl"


def write_setup(notebook: Any) -> None:
    """Put the set-up cell before the first code cell, or refresh it there."""
    code = [n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    first = code[0] if code else len(notebook.cells)
    if not code or notebook.cells[first].id != SETUP:
        notebook.cells.insert(first, new_code_cell(id=SETUP))
    cell = notebook.cells[first]
    cell.source = setup_source()
    cell.metadata = {"tags": ["hide-input"]}
