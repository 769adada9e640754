"""Find out what was handed to the tracer: a rule, a schedule, a surface, a factory."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from gdcourse.optimizers import OPTIMIZERS, Rule, rule_from
from gdcourse.schedules import SCHEDULES
from gdcourse.surfaces import Surface
from gdcourse.trace.graph import TraceError
from gdcourse.trace.record import Traced


def made(thing: Any) -> Rule | Surface | Callable[..., Any]:
    """Return a rule, a surface or a schedule; factories are called with symbols."""
    if isinstance(thing, (Rule, Surface)):
        return thing
    if not callable(thing):
        raise TraceError(
            f"{thing!r} has no formula: pass a rule, a schedule, a surface, a factory "
            "such as adam, or a function step(x, gradient)."
        )
    if is_factory(thing):
        return made(thing(**_symbols(thing)))
    if len(_required(thing)) == 1:
        function: Callable[..., Any] = thing
        return function
    return rule_from(thing)


def is_factory(thing: Any) -> bool:
    """Tell a factory, such as ``adam``, from a rule's step or a schedule."""
    if any(thing is known for known in (*OPTIMIZERS.values(), *SCHEDULES.values())):
        return True
    returns = getattr(thing, "__annotations__", {}).get("return")
    if returns is Rule or returns in ("Rule", "Schedule"):
        return True
    return not isinstance(thing, Rule) and not _required(thing)


def _required(function: Any) -> list[str]:
    parameters = inspect.signature(function).parameters.values()
    return [p.name for p in parameters if p.default is p.empty]


def _symbols(factory: Callable[..., Any]) -> dict[str, Traced]:
    """Return a symbol for each argument that is, or may be, a number."""
    parameters = inspect.signature(factory).parameters.items()
    for name, p in parameters:
        if p.annotation == "Schedule":
            raise TraceError(
                f"{factory.__name__} has no formula without its {name}: call it first, "
                f"as in {factory.__name__}(cosine(0.1, 100), 10)."
            )
    return {
        name: Traced.symbol(name)
        for name, p in parameters
        if p.default is p.empty or type(p.default) in (int, float)
    }
