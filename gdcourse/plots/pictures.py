"""Four pictures: a curve, contours, losses and a line through data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcourse import style
from gdcourse.descend import Path
from gdcourse.plots import marks
from gdcourse.plots.dress import (
    colour,
    log_axis,
    name_axes,
    new_axes,
    rule_colour,
    shade,
    write,
)
from gdcourse.plots.ranges import loss_range, padded, seen, size
from gdcourse.surfaces import Surface

Paths = Path | Mapping[str, Path] | None
Looks = Mapping[str, style.Look] | None

BANDS = 14
GRID = 81
FEW = 30  # points whose residuals can be told apart


def curve(
    surface: Surface, path: Paths = None, ax: Any = None, looks: Looks = None
) -> Any:
    """Draw a surface with one parameter and, on it, the points of a path.

    ``path`` is a Path or a dict of them by label.  Returns the axes, which are ``ax``
    if given.  A path that leaves the window is cut at its edge and tagged.

    >>> from gdcourse import OPTIMIZERS, SURFACES, descend
    >>> path = descend(SURFACES["parabola"], OPTIMIZERS["gradient_descent"](0.9), [7])
    >>> curve(SURFACES["parabola"], path).get_xlabel()
    'x'
    """
    _needs(surface, 1, "curve")
    ax = new_axes(ax)
    low, high = surface.window[0]
    x = np.linspace(low, high, 401)
    with np.errstate(all="ignore"):
        y = np.asarray(surface(x[:, None]), dtype=float)
    ax.plot(x, y, color=colour("curve"), linewidth=style.LINE_WIDTH, zorder=3)
    ax.set_xlim(low, high)
    ax.set_ylim(*padded(y))
    _runs(ax, [(k, p, p.x[:, 0], p.loss) for k, p in marks.named(path).items()], looks)
    name_axes(ax, surface.variables[0], "loss")
    return ax


def contours(
    surface: Surface, paths: Paths = None, ax: Any = None, looks: Looks = None
) -> Any:
    """Draw the contours of a surface with two parameters, and paths over them.

    Darker is lower; neighbouring contours enclose equal areas, so that narrow valleys
    show.  ``paths`` is a dict of paths by label, or one Path.  Returns the axes.

    >>> from gdcourse.surfaces import rosenbrock
    >>> contours(rosenbrock).get_xlim() == rosenbrock.window[0]
    True
    """
    _needs(surface, 2, "contour plot")
    ax = new_axes(ax)
    (left, right), (bottom, top) = surface.window
    x, y = np.linspace(left, right, GRID), np.linspace(bottom, top, GRID)
    with np.errstate(all="ignore"):
        z = np.asarray(surface(np.stack(np.meshgrid(x, y), axis=-1)), dtype=float)
    _bands(ax, x, y, z)
    ax.grid(visible=False)
    ax.set(xlim=(left, right), ylim=(bottom, top))
    cross = {"color": colour("ink"), "markersize": 8, "markeredgewidth": 1.6}
    ax.plot(*surface.minima.T, "+", zorder=4, **cross)
    _runs(ax, [(k, p, *p.x.T) for k, p in marks.named(paths).items()], looks)
    name_axes(ax, *surface.variables)
    return ax


def loss(paths: Paths, ax: Any = None, looks: Looks = None) -> Any:
    """Draw the loss after each step, on a logarithmic scale where all are positive.

    ``paths`` is a dict of paths by label, or one Path.  What grows to more than a
    thousand times the first loss is cut and tagged.  Returns the axes.

    >>> from gdcourse import OPTIMIZERS, SURFACES, descend
    >>> paths = {"Adam": descend(SURFACES["bowl"], OPTIMIZERS["adam"](0.1), [1, 1])}
    >>> loss(paths).get_yscale()
    'log'
    """
    runs = marks.named(paths)
    if not runs:
        raise ValueError("paths = {} holds no path: pass at least one, by its label.")
    ax = new_axes(ax)
    low, high, log = loss_range([path.loss for path in runs.values()])
    ax.set(xlim=(0, max(1, *(p.steps[-1] for p in runs.values()))), ylim=(low, high))
    if log:
        log_axis(ax, low, high)
    lines = [(k, p, *seen(p, low if log else -np.inf, high)) for k, p in runs.items()]
    _runs(ax, lines, looks, dots=12)
    name_axes(ax, "step", "loss")
    return ax


def line(
    x: Any,
    y: Any,
    w: float | None = None,
    b: float | None = None,
    ax: Any = None,
    names: tuple[str, str] = ("x", "y"),
) -> Any:
    """Draw data (x, y), both of shape (N,), and the line w * x + b with residuals.

    Residuals are drawn for up to 30 points.  Without ``w`` and ``b`` only the data are
    drawn.  ``names`` are written on the axes, which are returned.

    >>> ax = line([1, 2, 3], [2, 4, 6], w=2.0, b=-0.5, names=("hours", "pages"))
    >>> ax.get_xlabel(), ax.texts[0].get_text()
    ('hours', '2 x − 0.5')
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or len(x) == 0:
        raise ValueError(f"x and y have shapes {x.shape} and {y.shape}: pass (N,).")
    ax = new_axes(ax)
    fits = np.zeros(0) if w is None or b is None else w * x + b
    ax.set(xlim=padded(x), ylim=padded(np.append(y, fits[abs(fits) < 9 * size(y)])))
    marks.cloud(ax, x, y)
    if w is not None and b is not None:
        _line_through(ax, w, b)
    if len(fits) <= FEW and np.isfinite(fits).all():
        own = {"color": colour("bad"), "linewidth": 1.4, "zorder": 2}
        ax.vlines(x[: len(fits)], y[: len(fits)], fits, **own)
    name_axes(ax, *names)
    return ax


def _line_through(ax: Any, w: float, b: float) -> None:
    if not (np.isfinite(w) and np.isfinite(b)):
        marks.label_ends(ax, [(*_middle(ax), "the line diverged", colour("bad"))])
        return
    ends = np.array(ax.get_xlim())
    own = {"color": colour("accent"), "linewidth": style.LINE_WIDTH + 0.5}
    ax.plot(*marks.within(ax, ends, w * ends + b), zorder=5, **own)
    sign = "+" if b >= 0 else "\N{MINUS SIGN}"
    words = f"{write(w)} x {sign} {write(abs(b))}"
    at = ends[0] + 0.8 * (ends[1] - ends[0])
    marks.label_ends(ax, [(at, w * at + b, words, colour("accent"))])


def _middle(ax: Any) -> tuple[float, float]:
    return tuple(np.mean(limits) for limits in (ax.get_xlim(), ax.get_ylim()))


def _needs(surface: Surface, dimension: int, picture: str) -> None:
    if surface.dimension != dimension:
        raise ValueError(
            f"{surface!r} has {surface.dimension} parameter(s), but a {picture} "
            f"shows {dimension}: pass a surface with {dimension}."
        )


def _bands(ax: Any, x: Any, y: Any, z: np.ndarray) -> None:
    """Fill the areas between levels that enclose equal areas of the window."""
    finite = z[np.isfinite(z)]
    levels = np.unique(np.quantile(finite, np.linspace(0, 1, BANDS + 1)))
    if len(levels) < 2:
        return
    fills = [shade(i / max(len(levels) - 2, 1)) for i in range(len(levels) - 1)]
    z = np.ma.masked_invalid(z)
    bands = ax.contourf(x, y, z, levels=levels, colors=fills, zorder=1)
    bands.set(edgecolor=colour("paper"), linewidth=0.4, antialiased=True)


def _runs(
    ax: Any,
    runs: list[tuple[str, Path, np.ndarray, np.ndarray]],
    looks: Looks,
    dots: int = 24,
) -> None:
    """Draw each run with its own look, and then the labels at their ends."""
    chosen = looks or marks.looks(label for label, *_ in runs)
    ends = []
    for label, path, x, y in runs:
        x, y = marks.within(ax, x, y)
        marks.trail(ax, x, y, chosen[label], dots)
        ends.append((x[-1], y[-1], marks.tag(label, path), rule_colour(chosen[label])))
    marks.label_ends(ax, ends)
