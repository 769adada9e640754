"""The layers of a network, each with its backward pass beside its forward pass."""

from __future__ import annotations

import numpy as np

from gdcourse.arrays import pick, whole
from gdcourse.network.initialisers import INITIALISERS, Initialiser
from gdcourse.network.layer import Array, Layer, Parameters, Rng


def dense(inputs: int, outputs: int, initialiser: str | Initialiser = "he") -> Layer:
    """Make the layer x W + b, of shape (N, inputs) to (N, outputs).

    ``initialiser`` is a name of INITIALISERS or a function of (rng, inputs, outputs)
    and draws ``weights``; ``bias`` starts at zero.  Raises ValueError for unknown
    names and sizes below 1.

    >>> layer = dense(inputs=2, outputs=1, initialiser="constant")
    >>> parameters = layer.init(np.random.default_rng(0))
    >>> layer.forward(parameters, np.array([[10.0, 20.0]]), True, None)[0]
    array([[3.]])
    """
    whole(inputs, "inputs", 1)
    whole(outputs, "outputs", 1)
    draw = (
        initialiser
        if callable(initialiser)
        else pick(initialiser, INITIALISERS, "initialiser")
    )

    def init(rng: Rng) -> Parameters:
        return {"weights": draw(rng, inputs, outputs), "bias": np.zeros(outputs)}

    def forward(
        parameters: Parameters, x: Array, training: bool, rng: Rng | None
    ) -> tuple[Array, Array, Parameters]:
        return x @ parameters["weights"] + parameters["bias"], x, {}

    def backward(
        parameters: Parameters, x: Array, d_out: Array
    ) -> tuple[Array, Parameters]:
        d_x = d_out @ parameters["weights"].T
        return d_x, {"weights": x.T @ d_out, "bias": d_out.sum(axis=0)}

    return Layer("dense", init, forward, backward)
