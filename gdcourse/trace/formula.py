"""LaTeX of rules, schedules and surfaces, line by line as a paper gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from gdcourse.optimizers.rule import Rule
from gdcourse.surfaces import Surface
from gdcourse.trace.graph import Graph
from gdcourse.trace.letters import letter
from gdcourse.trace.lines import Line, Plan, plan
from gdcourse.trace.program import trace_formula, trace_schedule
from gdcourse.trace.rules import trace_rule
from gdcourse.trace.source import made
from gdcourse.trace.typeset import PRODUCT, SUM, Text, Typesetter, inside

GETS = r"\leftarrow"


class Formula(str):
    """LaTeX that Jupyter shows as a formula; ``lines`` holds its single lines."""

    lines: tuple[str, ...]

    def __new__(cls, text: str, lines: Iterable[str] = ()) -> Formula:
        """Make a string that knows its lines."""
        formula = super().__new__(cls, text)
        formula.lines = tuple(lines)
        return formula

    def _repr_latex_(self) -> str:
        return f"$$\n{self}\n$$"


def _formula(rows: Sequence[tuple[str, str, str]]) -> Formula:
    """Join (left side, sign, right side) of each line, aligned at the signs."""
    lines = [f"{left} {sign} {right}" for left, sign, right in rows]
    if len(rows) == 1:
        return Formula(lines[0], lines)
    ends = [r" \\[4pt]" if r"\frac" in line else r" \\" for line in lines]
    ends[-1] = ""  # the room after a fraction keeps it off the next line
    text = "\n".join(
        f"{left} &{sign} {right}{end}"
        for (left, sign, right), end in zip(rows, ends, strict=True)
    )
    text = f"\\begin{{aligned}}\n{text}\n\\end{{aligned}}"
    return Formula(text, lines)


def latex(thing: Any) -> Formula:
    r"""Return the formula of a rule, a schedule or a surface as LaTeX.

    ``thing`` may also be a factory, such as ``adam``, or a bare ``step(x, gradient)``.
    The lines are the named results of the program, in its order; ``.lines`` has them
    one by one.

    >>> from gdcourse.optimizers import gradient_descent
    >>> latex(gradient_descent).lines
    ('t \\leftarrow t + 1', 'x_t \\leftarrow x_{t-1} - \\alpha g_t')
    """
    thing = made(thing)
    if isinstance(thing, Surface):
        return _surface(thing)
    return _rule(thing) if isinstance(thing, Rule) else _schedule(thing)


def _surface(surface: Surface) -> Formula:
    graph = trace_formula(surface)
    letters = {name: letter(name) for name in surface.variables}
    letters |= {name: letter(name, "i") for name in surface.data}
    setter = Typesetter(graph, lambda node: _input(graph, letters, node))
    right = setter.text(graph.outputs["value"])
    if surface.data:
        right = Text(rf"\frac{{1}}{{N}} \sum_{{i=1}}^{{N}} {inside(right, PRODUCT)}")
    variables = ", ".join(letters[name] for name in surface.variables)
    return _formula([(f"L({variables})", "=", right.latex)])


def _schedule(schedule: Callable[..., Any]) -> Formula:
    graph = trace_schedule(schedule)
    letters = {name: letter(name) for name, _ in graph.inputs} | {"step": "t"}
    return _lines(plan(graph), letters, {"step"})


def _rule(rule: Rule) -> Formula:
    traced = trace_rule(rule)
    steps = plan(traced.step)
    letters, moving = {}, {"x", "gradient", *(name for name, _ in traced.state)}
    spoken = {traced.step.nodes[i][1]: name for i, name in traced.step.names.items()}
    for name, _ in traced.step.inputs:
        if callable(rule.hyperparameters.get(name)):
            moving.add(name)
        if name in steps.becomes:
            letters[name] = letter(steps.becomes[name], "t-1")
        else:
            letters[name] = letter(spoken.get(name, name), *"t" * (name in moving))
    asked = [_asked(traced.probe, letters)] if traced.probe else []
    return _lines(steps, letters, moving, asked)


def _asked(probe: Graph, letters: Mapping[str, str]) -> tuple[str, str, str]:
    """Say where a rule takes its gradient."""
    known = {name: letter(name) for name, _ in probe.inputs} | dict(letters)
    setter = Typesetter(probe, lambda node: _input(probe, known, node))
    point = setter.text(probe.outputs["x"]).latex
    return letters["gradient"], GETS, rf"\nabla L({point})"


def _lines(
    plan: Plan,
    letters: Mapping[str, str],
    moving: set[str],
    asked: Sequence[tuple[str, str, str]] = (),
) -> Formula:
    """Print the lines; what depends on an input in ``moving`` has the subscript t.

    ``asked`` are rows that stand before all but the counter.
    """
    graph = plan.graph
    depends = _dependent(graph, moving)

    def name(line: Line) -> str:
        if line == plan.counter:
            return "t"
        return letter(line.name, *"t" * depends[line.node])

    def symbol(node: int) -> Text | None:
        if node in plan.labels:
            return Text(name(Line(plan.labels[node], node)))
        if plan.counter and graph.nodes[node][:2] == ("input", "t"):
            return Text("t - 1", SUM)
        return _input(graph, letters, node)

    setter = Typesetter(graph, symbol)
    rows = [(name(line), GETS, setter.written(line.node).latex) for line in plan.lines]
    if plan.counter:
        rows[0] = ("t", GETS, "t + 1")
    rows += [(name(line), GETS, setter.text(line.node).latex) for line in plan.aliases]
    first = int(plan.counter is not None)
    rows[first:first] = asked
    return _formula(rows)


def _input(graph: Graph, letters: Mapping[str, str], node: int) -> Text | None:
    op, name, *_ = graph.nodes[node]
    return Text(letters[name]) if op == "input" else None


def _dependent(graph: Graph, moving: set[str]) -> list[bool]:
    """Tell of each node whether it depends on one of the inputs in ``moving``."""
    depends: list[bool] = []
    for op, data, *arguments in graph.nodes:
        own = op == "input" and data in moving
        depends.append(own or any(depends[i] for i in arguments))
    return depends
