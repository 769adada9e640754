"""Every exercise keeps its promises: right is right, each mistake has its name."""

import ast
import json
import re
import textwrap

import nbformat
import numpy as np
import pytest

import gdcourse.exercises
import notebooks
from gdcourse.exercises import EXERCISES, Exercise, Mistake
from gdcourse.exercises.assess import assess
from gdcourse.exercises.compare import is_right, right, rounding
from gdcourse.exercises.outcome import KINDS
from gdcourse.exercises.run import collect
from gdcourse.exercises.update_rule import CHAPTER

EACH = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda e: e.id)
MISTAKES = [
    pytest.param(exercise, mistake, form, id=f"{exercise.id}: {mistake.name} {i}")
    for exercise in EXERCISES.values()
    for mistake in exercise.mistakes
    for i, form in enumerate(mistake.forms)
]
VARIANTS = [
    pytest.param(exercise, answer, id=f"{exercise.id}: {name}")
    for exercise in EXERCISES.values()
    for name, answer in exercise.also_right.items()
]
NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*\.?\d*(?:e[+-]?\d+)?")


def numbers_in(text):
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}


def rounded(*parts):
    """Return all numbers of some arrays as a message would show them."""
    arrays = [np.ravel(part) for part in parts if not callable(part)]
    return {float(f"{value:.4g}") for value in np.concatenate(arrays)}


def defined_by(source, name=None):
    """Return the function that ``source`` defines, by name or the only one."""
    space = {}
    exec(source, {"np": np}, space)
    return space[name] if name else next(iter(space.values()))


def test_the_registry_knows_each_exercise_by_its_id():
    assert list(EXERCISES) == [exercise.id for exercise in EXERCISES.values()]
    numbers = [exercise.chapter.number for exercise in EXERCISES.values()]
    assert numbers == sorted(numbers)


@EACH
def test_there_are_enough_mistakes_and_variants(exercise):
    names = [mistake.name for mistake in exercise.mistakes]
    assert len(set(names)) == len(names) >= 5
    assert len(exercise.also_right) >= 3


@EACH
def test_the_reference_is_right(exercise):
    result = assess(exercise, exercise.reference)
    assert (result.outcome, result.mistake) == ("right", None)


@pytest.mark.parametrize(("exercise", "answer"), VARIANTS)
def test_other_right_answers_are_right(exercise, answer):
    assert assess(exercise, answer).outcome == "right"


@pytest.mark.parametrize(("exercise", "mistake", "form"), MISTAKES)
def test_each_mistake_gets_its_own_diagnosis(exercise, mistake, form):
    result = assess(exercise, form)
    assert (result.outcome, result.mistake) == ("wrong", mistake.name)
    assert result.reread == mistake.reread
    assert result.message.startswith("For ")


@pytest.mark.parametrize(("exercise", "mistake", "form"), MISTAKES)
def test_no_diagnosis_gives_the_right_numbers_away(exercise, mistake, form):
    outcomes, _ = collect(exercise, form)
    shown = next(
        i
        for i, outcome in enumerate(outcomes)
        if outcome.changed or not is_right(exercise, i, outcome)
    )
    known = rounded(*outcomes[shown].values, *exercise.cases[shown])
    known |= numbers_in(mistake.diagnosis)
    answer = rounded(*right(exercise)[shown].values)
    assert not numbers_in(assess(exercise, form).message) & (answer - known)


@EACH
def test_the_untouched_starter_is_not_attempted(exercise):
    assert assess(exercise, defined_by(exercise.stub)).outcome == "not attempted"


@EACH
def test_hints_and_explanation_say_something_and_give_no_complete_code(exercise):
    where, formula, blanks = exercise.hints
    assert "____" in blanks
    assert "return" not in where + formula
    assert len(exercise.explanation.split()) > 20
    lines = [*exercise.code.splitlines(), *exercise.stub.splitlines()]
    assert max(map(len, lines)) <= 68
    assert ast.parse(exercise.code).body[0].name == exercise.reference.__name__


@EACH
def test_cases_are_always_the_same_and_far_from_borderlines(exercise):
    cases = list(exercise.draw(np.random.default_rng(exercise.seed)))
    assert [repr(exercise.inputs(case)) for case in cases if not callable(case[0])] == [
        repr(exercise.inputs(case)) for case in exercise.cases if not callable(case[0])
    ]
    for floors, target in zip(rounding(exercise), right(exercise), strict=True):
        assert target.kind == "value"
        for floor, value in zip(floors, target.values, strict=True):
            assert floor <= 1e-3 * max(1.0, np.abs(value).max())


@EACH
def test_outcomes_are_plain_numbers_that_fit_in_json(exercise):
    outcomes, printed = collect(exercise, exercise.reference)
    plain = [[part.tolist() for part in outcome.values] for outcome in outcomes]
    assert json.loads(json.dumps(plain)) == plain
    assert printed == ""
    assert {outcome.kind for outcome in outcomes} <= set(KINDS)


def test_the_worked_example_of_the_documentation_works():
    text = gdcourse.exercises.__doc__.split("derivative of x**2::\n")[1]
    code = textwrap.dedent(text.split("\n``CHAPTER`` names")[0])
    space = {"np": np, "Exercise": Exercise, "Mistake": Mistake, "CHAPTER": CHAPTER}
    exec(code, space)
    example = space["SLOPE"]
    answers = [example.reference, *example.also_right.values()]
    assert [assess(example, answer).outcome for answer in answers] == ["right"] * 2
    for mistake in example.mistakes:
        assert assess(example, mistake.wrong).mistake == mistake.name


CHAPTERS = pytest.mark.parametrize("path", notebooks.chapters(), ids=lambda p: p.stem)


@CHAPTERS
def test_paragraphs_to_reread_stand_where_the_reader_is_sent(path):
    found, heading = {}, ""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            heading = cell.source.splitlines()[0].lstrip("# ")
        found[cell["id"]] = heading
    mine = [e for e in EXERCISES.values() if e.chapter.page == path.stem]
    used = {mistake.reread for exercise in mine for mistake in exercise.mistakes}
    for chapter in {exercise.chapter for exercise in mine}:
        assert {id: found.get(id) for id in used} == dict(chapter.sections)


@CHAPTERS
def test_the_chapters_own_starters_are_not_attempted(path):
    checked = []
    for cell in nbformat.read(path, as_version=4).cells:
        found = re.search(r'^check\("([\w.-]+)", (\w+)\)', cell.source, re.MULTILINE)
        if cell.cell_type == "code" and found:
            exercise = EXERCISES[found[1]]
            answer = defined_by(cell.source[: found.start()], found[2])
            assert assess(exercise, answer).outcome == "not attempted"
            checked.append(exercise.id)
    pages = {exercise.id: exercise.chapter.page for exercise in EXERCISES.values()}
    assert checked == [id for id, page in pages.items() if page == path.stem]
