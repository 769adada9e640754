"""Each row of the Rosetta table, run in both conventions."""

import numpy as np
import pytest

from gdcourse import OPTIMIZERS, Surface, descend
from gdcourse.gradients import clip_by_norm
from gdcourse.optimizers import (
    adam,
    adam_l2,
    adamw,
    gradient_descent,
    momentum,
    nesterov,
    nesterov_original,
    rmsprop,
)
from gdcourse.rosetta import ROSETTA
from gdcourse.schedules import constant, cosine, warmup
from gdcourse.surfaces import bowl

START, STEPS = [-4.0, 2.5], 60


def run(rule, surface=bowl, **settings):
    return descend(surface, rule, START, STEPS, **settings).x


def theirs(step):
    """Make a rule of ``step(x, g, s)``: s holds t, from 1, and v and m, from zero."""

    def rule(x, gradient, state):
        state["t"] = state.get("t", 0) + 1
        for slot in "vm":
            state.setdefault(slot, np.zeros_like(x))
        return step(x, gradient, state)

    return rule


def averaging(learning_rate, beta):
    def step(x, g, s):
        s["v"] = beta * s["v"] + (1 - beta) * g
        return x - learning_rate * s["v"]

    return theirs(step)


def rate_inside(learning_rate, beta):
    def step(x, g, s):
        alpha = learning_rate(s["t"] - 1) if callable(learning_rate) else learning_rate
        s["v"] = beta * s["v"] + alpha * g
        return x - s["v"]

    return theirs(step)


def keras_rmsprop(learning_rate=0.001, rho=0.9, epsilon=1e-7):
    def step(x, g, s):
        s["v"] = rho * s["v"] + (1 - rho) * g**2
        return x - learning_rate * g / np.sqrt(s["v"] + epsilon)

    return theirs(step)


def keras_adam(learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-7):
    def step(x, g, s):
        s["m"] = beta1 * s["m"] + (1 - beta1) * g
        s["v"] = beta2 * s["v"] + (1 - beta2) * g**2
        alpha = learning_rate * np.sqrt(1 - beta2 ** s["t"]) / (1 - beta1 ** s["t"])
        return x - alpha * s["m"] / (np.sqrt(s["v"]) + epsilon)

    return theirs(step)


def paper_adamw(learning_rate, weight_decay, eta):
    adam_alone = adam(learning_rate)

    def step(x, g, s):
        s["adam"] = s.get("adam") or adam_alone.init(x)
        moved, s["adam"] = adam_alone.step(x, g, s["adam"])
        return x + eta(s["t"] - 1) * ((moved - x) - weight_decay * x)

    return theirs(step)


def l2(learning_rate, weight_decay):
    return lambda x, g: x - learning_rate * (g + weight_decay * x)


def decay(learning_rate, weight_decay):
    return lambda x, g: (1 - learning_rate * weight_decay) * x - learning_rate * g


BATCHES = [Surface(f"(w - {k})**2 + 4*b**2", "w b") for k in range(4)]
MEAN = {"gradient": lambda x: np.mean([batch.gradient(x) for batch in BATCHES], axis=0)}
SUM = {"gradient": lambda x: np.sum([batch.gradient(x) for batch in BATCHES], axis=0)}
HALF = Surface("(w**2 + 4*b**2)/2", "w b")


def late(learning_rate, num_warmup_steps):
    return lambda t: learning_rate * min(t / num_warmup_steps, 1.0)


def clips(limit, extra):
    def gradient(x):
        g = bowl.gradient(x)
        return g * min(1, limit / (np.linalg.norm(g) + extra))

    return {"gradient": gradient}


def looked_at(rule):
    """Return the points where a rule takes its gradients."""
    x, state, points = np.array(START), rule.init(np.array(START)), []
    for _ in range(STEPS):
        points.append(rule.probe(x, state) if rule.probe else x)
        x, state = rule.step(x, bowl.gradient(points[-1]), state)
    return np.array(points)


# Our hyper-parameters, and what runs in our convention and in theirs.
PAIRS = {
    "momentum": (
        {"learning_rate": 0.01, "beta": 0.9},
        lambda n, c: (run(momentum(**n)), run(averaging(**c))),
    ),
    "rate in the velocity": (
        {"learning_rate": 0.01, "beta": 0.9},
        lambda n, c: (run(momentum(**n)), run(rate_inside(**c))),
    ),
    "Nesterov": (
        {"learning_rate": 0.01, "beta": 0.9},
        lambda n, c: (looked_at(nesterov(**n)), looked_at(nesterov_original(**c))),
    ),
    "epsilon of RMSProp": (
        {"epsilon": 0.1},
        lambda n, c: (run(rmsprop(0.1, 0.9, **n)), run(keras_rmsprop(0.1, 0.9, **c))),
    ),
    "defaults of RMSProp": (
        {"learning_rate": 0.01, "decay": 0.99, "epsilon": 1e-8},
        lambda n, c: (run(rmsprop()), run(keras_rmsprop(**c))),
    ),
    "epsilon of Adam": (
        {"epsilon": 1e-3},
        lambda n, c: (run(adam(**n)), run(keras_adam(**c))),
    ),
    "decay of AdamW": (
        {"learning_rate": 0.1, "weight_decay": 0.3},
        lambda n, c: (
            run(adamw(cosine(n["learning_rate"], 99), weight_decay=n["weight_decay"])),
            run(paper_adamw(**c, eta=cosine(1.0, 99))),
        ),
    ),
    "L2 or decay": (
        {"learning_rate": 0.05, "weight_decay": 0.3},
        lambda n, c: (run(decay(**n)), run(l2(**c))),
    ),
    "factor of the loss": (
        {"learning_rate": 0.05},
        lambda n, c: (run(gradient_descent(**n)), run(gradient_descent(**c), HALF)),
    ),
    "accumulation": (
        {"learning_rate": 0.05, "batches": 4},
        lambda n, c: (
            run(momentum(n["learning_rate"]), **MEAN),
            run(momentum(c["learning_rate"]), **SUM),
        ),
    ),
    "warm-up": (
        {"learning_rate": 0.1, "steps": 10},
        lambda n, c: (
            run(gradient_descent(warmup(constant(n["learning_rate"]), n["steps"])))[
                :-1
            ],
            run(gradient_descent(late(**c)))[1:],
        ),
    ),
    "clipping": (
        {"limit": 1.0},
        lambda n, c: (
            run(gradient_descent(0.1), gradient=our_clipping(**n)),
            run(gradient_descent(0.1), **clips(**c, extra=1e-6)),
        ),
    ),
}


def our_clipping(limit):
    return lambda x: clip_by_norm(bowl.gradient(x), limit)


def same(one, other, part=1e-12):
    return np.allclose(one, other, rtol=part, atol=part)


def test_each_row_is_tried():
    assert list(PAIRS) == list(ROSETTA)


@pytest.mark.parametrize("name", ROSETTA)
def test_converted_numbers_take_the_same_path_where_the_table_says_so(name):
    row, (numbers, pair) = ROSETTA[name], PAIRS[name]
    paths = pair(numbers, row.convert(**numbers))
    # Keras's epsilon is inside the root, which 1e-8 makes next to invisible here.
    part = 1e-7 if name == "defaults of RMSProp" else 1e-12
    assert same(*paths, part) == row.same_path
    assert np.abs(np.diff(paths[0], axis=0)).max() > 5e-4


@pytest.mark.parametrize(
    "name", ["momentum", "decay of AdamW", "factor of the loss", "accumulation"]
)
def test_unconverted_numbers_take_another_path(name):
    numbers, pair = PAIRS[name]
    assert not same(*pair(numbers, numbers), 1e-2)


# K65
def test_a_drop_of_the_rate_parts_the_places_of_the_rate():
    drops = lambda t: 0.01 if t < 20 else 0.001  # noqa: E731
    ours, other = run(momentum(drops)), run(rate_inside(drops, 0.9))
    assert same(ours[:21], other[:21])
    assert np.abs(ours[25] - other[25]).max() > 0.1


# K79
def test_l2_is_decay_for_plain_descent_alone():
    settings = {"learning_rate": 0.1, "weight_decay": 0.3}
    assert not same(run(adamw(**settings)), run(adam_l2(**settings)), 1e-2)
    heavy = OPTIMIZERS["momentum"](0.05)
    penalty = Surface("w**2 + 4*b**2 + 0.15*(w**2 + b**2)", "w b")
    assert same(run(l2(0.05, 0.3)), run(gradient_descent(0.05), penalty))

    def decayed(x, g, state):
        state["v"] = 0.9 * state.get("v", 0) + g
        return (1 - 0.05 * 0.3) * x - 0.05 * state["v"]

    assert not same(run(heavy, penalty), run(decayed), 1e-2)


# X3
@pytest.mark.parametrize(("surface", "limit"), [(bowl, 0.25), (HALF, 0.5)])
def test_half_the_loss_doubles_the_limit_of_the_rate(surface, limit):
    ends = [
        np.abs(run(gradient_descent(part * limit), surface)[-1]).max()
        for part in (0.97, 1.03)
    ]
    assert ends[0] < 2.5 < ends[1]


def test_adam_needs_no_conversion_of_the_factor():
    rule = adam(0.1, epsilon=0.0)
    assert same(run(rule), run(rule, HALF))
    assert same(run(rule, **MEAN), run(rule, **SUM))


# K71
def test_the_defaults_of_rmsprop_differ():
    assert not same(run(rmsprop()), run(keras_rmsprop()), 1e-2)


def test_the_places_of_epsilon_differ_most_where_the_gradient_is_epsilon():
    g = 10.0 ** np.arange(-3, 4)
    gain = (g + 1.0) / np.sqrt(g**2 + 1.0)
    assert gain.max() == pytest.approx(1.41, abs=0.005)
    assert gain.argmax() == 3


def first_step(rule):
    tiny = {"gradient": lambda x: np.full(2, 1e-4)}
    return -np.diff(descend(bowl, rule, [0, 0], 2, **tiny).x, axis=0)[0, 0]


def test_epsilon_hat_acts_32_times_larger_at_first():
    scaled = 1e-4 / np.sqrt(1 - 0.999)
    assert scaled == pytest.approx(32e-4, rel=0.02)
    theirs_first = first_step(keras_adam(epsilon=1e-4))
    assert theirs_first == pytest.approx(first_step(adam(epsilon=scaled)))
    assert theirs_first < first_step(adam(epsilon=1e-4)) / 10


@pytest.mark.parametrize("name", ROSETTA)
def test_each_row_can_be_read(name):
    row = ROSETTA[name]
    assert all([row.ours, row.theirs, row.used_by, row.when])
    assert row.ours != row.theirs


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (
            {"learning_rate": 0.1},
            r"{'learning_rate': 0.1} must name learning_rate, beta",
        ),
        (
            {"learning_rate": 0.1, "beta": 1.0},
            "beta = 1.0 must be at least 0 and below",
        ),
        ({"learning_rate": cosine(0.1, 9), "beta": 0.9}, "must be a number: call it"),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(numbers, words):
    with pytest.raises(ValueError, match=words):
        ROSETTA["momentum"].convert(**numbers)


def test_no_batches_get_one_sentence_too():
    with pytest.raises(ValueError, match="batches = 0 must be at least 1"):
        ROSETTA["accumulation"].convert(learning_rate=0.1, batches=0)
