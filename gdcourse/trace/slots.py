"""A graph as calls of NumPy functions that write into memory which is already there."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gdcourse.trace.graph import SCALAR, VECTOR, Graph, TraceError
from gdcourse.trace.operations import ELEMENTWISE

Call = tuple[Callable[..., Any], list[int], int]  # function, arguments, result

# As Python combines numbers, and as NumPy's ** takes powers of arrays: np.power may
# differ from them in the last bit.
NUMBERS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": operator.pow,
    "negative": operator.neg,
}
POWERS: dict[float, np.ufunc] = {2: np.square, 0.5: np.sqrt}


class Slots:
    """A graph that treats each coordinate apart, as calls on a list of values.

    Every input, output and result has a slot in ``values``.  ``numbers`` are called
    once, then ``calls`` on arrays, with the array in the last slot as ``out=``.  The
    arrays in the slots of ``scratch`` serve again and again; those of ``fresh`` become
    outputs.  With ``overwrite`` an output has the slot of the input of its name, which
    is written only when nothing needs the input any more.
    Raises TraceError for graphs that mix coordinates.
    """

    def __init__(self, graph: Graph, overwrite: bool = False) -> None:
        self.inputs = {name: slot for slot, (name, _) in enumerate(graph.inputs)}
        self.values: list[Any] = [None] * len(graph.inputs)
        self.numbers: list[Call] = []
        self.calls: list[Call] = []
        self.scratch: list[int] = []
        self.outputs: dict[str, int] = {}
        for name, node in graph.outputs.items():
            if graph.kinds[node] == VECTOR:
                if graph.nodes[node][0] == "input":
                    raise TraceError(f"{name!r} is an input as it came.")
                self.outputs[name] = self.inputs[name] if overwrite else self._slot()
        self.fresh = [] if overwrite else list(self.outputs.values())
        self.graph, self._free, self._place = graph, list[int](), list[int]()
        self._last = {a: i for i in range(len(graph.nodes)) for a in graph.arguments(i)}
        self._last |= dict.fromkeys(graph.outputs.values(), len(graph.nodes))
        for i in range(len(graph.nodes)):
            self._place.append(self._add(i))
        for name, node in graph.outputs.items():
            here = self._place[node]
            home = self.outputs.setdefault(name, here)
            if home != here:
                self.calls.append((np.positive, [here], home))

    def start(self, given: Sequence[Any]) -> list[Any]:
        """Return the values of the slots before the calls, from those of the inputs."""
        values = [*given, *self.values[len(given) :]]
        for function, places, slot in self.numbers:
            values[slot] = function(*[values[place] for place in places])
        return values

    def run(self, values: list[Any]) -> None:
        """Make the calls, which write into the arrays among ``values``."""
        for function, places, slot in self.calls:
            function(*[values[place] for place in places], out=values[slot])

    def _slot(self, value: Any = None) -> int:
        self.values.append(value)
        return len(self.values) - 1

    def _add(self, i: int) -> int:
        """Add the call of node ``i``, and return the slot of its result."""
        graph = self.graph
        op, data, *arguments = graph.nodes[i]
        if op == "input":
            return self.inputs[data]
        if op == "constant":
            return self._slot(data)
        places = [self._place[a] for a in arguments]
        if all(graph.kinds[a] == SCALAR for a in arguments) and op in ELEMENTWISE:
            slot = self._slot()
            self.numbers.append((NUMBERS.get(op, ELEMENTWISE[op].numpy), places, slot))
            return slot
        function = ELEMENTWISE[op].numpy if op in ELEMENTWISE else None
        if op == "power" and graph.nodes[arguments[1]][:1] == ("constant",):
            exponent = graph.nodes[arguments[1]][1]
            if exponent in POWERS:
                function, places = POWERS[exponent], places[:1]
        if not isinstance(function, np.ufunc):
            raise TraceError(f"{op!r} has no form that writes into given memory.")
        slot = self._room(i, arguments)
        self.calls.append((function, places, slot))
        return slot

    def _room(self, i: int, arguments: list[int]) -> int:
        """Return the slot for a vector: its output's, or else scratch memory."""
        done = {self._place[a] for a in arguments if self._last[a] == i}
        self._free += done & set(self.scratch)
        for name, node in self.graph.outputs.items():
            if node == i and self._unread(self.outputs[name], i):
                return self.outputs[name]
        if not self._free:
            self.scratch.append(self._slot())
            self._free = self.scratch[-1:]
        return self._free.pop()

    def _unread(self, slot: int, i: int) -> bool:
        """Tell whether nothing after node ``i`` reads the input in this slot."""
        nodes = enumerate(self.graph.nodes)
        return all(
            self._last.get(j, j) <= i
            for j, (op, data, *_) in nodes
            if op == "input" and self.inputs[data] == slot
        )
