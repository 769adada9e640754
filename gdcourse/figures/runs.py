"""Recorded runs: loss curves with bands over seeds, and a cursor that reads them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from traitlets import Unicode

from gdcourse.arrays import pick
from gdcourse.figures.base import WORKSHOP, Figure, Setting, _bundle, say
from gdcourse.figures.racers import drawn
from gdcourse.figures.recorded import (
    BANDS,
    ENDS,
    WORDS,
    along,
    checked,
    looks,
    seeds,
    spread,
)


def _at(figure: Any, at: Any) -> float:
    places = figure.settings["places"]
    try:
        inside = places[0] <= at <= places[-1]
    except TypeError:
        inside = False
    if not inside:
        raise ValueError(f"at = {at!r} lies outside {places[0]:g} to {places[-1]:g}.")
    return float(at)


class Runs(Figure):
    """Recorded curves, to switch on and off: a median and a band for each label.

    ``losses`` are arrays of shape (seeds, points) by label, up to six; one row of
    numbers is one run.  ``places`` are the points along ``x``: 0, 1, 2, ... unless
    given.  ``band`` is "range" or "quartiles" of the runs, ``notes`` tell of a label
    what matters, such as its rate.  ``at`` is the place of the cursor, the last one
    unless said otherwise; it may be read and set, and ``values`` are the lower end,
    median and upper end there.  A value that is not finite counts as a run that blew
    up.  Raises ValueError for other shapes, or on ``log`` axes for negative values.

    >>> figure = Runs({"SGD": [[3, 2, 1], [3, 1, 0.5], [3, 3, 3]]})
    >>> figure.at = 1
    >>> figure.values
    {'SGD': (1.0, 2.0, 3.0)}
    """

    _esm = _bundle(WORKSHOP[0])
    bundles = WORKSHOP
    kind = Unicode("runs").tag(sync=True)
    at = Setting(_at)

    def __init__(
        self,
        losses: Mapping[str, Any],
        *,
        x: str = "epoch",
        y: str = "training loss",
        log: bool = True,
        places: Sequence[float] | None = None,
        band: str = "range",
        notes: Mapping[str, str] | None = None,
        at: float | None = None,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        ends = pick(band, BANDS, "band")
        self.losses = checked(losses, log)
        counts = sorted({len(runs) for runs in self.losses.values()})
        points = along(places, next(iter(self.losses.values())).shape[1])
        settings = {
            "racers": [
                {
                    "label": label,
                    "note": (notes or {}).get(label, ""),
                    **spread(runs, ends),
                    **drawn(look),
                }
                for (label, runs), look in zip(
                    self.losses.items(), looks(self.losses), strict=True
                )
            ],
            "places": points,
            "at": points[-1],
            "x": x,
            "y": y,
            "log": bool(log),
            "positive": all((runs >= 0).all() for runs in self.losses.values()),
            "seeds": seeds(counts),
            "band": WORDS[band] if counts != [1] else "",
        }
        super().__init__(settings, key, caption, alt)
        if at is not None:
            self.at = at

    @property
    def values(self) -> dict[str, tuple[float, float, float]]:
        """The band's lower end, the median and the upper end at the cursor."""
        places = np.array(self.settings["places"])
        i = int(np.abs(places - self.at).argmin())
        ends = ((racer[end][i] for end in ENDS) for racer in self.settings["racers"])
        whole = (
            tuple(math.inf if end is None else end for end in each) for each in ends
        )
        return dict(zip(self.losses, whole, strict=True))  # type: ignore[arg-type]

    def describe(self) -> str:
        """Say what the curves are, and where they stand at the cursor."""
        x, y, band, runs = (self.settings[name] for name in ("x", "y", "band", "seeds"))
        what = f"medians over {runs} and the {band}" if band else runs
        values = "; ".join(
            f"{label} {say(median)}" + (f" ({say(low)} to {say(high)})" if band else "")
            for label, (low, median, high) in self.values.items()
        )
        capital = y[:1].upper() + y[1:]
        return f"{capital} against {x}, {what}. At {x} {say(self.at)}: {values}."
