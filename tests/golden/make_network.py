"""Write network.json: losses and gradients of small networks by PyTorch's autograd.

Run ``python tests/golden/make_network.py`` where torch is installed.  Each case holds
the settings of a network; its parameters and batch come from the seed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("network.json")
WIDTHS, SAMPLES = [3, 4, 4, 3], 5
CASES: list[dict[str, Any]] = [
    {"activation": "sigmoid"},
    {"activation": "tanh"},
    {"activation": "relu"},
    {"activation": "leaky_relu"},
    {"activation": "elu"},
    {"activation": "gelu"},
    {"activation": "relu", "size": 1e3},
    {"activation": "sigmoid", "size": 1e3},
    {"activation": "elu", "loss": "mse"},
    {"activation": "tanh", "batch_norm": True},
    {"activation": "relu", "residual": True},
    {"activation": "gelu", "residual": True, "batch_norm": True, "loss": "mse"},
]


def inputs(
    shapes: dict[str, tuple[int, ...]], seed: int, size: float = 1.0
) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray, np.ndarray]:
    """Return parameters, a batch of that size, its labels and its targets."""
    rng = np.random.default_rng(seed)
    parameters = {
        name: rng.uniform(-1, 1, shape) + 2 * name.endswith("running_variance")
        for name, shape in shapes.items()
    }
    x = size * rng.normal(size=(SAMPLES, WIDTHS[0]))
    labels = rng.integers(WIDTHS[-1], size=SAMPLES)
    return parameters, x, labels, rng.normal(size=(SAMPLES, WIDTHS[-1]))


def outputs(case: dict[str, Any], take: Iterator[Any], x: Any, training: bool) -> Any:
    """Return torch's outputs; ``take`` gives the parameters in their order."""
    import torch.nn.functional as F

    for n, m in list(pairwise(WIDTHS))[:-1]:
        h = F.linear(x, next(take).T, next(take))
        if case.get("batch_norm"):
            scale, shift, mean, variance = (next(take) for _ in range(4))
            h = F.batch_norm(h, mean, variance, scale, shift, training)
        h = getattr(F, case["activation"], None)(h)
        x = x + h if case.get("residual") and n == m else h
    return F.linear(x, next(take).T, next(take))


def results(
    case: dict[str, Any], shapes: dict[str, tuple[int, ...]], seed: int
) -> dict[str, list[Any]]:
    """Return the loss, predictions, gradients and updates that torch finds."""
    import torch
    import torch.nn.functional as F

    drawn, x, labels, targets = map(
        _tensors, inputs(shapes, seed, case.get("size", 1.0))
    )
    out = outputs(case, iter(drawn.values()), x, training=False)
    learnt = [v.requires_grad_() for n, v in drawn.items() if "running" not in n]
    trained = outputs(case, iter(drawn.values()), x, training=True)
    if case.get("loss") == "mse":
        loss = F.mse_loss(trained, targets)
    else:
        loss = F.cross_entropy(trained, labels)
    gradients = torch.autograd.grad(loss, learnt)
    return {
        "value": [loss.item()],
        "predictions": out.flatten().tolist(),
        "gradients": [v for g in gradients for v in g.flatten().tolist()],
        "updates": [
            v for n, p in drawn.items() if "running" in n for v in p.flatten().tolist()
        ],
    }


def _tensors(value: Any) -> Any:
    import torch

    if isinstance(value, dict):
        return {name: torch.from_numpy(array) for name, array in value.items()}
    return torch.from_numpy(value)


def main() -> None:
    """Write the file."""
    import torch

    from gdcourse.network import mlp

    rows = []
    for seed, case in enumerate(CASES):
        settings = {name: value for name, value in case.items() if name != "size"}
        shapes = mlp(WIDTHS, **settings).shapes
        rows.append(json.dumps({**case, **results(case, shapes, seed)}))
    head = json.dumps({"torch": torch.__version__.split("+")[0]})[:-1]
    FILE.write_text(f'{head}, "cases": [\n' + ",\n".join(rows) + "\n]}\n", "utf-8")


if __name__ == "__main__":
    main()
