"""Every number in the quiz on momentum is worked out here with the library."""

import json

import numpy as np
import pytest

from gdcourse import Surface, descend
from gdcourse.exercises.quizzes import momentum as quiz
from gdcourse.optimizers import ema_momentum, momentum, nesterov_original
from gdcourse.surfaces import bowl, parabola

HALF = Surface("x**2 / 2", "x")


def said(item):
    return json.dumps(item.as_json(), ensure_ascii=False)


def test_the_length_of_a_step_on_an_even_slope():
    even = {"gradient": lambda x: np.full(1, 3.0)}
    path = descend(parabola, momentum(0.02, 0.95), [0], 500, **even)
    assert path.x[-2, 0] - path.x[-1, 0] == pytest.approx(quiz.LENGTH.answer)
    mean = descend(parabola, ema_momentum(0.02, 0.95), [0], 500, **even)
    assert mean.x[-2, 0] - mean.x[-1, 0] == pytest.approx(quiz.LENGTH.mistakes[0].value)


def test_the_converted_rate_takes_the_same_path():
    mean = descend(bowl, ema_momentum(0.2, 0.9), [-4, 2.5])
    other = descend(bowl, momentum(quiz.CONVERT.answer, 0.9), [-4, 2.5])
    assert np.allclose(mean.x, other.x, rtol=0, atol=1e-12)
    wild = descend(bowl, momentum(quiz.CONVERT.mistakes[0].value, 0.9), [-4, 2.5])
    assert wild.stopped == "diverged"


def test_the_ball_swings_and_its_swings_shrink_by_the_root_of_beta():
    assert "(1 − 0.2)² = 0.64" in said(quiz.SWING)
    assert round((1 - 0.04**0.5) ** 2, 12) == 0.64
    for beta, crosses in ((0.63, False), (0.66, True), (0.9, True)):
        x = descend(HALF, momentum(0.04, beta), [1], 400).x[:, 0]
        assert (x.min() < 0) == crosses
    per_step = np.abs(x[300:]).max() / np.abs(x[200:300]).max()
    assert per_step**0.01 == pytest.approx(0.95, abs=0.01)


def test_the_share_of_the_last_ten():
    weights = 0.9 ** np.arange(1000)
    assert f"{weights[:10].sum() / weights.sum():.0%}" == "65%"
    assert "65 %" in said(quiz.AVERAGE)


def test_the_ordered_lines_are_nesterovs_method():
    space = {"x": 4.0, "alpha": 0.1, "beta": 0.9, "slope": lambda x: 2 * x}
    exec("\n".join(quiz.CODE.lines), space)
    path = descend(parabola, nesterov_original(0.1, 0.9), [4], steps=100)
    assert space["x"] == pytest.approx(path.x[-1, 0], abs=1e-12)
