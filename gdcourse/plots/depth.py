"""A deep network and the lengths of its gradients as a still."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcourse import style
from gdcourse.plots.beside import side_by_side
from gdcourse.plots.dress import colour, log_axis, name_axes, new_axes
from gdcourse.plots.svg import svg

FEW = 8  # units a layer that are drawn one by one
DECADES = 4  # from the thickest link to a hairline


def still(settings: Mapping[str, Any], alt: str = "") -> str:
    """Return HTML with the network, if it is narrow, and the lengths by layer.

    >>> from gdcourse.figures import Depth
    >>> still(Depth(depth=2, width=2).settings).count("<svg")
    2
    """
    from gdcourse.figures.deep import Deep

    names = ("depth", "width", "activation", "scale", "draw")
    deep = Deep(*(settings[name] for name in names))
    pool = np.array(settings["hundredths"]) / 100
    sizes = deep.sizes(pool)
    words = alt or f"The length of the gradient in each of {deep.depth} layers."
    if deep.width > FEW:
        return svg(lambda ax: lengths(sizes.gradients, ax), alt=words)
    return side_by_side(
        lambda ax: network(deep.passed(pool), ax),
        lambda ax: lengths(sizes.gradients, ax),
        words,
        "The length of the gradient in each layer's weights.",
    )


def lengths(gradients: np.ndarray, ax: Any = None) -> Any:
    """Draw lengths by layer on a logarithmic scale; return the axes.

    >>> lengths(np.array([1e-3, 1e-2])).get_yscale()
    'log'
    """
    ax = new_axes(ax)
    layers = np.arange(1, len(gradients) + 1)
    seen = gradients[gradients > 0]
    low, high = min([1e-6, *seen]), max([1.0, *seen])
    log_axis(ax, 10 ** np.floor(np.log10(low)), 10 ** np.ceil(np.log10(high)))
    own = {"color": colour("rule-1"), "linewidth": style.LINE_WIDTH}
    ax.plot(layers, gradients.clip(low), "s-", markersize=6, **own)
    ax.set_xticks(layers[:: 1 + len(layers) // 11])
    name_axes(ax, "layer", "length of dL/dW")
    return ax


def network(there: Any, ax: Any = None) -> Any:
    """Draw units as full as they are active, links as thick as their gradients.

    ``there`` is the pass of a network of equally wide layers.  Returns the axes.

    >>> from gdcourse.figures.deep import Deep, pool
    >>> len(network(Deep(2, 3, "tanh", 1.0).passed(pool(0))).lines)
    18
    """
    ax = new_axes(ax)
    outs = [out[0] for name, out in there.outs.items() if "dense" not in name]
    links = [np.abs(g) for name, g in there.gradients.items() if "weights" in name]
    most = max(link.max() for link in links) or 1.0
    with np.errstate(divide="ignore"):
        strong = [1 + np.log10(link / most) / DECADES for link in links]
    for k, layer in enumerate(strong):
        for (i, j), strength in np.ndenumerate(layer.clip(0)):
            own = {"linewidth": 0.7 + 4.3 * strength, "alpha": 0.25 + 0.75 * strength}
            ax.plot([k, k + 1], [-i, -j], color=colour("rule-1"), zorder=2, **own)
    for k, values in enumerate([np.full(len(outs[0]), 0.5), *outs]):
        for i, value in enumerate(np.abs(values)):
            own = {"s": 130, "linewidth": 1.2, "edgecolor": colour("ink")}
            ax.scatter(k, -i, color=colour("paper"), zorder=3, **own)
            full = value / (value + 0.5)
            ax.scatter(k, -i, color=colour("rule-2"), alpha=full, zorder=4, **own)
    ax.margins(0.08, 0.15)
    ax.set_axis_off()
    return ax
