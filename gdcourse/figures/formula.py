"""A formula of the reader's own: typed, drawn, descended, and opened as Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from traitlets import Unicode

from gdcourse.arrays import as_points, finite
from gdcourse.descend import Path, descend
from gdcourse.figures.base import Figure, Setting, formula, say
from gdcourse.figures.plane import ending, few, first_start
from gdcourse.figures.racers import labelled, python_call, racers, with_rates
from gdcourse.figures.typed import surface_of
from gdcourse.optimizers import Rule, gradient_descent
from gdcourse.surface import Surface

WINDOW = ((-3.0, 3.0), (-3.0, 3.0))


def _start(figure: Any, start: Any) -> list[float]:
    point = finite(as_points(start, figure.surface.dimension, "start"), "start")
    if point.ndim != 1:
        raise ValueError(f"start = {start!r} must be one point, such as [-2, 1.5].")
    return [float(value) for value in point]


def _expression(figure: Any, expression: Any) -> str:
    found = surface_of(expression, figure.settings["window"])
    if found.dimension != len(figure.start):
        raise ValueError(
            f"The formula {expression!r} has {found.dimension} variable(s), but start "
            f"= {figure.start}: make a new figure for it."
        )
    return str(expression)


class Formula(Figure):
    """A text box for a formula in one or two variables, and descent on it.

    ``rules`` are rules of OPTIMIZERS with constant rates.  The first is gradient
    descent, which alone moves a ball on the curve of a formula in one variable.
    ``figure.expression``, ``figure.start`` and ``figure.steps`` may be read and set,
    also after the reader typed; ``figure.surface`` and ``figure.paths`` follow.
    Raises ValueError for a formula that cannot be read or rules that cannot be written
    down for "open as Python".

    >>> figure = Formula("x^2 + 4*y^2", [1, 1])
    >>> figure.path.x[1].tolist()
    [0.9, 0.6]
    """

    kind = Unicode("formula").tag(sync=True)
    expression = Setting(_expression)
    start = Setting(_start)
    steps = Setting(few)

    def __init__(
        self,
        expression: str = "x^2 + 3*y^2 + sin(3*x)",
        start: Sequence[float] | None = None,
        *,
        rules: Any = None,
        steps: int = 60,
        window: Sequence[tuple[float, float]] | None = None,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        pairs = [[float(low), float(high)] for low, high in window or WINDOW]
        pairs = (pairs * 2)[:2]  # one range serves for both variables
        surface = surface_of(expression, pairs)
        self.rules = labelled(gradient_descent(0.05) if rules is None else rules)
        _check_first(self.rules)
        steps = few(self, steps)
        calls = [python_call(label, rule) for label, rule in self.rules.items()]
        settings = {
            "expression": expression,
            "window": pairs,
            "racers": [
                {**racer, "python": call}
                for racer, call in zip(racers(self.rules, steps), calls, strict=True)
            ],
            "start": first_start(surface),
            "steps": steps,
            "shown": steps,
            "predict": "",
        }
        super().__init__(settings, key, caption, alt)
        if start is not None:
            self.start = start

    @property
    def surface(self) -> Surface:
        """The surface of the present formula."""
        return surface_of(self.now["expression"], self.now["window"])

    @property
    def paths(self) -> dict[str, Path]:
        """Each rule's run; the first rule's alone for a formula in one variable."""
        surface = self.surface
        rules = with_rates(self.rules, self.now.get("rates"))
        shown = [*rules.items()][: None if surface.dimension == 2 else 1]
        return {
            label: descend(surface, rule, self.start, self.steps)
            for label, rule in shown
        }

    @property
    def path(self) -> Path:
        """The first rule's run."""
        return next(iter(self.paths.values()))

    def describe(self) -> str:
        """Say where the runs start and where each of them ends."""
        surface = self.surface
        names = zip(surface.variables, self.start, strict=True)
        start = ", ".join(f"{name} = {say(value)}" for name, value in names)
        ends = "; ".join(ending(label, path) for label, path in self.paths.items())
        what = "Contours of" if surface.dimension == 2 else "The curve"
        text = formula(surface.expression)
        return f"{what} {text} with the paths from {start}: {ends}."


def _check_first(rules: dict[str, Rule]) -> None:
    first = next(iter(rules.values())).name
    if first != gradient_descent().name:
        raise ValueError(
            f"The first rule is {first}: begin with gradient_descent, which also moves "
            "the ball of a formula in one variable."
        )
