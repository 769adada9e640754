"""Rules, schedules and surfaces as plain JSON, for the figures."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from gdcourse.optimizers.rule import Rule, rule_from
from gdcourse.surfaces import Surface
from gdcourse.trace.formula import latex
from gdcourse.trace.graph import TraceError
from gdcourse.trace.program import trace_schedule, trace_surface
from gdcourse.trace.rules import trace_rule
from gdcourse.trace.source import is_factory

SAMPLES = 1000


def surface(surface: Surface) -> dict[str, Any]:
    """Return a surface as JSON: its formula and derivatives as one graph.

    >>> from gdcourse.surfaces import bowl
    >>> surface(bowl)["latex"], surface(bowl)["minima"]
    ('L(w, b) = w^2 + 4 b^2', [[0.0, 0.0]])
    """
    return {
        "name": surface.name,
        "expression": surface.expression,
        "variables": list(surface.variables),
        "window": [[float(low), float(high)] for low, high in surface.window],
        "minima": surface.minima.tolist(),
        "latex": str(latex(surface)),
        "data": {name: column.tolist() for name, column in surface.data.items()},
        "term": trace_surface(surface).to_json(),
    }


def schedule(schedule: Callable[..., Any], steps: int | None = None) -> dict[str, Any]:
    """Return a schedule as JSON: its graph, or its first ``steps`` values.

    The values stand in where the schedule cannot be traced (it uses ``if`` or the math
    module); after the last of them the rate stays as it is.

    >>> schedule(lambda step: 0.1 if step < 2 else 0.01, steps=4)
    {'samples': [0.1, 0.1, 0.01, 0.01]}
    """
    try:
        return {"graph": trace_schedule(schedule).to_json()}
    except Exception:
        rates = [float(schedule(step)) for step in range(steps or SAMPLES)]
    for step, rate in enumerate(rates):
        if not math.isfinite(rate):
            raise TraceError(
                f"The schedule gives {rate} at step {step}: make it finite."
            )
    return {"samples": rates}


def rule(rule: Any, steps: int | None = None) -> dict[str, Any]:
    """Return a rule, or a bare ``step(x, gradient)`` function, as JSON.

    A schedule that cannot be traced is sampled for ``steps`` steps.

    >>> from gdcourse.optimizers import adam
    >>> rule(adam(0.1))["state"]
    [['m', 'vector'], ['v', 'vector'], ['t', 'scalar']]
    """
    made: Rule = rule() if callable(rule) and is_factory(rule) else rule_from(rule)
    traced = trace_rule(made)
    graphs = {
        name: graph.to_json() if graph else None
        for name, graph in (
            ("init", traced.init),
            ("first", traced.first),
            ("step", traced.step),
            ("probe", traced.probe),
        )
    }
    return {
        "name": made.name,
        "hyperparameters": {
            name: schedule(value, steps) if callable(value) else float(value)
            for name, value in made.hyperparameters.items()
        },
        **graphs,
        "state": [list(pair) for pair in traced.state],
        "latex": str(latex(made)),
    }
