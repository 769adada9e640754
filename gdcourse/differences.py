"""Gradients by finite differences, and a check of a gradient against them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdcourse.arrays import as_points, finite
from gdcourse.optimizers.rule import positive

Function = Callable[[Any], Any]
PRECISION = float(np.finfo(float).eps)


def forward_difference(function: Function, x: Any, step: float | None = None) -> Any:
    """Estimate the gradient of ``function`` from d + 1 of its values.

    ``x`` is a number or has shape (..., d), of which ``function`` makes shape (...).
    Each coordinate moves by ``step``; left out, this is the square root of the
    precision of floats, 1.5e-8, times max(1, abs(x)).  Raises ValueError for a step of
    zero or less and for other shapes.
    Source: Nocedal and Wright 2006, Numerical Optimization, section 8.1.

    >>> error = forward_difference(np.sin, 1.0, step=1e-4) - np.cos(1.0)
    >>> print(f"{error:.1e}")
    -4.2e-05
    """
    x = _points(x)
    h = _steps(x, step, PRECISION ** (1 / 2))
    return (_moved(function, x, h) - _here(function, x)) / h


def central_difference(function: Function, x: Any, step: float | None = None) -> Any:
    """Estimate the gradient of ``function`` from values on both sides, 2 d of them.

    It is as ``forward_difference``, but its error falls with the square of the step;
    left out, the step is the cube root of the precision, 6e-6, times max(1, abs(x)).
    Source: Nocedal and Wright 2006, Numerical Optimization, section 8.1.

    >>> error = central_difference(np.sin, 1.0, step=1e-4) - np.cos(1.0)
    >>> print(f"{error:.1e}")
    -9.0e-10
    """
    x = _points(x)
    h = _steps(x, step, PRECISION ** (1 / 3))
    return (_moved(function, x, h) - _moved(function, x, -h)) / (2 * h)


@dataclass(frozen=True)
class GradientCheck:
    """What ``check_gradient`` found; as a condition it is true if it passed.

    ``error`` is the largest relative error, ``worst`` the index of its coordinate;
    ``analytic`` and ``numeric`` are the gradients that were compared, and ``kinks``
    indices where the slopes to the left and to the right differ.

    >>> check = check_gradient(lambda x: abs(x[0]), np.sign, [0.0])
    >>> check.passed, check.kinks
    (True, [(0,)])
    """

    passed: bool
    error: float
    worst: tuple[int, ...]
    analytic: np.ndarray
    numeric: np.ndarray
    kinks: list[tuple[int, ...]]

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        given, measured = self.analytic[self.worst], self.numeric[self.worst]
        text = (
            f"gradient check {'passed' if self.passed else 'FAILED'}: relative error "
            f"at most {self.error:.2g} ({_coordinate(self.worst)}: given {given:.6g}, "
            f"measured {measured:.6g})"
        )
        if self.kinks:
            text += (
                f"; kink at {', '.join(map(_coordinate, self.kinks[:3]))}: the slopes "
                "to the left and right differ, and any between passes"
            )
        return text


def check_gradient(
    function: Function, gradient: Function, x: Any, tolerance: float = 1e-6
) -> GradientCheck:
    """Compare ``gradient`` with finite differences of ``function`` at ``x``.

    ``x`` is a number or has shape (..., d).  The relative error of a coordinate is
    abs(a - n) / max(abs(a), abs(n)), held small where a and n differ by no more than
    rounding can do.  At a kink n is the slope nearest to a between left and right.
    Raises ValueError where a function returns another shape.
    Source: the Stanford course CS231n, notes on gradient checks.

    >>> check_gradient(lambda x: x[0] * x[1], lambda x: [x[1], -x[0]], [1, 3])
    gradient check FAILED: relative error at most 2 (x[1]: given -1, measured 1)
    """
    x = _points(x)
    positive(tolerance, "tolerance")
    a = as_gradient(gradient)(x)
    h = _steps(x, None, PRECISION ** (1 / 3))
    with np.errstate(all="ignore"):
        here = _here(function, x)
        left, right = (_moved(function, x, k * h) for k in (-1, 1))
        far_left, far_right = (_moved(function, x, k * h) for k in (-2, 2))
        n = (8 * (right - left) - (far_right - far_left)) / (12 * h)
        slopes = np.sort([(here - left) / h, (right - here) / h], axis=0)
        # What rounding does to values, and by way of x to slopes.
        noise = 8 * PRECISION / h * np.maximum(np.abs(far_left), np.abs(far_right))
        noise += 8 * PRECISION ** (2 / 3) * np.abs(slopes).max(axis=0)
        # A smooth function's fourth difference is next to nothing, a kink's is not.
        bend = np.abs(far_left + far_right - 4 * (left + right) + 6 * here) / (2 * h)
        kinks = bend > np.maximum(4 * noise, 1e-3 * np.abs(slopes).max(axis=0))
        n = np.where(kinks, np.clip(a, *slopes), n)
        floor = noise / tolerance + np.finfo(float).tiny
        error = np.abs(a - n) / np.maximum(np.maximum(np.abs(a), np.abs(n)), floor)
    worst = np.unravel_index(int(np.argmax(error)), error.shape)
    return GradientCheck(
        passed=bool(error[worst] <= tolerance),
        error=float(error[worst]),
        worst=tuple(map(int, worst)),
        analytic=a,
        numeric=n,
        kinks=[tuple(map(int, index)) for index in np.argwhere(kinks)],
    )


def as_gradient(function: Function) -> Function:
    """Return ``function`` with its results copied to floats in the shape of ``x``.

    What it returns raises ValueError where the shapes differ.
    """

    def gradient(x: np.ndarray) -> np.ndarray:
        g = np.array(function(x), dtype=float)
        if g.shape != x.shape:
            raise ValueError(
                f"The gradient function turned shape {x.shape} into {g.shape}: return "
                "one slope for each coordinate, in the shape of x."
            )
        return g

    return gradient


def _points(x: Any) -> np.ndarray:
    """Return ``x`` as finite floats of its own shape, a number as shape ()."""
    shape = np.shape(x)
    if 0 in shape:
        raise ValueError(f"x has shape {shape}: pass at least one coordinate.")
    points: np.ndarray = as_points(x, shape[-1] if shape else 1)
    return finite(points.reshape(shape), "x")


def _steps(x: np.ndarray, step: float | None, part: float) -> Any:
    """Return how far each coordinate moves."""
    if step is None:
        return part * np.maximum(1.0, np.abs(x))
    positive(step, "step")
    return step


def _value(function: Function, x: np.ndarray) -> np.ndarray:
    value = np.array(function(x), dtype=float)
    if value.shape != x.shape[:-1]:
        raise ValueError(
            f"The function turned shape {x.shape} into {value.shape}: return one "
            f"number for each point, shape {x.shape[:-1]}."
        )
    return value


def _here(function: Function, x: np.ndarray) -> np.ndarray:
    """Return the values at ``x``, beside which those of ``_moved`` can stand."""
    value = _value(function, x)
    return value[..., None] if x.ndim else value


def _moved(function: Function, x: np.ndarray, h: Any) -> np.ndarray:
    """Return the values where one coordinate after the other is moved by ``h``."""
    if x.ndim == 0:
        return _value(function, x + h)
    return np.stack([_value(function, x + h * e) for e in np.eye(x.shape[-1])], axis=-1)


def _coordinate(index: tuple[int, ...]) -> str:
    return f"x[{', '.join(map(str, index))}]" if index else "x"
