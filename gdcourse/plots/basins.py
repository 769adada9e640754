"""A basin map as a still: a colour and a letter for each minimum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from gdcourse import basins, style
from gdcourse.descend import descend
from gdcourse.optimizers import Rule
from gdcourse.plots import replay
from gdcourse.plots.dress import colour, name_axes, new_axes
from gdcourse.plots.svg import svg
from gdcourse.surfaces import Surface

CELLS = 48
LETTERS = 7  # along each side


def still(settings: Mapping[str, Any], alt: str = "") -> str:
    """Return an SVG of the map as the settings have it, with the marker's run.

    >>> from gdcourse.figures import Basins
    >>> from gdcourse.optimizers import gradient_descent
    >>> from gdcourse.surfaces import strict_saddle
    >>> still(Basins(strict_saddle, gradient_descent(0.1)).settings, "Basins.")[:4]
    '<svg'
    """
    surface, rule = replay.surface_from(settings["surface"]), rule_of(settings)
    steps, start = settings["steps"], settings["start"]
    ends, _ = basins.endings(surface, rule, basins.window_grid(surface, CELLS), steps)
    path = descend(surface, rule, start, steps, basins.TOLERANCE)

    def draw(ax: Any) -> None:
        basin_map(surface, ends, ax)
        _run(ax, path.x)

    words = f"Basins of {rule.name} on {surface.name}."
    return svg(draw, alt=alt or words, size=(5.2, 4.8))


def rule_of(settings: Mapping[str, Any]) -> Rule:
    """Return the chosen rule with the rate and the beta that the reader set."""
    chosen = settings.get("chosen", 0)
    moved = {"learning_rate": settings.get("rates"), "beta": settings.get("betas")}
    own = {name: values[chosen] for name, values in moved.items() if values}
    racer = settings["racers"][chosen]
    rule = replay.rule_from(
        racer["rule"],
        **{name: value for name, value in own.items() if value is not None},
    )
    traits = frozenset({"elementwise"} if racer["elementwise"] else ())
    return replace(rule, traits=traits)


def basin_map(surface: Surface, ends: np.ndarray, ax: Any) -> Any:
    """Draw where the runs from a square grid of starts end; return the axes.

    ``ends`` are those of ``basins.endings`` on ``basins.window_grid``.

    >>> from gdcourse.basins import endings, window_grid
    >>> from gdcourse.optimizers import gradient_descent
    >>> from gdcourse.surfaces import strict_saddle
    >>> starts = window_grid(strict_saddle, 8)
    >>> ends, _ = endings(strict_saddle, gradient_descent(0.1), starts)
    >>> basin_map(strict_saddle, ends, None).get_xlim() == (-2, 2)
    True
    """
    ax = new_axes(ax)
    side = round(len(ends) ** 0.5)
    grid = ends.reshape(side, side)
    for code in np.unique(grid):
        _region(ax, surface, grid == code, int(code))
    _letters(ax, surface, grid)
    cross = {"color": colour("ink"), "markersize": 8, "markeredgewidth": 1.6}
    if len(surface.minima):
        ax.plot(*surface.minima.T, "+", zorder=4, **cross)
    ax.grid(visible=False)
    (left, right), (bottom, top) = surface.window
    ax.set(xlim=(left, right), ylim=(bottom, top))
    name_axes(ax, *surface.variables)
    return ax


def _region(ax: Any, surface: Surface, inside: np.ndarray, code: int) -> None:
    """Fill the cells of one ending: one rectangle for each row of neighbours."""
    from matplotlib.collections import PolyCollection

    (left, right), (bottom, top) = surface.window
    wide, high = (right - left) / len(inside), (top - bottom) / len(inside)
    boxes = []
    for row, cells in enumerate(inside):
        turns = np.flatnonzero(np.diff(np.r_[0, cells.astype(int), 0]))
        for first, after in turns.reshape(-1, 2):
            x, y = left + wide * np.array([first, after]), bottom + high * row
            corners = [(x[0], y), (x[1], y), (x[1], y + high), (x[0], y + high)]
            boxes.append(corners)
    looks = len(style.LOOKS)
    own = colour(f"rule-{code % looks}") if code >= 0 else colour("muted")
    alpha = 0.45 if code >= 0 else {basins.DIVERGED: 0.75, basins.ELSEWHERE: 0.15}[code]
    ax.add_collection(
        PolyCollection(
            boxes, facecolors=own, alpha=alpha, linewidths=0, antialiased=False
        )
    )


def _letters(ax: Any, surface: Surface, grid: np.ndarray) -> None:
    """Write each cell's ending on a coarse grid, where its neighbours agree."""
    centres = basins.window_grid(surface, len(grid)).reshape(*grid.shape, 2)
    places = ((np.arange(LETTERS) + 0.5) * len(grid) / LETTERS).astype(int)
    for j in places:
        for i in places:
            near = grid[j - 1 : j + 2, i - 1 : i + 2]
            if (near == grid[j, i]).all():
                code = int(grid[j, i])
                mark = MARKS.get(code) or chr(ord("A") + code)
                words = {"ha": "center", "va": "center", "fontsize": 9}
                ax.text(*centres[j, i], mark, color=colour("ink"), **words)


MARKS = {basins.DIVERGED: "×", basins.ELSEWHERE: "·"}


def _run(ax: Any, x: np.ndarray) -> None:
    ax.plot(*x.T, color=colour("ink"), linewidth=1.6, zorder=5)
    own = {"color": colour("paper"), "markeredgecolor": colour("ink"), "zorder": 6}
    ax.plot(*x[0], "o", markersize=9, markeredgewidth=2, **own)
