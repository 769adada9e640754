"""The family of the rules as a still: a drawn tree or timeline, and a list."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from gdcourse.plots.dress import colour
from gdcourse.plots.svg import svg

Entry = Mapping[str, Any]


def still(settings: Mapping[str, Any], alt: str = "") -> str:
    """Return HTML with the drawn family, and each paper in a list beside it.

    >>> from gdcourse.figures import FamilyTree
    >>> still(FamilyTree().settings).count("<li>")
    13
    """
    from gdcourse.figures.family import tell

    entries, view = settings["entries"], settings["view"]
    draw = {"tree": tree, "timeline": timeline}[view]
    picture = svg(
        lambda ax: draw(entries, ax), alt=alt or tell(settings), size=(4.6, 5.6)
    )
    return (
        '<div style="display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem">'
        f'<div style="flex: 1 1 290px">{picture}</div>'
        '<ol style="flex: 1 1 290px; font-size: 0.9rem">'
        f"{''.join(map(_item, entries))}</ol></div>"
    )


def _item(entry: Entry) -> str:
    name, idea, authors, year, title = (
        html.escape(str(entry[part]))
        for part in ("name", "idea", "authors", "year", "title")
    )
    return f"<li><b>{name}</b>. {idea} {authors} ({year}), <cite>{title}</cite>.</li>"


def tree(entries: list[Entry], ax: Any) -> Any:
    """Draw each rule below its parents; return the axes."""
    for entry in entries:
        across, row = entry["place"]
        for parent in entry["parents"]:
            from_across, from_row = entries[parent]["place"]
            ends = [from_across, across], [-from_row, -row]
            ax.plot(*ends, color=colour("muted"), linewidth=1.4, zorder=1)
        _box(ax, across, -row, f"{entry['name']}\n{entry['year']}", "center")
    ax.set(xlim=(-0.45, 2.45), ylim=(-6.4, 0.4))
    ax.axis("off")
    return ax


def timeline(entries: list[Entry], ax: Any) -> Any:
    """Draw an axis of years with a line from each year to its rule; return the axes."""
    last, years = len(entries) - 1, [entry["year"] for entry in entries]
    scale = last / (years[-1] - years[0])
    ax.plot([0, 0], [0, -last], color=colour("muted"), linewidth=1.4)
    for row, entry in enumerate(entries):
        at = -(entry["year"] - years[0]) * scale
        ax.plot([0, 0.5], [at, -row], color=colour("muted"), linewidth=0.9, zorder=1)
        ax.plot(0, at, "o", color=colour("accent"), markersize=4)
        _box(ax, 0.52, -row, f"{entry['year']}  {entry['name']}", "left")
    ax.set(xlim=(-0.1, 2), ylim=(-last - 0.5, 0.5))
    ax.axis("off")
    return ax


def _box(ax: Any, x: float, y: float, text: str, side: str) -> None:
    box = {
        "boxstyle": "round,pad=0.3",
        "facecolor": colour("card"),
        "edgecolor": colour("rule"),
    }
    place = {"horizontalalignment": side, "verticalalignment": "center"}
    ax.text(x, y, text, color=colour("ink"), fontsize=9.5, bbox=box, zorder=2, **place)
