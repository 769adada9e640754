"""Write optax.json: paths of optax's optimizers for the rules that PyTorch lacks.

Run ``python tests/golden/make_optax.py`` where optax and jax are installed.  All of it
is float64: PyTorch has a Muon, but that one rounds to 16 bits.  ``cases`` are driven by
recorded gradients, ``closed`` by those of w^2 + 4 b^2 where the optimizer stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from recorded import STEPS, draw, gradients

FILE = Path(__file__).with_name("optax.json")
DRAWS, KEPT = 20, [1, 2, 20, 200]
NAMES = {
    "rmsprop_inside": "learning_rate decay epsilon",
    "lion": "learning_rate beta1 beta2 weight_decay",
    "lamb": "learning_rate beta1 beta2 epsilon weight_decay",
    "muon": "learning_rate beta epsilon weight_decay",
}
SHAPES = [3], [4, 3], [2, 5], [3, 3]  # of the weights that Muon and LAMB move
CASES = [
    draw(rule, names.split(), seed)
    | {"seed": seed, "shape": SHAPES[seed % 4 if rule in ("lamb", "muon") else 0]}
    for rule, names in NAMES.items()
    for seed in range(DRAWS)
]
START = [-4.0, 2.5]
BOWL = {"beta1": 0.9, "beta2": 0.99, "epsilon": 1e-6, "weight_decay": 0.01}
CLOSED: list[dict[str, Any]] = [
    {"rule": "rmsprop_inside", "learning_rate": 0.02, "decay": 0.9, "epsilon": 1e-6},
    {"rule": "lion", "learning_rate": 0.0137, **BOWL},
    {"rule": "lamb", "learning_rate": 0.05, **BOWL},
    {"rule": "muon", "learning_rate": 0.02, "beta": 0.9, **BOWL},
]


def optimizer(optax: Any, case: dict[str, Any]) -> Any:
    """Return the optax optimizer of a case.

    optax's own Muon averages the gradients and corrects the bias, which mixes the first
    of them otherwise than Jordan and PyTorch do; so its ``trace`` keeps the momentum,
    and Muon without any does the rest.  Its rows are inputs: the axes are named anew.
    """
    rate, rule = schedule(optax, case), case["rule"]
    if rule == "rmsprop_inside":
        return optax.rmsprop(rate, case["decay"], case["epsilon"], eps_in_sqrt=True)
    decay = {"weight_decay": case["weight_decay"]}
    if rule == "lion":
        return optax.lion(rate, case["beta1"], case["beta2"], **decay)
    epsilon = {"eps": case["epsilon"]}
    if rule == "lamb":
        return optax.lamb(rate, case["beta1"], case["beta2"], **epsilon, **decay)
    axes = optax.contrib.MuonDimensionNumbers(reduction_axis=1, output_axis=0)
    muon = optax.contrib.muon(
        rate,
        beta=0.0,
        nesterov=False,
        muon_weight_dimension_numbers=axes,
        **epsilon,
        **decay,
    )
    return optax.chain(optax.trace(case["beta"], nesterov=True), muon)


def schedule(optax: Any, case: dict[str, Any]) -> Any:
    """Return the learning rate of a case: a number, or an optax schedule."""
    rate = case["learning_rate"]
    if "cosine" in case:
        return optax.cosine_decay_schedule(rate, case["cosine"])
    if "factor" in case:
        falling = optax.exponential_decay(rate, 1, case["factor"])
        return lambda count: falling(count.astype(float))  # whole ones give 32 bits
    return rate


def follow(case: dict[str, Any], x: Any, gradient: Callable[..., Any]) -> np.ndarray:
    """Return the points that optax visits with ``gradient(step, x)``."""
    import jax
    import optax

    jax.config.update("jax_enable_x64", True)
    made, shape = optimizer(optax, case), np.shape(x)
    # Muon must see a matrix: a vector is one row.
    x = jax.numpy.atleast_2d(x) if case["rule"] == "muon" else jax.numpy.asarray(x)
    state, points = made.init(x), [np.reshape(x, shape)]
    update = jax.jit(made.update)
    for step in range(STEPS):
        slope = np.reshape(gradient(step, points[-1]), x.shape)
        change, state = update(slope, state, x)
        x = x + change
        points.append(np.reshape(x, shape))
    assert x.dtype == np.float64
    return np.array(points)


def recorded(case: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Return the start and the recorded gradients of a case."""
    rows = gradients(case["seed"], int(np.prod(case["shape"])))
    return np.ones(case["shape"]), rows.reshape(STEPS, *case["shape"])


def path(case: dict[str, Any]) -> np.ndarray:
    """Return the points that optax visits in a case of CASES or of CLOSED."""
    if case in CLOSED:
        return follow(case, np.array(START), lambda step, x: x * np.array([2.0, 8.0]))
    start, rows = recorded(case)
    return follow(case, start, lambda step, x: rows[step])


def main() -> None:
    """Write the file."""
    import jax
    import optax

    head = {"optax": optax.__version__, "jax": jax.__version__, "kept": KEPT}
    lines = [
        json.dumps(case | {"x": path(case)[KEPT].tolist()}) for case in CASES + CLOSED
    ]
    text = f'{json.dumps(head)[:-1]}, "cases": [\n' + ",\n".join(lines) + "\n]}\n"
    FILE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
