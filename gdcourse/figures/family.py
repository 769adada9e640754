"""The family tree of the rules, and their timeline."""

from __future__ import annotations

from typing import Any

from traitlets import Unicode

from gdcourse.arrays import pick
from gdcourse.figures.base import WORKSHOP, Figure
from gdcourse.lineage import LINEAGE, Origin, memory
from gdcourse.optimizers import METHODS, OPTIMIZERS

VIEWS = ("tree", "timeline")
PLACES = {  # (column, row) of each rule in the tree
    "gradient_descent": (1, 0),
    "sgd": (0, 1),
    "momentum": (1, 1),
    "sam": (2, 1),
    "adagrad": (0, 2),
    "nesterov": (2, 2),
    "rmsprop": (0, 3),
    "muon": (2, 3),
    "adam": (1, 4),
    "adamw": (1, 5),
    "lamb": (0, 6),
    "lion": (1, 6),
    "sophia": (2, 6),
}
UNTRACED = ("works on whole matrices", "asks for more than one gradient")


class FamilyTree(Figure):
    """What each rule adds to its parents, or when it appeared (``view="timeline"``).

    Each rule opens to its paper, its memory and its formula, as traced from its code.
    ``opened`` names the one that is open at first, a key of LINEAGE; else none is.
    Raises ValueError for another view or name.

    >>> FamilyTree().alt[:60]
    'Family tree of 13 rules. SGD (1951) adds noisy gradients to '
    """

    kind = Unicode("family").tag(sync=True)
    bundles = WORKSHOP

    def __init__(
        self,
        view: str = "tree",
        *,
        opened: str = "",
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        shown = pick(view, {"tree": list(PLACES), "timeline": list(LINEAGE)}, "view")
        if opened:
            pick(opened, dict.fromkeys(shown), "rule of this figure")
        settings = {
            "view": view,
            "opened": shown.index(opened) if opened else -1,
            "entries": [entry(name, shown) for name in shown],
        }
        super().__init__(settings, key or f"family-{view}", caption, alt)

    def describe(self) -> str:
        """Say who descends from whom, or who came when."""
        return tell(self.settings)


def entry(name: str, shown: list[str]) -> dict[str, Any]:
    """Return what the browser shows of one rule."""
    origin = LINEAGE[name]
    return {
        **{k: v for k, v in origin._asdict().items() if k != "parents"},
        "parents": [shown.index(parent) for parent in origin.parents],
        "place": PLACES.get(name),
        "memory": memory(origin.rule) if origin.rule else [],
        "formula": formula(origin),
        "untraced": UNTRACED[origin.rule in METHODS],
    }


def formula(origin: Origin) -> list[Any]:
    """Return the lines of a rule's traced formula, if it can be traced."""
    from gdcourse import trace
    from gdcourse.figures.mathml import mathml

    factory = OPTIMIZERS.get(origin.rule)
    if factory is None or "traceable" not in factory().traits:
        return []
    return [mathml(line) for line in trace.latex(factory).lines]


def tell(settings: Any) -> str:
    """Say in words what the figure shows."""
    entries = settings["entries"]
    if settings["view"] == "timeline":
        each = [f"{e['year']} {e['name']} ({e['authors']})" for e in entries]
        return f"Timeline of {len(entries)} steps: {'; '.join(each)}."
    links = [
        f"{e['name']} ({e['year']}) adds {e['adds']} to "
        + " and ".join(entries[parent]["name"] for parent in e["parents"])
        for e in entries
        if e["parents"]
    ]
    return f"Family tree of {len(entries)} rules. {'; '.join(links)}."
