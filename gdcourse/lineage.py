"""Where the rules come from: years, papers, and what each adds to its parents."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from gdcourse.optimizers import METHODS, OPTIMIZERS


class Origin(NamedTuple):
    """Where a rule comes from, and what it adds to its parents (keys of LINEAGE).

    ``rule`` is its name in OPTIMIZERS or METHODS, if the library has it.
    """

    name: str
    year: int
    authors: str
    title: str
    link: str
    parents: tuple[str, ...]
    adds: str
    idea: str
    rule: str = ""


LINEAGE: dict[str, Origin] = {
    "gradient_descent": Origin(
        "gradient descent",
        1847,
        "Cauchy",
        "Méthode générale pour la résolution des systèmes d’équations simultanées",
        "",
        (),
        "against the slope",
        "Step against the gradient, again and again.",
        "gradient_descent",
    ),
    "sgd": Origin(
        "SGD",
        1951,
        "Robbins and Monro",
        "A Stochastic Approximation Method",
        "https://doi.org/10.1214/aoms/1177729586",
        ("gradient_descent",),
        "noisy gradients",
        "The same step with noisy gradients, as from a few samples. The paper "
        "looks for the zero of a noisy function: stochastic approximation, the root of "
        "SGD. Kiefer and Wolfowitz (1952) looked for maxima.",
        "gradient_descent",
    ),
    "momentum": Origin(
        "momentum",
        1964,
        "Polyak",
        "Some methods of speeding up the convergence of iteration methods",
        "https://doi.org/10.1016/0041-5553(64)90137-5",
        ("gradient_descent",),
        "a velocity",
        "Keep a velocity, to which gradients add: Polyak's heavy ball, not yet noisy.",
        "momentum",
    ),
    "nesterov": Origin(
        "Nesterov",
        1983,
        "Nesterov",
        "A method of solving a convex programming problem with convergence rate "
        "O(1/k²)",
        "https://www.mathnet.ru/eng/dan46009",
        ("momentum",),
        "a look ahead",
        "Take the gradient where the velocity is about to lead.",
        "nesterov_original",
    ),
    "backpropagation": Origin(
        "backpropagation",
        1986,
        "Rumelhart, Hinton and Williams",
        "Learning representations by back-propagating errors",
        "https://doi.org/10.1038/323533a0",
        (),
        "gradients of networks",
        "How networks get their gradients; earlier Linnainmaa (1970), Werbos (1974).",
    ),
    "adagrad": Origin(
        "AdaGrad",
        2011,
        "Duchi, Hazan and Singer",
        "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
        "https://jmlr.org/papers/v12/duchi11a.html",
        ("sgd",),
        "rates of their own",
        "Divide by the root of the sum of squares: each parameter's rate only falls.",
        "adagrad",
    ),
    "rmsprop": Origin(
        "RMSProp",
        2012,
        "Tieleman and Hinton",
        "Lecture 6.5, Neural Networks for Machine Learning",
        "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
        ("adagrad",),
        "a leaky sum",
        "Let the sum leak, so that old gradients are forgotten; no momentum. The "
        "lecture never became a paper; it starts from Rprop (1993), which uses signs.",
        "rmsprop",
    ),
    "adam": Origin(
        "Adam",
        2014,
        "Kingma and Ba",
        "Adam: A Method for Stochastic Optimization",
        "https://arxiv.org/abs/1412.6980",
        ("momentum", "rmsprop"),
        "bias correction",
        "Divide momentum's average by RMSProp's root, both corrected for their start.",
        "adam",
    ),
    "adamw": Origin(
        "AdamW",
        2017,
        "Loshchilov and Hutter",
        "Decoupled Weight Decay Regularization",
        "https://arxiv.org/abs/1711.05101",
        ("adam",),
        "decoupled decay",
        "Shrink the weights beside Adam's step, not through its gradient (ICLR 2019).",
        "adamw",
    ),
    "lamb": Origin(
        "LAMB",
        2019,
        "You, Li, Reddi and others",
        "Large Batch Optimization for Deep Learning: Training BERT in 76 minutes",
        "https://arxiv.org/abs/1904.00962",
        ("adamw",),
        "rates per layer",
        "A layer's step is its weights' length times the rate. Not by AdamW's authors.",
        "lamb",
    ),
    "sam": Origin(
        "SAM",
        2020,
        "Foret, Kleiner, Mobahi and Neyshabur",
        "Sharpness-Aware Minimization for Efficiently Improving Generalization",
        "https://arxiv.org/abs/2010.01412",
        ("gradient_descent",),
        "a worse point",
        "Around any rule: its gradient is that of a worse point, found by a step up.",
        "sam",
    ),
    "lion": Origin(
        "Lion",
        2023,
        "Chen and others",
        "Symbolic Discovery of Optimization Algorithms",
        "https://arxiv.org/abs/2302.06675",
        ("adamw",),
        "signs only",
        "Keep only signs, and the decay. A search that began at AdamW found it.",
        "lion",
    ),
    "sophia": Origin(
        "Sophia",
        2023,
        "Liu, Li, Hall, Liang and Ma",
        "Sophia: A Scalable Stochastic Second-order Optimizer for Language Model "
        "Pre-training",
        "https://arxiv.org/abs/2305.14342",
        ("adamw",),
        "curvature, clipping",
        "Divide by averaged curvatures, not squared gradients, and clip each step.",
        "sophia",
    ),
    "muon": Origin(
        "Muon",
        2024,
        "Jordan and others",
        "Muon: An optimizer for hidden layers in neural networks",
        "https://kellerjordan.github.io/posts/muon/",
        ("momentum",),
        "orthogonal steps",
        "Give all directions of a matrix's velocity about the same length.",
        "muon",
    ),
}


def memory(rule: str) -> list[str]:
    """Name the numbers that a rule keeps for each parameter, from its first state.

    Raises KeyError for a name that is in neither OPTIMIZERS nor METHODS.

    >>> memory("adam"), memory("gradient_descent")
    (['m', 'v'], [])
    """
    state: Any = (OPTIMIZERS | METHODS)[rule]().init(np.zeros((2, 2)))
    return [name for name in state._fields if np.shape(getattr(state, name)) == (2, 2)]
