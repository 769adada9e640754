"""The layers of a network, each with its backward pass beside its forward pass."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdcourse.arrays import pick, share, whole
from gdcourse.network.initialisers import INITIALISERS, Initialiser
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
    if not callable(initialiser):
        initialiser = pick(initialiser, INITIALISERS, "initialiser")
    draw = initialiser

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


def dropout(rate: float) -> Layer:
    """Make a layer that sets each number to 0 with probability ``rate`` in training.

    The others grow by 1 / (1 - rate), so that the mean stays and evaluation mode, which
    drops nothing, needs no scale.  Raises ValueError for a rate that is not in [0, 1),
    and in training without an ``rng``.  Source: Srivastava et al. 2014, in its inverted
    form.

    >>> ones, rng = np.ones((1, 6)), np.random.default_rng(0)
    >>> dropout(0.5).forward({}, ones, True, rng)[0]
    array([[2., 0., 0., 0., 2., 2.]])
    """
    share(rate, "rate")

    def forward(
        parameters: Parameters, x: Array, training: bool, rng: Rng | None
    ) -> tuple[Array, Any, Parameters]:
        if not training:
            return x, None, {}
        if rng is None:
            raise ValueError(
                "Dropout draws numbers in training: pass rng=np.random.default_rng(0)."
            )
        mask = (rng.random(x.shape) >= rate) / (1 - rate)
        return x * mask, mask, {}

    def backward(
        parameters: Parameters, mask: Array, d_out: Array
    ) -> tuple[Array, Parameters]:
        return d_out * mask, {}

    return Layer("dropout", lambda rng: {}, forward, backward)


def residual(*layers: Layer) -> Layer:
    """Make a block that adds its input to what its layers make of it.

    The gradient reaches the input along two ways, one of which is untouched.  Raises
    ValueError where input and output differ in shape.  Source: He et al. 2016, arXiv
    1512.03385, equation 1.

    >>> block = residual(dense(2, 2, "zero"))
    >>> parameters = block.init(np.random.default_rng(0))
    >>> block.forward(parameters, np.array([[3.0, 4.0]]), True, None)[0]
    array([[3., 4.]])
    """
    inside = numbered(*layers)

    def forward(
        parameters: Parameters, x: Array, training: bool, rng: Rng | None
    ) -> tuple[Array, Any, Parameters]:
        outs, kept, updates = forwards(inside, parameters, x, training, rng)
        out = outs.popitem()[1]
        if out.shape != x.shape:
            raise ValueError(
                f"A residual block turns {x.shape[1]} units into {out.shape[1]}: "
                "end it with as many as it begins with, so that they can be added."
            )
        return x + out, kept, updates

    def backward(
        parameters: Parameters, kept: Any, d_out: Array
    ) -> tuple[Array, Parameters]:
        _, d_x, gradients = backwards(inside, parameters, kept, d_out)
        return d_out + d_x, gradients

    return Layer("residual", lambda rng: initial(inside, rng), forward, backward)
