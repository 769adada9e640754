"""Schedules against published formulas and values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcourse import SCHEDULES
from gdcourse.schedules import (
    constant,
    cosine,
    exponential,
    linear,
    one_cycle,
    one_cycle_momentum,
    step_decay,
    triangular,
    warm_restarts,
    warmup,
)

RATES = st.floats(0, 10)


def test_the_registry_keeps_its_order():
    assert list(SCHEDULES) == [
        *("constant", "step_decay", "exponential", "linear"),
        *("cosine", "warmup", "warm_restarts", "triangular", "one_cycle"),
    ]
    assert SCHEDULES["cosine"] is cosine


# V11
@pytest.mark.parametrize(
    ("step", "rate"), [(0, 1), (25, 0.853553), (50, 0.5), (75, 0.146447), (100, 0)]
)
def test_cosine_falls_from_its_peak_to_zero_over_100_steps(step, rate):
    assert cosine(1.0, 100)(step) == pytest.approx(rate, abs=5e-7)


@given(peak=RATES, floor=RATES, steps=st.integers(1, 1000))
def test_cosine_stays_between_peak_and_floor_and_ends_there(peak, floor, steps):
    rate = cosine(peak, steps, floor)(np.arange(2 * steps + 1))
    room = 1e-12 * (1 + max(peak, floor))
    assert rate[0] == pytest.approx(peak, abs=room)
    assert rate[steps:] == pytest.approx(floor, abs=room)
    assert (np.diff(rate) * np.sign(peak - floor) <= room).all()
    assert rate.min() >= min(peak, floor) - room
    assert rate.max() <= max(peak, floor) + room


# V11
@pytest.mark.parametrize(
    ("schedule", "rates"),
    [
        (step_decay(1.0, 30), {0: 1, 29: 1, 30: 0.1, 59: 0.1, 60: 0.01, 90: 0.001}),
        (linear(0.01, 1.0, 10), {0: 0.01, 1: 0.109, 9: 0.901, 10: 1, 11: 1}),
        (warmup(cosine(1.0, 90), 10), {0: 0.1, 1: 0.2, 9: 1, 10: 1, 55: 0.5, 100: 0}),
        (warm_restarts(1.0, 10, 2), {0: 1, 10: 1, 20: 0.5, 30: 1, 70: 1, 99: 0.7093}),
        (warm_restarts(1.0, 10), {0: 1, 5: 0.5, 9: 0.0245, 10: 1, 20: 1, 25: 0.5}),
        (triangular(0.1, 0.5, 4), {0: 0.1, 1: 0.2, 4: 0.5, 7: 0.2, 8: 0.1, 12: 0.5}),
        (exponential(1.0, 0.9), {0: 1, 1: 0.9, 2: 0.81}),
        (one_cycle(1.0, 1000), {0: 0.04, 299: 1, 649: 0.5, 999: 4e-6, 2000: 4e-6}),
        (
            one_cycle_momentum(1000),
            {0: 0.95, 149.5: 0.9, 299: 0.85, 649: 0.9, 999: 0.95},
        ),
    ],
)
def test_schedules_have_their_published_values(schedule, rates):
    found = {step: schedule(step) for step in rates}
    assert found == pytest.approx(rates, abs=5e-5)


# V11
@pytest.mark.parametrize(("step", "rate"), [(0, 0.0004), (299, 0.01), (999, 4e-8)])
def test_one_cycle_ends_far_below_where_it_began(step, rate):
    assert one_cycle(0.01, 1000)(step) == pytest.approx(rate, rel=1e-9)


# V12, which counts the steps of the warm-up from 1
@pytest.mark.parametrize(
    ("step", "rate"),
    [
        (0, 1.5e-7),
        (1998, 2.9985e-4),
        (1999, 3e-4),
        (2000, 3e-4),
        (50_000, 1.69327e-4),
        (51_000, 1.65e-4),
        (100_000, 3e-5),
        (200_000, 3e-5),
    ],
)
def test_warm_up_and_cosine_as_for_a_language_model(step, rate):
    schedule = warmup(cosine(3e-4, 98_000, floor=3e-5), 2000)
    assert schedule(step) == pytest.approx(rate, rel=3e-6)


@pytest.mark.parametrize(("period", "multiply"), [(10, 2), (7, 3), (1, 2), (50, 1)])
def test_restarts_come_exactly_when_a_period_is_over(period, multiply):
    restarts, length = [0], period
    while restarts[-1] + length < 5000:
        restarts.append(restarts[-1] + length)
        length *= multiply
    rate = warm_restarts(1.0, period, multiply)(np.arange(5000))
    assert np.flatnonzero(rate == 1).tolist() == restarts


@given(scale=RATES, steps=st.integers(1, 50))
def test_warm_up_is_a_line_to_where_any_schedule_starts(scale, steps):
    rate = warmup(lambda step: scale if step < 3 else 0.0, steps)
    line = [scale * (step + 1) / steps for step in range(steps)]
    assert [rate(step) for step in range(steps)] == pytest.approx(line)
    after = [rate(step) for step in range(steps, steps + 5)]
    assert after == [scale] * 3 + [0.0] * 2


def torch_warm_up(optimizer, scheduler):
    parts = [
        scheduler.LinearLR(optimizer, start_factor=0.1, end_factor=1, total_iters=9),
        scheduler.CosineAnnealingLR(optimizer, 90),
    ]
    return scheduler.SequentialLR(optimizer, parts, milestones=[10])


IN_TORCH = {  # at a base rate of 0.3
    "step_decay": (step_decay(0.3, 30), lambda o, s: s.StepLR(o, 30)),
    "exponential": (exponential(0.3, 0.97), lambda o, s: s.ExponentialLR(o, 0.97)),
    "linear": (linear(0.03, 0.3, 40), lambda o, s: s.LinearLR(o, 0.1, 1, 40)),
    "cosine": (
        cosine(0.3, 100, floor=0.01),
        lambda o, s: s.CosineAnnealingLR(o, 100, eta_min=0.01),
    ),
    "warmup": (warmup(cosine(0.3, 90), 10), torch_warm_up),
    "warm_restarts": (
        warm_restarts(0.3, 10, 2, floor=0.01),
        lambda o, s: s.CosineAnnealingWarmRestarts(o, 10, 2, eta_min=0.01),
    ),
    "equal restarts": (
        warm_restarts(0.3, 15),
        lambda o, s: s.CosineAnnealingWarmRestarts(o, 15),
    ),
    "triangular": (
        triangular(0.01, 0.3, 20),
        lambda o, s: s.CyclicLR(o, 0.01, 0.3, 20, cycle_momentum=False),
    ),
    "one_cycle": (
        one_cycle(0.3, 101),
        lambda o, s: s.OneCycleLR(o, 0.3, 101, cycle_momentum=False),
    ),
    "a cycle of other halves": (
        one_cycle(0.3, 101, rise=0.45, divisor=10, last_divisor=100),
        lambda o, s: s.OneCycleLR(
            *(o, 0.3, 101, None, None, 0.45, "cos", False, 0.85, 0.95, 10, 100)
        ),
    ),
}


@pytest.mark.filterwarnings("ignore:The epoch parameter")
@pytest.mark.parametrize("name", IN_TORCH)
def test_schedules_follow_torch(name):
    torch = pytest.importorskip("torch", reason="torch is not installed")
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    ours, make = IN_TORCH[name]
    theirs = make(optimizer, torch.optim.lr_scheduler)
    for step in range(100):
        assert ours(step) == pytest.approx(theirs.get_last_lr()[0], abs=1e-13)
        optimizer.step()
        theirs.step()


@pytest.mark.parametrize("steps", [7, 100])
def test_the_momentum_of_one_cycle_follows_torch(steps):
    torch = pytest.importorskip("torch", reason="torch is not installed")
    weights = [torch.zeros(1, requires_grad=True)]
    optimizer = torch.optim.SGD(weights, lr=0.3, momentum=0.9)
    theirs = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.3, steps)
    ours = one_cycle_momentum(steps)
    for step in range(steps):
        beta = optimizer.param_groups[0]["momentum"]
        assert ours(step) == pytest.approx(beta, abs=1e-13)
        optimizer.step()
        if step < steps - 1:
            theirs.step()


@pytest.mark.parametrize("schedule", [ours for ours, _ in IN_TORCH.values()])
def test_many_steps_give_what_each_gives_alone(schedule):
    alone = [schedule(step) for step in range(200)]
    assert schedule(np.arange(200)) == pytest.approx(alone, rel=1e-12)


@given(rate=RATES, step=st.integers(0, 10**6))
def test_constant_stays(rate, step):
    assert constant(rate)(step) == rate
    assert (constant(rate)(np.array([0, step])) == rate).all()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: constant(-1), "rate = -1 must be zero or more"),
        (lambda: constant("x"), "rate = 'x' must be a finite number"),
        (lambda: cosine(-0.1, 10), "peak = -0.1 must be zero or more"),
        (lambda: cosine(0.1, 0), "steps = 0 must be above zero"),
        (lambda: cosine(0.1, 10, floor=np.inf), "floor = inf must be a finite number"),
        (lambda: step_decay(-1, 30), "rate = -1 must be zero or more"),
        (lambda: step_decay(1, 0), "every = 0 must be above zero"),
        (lambda: step_decay(1, 30, 0), "factor = 0 must be above zero"),
        (lambda: exponential(-1, 0.9), "rate = -1 must be zero or more"),
        (lambda: exponential(1, -0.9), "factor = -0.9 must be above zero"),
        (lambda: linear(-1, 0, 10), "start = -1 must be zero or more"),
        (lambda: linear(1, -1, 10), "end = -1 must be zero or more"),
        (lambda: linear(1, 0, 0), "steps = 0 must be above zero"),
        (lambda: warmup(0.1, 10), "schedule = 0.1 must be one, such as constant"),
        (lambda: warmup(constant(1), 0), "steps = 0 must be above zero"),
        (lambda: warm_restarts(-1, 10), "peak = -1 must be zero or more"),
        (lambda: warm_restarts(1, 0), "period = 0 must be above zero"),
        (lambda: warm_restarts(1, 10, 0.5), "multiply = 0.5 must be 1 or more"),
        (lambda: warm_restarts(1, 10, "x"), "multiply = 'x' must be a finite number"),
        (lambda: warm_restarts(1, 10, 1, -1), "floor = -1 must be zero or more"),
        (lambda: triangular(-1, 1, 4), "low = -1 must be zero or more"),
        (lambda: triangular(0, "x", 4), "high = 'x' must be a finite number"),
        (lambda: triangular(0, 1, 0), "half_period = 0 must be above zero"),
        (lambda: one_cycle(-1, 100), "peak = -1 must be zero or more"),
        (lambda: one_cycle(1, 0), "steps = 0 must be above zero"),
        (lambda: one_cycle(1, 3), "steps = 3 with rise = 0.3 cannot go up and down"),
        (lambda: one_cycle(1, 100, rise=1), "rise = 1 cannot go up and down"),
        (lambda: one_cycle(1, 100, divisor=0.5), "divisor = 0.5 must be 1 or more"),
        (lambda: one_cycle(1, 100, last_divisor=0), "last_divisor = 0 must be above"),
        (lambda: one_cycle_momentum(100, high=-1), "high = -1 must be zero or more"),
        (lambda: one_cycle_momentum(2), "steps = 2 with rise = 0.3 cannot go up"),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(make, words):
    with pytest.raises(ValueError, match=words):
        make()
