"""Write methods.json: paths of SAM and L-BFGS by PyTorch, and of Sophia by optax.

Run ``python tests/golden/make_methods.py`` where torch, jax and optax are installed.
Each case holds a method, its settings, its surface and the points visited in float64.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("methods.json")
# Seven of L-BFGS: further down, torch would drop pairs whose product is below 1e-10.
STEPS = {"sam": 20, "lbfgs": 7, "sophia": 20}

# Coefficients of a quadratic sum(c * x**2) / 2, or "rosenbrock".
CASES: list[dict[str, Any]] = [
    {"method": "sam", "rule": "gradient_descent", "learning_rate": 1e-3, "rho": 0.1},
    {"method": "sam", "rule": "momentum", "learning_rate": 2e-4, "rho": 0.05},
    {"method": "sam", "rule": "adam", "learning_rate": 0.05, "rho": 0.3},
    {"method": "lbfgs", "memory": 10, "c": [1e-4, 6e-5, 9e-5], "x": [1e3, 2e3, -4e3]},
    {"method": "lbfgs", "memory": 2, "c": [1e-4, 6e-5, 9e-5], "x": [1e3, 2e3, -4e3]},
    {"method": "sophia", "interval": 1, "c": [1, 9, -4], "x": [1.0, 2.0, 0.5]},
    {"method": "sophia", "interval": 3, "c": [30, 2, 0.1], "x": [1.0, 2.0, 0.5]},
]
SOPHIA = {"learning_rate": 0.1, "gamma": 0.7, "beta2": 0.9, "weight_decay": 0.2}


def torch_loss(case: dict[str, Any], x: Any) -> Any:
    """Return the loss of a case in torch."""
    import torch

    if "c" in case:
        return (torch.tensor(case["c"], dtype=torch.float64) * x**2).sum() / 2
    return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2


def sam(case: dict[str, Any]) -> np.ndarray:
    """Return the points of SAM around an optimizer of torch, on Rosenbrock."""
    import torch

    x = torch.tensor([-1.5, 2.0], dtype=torch.float64, requires_grad=True)
    kind = torch.optim.Adam if case["rule"] == "adam" else torch.optim.SGD
    more = {"momentum": 0.9} if case["rule"] == "momentum" else {}
    base = kind([x], lr=case["learning_rate"], **more)
    points = [x.detach().numpy().copy()]
    for _ in range(STEPS["sam"]):
        (g,) = torch.autograd.grad(torch_loss(case, x), x)
        worst = (x + case["rho"] * g / g.norm()).detach().requires_grad_()
        (x.grad,) = torch.autograd.grad(torch_loss(case, worst), worst)
        base.step()
        points.append(x.detach().numpy().copy())
    return np.array(points)


def lbfgs(case: dict[str, Any]) -> np.ndarray:
    """Return the points of torch's L-BFGS, each step of length 1.

    Gradients shorter than 1 make its first step, too, as long as ours.
    """
    import torch

    x = torch.tensor(case["x"], dtype=torch.float64, requires_grad=True)
    base = torch.optim.LBFGS(
        [x],
        lr=1.0,
        max_iter=1,
        history_size=case["memory"],
        tolerance_grad=0,
        tolerance_change=0,
    )

    def closure() -> Any:
        base.zero_grad()
        value = torch_loss(case, x)
        value.backward()
        return value

    points = [x.detach().numpy().copy()]
    for _ in range(STEPS["lbfgs"]):
        base.step(closure)
        points.append(x.detach().numpy().copy())
    return np.array(points)


def sophia(case: dict[str, Any]) -> np.ndarray:
    """Return the points of optax's Sophia on a quadratic, put into the paper's order.

    optax averages a new curvature in after the step that Algorithm 3 uses it for, and
    corrects the bias of m.  On a quadratic the curvature is the same everywhere, so an
    update whose result is thrown away makes up for the first; beta1 = 0 for the second.
    """
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
    import optax

    def loss(x: Any) -> Any:
        return (jnp.array(case["c"], dtype=float) * x**2).sum() / 2

    base = optax.contrib.sophia(
        SOPHIA["learning_rate"],
        b1=0.0,
        b2=SOPHIA["beta2"],
        eps=1e-12,
        weight_decay=SOPHIA["weight_decay"],
        gamma=SOPHIA["gamma"],
        update_interval=case["interval"],
    )
    x = jnp.array(case["x"])
    _, state = base.update(jax.grad(loss)(x), base.init(x), x, obj_fn=loss)
    points = [x]
    for _ in range(STEPS["sophia"]):
        change, state = base.update(jax.grad(loss)(x), state, x, obj_fn=loss)
        x = x + change
        points.append(x)
    return np.array(points)


def path(case: dict[str, Any]) -> np.ndarray:
    """Return the points of a case, the start first."""
    return {"sam": sam, "lbfgs": lbfgs, "sophia": sophia}[case["method"]](case)


def main() -> None:
    """Write the file."""
    import optax
    import torch

    rows = [json.dumps({**case, "path": path(case).tolist()}) for case in CASES]
    made = {"torch": torch.__version__.split("+")[0], "optax": optax.__version__}
    head = json.dumps(made)[:-1]
    FILE.write_text(f'{head}, "cases": [\n' + ",\n".join(rows) + "\n]}\n", "utf-8")


if __name__ == "__main__":
    main()
