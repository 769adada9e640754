"""Every number in the quiz on adaptive optimizers is worked out with the library."""

import json

import numpy as np
import pytest

from gdcourse.exercises.quizzes import adaptive_optimizers as quiz
from gdcourse.optimizers import (
    OPTIMIZERS,
    adam,
    adam_l2,
    adamw,
    rmsprop,
    rmsprop_inside,
    sophia,
)


def said(item):
    return json.dumps(item.as_json(), ensure_ascii=False)


def moves(rule, gradients, x=0.0):
    x, state, lengths = np.full(1, x), rule.init(np.zeros(1)), []
    for g in gradients:
        before = x
        x, state = rule.step(x, np.array([float(g)]), state)
        lengths.append(abs((x - before)[0]))
    return lengths


def test_the_step_after_a_long_silence():
    silence = [0] * 5000
    step = moves(adam(0.01, beta2=0.99), [*silence, 250])[-1]
    assert step == pytest.approx(quiz.LARGEST.answer, rel=1e-3)
    default = moves(adam(0.01), [*[0] * 20_000, 250])[-1]
    assert default == pytest.approx(0.0316, rel=1e-2)
    assert default in [pytest.approx(m.value, rel=1e-2) for m in quiz.LARGEST.mistakes]


def test_uncorrected_steps_are_too_long():
    t = np.arange(1, 200)
    ratio = (1 - 0.9**t) / np.sqrt(1 - 0.999**t)
    assert f"{ratio[0]:.2f} times at first, {ratio.max():.2f}" in said(quiz.BIAS)
    assert f"at step {t[ratio.argmax()]} " in said(quiz.BIAS)


def test_l2_shrinks_the_quiet_weight_and_decoupled_decay_shrinks_both():
    for make, alike in ((adam_l2, False), (adamw, True)):
        rng, x = np.random.default_rng(0), np.ones((2, 50))
        rule = make(0.01, weight_decay=0.1)
        state = rule.init(x)
        for _ in range(500):
            noise = rng.normal(size=x.shape) * [[10], [0.1]]
            x, state = rule.step(x, noise, state)
        loud, quiet = x.mean(axis=1)
        assert (abs(loud - quiet) < 0.1) == alike
        assert alike or quiet < loud


def test_the_epsilon_outside_sets_the_floor_of_the_one_inside():
    outside = rmsprop(1.0, decay=0.9, epsilon=quiz.EPSILON.answer)
    inside = rmsprop_inside(1.0, decay=0.9, epsilon=1e-4)
    small, large = [1e-6] * 300, [10.0] * 300
    assert moves(outside, small)[-1] == pytest.approx(moves(inside, small)[-1], 1e-3)
    assert moves(outside, large)[-1] == pytest.approx(moves(inside, large)[-1], 1e-2)


def test_the_lines_of_a_step_run_in_their_order_and_are_adamw():
    space = {"np": np, "t": 0, "m": 0.0, "v": 0.0, "g": 3.0, "x": 2.0, "decay": 0.1}
    space |= {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "alpha": 0.05}
    exec("\n".join(quiz.STEP.lines), space)
    rule = adamw(0.05, weight_decay=0.1)
    ours, _ = rule.step(np.array([2.0]), np.array([3.0]), rule.init(np.zeros(1)))
    assert space["x"] == pytest.approx(ours[0])


@pytest.mark.parametrize("option", quiz.MEMORY.options, ids=lambda o: o.text)
def test_two_numbers_per_parameter(option):
    make = {**OPTIMIZERS, "sophia": sophia}[option.text.lower()]
    state = make().init(np.zeros(7))
    assert (sum(np.size(part) == 7 for part in state) == 2) == option.right
