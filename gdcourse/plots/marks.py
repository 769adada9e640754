"""What is drawn on axes: paths with their dashes and markers, and direct labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from gdcourse import style
from gdcourse.descend import Path
from gdcourse.plots.dress import TEXT, colour, rule_colour

MARKERS = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "diamond": "D",
    "cross": "P",
    "star": "*",
}
GAP = 0.075  # between labels, in heights of the axes
MANY, DOT = 100, 2.6  # so many points are drawn as dots of this size
FAR = 1e5  # in pictures' sizes: renderers draw nothing sensible further out


def named(paths: Path | Mapping[str, Path] | None) -> dict[str, Path]:
    """Return paths by label; one bare path has an empty label."""
    if paths is None:
        return {}
    return {"": paths} if isinstance(paths, Path) else dict(paths)


def looks(labels: Iterable[str]) -> dict[str, style.Look]:
    """Give each label a look of its own: by its first words, else the next free one."""
    labels = list(labels)
    names = [label.split(",")[0] for label in labels]
    spare = [name for name in style.LOOKS if name not in names]
    free, chosen = list(style.LOOKS), {}
    for i, (label, name) in enumerate(zip(labels, names, strict=True)):
        if name not in free:
            name = spare.pop(0) if spare else (free or list(style.LOOKS))[0]
        free = [other for other in free if other != name]
        chosen[label] = style.look(name, i)
    return chosen


def stroke(look: style.Look) -> dict[str, Any]:
    """Return the colour, width and dashes of a look's line."""
    dash = tuple(float(part) / style.LINE_WIDTH for part in look.dash.split())
    line = {"color": rule_colour(look), "linewidth": style.LINE_WIDTH, "zorder": 4}
    return {**line, "linestyle": (0, dash) if dash else "-"}


def trail(ax: Any, x: Any, y: Any, look: style.Look, marks: int = 24) -> None:
    """Draw a path with its dashes; at most ``marks`` of its points get a marker."""
    x, y = within(ax, x, y)
    own = rule_colour(look)
    ax.plot(x, y, **stroke(look))
    every = max(1, -(-len(x) // marks))
    dots = {"linestyle": "", "marker": MARKERS[look.marker], "color": own}
    edge = {"markeredgecolor": colour("paper"), "markeredgewidth": 0.8}
    ax.plot(x[::every], y[::every], markersize=5.5, zorder=5, **dots, **edge)
    clip = not _inside(ax, x[-1], y[-1])
    ax.plot(x[-1:], y[-1:], markersize=8.5, zorder=6, clip_on=clip, **dots, **edge)
    hollow = {"markerfacecolor": colour("paper"), "color": own}
    clip = not _inside(ax, x[0], y[0])
    first = {"markersize": 8, "markeredgewidth": 2, "clip_on": clip, "zorder": 6}
    ax.plot(x[:1], y[:1], "o", **first, **hollow)


def _inside(ax: Any, x: float, y: float) -> bool:
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    return bool(left <= x <= right and bottom <= y <= top)


def cloud(ax: Any, x: np.ndarray, y: np.ndarray) -> None:
    """Draw points; many of them small and see-through, so that crowds look darker."""
    few = len(x) < MANY
    size = {"markersize": 6.0 if few else DOT, "alpha": 1.0 if few else 0.45}
    own = {"color": colour("curve"), "markeredgewidth": 0.0, "zorder": 3}
    ax.plot(x, y, "o", linestyle="", **size, **own)


def within(ax: Any, x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the points up to the first that is not finite, kept near the picture."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    finite = np.isfinite(x) & np.isfinite(y)
    count = len(x) if finite.all() else int(np.argmin(finite))
    kept = []
    for values, limits in ((x, ax.get_xlim()), (y, ax.get_ylim())):
        room = FAR * abs(limits[1] - limits[0])
        kept.append(np.clip(values[:count], limits[0] - room, limits[1] + room))
    return kept[0], kept[1]


def ending(path: Path) -> str:
    """Say in two or three words how a path ended, if not as a reader expects."""
    return f"diverged at step {path.stopped_at}" if path.stopped == "diverged" else ""


def tag(label: str, path: Path) -> str:
    """Return a path's label and its ending."""
    return ", ".join(filter(None, [label, ending(path)]))


def label_ends(ax: Any, ends: list[tuple[float, float, str, str]]) -> None:
    """Write texts beside points (x, y, text, colour): apart, and clear of the edges."""
    placed: list[tuple[bool, float]] = []
    for x, y, text, own in sorted(ends, key=lambda end: -end[1]):
        if text:
            at = ax.transAxes.inverted().transform(ax.transData.transform((x, y)))
            _label(ax, at, text, own, placed)


def _label(
    ax: Any, at: np.ndarray, text: str, own: str, placed: list[tuple[bool, float]]
) -> None:
    """Write one text: past the right edge for a line that ends there, else beside."""
    across, up = np.clip(at, 0, 1)
    past = 0.97 < at[0] < 1.03 and 0 <= at[1] <= 1
    left = across > 0.5 and not past
    up = _free(up if past else min(up + 0.05, 0.95), left, placed)
    placed.append((left, up))
    paper = {"facecolor": colour("paper"), "edgecolor": "none", "alpha": 0.8, "pad": 1}
    ax.annotate(
        text,
        (across, up),
        xycoords="axes fraction",
        xytext=(-8 if left else 8, 0),
        textcoords="offset points",
        ha="right" if left else "left",
        va="center",
        size=TEXT,
        color=own,
        zorder=8,
        bbox=None if past else paper,
    )


def _free(up: float, left: bool, placed: list[tuple[bool, float]]) -> float:
    """Move a label down until it is clear of those above it on the same side."""
    for side, height in placed:
        if side == left and abs(height - up) < GAP:
            up = height - GAP
    return max(up, 0.0)
