"""Write optimizers.json: paths of PyTorch's optimizers over recorded gradients.

Run ``python tests/golden/make_optimizers.py`` where torch is installed.  Each case
holds a rule, its hyper-parameters, a seed and the points that torch.optim visits in
float64.  The gradients come from the seed, so that the file stays small.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from recorded import STEPS, gradients

FILE = Path(__file__).with_name("optimizers.json")
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
    {"rule": "ema_momentum", "learning_rate": 0.1, "beta": 0.9},
    {"rule": "ema_momentum", "learning_rate": 0.4, "beta": 0.35, "cosine": 150},
    {"rule": "nesterov", "learning_rate": 0.01, "beta": 0.9},
    {"rule": "nesterov", "learning_rate": 0.2, "beta": 0.35},
    {"rule": "nesterov", "learning_rate": 0.03, "beta": 0.99, "cosine": 120},
    {"rule": "adagrad"},
    {"rule": "adagrad", "learning_rate": 0.7, "epsilon": 1e-3},
    {"rule": "adagrad", "learning_rate": 0.2, "cosine": 200},
    {"rule": "rmsprop"},
    {"rule": "rmsprop", "learning_rate": 0.001, "decay": 0.9, "epsilon": 1e-4},
    {"rule": "rmsprop", "learning_rate": 0.05, "decay": 0.5, "cosine": 120},
    {"rule": "adam_l2"},
    {"rule": "adam_l2", "learning_rate": 0.1, "beta1": 0.5, "weight_decay": 0.3},
    {"rule": "adam_l2", "learning_rate": 0.05, "weight_decay": 1.5, "cosine": 200},
    {"rule": "adamw"},
    {"rule": "adamw", "learning_rate": 0.1, "beta1": 0.5, "weight_decay": 0.3},
    {"rule": "adamw", "learning_rate": 0.05, "weight_decay": 1.5, "cosine": 200},
]

# What torch calls our rules and their hyper-parameters.
KINDS = {
    "adagrad": "Adagrad",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adam_l2": "Adam",
    "adamw": "AdamW",
}
TORCH = {
    "learning_rate": "lr",
    "beta": "momentum",
    "decay": "alpha",
    "epsilon": "eps",
    "weight_decay": "weight_decay",
}


def optimizer(torch: Any, x: Any, case: dict[str, Any]) -> Any:
    """Return the torch optimizer of a case; what a case leaves out is torch's default.

    torch has no averaging momentum: its own, at (1 - beta) times the rate, stands in.
    Its Adam penalises nothing unless it is told to, so ``adam_l2`` always says so.
    """
    settings = {TORCH[name]: case[name] for name in TORCH if name in case}
    if "beta1" in case or "beta2" in case:
        settings["betas"] = case.get("beta1", 0.9), case.get("beta2", 0.999)
    if case["rule"] == "ema_momentum":
        settings["lr"] *= 1 - case["beta"]
    if case["rule"] == "adam_l2":
        settings.setdefault("weight_decay", 1e-2)
    kind = KINDS.get(case["rule"], "SGD")
    if case["rule"] == "nesterov":
        settings["nesterov"] = True
    return getattr(torch.optim, kind)([x], **settings)


def follow(
    case: dict[str, Any], start: Any, gradient: Callable[..., Any]
) -> np.ndarray:
    """Return the STEPS + 1 points that torch visits with ``gradient(step, x)``."""
    import torch

    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    made = optimizer(torch, x, case)
    schedule, falls = scheduler(torch, made, case), case.get("cosine", STEPS + 1)
    points = [x.detach().numpy().copy()]
    for step in range(STEPS):
        x.grad = gradient(step, x)
        made.step()
        points.append(x.detach().numpy().copy())
        if schedule and step + 1 < falls:  # beyond it, a cosine's rate would rise again
            schedule.step()
        elif schedule:
            made.param_groups[0]["lr"] = 0.0
    return np.array(points)


def scheduler(torch: Any, made: Any, case: dict[str, Any]) -> Any:
    """Return the torch scheduler of a case, if it has one."""
    if "cosine" in case:
        return torch.optim.lr_scheduler.CosineAnnealingLR(made, case["cosine"])
    if "factor" in case:
        return torch.optim.lr_scheduler.ExponentialLR(made, case["factor"])
    return None


def path(case: dict[str, Any], seed: int) -> np.ndarray:
    """Return the points that torch visits with the recorded gradients of a seed."""
    import torch

    rows = torch.from_numpy(gradients(seed))
    return follow(case, [1.0, 1.0, 1.0], lambda step, x: rows[step].clone())


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
