"""SymPy expressions of what was traced, on one symbolic coordinate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdcourse.optimizers.rule import Rule
from gdcourse.surfaces import Surface
from gdcourse.trace.graph import Graph
from gdcourse.trace.operations import TRUTHS, apply_sympy
from gdcourse.trace.program import trace_schedule, trace_surface
from gdcourse.trace.rules import trace_rule
from gdcourse.trace.source import made


def sympy(thing: Any) -> dict[str, Any]:
    """Return the outputs of a rule's step, a schedule or a surface in SymPy.

    The inputs are real symbols of the graph's names.  A vector stands for its only
    coordinate, so a rule that couples coordinates is given for one of them.

    >>> from gdcourse.optimizers import gradient_descent
    >>> sympy(gradient_descent)["x"]
    -gradient*learning_rate + x
    """
    thing = made(thing)
    if isinstance(thing, Surface):
        return expressions(trace_surface(thing))
    if isinstance(thing, Rule):
        return expressions(trace_rule(thing).step)
    return expressions(trace_schedule(thing))


def expressions(
    graph: Graph, inputs: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the outputs of a graph as SymPy expressions of its inputs."""
    import sympy as sp

    symbols = {name: sp.Symbol(name, real=True) for name, _ in graph.inputs}
    symbols |= inputs or {}
    values: list[Any] = []
    for op, data, *arguments in graph.nodes:
        given = [values[i] for i in arguments]
        if op not in TRUTHS and op != "where":
            given = [_as_number(value) for value in given]
        match op:
            case "input":
                values.append(symbols[data])
            case "constant":
                values.append(sp.pi if data == float(sp.pi) else sp.sympify(data))
            case "component" | "fill" | "stack":
                values.append(given[0])
            case "size":
                values.append(sp.Integer(1))
            case _:
                values.append(apply_sympy(op, *given))
    return {name: values[i] for name, i in graph.outputs.items()}


def _as_number(value: Any) -> Any:
    """Return 1 or 0 for a comparison that is calculated with."""
    import sympy as sp

    truths = (sp.core.relational.Relational, sp.logic.boolalg.BooleanFunction)
    if isinstance(value, truths):
        return sp.Piecewise((1, value), (0, True))
    return value
