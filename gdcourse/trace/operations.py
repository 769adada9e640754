"""The white-list of operations: NumPy function, JavaScript template, SymPy function.

``python -m gdcourse.trace`` writes it to ``figures/js/pure/operations.js``.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from gdcourse.descend import DIVERGED_FACTOR
from gdcourse.formulas import FUNCTIONS, LARGEST, LONGEST
from gdcourse.surface import CONSTANTS

JAVASCRIPT = Path(__file__).parents[1] / "figures" / "js" / "pure" / "operations.js"


class Elementwise(NamedTuple):
    """An operation on each coordinate; ``$0``, ``$1`` stand for its arguments.

    ``sympy`` is a function, or the name of one in SymPy.
    """

    numpy: Callable[..., Any]
    javascript: str
    sympy: Callable[..., Any] | str


class Reduction(NamedTuple):
    """An operation over all coordinates: ``each`` of them, joined, then the ``whole``.

    ``$0`` and ``$1`` in ``each`` are coordinates, in ``whole`` ``$0`` is what was
    joined and ``$d`` the number of coordinates.
    """

    numpy: Callable[..., Any]
    each: str
    join: str
    whole: str
    sympy: Callable[..., Any]


def _piecewise(condition: Any, yes: Any, no: Any) -> Any:
    import sympy

    return sympy.Piecewise((yes, condition), (no, True))


def _clip(x: Any, low: Any, high: Any) -> Any:
    import sympy

    return sympy.Min(sympy.Max(x, low), high)


ELEMENTWISE: dict[str, Elementwise] = {
    "add": Elementwise(np.add, "$0 + $1", operator.add),
    "subtract": Elementwise(np.subtract, "$0 - $1", operator.sub),
    "multiply": Elementwise(np.multiply, "$0 * $1", operator.mul),
    "divide": Elementwise(np.divide, "$0 / $1", operator.truediv),
    "power": Elementwise(np.power, "$0 ** $1", operator.pow),
    "negative": Elementwise(np.negative, "-$0", operator.neg),
    "reciprocal": Elementwise(np.reciprocal, "1 / $0", lambda x: 1 / x),
    "square": Elementwise(np.square, "$0 * $0", lambda x: x**2),
    "sqrt": Elementwise(np.sqrt, "Math.sqrt($0)", "sqrt"),
    "absolute": Elementwise(np.absolute, "Math.abs($0)", "Abs"),
    "sign": Elementwise(np.sign, "Math.sign($0)", "sign"),
    "exp": Elementwise(np.exp, "Math.exp($0)", "exp"),
    "expm1": Elementwise(np.expm1, "Math.expm1($0)", lambda x: _sympy("exp", x) - 1),
    "log": Elementwise(np.log, "Math.log($0)", "log"),
    "log1p": Elementwise(np.log1p, "Math.log1p($0)", lambda x: _sympy("log", 1 + x)),
    "sin": Elementwise(np.sin, "Math.sin($0)", "sin"),
    "cos": Elementwise(np.cos, "Math.cos($0)", "cos"),
    "tan": Elementwise(np.tan, "Math.tan($0)", "tan"),
    "arctan": Elementwise(np.arctan, "Math.atan($0)", "atan"),
    "sinh": Elementwise(np.sinh, "Math.sinh($0)", "sinh"),
    "cosh": Elementwise(np.cosh, "Math.cosh($0)", "cosh"),
    "tanh": Elementwise(np.tanh, "Math.tanh($0)", "tanh"),
    "floor": Elementwise(np.floor, "Math.floor($0)", "floor"),
    "ceil": Elementwise(np.ceil, "Math.ceil($0)", "ceiling"),
    "floor_divide": Elementwise(
        np.floor_divide, "Math.floor($0 / $1)", operator.floordiv
    ),
    "remainder": Elementwise(
        np.remainder, "$0 - $1 * Math.floor($0 / $1)", operator.mod
    ),
    "minimum": Elementwise(np.minimum, "Math.min($0, $1)", "Min"),
    "maximum": Elementwise(np.maximum, "Math.max($0, $1)", "Max"),
    "clip": Elementwise(np.clip, "Math.min(Math.max($0, $1), $2)", _clip),
    "where": Elementwise(np.where, "$0 ? $1 : $2", _piecewise),
    "greater": Elementwise(np.greater, "$0 > $1 ? 1 : 0", "Gt"),
    "greater_equal": Elementwise(np.greater_equal, "$0 >= $1 ? 1 : 0", "Ge"),
    "less": Elementwise(np.less, "$0 < $1 ? 1 : 0", "Lt"),
    "less_equal": Elementwise(np.less_equal, "$0 <= $1 ? 1 : 0", "Le"),
    "equal": Elementwise(np.equal, "$0 === $1 ? 1 : 0", "Eq"),
    "not_equal": Elementwise(np.not_equal, "$0 !== $1 ? 1 : 0", "Ne"),
    "logical_and": Elementwise(np.logical_and, "$0 && $1 ? 1 : 0", "And"),
    "logical_or": Elementwise(np.logical_or, "$0 || $1 ? 1 : 0", "Or"),
    "logical_not": Elementwise(np.logical_not, "$0 ? 0 : 1", "Not"),
}

# SymPy sees one coordinate, so sums are the coordinate itself.
REDUCTIONS: dict[str, Reduction] = {
    "sum": Reduction(np.sum, "$0", " + ", "$0", lambda x: x),
    "mean": Reduction(np.mean, "$0", " + ", "($0) / $d", lambda x: x),
    "max": Reduction(np.max, "$0", ", ", "Math.max($0)", lambda x: x),
    "min": Reduction(np.min, "$0", ", ", "Math.min($0)", lambda x: x),
    "norm": Reduction(
        np.linalg.norm, "$0 * $0", " + ", "Math.sqrt($0)", lambda x: _sympy("Abs", x)
    ),
    "dot": Reduction(np.dot, "$0 * $1", " + ", "$0", operator.mul),
}

TRUTHS = frozenset(
    "greater greater_equal less less_equal equal not_equal "
    "logical_and logical_or logical_not".split()
)


def _sympy(name: str, *arguments: Any) -> Any:
    import sympy

    return getattr(sympy, name)(*arguments)


def apply_sympy(op: str, *arguments: Any) -> Any:
    """Apply an operation of either table to SymPy expressions."""
    row = ELEMENTWISE.get(op) or REDUCTIONS[op]
    function = row.sympy
    if isinstance(function, str):
        return _sympy(function, *arguments)
    return function(*arguments)


def javascript() -> str:
    """Return the text of ``operations.js``."""
    single = {name: row.javascript for name, row in ELEMENTWISE.items()}
    folded = {
        name: {"each": row.each, "join": row.join, "whole": row.whole}
        for name, row in REDUCTIONS.items()
    }
    functions = {name: getattr(np, name).__name__ for name in FUNCTIONS}
    return (
        "// Written by gdcourse/trace/operations.py from its table: do not edit.\n\n"
        "/** A run diverges where its loss passes this many times its first loss. */\n"
        f"export const DIVERGED_FACTOR = {DIVERGED_FACTOR:g};\n\n"
        "/** Templates for one coordinate; $0, $1, $2 are the arguments. */\n"
        "/** @type {Record<string, string>} */\n"
        f"export const ELEMENTWISE = {json.dumps(single, indent=2)};\n\n"
        "/** Templates over all coordinates: each, joined, then the whole. */\n"
        "/** @type {Record<string, {each: string, join: string, whole: string}>} */\n"
        f"export const REDUCTIONS = {json.dumps(folded, indent=2)};\n\n"
        "/** What typed formulas may use, and their limits. */\n"
        "/** @type {Record<string, string>} */\n"
        f"export const FUNCTIONS = {json.dumps(functions, indent=2)};\n"
        "/** @type {Record<string, number>} */\n"
        f"export const CONSTANTS = {json.dumps(CONSTANTS)};\n"
        f"export const LONGEST = {LONGEST}; // characters\n"
        f"export const LARGEST = {LARGEST}; // as an exponent\n"
    )
