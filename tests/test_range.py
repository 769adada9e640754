"""The learning-rate range test against numbers worked out before."""

import numpy as np
import pytest

from gdcourse import SURFACES
from gdcourse.network import mlp
from gdcourse.optimizers import adam, gradient_descent
from gdcourse.schedules import exponential
from gdcourse.training import PICKS, Sweep, range_test, train

BOWL, START = SURFACES["bowl"], [-4, 2.5]
DATA = np.random.default_rng(7)
X, Y = DATA.normal(size=(24, 3)), DATA.integers(2, size=24)
NET = mlp([3, 5, 2])
BEGIN = NET.init(np.random.default_rng(1))


# K124: the suggestion moves with the number of steps, the cliff does not
@pytest.mark.parametrize(
    ("steps", "steepest", "ratio"), [(1, 0.069, 4), (5, 0.0155, 17), (20, 0.0040, 65)]
)
def test_the_steepest_rate_moves_with_the_steps(steps, steepest, ratio):
    sweep = range_test(
        *(BOWL, gradient_descent, START), lowest=1e-3, count=200, steps=steps
    )
    assert sweep.pick("steepest") == pytest.approx(steepest, rel=0.01)
    cliff = 10 * sweep.pick("before the rise")
    assert cliff / steepest == pytest.approx(ratio, rel=0.05)
    assert 0.25 < cliff < 0.3


# K124
def test_one_run_through_all_rates_shows_the_limit_late():
    sweep = range_test(BOWL, gradient_descent, START, sequential=True)
    assert len(sweep.rates) == len(sweep.losses) == 100
    assert sweep.pick("steepest") == pytest.approx(0.0079, rel=0.01)
    assert 10 * sweep.pick("minimum/10") == pytest.approx(0.57, rel=0.01)


def test_each_rate_starts_over_or_goes_on():
    rates = np.array([0.1, 0.2])
    settings = {"lowest": 0.1, "highest": 0.2, "count": 2, "steps": 3}
    over = range_test(SURFACES["parabola"], gradient_descent, [1.0], **settings)
    assert over.losses == pytest.approx((1 - 2 * rates) ** 6)
    one = range_test(
        SURFACES["parabola"], gradient_descent, [1.0], sequential=True, **settings
    )
    assert one.rates == pytest.approx(rates)
    assert one.losses == pytest.approx([1, 0.8**6])


def test_a_network_is_swept_by_training_it():
    data = (X, Y, 6, np.random.default_rng(2))
    one = range_test(NET, adam, BEGIN, *data, count=10, sequential=True)
    rule = adam(exponential(1e-4, 10 ** (4 / 9)))
    run = train(NET, BEGIN, X, Y, rule, 3, 6, np.random.default_rng(2))
    assert one.losses == pytest.approx(run.loss[:10], rel=1e-9)
    over = range_test(NET, adam, BEGIN, *data, count=3, steps=7)
    for rate, loss in zip(over.rates, over.losses, strict=True):
        rng = np.random.default_rng(2)
        run = train(NET, BEGIN, X, Y, adam(rate), 2, 6, rng, updates=7)
        assert loss == pytest.approx(NET.loss(run.parameters, X, Y))


def test_a_network_that_diverges_ends_the_sweep_or_counts_as_infinite():
    data = (X, 1e3 * X, 6, np.random.default_rng(2))
    line = mlp([3, 3], loss="mse")
    begin = line.init(np.random.default_rng(0))
    settings = {"lowest": 1e-3, "highest": 1e9, "count": 12}
    one = range_test(line, gradient_descent, begin, *data, sequential=True, **settings)
    assert len(one.rates) == len(one.losses) < 12
    over = range_test(line, gradient_descent, begin, *data, steps=4, **settings)
    assert over.losses[-1] == np.inf
    assert 1e-3 < over.pick() < 10


def test_smoothing_is_the_corrected_moving_average():
    sweep = Sweep(np.array([1.0, 2.0, 3.0]), np.array([4.0, 1.0, 7.0]))
    smooth = sweep.smoothed(0.5)
    assert smooth.losses == pytest.approx([4, 2, (4 + 2 * 1 + 4 * 7) / 7])
    assert sweep.smoothed(0).losses == pytest.approx(sweep.losses)


def test_the_rules_of_thumb_differ_by_their_tenths():
    rates = np.geomspace(1e-3, 1e3, 7)
    sweep = Sweep(rates, np.array([5, 4.9, 4, 1, 0.9, 6, np.nan]))
    found = [sweep.pick(name) for name in PICKS]
    assert found == pytest.approx([0.1, 0.01, 1, 10])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: range_test(BOWL, adam(), START), "must make rules of rates, as adam"),
        (lambda: range_test(BOWL, adam, START, lowest=0), "lowest = 0 must be above"),
        (lambda: range_test(BOWL, adam, START, lowest=2), "highest = 1.0 must exceed"),
        (lambda: range_test(BOWL, adam, START, count=1), "count = 1 must be at least"),
        (lambda: range_test(BOWL, adam, START, steps=0), "steps = 0 must be at least"),
        (
            lambda: range_test(NET, adam, BEGIN, X, Y),
            "batch_size = None must be a whole",
        ),
        (lambda: range_test(NET, adam, BEGIN, X, Y, 6), "rng = None must be"),
        (lambda: Sweep(X[0], X[0]).pick("steep"), "Did you mean 'steepest'"),
        (lambda: Sweep(np.ones(3), np.arange(3)).pick(), "lowest at the lowest rate"),
        (
            lambda: Sweep(np.ones(3), -np.arange(3.0)).pick("before the rise"),
            "nowhere above its first value, -?0",
        ),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(make, words):
    with pytest.raises(ValueError, match=words):
        make()
