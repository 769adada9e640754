"""The Rosetta table: where popular texts write a rule in another way than this course.

Formulas are written as in code: x is the parameter, g its gradient, t counts updates
from 1.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import NamedTuple

from gdcourse.arrays import whole
from gdcourse.optimizers.rule import hyperparameters

__all__ = ["ROSETTA", "Convention"]


class Convention(NamedTuple):
    """One choice that is made differently elsewhere, and how to translate it.

    ``same_path`` says whether the translated numbers give the same points; ``when``
    says under which condition, or else what still differs.

    >>> ROSETTA["momentum"].convert(learning_rate=0.01, beta=0.75)
    {'learning_rate': 0.04, 'beta': 0.75}
    """

    ours: str
    theirs: str
    used_by: str
    same_path: bool
    when: str
    formula: Callable[..., dict[str, float]]

    def convert(self, **ours: float) -> dict[str, float]:
        """Turn our hyper-parameters into theirs.

        Raises ValueError for other names than those of ``formula``, and for numbers
        that are no such hyper-parameters.
        """
        wanted = list(inspect.signature(self.formula).parameters)
        if set(ours) != set(wanted):
            raise ValueError(f"{ours} must name {', '.join(wanted)}, and nothing else.")
        for name, value in ours.items():
            if callable(value):
                raise ValueError(f"{name} = {value!r} must be a number: call it first.")
        hyperparameters(**ours)
        return self.formula(**ours)


ROSETTA: dict[str, Convention] = {
    "momentum": Convention(
        ours="v = beta*v + g; x = x - alpha*v",
        theirs="v = beta*v + (1 - beta)*g; x = x - alpha*v",
        used_by="Ng's courses, and Adam for its first moment",
        same_path=True,
        when="always, at a constant beta",
        formula=lambda learning_rate, beta: {
            "learning_rate": learning_rate / (1 - beta),
            "beta": beta,
        },
    ),
    "rate in the velocity": Convention(
        ours="v = beta*v + g; x = x - alpha*v",
        theirs="v = beta*v + alpha*g; x = x - v",
        used_by="Sutskever et al. 2013, Keras; there v has the other sign",
        same_path=True,
        when="at a constant learning rate; a drop acts at once on ours, late on theirs",
        formula=lambda learning_rate, beta: {
            "learning_rate": learning_rate,
            "beta": beta,
        },
    ),
    "Nesterov": Convention(
        ours="v = beta*v + g; x = x - alpha*(g + beta*v), with g at x",
        theirs="v = beta*v + alpha*g; x = x - v, with g at x - beta*v",
        used_by="Nesterov 1983, Sutskever et al. 2013",
        same_path=True,
        when="at constant numbers, between our x and the point where theirs looks",
        formula=lambda learning_rate, beta: {
            "learning_rate": learning_rate,
            "beta": beta,
        },
    ),
    "epsilon of RMSProp": Convention(
        ours="x = x - alpha*g/(sqrt(s) + epsilon)",
        theirs="x = x - alpha*g/sqrt(s + epsilon)",
        used_by="Keras and TensorFlow; for AdaGrad too",
        same_path=False,
        when="the same floor under the root, but near it steps differ by up to 1.41",
        formula=lambda epsilon: {"epsilon": epsilon**2},
    ),
    "defaults of RMSProp": Convention(
        ours="learning_rate=0.01, decay=0.99, epsilon=1e-8",
        theirs="learning_rate=0.001, rho=0.9, epsilon=1e-7 inside the root",
        used_by="Keras; Hinton's lecture has 0.9 too",
        same_path=True,
        when="where gradients are far above epsilon, once the numbers are passed",
        formula=lambda learning_rate, decay, epsilon: {
            "learning_rate": learning_rate,
            "rho": decay,
            "epsilon": epsilon**2,
        },
    ),
    "epsilon of Adam": Convention(
        ours="x = x - alpha*m_hat/(sqrt(v_hat) + epsilon)",
        theirs="x = x - alpha*sqrt(1 - beta2**t)/(1 - beta1**t)*m/(sqrt(v) + epsilon)",
        used_by="Kingma and Ba 2015 before section 2.1 (their epsilon hat), Keras",
        same_path=False,
        when="their epsilon acts as ours over sqrt(1 - beta2**t): 32 times at first",
        formula=lambda epsilon: {"epsilon": epsilon},
    ),
    "decay of AdamW": Convention(
        ours="x = x - alpha*(m_hat/(sqrt(v_hat) + epsilon) + decay*x)",
        theirs="x = x - eta*(alpha*m_hat/(sqrt(v_hat) + epsilon) + decay*x)",
        used_by="Loshchilov and Hutter 2019, whose schedule is eta, beside alpha",
        same_path=True,
        when="always, if our learning rate is eta times the one that is converted",
        formula=lambda learning_rate, weight_decay: {
            "learning_rate": learning_rate,
            "weight_decay": learning_rate * weight_decay,
        },
    ),
    "L2 or decay": Convention(
        ours="x = (1 - alpha*decay)*x - alpha*g",
        theirs="x = x - alpha*(g + decay*x), the loss having decay/2*(x @ x) added",
        used_by="PyTorch's SGD and Adam, where it is called weight_decay",
        same_path=True,
        when="with plain gradient descent; not with momentum or with Adam",
        formula=lambda learning_rate, weight_decay: {
            "learning_rate": learning_rate,
            "weight_decay": weight_decay,
        },
    ),
    "factor of the loss": Convention(
        ours="loss = sum(error**2)/N",
        theirs="loss = sum(error**2)/(2*N)",
        used_by="Ng's courses and many textbooks",
        same_path=True,
        when="with gradient descent and momentum; Adam needs no conversion at all",
        formula=lambda learning_rate: {"learning_rate": 2 * learning_rate},
    ),
    "accumulation": Convention(
        ours="g = mean of the gradients of k batches",
        theirs="g = sum of the gradients of k batches",
        used_by="PyTorch's backward(), which adds, if the loss is not divided by k",
        same_path=True,
        when="with gradient descent and momentum; Adam needs no conversion at all",
        formula=lambda learning_rate, batches: {
            "learning_rate": learning_rate / whole(batches, "batches", 1)
        },
    ),
    "warm-up": Convention(
        ours="alpha*t/steps is the rate of update t",
        theirs="alpha*(t - 1)/steps is the rate of update t",
        used_by="Hugging Face Transformers",
        same_path=True,
        when="one update later: their first one does not move",
        formula=lambda learning_rate, steps: {
            "learning_rate": learning_rate,
            "num_warmup_steps": steps,
        },
    ),
    "clipping": Convention(
        ours="g = g*min(1, limit/norm(g))",
        theirs="g = g*min(1, limit/(norm(g) + 1e-6))",
        used_by="PyTorch",
        same_path=False,
        when="what theirs clips is shorter, by the part 1e-6/norm(g)",
        formula=lambda limit: {"limit": limit},
    ),
}
