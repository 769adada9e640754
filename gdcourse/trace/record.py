"""An array that records what NumPy does to it, in place of computing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from gdcourse.trace.functions import FUNCTIONS, KNOWN, METHODS, OPERATORS, shown
from gdcourse.trace.graph import SCALAR, VECTOR, Node, TraceError, component, symbol
from gdcourse.trace.lift import lift

NO_NUMBER = (
    "A traced value has no number yet, so float(), int(), range() and the functions of "
    "the math module cannot read it: use NumPy's, such as np.sqrt for math.sqrt."
)
NO_TRUTH = (
    "A traced value is neither true nor false yet, so `if`, `while`, `and` and `or` "
    "cannot choose by it: use np.where(condition, this, that), np.minimum or "
    "np.maximum."
)
NO_LOOP = (
    "A traced vector has no fixed number of coordinates, so len(), for and unpacking "
    "cannot go through it: write the formula for the whole vector, or take x[0], x[1]."
)
NO_ASSIGNMENT = (
    "A traced vector cannot be changed one coordinate at a time: build a new one with "
    "np.where(condition, this, that) or np.array([first, second])."
)


class NoSuchMethodError(TraceError, AttributeError):
    """A method of arrays that the tracer does not know."""


def _refuse(sentence: str) -> Callable[..., Any]:
    def refuse(self: Any, *arguments: Any) -> Any:
        raise TraceError(sentence)

    return refuse


class Traced(NDArrayOperatorsMixin):
    """A vector or a scalar without numbers; ``node`` says how it came about.

    Changing a vector in place (``x -= g``) gives this object another node, so every
    name that it goes by sees the change, as with an array.
    """

    is_traced = True
    dtype = np.dtype(float)

    def __init__(self, node: Node) -> None:
        self.node = node

    @classmethod
    def symbol(cls, name: str, kind: str = SCALAR) -> Traced:
        """Return an input of a graph."""
        return cls(symbol(name, kind))

    def parameter(self, name: str) -> Traced:
        """Return the symbol of a hyper-parameter of the rule that is being traced."""
        return Traced.symbol(name)

    def __repr__(self) -> str:
        what = self.node.data if self.node.op == "input" else self.node.op
        return f"<traced {self.node.kind}: {what}>"

    def __array_ufunc__(
        self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **options: Any
    ) -> Any:
        operator = OPERATORS.get(ufunc)
        if method != "__call__" or operator is None or options:
            name = f"np.{ufunc.__name__}"
            raise _unknown(name if method == "__call__" else f"{name}.{method}")
        node = operator(*(lift(value) for value in inputs))
        if out is not None and out[0] is self and self.node.kind == VECTOR:
            self.node = node
            return self
        return Traced(node)

    def __array_function__(
        self, function: Any, types: Any, args: Any, kwargs: Any
    ) -> Any:
        handler = FUNCTIONS.get(function)
        if handler is None:
            raise _unknown(shown(function))
        return _call(handler, shown(function), args, kwargs)

    def __getattr__(self, name: str) -> Any:
        handler = METHODS.get(name)
        if handler is None:
            raise NoSuchMethodError(
                f"x.{name} cannot be traced: use x.sum(), x.mean(), x.max(), x.min(), "
                f"x.clip(), x.dot() or x.size, or functions such as {KNOWN}."
            )
        return lambda *args, **kwargs: _call(
            handler, f"x.{name}", (self, *args), kwargs
        )

    def __getitem__(self, key: Any) -> Any:
        index = key[-1] if isinstance(key, tuple) and key[:-1] == (...,) else key
        if isinstance(index, (int, np.integer)) and self.node.kind == VECTOR:
            return Traced(component(self.node, int(index)))
        if key is Ellipsis or key == () or key == slice(None):
            return self
        raise TraceError(
            f"x[{key!r}] cannot be traced: take one coordinate, such as x[0], or write "
            "the formula for the whole vector."
        )

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return 1 if self.node.kind == VECTOR else 0

    @property
    def size(self) -> Any:
        """The number of coordinates, itself a traced value."""
        return Traced(Node("size", (self.node,))) if self.ndim else 1

    @property
    def shape(self) -> tuple[Any, ...]:
        """One axis of traced length, or none."""
        return (self.size,) * self.ndim

    @property
    def T(self) -> Traced:  # noqa: N802 (as NumPy has it)
        """The vector itself."""
        return self

    def copy(self) -> Traced:
        """Return a value that changes in place apart from this one."""
        return Traced(self.node)

    def astype(self, dtype: Any, **options: Any) -> Traced:
        """Return a copy: every traced value is a float."""
        return self.copy()

    __bool__ = _refuse(NO_TRUTH)
    __float__ = __int__ = __index__ = __complex__ = _refuse(NO_NUMBER)
    __round__ = __trunc__ = __floor__ = __ceil__ = _refuse(NO_NUMBER)
    __len__ = __iter__ = __contains__ = _refuse(NO_LOOP)
    __setitem__ = _refuse(NO_ASSIGNMENT)


def _call(handler: Any, name: str, args: Any, kwargs: Any) -> Any:
    try:
        result = handler(*args, **kwargs)
    except TypeError:
        raise TraceError(
            f"{name} cannot be traced with these arguments: leave out its options."
        ) from None
    if isinstance(result, list):
        return [Traced(node) for node in result]
    return Traced(result)


def _unknown(name: str) -> TraceError:
    return TraceError(
        f"{name} cannot be traced, so no figure can run it and no formula show it: use "
        f"+ - * / ** //, comparisons, {KNOWN}."
    )
