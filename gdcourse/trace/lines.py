"""Which results of a graph get a line of their own, under which name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from gdcourse.trace.graph import Graph

GIVEN = ("input", "constant")
LONGEST = 12  # operations of an unnamed result that may be written out twice


class Line(NamedTuple):
    """The result at ``node``, which the program calls ``name``."""

    name: str
    node: int


@dataclass(frozen=True)
class Plan:
    """The lines of a formula in program order.

    ``labels`` names the results that have a line.  ``aliases`` are outputs that equal
    an input, a number or another output: a state that keeps the gradient, say.
    ``becomes`` tells what the program calls each output, and ``counter`` is the line
    that counts the updates, which comes first.
    """

    graph: Graph
    lines: list[Line]
    aliases: list[Line]
    labels: dict[int, str]
    becomes: dict[str, str]
    counter: Line | None


def plan(graph: Graph) -> Plan:
    """Give a line to every named result, every output, and what is long and shared."""
    labels: dict[int, str] = {}
    becomes: dict[str, str] = {}
    aliases: list[Line] = []
    for output, node in graph.outputs.items():
        becomes[output] = _called(graph, output)
        if node in labels or graph.nodes[node][0] in GIVEN:
            aliases.append(Line(becomes[output], node))
            continue
        if output not in ("x", "rate"):
            becomes[output] = graph.names.get(node, output)
        labels[node] = becomes[output]
    for node, name in graph.names.items():
        if graph.nodes[node][0] not in GIVEN:
            labels.setdefault(node, name)
    for number, node in enumerate(_long_and_shared(graph, labels), 1):
        labels[node] = f"s{number}"
    lines = [Line(name, node) for node, name in sorted(labels.items())]
    counter = next((line for line in lines if _counts(graph, line.node)), None)
    lines.sort(key=lambda line: line != counter)
    return Plan(graph, lines, aliases, labels, becomes, counter)


def _called(graph: Graph, output: str) -> str:
    """Return the name of an output: that of ``x`` is the program's first argument."""
    if output != "x":
        return output
    return next((n for i, n in graph.names.items() if graph.nodes[i][1] == "x"), "x")


def _counts(graph: Graph, node: int) -> bool:
    """Tell whether a node is t + 1, and the new t."""
    op, _, *arguments = graph.nodes[node]
    terms = [graph.nodes[i][:2] for i in arguments]
    counts = op == "add" and terms == [("input", "t"), ("constant", 1)]
    return counts and graph.outputs.get("t") == node


def _long_and_shared(graph: Graph, labels: dict[int, str]) -> list[int]:
    """Return unnamed results that are used twice or more and long to write out."""
    uses = Counter(i for node in range(len(graph.nodes)) for i in graph.arguments(node))
    length: list[int] = []
    shared = []
    for node in range(len(graph.nodes)):
        size = 1 + sum(length[i] for i in graph.arguments(node))
        if node not in labels and uses[node] > 1 and size > LONGEST:
            shared.append(node)
        length.append(1 if node in labels or node in shared else size)
    return shared
