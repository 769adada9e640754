"""A bank's exercises keep the promises of the public ones, for every student."""

import json

import numpy as np
import pytest

from gdcourse.__main__ import main
from gdcourse.exercises.assess import assess
from gdcourse.grading import function, load
from gdcourse.grading.bank import task
from gdcourse.grading.values import pack, unpack

from .conftest import TEMPLATE, make_bank

STUDENTS = ("", "ada", "emmy", "sofya", "4711")


@pytest.mark.parametrize("student", STUDENTS)
def test_each_students_exercises_are_sound(bank, student):
    for exercise in bank.exercises(student):
        assert assess(exercise, exercise.reference).outcome == "right"
        for answer in exercise.also_right.values():
            assert assess(exercise, answer).outcome == "right"
        assert len(exercise.mistakes) >= 3
        for mistake in exercise.mistakes:
            for form in mistake.forms:
                result = assess(exercise, form)
                assert (result.outcome, result.mistake) == ("wrong", mistake.name)


def test_students_have_numbers_of_their_own_and_keep_them(bank, bank_folder):
    prompts = {
        student: [exercise.prompt for exercise in bank.exercises(student)]
        for student in map(str, range(20))
    }
    assert len({tuple(each) for each in prompts.values()}) > 15
    again = load(bank_folder).exercises("7")
    assert [exercise.prompt for exercise in again] == prompts["7"]


def test_another_seed_gives_other_numbers(bank, tmp_path):
    other = load(make_bank(tmp_path / "other", seed="another seed"))
    assert [e.prompt for e in other.exercises("ada")] != [
        e.prompt for e in bank.exercises("ada")
    ]
    assert other.mark != bank.mark


def test_a_task_tells_everything_but_the_answer(bank):
    for exercise in bank.exercises("ada"):
        told = json.loads(json.dumps(task(exercise)))
        assert set(told) == {*"id function names returns stub seconds cases".split()}
        assert "..." in told["stub"]
        for case, sent in zip(exercise.cases, told["cases"], strict=True):
            back = tuple(map(unpack, sent))
            plain = [v for v in back if not callable(v)]
            assert repr(plain) == repr([v for v in case if not callable(v)])


def test_functions_travel_as_expressions():
    sent = json.loads(json.dumps(pack(function("x**3 - x", "x"))))
    assert unpack(sent)(2.0) == 6.0
    slope = unpack(pack(function("w**2 + 4*b**2", "w b", gradient=True)))
    np.testing.assert_allclose(slope(np.array([1.0, 2.0])), [2.0, 16.0])


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda f: (f / "seed.txt").unlink(), "has no seed.txt"),
        (lambda f: (f / "bank.py").unlink(), "has no bank.py"),
        (lambda f: (f / "seed.txt").write_text("short"), "holds 5 letters"),
        (lambda f: (f / "bank.py").write_text("NAME = 'x'"), "must define NAME and ex"),
        (
            lambda f: (f / "bank.py").write_text(
                (TEMPLATE / "bank.py").read_text() + "\nPOINTS = {'bank.loop': 3}\n"
            ),
            r"gives points to \['bank.loop'\]",
        ),
        (
            lambda f: (f / "bank.py").write_text(
                (TEMPLATE / "bank.py")
                .read_text()
                .replace("hints=", "measure=len, hints=")
            ),
            "bank.slope in .* measures a thing",
        ),
    ],
)
def test_a_bank_that_lacks_something_says_what(tmp_path, edit, said):
    folder = make_bank(tmp_path / "bank")
    edit(folder)
    with pytest.raises(ValueError, match=said):
        load(folder)


def test_a_new_bank_has_a_seed_of_its_own_and_replaces_nothing(tmp_path, capsys):
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        assert main(["bank", str(folder)]) == 0
    seeds = {load(folder).seed for folder in folders}
    assert len(seeds) == 2
    assert main(["bank", str(folders[0])]) == 2
    assert "exists already" in capsys.readouterr().err
    assert load(folders[0]).seed in seeds


def test_an_input_that_cannot_travel_is_refused():
    with pytest.raises(ValueError, match="cannot be sent to a submission"):
        pack(object())
