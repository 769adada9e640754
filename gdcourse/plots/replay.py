"""Surfaces and rules made from the JSON documents that the figures carry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gdcourse.optimizers.rule import Hyperparameters, Rule
from gdcourse.path import Path
from gdcourse.surfaces import Surface

Document = Mapping[str, Any]


def surface_from(document: Document) -> Surface:
    """Return the surface that ``trace.surface`` wrote down."""
    return Surface(
        document["expression"],
        " ".join(document["variables"]),
        document["name"],
        window=[(low, high) for low, high in document["window"]],
        minima=document["minima"],
        data=document["data"] or None,
    )


def rule_from(document: Document, **overrides: float) -> Rule:
    """Return the rule that ``trace.rule`` wrote down, with some numbers replaced."""
    values: dict[str, Any] = {
        name: overrides.get(
            name, schedule_from(value) if isinstance(value, dict) else value
        )
        for name, value in document["hyperparameters"].items()
    }
    h = Hyperparameters(**values)

    def init(x: Any) -> dict[str, Any]:
        state = run(document["init"], {"x": x}) if document["init"] else {}
        return {"updates": 0, **state}

    def step(x: Any, g: Any, state: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        now = dict(zip(h, h.at(state["updates"]), strict=True))
        first = state["updates"] == 0 and document.get("first")
        graph = document["first"] if first else document["step"]
        after = run(graph, {"x": x, "gradient": g, **state, **now})
        return after.pop("x"), {"updates": state["updates"] + 1, **after}

    def probe(x: Any, state: dict[str, Any]) -> Any:
        return run(document["probe"], {"x": x, **state})["x"]

    asks = probe if document.get("probe") else None
    return Rule(document["name"], init, step, h, frozenset(), asks)


def path_from(document: Document) -> Path:
    """Return the run of a method that a figure recorded."""
    done = len(document["x"]) - 1
    return Path(
        x=np.array(document["x"]),
        loss=np.array(document["loss"]),
        gradient=np.full((done, 2), np.nan),
        learning_rate=np.full(done, np.nan),
        steps=np.arange(done + 1),
        stopped="diverged" if document["diverged"] else "step limit",
        stopped_at=done,
        evaluations=document["counts"][-1][0],
    )


def schedule_from(document: Document) -> Any:
    """Return the schedule that ``trace.schedule`` wrote down, or its samples."""
    if "graph" in document:
        graph = document["graph"]
        (name, _), *_ = graph["inputs"]
        return lambda t: next(iter(run(graph, {name: t}).values()))
    samples, every = document["samples"], document.get("every", 1)
    return lambda t: samples[min(round(t / every), len(samples) - 1)]


def run(graph: Document, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the outputs of a recorded graph by name."""
    names = [name for name, _ in graph["inputs"]]
    values: list[Any] = []
    for op, *arguments in graph["nodes"]:
        if op == "input":
            values.append(inputs[names[arguments[0]]])
        elif op == "constant":
            values.append(arguments[0])
        elif op == "component":
            values.append(values[arguments[0]][arguments[1]])
        else:
            values.append(_apply(op, [values[i] for i in arguments]))
    return {name: values[i] for name, i in graph["outputs"]}


def _apply(op: str, values: list[Any]) -> Any:
    from gdcourse.trace.operations import ELEMENTWISE, REDUCTIONS

    if op == "stack":
        return np.stack(values)
    if op == "fill":
        return np.full_like(values[1], values[0])
    return (ELEMENTWISE.get(op) or REDUCTIONS[op]).numpy(*values)
