"""Losses in many dimensions: one symbolic term, and NumPy adds up."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gdcourse.arrays import as_points, pick, whole
from gdcourse.derivatives import Derivatives
from gdcourse.surface import Surface

OVER = {"coordinates": ("u",), "pairs": ("u", "v")}
FEW = 10  # coordinates of a sum that is still written out


class Sum(Surface):
    """What ``Surface.sum`` makes; its ``expression`` is the term.

    Up to ten coordinates the sum can also be written out, in ``x1``, ``x2`` and so on:
    this is what is traced, and what single points are quick with.

    >>> Sum("i*u**2", "coordinates", 3)([1, 1, 1])
    np.float64(6.0)
    """

    def __init__(
        self,
        expression: str,
        over: str,
        dimension: int,
        name: str = "sum",
        *,
        minima: Sequence[Sequence[float]] = (),
        window: Sequence[tuple[float, float]] = (),
        source: str = "",
    ) -> None:
        self.over, self._letters = over, pick(over, OVER, "way to add up")
        width = len(self._letters)
        self._terms = whole(dimension, "dimension", width) + 1 - width
        variables = " ".join(f"x{i + 1}" for i in range(dimension))
        super().__init__(
            expression, variables, name, minima=minima, window=window, source=source
        )
        self._index = np.arange(1.0, self._terms + 1)
        self._term = Derivatives(super().read, expression, self._letters, ["i"])

    def __repr__(self) -> str:
        return f"Surface.sum({self.expression!r}, {self.over!r}, {self.dimension})"

    def quick_value(self, x: np.ndarray) -> Any:
        """Return the loss at floats of shape (..., d), unchecked, for loops."""
        if x.ndim == 1 and self.dimension <= FEW:
            return super().quick_value(x)
        columns = self._columns(x)
        (value,) = self._term.value(*columns, self._index)
        return np.broadcast_to(value, columns[0].shape).sum(axis=-1)

    def quick_gradient(self, x: np.ndarray) -> np.ndarray:
        """Return the gradient at floats of shape (..., d), unchecked, for loops."""
        if x.ndim == 1 and self.dimension <= FEW:
            return super().quick_gradient(x)
        return self._add_up(self._term.gradient(*self._columns(x), self._index), x)

    def hessian(self, x: Any) -> Any:
        """Return the matrix of second derivatives at ``x``: shape (..., d, d)."""
        x = as_points(x, self.dimension)
        seconds = iter(self._term.hessian(*self._columns(x), self._index))
        matrix, row = np.zeros((*x.shape, self.dimension)), np.arange(self._terms)
        for p in range(len(self._letters)):
            for q in range(len(self._letters)):
                matrix[..., row + p, row + q] += next(seconds)
        return matrix

    def hvp(self, x: Any, v: Any) -> Any:
        """Return the Hessian at ``x`` times ``v`` without building the matrix."""
        d = self.dimension
        x, v = np.broadcast_arrays(as_points(x, d), as_points(v, d, "v"))
        columns = self._columns(x) + self._columns(v)
        return self._add_up(self._term.hvp(*columns, self._index), x)

    def read(self, names: Mapping[str, Any], functions: Mapping[str, Any]) -> Any:
        """Apply the sum, written out, to values of any kind.

        Raises ValueError above ten coordinates.
        """
        if self.dimension > FEW:
            raise ValueError(
                f"The sum over {self.dimension} coordinates is too long to be written "
                f"out: take dimension = {FEW} or fewer."
            )
        x = [names[name] for name in self.variables]
        names = {name: names[name] for name in names if name not in self.variables}
        terms = [
            super(Sum, self).read(
                {**names, **dict(zip(self._letters, x[i:], strict=False)), "i": i + 1},
                functions,
            )
            for i in range(self._terms)
        ]
        return functools.reduce(operator.add, terms)

    def _columns(self, x: np.ndarray) -> list[np.ndarray]:
        """Return what each letter of the term stands for, of shape (..., terms)."""
        return [x[..., i : i + self._terms] for i in range(len(self._letters))]

    def _add_up(self, parts: list[Any], x: np.ndarray) -> np.ndarray:
        """Add what each term gives its coordinates."""
        total = np.zeros(x.shape)
        for column, part in zip(self._columns(total), parts, strict=True):
            column += part  # a view of the total
        return total
