"""The network: its gradients by finite differences, its promises and its sentences."""

from timeit import repeat

import numpy as np
import pytest

from gdcourse.network import (
    ACTIVATIONS,
    Network,
    accuracy,
    batch_norm,
    dense,
    dropout,
    layer_statistics,
    log_softmax,
    mlp,
    mse,
    numbered,
    residual,
    softmax_cross_entropy,
)


def batch(network, samples=6, seed=0):
    """Return parameters with biases that are not zero, inputs and labels."""
    rng = np.random.default_rng(seed)
    parameters = {
        name: value + rng.uniform(0.1, 0.2, value.shape)
        for name, value in network.init(rng).items()
    }
    x = rng.normal(size=(samples, network.inputs))
    outputs = network.predict(parameters, x).shape[1]
    return parameters, x, rng.integers(outputs, size=samples)


def differences(network, parameters, x, y):
    """Return central differences of the loss in training mode, by name."""
    slopes = {}
    for name in parameters:
        slopes[name] = np.empty(parameters[name].shape)
        for index in np.ndindex(parameters[name].shape):
            sides = []
            for step in (1e-5, -1e-5):
                moved = parameters[name].copy()
                moved[index] += step
                there = {**parameters, name: moved}
                sides.append(
                    network.gradients(there, x, y, np.random.default_rng(1))[0]
                )
            slopes[name][index] = (sides[0] - sides[1]) / 2e-5
    return slopes


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"batch_norm": True},
        {"residual": True},
        {"dropout": 0.3},
        {"batch_norm": True, "residual": True, "dropout": 0.3},
    ],
    ids="-".join,
)
def test_gradients_are_finite_differences(activation, parts):
    network = mlp([3, 4, 4, 3], activation, "xavier", **parts)
    parameters, x, y = batch(network)
    _, gradients, updates = network.gradients(
        parameters, x, y, np.random.default_rng(1)
    )
    expected = differences(network, parameters, x, y)
    assert list(gradients) == [name for name in parameters if name not in updates]
    for name, gradient in gradients.items():
        np.testing.assert_allclose(gradient, expected[name], atol=1e-8)


def test_squared_errors_have_the_gradient_of_finite_differences():
    network = mlp([2, 3, 2], "tanh", "lecun", "mse")
    parameters, x, _ = batch(network)
    y = np.sin(x)
    gradients = network.gradients(parameters, x, y)[1]
    for name, slopes in differences(network, parameters, x, y).items():
        np.testing.assert_allclose(gradients[name], slopes, atol=2e-9)


@pytest.mark.parametrize("size", [1, 30, 1000, 1e300])
def test_cross_entropy_is_finite_and_exact_at_huge_logits(size):
    logits = np.array([[size, -size], [size, -size]])
    loss, gradient = softmax_cross_entropy(logits, np.array([0, 1]))
    assert loss == pytest.approx(size + np.log1p(np.exp(-2 * size)), rel=1e-12)
    p = np.exp(-2 * size) / (1 + np.exp(-2 * size))
    np.testing.assert_allclose(
        gradient, np.array([[-p, p], [1 - p, p - 1]]) / 2, atol=1e-16
    )


def test_softmax_does_not_change_when_all_logits_move():
    z = np.random.default_rng(0).normal(size=(5, 3))
    np.testing.assert_allclose(log_softmax(z + 700), log_softmax(z), atol=1e-12)
    np.testing.assert_allclose(np.exp(log_softmax(z)).sum(axis=1), 1)


def test_calls_change_nothing_that_they_are_given():
    network = mlp([3, 5, 2])
    parameters, x, y = batch(network)
    copies = {name: value.copy() for name, value in parameters.items()}, x.copy()
    network.gradients(parameters, x, y)
    assert (x == copies[1]).all()
    assert all((parameters[name] == copies[0][name]).all() for name in parameters)


def test_in_training_the_loss_is_another_only_where_a_layer_asks_for_it():
    for parts in ({}, {"residual": True}):
        network = mlp([3, 4, 4, 3], **parts)
        parameters, x, y = batch(network)
        loss, _, updates = network.gradients(parameters, x, y)
        assert loss == network.loss(parameters, x, y)
        assert updates == {}


def test_dropout_keeps_the_mean_and_drops_its_share():
    layer, ones = dropout(0.3), np.ones((200, 500))
    out, kept, _ = layer.forward({}, ones, True, np.random.default_rng(0))
    assert set(np.unique(out)) == {0.0, 1 / 0.7}
    assert np.mean(out == 0) == pytest.approx(0.3, abs=0.01)
    assert out.mean() == pytest.approx(1, abs=0.01)
    assert (layer.backward({}, kept, ones)[0] == out).all()
    assert layer.forward({}, ones, False, None)[0] is ones


def test_running_statistics_end_at_those_of_the_data():
    network = mlp([2, 3, 2], batch_norm=True)
    parameters, x, y = batch(network, samples=50)
    h = x @ parameters["dense1.weights"] + parameters["dense1.bias"]
    for _ in range(400):
        parameters |= network.gradients(parameters, x, y)[2]
    variance = parameters["batch_norm1.running_variance"]
    np.testing.assert_allclose(parameters["batch_norm1.running_mean"], h.mean(axis=0))
    np.testing.assert_allclose(variance, h.var(axis=0, ddof=1))


def test_statistics_are_those_of_the_passes():
    network = mlp([3, 4, 4, 3], residual=True)
    parameters, x, y = batch(network)
    parameters["dense1.bias"][:3] = -99
    found = layer_statistics(network, parameters, x, y)
    h = x @ parameters["dense1.weights"] + parameters["dense1.bias"]
    assert 0 < np.sum(h[:, 3] <= 0) < len(x)  # silent at times is not dead
    gradients = network.gradients(parameters, x, y)[1]
    assert list(found) == ["dense1", "relu1", "residual1", "dense2"]
    assert found["dense1"].mean_square == pytest.approx(np.mean(h**2))
    assert found["relu1"].dead == 0.75
    for name, norm in found["residual1"].parameter_norms.items():
        assert norm == pytest.approx(np.sqrt(np.sum(gradients[name] ** 2)))
    assert list(found["dense2"].parameter_norms) == ["dense2.weights", "dense2.bias"]


def test_dead_units_are_found_in_blocks_too():
    network = mlp([2, 2, 2, 2], residual=True)
    parameters, x, y = batch(network)
    parameters["residual2.dense1.bias"][:] = [-99, 99]
    found = layer_statistics(network, parameters, x, y)
    assert found["residual2"].dead == 0.5
    assert np.isnan(found["dense1"].dead)


def test_gradient_norms_are_those_of_the_outputs():
    network = mlp([3, 3], loss="mse")  # the last output's gradient is the loss's
    parameters, x, _ = batch(network)
    y = np.cos(x)
    expected = mse(network.predict(parameters, x), y)[1]
    norm = layer_statistics(network, parameters, x, y)["dense1"].gradient_norm
    assert norm == pytest.approx(np.sqrt(np.sum(expected**2)))


def test_a_pass_of_the_small_network_takes_well_under_a_millisecond():
    network = mlp([64, 32, 10])
    parameters, x, y = batch(network, samples=32)
    times = repeat(lambda: network.gradients(parameters, x, y), number=5, repeat=30)
    assert min(times) / 5 < 5e-4


def test_accuracy_counts_the_largest_output():
    network = mlp([2, 2])
    parameters = {"dense1.weights": np.eye(2), "dense1.bias": np.zeros(2)}
    x = np.array([[1, 0], [0, 1], [2, 1], [1, 2]])
    assert accuracy(network, parameters, x, np.array([0, 1, 0, 0])) == 0.75


NETWORK = mlp([2, 3, 2])
GOOD, X, Y = batch(NETWORK)
HOLES = np.where(np.arange(12).reshape(6, 2) == 7, np.nan, X)


@pytest.mark.parametrize(
    ("parameters", "x", "y", "words"),
    [
        (GOOD, X[:, :1], Y, r"x has shape \(6, 1\), .* the 2 coordinate"),
        (GOOD, X[0], Y, r"x has shape \(2,\): pass a batch .* shape \(N, 2\)\."),
        (GOOD, X[:0], Y[:0], r"x has shape \(0, 2\): pass a batch of one sample"),
        (GOOD, HOLES, Y, r"x\[3\] holds nan: replace NaN and infinities"),
        (GOOD, "text", Y, r"x = 'text' is not an array of real numbers"),
        (GOOD, X, Y + 2, r"y holds the label 3, .* labels go from 0 to 1\."),
        (GOOD, X, Y - 1, r"y holds the label -1, .* labels go from 0 to 1\."),
        (GOOD, X, Y * 1.0, r"y has shape \(6,\) and type float64, but there are 6"),
        (GOOD, X, Y[:5], r"y has shape \(5,\) .* one integer as the label of each"),
        ({}, X, Y, r"differ from the network's in the names \['dense1.bias', 'dense"),
        ({**GOOD, "a": X}, X, Y, r"differ from the network's in the names \['a'\]"),
        (
            {**GOOD, "dense1.bias": np.zeros(3, np.int64)},
            X,
            Y,
            r"parameters\['dense1.bias'\] holds int64 .* needs floats of shape \(3,\)",
        ),
        ({**GOOD, "dense1.bias": np.zeros(1)}, X, Y, r"float64 of shape \(1,\), but"),
    ],
)
def test_wrong_input_gets_one_sentence(parameters, x, y, words):
    for method in (NETWORK.loss, NETWORK.gradients):
        with pytest.raises(ValueError, match=words):
            method(parameters, x, y)


def run(network, samples=6):
    return network.gradients(network.init(np.random.default_rng(0)), X[:samples], Y)


def block(n, m):
    return Network(numbered(residual(dense(n, m))), mse, inputs=n)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: mlp([2]), r"widths = \[2\] must name inputs and outputs"),
        (lambda: mlp([2, 0, 1]), "each of widths = 0 must be at least 1"),
        (lambda: mlp([2, 3.5, 1]), "each of widths = 3.5 must be a whole number"),
        (lambda: mlp([2, 2], "rulu"), "no activation 'rulu'. Did you mean 'relu'?"),
        (lambda: mlp([2, 2], None), "There is no activation None. The names are sig"),
        (lambda: mlp([2, 2], initialiser="hee"), "Did you mean 'he'?"),
        (lambda: mlp([2, 2], loss="msee"), "no loss 'msee'. Did you mean 'mse'?"),
        (lambda: mlp([2, 3, 2], residual=True), "leave residual=True nothing to do"),
        (lambda: mlp([2, 3, 2], dropout=1), "rate = 1 must be a number from 0 to"),
        (lambda: batch_norm(3, momentum=-1), "momentum = -1 must be a number from 0"),
        (lambda: batch_norm(3, epsilon=0), "epsilon = 0 must be above zero"),
        (numbered, r"There are no layers: pass one or more, such as dense\(2, 3\)"),
        (lambda: run(mlp([2, 3, 2], dropout=0.5)), "Dropout draws numbers in training"),
        (lambda: run(mlp([2, 3, 2], batch_norm=True), 1), "The batch has 1 sample"),
        (lambda: run(block(2, 1)), "turns 2 units into 1: end it with as many"),
        (lambda: NETWORK.init(0), r"rng = 0 must be a generator: np.random"),
        (lambda: mse(X, Y), r"y has shape \(6,\) and type int64: pass finite targets"),
        (lambda: mse(X, X * np.inf), r"pass finite targets of the shape \(6, 2\)"),
        (lambda: softmax_cross_entropy(X[:0], Y[:0]), "there are 0 sample"),
    ],
)
def test_wrong_settings_get_one_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()
