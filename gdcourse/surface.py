"""A loss surface: one formula, from which everything else is derived."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from gdcourse import formulas
from gdcourse.arrays import as_points, check_names, columns
from gdcourse.derivatives import Derivatives

CONSTANTS = {"pi": np.pi, "e": np.e}
# What plain floats raise where NumPy returns an infinity or NaN.
_NOT_PLAIN = (ArithmeticError, ValueError, TypeError)


class Surface:
    """A loss over ``d`` parameters, given by one formula.

    ``Surface("w**2 + 4*b**2", variables="w b", name="bowl")`` reads its formula
    through a white-list when it is first used.  Points have shape (..., d).

    ``minima`` lists known global minimisers, ``window`` the (low, high) range worth
    drawing for each variable, and ``source`` says where the surface comes from.
    ``data`` (columns of shape (N,)) makes the loss a mean over rows: ``Surface.mean``.
    Raises ValueError for a formula that cannot be read, when it is first used.

    >>> bowl = Surface("w**2 + 4*b**2", variables="w b")
    >>> float(bowl([1, 1])), bowl.gradient([[1, 1], [0, 2]]).tolist()
    (5.0, [[2.0, 8.0], [0.0, 16.0]])
    >>> bowl.hessian([1, 1]).tolist(), bowl.hvp([1, 1], [0, 1]).tolist()
    ([[2.0, 0.0], [0.0, 8.0]], [0.0, 8.0])
    """

    def __init__(
        self,
        expression: str,
        variables: str,
        name: str = "loss",
        *,
        minima: Sequence[Sequence[float]] = (),
        window: Sequence[tuple[float, float]] = (),
        source: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.expression = expression
        self.variables = tuple(variables.split())
        self.name = name
        check_names(self.variables)
        points = as_points(minima, self.dimension, "minima") if len(minima) else ()
        self.minima = np.array(points, dtype=float).reshape(-1, self.dimension)
        self.window = tuple(window) or ((-3.0, 3.0),) * self.dimension
        _check_window(self.window, self.dimension)
        self.source = source
        self.data = columns(data, self.variables) if data is not None else {}
        self._derived = Derivatives(self.read, expression, self.variables, [*self.data])

    @classmethod
    def mean(
        cls,
        expression: str,
        variables: str,
        data: Mapping[str, Any],
        name: str = "mean loss",
        **more: Any,
    ) -> Surface:
        """Make the mean of one formula over rows of data.

        Here it is the squared error of a line.  Each column has shape (N,).

        >>> data = {"x": [1, 2, 3], "y": [2, 4, 6]}
        >>> Surface.mean("(w*x + b - y)**2", "w b", data).gradient([0.5, 0.1]).round(1)
        array([-13.6,  -5.8])
        """
        return cls(expression, variables, name, data=data, **more)

    @staticmethod
    def sum(
        expression: str,
        over: str = "pairs",
        dimension: int = 2,
        name: str = "sum",
        **more: Any,
    ) -> Surface:
        """Make the sum of one term over all coordinates, or over neighbouring pairs.

        The term is written in ``u`` for ``over="coordinates"``, in ``u`` and its next
        ``v`` for ``over="pairs"``, and in ``i``, which counts the terms from 1.
        Points have shape (..., dimension), in thousands of dimensions too.
        ``more`` is ``minima``, ``window`` and ``source``.
        Raises ValueError for another ``over`` or too small a ``dimension``.

        >>> chain = Surface.sum("100*(v - u**2)**2 + (1 - u)**2", "pairs", dimension=4)
        >>> float(chain([1, 1, 1, 0])), chain.gradient([1, 1, 1, 0]).tolist()
        (100.0, [0.0, 0.0, 400.0, -200.0])
        """
        from gdcourse.sums import Sum  # which is a Surface itself

        return Sum(expression, over, dimension, name, **more)

    @property
    def dimension(self) -> int:
        """The number of parameters, d."""
        return len(self.variables)

    def __repr__(self) -> str:
        return f"Surface({self.expression!r}, {' '.join(self.variables)!r})"

    def __call__(self, x: Any) -> Any:
        """Return the loss at ``x``: shape (..., d) in, shape (...) out."""
        return self.quick_value(as_points(x, self.dimension))

    def gradient(self, x: Any) -> Any:
        """Return the gradient at ``x``, with the shape of ``x``."""
        return self.quick_gradient(as_points(x, self.dimension))

    def quick_value(self, x: np.ndarray) -> Any:
        """Return the loss at floats of shape (..., d), unchecked, for loops."""
        if x.ndim == 1 and not self.data:
            try:
                return np.float64(self._derived.plain_value(*x.tolist())[0])
            except _NOT_PLAIN:
                pass
        return self._run(self._derived.value, x)[..., 0][()]

    def quick_gradient(self, x: np.ndarray) -> np.ndarray:
        """Return the gradient at floats of shape (..., d), unchecked, for loops."""
        if x.ndim == 1 and not self.data:
            try:
                return np.array(self._derived.plain_gradient(*x.tolist()), dtype=float)
            except _NOT_PLAIN:
                pass
        return self._run(self._derived.gradient, x)

    def hessian(self, x: Any) -> Any:
        """Return the matrix of second derivatives at ``x``: shape (..., d, d)."""
        flat = self._run(self._derived.hessian, as_points(x, self.dimension))
        return flat.reshape(*flat.shape[:-1], self.dimension, self.dimension)

    def hvp(self, x: Any, v: Any) -> Any:
        """Return the Hessian at ``x`` times ``v`` without building the matrix."""
        d = self.dimension
        x, v = np.broadcast_arrays(as_points(x, d), as_points(v, d, "v"))
        return self._run(self._derived.hvp, np.concatenate([x, v], axis=-1))

    def read(self, names: Mapping[str, Any], functions: Mapping[str, Any]) -> Any:
        """Apply the formula, in its written order, to values of any kind."""
        return formulas.read(self.expression, {**CONSTANTS, **names}, functions)

    def term(self, *columns: Any) -> tuple[Any, list[Any]]:
        """Return value and partial derivatives of the formula before any mean.

        ``columns`` are the parameters and then the columns of ``data``.
        """
        return self._derived.value(*columns)[0], self._derived.gradient(*columns)

    def _run(self, function: Callable[..., list[Any]], x: np.ndarray) -> np.ndarray:
        """Call a compiled function on the coordinates of ``x``; average over data."""
        if self.data:
            values = function(*np.moveaxis(x, -1, 0)[..., None], *self.data.values())
            values = [v.mean(axis=-1) if np.ndim(v) else v for v in values]
        else:
            values = function(*(x if x.ndim == 1 else np.moveaxis(x, -1, 0)))
        if x.ndim == 1:
            return np.array(values, dtype=float)
        alike = [np.broadcast_to(value, x.shape[:-1]) for value in values]
        return np.stack(alike, axis=-1, dtype=float)


def _check_window(window: Sequence[tuple[float, float]], dimension: int) -> None:
    pairs = np.array([len(pair) == 2 and pair[0] < pair[1] for pair in window])
    if len(window) != dimension or not pairs.all():
        raise ValueError(
            f"window = {list(window)} must hold {dimension} pair(s) (low, high), one "
            "for each variable, with low below high."
        )
