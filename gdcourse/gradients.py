"""Gradients made, checked and changed: all that takes a gradient and gives one.

The finite differences are those of ``gdcourse.differences``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gdcourse.arrays import generator
from gdcourse.differences import (
    Function,
    GradientCheck,
    central_difference,
    check_gradient,
    forward_difference,
)
from gdcourse.optimizers.rule import nonnegative, positive

__all__ = [
    "GradientCheck",
    "central_difference",
    "check_gradient",
    "clip_by_norm",
    "clip_by_value",
    "forward_difference",
    "noisy",
]


def clip_by_value(gradient: Any, limit: float) -> Any:
    """Hold each coordinate of a gradient between -``limit`` and ``limit``.

    This may turn the gradient.  ``gradient`` is an array, or a dict of arrays.  Raises
    ValueError unless the limit is above zero.

    >>> clip_by_value(np.array([30.0, -0.5]), limit=1.0)
    array([ 1. , -0.5])
    """
    positive(limit, "limit")
    if isinstance(gradient, dict):
        return {name: np.clip(g, -limit, limit) for name, g in gradient.items()}
    return np.clip(gradient, -limit, limit)


def clip_by_norm(gradient: Any, limit: float) -> Any:
    """Shorten a gradient that is longer than ``limit`` to that length.

    An array of shape (..., d) holds gradients at points, each with a length of its
    own; a dict of arrays, one for each parameter, is one gradient with one length.
    Raises ValueError unless the limit is above zero.
    Source: Pascanu, Mikolov and Bengio 2013, Algorithm 1.

    >>> clip_by_norm(np.array([30.0, 40.0]), limit=1.0)
    array([0.6, 0.8])
    """
    positive(limit, "limit")
    if isinstance(gradient, dict):
        norm = np.sqrt(sum(np.sum(np.square(g)) for g in gradient.values()))
        return {k: g * (limit / np.maximum(norm, limit)) for k, g in gradient.items()}
    norm = np.linalg.norm(gradient, axis=-1, keepdims=True)
    return gradient * (limit / np.maximum(norm, limit))


def noisy(gradient: Function, scale: float, rng: np.random.Generator) -> Function:
    """Return ``gradient`` with normal noise of standard deviation ``scale`` added.

    Each call draws anew from ``rng``, for each coordinate.  Raises ValueError for a
    scale below zero or something else than a generator.

    >>> slope = noisy(np.cos, scale=0.1, rng=np.random.default_rng(0))
    >>> slope(np.zeros(2)).round(2)
    array([1.01, 0.99])
    """
    nonnegative(scale, "scale")
    generator(rng)

    def disturbed(x: np.ndarray) -> Any:
        g = gradient(x)
        return g + scale * rng.standard_normal(np.shape(g))

    return disturbed
