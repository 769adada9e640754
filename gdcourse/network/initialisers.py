"""First weights of a dense layer: functions of (rng, inputs, outputs)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gdcourse.network.layer import Array, Rng

Initialiser = Callable[[Rng, int, int], Array]


def zero(rng: Rng, inputs: int, outputs: int) -> Array:
    """Return weights of zero, with which all hidden units stay equal for ever.

    >>> zero(np.random.default_rng(0), inputs=2, outputs=3)
    array([[0., 0., 0.],
           [0., 0., 0.]])
    """
    return np.zeros((inputs, outputs))


def constant(rng: Rng, inputs: int, outputs: int, value: float = 0.1) -> Array:
    """Return weights that are all ``value``: the units of a layer stay equal.

    >>> constant(np.random.default_rng(0), inputs=1, outputs=3)
    array([[0.1, 0.1, 0.1]])
    """
    return np.full((inputs, outputs), float(value))


def small_normal(rng: Rng, inputs: int, outputs: int, deviation: float = 0.01) -> Array:
    """Draw normal weights of one small standard deviation, whatever the width.

    >>> small_normal(np.random.default_rng(0), inputs=1, outputs=2).round(4)
    array([[ 0.0013, -0.0013]])
    """
    return rng.normal(0.0, deviation, (inputs, outputs))


def lecun(rng: Rng, inputs: int, outputs: int) -> Array:
    """Draw normal weights of variance 1 / inputs, which keeps a linear layer's scale.

    Source: LeCun et al. 1998, Efficient BackProp.

    >>> weights = lecun(np.random.default_rng(0), inputs=100, outputs=1000)
    >>> round(float(weights.std()), 3)
    0.1
    """
    return rng.normal(0.0, np.sqrt(1 / inputs), (inputs, outputs))


def xavier(rng: Rng, inputs: int, outputs: int) -> Array:
    """Draw normal weights of variance 2 / (inputs + outputs), for both directions.

    Source: Glorot and Bengio 2010, who draw them uniformly with this variance.

    >>> weights = xavier(np.random.default_rng(0), inputs=100, outputs=700)
    >>> round(float(weights.std()), 3)
    0.05
    """
    return rng.normal(0.0, np.sqrt(2 / (inputs + outputs)), (inputs, outputs))


def he(rng: Rng, inputs: int, outputs: int) -> Array:
    """Draw normal weights of variance 2 / inputs, since ReLU silences half of them.

    Source: He et al. 2015, arXiv 1502.01852.

    >>> weights = he(np.random.default_rng(0), inputs=200, outputs=1000)
    >>> round(float(weights.std()), 3)
    0.1
    """
    return rng.normal(0.0, np.sqrt(2 / inputs), (inputs, outputs))


INITIALISERS: dict[str, Initialiser] = {
    "zero": zero,
    "constant": constant,
    "small_normal": small_normal,
    "lecun": lecun,
    "xavier": xavier,
    "he": he,
}
