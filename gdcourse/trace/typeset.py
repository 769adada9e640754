"""LaTeX straight from the graph, in the order in which the program computes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from gdcourse.trace.graph import VECTOR, Graph
from gdcourse.trace.letters import number

TRUTH, SUM, PRODUCT, POWER, ATOM = range(5)


class Text(NamedTuple):
    """LaTeX and how tightly its outermost operation binds."""

    latex: str
    level: int = ATOM


INFIX = {
    "greater": ">",
    "greater_equal": r"\ge",
    "less": "<",
    "less_equal": r"\le",
    "equal": "=",
    "not_equal": r"\ne",
    "logical_and": r"\wedge",
    "logical_or": r"\vee",
}
CALLED = {
    "exp": r"\exp",
    "log": r"\ln",
    "sin": r"\sin",
    "cos": r"\cos",
    "tan": r"\tan",
    "sinh": r"\sinh",
    "cosh": r"\cosh",
    "tanh": r"\tanh",
    "arctan": r"\arctan",
    "minimum": r"\min",
    "maximum": r"\max",
    "min": r"\min",
    "max": r"\max",
}
FENCED = {
    "absolute": (r"\lvert ", r" \rvert"),
    "norm": (r"\lVert ", r" \rVert"),
    "sqrt": (r"\sqrt{", "}"),
    "floor": (r"\lfloor ", r" \rfloor"),
    "ceil": (r"\lceil ", r" \rceil"),
}


class Typesetter:
    """Prints the nodes of a graph; ``symbol`` gives the LaTeX of those with a name."""

    def __init__(self, graph: Graph, symbol: Callable[[int], Text | None]) -> None:
        self.graph = graph
        self.symbol = symbol

    def text(self, node: int) -> Text:
        """Return a node as its symbol, or else written out."""
        return self.symbol(node) or self.written(node)

    def written(self, node: int) -> Text:
        """Return the operation of a node on the texts of its arguments."""
        op, data, *arguments = self.graph.nodes[node]
        if op == "constant":
            return Text(number(data), SUM if data < 0 else ATOM)
        if op == "divide":
            return self._quotient(*arguments)
        if op == "component":
            return Text(f"{self._inside(arguments[0], ATOM)}[{data}]")
        parts = [self.text(argument) for argument in arguments]
        if op in PRINTERS:
            return PRINTERS[op](*parts)
        return _regular(op, parts)

    def _quotient(self, over: int, under: int) -> Text:
        """Print a quotient; a scalar factor of a vector stays before the fraction."""
        op, _, *factors = self.graph.nodes[over]
        kinds = [self.graph.kinds[factor] for factor in factors]
        below = self._inside(under, SUM)
        if op == "multiply" and not self.symbol(over) and kinds == ["scalar", VECTOR]:
            front = self._inside(factors[0], PRODUCT)
            return Text(
                rf"{front} \frac{{{self.text(factors[1]).latex}}}{{{below}}}", PRODUCT
            )
        return Text(rf"\frac{{{self.text(over).latex}}}{{{below}}}", PRODUCT)

    def _inside(self, node: int, level: int) -> str:
        return inside(self.text(node), level)


def inside(text: Text, level: int) -> str:
    """Put brackets around what binds less tightly than ``level``."""
    if text.level >= level:
        return text.latex
    if text.level == TRUTH:
        return f"[{text.latex}]"
    return _brackets(text.latex)


def _tall(latex: str) -> bool:
    return any(mark in latex for mark in (r"\frac", r"\sum", r"\begin"))


def _brackets(latex: str) -> str:
    return rf"\left({latex}\right)" if _tall(latex) else f"({latex})"


def _fenced(op: str, latex: str) -> str:
    left, right = FENCED[op]
    if op != "sqrt" and _tall(latex):
        left, right = rf"\left{left}", rf" \right{right.strip()}"
    return left + latex + right


def _regular(op: str, parts: list[Text]) -> Text:
    latex = [part.latex for part in parts]
    if op in INFIX:
        sides = [inside(part, SUM) for part in parts]
        return Text(f" {INFIX[op]} ".join(sides), TRUTH)
    if op in FENCED:
        return Text(_fenced(op, latex[0]))
    name = CALLED.get(op, rf"\operatorname{{{op}}}")
    return Text(name + _brackets(", ".join(latex)))


def _add(a: Text, b: Text) -> Text:
    if "0" in (a.latex, b.latex):
        return b if a.latex == "0" else a
    right = inside(b, SUM)
    joint = f"- {right[1:]}" if right.startswith("-") else f"+ {right}"
    return Text(f"{inside(a, SUM)} {joint}", SUM)


def _subtract(a: Text, b: Text) -> Text:
    if b.latex == "0":
        return a
    if a.latex == "0":
        return _negative(b)
    return Text(f"{inside(a, SUM)} - {inside(b, PRODUCT)}", SUM)


def _negative(x: Text) -> Text:
    return Text(f"-{inside(x, PRODUCT)}", SUM)


def _multiply(a: Text, b: Text) -> Text:
    if "0" in (a.latex, b.latex):
        return Text("0")
    left, right = inside(a, PRODUCT), inside(b, PRODUCT)
    joint = r" \cdot " if right[0].isdigit() else " "
    return Text(f"{left}{joint}{right}", PRODUCT)


def _power(base: Text, exponent: Text) -> Text:
    above = exponent.latex if len(exponent.latex) == 1 else f"{{{exponent.latex}}}"
    return Text(f"{inside(base, ATOM)}^{above}", POWER)


def _where(condition: Text, yes: Text, no: Text) -> Text:
    cases = (
        rf"\begin{{cases}} {yes.latex} & \text{{if }} {condition.latex} \\ "
        rf"{no.latex} & \text{{otherwise}} \end{{cases}}"
    )
    return Text(cases, SUM)


def _stack(*parts: Text) -> Text:
    return Text(_brackets(", ".join(part.latex for part in parts)))


PRINTERS: dict[str, Callable[..., Text]] = {
    "add": _add,
    "subtract": _subtract,
    "multiply": _multiply,
    "power": _power,
    "square": lambda x: _power(x, Text("2")),
    "negative": _negative,
    "reciprocal": lambda x: Text(rf"\frac{{1}}{{{x.latex}}}", PRODUCT),
    "expm1": lambda x: Text(rf"\exp{_brackets(x.latex)} - 1", SUM),
    "log1p": lambda x: Text(rf"\ln{_brackets(f'1 + {x.latex}')}"),
    "floor_divide": lambda a, b: Text(
        rf"\left\lfloor \frac{{{a.latex}}}{{{b.latex}}} \right\rfloor"
    ),
    "remainder": lambda a, b: Text(
        rf"{inside(a, POWER)} \bmod {inside(b, POWER)}", SUM
    ),
    "dot": lambda a, b: Text(rf"{inside(a, ATOM)}^\top {inside(b, ATOM)}", PRODUCT),
    "where": _where,
    "logical_not": lambda x: Text(rf"\neg {inside(x, SUM)}", TRUTH),
    "fill": lambda value, like: value,
    "size": lambda x: Text("d"),
    "stack": _stack,
}
