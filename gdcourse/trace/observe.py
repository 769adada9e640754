"""Learn what a function calls its results: its local variables when it returns."""

from __future__ import annotations

import inspect
import sys
from typing import Any

from gdcourse.trace.graph import Node, TraceError
from gdcourse.trace.record import Traced

MIXED = (
    "A NumPy function cannot go through an array that mixes traced and plain numbers: "
    "apply it to the entries first, as in np.array([np.sqrt(x[0]), 2])."
)


def observe(function: Any, *arguments: Any) -> tuple[Any, list[tuple[Node, str]]]:
    """Call ``function``; return its result and its local variables by name.

    The locals are those at the return of the function that was written last: one
    that ``functools`` wrapped counts as its inner one.
    """
    code = _code(function)
    names: list[tuple[Node, str]] = []

    def at_return(frame: Any, event: str, _: Any) -> None:
        if event == "return" and frame.f_code is code:
            names[:] = [
                (value.node, name)
                for name, value in frame.f_locals.items()
                if isinstance(value, Traced)
            ]

    earlier = sys.getprofile()
    if code is None or not (earlier is None or callable(earlier)):
        return _called(function, arguments), names
    sys.setprofile(at_return)
    try:
        return _called(function, arguments), names
    finally:
        sys.setprofile(earlier)


def _called(function: Any, arguments: tuple[Any, ...]) -> Any:
    try:
        return function(*arguments)
    except (TypeError, ValueError) as error:
        if "has no callable" in str(error):
            raise TraceError(MIXED) from None
        # NumPy hides some of our sentences behind its own.
        reason = error.__cause__ or error.__context__
        raise (reason if isinstance(reason, TraceError) else error) from None


def _code(function: Any) -> Any:
    function = inspect.unwrap(function)
    while hasattr(function, "func"):
        function = inspect.unwrap(function.func)
    if not hasattr(function, "__code__"):
        function = getattr(function, "__call__", None)  # noqa: B004
    return getattr(function, "__code__", None)


def argument_names(function: Any) -> tuple[str, ...]:
    """Return the names of a function's arguments, without ``self``."""
    code = _code(function)
    if code is None:
        return ()
    names: tuple[str, ...] = code.co_varnames[: code.co_argcount]
    return names[1:] if names[:1] == ("self",) else names
