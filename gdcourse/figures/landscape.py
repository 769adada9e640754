"""Descent on surfaces in 3-D, one at a time, with several rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from traitlets import Unicode

from gdcourse.arrays import whole
from gdcourse.descend import Path, descend
from gdcourse.figures.base import Figure, Setting, formula, say
from gdcourse.figures.plane import ending, few, point, several, starts
from gdcourse.figures.racers import labelled, racers, with_rates
from gdcourse.surfaces import Surface


class Landscape(Figure):
    """Rules racing on a surface in 3-D, which readers turn and choose.

    ``surfaces`` is one surface with two parameters or a list of them; ``start`` is
    for the first, or a dict of starts by the surfaces' names; the others begin near the
    low corner of their windows.  ``rules`` are as
    in Contours.  ``figure.surface`` is the one that is shown, ``figure.start`` and
    ``figure.steps`` may be read and set, and ``figure.paths`` are the runs by label.
    At first the figure shows the runs up to step ``shown``.
    """

    bundles = ("landscape-widget.js", "landscape-site.js")
    kind = Unicode("landscape").tag(sync=True)
    start = Setting(point)
    steps = Setting(few)

    def __init__(
        self,
        surfaces: Surface | Sequence[Surface],
        rules: Any,
        start: Sequence[float] | Mapping[str, Sequence[float]] | None = None,
        *,
        steps: int = 200,
        shown: int = 0,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        from gdcourse import trace

        self.surfaces = several(surfaces)
        self.rules = labelled(rules)
        places = starts(self.surfaces, start)
        steps = few(self, steps)
        settings = {
            "surfaces": [trace.surface(surface) for surface in self.surfaces],
            "chosen": 0,
            "racers": racers(self.rules, steps, up=100),
            "start": places[0],
            "starts": places,
            "steps": steps,
            "shown": whole(shown, "shown", 0),
        }
        super().__init__(settings, key, caption, alt)

    @property
    def surface(self) -> Surface:
        """The surface that is shown."""
        chosen: int = self.now["chosen"]
        return self.surfaces[chosen]

    @property
    def paths(self) -> dict[str, Path]:
        """Each rule's run on the surface that is shown, with the present rates."""
        rules = with_rates(self.rules, self.now.get("rates"))
        return {
            label: descend(self.surface, rule, self.start, self.steps)
            for label, rule in rules.items()
        }

    def describe(self) -> str:
        """Say where the runs start and where each of them ends."""
        paths = self.paths
        names = zip(self.surface.variables, self.start, strict=True)
        start = ", ".join(f"{name} = {say(value)}" for name, value in names)
        loss = say(next(iter(paths.values())).loss[0])
        ends = "; ".join(ending(label, path) for label, path in paths.items())
        return (
            f"The surface {formula(self.surface.expression)} in 3-D with the paths "
            f"from {start}, loss {loss}: {ends}."
        )
