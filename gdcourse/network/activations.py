"""Activation functions and their slopes, applied to each number by itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gdcourse.network.layer import Array, Layer, Parameters, Rng


class Activation(NamedTuple):
    """A function of one number, its slope, and the name that its layers take.

    >>> square = Activation("square", lambda x: x**2, lambda x: 2 * x)
    >>> square.value(np.array([3.0])), square.slope(np.array([3.0]))
    (array([9.]), array([6.]))
    """

    name: str
    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]


def layer_of(activation: Activation) -> Layer:
    """Make a layer without parameters of an activation.

    >>> layer_of(ACTIVATIONS["relu"]).forward({}, np.array([[-1.0, 2.0]]), True, None)
    (array([[0., 2.]]), array([[-1.,  2.]]), {})
    """

    def forward(
        parameters: Parameters, x: Array, training: bool, rng: Rng | None
    ) -> tuple[Array, Array, Parameters]:
        return activation.value(x), x, {}

    def backward(
        parameters: Parameters, x: Array, d_out: Array
    ) -> tuple[Array, Parameters]:
        return d_out * activation.slope(x), {}

    return Layer(activation.name, lambda rng: {}, forward, backward)


def _sigmoid(x: Array) -> Array:
    return np.exp(-np.logaddexp(0.0, -x))  # 1 / (1 + exp(-x)) would overflow


def _sigmoid_slope(x: Array) -> Array:
    return _sigmoid(x) * _sigmoid(-x)


def _tanh_slope(x: Array) -> Array:
    return 1 - np.tanh(x) ** 2


def _relu(x: Array) -> Array:
    return np.maximum(x, 0.0)


def _relu_slope(x: Array) -> Array:
    return np.where(x > 0, 1.0, 0.0)


def _leaky_relu(x: Array) -> Array:
    return np.where(x > 0, x, 0.01 * x)


def _leaky_relu_slope(x: Array) -> Array:
    return np.where(x > 0, 1.0, 0.01)


def _elu(x: Array) -> Array:
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0.0)))


def _elu_slope(x: Array) -> Array:
    return np.where(x > 0, 1.0, np.exp(np.minimum(x, 0.0)))


_erf = np.vectorize(math.erf, otypes=[float])  # NumPy has none


def _below(x: Array) -> Array:
    """Return the probability that a standard normal number is below ``x``."""
    return (1 + _erf(x / np.sqrt(2))) / 2


def _gelu(x: Array) -> Array:
    return x * _below(x)


def _gelu_slope(x: Array) -> Array:
    return _below(x) + x * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


# Leaky ReLU has the slope 0.01 and ELU the alpha 1 of PyTorch; GELU is the exact one.
ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation("sigmoid", _sigmoid, _sigmoid_slope),
    "tanh": Activation("tanh", np.tanh, _tanh_slope),
    "relu": Activation("relu", _relu, _relu_slope),
    "leaky_relu": Activation("leaky_relu", _leaky_relu, _leaky_relu_slope),
    "elu": Activation("elu", _elu, _elu_slope),
    "gelu": Activation("gelu", _gelu, _gelu_slope),
}
