"""How a loss bends: Hessian-vector products, top eigenvalue, stable rates, momentum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gdcourse.arrays import generator, whole
from gdcourse.optimizers.momentum import momentum
from gdcourse.optimizers.rule import positive

__all__ = [
    "best_momentum",
    "hessian_vector_product",
    "momentum_roots",
    "stability_limit",
    "top_eigenvalue",
]

WIDTH = float(np.finfo(float).eps) ** (1 / 3)


def hessian_vector_product(
    gradient: Callable[[np.ndarray], np.ndarray], x: Any, v: Any
) -> np.ndarray:
    """Estimate the Hessian at ``x`` times ``v`` from two gradients, either side of x.

    ``x`` and ``v`` have the shape (d,) that ``gradient`` takes.  The points are apart
    by 1.2e-5 times max(1, norm(x)), where truncation and rounding are about alike.  A
    surface has the exact product: ``surface.hvp``.  Raises ValueError for shapes that
    differ.  Source: Nocedal and Wright 2006, Numerical Optimization, section 8.1.

    >>> hessian_vector_product(lambda x: x**3, [1.0, 2.0], [1.0, 0.0]).round(6)
    array([3., 0.])
    """
    x, v = np.asarray(x, dtype=float), np.asarray(v, dtype=float)
    if x.shape != v.shape:
        raise ValueError(f"x has shape {x.shape} and v {v.shape}: pass shapes alike.")
    length = np.linalg.norm(v)
    if length == 0:
        return np.zeros_like(v)
    h = WIDTH * max(1.0, float(np.linalg.norm(x))) / length
    product: np.ndarray = (gradient(x + h * v) - gradient(x - h * v)) / (2 * h)
    return product


def top_eigenvalue(
    hvp: Callable[[np.ndarray], np.ndarray],
    dimension: int,
    rng: np.random.Generator,
    tolerance: float = 1e-6,
    steps: int = 1000,
) -> float:
    """Return the Hessian's eigenvalue of largest size, with its sign.

    Power iteration: ``hvp(v)``, the Hessian times ``v`` of shape (d,), is applied to a
    random vector until norm(H v - e v) is at most ``tolerance`` times abs(e); then e
    is that near to an eigenvalue, and mostly far nearer.  Raises ValueError if it is
    not after ``steps`` products, and for bad settings.
    Source: von Mises and Pollaczek-Geiringer 1929.

    >>> H = np.diag([2.0, -8.0])
    >>> round(top_eigenvalue(lambda v: H @ v, 2, np.random.default_rng(0)), 6)
    -8.0
    """
    positive(tolerance, "tolerance")
    v = generator(rng).normal(size=whole(dimension, "dimension", 1))
    for _ in range(whole(steps, "steps", 1)):
        v = v / np.linalg.norm(v)
        product = hvp(v)
        e = float(v @ product)
        error = np.linalg.norm(product - e * v)
        if error <= tolerance * abs(e):
            return e
        v = product
    raise ValueError(
        f"After {steps} products the error of the eigenvalue {e:.6g} is still "
        f"{error:.2g}: raise steps or tolerance (two eigenvalues of about one size, "
        "such as 3 and -3, take for ever)."
    )


def stability_limit(hessian: Any) -> Any:
    """Return 2 over the largest eigenvalue: the rate where gradient descent turns wild.

    ``hessian`` is symmetric, of shape (..., d, d), or the eigenvalue itself.  On a
    quadratic, gradient descent converges below this rate and diverges above; where no
    eigenvalue is above zero there is no limit, and the result is infinite.  Raises
    ValueError for another shape.
    Source: LeCun, Bottou, Orr and Müller 1998, Efficient BackProp.

    >>> from gdcourse.surfaces import bowl
    >>> print(stability_limit(bowl.hessian([1, 1])), stability_limit(8))
    0.25 0.25
    """
    H = np.asarray(hessian, dtype=float)
    H = H[None, None] if H.ndim == 0 else H
    if H.ndim < 2 or H.shape[-1] != H.shape[-2]:
        raise ValueError(
            f"hessian has shape {H.shape}: pass a square matrix, or one eigenvalue."
        )
    top = np.linalg.eigvalsh(H)[..., -1]
    limits = 2 / np.where(top > 0, top, 1.0)
    return np.where(top > 0, limits, np.inf)[()]


def momentum_roots(curvature: float, learning_rate: float, beta: float) -> np.ndarray:
    """Return the two roots that decide how momentum moves on a parabola.

    On ``curvature * x**2 / 2`` the next x is (1 + beta - learning_rate * curvature)
    times x, less beta times the x before.  So x is a mixture of powers of two complex
    numbers; the larger, which comes first, is by its size the factor of each step in
    the long run.
    Raises ValueError for settings that ``momentum`` refuses, or a curvature not above
    zero.  Source: Polyak 1964.

    >>> momentum_roots(1.0, learning_rate=0.25, beta=0.25)
    array([0.5+0.j, 0.5+0.j])
    """
    positive(curvature, "curvature")
    momentum(learning_rate, beta)
    b = 1 + beta - learning_rate * curvature
    half = np.sqrt(complex(b * b - 4 * beta)) * (-1 if b < 0 else 1)
    return np.array([b + half, b - half]) / 2


def best_momentum(least: float, most: float) -> tuple[float, float]:
    """Return the learning rate and beta that suit a quadratic's curvatures best.

    ``least`` and ``most`` are its smallest and its largest curvature.  With these
    settings of ``momentum`` both directions shrink by sqrt(beta) a step, which no other
    pair betters.  Raises ValueError unless 0 < least <= most.  Source: Polyak 1964.

    >>> best_momentum(1.0, 9.0)
    (0.25, 0.25)
    """
    positive(least, "least")
    if not least <= most < np.inf:
        raise ValueError(
            f"least = {least} and most = {most}: pass the smaller curvature first."
        )
    flat, steep = np.sqrt(least), np.sqrt(most)
    beta = ((steep - flat) / (steep + flat)) ** 2
    return float(4 / (flat + steep) ** 2), float(beta)
