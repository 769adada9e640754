"""Rules, schedules and surfaces as JavaScript functions that a person can read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from gdcourse.optimizers.rule import Rule
from gdcourse.surfaces import Surface
from gdcourse.trace.graph import Graph, TraceError
from gdcourse.trace.lines import plan
from gdcourse.trace.program import trace_formula, trace_schedule, trace_surface
from gdcourse.trace.rules import RuleTrace, trace_rule
from gdcourse.trace.script import Writer
from gdcourse.trace.source import made

RESERVED = set(
    "await break case catch class const continue debugger default delete do else enum "
    "export extends false finally for function if import in instanceof let new null "
    "return static super switch this throw true try typeof var void while with yield "
    "arguments eval Math i state".split()
)


def javascript(thing: Any) -> str:
    """Return a rule, a schedule or a surface as JavaScript source.

    ``thing`` may also be a factory, such as ``adam``, or a bare ``step(x, gradient)``.
    A rule becomes ``step(x, gradient, state, hyper-parameters)`` and a function that
    makes its first state.

    >>> print(javascript(Surface("w**2 + 4*b**2", "w b", "bowl")).splitlines()[0])
    function bowl(w, b) {
    """
    spoken = getattr(thing, "__qualname__", "formula").split(".")[0]
    thing = made(thing)
    name = _identifier(getattr(thing, "name", spoken).lower())
    if isinstance(thing, Surface):
        return _surface(thing, name)
    if isinstance(thing, Rule):
        return _rule(thing, name)
    return _schedule(trace_schedule(thing), name)


def _surface(surface: Surface, name: str) -> str:
    columns = [*surface.variables, *surface.data]
    names = {column: _identifier(column) for column in columns}
    value = _body(trace_formula(surface), names, lambda results: results[0])
    slopes = _body(_without_value(surface), names, lambda r: f"[{', '.join(r)}]")
    head = f"({', '.join(names.values())})"
    row = "// One row of the data: the loss is the mean over all rows.\n"
    return (row if surface.data else "") + "\n\n".join(
        [_function(name + head, value), _function(f"{name}_gradient{head}", slopes)]
    )


def _without_value(surface: Surface) -> Graph:
    graph = trace_surface(surface)
    slopes = {name: i for name, i in graph.outputs.items() if name != "value"}
    return replace(graph, outputs=slopes)


def _schedule(graph: Graph, name: str) -> str:
    names = {given: _identifier(given) for given, _ in graph.inputs}
    _, *others = names.values()
    head = f"{name}(step{_options(others)})"
    return _function(head, _body(graph, names, lambda results: results[0]))


def _rule(rule: Rule, name: str) -> str:
    traced = trace_rule(rule)
    functions = []
    if traced.init:
        begun = _body(traced.init, {"x": "x"}, lambda r: _object(traced, r))
        functions.append(_function(f"{name}_init(x)", begun))
    if traced.first:
        functions.append(_step(rule, traced, traced.first, f"{name}_first"))
    functions.append(_step(rule, traced, traced.step, name))
    schedules = [
        _schedule(trace_schedule(value), f"{hyper}_at")
        for hyper, value in rule.hyperparameters.items()
        if callable(value) and _traceable(value)
    ]
    return "\n\n".join([*schedules, *functions])


def _step(rule: Rule, traced: RuleTrace, graph: Graph, name: str) -> str:
    spoken = {graph.nodes[i][1]: called for i, called in graph.names.items()}
    names, options = {}, []
    for given, _ in graph.inputs:
        if given in dict(traced.state):
            names[given] = f"state.{given}"
            continue
        names[given] = _identifier(spoken.get(given, given))
        if given not in ("x", "gradient"):
            options.append(_option(rule, given, names[given]))
    x, g = names["x"], names["gradient"]
    state = ", state" if traced.state else ""
    body = _body(
        graph, names, lambda r: f"{{ x: {r[0]}, state: {_object(traced, r[1:])} }}"
    )
    return _function(f"{name}({x}, {g}{state}{_options(options)})", body)


def _option(rule: Rule, given: str, name: str) -> str:
    """Return one entry of the hyper-parameters, with its value where it is known."""
    value = rule.hyperparameters.get(given)
    entry = given if given == name else f"{given}: {name}"
    if isinstance(value, (int, float)):
        return f"{entry} = {value!r}"
    return f"{entry} = {given}_at(state.t)" if _traceable(value) else entry


def _options(options: Iterable[str]) -> str:
    inside = ", ".join(options)
    return f", {{ {inside} }} = {{}}" if inside else ""


def _traceable(schedule: Any) -> bool:
    try:
        return callable(schedule) and bool(trace_schedule(schedule))
    except (TraceError, TypeError):
        return False


def _object(traced: RuleTrace, values: Iterable[str]) -> str:
    pairs = zip([name for name, _ in traced.state], values, strict=True)
    inside = ", ".join(n if n == value else f"{n}: {value}" for n, value in pairs)
    return f"{{ {inside} }}" if inside else "{}"


def _body(
    graph: Graph, inputs: Mapping[str, str], result: Callable[[list[str]], str]
) -> list[str]:
    """Return a line for each named result, and one that returns the outputs."""
    taken = {*inputs.values(), *RESERVED}
    names = {node: _new(name, taken) for name, node in plan(graph).lines}

    def name(node: int) -> str | None:
        row = graph.nodes[node]
        return inputs[row[1]] if row[0] == "input" else names.get(node)

    writer = Writer(graph, name, inputs.get("x", "x"))
    outputs = list(graph.outputs.values())
    if list(names) == outputs and len(outputs) == 1:
        return [f"return {result([writer.made(outputs[0])])};"]
    made = [f"const {names[node]} = {writer.made(node)};" for node in names]
    return [*made, f"return {result([writer.whole(node) for node in outputs])};"]


def _new(name: str, taken: set[str]) -> str:
    """Return a variable for a result that no input and no earlier result has."""
    name = _identifier(name)
    while name in taken:
        name += "_new"
    taken.add(name)
    return name


def _function(head: str, lines: Iterable[str]) -> str:
    inside = "".join(f"  {line}\n" for line in lines)
    return f"function {head} {{\n{inside}}}"


def _identifier(name: str) -> str:
    """Return a name that JavaScript accepts."""
    word = re.sub(r"\W+", "_", name).strip("_") or "formula"
    word = f"_{word}" if word[0].isdigit() else word
    return f"{word}_" if word in RESERVED else word
