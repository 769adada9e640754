"""Every number in the quiz on loss landscapes is worked out here with the library."""

import json

import numpy as np
import pytest

from gdcourse import Surface, descend
from gdcourse.exercises.quizzes import landscapes as quiz
from gdcourse.optimizers import adam, gradient_descent, momentum
from gdcourse.surfaces import bowl, double_well, plateau, quartic, strict_saddle


def said(item):
    text = json.dumps(item.as_json(), ensure_ascii=False)
    return text.replace("\N{MINUS SIGN}", "-")


def test_a_tiny_gradient_far_above_the_minimum():
    path = descend(quartic, gradient_descent(0.05), [-1], 10_000, tolerance=1e-6)
    assert path.stopped == "converged"
    assert (round(path.loss[-1], 3), round(float(quartic([2.25])), 2)) == (2, -6.54)
    assert "-6.54" in said(quiz.FLAT)


@pytest.mark.parametrize(("y", "steps"), [(1e-8, 188), (1e-3, 67)])
def test_when_descent_leaves_the_saddle(y, steps):
    path = descend(strict_saddle, gradient_descent(0.1), [1, y], steps=300)
    assert np.argmax(np.abs(path.x[:, 1]) > 0.5) == steps
    assert f" {steps} steps" in said(quiz.SADDLE)


def test_from_the_axis_it_never_leaves_and_goes_to_the_saddle():
    path = descend(strict_saddle, gradient_descent(0.1), [1, 0], steps=5000)
    assert path.x[-1] == pytest.approx([0, 0], abs=1e-12)


def test_curvature_along_axes_and_diagonals():
    surface = Surface("x**2 + y**2 - 3*x*y", "x y")
    H, u = surface.hessian([0, 0]), np.sqrt([0.5, 0.5])
    assert (H[0, 0], H[1, 1]) == (2, 2)
    assert u @ H @ u == pytest.approx(quiz.DIAGONAL.answer)
    slips = [H[0, 0], u @ H @ u / 2, np.ones(2) @ H @ np.ones(2), H[0] @ [1, -1], 1]
    values = [mistake.value for mistake in quiz.DIAGONAL.mistakes]
    assert values == pytest.approx(slips)


def test_what_convexity_does_not_promise():
    path = descend(bowl, gradient_descent(0.3), [1, 1], steps=1000)
    assert path.stopped == "diverged"
    falling = descend(Surface("exp(-x)", "x"), gradient_descent(1), [0], steps=1000)
    assert (np.diff(falling.loss) < 0).all()
    twins = Surface("(u + v - 2)**2", "u v")
    assert twins([1, 1]) == twins([4, -2]) == 0


@pytest.mark.parametrize(("start", "end"), [(0.3, 1.86), (0.2, -2.11)])
def test_which_valley(start, end):
    path = descend(double_well, gradient_descent(0.05), [start], steps=1000)
    assert round(path.x[-1, 0], 2) == end
    assert double_well.gradient([0.254])[0] == pytest.approx(0, abs=1e-3)
    assert str(end) in said(quiz.VALLEYS)


@pytest.mark.parametrize(
    ("rule", "steps"), [(momentum(0.1, 0.9), 22_128), (adam(0.1), 72)]
)
def test_how_long_the_plateau_takes(rule, steps):
    path = descend(plateau, rule, [10], steps=25_000)
    assert np.argmax(path.x[:, 0] < 0) == steps
    assert f"{steps:,} steps" in said(quiz.PLATEAU)


def test_descent_does_not_cross_the_plateau():
    path = descend(plateau, gradient_descent(0.1), [10], 200_000, record="last")
    assert path.x[-1, 0] > 5
    assert f"{plateau.gradient([10])[0]:.6f}" == "0.000045"
