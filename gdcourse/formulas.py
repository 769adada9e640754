"""Read a formula written as text, through a white-list and without evaluating it."""

from __future__ import annotations

import ast
import difflib
import operator
from collections.abc import Callable, Mapping
from typing import Any

LONGEST = 2000  # characters
LARGEST = 1000  # as an exponent
FUNCTIONS = ("sin cos tan exp log sqrt tanh sinh cosh abs sign").split()

_BINARY: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda base, exponent: _power(base, exponent),
}
_UNARY: dict[type, Callable[[Any], Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}


def read(text: str, names: Mapping[str, Any], functions: Mapping[str, Any]) -> Any:
    """Apply the formula in ``text`` to the values in ``names``, in written order.

    ``names`` maps each variable or constant to a value (a SymPy symbol, a traced
    number, an array) and ``functions`` maps each allowed function to a callable.
    Raises ValueError, with the offending part, for anything else.

    >>> read("w^2 + 4*b", {"w": 3, "b": 0.5}, {})
    11.0
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise ValueError(
            f"The formula {str(text)[:40]!r}... must be text of at most {LONGEST} "
            "characters."
        )
    try:
        tree = ast.parse(text.replace("^", "**").strip(), mode="eval").body
        return _value(tree, text, names, functions)
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(
            f"The formula {text!r} cannot be read: check its brackets and operators, "
            "and write products with *."
        ) from None
    except (ZeroDivisionError, OverflowError):
        raise ValueError(
            f"The formula {text!r} divides by zero or holds too large a number: "
            f"exponents may be at most {LARGEST}."
        ) from None


def _power(base: Any, exponent: Any) -> Any:
    plain = isinstance(exponent, (int, float))
    if plain and abs(exponent) > LARGEST:
        raise OverflowError
    return base**exponent


def _value(
    node: ast.AST, text: str, names: Mapping[str, Any], functions: Mapping[str, Any]
) -> Any:
    def go(part: ast.AST) -> Any:
        return _value(part, text, names, functions)

    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, ast.Name):
        return _look_up(node.id, names, text, "variables")
    if isinstance(node, ast.UnaryOp) and type(node.op) in _UNARY:
        return _UNARY[type(node.op)](go(node.operand))
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        return _BINARY[type(node.op)](go(node.left), go(node.right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        function = _look_up(node.func.id, functions, text, "functions")
        if len(node.args) == 1 and not node.keywords:
            return function(go(node.args[0]))
    part = ast.get_source_segment(text, node) or text
    raise ValueError(
        f"The part {part!r} of the formula {text!r} is not allowed: use numbers, "
        f"{', '.join(names)}, + - * / **, and {', '.join(functions)}."
    )


def _look_up(name: str, table: Mapping[str, Any], text: str, kind: str) -> Any:
    if name in table:
        return table[name]
    near = difflib.get_close_matches(name, table, 1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise ValueError(
        f"The formula {text!r} uses {name!r}.{hint} The {kind} it may use are "
        f"{', '.join(table)}."
    )
