"""Rules that look at a whole array of weights before they move any of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdcourse.arrays import whole
from gdcourse.optimizers.adaptive import AdamState
from gdcourse.optimizers.rule import Array, Hyper, Rule, hyperparameters

QUINTIC = 3.4445, -4.7750, 2.0315  # Jordan's a, b, c: steep at 0, near 1 around 1


class MuonState(NamedTuple):
    """The decaying sum of gradients, shaped like ``x``, after ``t`` updates."""

    B: Array
    t: int


def lamb(
    learning_rate: Hyper = 1e-3,
    beta1: Hyper = 0.9,
    beta2: Hyper = 0.999,
    epsilon: Hyper = 1e-6,
    weight_decay: Hyper = 1e-2,
) -> Rule:
    """Step along AdamW's direction, by a share of the length of the weights.

    The trust ratio r1/r2 makes a step ``learning_rate`` times as long as ``x``; it is
    1 where either norm is 0.  Source: You et al. 2020, arXiv 1904.00962, Algorithm 2,
    where phi is the identity.  ``x``, the array of one layer, and its gradient have the
    same shape.  Raises ValueError for a beta that is not in [0, 1) or another number
    below zero.

    >>> rule = lamb(learning_rate=0.1, weight_decay=0.0)
    >>> x = np.array([3.0, 4.0])
    >>> rule.step(x, np.array([0.0, 7.0]), rule.init(x))[0].round(6)
    array([3. , 3.5])
    """
    h = hyperparameters(
        learning_rate=learning_rate,
        beta1=beta1,
        beta2=beta2,
        epsilon=epsilon,
        weight_decay=weight_decay,
    )

    def init(x: Array) -> AdamState:
        return AdamState(m=np.zeros_like(x), v=np.zeros_like(x), t=0)

    def step(x: Array, g: Array, state: AdamState) -> tuple[Array, AdamState]:
        alpha, beta1, beta2, epsilon, weight_decay = h.at(state.t)
        t = state.t + 1
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        u = m_hat / (np.sqrt(v_hat) + epsilon) + weight_decay * x
        r1 = np.linalg.norm(x)
        r2 = np.linalg.norm(u)
        with np.errstate(all="ignore"):  # r1 / r2 is computed, unused, where r2 = 0
            r = np.where(np.minimum(r1, r2) > 0, r1 / r2, 1.0)
        x = x - alpha * r * u
        return x, AdamState(m, v, t)

    return Rule("LAMB", init, step, h, frozenset({"traceable"}))


def newton_schulz(matrix: Array, epsilon: float = 1e-7, rounds: int = 5) -> Array:
    """Bring all singular values of a matrix near 1, and leave its directions.

    The matrix is divided by its norm; then each round sends every singular value s to
    a s + b s^3 + c s^5.  Five rounds bring what was above 0.01 to between 0.68 and
    1.14.  ``epsilon`` keeps zeros from a division by zero.  Raises ValueError unless
    there are two axes and ``rounds`` is a whole number.  Source: Jordan et al. 2024,
    "Muon: an optimizer for hidden layers in neural networks".

    >>> newton_schulz(np.diag([5.0, 0.5])).round(2)
    array([[0.7 , 0.  ],
           [0.  , 0.71]])
    """
    if np.ndim(matrix) != 2:
        raise ValueError(
            f"The matrix has shape {np.shape(matrix)}: reshape it to (rows, columns)."
        )
    a, b, c = QUINTIC
    X = matrix / (np.linalg.norm(matrix) + epsilon)
    tall = X.shape[0] > X.shape[1]
    X = X.T if tall else X  # so that A is the smaller of the two products
    for _ in range(whole(rounds, "rounds", 0)):
        A = X @ X.T
        X = a * X + (b * A + c * A @ A) @ X
    return X.T if tall else X


def muon(
    learning_rate: Hyper = 1e-3,
    beta: Hyper = 0.95,
    epsilon: Hyper = 1e-7,
    weight_decay: Hyper = 0.1,
) -> Rule:
    """Make the momentum of a weight matrix orthogonal, and step along it.

    Conventions are PyTorch's: momentum without (1 - beta), Nesterov's form, decay times
    the learning rate, steps longer by sqrt(rows / columns) for a tall matrix, whose
    rows are outputs.  A vector counts as one row.  Source: Jordan et al. 2024, "Muon:
    an optimizer for hidden layers in neural networks", epsilon beside the norm as
    there.  ``x`` and its gradient have the same shape.  Raises ValueError for a beta
    that is not in [0, 1), another number below zero, or arrays of more than two axes.

    >>> rule, x = muon(learning_rate=0.5, weight_decay=0.0), np.zeros((2, 2))
    >>> rule.step(x, np.diag([5.0, 0.5]), rule.init(x))[0].round(2)
    array([[-0.35,  0.  ],
           [ 0.  , -0.35]])
    """
    h = hyperparameters(
        learning_rate=learning_rate,
        beta=beta,
        epsilon=epsilon,
        weight_decay=weight_decay,
    )

    def init(x: Array) -> MuonState:
        return MuonState(B=np.zeros_like(x), t=0)

    def step(x: Array, g: Array, state: MuonState) -> tuple[Array, MuonState]:
        alpha, beta, epsilon, weight_decay = h.at(state.t)
        t = state.t + 1
        B = beta * state.B + g
        M = np.atleast_2d(g + beta * B)
        U = newton_schulz(M, epsilon) * max(1, M.shape[0] / M.shape[1]) ** 0.5
        x = x - alpha * (U.reshape(np.shape(x)) + weight_decay * x)
        return x, MuonState(B, t)

    return Rule("Muon", init, step, h, frozenset())
