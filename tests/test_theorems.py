"""Theorems with their rates, and limits that theory gives, each computed by a run."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcourse import Surface, descend
from gdcourse.optimizers import (
    adam,
    ema_momentum,
    gradient_descent,
    lion,
    momentum,
    nesterov_original,
)
from gdcourse.surfaces import bowl, cubic, quartic, ravine

CONDITIONS = pytest.mark.parametrize("kappa", [2, 10, 100, 1000])


def quadratic(*curvatures):
    names = "abcdefgh"[: len(curvatures)]
    terms = (f"{c!r}*{n}**2" for c, n in zip(curvatures, names, strict=True))
    return Surface(f"({' + '.join(terms)})/2", " ".join(names))


def lengths(surface, rule, start, steps):
    return np.linalg.norm(descend(surface, rule, start, steps).x, axis=1)


# On quadratics, with curvatures from mu to L and kappa = L/mu


@CONDITIONS
def test_gradient_descent_contracts_by_kappa_minus_1_over_kappa_plus_1(kappa):
    surface, best = quadratic(0.5, 0.5 * kappa), 2 / (0.5 + 0.5 * kappa)
    steps = lengths(surface, gradient_descent(best), [1, 1], 50)
    assert steps[1:] / steps[:-1] == pytest.approx((kappa - 1) / (kappa + 1))
    for other in (0.99 * best, 1.01 * best):  # no other rate does as well
        slower = descend(surface, gradient_descent(other), [1, 1], 50).x[-1]
        assert np.abs(slower).max() > ((kappa - 1) / (kappa + 1)) ** 50


@given(
    curvatures=st.lists(st.floats(0.1, 20), min_size=2, max_size=5),
    seed=st.integers(0, 99),
)
def test_no_start_contracts_more_slowly(curvatures, seed):
    least, most = min(curvatures), max(curvatures)
    start = np.random.default_rng(seed).normal(size=len(curvatures))
    rule = gradient_descent(2 / (least + most))
    steps = lengths(quadratic(*curvatures), rule, start, 20)
    rate = (most - least) / (most + least)
    assert (steps[1:] <= rate * steps[:-1] + 1e-14).all()


@CONDITIONS
@pytest.mark.parametrize(("part", "grows"), [(0.99, False), (1.01, True)])
def test_gradient_descent_fails_above_2_over_the_largest_curvature(kappa, part, grows):
    rule = gradient_descent(part * 2 / kappa)
    path = descend(quadratic(1.0, float(kappa)), rule, [1, 1], steps=2000)
    assert (path.stopped == "diverged") == grows
    assert (path.loss[-1] < path.loss[0]) != grows


@CONDITIONS
def test_tuned_heavy_ball_contracts_by_the_roots_of_kappa(kappa):
    rate = (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)
    rule = momentum(4 / (1 + np.sqrt(kappa)) ** 2, beta=rate**2)
    steps = lengths(quadratic(1.0, float(kappa)), rule, [1, 1], 150)
    # Its roots are double, so that the length falls like t * rate**t.
    t = np.arange(100, 150)
    assert steps[101:] / steps[100:-1] == pytest.approx(rate * (1 + 1 / t), rel=2e-3)


# V15
@pytest.mark.parametrize(
    ("rule", "steps"),
    [
        (gradient_descent(2 / 101), 709),
        (momentum(4 / 121, beta=(9 / 11) ** 2), 95),
        (momentum(0.01, beta=0.9), 264),
    ],
)
def test_steps_to_a_millionth_in_the_ravine(rule, steps):
    assert np.argmax(lengths(ravine, rule, [1, 1], 1000) < 1e-6) == steps


# V4
def test_the_best_rate_of_the_bowl():
    steps = lengths(bowl, gradient_descent(0.2), [-4, 2.5], 30)
    assert steps[1:] / steps[:-1] == pytest.approx(0.6)


# On convex losses, of curvature at most L


CONVEX = pytest.mark.parametrize(  # with L = 1, and the minimum 0 at the origin
    ("surface", "start"),
    [
        (quadratic(1e-4, 1e-3, 0.01, 0.1, 0.3, 1.0), [1.0] * 6),
        (Surface("log(cosh(x)) + log(cosh(y/3))", "x y"), [9.0, -6.0]),
    ],
)


@CONVEX
def test_the_loss_of_gradient_descent_falls_like_1_over_t(surface, start):
    loss = descend(surface, gradient_descent(1.0), start, 1000).loss
    t = np.arange(1, 1001)
    assert (loss[1:] <= np.sum(np.square(start)) / (2 * t)).all()


@CONVEX
def test_the_loss_of_nesterov_falls_like_1_over_t_squared(surface, start):
    rule = nesterov_original(1.0, beta=lambda t: t / (t + 3))
    loss = descend(surface, rule, start, 1000).loss
    t = np.arange(1, 1001)
    assert (loss[1:] <= 2 * np.sum(np.square(start)) / (t + 1) ** 2).all()


# Rules whose steps do not shrink


def sign_descent(alpha):
    return lambda x, g: x - alpha * np.sign(g)


@pytest.mark.parametrize("make", [sign_descent, lion])
@pytest.mark.parametrize("alpha", [0.1, 0.01, 0.001])
def test_sign_rules_end_within_their_rate_and_no_nearer(make, alpha):
    alpha *= 1.01  # so that no number of whole steps leads to the minimum
    x = descend(bowl, make(alpha), [2, 1], steps=int(10 / alpha)).x
    away = np.abs(x[-int(5 / alpha) :]).max(axis=0) / alpha
    assert (away < 1.3).all()
    assert (away > 0.5).all()


# V13
def test_adam_may_move_by_7_27_rates():
    growing = (0.999 / 0.9) ** np.arange(300)
    rule, x = adam(1.0), np.zeros(1)
    state, steps = rule.init(x), []
    for g in (*np.zeros(10_000), *growing):
        new, state = rule.step(x, np.array([g]), state)
        steps.append(x[0] - new[0])
        x = new
    assert max(steps) == pytest.approx(7.27, abs=0.005)
    assert max(steps) <= 0.1 / np.sqrt(0.001) / np.sqrt(1 - 0.9**2 / 0.999)


# V13
def test_without_bias_correction_adam_would_leap():
    def uncorrected(x, g, state):
        state["m"] = 0.9 * state.get("m", 0) + 0.1 * g
        state["v"] = 0.999 * state.get("v", 0) + 0.001 * g**2
        return x - state["m"] / np.sqrt(state["v"])

    slope = Surface("5*x", "x")
    steps = -np.diff(descend(slope, uncorrected, [0], 100).x[:, 0])
    assert steps[0] == pytest.approx(3.1623, abs=5e-5)
    assert steps.argmax() + 1 == 12
    assert steps.max() == pytest.approx(6.5685, abs=5e-5)
    assert -np.diff(descend(slope, adam(1.0), [0], 100).x[:, 0]) == pytest.approx(1)


# Where limits and thresholds are


# V1
def test_the_first_article_has_its_limit_at_2_over_its_largest_curvature():
    rng = np.random.RandomState(42)  # the article's own generator
    x = rng.randn(100)
    y = 3 * x + 7 + 0.5 * rng.randn(100)
    assert (y.mean(), y.var()) == pytest.approx((6.69961274, 7.22287921))
    mse = Surface.mean("(w*x + b - y)**2", "w b", {"x": x, "y": y})
    assert mse([0, 0]) == pytest.approx(y.var() + y.mean() ** 2)
    limit = 2 / np.linalg.eigvalsh(mse.hessian([0, 0])).max()
    assert limit == pytest.approx(0.95355, abs=5e-6)
    ends = [
        descend(mse, gradient_descent(part * limit), [0, 0], 2000).loss[-1]
        for part in (0.99, 1.01)
    ]
    assert ends[0] < 0.2210 < 1e6 < ends[1]


# V5, K26
def test_the_worked_example_has_its_limit_at_0_1803():
    data = {"x": [1, 2, 3], "y": [2, 4, 6]}
    mse = Surface.mean("(w*x + b - y)**2", "w b", data)
    for rate, falls in ((0.1802, True), (0.1804, False)):
        loss = descend(mse, gradient_descent(rate), [0.5, 0.1], 3000).loss
        assert (loss[-1] < loss[0]) == falls


# V8
@pytest.mark.parametrize(("rate", "stays"), [(0.0985, True), (0.0991, False)])
def test_the_quartic_has_its_limit_at_0_0988(rate, stays):
    x = descend(quartic, gradient_descent(rate), [2.26], 3000).x[:, 0]
    assert (abs(x[-1] - 2.25) < 1e-6) == stays


# V9
@pytest.mark.parametrize(
    ("make", "threshold"),
    [
        (lambda rate: momentum(rate, beta=0.9), 0.0030117),
        (lambda rate: ema_momentum(rate, beta=0.9), 0.030117),
        (lambda rate: momentum(rate, beta=0.5), 0.09328),
        (lambda rate: momentum(rate, beta=0.99), 2.88e-5),
        (gradient_descent, 1 / 3),
    ],
)
@pytest.mark.parametrize("start", [0.5, 2.0])
def test_momentum_crosses_an_inflection_above_a_threshold(make, threshold, start):
    for part, crosses in ((0.995, False), (1.005, True)):
        path = descend(cubic, make(part * threshold / start), [start], 4000)
        assert (path.x < 0).any() == crosses
