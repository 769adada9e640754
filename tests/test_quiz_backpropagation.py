"""Every number in the quiz on backpropagation is worked out here with the library."""

import json
from itertools import permutations

import numpy as np
import pytest

from gdcourse.differences import central_difference
from gdcourse.exercises.quizzes import backpropagation as quiz
from gdcourse.gradients import clip_by_norm
from gdcourse.network import layer_statistics, mlp, softmax_cross_entropy


def said(item):
    return json.dumps(item.as_json(), ensure_ascii=False)


def values(item):
    return [mistake.value for mistake in item.mistakes]


def test_the_slope_by_hand_and_its_slips():
    def loss(w):
        return (w[1] * max(0.0, w[0] * 2) - 1) ** 2

    by_w1, by_w2 = central_difference(loss, [3.0, -1.0])
    assert by_w1 == pytest.approx(quiz.BACK.answer)
    assert by_w2 == pytest.approx(values(quiz.BACK)[2])
    assert by_w1 / 2 == pytest.approx(values(quiz.BACK)[0])


def test_the_first_loss_of_a_thousand_classes():
    loss = softmax_cross_entropy(np.zeros((1, 1000)), np.array([0]))[0]
    assert loss == pytest.approx(quiz.FIRST.answer, abs=0.005)
    ten = softmax_cross_entropy(np.zeros((1, 10)), np.array([0]))[0]
    assert values(quiz.FIRST)[:2] == pytest.approx([ten, np.log10(1000)], abs=0.01)


def ratio(widths, seed=0, **settings):
    """Return how much longer the slope is at the first layer than at the last."""
    rng = np.random.default_rng(seed)
    net, x = mlp(widths, **settings), rng.normal(size=(64, widths[0]))
    y = rng.integers(widths[-1], size=64)
    sizes = list(layer_statistics(net, net.init(rng), x, y).values())
    return sizes[0].gradient_norm / sizes[-2].gradient_norm


@pytest.mark.parametrize("scale", [0.3, 1, 3, 10])
def test_four_sigmoid_units_a_layer_vanish_at_every_scale(scale):
    def draw(rng, n, m):
        return scale * rng.normal(size=(n, m))

    found = [
        ratio([4] * 21, seed, activation="sigmoid", initialiser=draw)
        for seed in range(5)
    ]
    assert np.median(found) < 1e-3


@pytest.mark.parametrize(
    ("option", "settings"),
    [
        (0, {"initialiser": "lecun", "residual": True}),
        (1, {"initialiser": "he"}),
        (4, {"initialiser": "lecun", "activation": "sigmoid"}),
        (5, {"initialiser": "lecun", "batch_norm": True}),
    ],
)
def test_what_makes_a_vanishing_gradient_longer(option, settings):
    widths = [32] * 41
    longer = ratio(widths, **settings) > ratio(widths, initialiser="lecun")
    assert longer == quiz.REMEDIES.options[option].right
    assert ratio(widths, initialiser="lecun") < 1e-4


def test_clipping_by_the_global_norm_and_its_slips():
    clipped = clip_by_norm({"w": np.array([6.0]), "b": np.array([-8.0])}, 5.0)
    assert clipped["b"][0] == pytest.approx(quiz.CLIPPED.answer)
    slips = [max(-8, -5), -quiz.CLIPPED.answer, -8 / 10, -8, -8 * 5 / 100]
    assert values(quiz.CLIPPED) == pytest.approx(slips)


def test_half_precision_rounds_both_small_numbers_to_zero():
    assert np.float16(1e-8) == np.float16(1e-12) == 0
    assert "1e-12" in said(quiz.SUDDEN)


def test_the_norm_may_be_printed_anywhere_after_clipping():
    allowed = [
        order
        for order in permutations(range(6))
        if all(order.index(o.first) < order.index(o.later) for o in quiz.LOOP.orders)
    ]
    assert [tuple(i for i in order if i != 5) for order in allowed] == [
        (0, 1, 2, 3, 4)
    ] * 3
