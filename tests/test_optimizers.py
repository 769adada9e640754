"""The rules against steps worked by hand, their own promises and their relatives."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gdcourse import OPTIMIZERS, SURFACES, descend, rule_from
from gdcourse.optimizers import (
    adagrad,
    adam,
    adam_l2,
    adamw,
    ema_momentum,
    gradient_descent,
    lamb,
    lion,
    momentum,
    muon,
    nesterov,
    nesterov_original,
    rmsprop,
    rmsprop_inside,
)
from recorded import close, gradients, replay

ALL = pytest.mark.parametrize("name", OPTIMIZERS)


def test_one_step_of_gradient_descent_worked_by_hand():
    # (w, b) = (0.5, 0.1) with the gradient (-13.6, -5.8) and the rate 0.01.
    rule, x = gradient_descent(0.01), np.array([0.5, 0.1])
    x, state = rule.step(x, np.array([-13.6, -5.8]), rule.init(x))
    assert x == pytest.approx([0.636, 0.158], abs=1e-15)
    assert state.t == 1


def test_two_steps_of_momentum_worked_by_hand():
    rule = momentum(learning_rate=0.1, beta=0.9)
    x, state = rule.step(np.array([1.0]), np.array([2.0]), rule.init(np.array([1.0])))
    assert (x[0], state.velocity[0]) == (0.8, 2.0)
    x, state = rule.step(x, np.array([1.0]), state)
    assert state.velocity == pytest.approx(2.8)
    assert x == pytest.approx(0.52)
    assert state.t == 2


def test_two_steps_of_adam_worked_by_hand():
    rule = adam(learning_rate=0.1, beta1=0.5, beta2=0.75, epsilon=0.0)
    x, state = rule.step(np.array([1.0]), np.array([4.0]), rule.init(np.array([1.0])))
    assert (state.m[0], state.v[0], x[0]) == (2.0, 4.0, 0.9)
    x, state = rule.step(x, np.array([0.0]), state)  # m = 1, v = 3, m_hat = 4/3
    assert (state.m[0], state.v[0]) == (1.0, 3.0)
    assert x == pytest.approx(0.9 - 0.1 * (4 / 3) / np.sqrt(3 / 0.4375))


def test_three_steps_of_lion_worked_by_hand():
    rule = lion(learning_rate=0.25, beta1=0.5, beta2=0.75, weight_decay=0.5)
    x, state = np.array([2.0, -4.0]), rule.init(np.ones(2))
    x, state = rule.step(x, np.array([4.0, -8.0]), state)  # c = (2, -4)
    assert x.tolist() == [1.5, -3.25]  # (2, -4) - 0.25 * ((1, -1) + (1, -2))
    assert state.m.tolist() == [1.0, -2.0]
    x, state = rule.step(x, np.array([-2.0, 2.0]), state)  # c = (-0.5, 0)
    assert x.tolist() == [1.5625, -2.84375]  # - 0.25 * ((-1, 0) + (0.75, -1.625))
    assert state.m.tolist() == [0.25, -1.0]
    x, state = rule.step(x, np.array([-0.25, 0.5]), state)  # c = (0, -0.25)
    assert x.tolist() == [1.3671875, -2.23828125]  # - 0.25 * (0.78125, -2.421875)
    assert (state.m.tolist(), state.t) == ([0.125, -0.625], 3)


def test_lion_steps_by_its_rate_whatever_the_gradients():
    x = replay(lion(0.01), np.zeros(3), gradients(4))
    steps = np.diff(x, axis=0)
    lengths = np.abs(steps[np.abs(steps) > 1e-9])
    assert len(lengths) > 500
    assert np.allclose(lengths, 0.01)


# K63
def test_averaging_momentum_at_a_longer_rate_takes_the_same_path():
    start = [-1.5, 2.0]
    one = descend(SURFACES["rosenbrock"], momentum(2e-4, beta=0.9), start, 300)
    same = ema_momentum(2e-4 / (1 - 0.9), beta=0.9)
    assert np.allclose(descend(SURFACES["rosenbrock"], same, start, 300).x, one.x)
    short = ema_momentum(2e-4, beta=0.9)
    assert not np.allclose(descend(SURFACES["rosenbrock"], short, start, 300).x, one.x)


def look_ahead(rule, surface, x, steps):
    """Return the points where a rule takes its gradients."""
    state, points = rule.init(x), []
    for _ in range(steps):
        points.append(rule.probe(x, state) if rule.probe else x)
        x, state = rule.step(x, surface.gradient(points[-1]), state)
    return np.array(points)


# K65
def test_nesterov_is_where_its_original_looks_ahead():
    surface, x = SURFACES["rosenbrock"], np.array([-1.5, 2.0])
    ours = look_ahead(nesterov_original(2e-4, beta=0.9), surface, x, 200)
    close(ours, look_ahead(nesterov(2e-4, beta=0.9), surface, x, 200))
    assert not np.allclose(ours, look_ahead(momentum(2e-4), surface, x, 200))


def test_the_original_nesterov_looks_ahead_of_torchs():
    torch = pytest.importorskip("torch", reason="torch is missing: pip install torch")
    surface, x = SURFACES["rosenbrock"], np.array([-1.5, 2.0])
    ours = look_ahead(nesterov_original(2e-4, beta=0.9), surface, x, 200)
    theirs = torch.tensor(x, requires_grad=True)
    made = torch.optim.SGD([theirs], 2e-4, momentum=0.9, nesterov=True)
    points = []
    for _ in range(200):
        points.append(theirs.detach().numpy().copy())
        theirs.grad = torch.from_numpy(surface.gradient(points[-1]))
        made.step()
    close(ours, np.array(points))


def test_descend_takes_the_gradient_where_nesterov_looks_ahead():
    path = descend(SURFACES["parabola"], nesterov_original(0.1, beta=0.5), [1.0], 2)
    # v = 0.2, x = 0.8; at 0.8 - 0.1 the slope is 1.4: v = 0.1 + 0.14, x = 0.56.
    assert path.gradient[:, 0] == pytest.approx([2.0, 1.4])
    assert path.x[:, 0] == pytest.approx([1.0, 0.8, 0.56])


# K68
def test_adagrads_steps_fall_like_the_root_of_time():
    x = replay(adagrad(1.0), np.zeros(1), np.ones((10_000, 1)))[:, 0]
    falls = -np.diff(x)[[0, 9, 99, 9999]]
    assert falls == pytest.approx([1, 0.1**0.5, 0.1, 0.01])
    assert -x[-1] == pytest.approx(198.5, abs=0.06)


# V14
@pytest.mark.parametrize(
    ("g", "outside", "inside"),
    [
        (1e-2, 0.999999, 0.99995),
        (1e-4, 0.9999, 0.70711),
        (1e-6, 0.990099, 0.0099995),
        (1e-8, 0.5, 1e-4),
    ],
)
def test_the_place_of_epsilon_decides_about_small_gradients(g, outside, inside):
    for make, wanted in ((rmsprop, outside), (rmsprop_inside, inside)):
        rule = make(1.0, decay=0.99, epsilon=1e-8)
        x = replay(rule, np.zeros(1), np.full((3000, 1), g))[:, 0]
        assert x[-2] - x[-1] == pytest.approx(wanted, rel=1e-5)


def test_without_epsilon_its_place_makes_no_difference():
    rows = gradients(5)[:, :1] + 1e-9
    one, other = (
        replay(make(0.1, decay=0.9, epsilon=0.0), np.ones(1), rows)
        for make in (rmsprop, rmsprop_inside)
    )
    close(one, other)


@pytest.mark.parametrize("make", [adam_l2, adamw])
def test_adam_without_decay_is_adam(make):
    rows = gradients(6)
    decayed = replay(make(0.1, weight_decay=0.0), np.ones(3), rows)
    close(decayed, replay(adam(0.1), np.ones(3), rows))


def test_decoupled_decay_shrinks_the_weights_alone():
    x = replay(adamw(0.1, weight_decay=0.5), np.full(1, 3.0), np.zeros((20, 1)))
    assert x[:, 0] == pytest.approx(3 * 0.95 ** np.arange(21))


# K77
def test_adam_rescales_a_coupled_penalty_and_no_decoupled_one():
    noise = np.random.default_rng(0).normal(size=(5000, 2)) * [10, 0.1]
    coupled, apart = (
        replay(make(1e-3, weight_decay=0.1), np.ones(2), noise)[-1]
        for make in (adam_l2, adamw)
    )
    assert coupled[0] > 0.75 > 0.1 > coupled[1]
    assert np.allclose(apart, np.exp(-0.5), atol=0.15)


# V13
@pytest.mark.parametrize(("g", "first"), [(1e-6, 0.990099), (1e-3, 0.99999), (1, 1)])
def test_adams_first_step_is_about_its_rate_whatever_the_gradient(g, first):
    x = replay(adam(learning_rate=1.0), np.zeros(1), np.array([[g]]))[1]
    assert -x[0] == pytest.approx(first, rel=1e-6)


# V13
def test_a_gradient_after_long_rest_moves_adam_by_3_16_rates():
    rows = np.zeros((10_000, 1))
    rows[-1] = 1.0
    x = replay(adam(learning_rate=1.0), np.zeros(1), rows)
    assert x[-1, 0] - x[-2, 0] == pytest.approx(-3.1623, rel=1e-4)


FIELDS = {
    "gradient_descent": "t",
    **dict.fromkeys(["momentum", "ema_momentum"], "velocity t"),
    **dict.fromkeys(["nesterov", "nesterov_original"], "velocity t"),
    "adagrad": "G t",
    **dict.fromkeys(["rmsprop", "rmsprop_inside"], "s t"),
    **dict.fromkeys(["adam", "adam_l2", "adamw"], "m v t"),
    "lion": "m t",
    "lamb": "m v t",
    "muon": "B t",
}


@ALL
def test_a_state_carries_the_updates_done_and_the_papers_letters(name):
    rule = OPTIMIZERS[name]()
    state = rule.init(np.ones(2))
    assert state._fields == tuple(FIELDS[name].split())
    for t in range(3):
        assert state.t == t
        state = rule.step(np.ones(2), np.ones(2), state)[1]


@ALL
def test_a_step_changes_nothing_in_place(name):
    rule = OPTIMIZERS[name](learning_rate=0.1)
    x, g = np.ones(2), np.array([3.0, -1.0])
    state = rule.step(x, g, rule.init(x))[1]
    before = [np.copy(part) for part in state]
    rule.step(x, g, state)
    assert (x.tolist(), g.tolist()) == ([1, 1], [3, -1])
    assert all(np.array_equal(a, b) for a, b in zip(before, state, strict=True))


@ALL
def test_any_hyper_parameter_may_be_a_schedule(name):
    numbers = dict(OPTIMIZERS[name]().hyperparameters)
    schedules = {key: lambda t, v=value: v for key, value in numbers.items()}
    rows = gradients(3)[:20]
    one = replay(OPTIMIZERS[name](**numbers), np.ones(3), rows)
    other = replay(OPTIMIZERS[name](**schedules), np.ones(3), rows)
    assert np.array_equal(one, other)


@ALL
def test_the_first_update_asks_a_schedule_for_step_0(name):
    asked = []
    rule = OPTIMIZERS[name](learning_rate=lambda t: asked.append(t) or 0.1)
    replay(rule, np.ones(1), np.ones((3, 1)))
    assert asked == [0, 1, 2]


APART = [name for name in OPTIMIZERS if "elementwise" in OPTIMIZERS[name]().traits]


@pytest.mark.parametrize("name", APART)
@given(n=st.integers(1, 4), d=st.integers(1, 3), seed=st.integers(0, 9))
def test_rules_treat_starts_apart_and_keep_shapes(name, n, d, seed):
    rule = OPTIMIZERS[name](learning_rate=0.1)
    x, *rows = np.random.default_rng(seed).normal(size=(6, n, d))
    together = replay(rule, x, rows)
    assert together.shape == (6, n, d)
    for i in range(n):
        alone = replay(rule, x[i], [row[i] for row in rows])
        assert np.array_equal(together[:, i], alone)


@given(
    scale=st.floats(1e-3, 1e3),
    rows=st.lists(st.floats(-10, 10), min_size=1, max_size=20),
)
def test_adam_without_epsilon_does_not_see_the_scale_of_the_loss(scale, rows):
    assume(abs(rows[0]) > 1e-3)
    rule, g = adam(learning_rate=0.1, epsilon=0.0), np.array(rows)[:, None]
    one, other = (replay(rule, np.zeros(1), g * s) for s in (1.0, scale))
    assert np.allclose(one, other, rtol=1e-9, atol=1e-9)


def test_momentum_without_beta_is_gradient_descent():
    rows = gradients(1)
    plain = replay(gradient_descent(0.1), np.ones(3), rows)
    assert np.array_equal(replay(momentum(0.1, beta=0.0), np.ones(3), rows), plain)


def test_momentum_on_a_constant_gradient_ends_in_long_steps():
    x = replay(momentum(0.1, beta=0.9), np.zeros(1), np.ones((400, 1)))[:, 0]
    assert x[-1] - x[-2] == pytest.approx(-0.1 / (1 - 0.9))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: gradient_descent(-0.1), "learning_rate = -0.1 must be zero or more"),
        (lambda: gradient_descent(np.nan), "learning_rate = nan must be a finite"),
        (lambda: gradient_descent("0.1"), "learning_rate = '0.1' must be a finite"),
        (lambda: gradient_descent(True), "learning_rate = True must be a finite"),
        (lambda: gradient_descent([0.1]), r"learning_rate = \[0.1\] must be a finite"),
        (lambda: momentum(beta=1.0), "beta = 1.0 must be at least 0 and below 1"),
        (lambda: momentum(beta=-0.5), "beta = -0.5 must be at least 0"),
        (lambda: adam(beta1=1), "beta1 = 1 must be at least 0 and below 1"),
        (lambda: adam(beta2=2.0), "beta2 = 2.0 must be at least 0 and below 1"),
        (lambda: adam(epsilon=-1e-8), "epsilon = -1e-08 must be zero or more"),
        (lambda: ema_momentum(beta=1.5), "beta = 1.5 must be at least 0 and below 1"),
        (lambda: nesterov(beta=-1), "beta = -1 must be at least 0 and below 1"),
        (lambda: nesterov_original(-1.0), "learning_rate = -1.0 must be zero or more"),
        (lambda: adagrad(epsilon=-1), "epsilon = -1 must be zero or more"),
        (lambda: rmsprop(decay=1.0), "decay = 1.0 must be at least 0 and below 1"),
        (lambda: rmsprop_inside(decay=-0.1), "decay = -0.1 must be at least 0 and"),
        (lambda: adam_l2(weight_decay=-1), "weight_decay = -1 must be zero or more"),
        (lambda: adamw(weight_decay=-0.1), "weight_decay = -0.1 must be zero or more"),
        (lambda: lion(weight_decay=np.inf), "weight_decay = inf must be a finite"),
        (lambda: lion(beta2=1.0), "beta2 = 1.0 must be at least 0 and below 1"),
        (lambda: lamb(beta1=-0.1), "beta1 = -0.1 must be at least 0 and below 1"),
        (lambda: lamb(weight_decay="1"), "weight_decay = '1' must be a finite number"),
        (lambda: muon(beta=1), "beta = 1 must be at least 0 and below 1"),
        (lambda: muon(epsilon=-1e-7), "epsilon = -1e-07 must be zero or more"),
        (lambda: rule_from(5), "5 is not a rule: pass adam"),
        (lambda: rule_from(adam), r"adam takes 0 argument\(s\): pass step"),
        (lambda: rule_from(lambda x: x), r"your rule takes 1 argument\(s\): pass step"),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_a_bare_function_becomes_a_rule():
    def half_way(x, gradient):
        return x - gradient / 2

    rule = rule_from(half_way)
    assert rule.name == "half way"
    assert replay(rule, np.ones(1), [np.ones(1)] * 2)[:, 0].tolist() == [1, 0.5, 0]


def test_a_bare_function_may_keep_a_dict():
    def heavy_ball(x, gradient, state):
        state["v"] = 0.9 * state.get("v", 0.0) + gradient
        return x - 0.1 * state["v"]

    rows = gradients(2)[:50]
    ours = replay(rule_from(heavy_ball), np.ones(3), rows)
    assert np.array_equal(ours, replay(momentum(0.1, beta=0.9), np.ones(3), rows))


def test_a_bare_function_may_return_its_state_and_spoil_its_arguments():
    def spoil(x, g, state):
        x -= 0.1 * g
        g[:] = 0
        return x, {"count": state.get("count", 0) + 1}

    rule, x, g = rule_from(spoil), np.ones(1), np.ones(1)
    new, state = rule.step(x, g, rule.init(x))
    assert (x[0], g[0], new[0], state) == (1, 1, 0.9, {"count": 1})


def test_rules_say_what_they_are():
    assert repr(momentum(0.1)) == "momentum(learning_rate=0.1, beta=0.9)"
    assert [OPTIMIZERS[name]().name for name in OPTIMIZERS] == [
        "gradient descent",
        "momentum",
        "EMA momentum",
        "Nesterov",
        "original Nesterov",
        "AdaGrad",
        "RMSProp",
        "RMSProp inside",
        "Adam",
        "Adam L2",
        "AdamW",
        "Lion",
        "LAMB",
        "Muon",
    ]
