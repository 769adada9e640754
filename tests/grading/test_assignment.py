"""Notebooks for students, and nbgrader itself on its source and on submissions."""

import json
import subprocess
import sys

import nbformat
import numpy as np
import pytest

from gdcourse.__main__ import main
from gdcourse.exercises.assess import assess
from gdcourse.grading.assignment import grade_id
from gdcourse.grading.pick import defined, statements

from .conftest import NEEDS_BOX
from .test_grade import rate_of
from .test_submissions import MOODLE


def cells(path):
    """Return the sources of a valid notebook's cells by their ids."""
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    return {cell.id: cell.source for cell in notebook.cells}


@pytest.fixture
def handed_out(bank_folder, tmp_path):
    (tmp_path / "roster.csv").write_text(MOODLE)
    words = ["--bank", str(bank_folder), "--out", str(tmp_path / "out")]
    words += ["--roster", str(tmp_path / "roster.csv")]
    assert main(["assignment", "04", *words]) == 0
    return sorted((tmp_path / "out").iterdir())


def test_each_student_gets_a_notebook_with_numbers_of_their_own(bank, handed_out):
    assert [path.name for path in handed_out] == [
        "Ada-Lovelace-123.ipynb",
        "Emmy-Noether-45.ipynb",
        "Sofya-Kovalevskaya-Sofya-Kovalevskaya.ipynb",
    ]
    for path, key in zip(handed_out, ("123", "45", "Sofya Kovalevskaya"), strict=True):
        found = cells(path)
        own = nbformat.read(path, 4).metadata["gdcourse"]
        assert own == {"student": key}
        for exercise in bank.exercises(key):
            assert exercise.prompt in found[f"{grade_id(exercise)}-question"]
    assert len({path.read_text() for path in handed_out}) == 3


def test_what_students_get_holds_no_answer_and_runs(bank, handed_out):
    for exercise in bank.exercises("123"):
        body, problems = statements(
            [cells(handed_out[0])[f"{grade_id(exercise)}-answer"]]
        )
        assert problems == []
        made = defined(body, exercise.reference.__name__)
        assert assess(exercise, made).outcome == "not attempted"


def test_the_source_of_nbgrader_holds_answers_that_are_right(
    bank, bank_folder, tmp_path
):
    words = ["--bank", str(bank_folder), "--out", str(tmp_path / "ps1")]
    assert main(["assignment", "all", *words]) == 0
    found = cells(tmp_path / "ps1" / "ps1.ipynb")
    for exercise in bank.exercises():
        body, _ = statements([found[f"{grade_id(exercise)}-answer"]])
        answer = defined(body, exercise.reference.__name__)
        assert assess(exercise, answer).outcome == "right"


@pytest.mark.parametrize(
    ("chapter", "said"),
    [
        ("99", "no exercise of chapter '99': it has some of 04"),
        ("04", "exists already"),
    ],
)
def test_an_assignment_is_refused_in_a_sentence(
    bank_folder, tmp_path, chapter, said, capsys
):
    words = ["--bank", str(bank_folder), "--out", str(tmp_path / "ps1")]
    if chapter == "04":
        assert main(["assignment", chapter, *words]) == 0
    assert main(["assignment", chapter, *words]) == 2
    assert said in capsys.readouterr().err


# nbgrader itself

CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "course"
c.CourseDirectory.root = ROOT
c.IncludeHeaderFooter.header = ""
c.Autograde.autograde_preprocessors = [
    "gdcourse.grading.nbgrader.Isolated",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Isolated.bank = BANK
"""
CHEAT = "get_ipython().input_transformers_post.append(lambda lines: ['pass'])"


def nbgrader(folder, *words):
    command = [sys.executable, "-m", "nbgrader", *words]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]


@NEEDS_BOX
def test_nbgrader_hands_out_and_grades_with_our_box(bank, bank_folder, tmp_path):
    pytest.importorskip("nbgrader")
    words = ["--bank", str(bank_folder), "--out", str(tmp_path / "source" / "ps1")]
    assert main(["assignment", "all", *words]) == 0
    config = CONFIG.replace("ROOT", repr(str(tmp_path)))
    config = config.replace("BANK", repr(str(bank_folder)))
    (tmp_path / "nbgrader_config.py").write_text(config)
    nbgrader(tmp_path, "generate_assignment", "ps1")
    released = tmp_path / "release" / "ps1" / "ps1.ipynb"
    assert "return 1 / np.maximum" not in released.read_text()
    for student, answer in {"ada": rate_of(bank, ""), "eve": CHEAT}.items():
        place = tmp_path / "submitted" / student / "ps1"
        place.mkdir(parents=True)
        notebook = json.loads(released.read_text())
        for cell in notebook["cells"]:
            if cell["id"] == "bank-rate-answer":
                cell["source"] = answer
        (place / "ps1.ipynb").write_text(json.dumps(notebook))
    nbgrader(tmp_path, "autograde", "ps1")
    nbgrader(tmp_path, "export", "--to", str(tmp_path / "grades.csv"))
    scores = np.genfromtxt(
        tmp_path / "grades.csv", delimiter=",", names=True, dtype=None, encoding="utf-8"
    )
    assert dict(zip(scores["student_id"], scores["score"], strict=True)) == {
        "ada": 1.0,
        "eve": 0.0,
    }
    assert scores["max_score"].tolist() == [7.0, 7.0]
