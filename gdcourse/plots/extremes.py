"""A curve with its global minima and local maxima marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gdcourse.descend import Path
from gdcourse.plots import pictures
from gdcourse.plots.dress import colour
from gdcourse.surfaces import Surface


def marked(surface: Surface, path: Path, maxima: Sequence[float], ax: Any) -> Any:
    """Draw a path on a curve, discs at global minima and triangles at ``maxima``."""
    ax = pictures.curve(surface, path, ax)
    places = ((surface.minima, "o", "good"), (maxima, "^", "bad"))
    for where, marker, name in places:
        x = np.reshape(where, (-1, 1))
        look = {"color": colour(name), "markersize": 9, "zorder": 5}
        ax.plot(x, surface(x), marker, **look)
    return ax
