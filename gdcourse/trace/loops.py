"""A graph as one loop over the coordinates, and the numbers that it needs."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

from gdcourse.trace.graph import SCALAR, VECTOR, Graph, TraceError
from gdcourse.trace.operations import ELEMENTWISE

# Rounded alike wherever they run, as powers, exponentials and sines are not.
EXACT = {"add": 2, "subtract": 2, "multiply": 2, "divide": 2, "negative": 1}
EXACT |= {"reciprocal": 1, "square": 1, "sqrt": 1, "absolute": 1, "sign": 1}
# NumPy's own short cuts for an array ** a number.
POWERS = {2: "square", 0.5: "sqrt"}
# As Python combines numbers: NumPy's powers may differ from them in the last bit.
NUMBERS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": operator.pow,
    "negative": operator.neg,
}


class Loop:
    """A graph that treats each coordinate apart, as the source of a function.

    ``loop(*arrays, *numbers)`` writes each output over the input of its name: it takes
    the inputs at the places ``arrays``, then the values of the nodes ``needed``.
    Raises TraceError for graphs that mix coordinates or need another operation.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.place = {name: i for i, (name, _) in enumerate(graph.inputs)}
        self.arrays = [i for i, (_, kind) in enumerate(graph.inputs) if kind == VECTOR]
        self.needed: list[int] = []
        self._calls: list[tuple[int, Callable[..., Any], list[int]]] = []
        lines = []
        for i, (op, _, *arguments) in enumerate(graph.nodes):
            if graph.kinds[i] == VECTOR:
                lines.append(f"n{i} = {self._expression(i)}")
            elif op in ELEMENTWISE:
                function = NUMBERS.get(op, ELEMENTWISE[op].numpy)
                self._calls.append((i, function, arguments))
            elif op not in ("input", "constant"):
                raise TraceError(f"{op!r} joins coordinates.")
        for name, node in graph.outputs.items():
            if graph.kinds[node] == VECTOR:
                lines.append(f"a{self.place[name]}[i] = n{node}")
        names = [f"a{i}" for i in self.arrays] + [f"n{i}" for i in self.needed]
        head = f"def loop({', '.join(names)}):\n for i in prange({names[0]}.size):"
        self.source = "\n  ".join([head, *lines])

    def numbers(self, given: Sequence[Any]) -> dict[int, Any]:
        """Return the value of each node that is a number, from those of all inputs."""
        values = {
            i: given[self.place[data]] if op == "input" else data
            for i, (op, data, *_) in enumerate(self.graph.nodes)
            if self.graph.kinds[i] == SCALAR
        }
        for i, function, arguments in self._calls:
            values[i] = function(*[values[a] for a in arguments])
        return values

    def _expression(self, i: int) -> str:
        op, data, *arguments = self.graph.nodes[i]
        if op == "input":
            return f"a{self.place[data]}[i]"
        if op == "power" and self.graph.nodes[arguments[1]][0] == "constant":
            op = POWERS.get(self.graph.nodes[arguments[1]][1], op)
        if op not in EXACT and op != "fill":
            raise TraceError(f"{op!r} may end in another last bit once it is compiled.")
        read = arguments[: EXACT.get(op, 1)]
        numbers = [a for a in read if self.graph.kinds[a] == SCALAR]
        self.needed += [a for a in dict.fromkeys(numbers) if a not in self.needed]
        text = ", ".join(f"n{a}" for a in read)
        return text if op == "fill" else f"np.{op}({text})"
