"""What the course says about networks, measured on ours."""

import functools
from itertools import pairwise

import numpy as np
import pytest

from gdcourse.network import (
    ACTIVATIONS,
    INITIALISERS,
    layer_statistics,
    mlp,
)
from gdcourse.network.initialisers import constant, lecun


def deep(width, depth, samples=64, seed=0, **settings):
    """Return the statistics of a deep network on normal data, by layer."""
    rng = np.random.default_rng(seed)
    network = mlp([width] * (depth + 1) + [10], **settings)
    x, y = rng.normal(size=(samples, width)), rng.integers(10, size=samples)
    return layer_statistics(network, network.init(rng), x, y)


def of_kind(found, kind):
    return [layer for name, layer in found.items() if name.startswith(kind)]


def first_to_last(found):
    """Return the norm of the first hidden layer's weight gradient over the last's."""
    norms = [
        norm
        for layer in found.values()
        for name, norm in layer.parameter_norms.items()
        if name.endswith("weights")
    ]
    return norms[0] / norms[-2]


@pytest.mark.parametrize("seed", range(2))
def test_through_50_relu_layers_only_he_keeps_the_mean_square(seed):
    kept = of_kind(deep(256, 50, seed=seed, initialiser="he"), "relu")[-1]
    lost = of_kind(deep(256, 50, seed=seed, initialiser="lecun"), "relu")[-1]
    assert 0.1 < kept.mean_square < 10
    assert lost.mean_square / kept.mean_square == pytest.approx(0.5**50, rel=1e-9)


def test_through_tanh_layers_the_mean_square_falls_slowly_unless_scaled():
    found = of_kind(deep(256, 50, activation="tanh", initialiser="lecun"), "tanh")
    squares = [found[layer - 1].mean_square for layer in (1, 5, 10, 25, 50)]
    published = [0.394, 0.103, 0.0525, 0.0195, 0.0092]
    np.testing.assert_allclose(squares, published, rtol=0.2)
    scaled = deep(256, 50, activation="tanh", initialiser=five_thirds)
    assert of_kind(scaled, "tanh")[-1].mean_square == pytest.approx(0.42, rel=0.05)


def five_thirds(rng, inputs, outputs):
    return 5 / 3 * lecun(rng, inputs, outputs)


@pytest.mark.parametrize(
    ("name", "deviation"), [("lecun", 0.0357), ("xavier", 0.0502), ("he", 0.0505)]
)
def test_first_weights_of_a_layer_from_784_to_10_have_their_deviation(name, deviation):
    draw = functools.partial(INITIALISERS[name], inputs=784, outputs=10)
    weights = [draw(np.random.default_rng(seed)) for seed in range(40)]
    assert np.std(weights) == pytest.approx(deviation, rel=0.01)
    assert np.mean(weights) == pytest.approx(0, abs=4 * deviation / 560)


def test_batch_norm_without_shortcuts_makes_gradients_explode():
    found = deep(64, 50, 128, batch_norm=True)
    norms = [layer.gradient_norm for layer in of_kind(found, "relu")]
    factor = (norms[0] / norms[-1]) ** (1 / 49)
    assert factor == pytest.approx(np.sqrt(np.pi / (np.pi - 1)), abs=0.02)
    assert 0.5e4 < first_to_last(found) < 2e4
    assert 0.1 < first_to_last(deep(64, 50)) < 10
    assert 3 < first_to_last(deep(64, 50, 128, batch_norm=True, residual=True)) < 20


def test_sigmoids_shrink_gradients_by_a_quarter_at_most():
    network = mlp([1] * 7, "sigmoid", functools.partial(constant, value=1), loss="mse")
    parameters = network.init(np.random.default_rng(0))
    found = layer_statistics(network, parameters, np.zeros((1, 1)), np.zeros((1, 1)))
    norms = [layer.gradient_norm for layer in of_kind(found, "dense")]
    factors = [before / after for before, after in pairwise(norms)]
    np.testing.assert_allclose(factors[:4], [0.25, 0.235, 0.227, 0.225], atol=6e-4)
    assert max(ACTIVATIONS["sigmoid"].slope(np.linspace(-9, 9, 181))) == 0.25


@pytest.mark.parametrize(
    ("name", "x", "slope"),
    [
        ("relu", 5.0, 1.0),
        ("relu", -5.0, 0.0),
        ("leaky_relu", -1e6, 0.01),
        ("elu", -10.0, 4.54e-5),
        ("gelu", -0.751792, 0.0),
        ("gelu", -5.0, -7.15e-6),
    ],
)
def test_only_leaky_relu_keeps_a_slope_far_below_zero(name, x, slope):
    found = float(ACTIVATIONS[name].slope(np.array(x)))
    assert found == pytest.approx(slope, rel=1e-3, abs=1e-6)


def trained(network, x, y, steps=50):
    parameters = network.init(np.random.default_rng(0))
    for _ in range(steps):
        _, gradients, updates = network.gradients(parameters, x, y)
        parameters = {
            **{name: parameters[name] - 0.5 * g for name, g in gradients.items()},
            **updates,
        }
    return parameters


@pytest.mark.parametrize("value", [0.0, 0.3])
def test_equal_first_weights_leave_the_hidden_units_equal(value):
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(40, 3)), rng.integers(2, size=40)
    same = functools.partial(constant, value=value)
    weights = trained(mlp([3, 5, 2], "tanh", same), x, y)["dense1.weights"]
    np.testing.assert_allclose(weights - weights[:, :1], 0, atol=1e-12)
    assert (np.abs(weights).max() > 0) == (value > 0)


def test_drawn_weights_learn_what_a_line_cannot():
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]] * 2)
    y = np.array([0, 1, 1, 0] * 2)
    for parts in ({}, {"batch_norm": True}, {"activation": "gelu"}):
        network = mlp([2, 16, 16, 2], residual=True, **parts)
        assert network.loss(trained(network, x, y, 400), x, y) < 0.05


@pytest.mark.parametrize(("batch_norm", "least", "most"), [(0, 0, 1e-14), (1, 1e-2, 1)])
def test_the_mean_over_equal_batches_is_the_large_batch_but_for_batch_norm(
    batch_norm, least, most
):
    rng = np.random.default_rng(0)
    network = mlp([6, 16, 4], batch_norm=bool(batch_norm))
    parameters = network.init(rng)
    x, y = rng.normal(size=(256, 6)), rng.integers(4, size=256)
    whole = flat(network.gradients(parameters, x, y))
    parts = [
        flat(network.gradients(parameters, x[i : i + 32], y[i : i + 32]))
        for i in range(0, 256, 32)
    ]
    gap = np.linalg.norm(np.mean(parts, axis=0) - whole) / np.linalg.norm(whole)
    assert least <= gap <= most


def test_a_batch_of_all_samples_is_the_full_batch_in_any_order():
    rng = np.random.default_rng(0)
    network = mlp([6, 16, 4], batch_norm=True)
    parameters = network.init(rng)
    x, y, order = (
        rng.normal(size=(50, 6)),
        rng.integers(4, size=50),
        rng.permutation(50),
    )
    ours = flat(network.gradients(parameters, x[order], y[order]))
    np.testing.assert_allclose(
        ours, flat(network.gradients(parameters, x, y)), atol=1e-14
    )


def flat(found):
    return np.concatenate([gradient.ravel() for gradient in found[1].values()])
