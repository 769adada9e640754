"""Run surfaces and schedules once on symbols, and keep their graphs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gdcourse.formulas import FUNCTIONS
from gdcourse.surfaces import CONSTANTS, Surface
from gdcourse.trace.graph import Graph, constant, gather
from gdcourse.trace.lift import lift
from gdcourse.trace.observe import observe
from gdcourse.trace.record import Traced


def trace_surface(surface: Surface) -> Graph:
    """Trace the formula and its partial derivatives, before any mean over data."""
    columns = [Traced.symbol(name) for name in (*surface.variables, *surface.data)]
    value, slopes = surface.term(*columns)
    outputs = {"value": lift(value)}
    for name, slope in zip(surface.variables, slopes, strict=True):
        outputs[f"d_{name}"] = lift(slope)
    return gather([column.node for column in columns], outputs)


def trace_formula(surface: Surface) -> Graph:
    """Trace the formula in the order in which it is written."""
    columns = {
        name: Traced.symbol(name) for name in (*surface.variables, *surface.data)
    }
    numbers = {name: Traced(constant(value)) for name, value in CONSTANTS.items()}
    functions = {name: getattr(np, name) for name in FUNCTIONS}
    value = surface.read(numbers | columns, functions)
    return gather([c.node for c in columns.values()], {"value": lift(value)})


def trace_schedule(schedule: Callable[..., Any]) -> Graph:
    """Trace a schedule as a function of its step."""
    step = Traced.symbol("step")
    value, names = observe(schedule, step)
    return gather([step.node], {"rate": lift(value)}, names)
