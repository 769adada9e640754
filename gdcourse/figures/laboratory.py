"""The fair-comparison laboratory: whoever sets the protocol decides who wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from traitlets import Unicode

from gdcourse import surfaces as known
from gdcourse.arrays import whole
from gdcourse.figures.base import WORKSHOP, Figure, Setting, _bundle, say
from gdcourse.figures.plane import first_start, of_two
from gdcourse.figures.protocols import CHOICES, MOST_TRIES, NOISES, START, WINS, checked
from gdcourse.figures.racers import labelled, racers, rate_of
from gdcourse.figures.trials import GRID, Result, draws, packed, result
from gdcourse.optimizers import Rule, adam, gradient_descent, momentum, rmsprop
from gdcourse.surfaces import Surface

SURFACES = (known.ravine, known.rosenbrock, known.beale, known.himmelblau)
RULES = (gradient_descent, momentum, rmsprop, adam)
USUAL = (300, 12, 0)  # budget, runs and seed of WINS
MOST = 20_000  # steps of all runs of one rule at one rate


def _protocol(figure: Any, changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = figure._whole({**figure.protocol, **changes})
    return made


class Laboratory(Figure):
    """Rules compared under a protocol that the reader sets, at equal numbers of steps.

    ``surfaces`` have two parameters and known minima; ``rules`` are rules of
    OPTIMIZERS with constant rates.  Both are the course's own unless given.  ``runs``
    starts for each surface, and noise for ``budget`` gradients of each run, are drawn
    from ``seed``.  ``figure.protocol`` may be read, and set in parts: ``surface``,
    ``rates`` ("shared", "default", "tuned", "all"), ``rate``, ``tries``, ``starts``
    ("one", "many"), ``noise``, ``counts`` ("best", "median", "worst"), ``measure``
    ("loss", "distance"), ``budget``.  ``results`` are the rules by rank.  ``wins``
    offers for a label the parts of a protocol under which it comes first.

    >>> laboratory = Laboratory()
    >>> laboratory.protocol = {"rates": "shared", "rate": 0.1, "noise": 0.3}
    >>> list(laboratory.results)[:2]
    ['Adam', 'RMSProp']
    """

    _esm = _bundle(WORKSHOP[0])
    bundles = WORKSHOP
    kind = Unicode("laboratory").tag(sync=True)
    protocol = Setting(_protocol)

    def __init__(
        self,
        surfaces: Surface | Sequence[Surface] = SURFACES,
        rules: Any = None,
        *,
        budget: int = USUAL[0],
        runs: int = USUAL[1],
        seed: int = USUAL[2],
        protocol: Mapping[str, Any] | None = None,
        wins: Mapping[str, Mapping[str, Any]] | None = None,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        many = [surfaces] if isinstance(surfaces, Surface) else list(surfaces)
        self.surfaces = {surface.name: _usable(surface) for surface in many}
        own = rules is None
        self.rules = labelled([make() for make in RULES] if own else rules)
        self.budget = whole(budget, "budget", 2)
        if whole(runs, "runs", 2) * self.budget > MOST:
            raise ValueError(f"runs = {runs} of {budget} steps are too many: {MOST:,}.")
        self.draws = draws(many, runs, self.budget, whole(seed, "seed", 0))
        text = START | {"surface": many[0].name, "budget": self.budget}
        usual = own and tuple(many) == SURFACES and (budget, runs, seed) == USUAL
        offered = wins or (WINS if usual else {})
        settings = {
            "surfaces": [self._surface(surface) for surface in many],
            "racers": racers(_constant(self.rules), self.budget),
            "budget": self.budget,
            "runs": runs,
            "seed": seed,
            "draws": packed(self.draws.noise),
            "protocol": self._whole({**text, **(protocol or {})}),
            "choices": CHOICES,
            "noises": NOISES,
            "most": MOST_TRIES,
            "grid": GRID,
            "wins": [
                {"label": label, "protocol": self._whole({**text, **parts})}
                for label, parts in offered.items()
            ],
            "key": key or "laboratory",
        }
        super().__init__(settings, key, caption, alt)

    def _whole(self, protocol: Mapping[str, Any]) -> dict[str, Any]:
        return checked(protocol, self.surfaces, self.budget)

    def _surface(self, surface: Surface) -> dict[str, Any]:
        from gdcourse import trace

        starts = self.draws.starts[surface.name].tolist()
        document = trace.surface(surface)
        return {**document, "start": first_start(surface), "starts": starts}

    @property
    def results(self) -> dict[str, Result]:
        """Each rule's result under the present protocol, the winner's first."""
        surface = self.surfaces[self.protocol["surface"]]
        made = {
            label: result(surface, rule, self.draws, self.protocol)
            for label, rule in self.rules.items()
        }
        return dict(sorted(made.items(), key=lambda item: item[1].score))

    def describe(self) -> str:
        """Say what is compared, and the ranking with its scores."""
        now = self.protocol
        ranking = "; ".join(
            f"{label} {say(one.score)}" for label, one in self.results.items()
        )
        return (
            f"A ranking of rules on {now['surface']} after {now['budget']} gradients "
            f"each, by the {now['counts']} {now['measure']}: {ranking}."
        )


def _usable(surface: Surface) -> Surface:
    if len(of_two(surface).minima) == 0:
        raise ValueError(f"{surface!r} has no known minimum to measure from.")
    return surface


def _constant(rules: Mapping[str, Rule]) -> Mapping[str, Rule]:
    for label, rule in rules.items():
        if rate_of(rule) is None:
            raise ValueError(f"The rule {label!r} needs a constant learning rate here.")
    return rules
