"""What a rule keeps from step to step: a NamedTuple, or a learner's dict."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from gdcourse.trace.graph import Node, TraceError
from gdcourse.trace.lift import lift
from gdcourse.trace.record import Traced


def entries(state: Any) -> dict[Any, Node]:
    """Return what a state holds, by its names."""
    parts = state._asdict() if hasattr(state, "_asdict") else state
    if not isinstance(parts, dict):
        raise TraceError(f"The state is {state!r}: keep it a dict or a NamedTuple.")
    return {key: _entry(key, value) for key, value in parts.items()}


def _entry(key: Any, value: Any) -> Node:
    try:
        return lift(value)
    except TraceError:
        raise TraceError(
            f"The state keeps {key!r} = {value!r}: keep numbers and vectors only."
        ) from None


def refill(state: Any, values: list[Traced]) -> Any:
    """Return a state like ``state`` that holds ``values``, or the same without any."""
    fresh = [value.copy() for value in values]
    if not fresh:
        return state
    if hasattr(state, "_asdict"):
        return type(state)(*fresh)
    return dict(zip(state, fresh, strict=True))


def input_names(keys: Iterable[Any], taken: Iterable[str]) -> list[str]:
    """Return a word for each key that is not taken yet."""
    names: list[str] = []
    for key in keys:
        name = re.sub(r"\W", "_", str(key))
        name = name if name[:1].isalpha() else f"s{name}"
        while name in {*taken, *names}:
            name += "_state"
        names.append(name)
    return names
