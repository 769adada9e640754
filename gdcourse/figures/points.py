"""Points to fit a line to: the loss of a line through them, and axes to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from gdcourse.arrays import finite, pick
from gdcourse.data import houses
from gdcourse.surfaces import Surface


class Points:
    """Points (x, y), and the mean squared error of the line w·x + b.

    A subclass sets what differs: with ``standard`` the loss sees both columns with
    mean 0 and standard deviation 1; ``units`` divide the columns for the axes, whose
    titles are ``axes``; ``measure`` is the unit of y in words and ``noun`` says what a
    point is; ``start`` is the first line (w, b).
    """

    label = ""
    names = ("x", "y")
    axes = ("x", "y")
    units = (1.0, 1.0)
    measure = ""
    noun = "points"
    standard = False
    start: Sequence[float] = (0.0, 0.0)

    def __init__(self, x: Any, y: Any) -> None:
        self.columns = [_column(x, "x"), _column(y, "y")]
        shapes = [column.shape for column in self.columns]
        if shapes[0] != shapes[1] or np.ptp(self.columns[0]) == 0:
            raise ValueError(
                f"x and y have shapes {shapes[0]} and {shapes[1]}: a line needs "
                "equally many of both, and at least two different x."
            )
        self.label = self.label or f"{len(self.columns[0]):,} {self.noun}"
        self.middle = [float(c.mean()) * self.standard for c in self.columns]
        self.spread = [float(c.std()) if self.standard else 1.0 for c in self.columns]
        data = dict(zip(self.names, self.columns, strict=True))
        formula = f"(w*{self._name(0)} + b - {self._name(1)})**2"
        self.surface = Surface.mean(formula, "w b", data, name=self.label)

    def _name(self, i: int) -> str:
        """Return a column as it stands in the formula, standardised where asked."""
        if not self.standard:
            return self.names[i]
        return f"(({self.names[i]} - {self.middle[i]!r})/{self.spread[i]!r})"

    @property
    def standardised(self) -> list[np.ndarray]:
        """The columns as the loss sees them."""
        parts = zip(self.columns, self.middle, self.spread, strict=True)
        return [(column - middle) / spread for column, middle, spread in parts]

    @property
    def fit(self) -> list[float]:
        """The line of least squares (w, b), worked out without any steps."""
        x, y = self.standardised
        return [round(float(value), 12) for value in np.polyfit(x, y, 1)]

    @property
    def largest_rate(self) -> float:
        """A learning rate just above the largest with which descent arrives."""
        steepest = np.linalg.eigvalsh(self.surface.hessian([0.0, 0.0]))[-1]
        return float(f"{2.2 / steepest:.2g}")

    def as_json(self) -> dict[str, Any]:
        """Return what the browser needs to show these points."""
        from gdcourse import trace

        surface = trace.surface(self.surface)
        surface["data"] = {name: _short(c) for name, c in self.surface.data.items()}
        return {
            "label": self.label,
            "noun": self.noun,
            "measure": self.measure,
            "surface": surface,
            "fit": self.fit,
            "start": list(self.start),
            "axes": [self._axis(i) for i in (0, 1)],
        }

    def _axis(self, i: int) -> dict[str, Any]:
        low, high = self._span(i)
        room = (high - low) * 0.07
        return {
            "name": self.names[i],
            "label": self.axes[i],
            "middle": self.middle[i],
            "spread": self.spread[i],
            "unit": self.units[i],
            "window": [low - room, high + room],
        }

    def _span(self, i: int) -> tuple[float, float]:
        """Return the range of an axis: the points, x = 0, and the line of the start.

        The axis of y begins at 0 where that costs little room.
        """
        w, b = self.start
        ends = w * np.array([0, self.standardised[0].max()]) + b if i else np.zeros(1)
        values = np.append(self.columns[i], self.middle[i] + self.spread[i] * ends)
        low, high = float(values.min()), float(values.max())
        return (0.0 if i and 0 < low < (high - low) / 4 else low), high


def _column(values: Any, name: str) -> np.ndarray:
    column = np.asarray(values, dtype=float)
    if column.ndim != 1 or len(column) < 2:
        raise ValueError(
            f"{name} has shape {column.shape}: pass at least two numbers in a row."
        )
    return finite(column, name)


def _short(column: np.ndarray) -> list[float]:
    """Write whole numbers as such: they make a page with the houses a third lighter."""
    return [int(v) if float(v).is_integer() else float(v) for v in column]


class Worked(Points):
    """Four points whose first step is worked by hand in the chapter."""

    label = "Four points"
    start = (2.0, 1.5)

    def __init__(self) -> None:
        super().__init__([0, 1, 2, 3], [0.5, 2.5, 4, 6])


class Houses(Points):
    """The houses of ``gdcourse.data``, standardised, with axes in real units."""

    names = ("area", "price")
    axes = ("living area (square feet)", "price (1,000 dollars)")
    units = (1.0, 1000.0)
    measure = "dollars"
    noun = "house sales"
    standard = True
    start = (0.0, 1.0)

    def __init__(self) -> None:
        super().__init__(*houses())


DATA: dict[str, Callable[[], Points]] = {"worked": Worked, "houses": Houses}


def points(data: Any) -> Points:
    """Return the points that ``data`` names, or that it holds as "x" and "y"."""
    if isinstance(data, str):
        return pick(data, DATA, "data set")()
    if isinstance(data, Mapping) and set(data) == {"x", "y"}:
        return Points(data["x"], data["y"])
    names = ", ".join(map(repr, DATA))
    raise ValueError(f"data = {data!r} must be {names}, or {{'x': ..., 'y': ...}}.")
