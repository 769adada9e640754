"""Turn what a caller passed into arrays, or say in one sentence what is wrong."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from keyword import iskeyword
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


def as_points(x: Any, dimension: int, name: str = "x") -> Any:
    """Return ``x`` as floats of shape (..., dimension).

    A single number is read as a point when ``dimension`` is 1.  Raises ValueError for
    text, wrong shapes and complex numbers.

    >>> as_points([1, 2], dimension=2), as_points(3, dimension=1)
    (array([1., 2.]), array([3.]))
    """
    try:
        points = np.asarray(x)
        if points.dtype.kind not in "fiub":
            raise TypeError
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} = {x!r} is not an array of real numbers: pass {dimension} "
            "number(s) a point, for example "
            f"{[0.5] * min(dimension, 3)}{'...' if dimension > 3 else ''}."
        ) from None
    points = points.astype(float, copy=False)
    if points.ndim == 0 and dimension == 1:
        points = points[None]
    if points.ndim == 0 or points.shape[-1] != dimension:
        raise ValueError(
            f"{name} has shape {points.shape}, but its last axis must hold the "
            f"{dimension} coordinate(s) of a point: pass shape (..., {dimension})."
        )
    return points


def finite(x: np.ndarray, name: str) -> np.ndarray:
    """Return ``x``, or raise ValueError if it holds NaN or an infinity."""
    if not np.all(np.isfinite(x)):
        raise ValueError(f"{name} = {x} must be finite: replace NaN and infinities.")
    return x


def samples(values: Any, name: str) -> np.ndarray:
    """Return an array of one row or more, or raise ValueError if it holds no numbers.

    Whole numbers stay what they are, since they may be labels.
    """
    found = np.asarray(values)
    if found.dtype.kind not in "fiub":
        raise ValueError(f"{name} = {values!r} must hold real numbers.")
    if found.shape[:1] in [(), (0,)]:
        raise ValueError(f"{name} has shape {found.shape}: pass one row or more.")
    if not np.isfinite(found).all():
        place = tuple(np.argwhere(~np.isfinite(found))[0].tolist())
        raise ValueError(
            f"{name}{list(place)} is {found[place]}: replace NaN and infinities."
        )
    return found


def paired(x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return equally many samples ``x``, as floats, and ``y``, or raise ValueError."""
    x, y = samples(x, "x"), samples(y, "y")
    if len(x) != len(y):
        raise ValueError(
            f"x has shape {x.shape} and y {y.shape}: pass as many rows of one as of "
            "the other."
        )
    return x.astype(float, copy=False), y


def whole(value: Any, name: str, least: int) -> int:
    """Return ``value`` as an int of at least ``least``, or raise ValueError."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise ValueError(f"{name} = {value!r} must be a whole number, such as {least}.")
    if value < least:
        raise ValueError(f"{name} = {value} must be at least {least}.")
    return int(value)


def share(value: Any, name: str) -> float:
    """Return ``value`` as a float of at least 0 and below 1, or raise ValueError."""
    real = isinstance(value, (int, float, np.integer, np.floating))
    if isinstance(value, bool) or not real or not 0 <= value < 1:
        raise ValueError(f"{name} = {value!r} must be a number from 0 to below 1.")
    return float(value)


def generator(rng: Any) -> np.random.Generator:
    """Return ``rng``, or raise ValueError if it is no random generator of NumPy."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"rng = {rng!r} must be a generator: np.random.default_rng(0)."
        )
    return rng


def pick(name: str, table: Mapping[str, T], kind: str) -> T:
    """Return ``table[name]``, or raise ValueError that suggests the nearest name."""
    if name in table:
        return table[name]
    near = difflib.get_close_matches(str(name), table, 1, cutoff=0.4)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    raise ValueError(
        f"There is no {kind} {name!r}. {hint}The names are {', '.join(table)}."
    )


def check_names(variables: Sequence[str]) -> None:
    """Raise ValueError unless these are different words that formulas may use."""
    fine = all(name.isidentifier() and not iskeyword(name) for name in variables)
    if not variables or not fine or len(set(variables)) < len(variables):
        raise ValueError(
            f"The names {' '.join(variables)!r} must be different words with spaces "
            "between, such as 'w b'."
        )


def columns(data: Mapping[str, Any], variables: Sequence[str]) -> dict[str, Any]:
    """Return copies of equally long columns of numbers, or raise ValueError."""
    found = {name: _column(name, values) for name, values in data.items()}
    lengths = {name: len(column) for name, column in found.items()}
    if len(set(lengths.values())) != 1 or 0 in lengths.values():
        raise ValueError(
            f"The data columns have the lengths {lengths}: pass one column or more, of "
            "one length, with at least one row."
        )
    if clash := set(found) & set(variables):
        raise ValueError(f"{sorted(clash)} name both a parameter and a data column.")
    check_names(list(found))
    return found


def _column(name: str, values: Any) -> np.ndarray:
    try:
        column = np.array(values, dtype=float)
    except (TypeError, ValueError):
        column = np.empty((0, 0))
    if column.ndim != 1:
        raise ValueError(
            f"The data column {name!r} = {values!r} must hold numbers in one row, of "
            "shape (N,)."
        )
    return finite(column, name)
