"""Schedules against published formulas and values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcourse import SCHEDULES
from gdcourse.schedules import constant, cosine

RATES = st.floats(0, 10)


def test_the_registry_keeps_its_order():
    assert list(SCHEDULES) == ["constant", "cosine"]
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


def test_cosine_follows_torch():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    theirs = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 80, eta_min=0.01)
    ours = cosine(0.3, 80, floor=0.01)
    for step in range(80):
        assert ours(step) == pytest.approx(theirs.get_last_lr()[0], abs=1e-13)
        optimizer.step()
        theirs.step()


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
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(make, words):
    with pytest.raises(ValueError, match=words):
        make()
