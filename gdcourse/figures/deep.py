"""One pass through a deep network whose weights are picked from a few numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from gdcourse.network import (
    ACTIVATIONS,
    Activation,
    Network,
    Pass,
    dense,
    layer_of,
    mse,
    numbered,
)

Array = Any  # an ndarray of floats

POOL = 512
MOST_LAYERS = 20
INPUT, TARGET = 0.5, 1.0
LINEAR = Activation("linear", lambda z: z, np.ones_like)
KINDS = {name: ACTIVATIONS[name] for name in ("sigmoid", "tanh", "relu")}
KINDS["linear"] = LINEAR
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0, "linear": 1.0}


class Sizes(NamedTuple):
    """Lengths by layer: of activations (inputs first), errors, gradients, bounds.

    An error is the gradient of the loss in a layer's sums z, a gradient that in its
    weights.  A bound is what the gradient would be if each layer on the way back had
    its steepest slope and stretched the error as far as its weights can.
    """

    activations: Array
    errors: Array
    gradients: Array
    bounds: Array


class Deep(NamedTuple):
    """Layers of equal width without biases, their activation and scale of weights.

    With a width of 1 every weight is ``scale``; else it is ``scale`` times a number of
    a pool, and ``draw`` says which.

    >>> sizes = Deep(6, 1, "sigmoid", 1.0).sizes(pool(seed=0))
    >>> (sizes.errors[:-1] / sizes.errors[1:]).round(3)
    array([0.235, 0.227, 0.225, 0.225, 0.225])
    """

    depth: int
    width: int
    activation: str
    scale: float
    draw: int = 0

    def weights(self, pool: Array) -> dict[str, Array]:
        """Return the weights of dense1 and so on, of shape (inputs, outputs)."""
        return {
            f"dense{k + 1}": self.scale * weights_of(pool, self.draw, k, self.width)
            for k in range(self.depth)
        }

    def passed(self, pool: Array) -> Pass:
        """Run forward from inputs of 0.5, and back from targets of 1."""
        pair = (dense(self.width, self.width), layer_of(KINDS[self.activation]))
        network = Network(numbered(*pair * self.depth), mse, self.width)
        weights = self.weights(pool)
        parameters = {f"{name}.weights": each for name, each in weights.items()}
        parameters |= {f"{name}.bias": np.zeros(self.width) for name in weights}
        x, y = (np.full((1, self.width), value) for value in (INPUT, TARGET))
        return network.pass_through(parameters, x, y)

    def sizes(self, pool: Array) -> Sizes:
        """Return the lengths by layer in that pass."""
        weights, there = self.weights(pool), self.passed(pool)
        outs = [out for name, out in there.outs.items() if name not in weights]
        activations = _norms([np.full((1, self.width), INPUT), *outs])
        errors = _norms(there.d_outs[name] for name in weights)
        gradients = _norms(there.gradients[f"{name}.weights"] for name in weights)
        stretch = STEEPEST[self.activation] * _norms(weights.values())
        back = np.append(np.cumprod(stretch[:0:-1])[::-1], 1.0)
        bounds = errors[-1] * back * activations[:-1]
        return Sizes(activations, errors, gradients, bounds)


def pool(seed: int) -> Array:
    """Draw normal numbers; give them mean 0 and variance 1, and round to hundredths.

    >>> bool(abs(pool(0).std() - 1) < 1e-3)
    True
    """
    drawn = np.random.default_rng(seed).standard_normal(POOL)
    return ((drawn - drawn.mean()) / drawn.std()).round(2)


def weights_of(pool: Array, draw: int, layer: int, width: int) -> Array:
    """Return a layer's weights at scale 1, of shape (inputs, outputs).

    A million of them do not fit on a page, but a pool does: a hash of its place says
    which number of the pool each weight is, in Python and in JavaScript alike.
    """
    if width == 1:
        return np.ones((1, 1))
    first = (draw * MOST_LAYERS + layer) << 16
    places = np.arange(first, first + width * width, dtype=np.uint32)
    return pool[_mixed(places) % POOL].reshape(width, width)


def _mixed(x: Array) -> Array:
    """Mix the bits of whole numbers below 2**32 until no pattern is left."""
    x = (x ^ x >> np.uint32(16)) * np.uint32(0x7FEB352D)
    x = (x ^ x >> np.uint32(15)) * np.uint32(0x846CA68B)
    return x ^ x >> np.uint32(16)


def _norms(arrays: Iterable[Array]) -> Array:
    """Return the 2-norms: the lengths of rows, the largest stretch of matrices."""
    return np.array([np.linalg.norm(each, 2) for each in arrays])
