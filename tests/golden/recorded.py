"""The gradients and hyper-parameters that every oracle is given, drawn from seeds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

STEPS = 200
EXPONENTS = {"learning_rate": (-4.0, 0.0), "epsilon": (-10.0, -2.0)}  # of 10


def gradients(seed: int, size: int = 3) -> np.ndarray:
    """Return recorded gradients of shape (STEPS, size) over many magnitudes."""
    rng = np.random.default_rng(seed)
    scale = 10.0 ** rng.uniform(-6, 3, size=(1, size))
    drift, noise = rng.normal(size=(2, STEPS, size))
    rows = scale * (np.cumsum(drift, axis=0) / 5 + noise)
    rows[rng.random(STEPS) < 0.05] = 0.0  # updates without any gradient
    return rows


def draw(rule: str, names: Iterable[str], seed: int) -> dict[str, Any]:
    """Return a random case of a rule: a value for each name, and often a schedule."""
    rng = np.random.default_rng([seed, *rule.encode()])
    case: dict[str, Any] = {"rule": rule}
    for name in names:
        value = float(10 ** rng.uniform(*EXPONENTS.get(name, (-3.0, 0.0))))
        case[name] = 1 - value if name.startswith(("beta", "decay")) else value
    schedules = {"cosine": int(rng.integers(50, 400))}, {"factor": rng.uniform(0.97, 1)}
    return case | ({}, *schedules)[seed % 3]


def replay(rule: Any, x: np.ndarray, rows: Iterable[np.ndarray]) -> np.ndarray:
    """Return the points that ``rule`` visits when it is given these gradients."""
    state, points = rule.init(x), [x]
    for gradient in rows:
        x, state = rule.step(x, gradient, state)
        points.append(x)
    return np.array(points)


def close(ours: np.ndarray, theirs: np.ndarray, digits: float = 1e-12) -> None:
    """Demand that two paths agree to ``digits`` of their largest entry."""
    assert np.abs(ours - theirs).max() <= digits * np.abs(theirs).max()
