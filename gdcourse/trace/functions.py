"""What each NumPy function does to recorded values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gdcourse.trace.graph import SCALAR, VECTOR, Node, TraceError
from gdcourse.trace.lift import lift
from gdcourse.trace.operations import ELEMENTWISE, REDUCTIONS, TRUTHS


def elementwise(op: str, *nodes: Node) -> Node:
    """Record an operation on each coordinate; scalars are repeated."""
    vector = any(node.kind == VECTOR for node in nodes)
    return Node(op, nodes, kind=VECTOR if vector else SCALAR)


def reduction(op: str, *nodes: Node) -> Node:
    """Record an operation over all coordinates."""
    return Node(op, nodes)


def shown(function: Any) -> str:
    """Return a function's name as a program writes it."""
    module = getattr(function, "__module__", "") or ""
    inside = [part for part in ("linalg", "fft", "random") if part in module]
    return ".".join(["np", *inside, function.__name__])


def _operator(op: str) -> Callable[..., Node]:
    return lambda *nodes: elementwise(op, *nodes)


def _logical(op: str) -> Callable[..., Node]:
    def record(*nodes: Node) -> Node:
        if not all(node.op in TRUTHS for node in nodes):
            raise TraceError("& | ~ join comparisons, such as (g > 0) & (x > 0).")
        return elementwise(op, *nodes)

    return record


def matmul(a: Node, b: Node) -> Node:
    """Record the product of two vectors, or refuse."""
    if SCALAR in (a.kind, b.kind):
        raise TraceError("@ multiplies two vectors: use * with a scalar.")
    return reduction("dot", a, b)


OPERATORS: dict[Any, Callable[..., Node]] = {
    row.numpy: _operator(op)
    for op, row in ELEMENTWISE.items()
    if isinstance(row.numpy, np.ufunc)
}
OPERATORS |= {
    np.positive: lambda x: x,
    np.fabs: _operator("absolute"),
    np.fmin: _operator("minimum"),
    np.fmax: _operator("maximum"),
    np.bitwise_and: _logical("logical_and"),
    np.bitwise_or: _logical("logical_or"),
    np.invert: _logical("logical_not"),
    np.matmul: matmul,
}


def _reduce(op: str) -> Callable[..., Node]:
    def record(x: Any, axis: Any = None, keepdims: bool = False) -> Node:
        if axis not in (None, 0, -1):
            raise TypeError
        node = lift(x)
        return reduction(op, node) if node.kind == VECTOR else node

    return record


def _where(condition: Any, yes: Any, no: Any) -> Node:
    return elementwise("where", lift(condition), lift(yes), lift(no))


def _clip(x: Any, low: Any = None, high: Any = None, **names: Any) -> Node:
    low, high = names.pop("min", low), names.pop("max", high)
    if names or (low is None and high is None):
        raise TypeError
    if low is None:
        return elementwise("minimum", lift(x), lift(high))
    if high is None:
        return elementwise("maximum", lift(x), lift(low))
    return elementwise("clip", lift(x), lift(low), lift(high))


def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Node:
    if axis not in (None, 0, -1):
        raise TypeError
    node = lift(x)
    if ord in (None, 2) and node.kind == VECTOR:
        return reduction("norm", node)
    size = elementwise("absolute", node)
    if node.kind == SCALAR:
        return size
    if ord == 1:
        return reduction("sum", size)
    if ord == np.inf:
        return reduction("max", size)
    raise TypeError


def _dot(a: Any, b: Any) -> Node:
    nodes = lift(a), lift(b)
    if SCALAR in (nodes[0].kind, nodes[1].kind):
        return elementwise("multiply", *nodes)
    return reduction("dot", *nodes)


def full_like(x: Any, value: Any, dtype: Any = None) -> Node:
    """Record one value for every coordinate of ``x``."""
    like, node = lift(x), lift(value)
    if like.kind == SCALAR or node.kind == VECTOR:
        return node
    return Node("fill", (node, like), kind=VECTOR)


def _stack(values: Any, axis: int = 0) -> Node:
    nodes = [lift(value) for value in values]
    if axis not in (0, -1) or any(node.kind == VECTOR for node in nodes):
        raise TypeError
    return Node("stack", tuple(nodes), kind=VECTOR)


def _broadcast(*values: Any) -> list[Node]:
    nodes = [lift(value) for value in values]
    like = next((node for node in nodes if node.kind == VECTOR), None)
    if like is None:
        return nodes
    return [
        node if node.kind == VECTOR else Node("fill", (node, like), kind=VECTOR)
        for node in nodes
    ]


FUNCTIONS: dict[Any, Callable[..., Any]] = {
    row.numpy: _reduce(op)
    for op, row in REDUCTIONS.items()
    if op not in {"norm", "dot"}
}
FUNCTIONS |= {
    np.where: _where,
    np.clip: _clip,
    np.linalg.norm: _norm,
    np.dot: _dot,
    np.vdot: _dot,
    np.inner: _dot,
    np.zeros_like: lambda x, dtype=None: full_like(x, 0.0),
    np.ones_like: lambda x, dtype=None: full_like(x, 1.0),
    np.full_like: full_like,
    np.stack: _stack,
    np.broadcast_arrays: _broadcast,
    np.copy: lambda x: lift(x),
}


def _unary(op: str) -> Callable[..., Node]:
    return lambda x: elementwise(op, lift(x))


# x.sum() and so on; an object array asks its entries for x.sqrt() and so on.
METHODS: dict[str, Callable[..., Any]] = {
    op: _unary(op)
    for op, row in ELEMENTWISE.items()
    if isinstance(row.numpy, np.ufunc) and row.numpy.nin == 1
}
METHODS |= {
    name: FUNCTIONS[getattr(np, name)] for name in ("sum", "mean", "max", "min")
}
METHODS |= {"clip": _clip, "dot": _dot}

# What programs write as signs, and other names of functions that are listed already.
_SIGNS = (
    "add subtract multiply divide power negative positive floor_divide remainder "
    "matmul greater greater_equal less less_equal equal not_equal bitwise_and "
    "bitwise_or invert logical_and logical_or logical_not fabs fmin fmax vdot inner "
    "copy".split()
)
KNOWN = ", ".join(
    sorted(
        shown(function)
        for function in (*OPERATORS, *FUNCTIONS)
        if function.__name__ not in _SIGNS
    )
)
