"""The course's own pictures, drawn by its own library: nothing here is invented.

The mark is gradient descent on a parabola: a ball and the next points of its run.  The
title picture is momentum on Himmelblau's surface.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np

from gdcourse import descend
from gdcourse.optimizers import gradient_descent, momentum
from gdcourse.style import PALETTE
from gdcourse.surfaces import himmelblau, parabola

SIZE = 32  # the side of the square in which the mark is drawn
RADII = (4.6, 2.6, 1.9)
TITLE_SIZE = (1200, 630)
TITLE_WINDOW = ((-6.4, 6.4), (-3.36, 3.36))


def placed(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where points of the parabola stand in the mark, counted from the top."""
    return SIZE / 2 + 12.3 * x, 26.8 - 19 * parabola(x[:, None])


def run() -> np.ndarray:
    """Return the first points of gradient descent on the parabola."""
    path = descend(parabola, gradient_descent(0.24), start=-0.92, steps=2)
    return path.x[:, 0]


def mark(paper: str = "", ink: str = "currentColor", ball: str = "") -> str:
    """Return the mark as SVG; without colours it takes those of the page."""
    ball, ground = ball or "var(--gd-accent)", paper or "var(--gd-paper)"
    tile = f'<rect width="{SIZE}" height="{SIZE}" rx="7" fill="{paper}"/>'
    curve = " ".join(
        f"{x:.2f},{y:.2f}"
        for x, y in zip(*placed(np.linspace(-1.1, 1.1, 23)), strict=True)
    )
    dots = "".join(
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}"/>'
        for x, y, radius in zip(*placed(run()), RADII, strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" '
        f'aria-hidden="true">{tile if paper else ""}'
        f'<polyline points="{curve}" fill="none" stroke="{ink}" stroke-width="2.4" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
        f'<g fill="{ball}" stroke="{ground}" stroke-width="1.4">{dots}</g></svg>'
    )


def favicon() -> str:
    """Return the mark on a tile of its own, for browser tabs of any colour."""
    return mark(PALETTE["paper"][0], PALETTE["ink"][0], PALETTE["accent"][0])


def _figure(width: int, height: int) -> tuple[Any, Any]:
    """Return a matplotlib figure of so many pixels with one axes that fills it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / 100, height / 100), dpi=100)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    return figure, axes


def tile(size: int) -> bytes:
    """Return the mark as a PNG tile of ``size`` pixels."""
    figure, axes = _figure(size, size)
    figure.set_facecolor(PALETTE["paper"][0])
    axes.set(xlim=(0, SIZE), ylim=(SIZE, 0))
    unit = size * 72 / 100 / SIZE  # points of print in one unit of the mark
    x, y = placed(np.linspace(-1.1, 1.1, 99))
    ink = {"color": PALETTE["ink"][0], "solid_capstyle": "round"}
    axes.plot(x, y, linewidth=2.4 * unit, **ink)
    for x, y, radius in zip(*placed(run()), RADII, strict=True):
        axes.plot(
            x, y, "o", color=PALETTE["accent"][0], markersize=2 * radius * unit,
            markeredgecolor=PALETTE["paper"][0], markeredgewidth=1.4 * unit,
        )  # fmt: skip
    return _png(figure)


def title_picture() -> bytes:
    """Return the picture that stands for the course where a link to it is shown."""
    figure, axes = _figure(*TITLE_SIZE)
    across, up = (np.linspace(*ends, 241) for ends in TITLE_WINDOW)
    heights = np.log1p(himmelblau(np.stack(np.meshgrid(across, up), axis=-1)))
    colours = _ramp(PALETTE["low"][1], PALETTE["paper"][1])
    axes.contourf(across, up, heights, levels=18, cmap=colours)
    lines = {"colors": PALETTE["ink"][1], "linewidths": 0.6, "alpha": 0.25}
    axes.contour(across, up, heights, levels=18, **lines)
    rule = momentum(learning_rate=0.0004, beta=0.95)
    x, y = descend(himmelblau, rule, start=[0.35, -2.9], steps=400).x.T
    accent = PALETTE["accent"][1]
    axes.plot(x, y, color=accent, linewidth=4, solid_joinstyle="round")
    axes.plot(x[0], y[0], "o", color=accent, markersize=20)
    axes.set(xlim=TITLE_WINDOW[0], ylim=TITLE_WINDOW[1])
    _words(figure)
    return _png(figure)


def _words(figure: Any) -> None:
    style = {"color": PALETTE["ink"][1], "family": "DejaVu Sans"}
    figure.text(0.05, 0.8, "Gradient descent", size=46, weight="bold", **style)
    line = "from a walk in the fog to training networks"
    figure.text(0.052, 0.71, line, size=23, **style)


def _ramp(low: str, high: str) -> Any:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("ramp", [low, high])


def _png(figure: Any) -> bytes:
    """Return a figure as PNG, without the date that would make each file differ."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def _icon(png: bytes) -> bytes:
    """Return a PNG as an icon file, which old browsers ask for."""
    from PIL import Image

    stream = io.BytesIO()
    Image.open(io.BytesIO(png)).save(stream, format="ICO", sizes=[(32, 32)])
    return stream.getvalue()


def draw_all(folder: Path) -> None:
    """Draw every picture into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "favicon.svg").write_text(favicon(), encoding="utf-8")
    (folder / "favicon.ico").write_bytes(_icon(tile(64)))
    (folder / "touch.png").write_bytes(tile(180))
    (folder / "title.png").write_bytes(title_picture())
