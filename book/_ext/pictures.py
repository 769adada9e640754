"""The course's own pictures, drawn by its own library: nothing here is invented.

The mark is gradient descent on the bowl w² + 4b² with too long a step for b: it zigzags
between the contours of the losses it really had.  The title picture is momentum on
Himmelblau's surface.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from gdcourse import descend
from gdcourse.optimizers import gradient_descent, momentum
from gdcourse.style import PALETTE
from gdcourse.surfaces import bowl, himmelblau

TILT = -32  # degrees: an upright bowl does not fill a square
TITLE_SIZE = (1200, 630)


def zigzag() -> tuple[np.ndarray, np.ndarray]:
    """Return the points of the mark's path, and the losses at two of them."""
    path = descend(bowl, gradient_descent(0.2), start=[-4.6, 2.2], steps=6)
    return path.x, path.loss[[0, 2]]


def mark(paper: str = "", ink: str = "currentColor", path: str = "") -> str:
    """Return the mark as SVG; without colours it takes those of the page."""
    points, losses = zigzag()
    line = path or "var(--gd-accent)"
    rings = "".join(
        f'<ellipse rx="{np.sqrt(loss):.2f}" ry="{np.sqrt(loss) / 2:.2f}"/>'
        for loss in losses
    )
    corners = " ".join(f"{x:.2f},{-y:.2f}" for x, y in points)
    tile = f'<rect x="-7" y="-7" width="14" height="14" rx="3" fill="{paper}"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-7 -7 14 14" '
        f'aria-hidden="true">{tile if paper else ""}'
        f'<g transform="rotate({TILT})" fill="none" stroke-width=".6">'
        f'<g stroke="{ink}" opacity=".5">{rings}</g>'
        f'<polyline points="{corners}" stroke="{line}" stroke-width="1.15" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
        f'<circle cx="{points[0, 0]:.2f}" cy="{-points[0, 1]:.2f}" r="1.5" '
        f'fill="{line}" stroke="none"/></g></svg>'
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
    from matplotlib.patches import Ellipse

    figure, axes = _figure(size, size)
    figure.set_facecolor(PALETTE["paper"][0])
    axes.set(xlim=(-7, 7), ylim=(-7, 7))
    turn = np.deg2rad(-TILT)
    turned = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    points, losses = zigzag()
    unit = size * 72 / 100 / 14  # points of print in one unit of the drawing
    for loss in losses:
        ring = Ellipse((0, 0), 2 * np.sqrt(loss), np.sqrt(loss), angle=-TILT)
        ring.set(fill=False, edgecolor=PALETTE["muted"][0], linewidth=0.6 * unit)
        axes.add_patch(ring)
    x, y = (points @ turned).T
    axes.plot(x, y, color=PALETTE["accent"][0], linewidth=1.15 * unit)
    axes.plot(x[0], y[0], "o", color=PALETTE["accent"][0], markersize=3 * unit)
    return _png(figure)


def title_picture() -> bytes:
    """Return the picture that stands for the course where a link to it is shown."""
    figure, axes = _figure(*TITLE_SIZE)
    across, up = np.linspace(-6.4, 6.4, 321), np.linspace(-3.36, 3.36, 169)
    grid = np.stack(np.meshgrid(across, up), axis=-1)
    heights = np.log1p(himmelblau(grid))
    colours = _ramp(PALETTE["low"][1], PALETTE["paper"][1])
    axes.contourf(across, up, heights, levels=18, cmap=colours)
    axes.contour(
        across, up, heights, levels=18, colors=PALETTE["ink"][1],
        linewidths=0.6, alpha=0.25,
    )  # fmt: skip
    rule = momentum(learning_rate=0.004, beta=0.9)
    x, y = descend(himmelblau, rule, start=[0.35, -2.9], steps=120).x.T
    axes.plot(x, y, color=PALETTE["accent"][1], linewidth=4, solid_joinstyle="round")
    axes.plot(x[0], y[0], "o", color=PALETTE["accent"][1], markersize=20)
    axes.set(xlim=(-6.4, 6.4), ylim=(-3.36, 3.36))
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
