"""Wrong code is rejected: one change in a solution, and the check must notice.

A mutant changes behaviour if it differs from the reference, beyond the exercise's own
tolerance, on one of 1,000 inputs that the exercise never uses.  Of those that do, 95 %
must be rejected, and each of the others is in ``SURVIVORS`` with its reason.  Where a
property is asked (``holds``), a mutant changes behaviour if what it returns lacks the
property; where a network is asked (``measure``), if it misses the goal at other widths.
"""

import dataclasses
import warnings

import numpy as np
import pytest

from gdcourse.exercises import EXERCISES
from gdcourse.exercises.assess import assess
from gdcourse.exercises.compare import _moved, agree
from gdcourse.exercises.run import observe
from gdcourse.exercises.timer import time_limit
from mutate import compiled, mutants
from second_inputs import INPUTS

FEWER = {
    "update-rule.houses": 100,  # 200 updates each, and a mutant shows on the first
    "backpropagation.deep": 1,  # half a second of training each
    "momentum.valley": 20,  # 499 slopes each
}
SURVIVORS = {}  # by exercise, the name of each mutant and why it may live
EACH = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda e: e.id)


class Second:
    """The second inputs of one exercise, drawn and solved when they are needed."""

    def __init__(self, exercise):
        self.exercise, self.rng = exercise, np.random.default_rng(7)
        self.cases, self.targets, self.floors = [], [], {}

    def case(self, i):
        if i == len(self.cases):
            self.cases.append(INPUTS[self.exercise.id](self.rng))
            self.targets.append(self.run(self.exercise.reference, self.cases[i]))
            assert self.same(self.targets[i], i), self.targets[i].said
        return self.cases[i]

    def run(self, function, case):
        with time_limit(2 * self.exercise.seconds):
            return observe(self.exercise, function, case)

    def same(self, outcome, i):
        exercise, case, target = self.exercise, self.cases[i], self.targets[i]
        if outcome.kind != "value" or outcome.changed:
            return False
        if exercise.holds:
            return exercise.holds(*case, *outcome.values)
        if exercise.margin:
            return agree(outcome, target, 0.0, exercise.margin(*case))
        exact = (0.0,) * len(target.values)
        return agree(outcome, target, exercise.tolerance, exact) or agree(
            outcome, target, exercise.tolerance, self.rounding(i)
        )

    def rounding(self, i):
        if i not in self.floors:
            rng = np.random.default_rng(i)
            case, target = self.cases[i], self.targets[i]
            self.floors[i] = _moved(self.exercise, case, target, rng)
        return self.floors[i]

    def differs(self, function):
        many = range(FEWER.get(self.exercise.id, 1000))
        runs = ((i, self.run(function, self.case(i))) for i in many)
        return any(not self.same(outcome, i) for i, outcome in runs)


def judged(exercise):
    """Return the mutants that change behaviour, whether each is rejected; and unseen.

    ``unseen`` are those that the check rejects though the second inputs show nothing.
    """
    changing, unseen, second = {}, [], Second(exercise)
    for name, tree in mutants(exercise.code):
        space, own = exercise.reference.__globals__, exercise.reference.__name__
        mutant = compiled(tree, own, space)
        differs = second.differs(mutant)
        rejected = assess(exercise, mutant).outcome != "right"
        if differs:
            changing[name] = rejected
        elif rejected:
            unseen.append(name)
    return changing, unseen


@EACH
def test_mutants_that_change_behaviour_are_rejected(exercise):
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        changing, unseen = judged(exercise)
    survivors = [name for name, rejected in changing.items() if not rejected]
    print(f"{exercise.id}: {len(survivors)} of {len(changing)} survive: {survivors}")
    assert len(changing) >= 4
    assert len(unseen) <= 0.05 * len(changing), f"too tame are the inputs for {unseen}"
    assert len(survivors) <= 0.05 * len(changing)
    assert set(survivors) <= set(SURVIVORS.get(exercise.id, {}))


def test_one_change_is_made_at_a_time():
    code = "def f(x, i):\n    return x[i] - 2 <= -x.min()"
    changes = "x[i + 1] - 2|x[i - 1] - 2|x[i] + 2|-x[i] - 2|x[i] - -2|x[i] - 3|x[i] - 1"
    found = {name.removeprefix("2: return ") for name, _ in mutants(code)}
    left = {f"{change} <= -x.min()" for change in changes.split("|")}
    operators = {"x[i] - 2 < -x.min()", "x[i] - 2 > -x.min()"}
    assert found == left | operators | {"x[i] - 2 <= x.min()", "x[i] - 2 <= -x.max()"}


def test_a_check_with_few_inputs_lets_mutants_live():
    loop = EXERCISES["update-rule.loop"]
    weak = dataclasses.replace(loop, draw=lambda rng: loop.cases[:1])
    changing, _ = judged(weak)
    assert not all(changing.values())


def test_reasons_are_given_for_mutants_that_exist():
    for id, reasons in SURVIVORS.items():
        assert set(reasons) <= {name for name, _ in mutants(EXERCISES[id].code)}
        assert all(len(reason.split()) > 4 for reason in reasons.values())


def test_each_exercise_has_second_inputs_that_differ_from_its_own():
    assert set(INPUTS) == set(EXERCISES)
    for id, exercise in EXERCISES.items():
        rng = np.random.default_rng(7)
        mine = {repr(case) for case in exercise.cases}
        assert mine.isdisjoint(repr(INPUTS[id](rng)) for _ in range(20))
