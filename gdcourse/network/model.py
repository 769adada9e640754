"""A network: layers in a row and a loss, as pure functions of the parameters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from gdcourse.arrays import as_points, generator
from gdcourse.network.layer import (
    Array,
    Layer,
    Parameters,
    Rng,
    backwards,
    forwards,
    initial,
)
from gdcourse.network.losses import Loss, labels


class Pass(NamedTuple):
    """What one pass forward and back brought, by the name of the layer or parameter."""

    loss: float
    outs: dict[str, Array]
    kept: dict[str, Any]
    d_outs: dict[str, Array]
    gradients: Parameters
    updates: Parameters


@dataclass(frozen=True)
class Network:
    """Named layers in a row and a loss; the parameters are always passed in.

    ``parameters`` is a dict of arrays of floats; ``x`` has shape (N, inputs) and ``y``
    is what the loss takes.  Raises ValueError for other shapes, NaN and empty batches.

    >>> from gdcourse.network import dense, mse, numbered
    >>> network = Network(numbered(dense(2, 3), dense(3, 1)), mse, inputs=2)
    >>> parameters = network.init(np.random.default_rng(0))
    >>> network.predict(parameters, np.zeros((5, 2))).shape
    (5, 1)
    """

    layers: dict[str, Layer]
    criterion: Loss
    inputs: int

    def init(self, rng: Rng) -> Parameters:
        """Draw the first parameters, named dense1.weights, dense1.bias and so on."""
        return initial(self.layers, generator(rng))

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
        there = self.pass_through(parameters, x, y, rng)
        return there.loss, there.gradients, there.updates

    def pass_through(
        self, parameters: Parameters, x: Any, y: Any, rng: Rng | None = None
    ) -> Pass:
        """Run forward and back in training mode, and return all that came up."""
        self._check(parameters)
        outs, kept, updates = forwards(
            self.layers, parameters, self._batch(x), True, rng
        )
        loss, d_out = self.criterion(list(outs.values())[-1], y)
        d_outs, _, gradients = backwards(self.layers, parameters, kept, d_out)
        return Pass(loss, outs, kept, d_outs, gradients, updates)

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


def accuracy(network: Network, parameters: Parameters, x: Any, y: Any) -> float:
    """Return the share of samples whose largest output is at their label.

    ``x`` has shape (N, inputs) and ``y`` holds N whole labels.  Raises ValueError for
    other shapes and labels.

    >>> from gdcourse.network import mlp
    >>> network, x = mlp([2, 2], initialiser="zero"), np.ones((4, 2))
    >>> parameters = network.init(np.random.default_rng(0))
    >>> accuracy(network, parameters, x, np.array([0, 0, 0, 1]))
    0.75
    """
    outputs = network.predict(parameters, x)
    return float(np.mean(outputs.argmax(axis=1) == labels(y, *outputs.shape)))
