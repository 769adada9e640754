"""Losses: functions of the outputs and the targets that return value and gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gdcourse.network.layer import Array

Loss = Callable[[Array, Any], tuple[float, Array]]


def log_softmax(logits: Array) -> Array:
    """Return the logarithms of the softmax along the last axis, without overflow.

    The largest logit is taken off first, which changes nothing (softmax(z) is
    softmax(z + c)) and leaves no exponential above 1.

    >>> log_softmax(np.array([0.0, 1000.0]))
    array([-1000.,     0.])
    """
    z = logits - logits.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def softmax_cross_entropy(logits: Array, y: Any) -> tuple[float, Array]:
    """Return the mean of -log p(right label) and its gradient in the logits.

    ``logits`` has shape (N, K) and ``y`` holds N whole labels from 0 to K - 1.  The
    logarithm is never taken of a probability: log(p + 1e-8), often seen, is no longer
    the loss below p = 1e-8 and cannot exceed 18.4.  Raises ValueError for other labels.

    >>> loss, gradient = softmax_cross_entropy(np.array([[0.0, 0.0]]), np.array([1]))
    >>> round(loss, 4), gradient
    (0.6931, array([[ 0.5, -0.5]]))
    """
    y = labels(y, *logits.shape)
    rows = np.arange(len(y))
    log_p = log_softmax(logits)
    gradient = np.exp(log_p)  # softmax minus one-hot, over N
    gradient[rows, y] -= 1
    return float(-log_p[rows, y].mean()), gradient / len(y)


def mse(outputs: Array, y: Any) -> tuple[float, Array]:
    """Return the mean of the squared errors and its gradient in the outputs.

    ``outputs`` and ``y`` have the same shape (N, K), and the mean is taken over all
    N K numbers, as PyTorch does.  Raises ValueError for other targets.

    >>> mse(np.array([[1.0], [5.0]]), np.array([[1.0], [2.0]]))
    (4.5, array([[0.],
           [3.]]))
    """
    error = outputs - _targets(y, outputs.shape)
    return float(np.mean(error**2)), 2 * error / error.size


def labels(y: Any, samples: int, classes: int) -> Array:
    """Return ``y`` as N whole labels below ``classes``, or raise ValueError."""
    y = np.asarray(y)
    if y.shape != (samples,) or y.dtype.kind not in "iu" or samples == 0:
        raise ValueError(
            f"y has shape {y.shape} and type {y.dtype}, but there are {samples} "
            "sample(s): pass one or more, with one integer as the label of each."
        )
    if y.min() < 0 or y.max() >= classes:
        wrong = y.min() if y.min() < 0 else y.max()
        raise ValueError(
            f"y holds the label {wrong}, but the network has {classes} output(s): "
            f"labels go from 0 to {classes - 1}."
        )
    return y


def _targets(y: Any, shape: tuple[int, ...]) -> Array:
    y = np.asarray(y)
    if y.shape != shape or y.dtype.kind not in "fiu" or not np.isfinite(y).all():
        raise ValueError(
            f"y has shape {y.shape} and type {y.dtype}: pass finite targets of the "
            f"shape {shape} of the outputs."
        )
    return y


LOSSES: dict[str, Loss] = {"softmax_cross_entropy": softmax_cross_entropy, "mse": mse}
