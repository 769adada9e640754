"""Turn what a formula works with into nodes: traced values, numbers, rows of both."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdcourse.trace.graph import VECTOR, Node, TraceError, constant


def lift(value: Any) -> Node:
    """Return the node of a traced value, a number, or a row of either."""
    if getattr(value, "is_traced", False):
        node: Node = value.node
        return node
    if isinstance(value, (bool, int, float, np.number, np.bool_)):
        return _number(value)
    if isinstance(value, (list, tuple, np.ndarray)):
        return _row(value)
    raise TraceError(
        f"{value!r} is neither a number nor an array, so the formula cannot use it."
    )


def _number(value: Any) -> Node:
    plain = value.item() if isinstance(value, np.generic) else value
    if not np.isfinite(plain):
        raise TraceError(f"The formula contains {value}: use finite numbers.")
    return constant(plain if isinstance(plain, float) else int(plain))


def _row(values: Any) -> Node:
    if isinstance(values, np.ndarray) and values.ndim == 0:
        return lift(values.item())
    parts = [lift(value) for value in values]
    if not parts or any(part.kind == VECTOR for part in parts):
        raise TraceError(
            f"An array of shape {np.shape(values)} cannot be traced here: use numbers "
            "and vectors with one entry a coordinate."
        )
    return Node("stack", tuple(parts), kind=VECTOR)
