"""One ball per rule on the same curve, each in a panel of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
from traitlets import Unicode

from gdcourse.arrays import whole
from gdcourse.descend import Path, descend
from gdcourse.figures.base import WORKSHOP, Figure, Setting, formula, say
from gdcourse.figures.curve import start_of
from gdcourse.figures.racers import labelled, racers, with_rates
from gdcourse.optimizers.rule import nonnegative
from gdcourse.surfaces import Surface

MOST_STEPS = 5000


class Balls(Figure):
    """Rules from one start on the same curve, each with a ball and a rate of its own.

    The words say whether a ball crossed the flat place at ``flat``, is stuck, or
    diverged.  With ``noise`` a switch adds normal noise of that standard deviation to
    every slope, the same ``steps`` numbers for each rule, drawn with ``seed``.
    ``figure.start`` and ``figure.noisy`` may be read and set; ``figure.paths`` are the
    runs, by label.

    >>> from gdcourse.optimizers import gradient_descent, momentum
    >>> from gdcourse.surfaces import quartic
    >>> figure = Balls(quartic, [gradient_descent(0.012), momentum(0.012)], -0.5)
    >>> {label: path.x[-1].round(2) for label, path in figure.paths.items()}
    {'gradient descent': array([-0.04]), 'momentum': array([2.25])}
    """

    kind = Unicode("balls").tag(sync=True)
    bundles = WORKSHOP
    start = Setting(lambda figure, start: start_of(start))
    noisy = Setting(lambda figure, noisy: bool(noisy))

    def __init__(
        self,
        surface: Surface,
        rules: Any,
        start: float,
        *,
        steps: int = 200,
        noise: float = 0.0,
        seed: int = 0,
        flat: float = 0.0,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        from gdcourse import trace

        if surface.dimension != 1:
            raise ValueError(
                f"{surface!r} has {surface.dimension} parameters: balls roll on one, "
                "use Contours for two."
            )
        if whole(steps, "steps", 1) > MOST_STEPS:
            raise ValueError(f"steps = {steps} is too many: at most {MOST_STEPS}.")
        nonnegative(noise, "noise")
        self.surface = surface
        self.rules = labelled(rules)
        draws = np.random.default_rng(seed).standard_normal(steps)
        settings = {
            "surface": trace.surface(surface),
            "racers": racers(self.rules, steps),
            "start": start_of(start),
            "steps": steps,
            "flat": start_of(flat),
            "noise": float(noise),
            "draws": [round(float(z), 2) for z in draws] if noise else [],
            "noisy": False,
        }
        super().__init__(settings, key, caption, alt)

    @property
    def paths(self) -> dict[str, Path]:
        """Each rule's run from the present start, with the present learning rates."""
        rules = with_rates(self.rules, self.now.get("rates"))
        return {label: self._run(rule) for label, rule in rules.items()}

    def _run(self, rule: Any) -> Path:
        noise, draws = self.settings["noise"], iter(self.settings["draws"])

        def slope(x: np.ndarray) -> np.ndarray:
            shift = noise * next(draws) if self.noisy else 0.0
            return np.asarray(self.surface.gradient(x) + shift)

        start, steps = [self.start], self.settings["steps"]
        return descend(self.surface, rule, start, steps, gradient=slope)

    def describe(self) -> str:
        """Say where the balls start and what becomes of each."""
        name, flat = self.surface.variables[0], self.settings["flat"]
        ends = "; ".join(
            f"{label} {fate(path, flat, name)}" for label, path in self.paths.items()
        )
        curve = formula(self.surface.expression)
        return f"Balls on {curve} from {name} = {say(self.start)}: {ends}."


def fate(path: Path, flat: float, name: str = "x") -> str:
    """Say whether a ball is beyond the flat place, and where it ended.

    >>> from gdcourse.optimizers import gradient_descent
    >>> from gdcourse.surfaces import cubic
    >>> fate(descend(cubic, gradient_descent(0.01), [1.0], 200), flat=0.0)
    'does not cross 0 and ends at x = 0.1417'
    """
    x = path.x[:, 0]
    beyond = (x[np.isfinite(x)] - flat) * (x[0] - flat) < 0
    crossed = f"crosses {say(flat)} at step {beyond.argmax()}" if beyond[-1] else ""
    if path.stopped == "diverged":
        return " and ".join(filter(None, [crossed, f"diverges at step {len(x) - 1}"]))
    return (
        f"{crossed or f'does not cross {say(flat)}'} and ends at {name} = {say(x[-1])}"
    )
