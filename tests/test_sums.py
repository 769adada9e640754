"""Sums in many dimensions against SciPy and published values."""

import numpy as np
import pytest
import scipy.optimize

from gdcourse import Surface, trace
from gdcourse.surfaces import quadratic, rastrigin, rastrigin_in, rosenbrock_in

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("n", [2, 3, 10, 11, 2000])
def test_rosenbrock_in_n_dimensions_is_scipys(n):
    surface, (x, v) = rosenbrock_in(n), RNG.uniform(-2, 2, (2, n))
    assert surface(x) == pytest.approx(scipy.optimize.rosen(x), rel=1e-13)
    product = scipy.optimize.rosen_hess_prod(x, v)
    for ours, theirs in [
        (surface.gradient(x), scipy.optimize.rosen_der(x)),
        (surface.hessian(x), scipy.optimize.rosen_hess(x)),
        (surface.hvp(x, v), product),
        (surface.hvp([x, x], v)[1], product),
    ]:
        assert np.abs(ours - theirs).max() < 1e-13 * np.abs(theirs).max()


def test_rosenbrock_in_four_dimensions_has_its_published_second_minimum():
    surface = rosenbrock_in(4)
    found = scipy.optimize.minimize(surface, [-1, 1, 1, 1], jac=surface.gradient)
    assert found.fun == pytest.approx(3.7014, abs=5e-5)
    assert found.x == pytest.approx([-0.77565, 0.61309, 0.38206, 0.14597], abs=5e-5)


@pytest.mark.parametrize("surface", [rastrigin_in(2000), quadratic(1e4, 2000)])
def test_two_thousand_coordinates_add_up(surface):
    x, v = RNG.uniform(-2, 2, (2, 2000))
    h, matrix = 1e-5, surface.hessian(x)
    slope = (surface(x + h * v) - surface(x - h * v)) / (2 * h)
    assert surface.gradient(x) @ v == pytest.approx(slope, rel=1e-6)
    assert np.count_nonzero(matrix) == 2000
    assert np.allclose(surface.hvp(x, v), matrix @ v, rtol=1e-13)


def test_rastrigin_in_two_dimensions_is_rastrigin():
    x = RNG.uniform(-5, 5, (100, 2))
    assert np.allclose(rastrigin_in(2)(x), rastrigin(x), rtol=1e-13)
    assert rastrigin_in(7)(np.ones(7)) == pytest.approx(7)


@pytest.mark.parametrize(("condition", "d"), [(1, 2), (100, 2), (2.5, 7), (1e6, 50)])
def test_a_quadratic_has_the_condition_number_it_is_asked_for(condition, d):
    surface = quadratic(condition, d)
    values = np.linalg.eigvalsh(surface.hessian(np.ones(d)))
    assert np.allclose(values, np.geomspace(1, condition, d), rtol=1e-12)
    assert np.linalg.cond(surface.hessian(np.zeros(d))) == pytest.approx(condition)


def test_the_number_of_a_term_is_part_of_its_formula():
    squares = Surface.sum("i*u**2", over="coordinates", dimension=12)
    assert squares(np.ones(12)) == 78
    assert squares.gradient(np.ones(12)).tolist() == [2 * i for i in range(1, 13)]
    pair = Surface.sum("i*u*v**2", dimension=3)
    assert pair([1, 2, 3]) == 1 * 4 + 2 * 2 * 9
    assert pair.hessian([1, 2, 3]).tolist() == [[0, 4, 0], [4, 2, 12], [0, 12, 8]]


def test_a_sum_of_few_coordinates_can_be_traced():
    written = "100 (x_2 - x_1^2)^2 + (1 - x_1)^2"
    assert trace.latex(rosenbrock_in(2)) == f"L(x_1, x_2) = {written}"
    document = trace.surface(quadratic(100, 3))
    outputs = [output for output, _ in document["term"]["outputs"]]
    assert outputs == ["value", "d_x1", "d_x2", "d_x3"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: rosenbrock_in(1), "n = 1 must be at least 2"),
        (lambda: rosenbrock_in(2.0), "n = 2.0 must be a whole number"),
        (lambda: rastrigin_in(0), "n = 0 must be at least 1"),
        (lambda: quadratic(0.5), "condition = 0.5 must be a finite number of at least"),
        (lambda: quadratic(np.nan), "condition = nan must be a finite number"),
        (lambda: quadratic(np.inf), "condition = inf must be a finite number"),
        (lambda: quadratic("big"), "condition = 'big' must be a finite number"),
        (lambda: quadratic(10, 1), "dimension = 1 must be at least 2"),
        (lambda: rosenbrock_in(3)([1, 2]), r"x has shape \(2,\), but its last axis"),
        (lambda: rosenbrock_in(3).hvp([1, 2, 3], [1, 2]), r"v has shape \(2,\)"),
        (lambda: Surface.sum("u", "pair"), "Did you mean 'pairs'"),
        (lambda: Surface.sum("u", over="points"), "The names are coordinates, pairs"),
        (lambda: Surface.sum("u", "pairs", 1), "dimension = 1 must be at least 2"),
        (lambda: Surface.sum("u", "pairs", window=[(0, 1)]), "must hold 2 pair"),
        (lambda: Surface.sum("u", "pairs", minima=[[0]]), r"minima has shape \(1, 1\)"),
        (lambda: Surface.sum("v*x1", "coordinates")([1, 2]), r"'v\*x1' uses 'v'"),
        (lambda: Surface.sum("u*x1", "coordinates", 20)([1] * 20), "uses 'x1'"),
        (lambda: Surface.sum("u*x1", "coordinates")([1, 2]), "uses 'x1'"),
        (lambda: Surface.sum("u.real")([1, 2]), "The part 'u.real' of the formula"),
        (lambda: Surface.sum("open(u)")([1, 2]), "uses 'open'"),
        (lambda: Surface.sum("log(0)*u")([1, 2]), "not real and finite"),
        (lambda: trace.latex(rastrigin_in(11)), "The sum over 11 coordinates is too"),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(call, words):
    with pytest.raises(ValueError, match=words):
        call()
