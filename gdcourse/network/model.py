"""A network: layers in a row and a loss, as pure functions of the parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from gdcourse.arrays import as_points, pick, whole
from gdcourse.network.activations import ACTIVATIONS, Activation, layer_of
from gdcourse.network.initialisers import Initialiser
from gdcourse.network.layer import (
    Array,
    Layer,
    Parameters,
    Rng,
    backwards,
    forwards,
    initial,
    numbered,
)
from gdcourse.network.layers import dense
from gdcourse.network.losses import LOSSES, Loss, labels


@dataclass(frozen=True)
class Network:
    """Named layers in a row and a loss; the parameters are always passed in.

    ``parameters`` is a dict of arrays of floats; ``x`` has shape (N, inputs) and ``y``
    is what the loss takes.  Raises ValueError for other shapes, NaN and empty batches.

    >>> network = mlp([2, 3, 2])
    >>> parameters = network.init(np.random.default_rng(0))
    >>> network.predict(parameters, np.zeros((5, 2))).shape
    (5, 2)
    """

    layers: dict[str, Layer]
    criterion: Loss
    inputs: int

    def init(self, rng: Rng) -> Parameters:
        """Draw the first parameters, named dense1.weights, dense1.bias and so on."""
        if not isinstance(rng, np.random.Generator):
            raise ValueError(
                f"rng = {rng!r} is not a generator: pass np.random.default_rng(0)."
            )
        return initial(self.layers, rng)

    def predict(self, parameters: Parameters, x: Any) -> Array:
        """Return the outputs, of shape (N, outputs), in evaluation mode."""
        self._check(parameters)
        outs = forwards(self.layers, parameters, self._batch(x), False, None)[0]
        return list(outs.values())[-1]

    def loss(self, parameters: Parameters, x: Any, y: Any) -> float:
        """Return the loss of a batch in evaluation mode."""
        return self.criterion(self.predict(parameters, x), y)[0]

    def gradients(
        self, parameters: Parameters, x: Any, y: Any, rng: Rng | None = None
    ) -> tuple[float, Parameters, Parameters]:
        """Return the loss in training mode, its gradients, and new running statistics.

        The gradients have the names of the parameters that are learnt.  ``rng`` serves
        dropout.
        """
        self._check(parameters)
        outs, kept, updates = forwards(
            self.layers, parameters, self._batch(x), True, rng
        )
        loss, d_out = self.criterion(list(outs.values())[-1], y)
        gradients = backwards(self.layers, parameters, kept, d_out)[2]
        return loss, gradients, updates

    @cached_property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each parameter by name."""
        drawn = self.init(np.random.default_rng(0))
        return {name: value.shape for name, value in drawn.items()}

    def _check(self, parameters: Parameters) -> None:
        """Raise ValueError unless the parameters are this network's."""
        if parameters.keys() != self.shapes.keys():
            differ = sorted(parameters.keys() ^ self.shapes.keys())
            raise ValueError(
                f"The parameters differ from the network's in the names {differ}: pass "
                "those that its init(rng) returned."
            )
        for name, shape in self.shapes.items():
            value = np.asarray(parameters[name])
            if value.shape != shape or value.dtype.kind != "f":
                raise ValueError(
                    f"parameters[{name!r}] holds {value.dtype} of shape {value.shape}, "
                    f"but the network needs floats of shape {shape}."
                )

    def _batch(self, x: Any) -> Array:
        """Return ``x`` as floats of shape (N, inputs), or raise ValueError."""
        x = as_points(x, self.inputs)
        if x.ndim != 2 or len(x) == 0:
            raise ValueError(
                f"x has shape {x.shape}: pass a batch of one sample or more, of shape "
                f"(N, {self.inputs})."
            )
        if not np.isfinite(x).all():
            row = int(np.isfinite(x).all(axis=1).argmin())
            raise ValueError(
                f"x[{row}] holds {x[row][~np.isfinite(x[row])][0]}: replace NaN and "
                "infinities by numbers."
            )
        return x


def mlp(
    widths: Sequence[int],
    activation: str | Activation = "relu",
    initialiser: str | Initialiser = "he",
    loss: str = "softmax_cross_entropy",
) -> Network:
    """Make a multilayer perceptron of ``widths``: inputs, hidden layers, outputs.

    Each hidden layer is followed by the activation; the last layer is linear.  Raises
    ValueError for unknown names and widths below 1.

    >>> network = mlp([64, 32, 10])
    >>> list(network.layers), network.shapes["dense2.weights"]
    (['dense1', 'relu1', 'dense2'], (32, 10))
    """
    if len(widths) < 2:
        raise ValueError(f"widths = {widths!r} must name inputs and outputs: [2, 3].")
    sizes = [whole(width, "each of widths", 1) for width in widths]
    if not isinstance(activation, Activation):
        activation = pick(activation, ACTIVATIONS, "activation")
    layers: list[Layer] = []
    *hidden, last = pairwise(sizes)
    for inputs, outputs in hidden:
        layers += [dense(inputs, outputs, initialiser), layer_of(activation)]
    layers.append(dense(*last, initialiser))
    return Network(numbered(*layers), pick(loss, LOSSES, "loss"), sizes[0])


def accuracy(network: Network, parameters: Parameters, x: Any, y: Any) -> float:
    """Return the share of samples whose largest output is at their label.

    ``x`` has shape (N, inputs) and ``y`` holds N whole labels.  Raises ValueError for
    other shapes and labels.

    >>> network = mlp([2, 2], initialiser="zero")
    >>> x, parameters = np.ones((4, 2)), network.init(np.random.default_rng(0))
    >>> accuracy(network, parameters, x, np.array([0, 0, 0, 1]))
    0.75
    """
    outputs = network.predict(parameters, x)
    return float(np.mean(outputs.argmax(axis=1) == labels(y, *outputs.shape)))
