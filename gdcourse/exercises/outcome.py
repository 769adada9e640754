"""What one call of an answer came to: numbers, or one sentence about why not."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdcourse.exercises import words

KINDS = ("value", "odd", "error", "endless", "late", "blank")


@dataclass(frozen=True, eq=False)
class Outcome:
    """The outcome of one case; ``kind`` is one of ``KINDS``.

    "odd" is a result that is not made of real numbers, "endless" a loop that used up
    its calls, "late" one that used up the time, "blank" a starter's untouched blank.
    ``values`` are the returned numbers, one array for each name of the exercise's
    ``returns``; ``changed`` names arguments that were changed in place; ``said``
    completes the sentence "For these inputs …" for every kind but "value".
    """

    kind: str
    values: tuple[np.ndarray, ...] = ()
    changed: tuple[str, ...] = ()
    said: str = ""


class Blank(Exception):
    """A value is still ``...``: the place of a blank in a starter."""


class Odd(Exception):
    """The returned thing is not made of real numbers; the text says what it is."""


def read(value: Any, returns: tuple[str, ...]) -> tuple[np.ndarray, ...]:
    """Return what an answer returned as one array of floats for each name.

    Several results may come as a tuple, list, array or dict.  Raises Odd with the end
    of a sentence, or Blank.
    """
    if value is ...:
        raise Blank
    if len(returns) == 1:
        return (_numbers(value),)
    return tuple(_numbers(part) for part in _parts(value, returns))


def _parts(value: Any, returns: tuple[str, ...]) -> list[Any]:
    asked = f"return {', '.join(returns)}"
    if isinstance(value, Mapping):
        if set(value) != set(returns):
            raise Odd(f"you return a dictionary: end with `{asked}`.")
        return [value[name] for name in returns]
    if value is None or isinstance(value, str) or not hasattr(value, "__len__"):
        _numbers(value)
        raise Odd(
            f"you return one number, where {len(returns)} are asked: end with "
            f"`{asked}`."
        )
    count = 1 if getattr(value, "ndim", 1) == 0 else len(value)
    if count != len(returns):
        raise Odd(
            f"you return {count} value{'s' * (count != 1)}, where {len(returns)} are "
            f"asked: end with `{asked}`."
        )
    return list(value)


def _numbers(value: Any) -> np.ndarray:
    strange = _strange(value)
    if strange:
        raise Odd(strange)
    try:
        numbers = np.array(value)
        if numbers.dtype.kind == "O":
            numbers = _from_objects(value)
    except (TypeError, ValueError, RuntimeError):
        raise Odd(
            f"you return {_a(value)} that cannot be read as an array of numbers: its "
            "rows must have equal lengths and hold numbers only."
        ) from None
    kind = numbers.dtype.kind
    if kind == "c":
        raise Odd(
            "you return a complex number, where a real one is asked: look for the "
            "root or the fractional power of a negative number."
        )
    if kind == "b":
        raise Odd(
            "you return True or False, where a number is asked: a comparison such as "
            "`<=` was returned instead of a value."
        )
    if kind not in "fiu":
        raise Odd(f"you return {_a(value)}: return the number itself.")
    return numbers.astype(float)


def _from_objects(value: Any) -> np.ndarray:
    """Read fractions and decimals, but not None, text or complex numbers."""
    for part in np.array(value, dtype=object).ravel():
        if part is ...:
            raise Blank
        if isinstance(part, (str, bytes, complex)) or not hasattr(part, "__float__"):
            raise TypeError
    return np.array(value, dtype=float)


def _strange(value: Any) -> str:
    """Return what to say about things that hold no numbers at all."""
    if value is ...:
        raise Blank
    if value is None:
        return (
            "you return None: the function ends without `return`, or returns what a "
            "call such as `print` or `list.append` gives back, which is None."
        )
    if isinstance(value, (str, bytes)):
        return (
            f"you return the text {words.listed(repr(value))}: return the number "
            "itself, without quotes, `str` or `print`."
        )
    if inspect.iscoroutine(value):
        value.close()
        return "you return a coroutine: define the function without `async`."
    if isinstance(value, Iterator):
        return (
            f"you return {_a(value)}, which computes nothing until it is asked: use "
            "`return` instead of `yield`, or make a list of it."
        )
    if isinstance(value, (Callable, type)):  # type: ignore[arg-type]
        return (
            "you return a function, not its value: call it, with brackets after its "
            "name."
        )
    if isinstance(value, (set, frozenset, Mapping)):
        return f"you return {_a(value)}: return a number or an array."
    return ""


def _a(value: Any) -> str:
    name = type(value).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"
