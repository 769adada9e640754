"""The recorded graph: what was done to the inputs, each result once, in order."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SCALAR, VECTOR = "scalar", "vector"
MOST_NODES = 20_000


class TraceError(ValueError):
    """A formula does something that the tracer cannot record."""


_clock = itertools.count()


@dataclass(frozen=True, eq=False)
class Node:
    """One recorded result.

    ``data`` is the name of an input, the value of a constant or the index of a
    component; ``order`` grows with every result, so it keeps the program's order.
    """

    op: str
    args: tuple[Node, ...] = ()
    data: Any = None
    kind: str = SCALAR
    order: int = field(default_factory=lambda: next(_clock))


def symbol(name: str, kind: str = SCALAR) -> Node:
    """Return an input; two inputs of one name are the same."""
    return Node("input", data=name, kind=kind)


def constant(value: float) -> Node:
    """Return a number that is known while tracing."""
    return Node("constant", data=value)


def component(vector: Node, index: int) -> Node:
    """Return one coordinate of a vector."""
    if vector.op == "stack" and -len(vector.args) <= index < len(vector.args):
        return vector.args[index]
    return Node("component", (vector,), index)


def as_kind(node: Node, kind: str, like: Node) -> Node:
    """Give a scalar the shape of ``like`` where a vector is wanted."""
    if kind == VECTOR and node.kind == SCALAR:
        return Node("fill", (node, like), kind=VECTOR)
    return node


@dataclass(frozen=True)
class Graph:
    """A graph whose nodes refer to earlier ones by position.

    ``nodes`` holds ``(op, data or None, *positions)``; ``names`` gives the results
    that the program called by a name of its own.
    """

    inputs: tuple[tuple[str, str], ...]
    nodes: tuple[tuple[Any, ...], ...]
    kinds: tuple[str, ...]
    outputs: dict[str, int]
    names: dict[int, str]

    def arguments(self, i: int) -> tuple[int, ...]:
        """Return the positions that node ``i`` is computed from."""
        return self.nodes[i][2:]

    def to_json(self) -> dict[str, Any]:
        """Return the graph as the plain dict that JavaScript compiles."""
        position = {name: i for i, (name, _) in enumerate(self.inputs)}
        rows: list[list[Any]] = []
        for op, data, *arguments in self.nodes:
            if op == "input":
                rows.append([op, position[data]])
            else:
                rows.append([op, *arguments, *([] if data is None else [data])])
        return {
            "inputs": [list(pair) for pair in self.inputs],
            "nodes": rows,
            "outputs": [[name, i] for name, i in self.outputs.items()],
            "names": {str(i): name for i, name in self.names.items()},
        }


def gather(
    inputs: Iterable[Node],
    outputs: Mapping[str, Node],
    names: Iterable[tuple[Node, str]] = (),
) -> Graph:
    """Number what the outputs need, in program order, equal results only once.

    ``inputs`` come first in the graph's list; others are added as they are met.
    """
    listed = {node.data: node.kind for node in inputs}
    rows: dict[tuple[Any, ...], int] = {}
    kinds: list[str] = []
    place: dict[Node, int] = {}
    for node in _needed(outputs.values()):
        if node.op == "input":
            listed.setdefault(node.data, node.kind)
        row = (node.op, node.data, *(place[argument] for argument in node.args))
        place[node] = rows.setdefault(row, len(rows))
        if len(kinds) < len(rows):
            kinds.append(node.kind)
    called: dict[int, str] = {}
    for node, name in names:
        if node in place:
            called.setdefault(place[node], name)
    return Graph(
        inputs=tuple(listed.items()),
        nodes=tuple(rows),
        kinds=tuple(kinds),
        outputs={name: place[node] for name, node in outputs.items()},
        names=dict(sorted(called.items())),
    )


def _needed(outputs: Iterable[Node]) -> list[Node]:
    """Return the nodes that the outputs are computed from, oldest first."""
    waiting, found = list(outputs), set()
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(node.args)
    if len(found) > MOST_NODES:
        raise TraceError(
            f"This formula takes {len(found)} operations, and a figure runs at most "
            f"{MOST_NODES}: shorten its loops."
        )
    return sorted(found, key=lambda node: node.order)
