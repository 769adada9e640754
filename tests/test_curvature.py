"""Curvature against exact Hessians and NumPy's eigenvalues."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcourse import SURFACES, descend
from gdcourse.curvature import hessian_vector_product, stability_limit, top_eigenvalue
from gdcourse.optimizers import gradient_descent
from gdcourse.surfaces import bowl, ravine, rosenbrock


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
@pytest.mark.parametrize("length", [1.0, 1e-8, 1e8])
def test_products_by_differences_are_near_the_exact_ones(surface, length):
    for seed in range(5):
        x, v = rng(seed).normal(size=(2, surface.dimension))
        found = hessian_vector_product(surface.gradient, x, length * v)
        exact = length * surface.hessian(x) @ v
        size = 1 + np.abs(surface.hessian(x)).max() + np.abs(surface.gradient(x)).max()
        assert np.abs(found - exact).max() <= 1e-7 * length * size


def test_the_product_with_zero_is_zero():
    assert hessian_vector_product(bowl.gradient, [1, 2], [0, 0]).tolist() == [0, 0]


@given(d=st.integers(1, 6), seed=st.integers(0, 99))
def test_the_top_eigenvalue_is_numpys_of_largest_size(d, seed):
    q, _ = np.linalg.qr(rng(seed).normal(size=(d, d)))
    sizes = 2.0 ** np.arange(d) * rng(seed).choice([-1, 1], d)
    h = q * sizes @ q.T
    values = np.linalg.eigvalsh(h)
    expected = values[np.argmax(np.abs(values))]
    assert top_eigenvalue(lambda v: h @ v, d, rng()) == pytest.approx(expected)


# V6
def test_rosenbrocks_curvature_and_limits():
    products = []
    hvp = lambda v: products.append(v) or rosenbrock.hvp([-1.5, 2], v)  # noqa: E731
    assert top_eigenvalue(hvp, 2, rng()) == pytest.approx(2092.2497, abs=5e-5)
    assert len(products) < 10
    assert stability_limit(rosenbrock.hessian([-1.5, 2])) == pytest.approx(
        0.000956, abs=5e-7
    )
    assert stability_limit(1001.6006) == pytest.approx(0.001997, abs=5e-7)


def test_gradients_alone_give_the_top_eigenvalue():
    hvp = lambda v: hessian_vector_product(rosenbrock.gradient, [1, 1], v)  # noqa: E731
    assert top_eigenvalue(hvp, 2, rng()) == pytest.approx(1001.6006, abs=5e-5)


def test_a_flat_loss_has_the_eigenvalue_zero():
    with np.errstate(all="raise"):
        assert top_eigenvalue(np.zeros_like, 3, rng()) == 0


@pytest.mark.parametrize(
    ("part", "stopped"), [(0.99, "step limit"), (1.01, "diverged")]
)
def test_gradient_descent_turns_wild_just_above_the_limit(part, stopped):
    rate = part * stability_limit(ravine.hessian([0, 0]))
    path = descend(ravine, gradient_descent(rate), [1, 1], steps=2000)
    assert path.stopped == stopped


def test_limits_of_many_points_at_once():
    hessians = [[[2.0, 0], [0, 8]], [[-1.0, 0], [0, -2]], [[0.0, 2], [2, 0]]]
    assert stability_limit(hessians).tolist() == [0.25, np.inf, 1.0]
    assert stability_limit(-3) == stability_limit(0) == np.inf


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: stability_limit([1, 2]), r"hessian has shape \(2,\): pass a square"),
        (lambda: stability_limit(np.ones((2, 3))), r"hessian has shape \(2, 3\)"),
        (
            lambda: hessian_vector_product(bowl.gradient, [1, 2], [1]),
            r"x has shape \(2,\) and v \(1,\): pass shapes alike",
        ),
        (
            lambda: top_eigenvalue(lambda v: v * [3, -3], 2, rng(), steps=50),
            "After 50 products the error of the eigenvalue .* raise steps or tolerance",
        ),
        (lambda: top_eigenvalue(abs, 2, 7), "rng = 7 must be a generator"),
        (lambda: top_eigenvalue(abs, 0, rng()), "dimension = 0 must be at least 1"),
        (lambda: top_eigenvalue(abs, 2, rng(), 0), "tolerance = 0 must be above zero"),
        (lambda: top_eigenvalue(abs, 2, rng(), steps=0), "steps = 0 must be at least"),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(make, words):
    with pytest.raises(ValueError, match=words):
        make()
