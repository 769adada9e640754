"""How large signals and gradients are at each layer, and which units are dead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from gdcourse.network.layer import Array, Parameters, Rng
from gdcourse.network.model import Network


class LayerStatistics(NamedTuple):
    """Sizes at one layer of a network, for one batch.

    ``mean_square`` is that of the layer's output and ``gradient_norm`` the length of
    the gradient in that output; ``parameter_norms`` holds the lengths of the gradients
    in its parameters by name.  ``dead`` is the share of its ReLU units that are silent
    for every sample, and nan where there are none.
    """

    mean_square: float
    gradient_norm: float
    parameter_norms: dict[str, float]
    dead: float


def layer_statistics(
    network: Network, parameters: Parameters, x: Any, y: Any, rng: Rng | None = None
) -> dict[str, LayerStatistics]:
    """Return the statistics of each layer in training mode, by its name.

    ``x``, ``y``, ``rng`` and errors are as in ``Network.gradients``.

    >>> from gdcourse.network import mlp
    >>> network, x = mlp([2, 3, 2], initialiser="zero"), np.ones((4, 2))
    >>> parameters, y = network.init(np.random.default_rng(0)), np.array([0, 1, 0, 1])
    >>> layer_statistics(network, parameters, x, y)["relu1"].dead
    1.0
    """
    there = network.pass_through(parameters, x, y, rng)
    return {
        name: LayerStatistics(
            mean_square=float(np.mean(there.outs[name] ** 2)),
            gradient_norm=float(np.linalg.norm(there.d_outs[name])),
            parameter_norms={
                own: float(np.linalg.norm(gradient))
                for own, gradient in there.gradients.items()
                if own.startswith(f"{name}.")
            },
            dead=_dead({name: there.kept[name]}),
        )
        for name in network.layers
    }


def _dead(kept: Mapping[str, Any]) -> float:
    silent = [(x <= 0).all(axis=0) for x in _relu_inputs(kept)]
    return float(np.mean(np.concatenate(silent))) if silent else float("nan")


def _relu_inputs(kept: Mapping[str, Any]) -> Iterator[Array]:
    """Find what ReLU layers kept, which is their input, in blocks too."""
    for name, value in kept.items():
        if isinstance(value, dict):
            yield from _relu_inputs(value)
        elif name.rstrip("0123456789") == "relu":
            yield value
