"""How large gradients are at each layer of a deep network, forward and back."""

from __future__ import annotations

from typing import Any

from traitlets import Unicode

from gdcourse.arrays import pick, whole
from gdcourse.figures.base import WORKSHOP, Figure, Setting, say
from gdcourse.figures.batches import few
from gdcourse.figures.deep import KINDS, MOST_LAYERS, Deep, Sizes, pool
from gdcourse.figures.racers import drawn
from gdcourse.optimizers.rule import positive

WIDTHS = (1, 2, 3, 4, 8, 16, 64, 256)
SCALES = (0.02, 8.0)
DRAWS = 1000
LINES = {
    "gradients dL/dW": "momentum",
    "errors dL/dz": "second",
    "activations h": "Adam",
    "bound on gradients": "third",
}


def _depth(figure: Any, depth: Any) -> int:
    return few(depth, "depth", 1, MOST_LAYERS)


def _width(figure: Any, width: Any) -> int:
    if width not in WIDTHS:
        raise ValueError(f"width = {width!r} is not drawn: pass one of {WIDTHS}.")
    return int(width)


def _scale(figure: Any, scale: Any) -> float:
    positive(scale, "scale")
    low, high = SCALES
    if not low <= scale <= high:
        raise ValueError(f"scale = {scale} must lie between {low} and {high}.")
    return float(scale)


def _activation(figure: Any, activation: Any) -> str:
    pick(activation, KINDS, "activation")
    return str(activation)


class Depth(Figure):
    """One pass forward and back through a deep network, and the lengths by layer.

    ``depth`` layers of ``width`` units have an ``activation`` ("sigmoid", "tanh",
    "relu" or "linear") and no biases; their weights are ``scale`` times normal numbers
    that come from ``seed``, or all ``scale`` where the width is 1.  Inputs are 0.5,
    targets 1, the loss is their mean squared error.  These four and ``draw``, the
    number of another draw of weights, may be read and set; ``sizes`` are the lengths.

    >>> sizes = Depth(width=1).sizes
    >>> round(float(sizes.errors[0] / sizes.errors[-1]), 6)
    0.000608
    """

    kind = Unicode("depth").tag(sync=True)
    bundles = WORKSHOP
    depth = Setting(_depth)
    width = Setting(_width)
    activation = Setting(_activation)
    scale = Setting(_scale)
    draw = Setting(lambda figure, draw: few(draw, "draw", 0, DRAWS - 1))

    def __init__(
        self,
        *,
        depth: int = 6,
        width: int = 3,
        activation: str = "sigmoid",
        scale: float = 1.0,
        seed: int = 0,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        self.pool = pool(whole(seed, "seed", 0))
        settings = {
            "depth": _depth(self, depth),
            "width": _width(self, width),
            "activation": _activation(self, activation),
            "scale": _scale(self, scale),
            "draw": 0,
            "widths": list(WIDTHS),
            "scales": list(SCALES),
            "hundredths": [round(100 * each) for each in self.pool],
            "lines": [{"label": name, **drawn(look)} for name, look in LINES.items()],
        }
        super().__init__(settings, key, caption, alt)

    @property
    def sizes(self) -> Sizes:
        """The lengths by layer of activations, errors and gradients, and the bounds."""
        now = (self.depth, self.width, self.activation, self.scale, self.draw)
        return Deep(*now).sizes(self.pool)

    def describe(self) -> str:
        """Say what the network is, and how much of the gradient reaches layer 1."""
        first, last = self.sizes.gradients[[0, -1]]
        layers = "1 layer" if self.depth == 1 else f"{self.depth} layers"
        units = "1 unit" if self.width == 1 else f"{self.width} units"
        return (
            f"A network of {layers} with {units} each, activation {self.activation} "
            f"and weights of scale {say(self.scale)}. The gradient in the weights is "
            f"{say(last)} long in the last layer and {say(first)} in the first."
        )
