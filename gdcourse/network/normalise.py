"""Batch normalisation: the one layer that looks at all samples of a batch."""

from __future__ import annotations

import numpy as np

from gdcourse.arrays import share, whole
from gdcourse.network.layer import Array, Layer, Parameters, Rng
from gdcourse.optimizers.rule import positive


def batch_norm(units: int, momentum: float = 0.1, epsilon: float = 1e-5) -> Layer:
    """Make a layer that gives each unit mean 0 and variance 1 over the batch.

    Then it scales and shifts, by parameters that are learnt.  In training mode each
    output depends on the whole batch, of shape (N, units) with N of 2 or more; in
    evaluation mode the running mean and variance stand in, which go by ``momentum``
    towards those of each batch.  Raises ValueError for a batch of one sample and for
    numbers out of range.  Source: Ioffe and Szegedy 2015, arXiv 1502.03167, algorithm
    1; defaults as in PyTorch.

    >>> layer = batch_norm(1)
    >>> parameters = layer.init(np.random.default_rng(0))
    >>> layer.forward(parameters, np.array([[1.0], [3.0]]), True, None)[0].round(4)
    array([[-1.],
           [ 1.]])
    """
    whole(units, "units", 1)
    share(momentum, "momentum")
    positive(epsilon, "epsilon")

    def init(rng: Rng) -> Parameters:
        zeros, ones = np.zeros(units), np.ones(units)
        learnt = {"scale": ones, "shift": zeros}
        return {**learnt, "running_mean": zeros.copy(), "running_variance": ones.copy()}

    def forward(
        parameters: Parameters, x: Array, training: bool, rng: Rng | None
    ) -> tuple[Array, tuple[Array, Array], Parameters]:
        mean, variance = parameters["running_mean"], parameters["running_variance"]
        updates = {}
        if training:
            mean, variance = x.mean(axis=0), x.var(axis=0)
            updates = _moved(parameters, mean, variance, len(x), momentum)
        deviation = np.sqrt(variance + epsilon)
        normal = (x - mean) / deviation
        out = parameters["scale"] * normal + parameters["shift"]
        return out, (normal, deviation), updates

    return Layer("batch_norm", init, forward, _backward)


def _backward(
    parameters: Parameters, kept: tuple[Array, Array], d_out: Array
) -> tuple[Array, Parameters]:
    normal, deviation = kept
    d_normal = d_out * parameters["scale"]
    # The mean and the deviation depend on x too: what goes through them is taken off.
    through_mean = d_normal.mean(axis=0)
    through_deviation = normal * (d_normal * normal).mean(axis=0)
    d_x = (d_normal - through_mean - through_deviation) / deviation
    return d_x, {"scale": (d_out * normal).sum(axis=0), "shift": d_out.sum(axis=0)}


def _moved(
    parameters: Parameters, mean: Array, variance: Array, n: int, momentum: float
) -> Parameters:
    """Return the running statistics after a batch of ``n`` samples."""
    if n < 2:
        raise ValueError(
            "The batch has 1 sample, but batch normalisation needs 2 or more in "
            "training: leave out a last batch of one."
        )
    # n / (n - 1): the variance of the samples that this batch was drawn from.
    now = {"running_mean": mean, "running_variance": variance * n / (n - 1)}
    return {
        name: (1 - momentum) * parameters[name] + momentum * value
        for name, value in now.items()
    }
