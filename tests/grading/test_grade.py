"""A whole class from the folder to the grades, twice, and with things that go wrong."""

import csv
import subprocess
import sys
from concurrent.futures import Future

import pytest

from gdcourse.__main__ import main
from gdcourse.exercises import Exercise
from gdcourse.grading import box, load, run
from gdcourse.grading.bank import task
from gdcourse.grading.pick import answer_name, defined, needed, statements

from .conftest import NEEDS_BOX, make_bank, notebook
from .test_submissions import MOODLE, handed_in

RIGHT = {
    "bank.slope": "def slope(x):\n    return 3*A*x**2 - 2*B*x",
    "bank.rate": "def largest_rate(c):\n    return 1 / max(A, c)",
}


def rate_of(bank, key):
    """The right answer of one student to the last but one exercise."""
    exercise = bank.exercises(key)[4]
    return RIGHT["bank.rate"].replace("A", str(round(1 / exercise.reference(0.01))))


@pytest.fixture
def school(tmp_path):
    """A bank, a roster, and what was handed in."""
    folder = make_bank(tmp_path / "bank")
    bank = load(folder)
    (tmp_path / "roster.csv").write_text(MOODLE)
    files = {
        "Ada Lovelace_9_assignsubmission_file_/w.ipynb": notebook(rate_of(bank, "123")),
        "Emmy Noether_8_assignsubmission_file_/w.ipynb": b"not json",
        "mallory/w.ipynb": notebook(rate_of(bank, "123"), student="123"),
    }
    handed_in(tmp_path, files)
    return tmp_path


def graded(school, **more):
    lines = []
    options = {"students": school / "roster.csv", "workers": 2, "say": lines.append}
    out = school / "out" / "grades.csv"
    run.grade(school / "all", school / "bank", out, **options | more)
    with open(out, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream)), " ".join(lines)


@NEEDS_BOX
def test_a_class_gets_its_grades_and_gets_the_same_ones_again(school):
    rows, said = graded(school)
    found = [(r["ID"], r["State"], r["bank.rate"], r["Total"], r["Of"]) for r in rows]
    assert found == [
        ("123", "graded", "1", "1", "7"),
        ("45", "unreadable", "0", "0", "7"),
        ("Sofya Kovalevskaya", "missing", "", "", "7"),
        ("mallory", "graded", "0", "0", "7"),
    ]
    assert "cannot be graded: it is no notebook" in rows[1]["Note"]
    assert "not on the roster; The notebook was made for '123'" in rows[3]["Note"]
    assert "0 graded before, 3 to grade" in said
    again, said = graded(school)
    assert again == rows
    assert "3 graded before, 0 to grade" in said


@NEEDS_BOX
def test_feedback_and_the_page_of_the_class_name_mistakes(school):
    sign = "def slope(x):\n    return 7 * x"
    (school / "all" / "mallory" / "w.ipynb").write_bytes(notebook(sign))
    graded(school)
    told = (school / "out" / "grades.feedback" / "123.txt").read_text()
    assert told.startswith("Gradient descent, first assignment: 1 of 7 points")
    assert "The largest rate (1 of 1): Right." in told
    page = (school / "out" / "grades.class.html").read_text()
    assert "1 of 2 right" in page
    assert "wrong in a way that is not known" in page


class Broken:
    """An executor that loses every second job, as a dying machine would."""

    def __init__(self):
        self.count = 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def submit(self, function, *words):
        self.count += 1
        future = Future()
        if self.count % 2:
            future.set_exception(OSError("the node is gone"))
        else:
            future.set_result(function(*words))
        return future


@NEEDS_BOX
def test_what_failed_here_is_told_apart_and_graded_the_next_time(school):
    rows, _ = graded(school, executor=Broken())
    states = [row["State"] for row in rows]
    assert states.count("failed") == 2
    failed = next(row for row in rows if row["State"] == "failed")
    assert failed["Total"] == ""
    assert "the node is gone. Run it again" in failed["Note"]
    rows, said = graded(school)
    assert "1 graded before, 2 to grade" in said
    assert "failed" not in [row["State"] for row in rows]


def test_a_changed_bank_or_notebook_is_graded_anew(school):
    graded(school, trusted=True)
    file = school / "bank" / "bank.py"
    file.write_text(file.read_text() + "# changed\n")
    _, said = graded(school, trusted=True)
    assert "0 graded before" in said


def test_without_a_box_it_says_so_and_asks_for_trust(school, monkeypatch, capsys):
    monkeypatch.setattr(box, "why_not", lambda: "bubblewrap is not installed")
    words = ["grade", str(school / "all"), "--bank", str(school / "bank")]
    words += ["--out", str(school / "g.csv")]
    assert main(words) == 2
    assert "cannot be isolated here: bubblewrap is not" in capsys.readouterr().err
    assert main([*words, "--trusted"]) == 0
    assert (school / "g.csv").exists()


def test_a_box_that_does_not_start_is_no_students_fault(school, monkeypatch):
    monkeypatch.setattr(box, "command", lambda isolated: ["/no/such/program"])
    folder = str(school / "bank")
    bank = load(folder)
    job = run.jobs(run.latest(run.read(school / "all")), None)[0]
    kept = school / "kept"
    call = run.Call(folder, "", bank.mark, True, str(kept))
    made = run.one(call, job.submission, "123")
    assert (made.state, kept.exists()) == ("failed", False)


def test_the_command_line_explains_itself():
    words = [sys.executable, "-m", "gdcourse", "grade", "nowhere", "--bank", "no"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "has no bank.py" in done.stderr or "isolated" in done.stderr


def test_a_cell_for_a_spreadsheet_is_no_formula(school):
    evil = school / "all" / "=cmd" / "w.ipynb"
    evil.parent.mkdir()
    evil.write_bytes(b"")
    rows, _ = graded(school, trusted=True)
    assert rows[-1]["ID"] == "'=cmd" or "'=cmd" in [row["ID"] for row in rows]


# What of a notebook is run

CELLS = [
    "import numpy as np\nfrom math import *",
    "raise SystemExit",
    "scale = 2\nscale += 1",
    "def helper(x):\n    return scale * x",
    "def step(x):\n    return helper(x) + sqrt(4)",
    "print(step(1))\nwhile True: pass",
]


def test_only_what_the_function_needs_is_run():
    body, problems = statements(CELLS)
    assert defined(body, "step")(5) == 17
    assert len(needed(body, "step")) == 5  # NumPy is not among them
    assert problems == []


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (["def step(x): ..."], "step"),
        (["def my_step(x): ..."], "my_step"),
        (["def other(x): ...", "check('bank.step', other)"], "other"),
        (["def step(x): ...", "check('bank.step', gone)"], "step"),
        (["step = lambda x: x"], "step"),
    ],
)
def test_an_answer_is_found_by_check_or_by_name(cells, name):
    body, _ = statements(cells)
    assert answer_name(body, "bank.step", "step") == name


def test_public_exercises_can_be_asked_too(bank):
    exercise = bank.exercises("ada")[0]
    assert isinstance(exercise, Exercise)
    assert task(exercise)["function"] == "slope"
