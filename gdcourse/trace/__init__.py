"""Formulas from code: run it once on symbols, and write down what it does."""

from gdcourse.trace.documents import rule, schedule, surface
from gdcourse.trace.graph import TraceError

__all__ = ["TraceError", "rule", "schedule", "surface"]
