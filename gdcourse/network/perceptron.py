"""Build a multilayer perceptron from its widths."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gdcourse.arrays import pick, whole
from gdcourse.network import layers, normalise
from gdcourse.network.activations import ACTIVATIONS, Activation, layer_of
from gdcourse.network.initialisers import Initialiser
from gdcourse.network.layer import Layer, numbered
from gdcourse.network.losses import LOSSES
from gdcourse.network.model import Network


def mlp(
    widths: Sequence[int],
    activation: str | Activation = "relu",
    initialiser: str | Initialiser = "he",
    loss: str = "softmax_cross_entropy",
    batch_norm: bool = False,
    residual: bool = False,
    dropout: float = 0.0,
) -> Network:
    """Make a multilayer perceptron of ``widths``: inputs, hidden layers, outputs.

    A hidden layer is dense, batch norm if asked for, activation, dropout if its rate is
    above 0; with ``residual``, those as wide as what they get add their input.  The
    last layer is dense.  Raises ValueError for unknown names and numbers out of range.

    >>> network = mlp([64, 32, 10])
    >>> list(network.layers), network.shapes["dense2.weights"]
    (['dense1', 'relu1', 'dense2'], (32, 10))
    """
    if len(widths) < 2:
        raise ValueError(f"widths = {widths!r} must name inputs and outputs: [2, 3].")
    sizes = [whole(width, "each of widths", 1) for width in widths]
    if not isinstance(activation, Activation):
        activation = pick(activation, ACTIVATIONS, "activation")
    *hidden, last = pairwise(sizes)
    if residual and all(n != m for n, m in hidden):
        raise ValueError(
            f"widths = {widths!r} leave residual=True nothing to do: make two "
            "neighbours before the last equal, as in [2, 8, 8, 3]."
        )
    found: list[Layer] = []
    for n, m in hidden:
        block = [layers.dense(n, m, initialiser)]
        block += [normalise.batch_norm(m)] if batch_norm else []
        block += [layer_of(activation)]
        block += [layers.dropout(dropout)] if dropout else []
        found += [layers.residual(*block)] if residual and n == m else block
    found.append(layers.dense(*last, initialiser))
    return Network(numbered(*found), pick(loss, LOSSES, "loss"), sizes[0])
