"""Descent on several curves, a tab for each."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from traitlets import Unicode

from gdcourse.descend import Path, descend
from gdcourse.figures.base import Figure
from gdcourse.figures.curve import curve_settings, in_words
from gdcourse.optimizers import gradient_descent

KNOWN = {*inspect.signature(curve_settings).parameters, "words"}


class Curves(Figure):
    """Curves with a ball on each, behind tabs.

    ``tabs`` gives each label the arguments of ``Curve`` as a dict, and perhaps
    ``words``: a sentence that stands above the curve.  ``figure.paths`` are the runs
    from where the balls start now, by label.

    >>> from gdcourse.surfaces import cubic, parabola
    >>> figure = Curves({"a bowl": {"surface": parabola}, "flat": {"surface": cubic}})
    >>> list(figure.paths), len(figure.paths["flat"])
    (['a bowl', 'flat'], 51)
    """

    kind = Unicode("curves").tag(sync=True)

    def __init__(
        self,
        tabs: Mapping[str, Mapping[str, Any]],
        *,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        if not tabs:
            raise ValueError("tabs = {} shows no curve: pass at least one, by label.")
        settings = {
            "tabs": [_tab(label, tab) for label, tab in tabs.items()],
            "shown": 0,
        }
        self.surfaces = {label: tab["surface"] for label, tab in tabs.items()}
        super().__init__(settings, key, caption, alt)

    @property
    def paths(self) -> dict[str, Path]:
        """Each tab's run from its present start with its present learning rate."""
        return {tab["label"]: self._run(tab) for tab in self.now["tabs"]}

    def _run(self, tab: Mapping[str, Any]) -> Path:
        rule = gradient_descent(tab["learning_rate"])
        return descend(self.surfaces[tab["label"]], rule, [tab["start"]], tab["steps"])

    def describe(self) -> str:
        """Say what happens to each ball."""
        return " ".join(
            f"{tab['label'].capitalize()}: "
            + in_words(
                self.surfaces[tab["label"]], self._run(tab), tab["learning_rate"]
            )
            for tab in self.now["tabs"]
        )


def _tab(label: str, tab: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(tab) - KNOWN)
    if unknown or "surface" not in tab:
        raise ValueError(
            f"The tab {label!r} has {', '.join(unknown) or 'no surface'}: give it "
            "a surface, and other arguments of Curve or words if you like."
        )
    rest = {name: value for name, value in tab.items() if name != "words"}
    words = str(tab.get("words", ""))
    return {"label": label, "words": words, **curve_settings(**rest)}
