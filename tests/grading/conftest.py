"""A bank, notebooks, and the way a student's code becomes a verdict."""

import json
import shutil
from pathlib import Path

import pytest

import gdcourse.grading
from gdcourse.grading import box, load
from gdcourse.grading.submissions import Submission
from gdcourse.grading.verdict import grade

TEMPLATE = Path(gdcourse.grading.__file__).parent / "template"
NEEDS_BOX = pytest.mark.skipif(
    bool(box.why_not()), reason=f"submissions cannot be isolated: {box.why_not()}"
)


def make_bank(folder, seed="the wine-dark sea"):
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(TEMPLATE / "bank.py", folder)
    (folder / "seed.txt").write_text(seed)
    return folder


@pytest.fixture(scope="session")
def bank_folder(tmp_path_factory):
    return make_bank(tmp_path_factory.mktemp("banks") / "bank")


@pytest.fixture(scope="session")
def bank(bank_folder):
    return load(bank_folder)


def notebook(*cells, student=None):
    """Return the bytes of a notebook with these code cells."""
    code = [{"cell_type": "code", "source": cell, "metadata": {}} for cell in cells]
    own = {"gdcourse": {"student": student}} if student else {}
    data = {"cells": code, "metadata": own, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(data).encode()


@pytest.fixture
def verdict(bank):
    """Grade code as Ada's notebook; return her lines by exercise."""

    def graded(*cells, content=None):
        content = notebook(*cells) if content is None else content
        found = grade(
            bank, Submission("ada", "ada", "a.ipynb", (), content), "ada", True
        )
        return {line.id: line for line in found.lines} or found

    return graded
