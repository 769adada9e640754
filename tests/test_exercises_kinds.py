"""Enough exercises of every kind, and derived gradients that others confirm."""

import numpy as np
import pytest
import sympy
from scipy.optimize import approx_fprime

from gdcourse.exercises import EXERCISES
from gdcourse.exercises.compare import right

LAYERS = EXERCISES["backpropagation.two-layer"]
KINDS = {  # examples of each kind, and what makes them be of this kind
    "implement a formula": (["update-rule.step"], lambda e: not e.starter),
    "derive a gradient": (
        ["update-rule.gradients", LAYERS.id, "backpropagation.cross-entropy"],
        lambda e: any("d" in name for name in e.returns),
    ),
    "fix the bug": (["backpropagation.zeroed"], lambda e: "..." not in e.stub),
    "predict a number": (
        ["learning-rates.limit", "adaptive-optimizers.lonely"],
        lambda e: all(part.size == 1 for case in right(e) for part in case.values),
    ),
    "choose, with evidence": (
        ["adaptive-optimizers.choose"],
        lambda e: e.returns == ("rule", "rate", "evidence"),
    ),
    "complete a worked example": (
        ["momentum.three-steps"],
        lambda e: e.stub.count("= ...") == 4 and len(e.stub.splitlines()) > 10,
    ),
    "write a rule with state": (
        ["adaptive-optimizers.adam", "adaptive-optimizers.adamw"],
        lambda e: e.returns == ("x", "m", "v"),
    ),
    "train to a quality": (
        ["update-rule.houses", "backpropagation.deep"],
        lambda e: e.margin is not None and e.seconds == 5,
    ),
    "open-ended": (["momentum.valley"], lambda e: e.holds is not None),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_occurs(kind):
    ids, holds = KINDS[kind]
    assert [id for id in ids if not holds(EXERCISES[id])] == []


def test_there_are_enough_exercises_mistakes_and_variants():
    mine = [e for e in EXERCISES.values() if e.chapter.number >= "02"]
    assert {e.chapter.number for e in mine} == {f"{n:02d}" for n in range(2, 10)}
    assert len(mine) >= 28
    assert sum(len(exercise.mistakes) for exercise in mine) >= 120
    assert sum(len(exercise.also_right) for exercise in mine) >= 60


@pytest.mark.parametrize("case", EXERCISES["update-rule.gradients"].cases[:5])
def test_the_gradient_of_a_line_agrees_with_sympy(case):
    w, b = sympy.symbols("w b")
    pairs = zip(case[2].tolist(), case[3].tolist(), strict=True)
    loss = sum((w * x + b - y) ** 2 for x, y in pairs) / len(case[2])
    slopes = [loss.diff(by).subs({w: case[0], b: case[1]}) for by in (w, b)]
    found = EXERCISES["update-rule.gradients"].reference(*case)
    assert found == pytest.approx([float(slope) for slope in slopes])


@pytest.mark.parametrize("case", LAYERS.cases)
def test_the_gradients_of_two_layers_agree_with_differences(case):
    (x, y), start = case[:2], case[2:]
    ends = np.cumsum([part.size for part in start])[:-1]

    def loss(flat):
        parts = zip(np.split(flat, ends), start, strict=True)
        W1, b1, W2, b2 = (part.reshape(like.shape) for part, like in parts)
        return np.mean((np.tanh(x @ W1 + b1) @ W2 + b2 - y) ** 2)

    slopes = approx_fprime(np.concatenate([part.ravel() for part in start]), loss)
    found = np.concatenate([part.ravel() for part in LAYERS.reference(*case)])
    assert found == pytest.approx(slopes, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("case", EXERCISES["backpropagation.cross-entropy"].cases[:8])
def test_the_gradient_of_the_cross_entropy_agrees_with_differences(case):
    scores, labels = case

    def loss(flat):
        s = flat.reshape(scores.shape)
        rows = np.arange(len(labels))
        return np.mean(np.log(np.exp(s).sum(axis=1)) - s[rows, labels])

    found = EXERCISES["backpropagation.cross-entropy"].reference(scores, labels)
    assert found.ravel() == pytest.approx(approx_fprime(scores.ravel(), loss), abs=1e-6)
