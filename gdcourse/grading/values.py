"""Inputs and outcomes as JSON, the only thing that passes between the two processes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gdcourse.exercises.outcome import KINDS, Outcome
from gdcourse.exercises.schema import Counted

MOST_NUMBERS = 1_000_000
MOST_SAID = 400


class Written:
    """A function of a bank, written down as an expression so that it can travel."""

    def __init__(self, expression: str, variables: str, gradient: bool) -> None:
        from gdcourse.surfaces import Surface

        self.parts = [expression, variables, gradient]
        surface = Surface(expression, variables)
        self.run = surface.gradient if gradient else surface
        self.flat = surface.dimension == 1

    def __call__(self, x: Any) -> Any:
        """Return the value or the gradient; of one variable, a number for a number."""
        if self.flat and np.ndim(x) == 0:
            return float(np.squeeze(self.run(np.array([float(x)]))))
        return self.run(x)


def function(expression: str, variables: str, *, gradient: bool = False) -> Counted:
    """Return a function (or its gradient) that an exercise gives to an answer.

    >>> slope = function("x**2 + 3*x", "x", gradient=True)
    >>> slope(2.0)
    7.0
    """
    written = Written(expression, variables, gradient)
    name = f"the gradient of {expression}" if gradient else expression
    return Counted(written, name)


def pack(value: Any) -> Any:
    """Return an input as plain JSON, or raise ValueError if it is of another kind.

    >>> pack(np.array([1.0, 2.0]))
    {'array': [1.0, 2.0], 'type': 'float64'}
    """
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
        return {"array": value.tolist(), "type": str(value.dtype)}
    if isinstance(value, np.generic):
        return pack(value.item())
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        return {type(value).__name__: [pack(each) for each in value]}
    if isinstance(value, Counted) and isinstance(value.function, Written):
        return {"function": value.function.parts}
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {"dict": {key: pack(each) for key, each in value.items()}}
    raise ValueError(
        f"The input {value!r} cannot be sent to a submission: use numbers, text, "
        'arrays, lists or gdcourse.grading.function("x**2", "x").'
    )


def unpack(value: Any) -> Any:
    """Return what ``pack`` was given.

    >>> unpack({"tuple": [1, {"array": [2.0], "type": "float64"}]})
    (1, array([2.]))
    """
    if not isinstance(value, dict):
        return value
    kind, held = next(iter(value.items()))
    if kind == "array":
        return np.array(held, dtype=value["type"])
    if kind == "function":
        expression, variables, gradient = held
        return function(expression, variables, gradient=gradient)
    if kind == "dict":
        return {key: unpack(each) for key, each in held.items()}
    items = [unpack(each) for each in held]
    return items if kind == "list" else tuple(items)


def pack_outcome(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as plain JSON."""
    return {
        "kind": outcome.kind,
        "values": [
            [list(each.shape), each.ravel().tolist()] for each in outcome.values
        ],
        "changed": list(outcome.changed),
        "said": outcome.said[:MOST_SAID],
    }


def unpack_outcome(told: Any, names: tuple[str, ...]) -> Outcome:
    """Return an outcome that a submission's process told, believing nothing else of it.

    Raises ValueError for everything that ``pack_outcome`` would not have written.
    """
    try:
        kind, said = told["kind"], told["said"]
        values = tuple(_array(*each) for each in told["values"])
        changed = tuple(name for name in names if name in told["changed"])
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError(f"{str(told)[:80]} is no outcome") from error
    if kind not in KINDS or not isinstance(said, str):
        raise ValueError(f"{str(told)[:80]} is no outcome")
    return Outcome(kind, values, changed, said[:MOST_SAID])


def _array(shape: Any, numbers: Any) -> np.ndarray:
    sizes = [n for n in shape if isinstance(n, int) and 0 <= n <= MOST_NUMBERS]
    plain = all(type(x) in (int, float) for x in numbers)
    if len(sizes) != len(shape) or math.prod(sizes) != len(numbers) or not plain:
        raise ValueError(f"{str(shape)[:40]} is no shape of its {len(numbers)} numbers")
    return np.array(numbers, dtype=float).reshape(sizes)
