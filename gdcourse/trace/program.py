"""Run rules, schedules and surfaces once on symbols, and keep their graphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdcourse.formulas import FUNCTIONS
from gdcourse.optimizers.rule import Rule
from gdcourse.surfaces import CONSTANTS, Surface
from gdcourse.trace.graph import (
    SCALAR,
    VECTOR,
    Graph,
    Node,
    TraceError,
    as_kind,
    constant,
    gather,
)
from gdcourse.trace.observe import argument_names, observe
from gdcourse.trace.record import Traced, lift


@dataclass(frozen=True)
class RuleTrace:
    """The graphs of a rule.

    ``state`` lists (input name, kind) of each part of the state.  A rule made of a bare
    function has no ``init``: its ``first`` step makes the state that ``step`` goes on
    from.  ``probe`` is the point where the rule wants its gradient, if not ``x``.
    """

    step: Graph
    state: tuple[tuple[str, str], ...]
    init: Graph | None = None
    first: Graph | None = None
    probe: Graph | None = None


def trace_surface(surface: Surface) -> Graph:
    """Trace the formula and its partial derivatives, before any mean over data."""
    columns = [Traced.symbol(name) for name in (*surface.variables, *surface.data)]
    value, slopes = surface.term(*columns)
    outputs = {"value": lift(value)}
    for name, slope in zip(surface.variables, slopes, strict=True):
        outputs[f"d_{name}"] = lift(slope)
    return gather([column.node for column in columns], outputs)


def trace_formula(surface: Surface) -> Graph:
    """Trace the formula in the order in which it is written."""
    columns = {
        name: Traced.symbol(name) for name in (*surface.variables, *surface.data)
    }
    numbers = {name: Traced(constant(value)) for name, value in CONSTANTS.items()}
    functions = {name: getattr(np, name) for name in FUNCTIONS}
    value = surface.read(numbers | columns, functions)
    return gather([c.node for c in columns.values()], {"value": lift(value)})


def trace_schedule(schedule: Callable[..., Any]) -> Graph:
    """Trace a schedule as a function of its step."""
    step = Traced.symbol("step")
    value, names = observe(schedule, step)
    return gather([step.node], {"rate": lift(value)}, names)


def trace_rule(rule: Rule) -> RuleTrace:
    """Trace a rule's first state, its step and its probe."""
    if "traceable" not in rule.traits:
        raise TraceError(
            f"{rule.name} takes decisions that cannot be recorded as one formula: show "
            "the path that descend returns."
        )
    start = rule.init(Traced.symbol("x", VECTOR))
    bare = isinstance(start, dict) and not start
    first = _step(rule, start) if bare else None
    given = first.state if first else start
    if not _parts(given):
        assert first is not None
        return RuleTrace(step=first.graph(), state=())
    return _with_state(rule, given, first)


def _with_state(rule: Rule, given: Any, first: _Step | None) -> RuleTrace:
    names = _input_names(rule, given)
    kinds = [lift(part).kind for part in _parts(given).values()]
    step = _step(rule, given, names, kinds)
    while step.kinds() != kinds:
        kinds = step.kinds()
        step = _step(rule, given, names, kinds)
    state = tuple(zip(names, kinds, strict=True))
    return RuleTrace(
        step=step.graph(state),
        state=state,
        init=None if first else _init_graph(given, state),
        first=first.graph(state) if first else None,
        probe=_probe_graph(rule, given, state),
    )


@dataclass(frozen=True)
class _Step:
    """One call of a rule's step on symbols."""

    inputs: list[Node]
    x: Node
    state: Any
    names: list[tuple[Node, str]]

    def kinds(self) -> list[str]:
        """The kind of each part of the new state; a vector once is one for ever."""
        return [
            VECTOR if VECTOR in (lift(new).kind, old.kind) else SCALAR
            for new, old in zip(
                _parts(self.state).values(), self.inputs[2:], strict=False
            )
        ]

    def graph(self, state: Iterable[tuple[str, str]] = ()) -> Graph:
        like = self.inputs[0]
        outputs = {"x": self.x}
        new = _parts(self.state).values()
        for (name, kind), value in zip(state, new, strict=True):
            outputs[name] = as_kind(lift(value), kind, like)
        return gather(self.inputs, outputs, self.names)


def _step(
    rule: Rule, given: Any, names: Iterable[str] = (), kinds: Iterable[str] = ()
) -> _Step:
    x, g = Traced.symbol("x", VECTOR), Traced.symbol("gradient", VECTOR)
    state = [Traced.symbol(*pair) for pair in zip(names, kinds, strict=True)]
    inputs = [
        value.node
        for value in (x, g, *state, *map(Traced.symbol, rule.hyperparameters))
    ]
    (new, after), seen = observe(rule.step, x.copy(), g.copy(), _refill(given, state))
    if _parts(after).keys() != _parts(given).keys() and names:
        raise TraceError(
            f"The state has the entries {list(_parts(given))} at first and "
            f"{list(_parts(after))} a step later: keep the same entries at every step."
        )
    point = lift(new)
    if point.kind == SCALAR:
        raise TraceError(
            f"{rule.name} returned one number: return a vector, with as many "
            "coordinates as x."
        )
    spoken = zip(inputs[:2], argument_names(rule.step), strict=False)
    seen = [pair for pair in seen if pair[0] not in inputs[: 2 + len(state)]]
    return _Step(inputs, point, after, [*spoken, *seen])


def _parts(state: Any) -> dict[str, Any]:
    """Return a state's entries by name."""
    return dict(state._asdict() if hasattr(state, "_asdict") else state)


def _refill(state: Any, values: list[Traced]) -> Any:
    """Return a state like ``state`` that holds ``values``."""
    fresh = [value.copy() for value in values]
    if hasattr(state, "_asdict"):
        return type(state)(*fresh)
    return dict(zip(state, fresh, strict=True)) if fresh else dict(state)


def _input_names(rule: Rule, state: Any) -> list[str]:
    """Return a name for each entry that no other input has and that is a word."""
    taken = {"x", "gradient", *rule.hyperparameters}
    names: list[str] = []
    for key in _parts(state):
        name = re.sub(r"\W", "_", str(key))
        name = name if name[:1].isalpha() else f"s{name}"
        while name in taken:
            name += "_state"
        taken.add(name)
        names.append(name)
    return names


def _init_graph(start: Any, state: Iterable[tuple[str, str]]) -> Graph:
    like = Traced.symbol("x", VECTOR).node
    values = _parts(start).values()
    outputs = {
        name: as_kind(lift(value), kind, like)
        for (name, kind), value in zip(state, values, strict=True)
    }
    return gather([like], outputs)


def _probe_graph(
    rule: Rule, given: Any, state: tuple[tuple[str, str], ...]
) -> Graph | None:
    if rule.probe is None:
        return None
    x = Traced.symbol("x", VECTOR)
    parts = [Traced.symbol(*pair) for pair in state]
    point, names = observe(rule.probe, x, _refill(given, parts))
    inputs = [value.node for value in (x, *parts)]
    return gather(inputs, {"x": as_kind(lift(point), VECTOR, x.node)}, names)
