"""Runs of methods that no browser can run: recorded, with what each step cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gdcourse.descend import descend
from gdcourse.optimizers import CountedLoss, Method, Rule
from gdcourse.surfaces import Surface

MOST_STEPS = 2000
DIGITS = 8  # of what is recorded: a page need not carry more


def records(
    rules: Mapping[str, Rule | Method],
    surfaces: Sequence[Surface],
    places: Sequence[list[float]],
    steps: int,
) -> dict[str, Any]:
    """Return the setting with each method's runs, one a surface; empty without methods.

    ``counts`` are the gradients, losses and curvatures asked for up to each row.

    >>> from gdcourse.optimizers import sam
    >>> from gdcourse.surfaces import bowl
    >>> records({"SAM": sam()}, [bowl], [[-4.0, 2.5]], 3)["records"][0]["SAM"]["counts"]
    [[0, 0, 0], [2, 0, 0], [4, 0, 0], [6, 0, 0]]
    """
    methods = {k: rule for k, rule in rules.items() if isinstance(rule, Method)}
    if not methods:
        return {}
    if steps > MOST_STEPS:
        raise ValueError(
            f"steps = {steps} is too many to record {', '.join(methods)}: at most 2000."
        )
    pairs = list(zip(surfaces, places, strict=True))
    return {
        "records": [
            {k: _record(method, *pair, steps) for k, method in methods.items()}
            for pair in pairs
        ]
    }


def _record(
    method: Method, surface: Surface, start: list[float], steps: int
) -> dict[str, Any]:
    counts = [[0, 0, 0]]

    def step(x: Any, loss: CountedLoss, state: Any) -> Any:
        after = method.step(x, loss, state)
        counts.append([loss.gradients, loss.values, loss.curvatures])
        return after

    path = descend(surface, replace(method, step=step), start, steps)
    diverged = path.stopped == "diverged"
    kept = len(path) - int(diverged and not np.isfinite(path.loss[-1]))
    return {
        "start": start,
        "x": [[_short(value) for value in row] for row in path.x[:kept]],
        "loss": [_short(value) for value in path.loss[:kept]],
        "counts": counts[:kept],
        "diverged": diverged,
    }


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
