"""The valley of one function's weights, and its sharpness, as a still."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcourse import style
from gdcourse.plots.beside import side_by_side
from gdcourse.plots.dress import colour, log_axis, name_axes, new_axes
from gdcourse.plots.pictures import contours
from gdcourse.surfaces import Surface

WINDOW = [(0.0, 6.5), (0.0, 4.0)]


def still(settings: Mapping[str, Any], alt: str = "") -> str:
    """Return HTML with the curve of equal predictions, and the sharpness along it.

    >>> from gdcourse.figures import Reparametrised
    >>> "sharpness" in still(Reparametrised().settings)
    True
    """
    from gdcourse.figures import Reparametrised

    figure = Reparametrised(settings["factor"])
    return side_by_side(
        lambda ax: _valley(figure, ax),
        lambda ax: _sharpness(settings["factors"], figure, ax),
        alt or figure.describe(),
        "The sharpness against the factor: least near 1, and large at both ends.",
    )


def _valley(figure: Any, ax: Any) -> Any:
    (left, right), (bottom, top) = WINDOW
    surface, (a, b) = figure.surface, figure.weights
    window = [(left, max(right, 1.15 * a)), (bottom, max(top, 1.15 * b))]
    names = " ".join(surface.variables)
    shown = Surface.mean(surface.expression, names, surface.data, "loss", window=window)
    ax = contours(shown, ax=ax)
    across = np.geomspace(window[0][1] / 500, window[0][1], 200)
    ax.plot(across, a * b / across, color=colour("ink"), linewidth=style.LINE_WIDTH)
    ax.plot([a], [b], "o", color=colour("accent"), markersize=10, zorder=6)
    return ax


def _sharpness(factors: Any, figure: Any, ax: Any) -> Any:
    ax = new_axes(ax)
    along = np.geomspace(factors[0], factors[1], 81)
    sharp = [type(figure)(factor).sharpness for factor in along]
    ax.set_xscale("log")
    ax.set(xlim=tuple(factors), ylim=(min(sharp) / 2, max(sharp) * 2))
    log_axis(ax, min(sharp) / 2, max(sharp) * 2)
    ax.plot(along, sharp, color=colour("curve"), linewidth=style.LINE_WIDTH)
    ax.plot([figure.factor], [figure.sharpness], "o", color=colour("accent"))
    name_axes(ax, "factor", "sharpness")
    return ax
