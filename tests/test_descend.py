"""The one loop: how it stops, what it keeps, and what it counts."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gdcourse import OPTIMIZERS, SURFACES, Rule, Surface, descend
from gdcourse.descend import DIVERGED_FACTOR
from gdcourse.optimizers import adam, gradient_descent, momentum
from gdcourse.schedules import cosine
from gdcourse.surfaces import beale, bowl, parabola, quartic, rosenbrock

ALL = pytest.mark.parametrize("name", OPTIMIZERS)


def first_below(loss, limit):
    return int(np.argmax(loss < limit))


# V2, V3
def test_the_parabola_shrinks_by_1_minus_2_rates_a_step():
    x = descend(parabola, gradient_descent(0.1), [10], steps=20).x[:, 0]
    assert x == pytest.approx(10 * 0.8 ** np.arange(21))
    kept = [4.096, 1.677722, 0.687195, 0.281475, 0.115292]
    assert x[4::4] == pytest.approx(kept, abs=5e-7)


# V3
@pytest.mark.parametrize(
    ("rate", "first"),
    [
        (0.1, [7, 5.6, 4.48, 3.584]),
        (0.5, [7, 0, 0, 0]),
        (0.9, [7, -5.6, 4.48, -3.584]),
        (1.0, [7, -7, 7, -7]),
        (1.1, [7, -8.4, 10.08, -12.096]),
    ],
)
def test_five_rates_on_the_parabola(rate, first):
    x = descend(parabola, gradient_descent(rate), [7], steps=3).x[:, 0]
    assert x == pytest.approx(first)


# V4
@pytest.mark.parametrize(("rate", "steps"), [(0.01, 240), (0.1, 22), (0.2, 11)])
def test_steps_to_the_bottom_of_the_bowl(rate, steps):
    path = descend(bowl, gradient_descent(rate), [-4, 2.5], steps=300)
    assert first_below(path.loss, 1e-3) == steps


# V4
def test_a_rate_above_its_limit_diverges_along_the_steep_axis():
    path = descend(bowl, gradient_descent(0.3), [-4, 2.5], steps=100)
    assert np.argmax(np.abs(path.x[:, 1]) > 1000) == 18
    assert path.stopped == "diverged"
    at_limit = descend(bowl, gradient_descent(0.25), [0, 2.5], steps=50)
    assert (at_limit.loss == 25).all()


# V6
def test_gradient_descent_on_rosenbrock():
    path = descend(rosenbrock, gradient_descent(0.0008), [-1.5, 2], steps=20_000)
    assert path.x[1:3] == pytest.approx(
        np.array([[-1.376, 2.04], [-1.43676, 2.01654]]), abs=5e-6
    )
    assert path.loss[:3] == pytest.approx([12.5, 7.7952, 6.1657], abs=5e-5)
    reached = [first_below(path.loss, limit) for limit in (1, 0.1, 0.01, 1e-6)]
    assert reached == [1735, 3042, 5677, 19_606]


# V6
def test_newtons_method_needs_five_steps_on_rosenbrock():
    def newton(x, gradient):
        return x - np.linalg.solve(rosenbrock.hessian(x), gradient)

    path = descend(rosenbrock, newton, [-1.5, 2], steps=8)
    away = np.linalg.norm(path.x - 1, axis=1)
    assert first_below(away, 0.01) == 5
    assert path.loss[2] == pytest.approx(751.6, abs=0.05)  # not every step goes down


# V7
def test_gradient_descent_on_beale():
    path = descend(beale, gradient_descent(0.001), [1, 1], steps=17_000, record=50)
    assert path.steps[first_below(path.loss, 1e-6)] == 16_450


# V8
def test_the_quartic_stops_gradient_descent_at_its_inflection():
    path = descend(quartic, gradient_descent(0.012), [-0.5], steps=1000)
    kept = path.x[[10, 100, 1000], 0]
    assert kept == pytest.approx([-0.29987, -0.07244, -0.00892], abs=5e-6)
    faster = descend(quartic, momentum(0.012, beta=0.9), [-0.5], steps=100)
    assert faster.x[[50, 100], 0] == pytest.approx([2.2228, 2.2531], abs=5e-5)


# V10
@pytest.mark.parametrize(
    ("y", "steps"), [(1e-16, 381), (1e-8, 188), (1e-3, 67), (0.1, 19)]
)
def test_steps_to_leave_the_saddle_grow_like_a_logarithm(y, steps):
    saddle = SURFACES["strict_saddle"]
    path = descend(saddle, gradient_descent(0.1), [1, y], steps=400)
    assert np.argmax(np.abs(path.x[:, 1]) > 0.5) == steps
    assert steps == pytest.approx(np.log(0.5 / y) / np.log(1.1), abs=3)


def test_a_start_on_the_ridge_of_the_saddle_never_leaves_it():
    path = descend(SURFACES["strict_saddle"], gradient_descent(0.1), [1, 0], steps=5000)
    assert (path.x[:, 1] == 0).all()


# V1
def test_the_first_articles_loop_prints_other_numbers_than_it_says():
    rng = np.random.RandomState(42)  # the article's own generator
    x = rng.randn(100)
    data = {"x": x, "y": 3 * x + 7 + 0.5 * rng.randn(100)}
    mse = Surface.mean("(w*x + b - y)**2", "w b", data)
    path = descend(mse, gradient_descent(0.1), [0, 0], steps=200)
    lines = [
        f"{path.loss[t]:.4f} {w:.3f} {b:.3f}" for t, (w, b) in enumerate(path.x[1:])
    ]
    assert lines[0] == "52.1077 0.339 1.340"
    assert lines[50] == "0.2209 2.927 7.003"
    assert lines[100] == lines[150] == "0.2209 2.928 7.004"


def test_a_path_has_one_more_point_than_updates():
    path = descend(rosenbrock, adam(0.01), [-1.5, 2], steps=30)
    assert path.x.shape == (31, 2)
    assert path.loss.shape == path.steps.shape == (31,)
    assert path.gradient.shape == (30, 2)
    assert path.learning_rate.tolist() == [0.01] * 30
    assert np.array_equal(path.gradient, rosenbrock.gradient(path.x[:-1]))
    assert path.loss == pytest.approx(rosenbrock(path.x), rel=1e-13)
    assert (len(path), path.stopped, path.stopped_at) == (31, "step limit", 30)


def test_no_steps_leave_the_start():
    path = descend(bowl, adam(), [1, 2], steps=0)
    assert path.x.tolist() == [[1, 2]]
    assert path.gradient.shape == (0, 2)
    assert (path.stopped, path.stopped_at, path.evaluations) == ("step limit", 0, 0)


def test_a_run_stops_where_the_gradient_is_short_enough():
    path = descend(parabola, gradient_descent(0.25), [8], steps=100, tolerance=1.0)
    assert path.x[:, 0].tolist() == [8, 4, 2, 1, 0.5]
    assert (path.stopped, path.stopped_at, path.evaluations) == ("converged", 4, 5)


def test_without_a_tolerance_a_run_goes_on_at_the_minimum():
    path = descend(parabola, gradient_descent(0.5), [3], steps=10)
    assert (path.stopped, path.stopped_at, path.x[-1, 0]) == ("step limit", 10, 0)


def test_a_run_diverges_at_the_first_loss_above_the_ceiling():
    path = descend(parabola, gradient_descent(2.0), [1], steps=100)  # x grows threefold
    ceiling = 1 + DIVERGED_FACTOR * (1 + 1)
    assert path.loss[-2] <= ceiling < path.loss[-1]
    assert (path.stopped, path.stopped_at, len(path)) == ("diverged", 7, 8)


@ALL
@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
@pytest.mark.parametrize("rate", [1e9, 1e200, 1e308])
def test_overflow_stops_a_run_and_never_raises(name, surface, rate):
    start = [high for _, high in surface.window]
    path = descend(surface, OPTIMIZERS[name](learning_rate=rate), start, steps=50)
    # Where a surface falls for ever, or is flat far away, a path may stay finite.
    finite = not len(surface.minima) or surface.name == "Ackley"
    assert path.stopped == "diverged" or (finite and path.stopped == "step limit")
    assert 1 <= path.stopped_at <= 50
    assert np.isfinite(path.x[:-1]).all()
    assert len(path) == path.stopped_at + 1


def test_values_that_are_not_numbers_stop_a_run():
    path = descend(Surface("sqrt(x)", "x"), gradient_descent(1.0), [0.1], steps=9)
    assert (path.stopped, path.stopped_at) == ("diverged", 1)
    assert np.isnan(path.loss[-1])


def test_a_start_whose_loss_overflows_stops_at_once():
    path = descend(rosenbrock, gradient_descent(1e-3), [1e200, 0], steps=9)
    assert (path.stopped, path.stopped_at) == ("diverged", 1)


@pytest.mark.parametrize(
    ("record", "steps"),
    [("all", [0, 1, 2, 3, 4, 5]), ("last", [0, 5]), (2, [0, 2, 4, 5]), (9, [0, 5])],
)
def test_a_run_records_what_is_asked_and_always_its_ends(record, steps):
    full = descend(bowl, adam(cosine(0.1, 9)), [1, 2], steps=5)
    path = descend(bowl, adam(cosine(0.1, 9)), [1, 2], steps=5, record=record)
    assert path.steps.tolist() == steps
    assert np.array_equal(path.x, full.x[steps])
    assert np.array_equal(path.loss, full.loss[steps])
    updates = np.array(steps[1:]) - 1
    assert np.array_equal(path.gradient, full.gradient[updates])
    assert np.array_equal(path.learning_rate, full.learning_rate[updates])


@pytest.mark.parametrize("record", ["all", "last", 4])
@pytest.mark.parametrize("rate", [0.2, 1.2])
def test_a_run_that_stops_early_records_its_last_point(record, rate):
    settings = {"steps": 1000, "tolerance": 1e-3}
    full = descend(parabola, gradient_descent(rate), [5], **settings)
    path = descend(parabola, gradient_descent(rate), [5], **settings, record=record)
    assert path.stopped == full.stopped != "step limit"
    assert path.steps[-1] == path.stopped_at == full.stopped_at
    assert np.array_equal(path.x[-1], full.x[-1])
    assert len(path.gradient) == len(path) - 1


@ALL
@pytest.mark.parametrize("record", ["all", "last", 7])
def test_many_starts_give_what_each_gives_alone(name, record):
    starts = [[1, 1], [0, 0], [-4, 2.5], [1e-9, 0]]
    rule = OPTIMIZERS[name](learning_rate=0.2)
    settings = {"steps": 60, "tolerance": 1e-4, "record": record}
    together = descend(bowl, rule, starts=starts, **settings)
    alone = [descend(bowl, rule, start, **settings) for start in starts]
    assert together.stopped.tolist() == [path.stopped for path in alone]
    assert together.stopped_at.tolist() == [path.stopped_at for path in alone]
    assert together.evaluations == sum(path.evaluations for path in alone)
    ends = np.array([path.x[-1] for path in alone])
    assert np.allclose(together.x[-1], ends, rtol=1e-12, atol=1e-12)


def test_many_starts_stop_each_in_its_own_way():
    starts = np.array([[0.0], [5.0], [-2.0]])
    wells = Surface("x**4 - 8*x**2", "x")  # minima at -2 and 2, a maximum at 0
    path = descend(wells, gradient_descent(0.05), starts=starts, tolerance=1e-9)
    assert path.stopped.tolist() == ["converged", "diverged", "converged"]
    assert path.x.shape == (path.stopped_at.max() + 1, 3, 1)
    assert path.loss.shape == (len(path), 3)
    assert (path.x[:, 0] == 0).all()
    assert (path.x[:, 2] == -2).all()


def test_of_many_starts_only_those_that_leave_for_infinity_diverge():
    cliff = Surface("tanh(x)", "x")  # flat at 1000, and finite at infinity
    path = descend(cliff, momentum(1e308), starts=[[0], [1000]], steps=9)
    assert path.stopped.tolist() == ["diverged", "step limit"]
    assert path.stopped_at.tolist() == [2, 9]


def couple(rule):
    """Return ``rule`` as one that treats the coordinates together."""
    return replace(rule, traits=frozenset())


@ALL
def test_coupled_rules_run_their_starts_one_by_one(name):
    starts = [[1, 1], [0, 0], [-4, 2.5]]
    rule = OPTIMIZERS[name](learning_rate=0.2)
    settings = {"starts": starts, "steps": 60, "tolerance": 1e-3}
    one, other = (
        descend(bowl, rule, **settings),
        descend(bowl, couple(rule), **settings),
    )
    assert one.stopped.tolist() == other.stopped.tolist()
    assert np.allclose(one.x, other.x, rtol=1e-12, atol=1e-12)
    assert one.x.shape == other.x.shape
    assert one.gradient.shape == other.gradient.shape
    assert one.evaluations == other.evaluations


def test_starts_that_have_all_converged_need_no_update():
    path = descend(bowl, couple(adam()), starts=[[0, 0], [0, 0]], tolerance=1e-3)
    assert path.x.tolist() == [[[0, 0], [0, 0]]]
    assert path.gradient.shape == (0, 2, 2)
    assert path.stopped_at.tolist() == [0, 0]


def test_a_rule_may_ask_for_its_gradient_elsewhere():
    plain = gradient_descent(0.1)
    ahead = Rule(
        "ahead", plain.init, plain.step, plain.hyperparameters, probe=lambda x, s: x / 2
    )
    path = descend(parabola, ahead, [8], steps=1)
    assert path.gradient.tolist() == [[8]]
    many = descend(parabola, ahead, starts=[[8], [4]], steps=1)
    assert many.x[1].ravel() == pytest.approx([7.2, 3.6])


def test_a_path_keeps_the_rates_of_its_schedule():
    path = descend(bowl, gradient_descent(cosine(0.1, 4)), [1, 1], steps=4)
    assert path.learning_rate == pytest.approx(cosine(0.1, 4)(np.arange(4)))
    own = descend(bowl, lambda x, g: x - 0.1 * g, [1, 1], steps=3)
    assert np.isnan(own.learning_rate).all()


@given(
    curvatures=st.lists(st.floats(0.1, 10), min_size=1, max_size=3),
    part=st.floats(0.05, 3),
    seed=st.integers(0, 99),
)
def test_quadratics_contract_exactly_below_two_over_the_largest_curvature(
    curvatures, part, seed
):
    assume(abs(part - 1) > 0.02)
    names = "xyz"[: len(curvatures)]
    terms = (f"{c}/2*{n}**2" for n, c in zip(names, curvatures, strict=True))
    surface = Surface(" + ".join(terms), " ".join(names))
    start = np.random.default_rng(seed).choice([-1.0, 1.0], len(names))
    rate = part * 2 / max(curvatures)
    path = descend(surface, gradient_descent(rate), start, steps=2000)
    size = np.abs(path.x).max(axis=1)
    assert (path.stopped == "diverged") == (part > 1)
    assert (size[-1] < size[0]) == (part < 1)


@given(start=st.tuples(st.floats(-5, 5), st.floats(-3, 3)), rate=st.floats(0.01, 0.24))
def test_small_enough_rates_lower_the_loss_at_every_step(start, rate):
    path = descend(bowl, gradient_descent(rate), start, steps=50)
    assert (np.diff(path.loss) <= 1e-300).all()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "Pass either start"),
        ({"start": [1, 1], "starts": [[1, 1]]}, "Pass either start"),
        ({"start": [1]}, r"start has shape \(1,\), but its last axis must hold the 2"),
        (
            {"start": [[1, 1]]},
            r"start has shape \(1, 2\): pass one point, or use starts",
        ),
        ({"start": [np.nan, 1]}, "must be finite"),
        ({"start": "here"}, "start = 'here' is not an array of real numbers"),
        ({"starts": [1, 1]}, r"starts has shape \(2,\): pass \(n, d\)"),
        ({"starts": np.ones((0, 2))}, r"starts has shape \(0, 2\)"),
        ({"start": [1, 1], "steps": -1}, "steps = -1 must be at least 0"),
        ({"start": [1, 1], "steps": 1.5}, "steps = 1.5 must be a whole number"),
        ({"start": [1, 1], "tolerance": -1}, "tolerance = -1 must be zero or more"),
        (
            {"start": [1, 1], "tolerance": np.nan},
            "tolerance = nan must be zero or more",
        ),
        ({"start": [1, 1], "tolerance": "a"}, "tolerance = 'a' must be a number"),
        ({"start": [1, 1], "record": "some"}, "record = 'some' must be 'all', 'last'"),
        ({"start": [1, 1], "record": 0}, "record = 0 must be at least 1"),
        ({"start": [1, 1], "record": True}, "record = True must be a whole number"),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(settings, words):
    with pytest.raises(ValueError, match=words):
        descend(bowl, adam(), **settings)


@pytest.mark.parametrize(
    "step", [lambda x, g: 5, lambda x, g: x[:1], lambda x, g: None]
)
@pytest.mark.parametrize("where", [{"start": [1, 1]}, {"starts": [[1, 1]]}])
def test_a_rule_that_returns_no_point_is_told_so(step, where):
    with pytest.raises(ValueError, match=r"The rule turned x = .* into"):
        descend(bowl, step, **where)
