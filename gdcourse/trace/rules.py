"""Run rules once on symbols, and keep the graphs of their parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gdcourse.optimizers.rule import Rule
from gdcourse.trace.graph import (
    SCALAR,
    VECTOR,
    Graph,
    Node,
    TraceError,
    as_kind,
    gather,
)
from gdcourse.trace.lift import lift
from gdcourse.trace.observe import argument_names, observe
from gdcourse.trace.record import Traced
from gdcourse.trace.states import entries, input_names, refill

Inputs = tuple[tuple[str, str], ...]  # (name, kind) of each


@dataclass(frozen=True)
class RuleTrace:
    """The graphs of a rule.

    ``state`` lists (input name, kind) of each entry of the state.  A rule made of a
    bare function has no ``init``: its ``first`` step makes the state that ``step`` goes
    on from.  ``probe`` is the point where the rule wants its gradient, if not ``x``.
    """

    step: Graph
    state: Inputs = ()
    init: Graph | None = None
    first: Graph | None = None
    probe: Graph | None = None


def trace_rule(rule: Rule) -> RuleTrace:
    """Trace a rule's first state, its step and its probe."""
    if "traceable" not in rule.traits:
        raise TraceError(
            f"{rule.name} cannot be recorded as one formula for each coordinate: show "
            "the path that descend returns."
        )
    traced = _trace(rule)
    if _trace(rule) != traced:
        raise TraceError(
            f"{rule.name} is another formula each time it runs: draw random numbers "
            "outside the step."
        )
    return traced


def _trace(rule: Rule) -> RuleTrace:
    start = rule.init(Traced.symbol("x", VECTOR))
    if entries(start):
        return _with_state(rule, start, None)
    first = _step(rule, start)
    if not first.after:
        return RuleTrace(step=first.graph(()))
    return _with_state(rule, first.state, first)


def _with_state(rule: Rule, given: Any, first: _Step | None) -> RuleTrace:
    start = entries(given)
    names = input_names(start, {"x", "gradient", *rule.hyperparameters})
    kinds = [node.kind for node in start.values()]
    while True:
        state = tuple(zip(names, kinds, strict=True))
        step = _step(rule, given, state)
        # An entry that begins as a number may become a vector: then it always is one.
        new = [node.kind for node in step.after.values()]
        pairs = zip(kinds, new, strict=True)
        wide = [VECTOR if VECTOR in pair else SCALAR for pair in pairs]
        if wide == kinds:
            break
        kinds = wide
    return RuleTrace(
        step=step.graph(state),
        state=state,
        init=None if first else _init_graph(start, state),
        first=first.graph(state) if first else None,
        probe=_probe_graph(rule, given, state),
    )


@dataclass(frozen=True)
class _Step:
    """One call of a rule's step on symbols; ``after`` are the entries of the state."""

    inputs: list[Node]
    x: Node
    state: Any
    after: dict[Any, Node]
    names: list[tuple[Node, str]]

    def graph(self, state: Inputs) -> Graph:
        outputs = _named(state, self.after.values(), self.inputs[0])
        return gather(self.inputs, {"x": self.x, **outputs}, self.names)


def _step(rule: Rule, given: Any, state: Inputs = ()) -> _Step:
    x, g = Traced.symbol("x", VECTOR), Traced.symbol("gradient", VECTOR)
    memory = [Traced.symbol(*pair) for pair in state]
    hyper = [Traced.symbol(name) for name in rule.hyperparameters]
    inputs = [value.node for value in (x, g, *memory, *hyper)]
    result, seen = observe(rule.step, x.copy(), g.copy(), refill(given, memory))
    new, after = _result(rule, result)
    found, wanted = entries(after), list(entries(given))
    if wanted and found.keys() != set(wanted):
        raise TraceError(
            f"The state has the entries {wanted} at first and {list(found)} a step "
            "later: keep the same entries at every step."
        )
    ordered = {key: found[key] for key in wanted or found}
    spoken = zip(inputs[:2], argument_names(rule.step), strict=False)
    local = [pair for pair in seen if pair[0] not in inputs[: 2 + len(state)]]
    return _Step(inputs, new, after, ordered, [*spoken, *local])


def _result(rule: Rule, result: Any) -> tuple[Node, Any]:
    """Return the new point and the new state, or say what was returned instead."""
    if isinstance(result, tuple) and len(result) == 2 and result[0] is not None:
        point = lift(result[0])
        if point.kind == VECTOR:
            return point, result[1]
    shown = result[0] if isinstance(result, tuple) and result else result
    raise TraceError(
        f"{rule.name} returned {shown!r}: return the new x, a vector with as many "
        "coordinates as the old one, or the new x and the state."
    )


def _named(state: Inputs, values: Iterable[Node], like: Node) -> dict[str, Node]:
    return {
        name: as_kind(value, kind, like)
        for (name, kind), value in zip(state, values, strict=True)
    }


def _init_graph(start: Mapping[Any, Node], state: Inputs) -> Graph:
    like = Traced.symbol("x", VECTOR).node
    return gather([like], _named(state, start.values(), like))


def _probe_graph(rule: Rule, given: Any, state: Inputs) -> Graph | None:
    if rule.probe is None:
        return None
    x, *memory = [Traced.symbol(*pair) for pair in (("x", VECTOR), *state)]
    point, names = observe(rule.probe, x.copy(), refill(given, memory))
    return gather([x.node, *(m.node for m in memory)], {"x": lift(point)}, names)
