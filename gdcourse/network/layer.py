"""What a layer is, and how one layer follows another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

Array = Any  # an ndarray of floats
Parameters = dict[str, Array]
Rng = np.random.Generator
Forward = Callable[[Parameters, Array, bool, "Rng | None"], tuple[Array, Any, dict]]
Backward = Callable[[Parameters, Any, Array], tuple[Array, Parameters]]


class Layer(NamedTuple):
    """A layer: three pure functions and the name of its kind.

    ``init(rng)`` returns the first parameters by name.
    ``forward(parameters, x, training, rng)`` returns the output, what the backward
    pass needs of this pass (``kept``), and new running statistics by name.
    ``backward(parameters, kept, d_out)`` takes the gradient of the loss in the output
    and returns the one in the input ``x`` and those in the parameters by name.
    The first axis of ``x`` and of the output counts the samples.

    >>> double = Layer("double", lambda rng: {}, lambda p, x, training, rng:
    ...     (2 * x, None, {}), lambda p, kept, d_out: (2 * d_out, {}))
    >>> double.forward({}, np.array([[1.0, 3.0]]), True, None)[0]
    array([[2., 6.]])
    """

    name: str
    init: Callable[[Rng], Parameters]
    forward: Forward
    backward: Backward


def numbered(*layers: Layer) -> dict[str, Layer]:
    """Name layers by kind and number, in their order.

    Raises ValueError where there are none.

    >>> from gdcourse.network import dense
    >>> list(numbered(dense(2, 3), dense(3, 1)))
    ['dense1', 'dense2']
    """
    if not layers:
        raise ValueError("There are no layers: pass one or more, such as dense(2, 3).")
    seen: Counter[str] = Counter()
    named = {}
    for layer in layers:
        seen[layer.name] += 1
        named[f"{layer.name}{seen[layer.name]}"] = layer
    return named


def initial(layers: Mapping[str, Layer], rng: Rng) -> Parameters:
    """Draw the parameters of all layers, named dense1.weights and so on."""
    return _join({name: layer.init(rng) for name, layer in layers.items()})


def forwards(
    layers: Mapping[str, Layer],
    parameters: Parameters,
    x: Array,
    training: bool,
    rng: Rng | None,
) -> tuple[dict[str, Array], dict[str, Any], Parameters]:
    """Run the layers in turn; return what each put out and kept, and the updates."""
    parts = _split(parameters)
    outs, kept, updates = {}, {}, {}
    for name, layer in layers.items():
        x, kept[name], updates[name] = layer.forward(parts[name], x, training, rng)
        outs[name] = x
    return outs, kept, _join(updates)


def backwards(
    layers: Mapping[str, Layer],
    parameters: Parameters,
    kept: Mapping[str, Any],
    d_out: Array,
) -> tuple[dict[str, Array], Array, Parameters]:
    """Run back; return the gradients in each output, in the input and parameters.

    This is backpropagation: each layer multiplies the gradient that comes in by its
    own derivative and hands the product to the layer before it.
    """
    parts = _split(parameters)
    d_outs, gradients = {}, {}
    for name in reversed(list(layers)):
        d_outs[name] = d_out
        d_out, gradients[name] = layers[name].backward(parts[name], kept[name], d_out)
    return d_outs, d_out, _join({name: gradients[name] for name in layers})


def _split(parameters: Parameters) -> Mapping[str, Parameters]:
    """Sort dense1.weights as the entry weights of the part dense1."""
    parts: defaultdict[str, Parameters] = defaultdict(dict)
    for name, value in parameters.items():
        layer, _, rest = name.partition(".")
        parts[layer][rest] = value
    return parts


def _join(parts: Mapping[str, Parameters]) -> Parameters:
    return {
        f"{layer}.{name}": value
        for layer, part in parts.items()
        for name, value in part.items()
    }
