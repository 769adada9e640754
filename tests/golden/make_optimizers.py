"""Write optimizers.json: paths of PyTorch's optimizers over recorded gradients.

Run ``python tests/golden/make_optimizers.py`` where torch is installed.  Each case
holds a rule, its hyper-parameters, a seed and the points that torch.optim visits in
float64.  The gradients come from the seed, so that the file stays small.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("optimizers.json")
STEPS, DIMENSION = 200, 3
KEPT = [0, 1, 2, 3, 5, 10, 20, 50, 100, 150, 199, 200]

CASES: list[dict[str, Any]] = [
    {"rule": "gradient_descent", "learning_rate": 0.1},
    {"rule": "gradient_descent", "learning_rate": 0.0037},
    {"rule": "gradient_descent", "learning_rate": 0.5, "cosine": 200},
    {"rule": "momentum", "learning_rate": 0.01, "beta": 0.9},
    {"rule": "momentum", "learning_rate": 0.2, "beta": 0.35},
    {"rule": "momentum", "learning_rate": 0.03, "beta": 0.99, "cosine": 120},
    {"rule": "adam"},
    {"rule": "adam", "learning_rate": 0.3, "beta1": 0.5, "beta2": 0.9},
    {"rule": "adam", "learning_rate": 0.02, "beta1": 0.0, "epsilon": 1e-3},
    {"rule": "adam", "learning_rate": 0.1, "beta2": 0.99, "cosine": 200},
]


def gradients(seed: int) -> np.ndarray:
    """Return recorded gradients of shape (STEPS, DIMENSION) over many magnitudes."""
    rng = np.random.default_rng(seed)
    scale = 10.0 ** rng.uniform(-6, 3, size=(1, DIMENSION))
    drift, noise = rng.normal(size=(2, STEPS, DIMENSION))
    rows = scale * (np.cumsum(drift, axis=0) / 5 + noise)
    rows[rng.random(STEPS) < 0.05] = 0.0  # updates without any gradient
    return rows


def optimizer(torch: Any, x: Any, case: dict[str, Any]) -> Any:
    """Return the torch optimizer of a case."""
    if case["rule"] == "adam":
        rate = case.get("learning_rate", 1e-3)
        betas = case.get("beta1", 0.9), case.get("beta2", 0.999)
        return torch.optim.Adam([x], rate, betas, case.get("epsilon", 1e-8))
    return torch.optim.SGD([x], case["learning_rate"], case.get("beta", 0.0))


def path(case: dict[str, Any], seed: int) -> np.ndarray:
    """Return the STEPS + 1 points that torch visits, shape (STEPS + 1, DIMENSION)."""
    import torch

    x = torch.ones(DIMENSION, dtype=torch.float64, requires_grad=True)
    made = optimizer(torch, x, case)
    schedules = torch.optim.lr_scheduler
    falls = case.get("cosine")
    schedule = schedules.CosineAnnealingLR(made, falls) if falls else None
    points = [x.detach().numpy().copy()]
    for step, gradient in enumerate(gradients(seed)):
        x.grad = torch.from_numpy(gradient.copy())
        made.step()
        points.append(x.detach().numpy().copy())
        if schedule and step + 1 < falls:  # beyond it, torch's rate would rise again
            schedule.step()
        elif schedule:
            made.param_groups[0]["lr"] = 0.0
    return np.array(points)


def main() -> None:
    """Write the file."""
    import torch

    rows = []
    for seed, case in enumerate(CASES):
        points = path(case, seed)[KEPT].tolist()
        rows.append(json.dumps({**case, "seed": seed, "x": points}))
    head = json.dumps({"torch": torch.__version__.split("+")[0], "kept": KEPT})[:-1]
    FILE.write_text(f'{head}, "cases": [\n' + ",\n".join(rows) + "\n]}\n", "utf-8")


if __name__ == "__main__":
    main()
