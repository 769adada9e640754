"""Finite differences, the gradient check, and clipped or noisy gradients in a run."""

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st

from gdcourse import SURFACES, descend, trace
from gdcourse.gradients import (
    central_difference,
    check_gradient,
    clip_by_norm,
    clip_by_value,
    forward_difference,
    noisy,
)
from gdcourse.optimizers import adam, gradient_descent, momentum
from gdcourse.surfaces import ackley, bowl, rosenbrock, strict_saddle

ALL = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
WITHOUT_TORCH = "PyTorch is not installed: pip install torch"


def points(surface, count=20):
    low, high = np.array(surface.window).T
    return np.random.default_rng(0).uniform(low, high, (count, surface.dimension))


def miss(difference, step):
    return abs(difference(np.sin, 1.0, step=step) - np.cos(1.0))


# V20, K25
@pytest.mark.parametrize(
    ("difference", "step", "error"),
    [
        (forward_difference, 1e-1, 4.3e-2),
        (forward_difference, 1e-4, 4.2e-5),
        (forward_difference, 1e-8, 3.0e-9),
        (forward_difference, 1e-10, 5.9e-8),
        (forward_difference, 1e-12, 4.3e-5),
        (central_difference, 1e-6, 2.8e-11),
    ],
)
def test_differences_of_the_sine_err_as_checked(difference, step, error):
    assert miss(difference, step) == pytest.approx(error, rel=0.02)


# V20, K25
@pytest.mark.parametrize(
    ("difference", "best", "error"),
    [(forward_difference, 1e-8, 2.97e-9), (central_difference, 1e-5, 1.11e-11)],
)
def test_a_difference_is_best_at_a_middling_step(difference, best, error):
    steps = 10.0 ** np.arange(-15, 0)
    errors = [miss(difference, step) for step in steps]
    assert steps[np.argmin(errors)] == pytest.approx(best)
    assert min(errors) == pytest.approx(error, rel=0.01)
    # Rounding spoils the small steps, and the bend of the curve the large ones.
    assert min(errors[0], errors[-1]) > 1e6 * min(errors)


@pytest.mark.parametrize(
    ("difference", "order"), [(forward_difference, 1), (central_difference, 2)]
)
def test_the_error_falls_with_its_power_of_the_step(difference, order):
    ratio = miss(difference, 1e-2) / miss(difference, 1e-3)
    assert ratio == pytest.approx(10**order, rel=0.01)


@pytest.mark.parametrize(
    ("difference", "calls"), [(forward_difference, 6), (central_difference, 10)]
)
def test_five_coordinates_cost_n_plus_1_or_2_n_values(difference, calls):  # K45
    seen = []
    difference(lambda x: seen.append(x) or (x**2).sum(), np.ones(5))
    assert len(seen) == calls


@ALL
def test_forward_differences_are_scipys(surface):
    for x in points(surface, 5):
        theirs = scipy.optimize.approx_fprime(x, surface, 1e-6)
        ours = forward_difference(surface, x, step=1e-6)
        # SciPy divides by the step that rounding made of 1e-6.
        assert ours == pytest.approx(theirs, rel=1e-8, abs=1e-8)


@ALL
@pytest.mark.parametrize("difference", [forward_difference, central_difference])
def test_many_points_give_what_each_gives_alone(surface, difference):
    x = points(surface, 6)
    alone = np.array([difference(surface, p) for p in x])
    together = difference(surface, x.reshape(2, 3, -1))
    assert together.shape == (2, 3, surface.dimension)
    assert together.reshape(6, -1) == pytest.approx(alone, rel=1e-5, abs=1e-5)


@ALL
def test_the_gradient_of_each_surface_passes(surface):
    for x in (points(surface, 200), np.zeros(surface.dimension)):
        check = check_gradient(surface, surface.gradient, x)
        assert check.passed
        assert check.error < 2e-7
        tip = surface is ackley and not np.any(x)  # of its cone
        assert bool(check.kinks) == tip


@ALL
def test_at_a_minimum_both_slopes_are_zero_up_to_rounding(surface):
    for x in surface.minima:
        check = check_gradient(surface, surface.gradient, x)
        # Where large terms cancel, as in the valleys, rounding is all that is left.
        assert np.abs(check.analytic).max() < 1e-12 or check.passed
        assert np.abs(check.numeric - check.analytic).max() < 1e-8


def flipped(surface, axis):
    signs = np.ones(surface.dimension)
    signs[axis] = -1
    return lambda x: signs * surface.gradient(x)


@ALL
def test_a_gradient_with_one_sign_flipped_fails(surface):
    for axis in range(surface.dimension):
        for x in points(surface):
            check = check_gradient(surface, flipped(surface, axis), x)
            assert not check
            assert (check.worst, check.error) == ((axis,), pytest.approx(2, abs=0.5))


def test_a_check_sees_an_error_of_one_part_in_a_hundred_thousand():
    slope = lambda x: rosenbrock.gradient(x) * [1, 1 + 1e-5]  # noqa: E731
    check = check_gradient(rosenbrock, slope, [-1.5, 2])
    assert (check.passed, check.worst) == (False, (1,))
    assert check.error == pytest.approx(1e-5, rel=1e-3)
    assert check_gradient(rosenbrock, slope, [-1.5, 2], tolerance=1e-4).passed


@given(scale=st.floats(1e-30, 1e30))
def test_a_check_does_not_mind_the_scale_of_the_loss(scale):
    x = [-1.2, 0.7]
    loss, slope = (lambda x: scale * bowl(x)), (lambda x: scale * bowl.gradient(x))
    assert check_gradient(loss, slope, x)
    assert not check_gradient(loss, lambda x: slope(x) * [1, 1.001], x)


def relu(x):
    return np.maximum(x, 0).sum(-1)


@pytest.mark.parametrize("near", [0.0, 3e-6, -1e-5])
def test_a_kink_is_named_and_takes_any_slope_between(near):
    x = [1.0, near, -1.0]
    check = check_gradient(relu, lambda x: 1.0 * (x > 0), x)
    assert (check.passed, check.kinks) == (True, [(1,)])
    assert "kink at x[1]: the slopes to the left and right differ" in repr(check)
    assert not check_gradient(relu, lambda x: (x > 0) * [1, 2, 1] - [0, 0.1, 0], x)


def test_a_check_of_one_number_reads_well():
    assert repr(check_gradient(lambda x: x**2, lambda x: x, 3.0)) == (
        "gradient check FAILED: relative error at most 0.5 (x: given 3, measured 6)"
    )


@pytest.mark.parametrize(
    ("function", "slope"),
    [(np.sqrt, np.ones_like), (np.exp, lambda x: np.nan * x)],
)
def test_values_that_are_not_numbers_fail(function, slope):
    check = check_gradient(function, slope, 0.0)
    assert not check
    assert np.isnan(check.error)


def test_clipping_worked_by_hand():
    g = {"W": np.array([[3.0], [4.0]]), "b": np.array([12.0])}  # its norm is 13
    clipped = clip_by_norm(g, limit=6.5)
    assert (clipped["W"].tolist(), clipped["b"].tolist()) == ([[1.5], [2]], [6])
    assert clip_by_norm(g, limit=13.0)["b"] == g["b"]
    rows = clip_by_norm(np.array([[3.0, 4.0], [0.3, 0.4], [0, 0]]), limit=1)
    assert rows == pytest.approx(np.array([[0.6, 0.8], [0.3, 0.4], [0, 0]]))
    values = clip_by_value(g, limit=3.5)
    assert (values["W"].tolist(), values["b"].tolist()) == ([[3], [3.5]], [3.5])


@given(
    g=st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=4), limit=st.floats(1e-3, 1e3)
)
def test_clipping_by_norm_keeps_the_direction_and_never_lengthens(g, limit):
    g = np.array(g)
    clipped = clip_by_norm(g, limit)
    length = np.linalg.norm(g)
    assert np.linalg.norm(clipped) == pytest.approx(min(length, limit))
    assert clipped * length == pytest.approx(g * np.linalg.norm(clipped))


def torch_gradients(torch, g):
    for name, value in g.items():
        parameter = torch.zeros(value.shape, dtype=torch.float64, requires_grad=True)
        parameter.grad = torch.from_numpy(g[name].copy())
        yield parameter


@pytest.mark.parametrize("limit", [1e-3, 1.0, 5.0, 100.0])
def test_torch_clips_alike_but_for_a_millionth_in_its_norm(limit):
    torch = pytest.importorskip("torch", reason=WITHOUT_TORCH)
    rng = np.random.default_rng(0)
    g = {"W": 3 * rng.normal(size=(4, 3)), "b": rng.normal(size=4)}
    theirs = list(torch_gradients(torch, g))
    norm = float(torch.nn.utils.clip_grad_norm_(theirs, limit))
    differs = norm / (norm + 1e-6) if norm > limit else 1.0
    for ours, other in zip(clip_by_norm(g, limit).values(), theirs, strict=True):
        assert np.allclose(ours * differs, other.grad.numpy(), rtol=1e-13, atol=0)


def test_torch_clips_values_alike():
    torch = pytest.importorskip("torch", reason=WITHOUT_TORCH)
    g = {"W": np.linspace(-2, 2, 9)}
    (theirs,) = torch_gradients(torch, g)
    torch.nn.utils.clip_grad_value_([theirs], 0.5)
    assert np.array_equal(clip_by_value(g, 0.5)["W"], theirs.grad.numpy())


def test_a_rule_that_clips_can_be_traced():
    def clipped(x, gradient):
        return x - 0.1 * clip_by_norm(clip_by_value(gradient, 2.0), 1.0)

    graph = trace.rule(clipped)["step"]["nodes"]
    assert {"clip", "norm", "maximum"} <= {node[0] for node in graph}


# K170
def test_noise_leaves_a_saddle_in_about_38_steps():
    slope = noisy(strict_saddle.gradient, 0.1, np.random.default_rng(0))
    starts = np.tile([1.0, 0.0], (1001, 1))
    path = descend(
        strict_saddle, gradient_descent(0.1), starts=starts, steps=300, gradient=slope
    )
    away = np.abs(path.x[..., 1]) > 0.5
    assert away.any(axis=0).all()
    assert abs(np.median(away.argmax(axis=0)) - 38) <= 1


def test_noise_has_its_scale_and_no_drift():
    draws = noisy(np.zeros_like, 0.3, np.random.default_rng(1))(np.zeros(100_000))
    assert draws.mean() == pytest.approx(0, abs=0.005)
    assert draws.std() == pytest.approx(0.3, rel=0.01)
    again = noisy(np.zeros_like, 0.3, np.random.default_rng(1))(np.zeros(100_000))
    assert np.array_equal(draws, again)


@pytest.mark.parametrize(
    "where", [{"start": [-1.5, 2]}, {"starts": [[-1.5, 2], [2, 2]]}]
)
def test_clipping_saves_a_run_that_would_leap_off_a_cliff(where):
    rule = gradient_descent(0.005)  # over 2 / 2092, the limit where the path begins
    free = descend(rosenbrock, rule, **where, steps=500)
    assert np.all(free.stopped == "diverged")
    held = descend(
        rosenbrock,
        rule,
        **where,
        steps=500,
        gradient=lambda x: clip_by_norm(rosenbrock.gradient(x), 1.0),
    )
    assert np.all(held.stopped == "step limit")
    assert np.linalg.norm(held.gradient, axis=-1).max() <= 1 + 1e-12
    assert np.all(held.loss[-1] < held.loss[0] / 2)
    assert held.loss == pytest.approx(rosenbrock(held.x), rel=1e-12)


@pytest.mark.parametrize("rule", [adam(0.1), momentum(0.01)])
@pytest.mark.parametrize("where", [{"start": [1, 2]}, {"starts": [[1, 2], [3, 1]]}])
def test_a_run_on_the_surfaces_own_gradient_is_the_same(rule, where):
    own = descend(bowl, rule, **where, tolerance=1e-3)
    given = descend(bowl, rule, **where, tolerance=1e-3, gradient=bowl.gradient)
    assert np.array_equal(given.x, own.x)
    assert given.evaluations == own.evaluations


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: forward_difference(np.sin, 1.0, step=0.0), "step = 0.0 must be above"),
        (lambda: central_difference(np.sin, 1.0, step=-1), "step = -1 must be above"),
        (lambda: central_difference(np.sin, "a"), "x = 'a' is not an array of real"),
        (lambda: central_difference(np.sin, [np.nan]), "must be finite"),
        (lambda: central_difference(np.sum, []), r"x has shape \(0,\): pass at least"),
        (
            lambda: central_difference(np.sin, [1.0, 2.0]),
            r"The function turned shape \(2,\) into \(2,\): return one number",
        ),
        (
            lambda: check_gradient(np.sum, np.sum, [1.0, 2.0]),
            r"gradient function turned shape \(2,\) into \(\): return one slope",
        ),
        (lambda: check_gradient(np.sin, np.cos, 1.0, 0), "tolerance = 0 must be above"),
        (lambda: clip_by_norm(np.ones(2), 0), "limit = 0 must be above zero"),
        (lambda: clip_by_value(np.ones(2), -1.0), "limit = -1.0 must be above zero"),
        (lambda: noisy(np.cos, -1, None), "scale = -1 must be zero or more"),
        (lambda: noisy(np.cos, 1, 42), r"rng = 42 must be a generator: np.random"),
        (
            lambda: descend(bowl, adam(), [1, 1], gradient=np.sum),
            r"gradient function turned shape \(2,\) into \(\)",
        ),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(make, words):
    with pytest.raises(ValueError, match=words):
        make()
