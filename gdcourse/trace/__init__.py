"""Formulas from code: run it once on symbols, and write down what it does."""

from gdcourse.trace.documents import rule, schedule, surface
from gdcourse.trace.formula import latex
from gdcourse.trace.graph import TraceError
from gdcourse.trace.scripts import javascript
from gdcourse.trace.symbolic import sympy

__all__ = [
    "TraceError",
    "javascript",
    "latex",
    "rule",
    "schedule",
    "surface",
    "sympy",
]
