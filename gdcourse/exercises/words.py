"""Put numbers, arrays and inputs into words, the same way on every machine."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

FEW = 6  # an array of at most this many numbers is written out
DUST = 1e-12  # what rounding leaves of a zero differs between machines


def number(value: Any, digits: int = 4) -> str:
    """Return ``value`` to about ``digits`` significant digits: 3.6, 112346, 1.5e-07.

    >>> number(3.6), number(112345.678), number(1.5e-7), number(float("nan"))
    ('3.6', '112346', '1.5e-07', 'NaN')
    """
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "infinity" if value > 0 else "-infinity"
    size = abs(value)
    if size < DUST:
        return "0"
    if value == int(value) and size < 1e7:
        return str(int(value))
    if 1e-3 <= size < 1e7:
        whole = int(math.log10(size)) + 1 if size >= 1 else 0
        return f"{value:.{max(digits, whole)}g}"
    return f"{value:.{digits}g}"


def array(value: Any, digits: int = 4) -> str:
    """Return a number or an array in words; long arrays by their count and range."""
    value = np.asarray(value, dtype=float)
    if value.ndim == 0:
        return number(value, digits)
    if value.size <= FEW:
        return _nested(value.tolist(), digits)
    shape = "" if value.ndim == 1 else f" (shape {value.shape})"
    known = value[~np.isnan(value)]
    if known.size == 0:
        return f"{value.size:,} numbers{shape}, all NaN"
    low, high = (number(end(known), digits) for end in (np.min, np.max))
    missing = f", {value.size - known.size} of them NaN" * (known.size < value.size)
    return f"{value.size:,} numbers{shape} from {low} to {high}{missing}"


def _nested(value: Any, digits: int) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_nested(part, digits) for part in value)}]"
    return number(value, digits)


def argument(name: str, value: Any) -> str:
    """Return ``name = value`` in words; a function is shown by its formula.

    >>> argument("learning_rate", 0.1)
    'learning_rate = 0.1'
    """
    if hasattr(value, "formula"):
        return f"{name}(x) = {value.formula}"
    return f"{name} = {array(value)}"


def inputs(arguments: Mapping[str, Any]) -> str:
    """Return the named inputs of one call as "x = 3, gradient = 6"."""
    return ", ".join(argument(name, value) for name, value in arguments.items())


def unlike(value: Any, other: Any) -> str:
    """Return ``value`` in words, with enough digits to tell it from ``other``."""
    for digits in (4, 6, 9):
        text = array(value, digits)
        if text != array(other, digits):
            return text
    return text


def named(names: tuple[str, ...]) -> str:
    """Join names as in a sentence.

    >>> named(("x", "y", "z"))
    'x, y and z'
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def listed(text: str, count: int = 60) -> str:
    """Return ``text`` in one line of at most ``count`` characters."""
    text = " ".join(text.split())
    return text if len(text) <= count else text[: count - 1] + "…"
