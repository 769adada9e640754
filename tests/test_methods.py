"""The methods against PyTorch, optax, SciPy, steps worked by hand and definitions."""

import importlib.util
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from gdcourse import METHODS, SURFACES, Surface, descend
from gdcourse.optimizers import (
    CountedLoss,
    adam,
    backtracking,
    gradient_descent,
    lbfgs,
    momentum,
    nesterov_original,
    newton,
    sam,
    sophia,
)
from gdcourse.optimizers.line_search import armijo
from gdcourse.optimizers.quasi_newton import two_loop
from gdcourse.surfaces import (
    beale,
    booth,
    bowl,
    parabola,
    quartic,
    rastrigin,
    rosenbrock,
)

GOLDEN = Path(__file__).parent / "golden"
TABLE = json.loads((GOLDEN / "methods.json").read_text("utf-8"))
CASES = pytest.mark.parametrize("case", TABLE["cases"], ids=lambda c: c["method"])
ALL = pytest.mark.parametrize("name", METHODS)
RULES = {"gradient_descent": gradient_descent, "momentum": momentum, "adam": adam}
LETTERS = "abcdfghijk"  # not e, which is a number


def load_script():
    spec = importlib.util.spec_from_file_location("make", GOLDEN / "make_methods.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


SCRIPT = load_script()


def quadratic(c):
    """Return the surface sum(c * x**2) / 2."""
    names = LETTERS[: len(c)]
    terms = (f"({a})*{x}**2/2" for a, x in zip(c, names, strict=True))
    return Surface(" + ".join(terms), " ".join(names))


def ours(case):
    """Return the points of our method for one case of the golden file."""
    steps = SCRIPT.STEPS[case["method"]]
    if case["method"] == "sam":
        base = RULES[case["rule"]](case["learning_rate"])
        return descend(rosenbrock, sam(base, case["rho"]), [-1.5, 2], steps).x
    method = (
        lbfgs(memory=case["memory"])
        if case["method"] == "lbfgs"
        else sophia(beta1=0.0, interval=case["interval"], **SCRIPT.SOPHIA)
    )
    return descend(quadratic(case["c"]), method, case["x"], steps).x


def close(one, other, part=1e-12):
    assert np.abs(one - other).max() <= part * np.abs(other).max()


@CASES
def test_paths_match_the_recorded_ones_of_torch_and_optax(case):
    close(ours(case), np.array(case["path"]))


@CASES
def test_paths_match_torch_itself(case):
    pytest.importorskip("torch", reason="torch is not installed: pip install torch")
    if case["method"] == "sophia":
        pytest.importorskip("optax", reason="optax is not installed")
    close(ours(case), SCRIPT.path(case))


def test_the_golden_file_holds_the_cases_of_its_script():
    cases = [{k: v for k, v in c.items() if k != "path"} for c in TABLE["cases"]]
    assert cases == SCRIPT.CASES


# K52
@pytest.mark.parametrize("c", [[2, 8], [1, 100, 3], [0.1, 5, 7, 1e3], [2, -8]])
def test_newton_needs_one_step_to_the_middle_of_a_quadratic(c):
    start = np.arange(1.0, len(c) + 1)
    path = descend(quadratic(c), newton(), start, steps=1)
    assert np.abs(path.x[1]).max() < 1e-15


# V6, K52
def test_newton_on_rosenbrock_takes_five_steps_and_climbs_on_its_way():
    path = descend(rosenbrock, newton(), [-1.5, 2], steps=20, tolerance=1e-8)
    away = np.linalg.norm(path.x - 1, axis=1)
    assert np.argmax(away < 0.01) == 5
    assert path.loss[2] == pytest.approx(751.6, abs=0.05)
    assert path.stopped == "converged"


# K52
def test_newton_converges_to_an_inflection():
    path = descend(quartic, newton(), [-0.5], steps=60)
    assert 0 < abs(path.x[-1, 0]) < 1e-9
    assert quartic.minima[0] == 2.25


def test_newtons_path_follows_any_linear_map_of_the_axes():
    a = np.array([[2.0, 1.0], [1.0, -3.0]])
    turned = Surface(
        "(1 - (2*u + v))**2 + 100*((u - 3*v) - (2*u + v)**2)**2", variables="u v"
    )
    start = np.linalg.solve(a, [-1.5, 2])
    for method, same in [(newton(), True), (gradient_descent(1e-4), False)]:
        one = descend(rosenbrock, method, [-1.5, 2], steps=6).x
        other = descend(turned, method, start, steps=6).x @ a.T
        assert np.allclose(one, other, rtol=1e-9) == same


def test_enough_damping_turns_newton_away_from_the_saddle():
    saddle = quadratic([2, -8])
    path = descend(saddle, newton(damping=10), [1, 1], steps=1)
    assert path.x[1] == pytest.approx([1 - 2 / 12, 1 + 8 / 2])


def test_newton_with_much_damping_is_gradient_descent():
    slow = descend(beale, newton(0.01 * 1e10, damping=1e10), [1, 1], steps=20)
    assert slow.x == pytest.approx(
        descend(beale, gradient_descent(0.01), [1, 1], steps=20).x, abs=1e-7
    )


def test_newton_says_where_it_has_no_step():
    with pytest.raises(ValueError, match=r"At x = \[0. 0.\] the Hessian .* damping"):
        descend(SURFACES["monkey_saddle"], newton(), [0, 0], steps=1)


def dense(g, s, y):
    """Return H g by the recurrence of BFGS, with matrices."""
    one = np.eye(len(g))
    h = one * (s[-1] @ y[-1]) / (y[-1] @ y[-1]) if len(s) else one
    for s_i, y_i in zip(s, y, strict=True):
        left = one - np.outer(s_i, y_i) / (y_i @ s_i)
        h = left @ h @ left.T + np.outer(s_i, s_i) / (y_i @ s_i)
    return h @ g


@given(n=st.integers(0, 8), d=st.integers(1, 6), seed=st.integers(0, 99))
def test_two_loops_multiply_as_the_matrices_of_bfgs_do(n, d, seed):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(d, d))
    s, g = rng.normal(size=(n, d)), rng.normal(size=d)
    y = s @ (root @ root.T + np.eye(d))  # the changes of a convex quadratic's gradient
    assert np.allclose(two_loop(g, list(s), list(y)), dense(g, s, y), rtol=1e-6)


@pytest.mark.parametrize("surface", [rosenbrock, beale])
@pytest.mark.parametrize("memory", [2, 100])
def test_each_step_of_lbfgs_is_its_definition(surface, memory):
    path = descend(surface, lbfgs(memory=memory), [1, -0.7], steps=12)
    s, y = np.diff(path.x, axis=0), np.diff(path.gradient, axis=0)
    for t in range(12):
        kept = [i for i in range(t) if s[i] @ y[i] > 0][-memory:]
        p = -dense(path.gradient[t], s[kept], y[kept])
        assert np.allclose(path.learning_rate[t] * p, s[t], rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize(
    ("surface", "start"),
    [
        (rosenbrock, [-1.5, 2]),
        (beale, [1, 1]),
        (quadratic([1, 2, 5, 10, 20, 50, 100, 1000]), np.ones(8)),
    ],
    ids=["rosenbrock", "beale", "quadratic"],
)
def test_lbfgs_ends_where_scipy_ends(surface, start):
    theirs = minimize(surface, start, jac=surface.gradient, method="BFGS", tol=1e-9)
    path = descend(surface, lbfgs(), start, steps=200, tolerance=1e-8)
    assert path.stopped == "converged"
    assert path.x[-1] == pytest.approx(theirs.x, abs=1e-6)


@pytest.mark.parametrize("surface", [bowl, rosenbrock, beale, quartic, rastrigin])
@pytest.mark.parametrize("shrink", [0.5, 0.8])
def test_backtracking_takes_the_first_length_that_lowers_the_loss_enough(
    surface, shrink
):
    start = [0.3 * low + 0.7 * high for low, high in surface.window]
    path = descend(surface, backtracking(1.0, shrink, 0.1), start, steps=10)
    alpha, promise = path.learning_rate, 0.1 * (path.gradient**2).sum(axis=1)
    assert (path.loss[1:] <= path.loss[:-1] - alpha * promise).all()
    earlier = (alpha / shrink)[:, None]
    fall = path.loss[:-1] - surface(path.x[:-1] - earlier * path.gradient)
    enough = fall > earlier[:, 0] * promise + 1e-12
    assert ((alpha == 1) | ~enough).all()


def test_a_search_that_finds_nothing_lower_stays():
    x, uphill = np.array([0.0]), np.array([1.0])
    new, alpha = armijo(CountedLoss(Surface("x", "x")), x, uphill, 1.0, 0.5, 1e-4)
    assert new is x and alpha == 0


def test_a_step_of_sam_worked_by_hand():
    # g = (6, 8) of length 10; worst point (3.3, 1.4); gradient there (6.6, 11.2).
    method, x = sam(gradient_descent(0.1), rho=0.5), np.array([3.0, 1.0])
    x, state = method.step(x, CountedLoss(bowl), method.init(x))
    assert x == pytest.approx([2.34, -0.12])
    assert (state.t, state.base.t) == (1, 1)


def test_sam_without_rho_or_slope_is_its_rule():
    alone = descend(beale, adam(0.1), [1, 1], steps=50).x
    assert np.array_equal(descend(beale, sam(adam(0.1), 0.0), [1, 1], 50).x, alone)
    assert (descend(bowl, sam(rho=1.0), [0, 0], steps=3).x == 0).all()
    own = sam(lambda x, g: x - 0.1 * g, rho=0.5)
    assert descend(parabola, own, [1], steps=1).x[1] == pytest.approx([0.7])


def test_steps_of_sophia_worked_by_hand():
    settings = {"beta1": 0.5, "beta2": 0.5, "gamma": 2.0}
    # m = (1, 4), h = (1, 4), m / (2 h) = 1/2; then m = (1.45, 5.8), h = (1.5, 6).
    each = descend(bowl, sophia(0.1, **settings, interval=1), [1, 1], steps=2).x
    assert each[1:] == pytest.approx(np.array([[0.95, 0.95], [0.95 - 0.145 / 3] * 2]))
    # With every second curvature h stays (1, 4), so that the second step is 0.0725.
    second = descend(bowl, sophia(0.1, **settings, interval=2), [1, 1], steps=2).x
    assert second[2] == pytest.approx([0.8775, 0.8775])
    shrunk = descend(bowl, sophia(0.1, **settings, weight_decay=1.0), [1, 1], steps=1).x
    assert shrunk[1] == pytest.approx([0.85, 0.85])


def test_sophia_steps_by_its_rate_where_the_curvature_is_negative():
    path = descend(quadratic([-1, -50]), sophia(0.1), [1e-3, -2], steps=5)
    assert np.diff(path.x, axis=0) == pytest.approx(np.full((5, 2), [0.1, -0.1]))


def first_estimates(surface, seeds):
    """Return Sophia's first estimates of the Hessian's diagonal at (1, 2)."""
    x = np.array([1.0, 2.0])
    methods = [sophia(beta2=0.0, seed=seed) for seed in range(seeds)]
    return [m.step(x, CountedLoss(surface), m.init(x))[1].h for m in methods]


def test_sophias_estimate_is_exact_for_diagonal_hessians_and_unbiased_for_others():
    assert np.array_equal(first_estimates(bowl, 20), [[2, 8]] * 20)
    others = np.array(first_estimates(booth, 400))  # Hessian ((10, 8), (8, 10))
    assert set(others.ravel().round(9)) == {2, 18}
    assert others.mean(axis=0) == pytest.approx([10, 10], abs=3 * 8 / 20)


class Counting:
    """A surface that counts by itself what it is asked."""

    dimension = 2

    def __init__(self, surface):
        self.surface, self.asked = surface, Counter()

    def __getattr__(self, name):
        def ask(*args):
            self.asked[name] += 1
            return getattr(self.surface, name)(*args)

        return ask


@ALL
def test_what_a_path_counts_is_what_was_computed(name):
    counted = Counting(beale)
    path = descend(counted, METHODS[name](), [1, 0.8], steps=25)
    asked = counted.asked
    assert path.evaluations == asked["quick_gradient"]
    assert path.loss_evaluations == asked["quick_value"] - len(path)
    curvature = asked["hessian"] + asked["hvp"]
    assert path.curvature_evaluations == curvature


@pytest.mark.parametrize(
    ("method", "counts"),
    [
        (newton(), (3, 0, 3)),
        (sam(), (6, 0, 0)),
        (sophia(interval=2), (3, 0, 2)),
        (backtracking(), (3, 5, 0)),  # 9, 9 and 0; then 0 twice
        (lbfgs(), (4, 4, 0)),  # 9, 4, 0 and 0; each step asks for the next gradient
        (gradient_descent(), (3, 0, 0)),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_three_steps_from_3_on_the_parabola_cost(method, counts):
    path = descend(parabola, method, [3], steps=3)
    costs = path.evaluations, path.loss_evaluations, path.curvature_evaluations
    assert costs == counts
    many = descend(parabola, method, starts=[[3], [3]], steps=3)
    assert (many.evaluations, many.loss_evaluations) == (2 * counts[0], 2 * counts[1])
    assert many.curvature_evaluations == 2 * counts[2]


def test_methods_use_the_gradient_that_descend_is_given():
    path = descend(bowl, sam(rho=0.1), [3, 1], steps=1, gradient=lambda x: x)
    worst = np.array([3, 1]) * (1 + 0.1 / np.sqrt(10))
    assert path.x[1] == pytest.approx(np.array([3, 1]) - 0.01 * worst)
    assert path.gradient.tolist() == [[3, 1]]


@ALL
def test_many_starts_give_what_each_gives_alone(name):
    starts = [[1, 1], [3, 0.5], [0.5, -0.5]]
    settings = {"steps": 60, "tolerance": 1e-4, "record": 7}
    together = descend(beale, METHODS[name](), starts=starts, **settings)
    alone = [descend(beale, METHODS[name](), start, **settings) for start in starts]
    assert together.stopped.tolist() == [path.stopped for path in alone]
    assert together.stopped_at.tolist() == [path.stopped_at for path in alone]
    assert np.array_equal(together.x[-1], [path.x[-1] for path in alone])


@ALL
@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
@pytest.mark.parametrize("scale", [1e9, 1e200])
def test_overflow_never_raises(name, surface, scale):
    # Far out on the plateau the curvature is zero, where Newton has no step undamped.
    method = newton(damping=1e-9) if name == "newton" else METHODS[name]()
    path = descend(surface, method, [scale * high for _, high in surface.window], 30)
    assert np.isfinite(path.x[:-1]).all()
    assert path.stopped_at == len(path) - 1 == len(path.gradient)


FIELDS = {
    "backtracking": "alpha t",
    "newton": "t",
    "lbfgs": "s y alpha t",
    "sam": "base t",
    "sophia": "m h t",
}


@ALL
def test_a_step_is_a_pure_function_and_counts(name):
    method, x = METHODS[name](), np.array([1.0, 0.8])
    state = method.init(x)
    assert state._fields == tuple(FIELDS[name].split())
    for t in range(12):
        assert state.t == t
        before = x.copy()
        one, other = (method.step(x, CountedLoss(beale), state) for _ in range(2))
        assert np.array_equal(one[0], other[0]) and np.array_equal(x, before)
        x, state = one


@ALL
def test_the_first_update_asks_a_schedule_for_step_0(name):
    asked = []
    schedule = lambda t: asked.append(t) or 0.01  # noqa: E731
    where = (gradient_descent(schedule),) if name == "sam" else (schedule,)
    path = descend(bowl, METHODS[name](*where), [1, 1], steps=3)
    assert sorted(set(asked)) == [0, 1, 2]
    assert path.learning_rate.shape == (3,)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: newton(damping=-1), "damping = -1 must be zero or more"),
        (lambda: newton("fast"), "learning_rate = 'fast' must be a finite number"),
        (lambda: sam(rho=-0.1), "rho = -0.1 must be zero or more"),
        (lambda: sam(5), "5 is not a rule: pass adam"),
        (lambda: sam(nesterov_original()), "sam cannot wrap .* elsewhere than at x"),
        (lambda: sophia(beta1=1.0), "beta1 = 1.0 must be at least 0 and below 1"),
        (lambda: sophia(interval=0), "interval = 0 must be at least 1"),
        (lambda: sophia(seed=0.5), "seed = 0.5 must be a whole number"),
        (lambda: backtracking(shrink=1.0), "shrink = 1.0 must be above 0 and below 1"),
        (lambda: backtracking(decrease=0), "decrease = 0 must be above 0 and below 1"),
        (lambda: lbfgs(memory=0), "memory = 0 must be at least 1"),
        (lambda: lbfgs(shrink=2), "shrink = 2 must be above 0 and below 1"),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_methods_say_what_they_are():
    assert repr(newton()) == "Newton(learning_rate=1.0, damping=0.0)"
    assert repr(sam(momentum(0.1), 0.2)) == (
        "SAM of momentum(learning_rate=0.1, beta=0.9, rho=0.2)"
    )
