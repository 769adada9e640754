"""The derivatives of a formula: SymPy finds them and compiles what loops call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from gdcourse import formulas

Compiled = Callable[..., Any]
# The slope of sign(x) is 0 wherever it has one; SymPy adds a delta at the jump.
_NUMPY: Any = [{"DiracDelta": np.zeros_like}, "numpy"]


class Derivatives:
    """A formula and its derivatives, each found and compiled at its first use.

    ``read(names, functions)`` applies the formula to symbols and ``text`` is what a
    message quotes.  The functions take the ``parameters`` and then the ``others``,
    by which nothing is derived, and return a list with one entry a result.
    """

    def __init__(
        self,
        read: Compiled,
        text: str,
        parameters: Sequence[str],
        others: Sequence[str] = (),
    ) -> None:
        self._read, self._text = read, text
        self._names = list(parameters), list(others)

    @cached_property
    def value(self) -> Compiled:
        """The value alone."""
        formula, parameters, others = self._symbols
        return _compile(parameters + others, [formula])

    @cached_property
    def gradient(self) -> Compiled:
        """The partial derivative by each parameter."""
        _, parameters, others = self._symbols
        return _compile(parameters + others, self._slopes)

    @cached_property
    def hessian(self) -> Compiled:
        """The second derivatives, row by row."""
        _, parameters, others = self._symbols
        seconds = [slope.diff(p) for slope in self._slopes for p in parameters]
        return _compile(parameters + others, seconds)

    @cached_property
    def hvp(self) -> Compiled:
        """The Hessian times the vector that is passed after the parameters."""
        import sympy

        _, parameters, others = self._symbols
        v = [sympy.Dummy(real=True) for _ in parameters]
        slope = sum(s * v_p for s, v_p in zip(self._slopes, v, strict=True))
        return _compile(parameters + v + others, [slope.diff(p) for p in parameters])

    @cached_property
    def plain_value(self) -> Compiled:
        """The value at plain floats, a few times faster for one point."""
        formula, parameters, others = self._symbols
        return _compile_plain(parameters + others, [formula])

    @cached_property
    def plain_gradient(self) -> Compiled:
        """The partial derivatives at plain floats."""
        _, parameters, others = self._symbols
        return _compile_plain(parameters + others, self._slopes)

    @cached_property
    def _slopes(self) -> list[Any]:
        formula, parameters, _ = self._symbols
        return [formula.diff(p) for p in parameters]

    @cached_property
    def _symbols(self) -> tuple[Any, list[Any], list[Any]]:
        """The formula in SymPy, its parameters, and its other symbols."""
        import sympy

        parameters, others = (
            [sympy.Symbol(name, real=True) for name in names] for names in self._names
        )
        functions = {
            name: sympy.Abs if name == "abs" else getattr(sympy, name)
            for name in formulas.FUNCTIONS
        }
        names = {"pi": sympy.pi, "e": sympy.E}
        names |= {symbol.name: symbol for symbol in parameters + others}
        formula = sympy.sympify(self._read(names, functions))
        if formula.has(sympy.zoo, sympy.nan, sympy.oo, sympy.I):
            raise ValueError(
                f"The formula {self._text!r} holds a number that is not real and "
                "finite: look for roots and logarithms of zero or below."
            )
        return formula, parameters, others


def _compile(symbols: list[Any], results: list[Any]) -> Compiled:
    import sympy

    compiled: Compiled = sympy.lambdify(symbols, results, modules=_NUMPY, cse=True)
    return compiled


def _compile_plain(symbols: list[Any], results: list[Any]) -> Compiled:
    import sympy

    # The math module has no sign, and what SymPy writes instead makes 1 of NaN.
    signs = any(result.has(sympy.sign, sympy.DiracDelta) for result in results)
    modules = _NUMPY if signs else "math"
    compiled: Compiled = sympy.lambdify(symbols, results, modules=modules, cse=True)
    return compiled
