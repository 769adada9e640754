"""Surfaces against published values, SciPy and finite differences."""

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st

from gdcourse import SURFACES, Surface, descend
from gdcourse.data import houses
from gdcourse.optimizers import adam, gradient_descent, momentum
from gdcourse.surfaces import (
    ackley,
    beale,
    bowl,
    double_well,
    parabola,
    quadratic,
    quartic,
    rastrigin_in,
    rosenbrock,
    rosenbrock_in,
)

TABLE = SURFACES | {
    "rosenbrock_in 4": rosenbrock_in(4),
    "rosenbrock_in 11": rosenbrock_in(11),
    "rastrigin_in 2": rastrigin_in(2),
    "rastrigin_in 12": rastrigin_in(12),
    "quadratic": quadratic(1000),
    "quadratic 15": quadratic(100, dimension=15),
    "numbered pairs": Surface.sum(
        "i*(cosh(u - v) + u**2 + v**2)", "pairs", dimension=3, minima=[[0] * 3]
    ),
}
ALL = pytest.mark.parametrize("surface", TABLE.values(), ids=TABLE)
WITHOUT = ["monkey_saddle", "cubic", "plateau"]  # surfaces that have no minimum
WITH = pytest.mark.parametrize("name", [n for n in TABLE if n not in WITHOUT])


def points(surface, count=20, seed=0):
    low, high = np.array(surface.window).T
    return np.random.default_rng(seed).uniform(low, high, (count, surface.dimension))


def central(function, x, h=1e-5):
    """Return the central differences of ``function`` at ``x`` along each coordinate."""
    moves = h * np.eye(len(x))
    return np.array([(function(x + m) - function(x - m)) / (2 * h) for m in moves])


@ALL
def test_gradients_agree_with_finite_differences(surface):
    for x in points(surface):
        scale = 1 + np.abs(surface.gradient(x)).max()
        assert np.abs(surface.gradient(x) - central(surface, x)).max() < 1e-6 * scale


@ALL
def test_hessians_agree_with_finite_differences(surface):
    for x in points(surface):
        ours, theirs = surface.hessian(x), central(surface.gradient, x)
        assert np.abs(ours - theirs).max() < 1e-6 * (1 + np.abs(ours).max())
        assert np.allclose(ours, ours.T)


@ALL
def test_hessian_vector_products_agree_with_the_matrix(surface):
    x, v = points(surface), points(surface, seed=1)
    product = np.einsum("nij,nj->ni", surface.hessian(x), v)
    assert np.allclose(surface.hvp(x, v), product, rtol=1e-12, atol=1e-9)


def test_one_point_takes_many_vectors_and_the_other_way_round():
    basis, x = np.eye(2), np.array([-1.5, 2.0])
    assert np.array_equal(rosenbrock.hvp(x, basis), rosenbrock.hessian(x))
    twice = rosenbrock.hvp([x, x], basis[0])
    assert np.array_equal(twice, [rosenbrock.hessian(x)[0]] * 2)


@WITH
def test_minima_are_minima(name):
    surface = TABLE[name]
    assert len(surface.minima) >= 1
    for x in surface.minima:
        assert np.abs(surface.gradient(x)).max() < 1e-9
        assert np.linalg.eigvalsh(surface.hessian(x)).min() > 0
        assert surface(x) == pytest.approx(surface(surface.minima[0]), abs=1e-20)
        low, high = np.array(surface.window).T
        assert ((low <= x) & (x <= high)).all()


@WITH
def test_no_point_of_the_window_lies_below_the_minima(name):
    surface = TABLE[name]
    assert (surface(points(surface, 5000)) >= surface(surface.minima[0])).all()


@pytest.mark.parametrize("name", WITHOUT)
def test_a_surface_without_a_minimum_falls_ever_further(name):
    surface = SURFACES[name]
    assert len(surface.minima) == 0
    low, high = np.array(surface.window).T
    ways = np.array([low, high, low * [1, 0][: surface.dimension]])
    lowest = surface(ways * np.array([1, 3, 9])[:, None, None]).min(axis=1)
    assert (np.diff(lowest) < 0).all()


@WITH
def test_scipy_finds_a_minimum_from_anywhere_near(name):
    surface = TABLE[name]
    for x in surface.minima:
        found = scipy.optimize.minimize(surface, x + 0.05, jac=surface.gradient)
        assert np.abs(found.x - x).max() < 1e-4


@ALL
@given(shape=st.lists(st.integers(0, 3), max_size=3).map(tuple))
def test_any_leading_shape_goes_through(surface, shape):
    d = surface.dimension
    x = points(surface, int(np.prod(shape))).reshape(*shape, d)
    assert np.shape(surface(x)) == shape
    assert surface.gradient(x).shape == surface.hvp(x, x).shape == (*shape, d)
    assert surface.hessian(x).shape == (*shape, d, d)


@ALL
def test_many_points_give_what_each_gives_alone(surface):
    x = points(surface)
    alone = np.array([surface(p) for p in x])
    assert np.allclose(surface(x), alone, rtol=1e-14, atol=1e-13)
    slopes, scale = surface.gradient(x), np.abs(surface.gradient(x)).max()
    alone = [surface.gradient(p) for p in x]
    assert np.allclose(slopes, alone, rtol=1e-14, atol=1e-15 * scale)


# V5
def test_mean_squared_error_worked_by_hand():
    data = {"x": [1, 2, 3], "y": [2, 4, 6]}
    mse = Surface.mean("(w*x + b - y)**2", "w b", data)
    assert mse([0.5, 0.1]) == pytest.approx(9.91)
    assert mse.gradient([0.5, 0.1]) == pytest.approx([-13.6, -5.8])
    assert mse([0.636, 0.158]) == pytest.approx(7.845231, abs=5e-7)
    curvatures = np.linalg.eigvalsh(mse.hessian([0, 0]))
    assert curvatures == pytest.approx([0.24039313, 11.0929402], abs=5e-8)


# V1
def test_regression_of_the_first_article():
    rng = np.random.RandomState(42)  # the article's own generator
    x = rng.randn(100)
    y = 3 * x + 7 + 0.5 * rng.randn(100)
    mse = Surface.mean("(w*x + b - y)**2", "w b", {"x": x, "y": y})
    assert mse([0, 0]) == pytest.approx(52.1077, abs=5e-5)
    assert mse.gradient([0, 0]) == pytest.approx([-3.3907, -13.3992], abs=5e-5)
    best = np.polyfit(x, y, 1)
    assert best == pytest.approx([2.92837142, 7.00371391], abs=5e-9)
    assert mse(best) == pytest.approx(0.22090812, abs=5e-9)
    curvatures = np.linalg.eigvalsh(mse.hessian([0, 0]))
    assert curvatures == pytest.approx([1.55719611, 2.09741648], abs=5e-9)


def test_a_mean_over_thousands_of_sales_has_its_minimum_at_the_fit():
    area, price = houses()
    x, y = ((v - v.mean()) / v.std() for v in (area, price))
    mse = Surface.mean("(w*x + b - y)**2", "w b", {"x": x, "y": y})
    fit = np.polyfit(x, y, 1)
    assert np.abs(mse.gradient(fit)).max() < 1e-12
    assert mse([0, 0]) == pytest.approx(1.0)
    assert mse(fit) == pytest.approx(1 - 0.49953786, abs=5e-9)


# V4
def test_bowl():
    assert np.array_equal(bowl.hessian([1, 1]), [[2, 0], [0, 8]])


# V6
def test_rosenbrock():
    assert rosenbrock([-1.5, 2]) == 12.5
    assert rosenbrock.gradient([-1.5, 2]).tolist() == [-155, -50]
    start = np.linalg.eigvalsh(rosenbrock.hessian([-1.5, 2]))
    assert start == pytest.approx([9.7503, 2092.2497], abs=5e-5)
    lowest = np.linalg.eigvalsh(rosenbrock.hessian([1, 1]))
    assert lowest == pytest.approx([0.39936, 1001.6006], abs=5e-5)
    assert lowest[1] / lowest[0] == pytest.approx(2508.01, abs=5e-3)


@given(x=st.tuples(st.floats(-2, 2), st.floats(-1, 3)))
def test_rosenbrock_is_scipys(x):
    assert rosenbrock(x) == pytest.approx(scipy.optimize.rosen(x), rel=1e-9, abs=1e-9)
    theirs = scipy.optimize.rosen_der(np.array(x))
    assert rosenbrock.gradient(x) == pytest.approx(theirs, rel=1e-9, abs=1e-9)
    assert np.allclose(rosenbrock.hessian(x), scipy.optimize.rosen_hess(np.array(x)))


# V7
def test_beale():
    assert beale([1, 1]) == 14.203125
    assert beale.gradient([1, 1]).tolist() == [0, 27.75]
    assert beale([3, 0.5]) == 0


# V8
def test_quartic():
    values = quartic([[-0.5], [0.0], [2.25]])
    assert values.tolist() == [2.4375, 2, -6.54296875]
    assert quartic.gradient([-0.5]).tolist() == [-2.75]
    assert quartic.gradient([0.0]).tolist() == [0]
    assert quartic.hessian([2.25]).tolist() == [[20.25]]


def test_double_well_has_a_second_minimum_and_a_barrier():
    valley, barrier = [1.8608058], [0.2541017]
    assert abs(double_well.gradient(valley)[0]) < 1e-6
    assert abs(double_well.gradient(barrier)[0]) < 1e-6
    assert double_well.hessian(barrier)[0, 0] < 0 < double_well.hessian(valley)[0, 0]
    assert double_well(double_well.minima[0]) == pytest.approx(-1.030, abs=5e-4)
    assert double_well(valley) == pytest.approx(0.9665, abs=5e-5)


def test_the_origin_of_the_strict_saddle_is_one():
    saddle = SURFACES["strict_saddle"]
    assert saddle.gradient([0, 0]).tolist() == [0, 0]
    assert np.linalg.eigvalsh(saddle.hessian([0, 0])).tolist() == [-1, 1]


def test_the_saddle_of_the_monkey_is_flat_to_second_order():
    saddle = SURFACES["monkey_saddle"]
    assert saddle.gradient([0, 0]).tolist() == [0, 0]
    assert saddle.hessian([0, 0]).tolist() == [[0, 0], [0, 0]]
    angles = np.arange(6) * np.pi / 3  # up and down in turn
    around = saddle(np.stack([np.cos(angles), np.sin(angles)], axis=-1))
    assert around == pytest.approx([1, -1] * 3)


def test_the_cubic_is_stationary_where_it_has_no_minimum():
    cubic = SURFACES["cubic"]
    assert cubic.gradient([0]).tolist() == [0]
    assert cubic(-0.1) < cubic(0) < cubic(0.1)


@pytest.mark.parametrize(
    ("rule", "start", "steps"),
    [
        (gradient_descent, 6, 4157),
        (momentum, 6, 459),
        (adam, 6, 49),
        (adam, 10, 72),
        (adam, 15, 97),
    ],
)
def test_the_plateau_takes_long_to_leave(rule, start, steps):
    path = descend(SURFACES["plateau"], rule(0.1), [start], steps=steps)
    assert path.loss[-1] < 0.5 <= path.loss[-2]


def test_the_camel_has_two_more_valleys_and_rastrigin_many():
    for name, near in (("three_hump_camel", [1.75, -0.87]), ("rastrigin", [0.995, 0])):
        surface = SURFACES[name]
        found = scipy.optimize.minimize(surface, near, jac=surface.gradient)
        assert np.abs(surface.gradient(found.x)).max() < 1e-4
        assert np.linalg.eigvalsh(surface.hessian(found.x)).min() > 0
        assert np.abs(found.x - near).max() < 0.02
        assert found.fun > 0.29


def test_ackley_is_the_published_formula():
    x, y = points(ackley, 1000).T
    root = np.sqrt((x**2 + y**2) / 2)
    waves = np.exp((np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y)) / 2)
    wanted = -20 * np.exp(-0.2 * root) - waves + 20 + np.e
    assert np.allclose(ackley(np.stack([x, y], -1)), wanted, rtol=1e-14, atol=1e-14)
    assert ackley([1, 1]) == pytest.approx(3.625384938440363, rel=1e-15)


def test_the_slope_at_the_tip_of_ackleys_cone_is_zero_by_convention():
    around = ackley.gradient([[1e-9, 0], [-1e-9, 0], [0, 0]])
    assert around[:, 0] == pytest.approx([8**0.5, -(8**0.5), 0])
    assert ackley([0, 0]) == pytest.approx(0, abs=1e-15)


def test_the_ravine_is_a_hundred_times_steeper_across():
    assert SURFACES["ravine"].hessian([0, 0]).tolist() == [[1, 0], [0, 100]]


@st.composite
def polynomials(draw):
    """Return the text of a polynomial in x and y and its coefficients."""
    powers = [(i, j) for i in range(4) for j in range(4 - i)]
    rows = [(draw(st.integers(-3, 3)), i, j) for i, j in powers]
    return " + ".join(f"({c})*x**{i}*y**{j}" for c, i, j in rows), rows


@given(polynomial=polynomials(), x=st.floats(-2, 2), y=st.floats(-2, 2))
def test_random_polynomials_have_the_right_value_and_gradient(polynomial, x, y):
    text, rows = polynomial
    surface = Surface(text, "x y")
    assert surface([x, y]) == pytest.approx(sum(c * x**i * y**j for c, i, j in rows))
    slopes = [
        sum(c * i * x ** max(i - 1, 0) * y**j for c, i, j in rows),
        sum(c * j * x**i * y ** max(j - 1, 0) for c, i, j in rows),
    ]
    assert surface.gradient([x, y]) == pytest.approx(slopes, abs=1e-9)


def test_a_surface_keeps_its_data_when_the_caller_changes_his():
    x = np.array([1.0, 2.0])
    surface = Surface.mean("w*x", "w", {"x": x})
    x -= x.mean()
    assert surface([1.0]) == 1.5


def test_constant_slopes_and_unused_variables_keep_their_shape():
    plane = Surface("3*x + 2", "x y")
    assert plane.gradient(np.zeros((4, 2))).tolist() == [[3, 0]] * 4
    assert plane.hessian([0, 0]).tolist() == [[0, 0], [0, 0]]
    flat = Surface.mean("5 + 0*w", "w", {"x": [1, 2]})
    assert (flat([1]), flat.gradient([[1], [2]]).tolist()) == (5, [[0], [0]])


def test_one_number_is_a_point_where_there_is_one_parameter():
    assert parabola(3) == 9
    assert parabola.gradient(3).tolist() == [6]


def test_variables_may_be_named_like_anything_but_each_other():
    surface = Surface("v_x*x + e*pi", "x v_x e pi")
    assert surface.hvp([1, 2, 3, 4], [1, 0, 0, 0]).tolist() == [0, 1, 0, 0]


# The value and the slope at one point, in plain floats and in NumPy
@pytest.mark.parametrize(
    ("formula", "x", "value", "slope"),
    [
        ("x**2", 1e200, np.inf, 2e200),
        ("x**3", -1e200, -np.inf, np.inf),
        ("exp(x)", 1000, np.inf, np.inf),
        ("1/x", 0, np.inf, -np.inf),
        ("log(x)", 0, -np.inf, np.inf),
        ("sqrt(x)", -1, np.nan, np.nan),
        ("x**1.5", -1, np.nan, np.nan),
        ("sin(x)", np.inf, np.nan, np.nan),
        ("abs(x)", np.nan, np.nan, np.nan),
        ("abs(x)", -2, 2, -1),
        ("3*x", np.inf, np.inf, 3),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_one_point_overflows_as_many_do_and_never_raises(formula, x, value, slope):
    surface = Surface(formula, "x")
    assert np.isclose(surface([x]), value, rtol=1e-15, equal_nan=True)
    assert np.isclose(surface.gradient([x]), slope, rtol=1e-15, equal_nan=True)
    assert np.array_equal(surface([[x]]), [surface([x])], equal_nan=True)
    both = surface.gradient([[x]]), [surface.gradient([x])]
    assert np.array_equal(*both, equal_nan=True)


def test_absolute_values_have_no_curvature_but_at_their_kink():
    surface = Surface("x*abs(x) + abs(x)", "x")
    assert surface.hessian([[-3], [2]]).tolist() == [[[-2]], [[2]]]
    assert surface.hvp([-3], [5]).tolist() == [-10]


def test_the_registry_keeps_its_order_and_its_sources():
    assert list(SURFACES) == [
        *("parabola", "bowl", "quartic", "double_well"),
        *("rosenbrock", "beale", "himmelblau", "strict_saddle"),
        *("booth", "three_hump_camel", "monkey_saddle", "cubic"),
        *("plateau", "rastrigin", "ravine", "ackley", "valleys"),
    ]
    assert all(surface.source for surface in SURFACES.values())


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bowl("here"), "x = 'here' is not an array of real numbers"),
        (lambda: bowl([1, 2, 3]), r"x has shape \(3,\), but its last axis must hold"),
        (lambda: bowl(1), r"x has shape \(\), but its last axis must hold the 2"),
        (lambda: bowl([1j, 0]), r"x = \[1j, 0\] is not an array of real numbers"),
        (lambda: bowl([[1, 2], [3]]), "is not an array of real numbers"),
        (lambda: bowl.hvp([1, 2], [1]), r"v has shape \(1,\)"),
        (lambda: Surface("x", "x x"), "The names 'x x' must be different words"),
        (lambda: Surface("1", ""), "The names '' must be"),
        (lambda: Surface("1", "if"), "The names 'if' must be"),
        (lambda: Surface("x", "x", window=[(2, 1)]), r"window = \[\(2, 1\)\] must"),
        (lambda: Surface("x", "x", minima=[[1, 2]]), r"minima has shape \(1, 2\)"),
        (lambda: Surface("log(0)*x", "x")([1]), "not real and finite"),
        (lambda: Surface.mean("w", "w", {"w": [1]}), "name both a parameter and"),
        (lambda: Surface.mean("w", "w", {}), r"lengths \{\}: pass one column or more"),
        (lambda: Surface.mean("w", "w", {"x": []}), r"\{'x': 0\}: pass one column"),
        (lambda: Surface.mean("w", "w", {"x": [1], "y": [1, 2]}), "'x': 1, 'y': 2"),
        (lambda: Surface.mean("w", "w", {"x": ["a"]}), r"'x' = \['a'\] must hold"),
        (lambda: Surface.mean("w", "w", {"x": [[1]]}), r"'x' = \[\[1\]\] must hold"),
        (
            lambda: Surface.mean("w", "w", {"x": [np.nan]}),
            r"x = \[nan\] must be finite",
        ),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(call, words):
    with pytest.raises(ValueError, match=words):
        call()
