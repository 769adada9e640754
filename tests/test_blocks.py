"""Compiled blocks: the rule's own results, bit for bit."""

import sys
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pytest

from gdcourse import OPTIMIZERS, rule_from
from gdcourse.blocks import _compiled, in_blocks
from gdcourse.network import mlp
from gdcourse.optimizers import Rule, adam, momentum, rmsprop
from gdcourse.optimizers.rule import hyperparameters
from gdcourse.schedules import cosine
from gdcourse.trace.loops import Loop
from gdcourse.trace.rules import trace_rule
from gdcourse.training import train

pytest.importorskip("numba", reason="Numba is not installed")
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
@pytest.mark.parametrize("shape", [(2,), (5, 7), (1009,), (1, 3, 4097)])
@pytest.mark.parametrize("name", RULES)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_results_are_those_of_the_rule_bit_for_bit(name, shape, overwrite):
    blocked = in_blocks(RULES[name], 1, overwrite=overwrite)
    assert blocked.step is not RULES[name].step
    assert same(run(blocked, shape), run(RULES[name], shape))
    assert type(run(blocked, shape)[1].t) is int


@pytest.mark.parametrize("name", APART)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_zeros_infinities_and_tiny_numbers_come_out_as_in_numpy(name):
    g = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, 1e308, -1e-310] * 3)
    rule, x = OPTIMIZERS[name](), np.linspace(-1, 1, 24)
    one, other = (r.step(x, g, r.init(x)) for r in (rule, in_blocks(rule, 1)))
    assert same(one, other)
    signs = [np.signbit(np.nan_to_num(x)) for x, _ in (one, other)]
    assert np.array_equal(*signs)


def test_a_formula_is_compiled_once():
    _compiled.cache_clear()
    for beta in (0.5, 0.9):
        run(in_blocks(momentum(0.1, beta), 1))
        run(in_blocks(momentum(cosine(0.1, 4), beta), 8, overwrite=True))
    assert _compiled.cache_info().currsize == 1
    source = Loop(trace_rule(momentum()).step).source
    assert len(_compiled(source).signatures) == 1


def test_training_with_it_is_the_same_and_goes_on_the_same():
    model, x = mlp([2, 5, 1], loss="mse"), np.random.default_rng(0).normal(size=(9, 2))
    ends = []
    for rule in (adam(), in_blocks(adam(), 4)):
        rng = np.random.default_rng(1)
        half = train(model, model.init(rng), x, x[:, :1], rule, 2, 4, rng=rng)
        ends.append(train(model, half, x, x[:, :1], rule, 4, 4).parameters)
    assert ends[0].keys() == ends[1].keys()
    assert all(np.array_equal(ends[0][name], ends[1][name]) for name in ends[0])


def test_without_numba_a_rule_stays_as_it_is(monkeypatch):
    _compiled.cache_clear()
    monkeypatch.setitem(sys.modules, "numba", None)
    rule = momentum()
    assert in_blocks(rule, 1) is rule


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
        np.frombuffer(np.ones(20).tobytes()),
    ],
    ids=["small", "single precision", "strided", "transposed", "read-only"],
)
def test_other_arrays_take_the_rules_own_step(x, monkeypatch):
    rule = momentum(0.1)
    monkeypatch.setattr("gdcourse.blocks._compiled", lambda source: None)
    step = in_blocks(rule, 8).step
    assert same(step(x, 2 * x, rule.init(x)), rule.step(x, 2 * x, rule.init(x)))


def test_rules_that_cannot_be_had_bit_for_bit_stay_as_they_are():
    coupled = rule_from(lambda x, g: x - g / np.linalg.norm(g))
    scaled = replace(rmsprop(), step=lambda x, g, s: (x - g / np.linalg.norm(g), s))
    stepwise = replace(rmsprop(), traits=frozenset({"elementwise"}))
    curved = replace(rmsprop(), step=lambda x, g, s: (x - np.exp(g), s))
    cubed = replace(rmsprop(), step=lambda x, g, s: (x - g**3, s))
    for rule in (coupled, scaled, stepwise, curved, cubed):
        assert in_blocks(rule) is rule


def test_entries_of_the_state_may_change_places():
    swapping = replace(CROSSED, step=lambda x, g, s: (x - g, Pair(s.b, s.a, s.t + 1)))
    assert same(run(in_blocks(swapping, 1, overwrite=True)), run(swapping))


@pytest.mark.parametrize("size", [0, 2.5, "big"])
def test_a_size_must_be_a_whole_number_of_at_least_one(size):
    with pytest.raises(ValueError, match=f"size = {size!r} must be .*1"):
        in_blocks(momentum(), size)
