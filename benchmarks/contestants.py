"""The same step by us, by PyTorch and by optax, each as a function without arguments.

PyTorch and optax are imported where they are used, since a smoke test runs without.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np

from gdcourse import OPTIMIZERS
from gdcourse.blocks import SIZE, in_blocks

Array = np.ndarray

RULES = tuple(
    "gradient_descent momentum nesterov adagrad rmsprop adam adam_l2 adamw".split()
)
TORCH: dict[str, tuple[str, dict[str, Any]]] = {
    "gradient_descent": ("SGD", {"lr": 1e-2}),
    "momentum": ("SGD", {"lr": 1e-2, "momentum": 0.9}),
    "nesterov": ("SGD", {"lr": 1e-2, "momentum": 0.9, "nesterov": True}),
    "adagrad": ("Adagrad", {}),
    "rmsprop": ("RMSprop", {}),
    "adam": ("Adam", {}),
    "adam_l2": ("Adam", {"weight_decay": 1e-2}),
    "adamw": ("AdamW", {}),
}


@dataclass(frozen=True)
class Contestant:
    """One step of an optimizer, its point, and the threads that PyTorch may use."""

    step: Callable[[], object]
    point: Callable[[], Array]
    threads: int | None = None


def ours(name: str, x: Array, g: Array, *, blocks: bool = True) -> Contestant:
    """Return our step, compiled where the arrays are large enough for it."""
    rule, kept = OPTIMIZERS[name](), [x.copy()]
    if blocks and x.size > SIZE:
        rule = in_blocks(rule, overwrite=True)
    kept.append(rule.init(kept[0]))

    def step() -> None:
        kept[:] = rule.step(kept[0], g, kept[1])

    return Contestant(step, lambda: kept[0])


def torch(
    name: str, x: Array, g: Array, threads: int | None = None, **options: bool
) -> Contestant:
    """Return a step of torch.optim; raises RuntimeError where it lacks an option."""
    import torch

    kind, settings = TORCH[name]
    parameter = torch.nn.Parameter(torch.tensor(x))
    parameter.grad = torch.tensor(g)
    try:
        optimizer = getattr(torch.optim, kind)([parameter], **settings, **options)
    except TypeError:
        raise RuntimeError(f"{kind} has no option {list(options)}") from None
    return Contestant(
        optimizer.step, lambda: parameter.detach().numpy(), threads or torch_threads()
    )


@cache
def torch_threads() -> int:
    """Return how many threads PyTorch takes by itself, as found before any change."""
    import torch

    return int(torch.get_num_threads())


def optax(name: str, x: Array, g: Array) -> Contestant:
    """Return a step of optax, compiled, which like ours gives up the old arrays."""
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    import jax
    import optax

    jax.config.update("jax_enable_x64", True)
    rules: dict[str, Callable[[], Any]] = {
        "gradient_descent": partial(optax.sgd, 1e-2),
        "momentum": partial(optax.sgd, 1e-2, 0.9),
        "nesterov": partial(optax.sgd, 1e-2, 0.9, nesterov=True),
        "adagrad": partial(optax.adagrad, 1e-2, 0.0, eps=1e-20),  # inside the root
        "rmsprop": partial(optax.rmsprop, 1e-2, 0.99, 1e-8, eps_in_sqrt=False),
        "adam": partial(optax.adam, 1e-3),
        "adam_l2": lambda: optax.chain(
            optax.add_decayed_weights(1e-2), optax.adam(1e-3)
        ),
        "adamw": partial(optax.adamw, 1e-3, weight_decay=1e-2),
    }
    rule = rules[name]()

    def update(x: Any, g: Any, state: Any) -> Any:
        change, state = rule.update(g, state, x)
        return optax.apply_updates(x, change), state

    compiled = jax.jit(update, donate_argnums=(0, 2))
    gradient, kept = jax.numpy.array(g), [jax.numpy.array(x)]
    kept.append(rule.init(kept[0]))

    def step() -> None:
        kept[:] = compiled(kept[0], gradient, kept[1])
        kept[0].block_until_ready()

    return Contestant(step, lambda: np.asarray(kept[0]))
