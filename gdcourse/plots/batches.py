"""The full batch, mini-batches and single samples as a still."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gdcourse.descend import Path
from gdcourse.plots import pictures
from gdcourse.plots.beside import look, side_by_side
from gdcourse.plots.dress import name_axes
from gdcourse.plots.pictures import Looks

BEFORE = 0.7  # where a logarithmic axis shows the start, of which it has no place


def still(settings: Mapping[str, Any], alt: str = "") -> str:
    """Return HTML with the paths on the contours, and the losses against samples seen.

    >>> from gdcourse.figures import Batches
    >>> "samples seen" in still(Batches(steps=20).settings)
    True
    """
    from gdcourse.figures.regression import Regression

    n = len(settings["data"]["x"])
    data = Regression(n, settings["noise"], settings["seed"])
    start, rate, steps = (settings[k] for k in ("start", "learning_rate", "steps"))
    paths, against, looks = {}, {}, {}
    sizes = (n, settings["batch"], 1)
    for racer, size in zip(settings["racers"], sizes, strict=True):
        label = racer["label"]
        path = paths[label] = data.run(start, rate, size, steps)
        seen = data.seen(size, path.stopped_at).clip(BEFORE)
        against[label], looks[label] = replace(path, steps=seen), look(racer)
    return side_by_side(
        lambda ax: pictures.contours(data.surface, paths, ax, looks),
        lambda ax: losses(against, ax, looks),
        alt or f"Contours with the paths of {', '.join(paths)}.",
        "The full loss against the samples seen.",
    )


def losses(paths: Mapping[str, Path], ax: Any = None, looks: Looks = None) -> Any:
    """Draw losses against the samples seen, which stand in place of the steps.

    >>> from gdcourse.figures import Batches
    >>> losses(Batches(steps=9).paths).get_xscale()
    'log'
    """
    ax = pictures.loss(paths, ax, looks)
    ax.set_xscale("log")
    ax.set_xlim(BEFORE, max(path.steps[-1] for path in paths.values()))
    name_axes(ax, "samples seen", "full loss")
    return ax
