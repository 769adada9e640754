"""The plane of learning rate and beta: what momentum does on a parabola."""

from __future__ import annotations

from typing import Any

from traitlets import Unicode

from gdcourse.arrays import whole
from gdcourse.curvature import best_momentum, momentum_roots
from gdcourse.descend import Path, descend
from gdcourse.figures.base import WORKSHOP, Figure, Setting, say
from gdcourse.figures.curve import start_of
from gdcourse.optimizers import momentum
from gdcourse.optimizers.rule import positive
from gdcourse.surfaces import Surface

WIDEST = 4.84  # learning rate times curvature at the right edge of the plane
MOST_BETA = 0.999
NEAR = 1e-4  # so near to a boundary is on it


def _rate(figure: Any, rate: Any) -> float:
    positive(rate, "learning_rate")
    most = WIDEST / max(figure.curvatures)
    if rate > most:
        raise ValueError(
            f"learning_rate = {rate} lies outside the plane: at most {most:.4g}."
        )
    return float(rate)


def _beta(figure: Any, beta: Any) -> float:
    momentum(0.1, beta)
    if beta > MOST_BETA:
        raise ValueError(f"beta = {beta} lies outside the plane: at most {MOST_BETA}.")
    return float(beta)


class PhaseDiagram(Figure):
    """Every learning rate and beta of momentum on a parabola, and what comes of them.

    The plane shows where the ball creeps, swings, jumps from side to side or diverges,
    with the path and the two roots of the point that the reader drags.  ``second`` is
    another curvature, nine times the first unless said otherwise, that a switch adds,
    or ``both``: then the plane shows what suits the two directions of a bowl.
    ``figure.learning_rate``, ``figure.beta`` and ``figure.both`` may be read and set;
    ``figure.paths`` are the runs, ``figure.regimes`` what they are called and
    ``figure.roots`` their roots, each by curvature.

    >>> PhaseDiagram(learning_rate=0.1, beta=0.9).regimes
    {1.0: 'ripples'}
    """

    kind = Unicode("phase").tag(sync=True)
    bundles = WORKSHOP
    learning_rate = Setting(_rate)
    beta = Setting(_beta)
    both = Setting(lambda figure, both: bool(both))

    def __init__(
        self,
        curvature: float = 1.0,
        *,
        learning_rate: float = 0.1,
        beta: float = 0.9,
        start: float = 1.0,
        steps: int = 60,
        second: float | None = None,
        both: bool = False,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        from gdcourse import trace

        positive(curvature, "curvature")
        second = 9.0 * curvature if second is None else second
        positive(second, "second")
        if start_of(start) == 0:
            raise ValueError("start = 0 is the minimum: start somewhere else.")
        curvatures = [float(curvature), float(second)]
        settings = {
            "curvatures": curvatures,
            "surfaces": [trace.surface(_parabola(each)) for each in curvatures],
            "rule": trace.rule(momentum()),
            "learning_rate": 1.0,
            "beta": 0.0,
            "both": bool(both),
            "best": list(best_momentum(*sorted(curvatures))),
            "start": float(start),
            "steps": whole(steps, "steps", 1),
        }
        super().__init__(settings, key, caption, alt)
        self.learning_rate, self.beta = learning_rate, beta

    @property
    def curvatures(self) -> list[float]:
        """The curvature of the parabola, or both where both are shown."""
        shown: list[float] = self.settings["curvatures"][: 1 + self.both]
        return shown

    @property
    def paths(self) -> dict[float, Path]:
        """The run of each direction, by its curvature."""
        rule = momentum(self.learning_rate, self.beta)
        start, steps = [self.settings["start"]], self.settings["steps"]
        return {c: descend(_parabola(c), rule, start, steps) for c in self.curvatures}

    @property
    def roots(self) -> dict[float, Any]:
        """The two roots of each direction, by its curvature."""
        point = self.learning_rate, self.beta
        return {c: momentum_roots(c, *point) for c in self.curvatures}

    @property
    def regimes(self) -> dict[float, str]:
        """What happens in each direction, by its curvature."""
        point = self.learning_rate, self.beta
        return {c: regime(c, *point) for c in self.curvatures}

    def describe(self) -> str:
        """Say where the point lies and what happens there."""
        ends = "; ".join(
            f"curvature {say(c)}: {word}, largest root {say(abs(self.roots[c][0]))}"
            for c, word in self.regimes.items()
        )
        point = f"learning rate {say(self.learning_rate)}, beta {say(self.beta)}"
        return f"Momentum on a parabola, {point}. {ends.capitalize()}."


def regime(curvature: float, learning_rate: float, beta: float) -> str:
    """Say in a word or two how momentum moves on a parabola.

    >>> regime(1.0, 0.25, 0.1), regime(1.0, 0.25, 0.25), regime(1.0, 3.0, 0.4)
    ('monotone', 'critical damping', 'diverging')
    """
    step = learning_rate * curvature
    critical = (1 - step**0.5) ** 2
    if step >= 2 * (1 + beta):
        return "diverging"
    if beta > critical + NEAR:
        return "ripples"
    if beta > critical - NEAR and step <= 1:
        return "critical damping"
    return "monotone" if step < 1 else "alternating"


def _parabola(curvature: float) -> Surface:
    return Surface(f"{curvature!r}*x**2/2", "x", "parabola", minima=[[0]])
