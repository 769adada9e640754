"""JavaScript expressions straight from the graph, with no bracket too many."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

from gdcourse.trace.graph import VECTOR, Graph
from gdcourse.trace.operations import ELEMENTWISE

CHOICE, LOGIC, COMPARE, SUM, PRODUCT, SIGN, POWER, ATOM = range(8)


class Code(NamedTuple):
    """JavaScript and how tightly its outermost operator binds."""

    text: str
    level: int = ATOM


COMPARISONS = "greater greater_equal less less_equal equal not_equal".split()
# How tightly an operator binds, and how tightly its arguments must.
BINDS: dict[str, tuple[int, ...]] = {
    "add": (SUM, SUM, PRODUCT),
    "subtract": (SUM, SUM, PRODUCT),
    "multiply": (PRODUCT, PRODUCT, SIGN),
    "divide": (PRODUCT, PRODUCT, SIGN),
    "power": (POWER, ATOM, POWER),
    "negative": (SIGN, ATOM),
    "reciprocal": (PRODUCT, SIGN),
    "where": (CHOICE, LOGIC, SUM, SUM),
    "logical_and": (CHOICE, COMPARE, COMPARE),
    "logical_or": (CHOICE, COMPARE, COMPARE),
    **dict.fromkeys(COMPARISONS, (CHOICE, SUM, SUM)),
}
TRUE = " ? 1 : 0"
FOLDED = {
    "sum": "{}.reduce((a, b) => a + b, 0)",
    "mean": "{}.reduce((a, b) => a + b, 0) / x.length",
    "max": "Math.max(...{})",
    "min": "Math.min(...{})",
    "norm": "Math.hypot(...{})",
    "dot": "{}.reduce((a, b) => a + b, 0)",
}


class Writer:
    """Writes nodes as JavaScript; ``name`` gives the variable of those that have one.

    ``array`` is a variable that is as long as every vector.
    """

    def __init__(
        self, graph: Graph, name: Callable[[int], str | None], array: str = "x"
    ) -> None:
        self.graph = graph
        self.name = name
        self.array = array

    def whole(self, node: int) -> str:
        """Return a value as a number, or as an array with all coordinates."""
        name = self.name(node)
        return name if name else self.made(node)

    def made(self, node: int) -> str:
        """Return the expression that computes a value, named or not."""
        op, _, *arguments = self.graph.nodes[node]
        if self.graph.kinds[node] != VECTOR:
            return self._written(node, "i").text
        if op == "stack":
            return f"[{', '.join(self.at(i, '').text for i in arguments)}]"
        one = self._written(node, "i").text
        return f"{self.array}.map(({'_, i' if '[i]' in one else ''}) => {one})"

    def at(self, node: int, index: str) -> Code:
        """Return one coordinate of a value, or a scalar."""
        name = self.name(node)
        if name is None:
            return self._written(node, index)
        vector = self.graph.kinds[node] == VECTOR
        return Code(f"{name}[{index}]" if vector else name)

    def _written(self, node: int, index: str) -> Code:
        op, data, *arguments = self.graph.nodes[node]
        match op:
            case "constant":
                return _number(data)
            case "component":
                last = f"{self.array}.length - {-data}" if data < 0 else str(data)
                return self.at(arguments[0], last)
            case "fill":
                return self.at(arguments[0], index)
            case "size":
                return Code(f"{self.array}.length")
            case "stack":
                return Code(f"{self.made(node)}[{index}]")
        if op in FOLDED:
            return self._folded(op, arguments)
        return _operation(op, [self.at(argument, index) for argument in arguments])

    def _folded(self, op: str, arguments: list[int]) -> Code:
        terms = self.whole(arguments[0])
        if op == "dot":
            product = " * ".join(_inside(self.at(i, "i"), SIGN) for i in arguments)
            terms = f"{self.array}.map((_, i) => {product})"
        text = FOLDED[op].format(terms).replace("x.length", f"{self.array}.length")
        return Code(text, PRODUCT if op == "mean" else ATOM)


def _inside(code: Code, level: int) -> str:
    return code.text if code.level >= level else f"({code.text})"


def _number(value: float) -> Code:
    if value == math.pi:
        return Code("Math.PI")
    whole = abs(value) < 1e15 and value == int(value)
    return Code(str(int(value) if whole else value), SIGN if value < 0 else ATOM)


def _operation(op: str, given: list[Code]) -> Code:
    if op == "square":
        return Code(f"{_inside(given[0], ATOM)} ** 2", POWER)
    truths = 1 if op == "where" else 2 if op.startswith("logical") else 0
    given = [*map(_condition, given[:truths]), *given[truths:]]
    template = ELEMENTWISE[op].javascript
    if op in BINDS:
        level, *wanted = BINDS[op]
        return Code(_filled(template, given, wanted), level)
    # An argument of a function needs no brackets, any other argument may.
    bare = {
        int(digit) for digit in re.findall(r"(?<=[(,] |.\()\$(\d)(?=[),])", template)
    }
    wanted = [CHOICE if i in bare else ATOM for i in range(len(given))]
    return Code(
        _filled(template, given, wanted),
        ATOM if template.startswith("Math.") else CHOICE,
    )


def _condition(code: Code) -> Code:
    """Return a comparison as JavaScript tests it, rather than as 1 or 0."""
    text = code.text.removesuffix(TRUE)
    if text == code.text:
        return code
    return Code(text, LOGIC if " && " in text or " || " in text else COMPARE)


def _filled(template: str, given: list[Code], levels: list[int]) -> str:
    texts = [_inside(code, level) for code, level in zip(given, levels, strict=True)]
    return re.sub(r"\$(\d)", lambda found: texts[int(found[1])], template)
