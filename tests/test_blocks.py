"""Blocks: the rule's own results, bit for bit, in less memory."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pytest

from gdcourse import OPTIMIZERS, rule_from
from gdcourse.blocks import in_blocks
from gdcourse.optimizers import Rule, adam, momentum, rmsprop
from gdcourse.optimizers.rule import hyperparameters
from gdcourse.schedules import cosine

APART = [
    n for n in OPTIMIZERS if {"elementwise", "traceable"} <= OPTIMIZERS[n]().traits
]
HALVES = hyperparameters(learning_rate=0.5)


class Pair(NamedTuple):
    a: Any
    b: Any
    t: int


def crossed(x, g, state):
    """Write b early and read the old b late, so that neither may be written at once."""
    (alpha,) = HALVES.at(state.t)
    a = np.sqrt(state.b**2 + 1)
    b = state.a * 2.0 ** (state.t + 1)
    return x**0.5 + alpha * (state.b - g), Pair(a, b, state.t + 1)


def start_crossed(x):
    return Pair(np.ones_like(x), np.full_like(x, 2.0), 0)


CROSSED = Rule("crossed", start_crossed, crossed, HALVES)
RULES = {name: OPTIMIZERS[name](cosine(0.1, 4)) for name in APART} | {
    "crossed": CROSSED
}


def run(rule, shape=(5, 7), steps=5):
    """Return the point and the state after some steps, whose memory stays its own."""
    rng = np.random.default_rng(3)
    x = rng.random(shape)
    state = rule.init(x)
    for _ in range(steps):
        x, state = rule.step(x, rng.normal(size=shape), state)
    return x, state


def same(one, other):
    pairs = zip((one[0], *one[1]), (other[0], *other[1]), strict=True)
    return all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("size", [1, 8, 34])
@pytest.mark.parametrize("name", RULES)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_results_are_those_of_the_rule_bit_for_bit(name, size, overwrite):
    blocked = in_blocks(RULES[name], size, overwrite=overwrite)
    assert blocked.step is not RULES[name].step
    assert same(run(blocked), run(RULES[name]))
    assert type(run(blocked)[1].t) is int


@pytest.mark.parametrize("overwrite", [False, True])
def test_the_old_point_and_state_change_only_where_the_caller_gives_them_up(overwrite):
    rule, x = in_blocks(adam(), 8, overwrite=overwrite), np.ones(20)
    state = rule.init(x)
    new, after = rule.step(x, np.full(20, 3.0), state)
    for array, old in [(new, x), (after.m, state.m), (after.v, state.v)]:
        assert np.shares_memory(array, old) == overwrite
    assert np.all(x == 1) != overwrite


@pytest.mark.parametrize(
    "x",
    [
        np.ones(8),
        np.ones(20, dtype=np.float32),
        np.ones((20, 2))[:, 0],
        np.ones((4, 5)).T,
    ],
    ids=["small", "single precision", "strided", "transposed"],
)
def test_other_arrays_take_the_rules_own_step(x, monkeypatch):
    rule = momentum(0.1)
    monkeypatch.setattr("gdcourse.blocks._blocks", None)
    step = in_blocks(rule, 8).step
    assert same(step(x, 2 * x, rule.init(x)), rule.step(x, 2 * x, rule.init(x)))


def test_rules_that_are_not_one_formula_a_coordinate_stay_as_they_are():
    coupled = rule_from(lambda x, g: x - g / np.linalg.norm(g))
    stepwise = replace(rmsprop(), traits=frozenset({"elementwise"}))
    chosen = replace(rmsprop(), step=lambda x, g, s: (np.where(g > 0, x - g, x), s))
    swapping = replace(CROSSED, step=lambda x, g, s: (x - g, Pair(s.b, s.a, s.t + 1)))
    for rule in (coupled, stepwise, chosen, swapping):
        assert in_blocks(rule) is rule


@pytest.mark.parametrize("size", [0, 2.5, "big"])
def test_a_size_must_be_a_whole_number_of_at_least_one(size):
    with pytest.raises(ValueError, match=f"size = {size!r} must be .*1"):
        in_blocks(momentum(), size)
