"""The exercises of chapter 09, adaptive optimizers."""

# Answers are written as learners write them, without types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gdcourse.exercises.schema import Chapter, Exercise, Mistake

Inputs = Iterator[tuple[Any, ...]]
Part = Callable[..., Any]

CHAPTER = Chapter(
    "09",
    "Adaptive optimizers",
    "09-adaptive-optimizers",
    sections={
        "adagrad-by-hand": "AdaGrad: a rate for each parameter",
        "rmsprop-explained": "RMSProp: forget the distant past",
        "epsilon-place": "Epsilon is a parameter",
        "adam-steps": "Adam: both ideas, and a repair",
        "adam-turn-explained": "Adam: both ideas, and a repair",
        "bias-rule": "Adam: both ideas, and a repair",
        "largest": "How far can Adam step?",
        "largest-rule": "How far can Adam step?",
        "decay": 'Weight decay, and what "incorrect" means',
        "decay-question": 'Weight decay, and what "incorrect" means',
        "fair-rules": "A fair race",
    },
)


# One step of AdaGrad ------------------------------------------------------------------


def adagrad_step(x, gradient, G, learning_rate, epsilon):
    """Return the new point and the new sum of squares."""
    G = G + gradient**2
    x = x - learning_rate * gradient / (np.sqrt(G) + epsilon)
    return x, G


def _draw_adagrad(rng: np.random.Generator) -> Inputs:
    """Yield round numbers first, then arrays with a silent coordinate, then any."""
    yield 1.0, 3.0, 16.0, 0.5, 0.0
    yield 1.0, 3.0, 16.0, 0.5, 1.0
    yield -2.0, -0.6, 0.64, 0.1, 0.5
    yield np.array([1.0, 1.0]), np.array([1.0, 100.0]), np.zeros(2), 0.1, 0.25
    x, G = np.array([0.5, -1.0, 2.0]), np.array([4.0, 0.0, 0.0])
    yield x, np.array([-1.5, 0.0, 0.7]), G, 0.2, 0.1
    for size in (3, 4, 5, 6):
        x, g, G = (
            rng.normal(0, 2, size),
            rng.normal(0, 3, size),
            rng.uniform(0, 9, size),
        )
        yield x, g, G, float(rng.uniform(0.05, 0.5)), float(rng.uniform(0.1, 1))


def _adagrad(
    total: Part = lambda G, g: G + g**2,
    move: Part = lambda g, G, a, e, old: a * g / (np.sqrt(G) + e),
    ends: Part = lambda x, G, old: (x, G),
) -> Part:
    """Return AdaGrad's step with one of its parts exchanged."""

    def answer(x, gradient, G, learning_rate, epsilon):
        new = total(G, gradient)
        return ends(x - move(gradient, new, learning_rate, epsilon, G), new, G)

    return answer


def _adagrad_by_loop(x, gradient, G, learning_rate, epsilon):
    new_x, new_G = [], []
    for a, g, old in zip(*map(np.atleast_1d, (x, gradient, G)), strict=True):
        new_G.append(old + g * g)
        new_x.append(a - learning_rate / (math.sqrt(new_G[-1]) + epsilon) * g)
    shape = np.shape(x)
    return {"x": np.reshape(new_x, shape), "G": np.reshape(new_G, shape)}


def _adagrad_with_epsilon_in_the_sum(x, gradient, G, learning_rate, epsilon):
    G = G + gradient**2 + epsilon
    return x - learning_rate * gradient / np.sqrt(G), G


def _adagrad_on_copies(x, gradient, G, learning_rate, epsilon):
    x, G = np.array(x), np.array(G)
    G += np.square(gradient)
    x -= learning_rate * (gradient / (G**0.5 + epsilon))
    return [x, G]


ADAGRAD = Exercise(
    id="adaptive-optimizers.adagrad",
    chapter=CHAPTER,
    title="One step of AdaGrad",
    prompt=(
        "Write adagrad_step(x, gradient, G, learning_rate, epsilon): add the squared "
        "gradient to the sum G, then step, with epsilon added to the root of the new "
        "sum. Return the new x and the new G. Each coordinate is treated by itself."
    ),
    reference=adagrad_step,
    starter="""
def adagrad_step(x, gradient, G, learning_rate, epsilon):
    G = ...
    x = ...
    return x, G
""",
    returns=("x", "G"),
    draw=_draw_adagrad,
    mistakes=(
        Mistake(
            "sign",
            _adagrad(move=lambda g, G, a, e, old: -a * g / (np.sqrt(G) + e)),
            "Your step goes uphill. Dividing by a root changes the length of a step, "
            "never its side.",
            "adagrad-by-hand",
        ),
        Mistake(
            "old sum",
            _adagrad(move=lambda g, G, a, e, old: a * g / (np.sqrt(old) + e)),
            "You divide by the root of the sum before this gradient was added. At the "
            "first step, where that sum is 0, the step is a division by epsilon.",
            "adagrad-by-hand",
        ),
        Mistake(
            "epsilon inside the root",
            (
                _adagrad(move=lambda g, G, a, e, old: a * g / np.sqrt(G + e)),
                _adagrad(move=lambda g, G, a, e, old: a * g / np.sqrt(G + e**2)),
            ),
            "Your epsilon is added to squares, under the root. There the same number "
            "sets a much higher floor. Some libraries do so; here it is asked beside "
            "the root.",
            "epsilon-place",
        ),
        Mistake(
            "epsilon outside the fraction",
            (
                _adagrad(move=lambda g, G, a, e, old: a * g / np.sqrt(G) + e),
                _adagrad(move=lambda g, G, a, e, old: a * (g / np.sqrt(G) + e)),
            ),
            "Your epsilon is not in the denominator: without brackets it is added to "
            "the step, so every parameter drifts, and a silent one is 0/0.",
            "epsilon-place",
        ),
        Mistake(
            "no epsilon",
            _adagrad(move=lambda g, G, a, e, old: a * g / np.sqrt(G)),
            "Your epsilon is not used: a coordinate that never had a gradient is 0/0.",
            "epsilon-place",
        ),
        Mistake(
            "no root",
            _adagrad(move=lambda g, G, a, e, old: a * g / (G + e)),
            "You divide by the sum of squares itself. Then a gradient ten times as "
            "large makes a step ten times as *short*.",
            "adagrad-by-hand",
        ),
        Mistake(
            "not squared",
            (
                _adagrad(total=lambda G, g: G + g),
                _adagrad(total=lambda G, g: G + np.abs(g)),
                _adagrad(total=lambda G, g: G + g * 2),
            ),
            "Your sum grows by the gradient, not by its square. Gradients of either "
            "sign must make it grow, and its root must be in the gradient's units.",
            "adagrad-by-hand",
        ),
        Mistake(
            "only the last gradient",
            _adagrad(total=lambda G, g: g**2),
            "Your sum holds this gradient alone; what was in G is gone. Then every "
            "step is as long as the rate says, however many came before.",
            "adagrad-by-hand",
        ),
        Mistake(
            "a running mean",
            tuple(
                _adagrad(total=lambda G, g, r=r: r * G + (1 - r) * g**2)
                for r in (0.9, 0.99, 0.999)
            ),
            "You keep a running mean of the squares. That is RMSProp, the next rule: "
            "AdaGrad adds up and forgets nothing.",
            "rmsprop-explained",
        ),
        Mistake(
            "one sum for all coordinates",
            (
                _adagrad(total=lambda G, g: G + np.sum(g**2)),
                _adagrad(total=lambda G, g: G + np.mean(g**2)),
            ),
            "Each coordinate's sum got the squares of all of them. A loud neighbour "
            "then silences a quiet parameter, which is what AdaGrad is to prevent.",
            "adagrad-by-hand",
        ),
        Mistake(
            "sum not updated",
            _adagrad(ends=lambda x, G, old: (x, old)),
            "Your x is right, but the G that you return is the one that came in: at "
            "the next step this gradient will be forgotten.",
            "adagrad-by-hand",
        ),
        Mistake(
            "not scaled",
            _adagrad(move=lambda g, G, a, e, old: a * g),
            "That is a step of plain gradient descent: the sum is kept and never used.",
            "adagrad-by-hand",
        ),
        Mistake(
            "sign of the gradient",
            _adagrad(move=lambda g, G, a, e, old: a * np.sign(g) / (np.sqrt(G) + e)),
            "Of the gradient only its sign is left above the root, so the step shrinks "
            "with every gradient and no longer grows with this one.",
            "adagrad-by-hand",
        ),
        Mistake(
            "epsilon kept in the sum",
            _adagrad_with_epsilon_in_the_sum,
            "Your epsilon went into G itself, so it is added once more at every step.",
            "epsilon-place",
        ),
        Mistake(
            "only a direction",
            _adagrad(move=lambda g, G, a, e, old: a / (np.sqrt(G) + e)),
            "The gradient itself is missing: you move by the rate over the root, "
            "always to the same side.",
            "adagrad-by-hand",
        ),
        Mistake(
            "swapped",
            _adagrad(ends=lambda x, G, old: (G, x)),
            "These two are in the wrong order: first the point, then the sum.",
            "adagrad-by-hand",
        ),
    ),
    also_right={
        "a loop, and a dictionary": _adagrad_by_loop,
        "copies changed in place, and a list": _adagrad_on_copies,
        "a rate for each coordinate first": _adagrad(
            move=lambda g, G, a, e, old: (a / (G**0.5 + e)) * g
        ),
    },
    hints=(
        "Two lines: the sum first, because the step uses the new one.",
        "The sum gets gradient**2. The step is the usual one, learning_rate * "
        "gradient, divided by the root of the new sum plus epsilon.",
        "Fill the blanks:\n\n    G = G + ____\n"
        "    x = x - learning_rate * gradient / (____ + ____)\n    return x, G",
    ),
    explanation=(
        "The root of the sum of squares grows with every gradient, so a parameter that "
        "has been pushed hard and often gets short steps, and one that is seldom "
        "pushed keeps long ones. The new gradient is in the sum before it is divided: "
        "so the first step is as long as the learning rate, whatever the gradient."
    ),
)


# The whole of Adam --------------------------------------------------------------------


def adam_run(x, gradients, learning_rate, beta1, beta2, epsilon):
    """Return the point after all updates, and both moments."""
    m = np.zeros_like(x)
    v = np.zeros_like(x)
    t = 0
    for gradient in gradients:
        t = t + 1
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * gradient**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        x = x - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return x, m, v


def _draw_adam(rng: np.random.Generator) -> Inputs:
    """Yield one step, two, and many; one number, and arrays with a silent one."""
    yield 1.0, np.array([4.0]), 0.1, 0.5, 0.75, 0.0
    yield 0.0, np.array([5.0, -5.0]), 0.1, 0.9, 0.999, 1e-8
    yield 1.0, np.array([0.2, 0.4, -0.1]), 0.1, 0.9, 0.99, 0.5
    x = np.array([1.0, -2.0])
    yield x, np.array([[1.0, 3.0], [-2.0, 1.0]]), 0.1, 0.8, 0.95, 0.1
    yield x, np.array([[0.0, 3.0], [0.0, 1.0], [0.0, -2.0]]), 0.3, 0.9, 0.99, 0.01
    for size, steps in ((2, 3), (3, 10), (1, 25), (4, 40)):
        x, gradients = rng.normal(0, 1, size), rng.normal(0.5, 2, (steps, size))
        beta1, beta2 = float(rng.uniform(0.5, 0.9)), float(rng.uniform(0.92, 0.99))
        yield x, gradients, float(rng.uniform(0.05, 0.5)), beta1, beta2, 0.2


def _mean(m, g, b):
    return b * m + (1 - b) * g


def _square(v, g, m, b):
    return b * v + (1 - b) * g**2


def _adam(
    first: Part = lambda m, g, b1, b2: _mean(m, g, b1),
    second: Part = lambda v, g, m, b1, b2: _square(v, g, m, b2),
    hats: Part = lambda m, v, b1, b2, t: (m / (1 - b1**t), v / (1 - b2**t)),
    count: Part = lambda t: t,
    move: Part = lambda m, v, a, e, g, t, b2: a * m / (np.sqrt(v) + e),
    keep: Part = lambda m, v, mh, vh: (m, v),
    before: Part = lambda m, v: (m, v),
    ends: Part = lambda x, m, v, mh, vh: (x, m, v),
    stop: int | None = None,
) -> Part:
    """Return Adam's loop with one of its parts exchanged."""

    def answer(x, gradients, learning_rate, beta1, beta2, epsilon):
        m = v = mh = vh = 0 * x
        for t, g in enumerate(gradients[:stop], start=1):
            m, v = before(m, v)
            m = first(m, g, beta1, beta2)
            v = second(v, g, m, beta1, beta2)
            mh, vh = hats(m, v, beta1, beta2, count(t))
            x = x - move(mh, vh, learning_rate, epsilon, g, t, beta2)
            m, v = keep(m, v, mh, vh)
        return ends(x, m, v, mh, vh)

    return answer


def _adam_aliased(x, gradients, learning_rate, beta1, beta2, epsilon):
    m = v = np.zeros_like(x)
    for t, g in enumerate(gradients, start=1):
        m *= beta1
        m += (1 - beta1) * g
        v *= beta2
        v += (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return x, m, v


def _adam_one_step_at_the_end(x, gradients, learning_rate, beta1, beta2, epsilon):
    _, m, v = adam_run(x, gradients, learning_rate, beta1, beta2, epsilon)
    t = len(gradients)
    root = np.sqrt(v / (1 - beta2**t))
    return x - learning_rate * m / (1 - beta1**t) / (root + epsilon), m, v


def _adam_late_moments(x, gradients, learning_rate, beta1, beta2, epsilon):
    m, v = 0 * x, 0 * x
    for t, g in enumerate(gradients, start=1):
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        m, v = _mean(m, g, beta1), _square(v, g, m, beta2)
    return x, m, v


def _adam_with_dict(x, gradients, learning_rate, beta1, beta2, epsilon):
    state = {"m": 0 * x, "v": 0 * x, "t": 0}
    for g in list(gradients):
        state["t"] += 1
        state["m"] = state["m"] + (1 - beta1) * (g - state["m"])
        state["v"] = state["v"] + (1 - beta2) * (g * g - state["v"])
        m_hat = state["m"] / (1 - math.pow(beta1, state["t"]))
        v_hat = state["v"] / (1 - math.pow(beta2, state["t"]))
        x = x - learning_rate * m_hat / (v_hat**0.5 + epsilon)
    return [x, state["m"], state["v"]]


def _adam_with_corrected_rate(x, gradients, learning_rate, beta1, beta2, epsilon):
    m, v, power1, power2 = 0 * x, 0 * x, 1.0, 1.0
    for g in gradients:
        power1, power2 = power1 * beta1, power2 * beta2
        m, v = _mean(m, g, beta1), _square(v, g, m, beta2)
        root = (1 - power2) ** 0.5
        rate = learning_rate * root / (1 - power1)
        x = x - rate * m / (np.sqrt(v) + epsilon * root)
    return {"x": x, "m": m, "v": v}


def _adam_in_place(x, gradients, learning_rate, beta1, beta2, epsilon):
    x = np.array(x, dtype=float)
    m, v = np.zeros(x.shape), np.zeros(x.shape)
    for i in range(len(gradients)):
        m *= beta1
        m += (1 - beta1) * gradients[i]
        v *= beta2
        v += (1 - beta2) * np.square(gradients[i])
        x -= (
            learning_rate
            * (m / (1 - beta1 ** (i + 1)))
            / (np.sqrt(v / (1 - beta2 ** (i + 1))) + epsilon)
        )
    return x, m, v


def _adam_with_defaults(x, gradients, learning_rate, beta1, beta2, epsilon):
    return adam_run(x, gradients, learning_rate, 0.9, 0.999, 1e-8)


ADAM = Exercise(
    id="adaptive-optimizers.adam",
    chapter=CHAPTER,
    title="The whole of Adam",
    prompt=(
        "Write adam_run(x, gradients, learning_rate, beta1, beta2, epsilon): gradients "
        "holds the gradient of each update, in order. Begin with both moments at zero, "
        "do one Adam update for each gradient, with bias correction and epsilon added "
        "to the root of the corrected second moment. Return the last x and the last m "
        "and v, uncorrected."
    ),
    reference=adam_run,
    starter="""
def adam_run(x, gradients, learning_rate, beta1, beta2, epsilon):
    m = ...
    v = ...
    for gradient in gradients:
        ...
    return x, m, v
""",
    returns=("x", "m", "v"),
    draw=_draw_adam,
    mistakes=(
        Mistake(
            "no bias correction",
            _adam(hats=lambda m, v, b1, b2, t: (m, v)),
            "Both moments are right, and x is not: they start at 0 and are used as "
            "they are. v lags behind more than m, so with the usual betas the first "
            "steps are several times too long.",
            "bias-rule",
        ),
        Mistake(
            "t from 0",
            _adam(count=lambda t: t - 1),
            "The first correction divides by 1 - beta**0, which is zero. The counter "
            "must have counted this update before it is used.",
            "bias-rule",
        ),
        Mistake(
            "t never grows",
            _adam(count=lambda t: 1),
            "Every update is corrected as if it were the first one: your t stays at 1, "
            "so after the first update the moments are blown up.",
            "bias-rule",
        ),
        Mistake(
            "t one too large",
            _adam(count=lambda t: t + 1),
            "Your corrections are those of the update after. Count once for each "
            "gradient, beginning with 1 for the first.",
            "bias-rule",
        ),
        Mistake(
            "only m corrected",
            _adam(hats=lambda m, v, b1, b2, t: (m / (1 - b1**t), v)),
            "m is corrected and v is not, so the denominator is far too small at "
            "first, and the steps far too long.",
            "bias-rule",
        ),
        Mistake(
            "only v corrected",
            _adam(hats=lambda m, v, b1, b2, t: (m, v / (1 - b2**t))),
            "v is corrected and m is not, so the first steps are too short.",
            "bias-rule",
        ),
        Mistake(
            "correction upside down",
            (
                _adam(hats=lambda m, v, b1, b2, t: (m * (1 - b1**t), v * (1 - b2**t))),
                _adam(hats=lambda m, v, b1, b2, t: (m / (1 + b1**t), v / (1 + b2**t))),
            ),
            "Your correction makes the moments smaller. They are too small already, "
            "having begun at 0: it must make them larger.",
            "bias-rule",
        ),
        Mistake(
            "correction outside the root",
            _adam(hats=lambda m, v, b1, b2, t: (m / (1 - b1**t), v / (1 - b2**t) ** 2)),
            "You take the root of v first and correct it afterwards. Correct v, then "
            "take the root of v_hat: the correction belongs under the root.",
            "bias-rule",
        ),
        Mistake(
            "times t, not to the power t",
            _adam(hats=lambda m, v, b1, b2, t: (m / (1 - b1 * t), v / (1 - b2 * t))),
            "You multiply beta by t. What is left of the zero at the start after t "
            "updates is a factor beta for each of them.",
            "bias-rule",
        ),
        Mistake(
            "power in the wrong place",
            _adam(hats=lambda m, v, b1, b2, t: (m / (1 - b1) ** t, v / (1 - b2) ** t)),
            "You take the power of 1 - beta. It is beta that fades with each update; "
            "the bracket comes after.",
            "bias-rule",
        ),
        Mistake(
            "corrections swapped",
            (
                _adam(hats=lambda m, v, b1, b2, t: (m / (1 - b2**t), v / (1 - b1**t))),
                _adam(hats=lambda m, v, b1, b2, t: (m / (1 - b1**t), v / (1 - b1**t))),
            ),
            "A moment is corrected with the beta of the other one. Each fills up at "
            "the pace of its own.",
            "bias-rule",
        ),
        Mistake(
            "corrected moments kept",
            _adam(keep=lambda m, v, mh, vh: (mh, vh)),
            "The corrected moments went back into m and v, so the next update corrects "
            "them once more. The hats are for the step only.",
            "bias-rule",
        ),
        Mistake(
            "corrected moments returned",
            _adam(ends=lambda x, m, v, mh, vh: (x, mh, vh)),
            "Your x is right. Returned are the corrected moments, though; what has to "
            "be remembered is m and v themselves.",
            "bias-rule",
        ),
        Mistake(
            "epsilon inside the root",
            (
                _adam(move=lambda m, v, a, e, g, t, b2: a * m / np.sqrt(v + e)),
                _adam(move=lambda m, v, a, e, g, t, b2: a * m / np.sqrt(v + e**2)),
            ),
            "Your epsilon is added under the root, where it is compared with squares. "
            "Adam has it beside the root.",
            "epsilon-place",
        ),
        Mistake(
            "epsilon beside the uncorrected root",
            _adam(
                move=lambda m, v, a, e, g, t, b2: (
                    a * m / (np.sqrt(v) + e / (1 - b2**t) ** 0.5)
                )
            ),
            "You add epsilon to the root of v before the correction. It is Keras's "
            "form, and with a small epsilon hardly different; asked for is the other.",
            "epsilon-place",
        ),
        Mistake(
            "epsilon outside the fraction",
            (
                _adam(move=lambda m, v, a, e, g, t, b2: a * m / np.sqrt(v) + e),
                _adam(move=lambda m, v, a, e, g, t, b2: a * (m / np.sqrt(v) + e)),
            ),
            "Your epsilon is not in the denominator: without brackets it is added to "
            "every step, and a parameter whose gradient is zero becomes NaN.",
            "epsilon-place",
        ),
        Mistake(
            "no epsilon",
            _adam(move=lambda m, v, a, e, g, t, b2: a * m / np.sqrt(v)),
            "Your epsilon is not used: a parameter whose gradient is zero becomes NaN, "
            "and tiny gradients make full steps.",
            "epsilon-place",
        ),
        Mistake(
            "no root",
            _adam(move=lambda m, v, a, e, g, t, b2: a * m / (v + e)),
            "You divide by the mean square itself, so a gradient ten times as large "
            "makes a step ten times as short.",
            "adam-steps",
        ),
        Mistake(
            "not squared",
            (
                _adam(second=lambda v, g, m, b1, b2: _mean(v, g, b2)),
                _adam(second=lambda v, g, m, b1, b2: _mean(v, np.abs(g), b2)),
            ),
            "Your second moment averages the gradient, not its square.",
            "adam-steps",
        ),
        Mistake(
            "square of the mean",
            _adam(second=lambda v, g, m, b1, b2: _square(v, m, m, b2)),
            "Your second moment averages the square of m. Where gradients contradict "
            "each other m is small, and you divide by next to nothing.",
            "adam-turn-explained",
        ),
        Mistake(
            "variance",
            _adam(second=lambda v, g, m, b1, b2: _square(v, g - m, m, b2)),
            "You average the squared distance from the mean, a variance. Adam's v is "
            "not centred: on a steady slope it is the slope squared.",
            "adam-turn-explained",
        ),
        Mistake(
            "betas swapped",
            _adam(
                first=lambda m, g, b1, b2: _mean(m, g, b2),
                second=lambda v, g, m, b1, b2: _square(v, g, m, b1),
                hats=lambda m, v, b1, b2, t: (m / (1 - b2**t), v / (1 - b1**t)),
            ),
            "beta1 and beta2 have changed places: the mean of the gradients has the "
            "shorter memory.",
            "adam-steps",
        ),
        Mistake(
            "weights swapped",
            _adam(
                first=lambda m, g, b1, b2: _mean(m, g, 1 - b1),
                second=lambda v, g, m, b1, b2: _square(v, g, m, 1 - b2),
            ),
            "Your means keep the small part and take in the large one, so they "
            "remember hardly more than the last gradient.",
            "adam-steps",
        ),
        Mistake(
            "sum instead of mean",
            (
                _adam(first=lambda m, g, b1, b2: b1 * m + g),
                _adam(
                    first=lambda m, g, b1, b2: b1 * m + g,
                    second=lambda v, g, m, b1, b2: b2 * v + g**2,
                ),
                _adam(second=lambda v, g, m, b1, b2: b2 * v + g**2),
            ),
            "A factor (1 - beta) is missing: that moment is a decaying sum, as "
            "momentum's velocity is, and the correction does not fit it.",
            "adam-steps",
        ),
        Mistake(
            "gradient for its mean",
            _adam(move=lambda m, v, a, e, g, t, b2: a * g / (np.sqrt(v) + e)),
            "Your step takes the gradient itself, so m is kept and never used. That "
            "is RMSProp with a corrected denominator.",
            "adam-turn-explained",
        ),
        Mistake(
            "sign",
            _adam(move=lambda m, v, a, e, g, t, b2: -a * m / (np.sqrt(v) + e)),
            "Both moments are right, but your steps go uphill.",
            "adam-steps",
        ),
        Mistake(
            "state forgotten",
            _adam(before=lambda m, v: (0 * m, 0 * v)),
            "Your moments begin at zero again at each gradient. Set them to zero once, "
            "before the loop.",
            "adam-steps",
        ),
        Mistake(
            "two names for one array",
            _adam_aliased,
            "With numbers you are right, with arrays your m and v are the same: "
            "`m = v = …` makes one array with two names, and what is done in place to "
            "one is done to both.",
            "adam-steps",
        ),
        Mistake(
            "stepped before the moments",
            _adam_late_moments,
            "Your step uses the moments from before this gradient. The first step is "
            "then zero, or 0/0, and each later one comes an update late.",
            "adam-steps",
        ),
        Mistake(
            "only one gradient",
            _adam(stop=1),
            "Only the first gradient was used: does a `return` stand inside the loop?",
            "adam-steps",
        ),
        Mistake(
            "one step at the end",
            _adam_one_step_at_the_end,
            "The moments take in all gradients, but x moves only once, with the last "
            "of them: the step belongs into the loop.",
            "adam-steps",
        ),
        Mistake(
            "default betas",
            _adam_with_defaults,
            "Your numbers are those of the default betas and epsilon. Use the ones "
            "that the function is given.",
            "adam-steps",
        ),
        Mistake(
            "m and v swapped",
            _adam(ends=lambda x, m, v, mh, vh: (x, v, m)),
            "Your x is right; m and v come back in the wrong order.",
            "adam-steps",
        ),
    ),
    also_right={
        "a dictionary for the state": _adam_with_dict,
        "the correction in the rate, epsilon scaled": _adam_with_corrected_rate,
        "own arrays changed in place": _adam_in_place,
        "built from parts": _adam(),
    },
    hints=(
        "Three things live from one update to the next: m, v and the counter. Each "
        "gradient makes the counter one larger before anything else.",
        "m is a running mean of the gradients, v one of their squares. For the step, "
        "divide m by 1 - beta1**t and v by 1 - beta2**t, and keep m and v as they are.",
        "Fill the blanks:\n\n    m, v, t = ____, ____, 0\n"
        "    for gradient in gradients:\n        t = ____\n"
        "        m = beta1 * m + ____ * gradient\n"
        "        v = beta2 * v + ____ * gradient**2\n"
        "        m_hat = m / ____\n        v_hat = v / ____\n"
        "        x = x - learning_rate * ____ / (____ + epsilon)\n"
        "    return x, m, v",
    ),
    explanation=(
        "Momentum's mean of gradients over RMSProp's root of mean squares, both "
        "corrected for having begun at zero. The state is m, v and t. The corrected "
        "moments belong to one step only and are not kept. In a steady gradient every "
        "step is exactly as long as the learning rate, from the first one on: that is "
        "what the correction is for."
    ),
)


# The lonely step ----------------------------------------------------------------------


def lonely_step(beta1, beta2):
    """Return the step, in units of the learning rate."""
    return (1 - beta1) / np.sqrt(1 - beta2)


def _draw_betas(rng: np.random.Generator) -> Inputs:
    """Yield betas with round answers, the defaults, and others."""
    yield 0.5, 0.96
    yield 0.9, 0.999
    yield 0.0, 0.75
    yield 0.9, 0.95
    for _ in range(5):
        yield float(rng.uniform(0.3, 0.95)), float(rng.uniform(0.91, 0.9999))


def _lonely_by_running(beta1, beta2):
    m, v = 0.0, 0.0
    for gradient in (0.0, 0.0, 7.0):
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * gradient**2
    return abs(m) / math.sqrt(v)


LONELY = Exercise(
    id="adaptive-optimizers.lonely",
    chapter=CHAPTER,
    title="A step of Adam after a long silence",
    prompt=(
        "Write lonely_step(beta1, beta2): the gradient of a parameter was 0 for a very "
        "long time, so both corrections have faded and both moments are 0. Now one "
        "gradient comes, of any size. Return the length of Adam's step, as a multiple "
        "of the learning rate, with epsilon neglected."
    ),
    reference=lonely_step,
    starter="""
def lonely_step(beta1, beta2):
    return ...
""",
    returns=("step",),
    draw=_draw_betas,
    mistakes=(
        Mistake(
            "corrected as at the first step",
            (lambda beta1, beta2: 1.0, lambda beta1, beta2: 1),
            "One learning rate is the length of the very first step of a run, where "
            "the corrections undo the small shares. After a long run they do nothing "
            "any more.",
            "bias-rule",
        ),
        Mistake(
            "no root",
            lambda beta1, beta2: (1 - beta1) / (1 - beta2),
            "You divide by v. Adam divides by its root, and v holds the squared "
            "gradient: without the root the answer would depend on the gradient.",
            "largest",
        ),
        Mistake(
            "root over everything",
            lambda beta1, beta2: np.sqrt((1 - beta1) / (1 - beta2)),
            "The root covers the numerator too. Only v stands under it.",
            "largest",
        ),
        Mistake(
            "betas swapped",
            lambda beta1, beta2: (1 - beta2) / np.sqrt(1 - beta1),
            "beta1 and beta2 have changed places: m stands above, and it is beta1's.",
            "largest",
        ),
        Mistake(
            "beta for 1 - beta",
            (
                lambda beta1, beta2: beta1 / np.sqrt(beta2),
                lambda beta1, beta2: (1 - beta1) / np.sqrt(beta2),
                lambda beta1, beta2: beta1 / np.sqrt(1 - beta2),
            ),
            "beta is the share that is *kept*. The share with which a new gradient "
            "comes in is what is left.",
            "largest",
        ),
        Mistake(
            "upside down",
            lambda beta1, beta2: np.sqrt(1 - beta2) / (1 - beta1),
            "That is the fraction upside down: m is above, the root of v below.",
            "largest",
        ),
        Mistake(
            "only m",
            lambda beta1, beta2: 1 - beta1,
            "That is what m takes in of the gradient. The step divides it by the root "
            "of v, which takes in only a small share of the square.",
            "largest",
        ),
        Mistake(
            "only v",
            lambda beta1, beta2: 1 / np.sqrt(1 - beta2),
            "That would be RMSProp's step: the whole gradient over the root of v. In "
            "Adam m has taken in only its share.",
            "largest",
        ),
        Mistake(
            "the ceiling",
            lambda beta1, beta2: (
                (1 - beta1) / np.sqrt((1 - beta2) * (1 - beta1**2 / beta2))
            ),
            "That is the ceiling over all sequences of gradients, reached by ones that "
            "grow. Here all gradients before this one were zero.",
            "largest-rule",
        ),
        Mistake(
            "a number for the defaults",
            (
                lambda beta1, beta2: 0.1 / np.sqrt(0.001),
                lambda beta1, beta2: 3.162,
                lambda beta1, beta2: 3.16,
                lambda beta1, beta2: 7.27,
            ),
            "That is one number, worked out for the default betas. Your answer must "
            "use the two that it is given.",
            "largest-rule",
        ),
        Mistake(
            "no brackets",
            (
                lambda beta1, beta2: 1 - beta1 / np.sqrt(1 - beta2),
                lambda beta1, beta2: 1 - beta1 / np.sqrt(beta2),
            ),
            "Without brackets Python divides first: only beta1 is divided by the root.",
            "largest",
        ),
        Mistake(
            "squared shares",
            lambda beta1, beta2: (1 - beta1) ** 2 / (1 - beta2),
            "You squared the whole fraction. A step goes with m, not with its square.",
            "largest",
        ),
    ),
    also_right={
        "math": lambda beta1, beta2: (1 - beta1) / math.sqrt(1 - beta2),
        "a power": lambda beta1, beta2: (1 - beta1) * (1 - beta2) ** -0.5,
        "two moments, run": _lonely_by_running,
        "an array": lambda beta1, beta2: np.array([(1 - beta1) / (1 - beta2) ** 0.5]),
    },
    hints=(
        "What are m and v after this one gradient g, if both were 0 before it?",
        "m takes in the share 1 - beta1 of g, v the share 1 - beta2 of its square. "
        "Divide m by the root of v: g cancels.",
        "Fill the blanks:\n\n    return (1 - ____) / np.sqrt(____)",
    ),
    explanation=(
        "m is (1 - beta1) g and v is (1 - beta2) g**2, so m over the root of v has no "
        "g in it. With the default betas v takes in a thousandth of the square, whose "
        "root is a 32nd, while m takes in a tenth: the step is three times as long as "
        "usual. Such gradients are real: a rare word, a unit that wakes up."
    ),
)


# AdamW --------------------------------------------------------------------------------


def adamw_step(x, gradient, m, v, t, learning_rate, weight_decay):
    """Return the new point and moments of update t."""
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    step = m_hat / (np.sqrt(v_hat) + epsilon)
    x = x - learning_rate * (step + weight_decay * x)
    return x, m, v


def _draw_adamw(rng: np.random.Generator) -> Inputs:
    """Yield first steps, silent gradients, tiny ones, and steps in a run."""
    yield 2.0, 0.0, 0.0, 0.0, 1, 0.1, 0.01
    yield 2.0, 5.0, 0.0, 0.0, 1, 0.1, 0.5
    yield -3.0, 1.0, 0.4, 0.9, 10, 0.2, 0.3
    yield 1.5, 2e-4, 1e-4, 3e-8, 400, 0.1, 0.2
    for size, t in ((2, 1), (3, 2), (4, 7), (2, 50), (5, 300)):
        x, g, m = rng.normal(0, 2, size), rng.normal(0, 3, size), rng.normal(0, 1, size)
        v = m**2 + rng.uniform(0.1, 2, size)
        rates = rng.uniform(0.05, 0.3), rng.uniform(0.1, 0.6)
        yield (x, g, 0 * m, 0 * v, t, *rates) if t == 1 else (x, g, m, v, t, *rates)


def _adamw(
    slope: Part = lambda g, x, w: g,
    hats: Part = lambda m, v, t: (m / (1 - 0.9**t), v / (1 - 0.999**t)),
    divide: Part = lambda mh, vh, x, w: mh / (np.sqrt(vh) + 1e-8),
    new: Part = lambda x, step, a, w: x - a * (step + w * x),
    ends: Part = lambda x, m, v: (x, m, v),
) -> Part:
    """Return AdamW's step with one of its parts exchanged."""

    def answer(x, gradient, m, v, t, learning_rate, weight_decay):
        g = slope(gradient, x, weight_decay)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        step = divide(*hats(m, v, t), x, weight_decay)
        return ends(new(x, step, learning_rate, weight_decay), m, v)

    return answer


def _adamw_shrink_first(x, gradient, m, v, t, learning_rate, weight_decay):
    x = x * (1 - learning_rate * weight_decay)
    m = m + (1 - 0.9) * (gradient - m)
    v = v + (1 - 0.999) * (gradient * gradient - v)
    rate = learning_rate / (1 - 0.9**t)
    root = v**0.5 / (1 - 0.999**t) ** 0.5
    return {"x": x - rate * m / (root + 1e-8), "m": m, "v": v}


def _adamw_by_loop(x, gradient, m, v, t, learning_rate, weight_decay):
    rows = []
    for a, g, p, q in zip(*map(np.atleast_1d, (x, gradient, m, v)), strict=True):
        rows.append(adamw_step(a, g, p, q, t, learning_rate, weight_decay))
    return [np.reshape(part, np.shape(x)) for part in zip(*rows, strict=True)]


def _adamw_hats_returned(x, gradient, m, v, t, learning_rate, weight_decay):
    x, m, v = adamw_step(x, gradient, m, v, t, learning_rate, weight_decay)
    return x, m / (1 - 0.9**t), v / (1 - 0.999**t)


def _plain(x, step, a, w):
    return x - a * step


ADAMW = Exercise(
    id="adaptive-optimizers.adamw",
    chapter=CHAPTER,
    title="One step of AdamW",
    prompt=(
        "Write adamw_step(x, gradient, m, v, t, learning_rate, weight_decay): one "
        "update of AdamW with beta1 = 0.9, beta2 = 0.999 and epsilon = 1e-8. t is the "
        "number of this update, 1 for the first. The decay is taken of the x that "
        "comes in and multiplied by the learning rate, as in PyTorch. Return the new "
        "x, m and v."
    ),
    reference=adamw_step,
    starter="""
def adamw_step(x, gradient, m, v, t, learning_rate, weight_decay):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = ...
    v = ...
    x = ...
    return x, m, v
""",
    returns=("x", "m", "v"),
    draw=_draw_adamw,
    mistakes=(
        Mistake(
            "L2 in the gradient",
            _adamw(slope=lambda g, x, w: g + w * x, new=_plain),
            "The decay went into the gradient and so into m and v: that is Adam with "
            "L2. Where the gradient is small, the pull is divided by itself and "
            "becomes a full step.",
            "decay",
        ),
        Mistake(
            "L2 and decay",
            _adamw(slope=lambda g, x, w: g + w * x),
            "The decay acts twice: once in the gradient, and so in the moments, and "
            "once more beside the step.",
            "decay",
        ),
        Mistake(
            "decay in the fraction",
            _adamw(
                divide=lambda mh, vh, x, w: (mh + w * x) / (np.sqrt(vh) + 1e-8),
                new=_plain,
            ),
            "The moments are right, but the decay is still divided by the root of v: "
            "weights with quiet gradients are pulled much harder than loud ones.",
            "decay-question",
        ),
        Mistake(
            "decay without the rate",
            (
                _adamw(new=lambda x, step, a, w: x - a * step - w * x),
                _adamw(new=lambda x, step, a, w: (1 - w) * (x - a * step)),
            ),
            "Your decay is not multiplied by the learning rate, so each step shrinks "
            "the weights by weight_decay itself, also when the rate is low.",
            "decay-question",
        ),
        Mistake(
            "weights grow",
            _adamw(new=lambda x, step, a, w: x - a * (step - w * x)),
            "Your decay has the wrong sign: it pushes the weights away from 0.",
            "decay-question",
        ),
        Mistake(
            "uphill",
            (
                _adamw(new=lambda x, step, a, w: x + a * (step + w * x)),
                _adamw(new=lambda x, step, a, w: x + a * step - a * w * x),
            ),
            "Your step goes uphill: the fraction is to be subtracted.",
            "adam-steps",
        ),
        Mistake(
            "rate twice",
            _adamw(new=lambda x, step, a, w: x - a * (step + a * w * x)),
            "Your decay is multiplied by the learning rate twice.",
            "decay-question",
        ),
        Mistake(
            "decay after the step",
            _adamw(new=lambda x, step, a, w: (x - a * step) * (1 - a * w)),
            "You shrink the point after the step, and so the step as well. Nearly the "
            "same for small rates; asked for is the decay of the x that came in.",
            "decay-question",
        ),
        Mistake(
            "no decay",
            _adamw(new=_plain),
            "That is Adam: the weight decay is not used at all.",
            "decay-question",
        ),
        Mistake(
            "constant pull",
            (
                _adamw(new=lambda x, step, a, w: x - a * (step + w)),
                _adamw(new=lambda x, step, a, w: x - a * (step + w * np.sign(x))),
            ),
            "Your pull is the same for small and large weights. Decay takes away a "
            "share of the weight, so it goes with x.",
            "decay",
        ),
        Mistake(
            "twice the decay",
            _adamw(new=lambda x, step, a, w: x - a * (step + 2 * w * x)),
            "Your decay is twice what is asked: a 2 from the derivative of a square, "
            "perhaps. Here the penalty has a half before it, so no 2 is left.",
            "decay",
        ),
        Mistake(
            "half the decay",
            _adamw(new=lambda x, step, a, w: x - a * (step + w * x / 2)),
            "Your decay is half of what is asked. The penalty has a half before it, "
            "but the 2 from the derivative of the square cancels it.",
            "decay",
        ),
        Mistake(
            "squared weights",
            _adamw(new=lambda x, step, a, w: x - a * (step + w * x**2)),
            "Your pull goes with the square of the weight, so negative weights are "
            "pushed away from 0.",
            "decay",
        ),
        Mistake(
            "no bias correction",
            _adamw(hats=lambda m, v, t: (m, v)),
            "The moments are right and the decay too, but they are used uncorrected: "
            "the first steps come out too long.",
            "bias-rule",
        ),
        Mistake(
            "t not used",
            _adamw(hats=lambda m, v, t: (m / (1 - 0.9), v / (1 - 0.999))),
            "You correct every update as if it were the first. The power t is missing: "
            "the correction fades as t grows.",
            "bias-rule",
        ),
        Mistake(
            "t one too large",
            _adamw(
                hats=lambda m, v, t: (
                    m / (1 - 0.9 ** (t + 1)),
                    v / (1 - 0.999 ** (t + 1)),
                )
            ),
            "You correct with t + 1. Here t counts this update already: it is 1 at the "
            "first one.",
            "bias-rule",
        ),
        Mistake(
            "epsilon inside the root",
            _adamw(divide=lambda mh, vh, x, w: mh / np.sqrt(vh + 1e-8)),
            "Where gradients are small your steps are too short: epsilon stands under "
            "the root, where it is compared with squares.",
            "epsilon-place",
        ),
        Mistake(
            "epsilon outside the fraction",
            _adamw(divide=lambda mh, vh, x, w: mh / np.sqrt(vh) + 1e-8),
            "Your epsilon is not in the denominator: without brackets it is added to "
            "the step, and a weight whose gradient is zero becomes NaN.",
            "epsilon-place",
        ),
        Mistake(
            "no root",
            _adamw(divide=lambda mh, vh, x, w: mh / (vh + 1e-8)),
            "You divide by the corrected v itself, not by its root.",
            "adam-steps",
        ),
        Mistake(
            "m and v swapped",
            _adamw(ends=lambda x, m, v: (x, v, m)),
            "Your x is right; m and v come back in the wrong order.",
            "decay-question",
        ),
        Mistake(
            "corrected moments returned",
            _adamw_hats_returned,
            "Your x is right. Returned are the corrected moments, though; what has to "
            "be remembered is m and v themselves.",
            "bias-rule",
        ),
    ),
    also_right={
        "shrunk first, and a dictionary": _adamw_shrink_first,
        "a loop": _adamw_by_loop,
        "built from parts": _adamw(),
        "the decay apart": _adamw(new=lambda x, step, a, w: x - a * step - a * w * x),
    },
    hints=(
        "Write Adam's step first. The decay touches neither m nor v.",
        "Beside the fraction m_hat over root, inside the bracket that the learning "
        "rate multiplies, stands weight_decay * x.",
        "Fill the blanks:\n\n    m = beta1 * m + ____\n    v = beta2 * v + ____\n"
        "    m_hat, v_hat = m / (1 - beta1**t), v / ____\n"
        "    step = m_hat / (np.sqrt(v_hat) + epsilon)\n"
        "    x = x - learning_rate * (step + ____)\n    return x, m, v",
    ),
    explanation=(
        "The moments see the gradient of the loss alone. The decay shrinks each weight "
        "by the same share, the learning rate times weight_decay, whatever its "
        "gradients are like. Shrinking x before the step gives the same numbers, and "
        "is how PyTorch writes it."
    ),
)


# Choose a rule and a rate, and give the evidence --------------------------------------


def choose(losses, tuning):
    """Return a rule, its rate, and the loss on fresh seeds."""
    losses = np.where(np.isnan(losses), np.inf, losses)
    tuned = np.median(losses[:, :, :tuning], axis=2)
    rule, rate = np.unravel_index(tuned.argmin(), tuned.shape)
    evidence = np.median(losses[rule, rate, tuning:])
    return rule, rate, evidence


def _draw_losses(rng: np.random.Generator) -> Inputs:
    """Yield small tables by hand, then larger ones in which large rates diverge."""
    nan = np.nan
    lucky = [[0.3, 0.32, 0.31, 0.35, 0.33, 0.36], [0.5, 0.1, 0.6, 0.55, 0.7, 0.65]]
    split = [[0.9, 0.8, 0.85, 0.8, 0.9, 0.7], [0.2, nan, nan, 0.25, nan, 0.22]]
    yield np.array([lucky, split]), 3
    late = [[0.4, 0.45, 0.5, 0.9, 0.8, 0.2], [0.6, 0.62, 0.61, 0.3, 0.35, 0.31]]
    yield np.array([split, late]), 3
    tame, wild = [0.3, 0.34, 0.32, 0.36, 0.35, 0.31], [nan] * 6
    narrow = [[0.7, 0.72, 0.75, 0.71, 0.74, 0.73], [0.15, 0.13, 0.12, 0.16, 0.17, 0.14]]
    yield np.array([[tame, late[0], wild], [late[1], tame, wild], [wild, *narrow]]), 3
    steady, bumpy = [5, 5.1, 5.2, 5.1, 5, 5.3], [3, 9, 3.1, 3.3, 8, 3.2]
    mixed = [[7, nan, 6, 6.5, nan, 6], [4, nan, nan, 4, 4.2, 4.1]]
    yield 1000 * np.array([[steady, bumpy], mixed]), 3
    for size in ((2, 3, 8), (3, 4, 8), (4, 3, 10), (3, 5, 12), (5, 4, 8), (3, 3, 10)):
        yield _table(rng, size), 5 if size[2] > 8 else 3


def _table(rng: np.random.Generator, size: tuple[int, int, int]) -> np.ndarray:
    """Return losses with a best rate for each rule, above which runs diverge."""
    rules, rates, _ = size
    best = rng.integers(0, rates, rules)[:, None]
    far = (np.arange(rates) - best) / rates
    middle = rng.uniform(0.2, 0.5, rules)[:, None] + far**2
    losses = middle[..., None] * np.exp(rng.normal(0, 0.5, size))
    risk = np.where(far > 0, 0.5, 0.25)[..., None]
    losses[rng.random(size) < risk] = np.nan
    return losses


def _chooser(
    fill: Part = lambda losses: np.where(np.isnan(losses), np.inf, losses),
    tune: Part = lambda losses, n: losses[:, :, :n],
    score: Part = lambda part: np.median(part, axis=2),
    pick: Part = lambda scores: np.unravel_index(scores.argmin(), scores.shape),
    fresh: Part = lambda losses, n: losses[n:],
    report: Part = np.median,
    ends: Part = lambda rule, rate, evidence: (rule, rate, evidence),
) -> Part:
    """Return the protocol with one of its parts exchanged."""

    def answer(losses, tuning):
        losses = fill(losses)
        rule, rate = pick(score(tune(losses, tuning)))
        return ends(rule, rate, report(fresh(losses[rule, rate], tuning)))

    return answer


def _raw(losses):
    return losses


def _choose_shared_rate(losses, tuning):
    losses = np.where(np.isnan(losses), np.inf, losses)
    tuned = np.median(losses[:, :, :tuning], axis=2)
    rate = np.median(tuned, axis=0).argmin()
    rule = tuned[:, rate].argmin()
    return rule, rate, np.median(losses[rule, rate, tuning:])


def _choose_by_first_rate(losses, tuning):
    losses = np.where(np.isnan(losses), np.inf, losses)
    rule = np.median(losses[:, 0, :tuning], axis=1).argmin()
    rate = np.median(losses[rule, :, :tuning], axis=1).argmin()
    return rule, rate, np.median(losses[rule, rate, tuning:])


def _choose_by_loops(losses, tuning):
    best = None
    for i, table in enumerate(losses):
        for j, row in enumerate(table):
            runs = [float("inf") if math.isnan(loss) else loss for loss in row]
            middle = sorted(runs[:tuning])[tuning // 2]
            if best is None or middle < best[0]:
                best = middle, i, j, float(np.median(runs[tuning:]))
    return best[1:] if best else None


def _choose_by_key(losses, tuning):
    full = np.nan_to_num(losses, nan=1e12)
    pairs = [(i, j) for i in range(len(full)) for j in range(full.shape[1])]
    i, j = min(pairs, key=lambda pair: np.median(full[pair][:tuning]))
    return {"rule": i, "rate": j, "evidence": np.median(full[i, j, tuning:])}


CHOOSE = Exercise(
    id="adaptive-optimizers.choose",
    chapter=CHAPTER,
    title="Choose a rule and a rate, and give the evidence",
    prompt=(
        "Write choose(losses, tuning): losses[i, j, k] is the final loss of rule i at "
        "its rate number j with seed k, or NaN if that run diverged, which counts as "
        "worse than any loss. Choose rule and rate by the median over the first "
        "`tuning` seeds. Return (rule, rate, evidence): the two numbers i and j, and "
        "the median loss of this choice over the other seeds."
    ),
    reference=choose,
    starter="""
def choose(losses, tuning):
    # losses[rule, rate, seed]; NaN where a run diverged
    ...
    return rule, rate, evidence
""",
    returns=("rule", "rate", "evidence"),
    draw=_draw_losses,
    mistakes=(
        Mistake(
            "judged on the tuning seeds",
            _chooser(fresh=lambda row, n: row[:n]),
            "Rule and rate are right. But your evidence comes from the same seeds by "
            "which they were chosen, and the winner of many tries is always too good "
            "on those.",
            "fair-rules",
        ),
        Mistake(
            "all seeds for both",
            _chooser(tune=lambda losses, n: losses, fresh=lambda row, n: row),
            "All seeds went into the choice and into the evidence. None is left that "
            "has not helped to choose.",
            "fair-rules",
        ),
        Mistake(
            "evidence from all seeds",
            _chooser(fresh=lambda row, n: row),
            "Your evidence includes the seeds that chose the winner. Leave them out.",
            "fair-rules",
        ),
        Mistake(
            "chosen on all seeds",
            _chooser(tune=lambda losses, n: losses),
            "All seeds helped to choose, also those that should judge. Your evidence "
            "is no longer independent.",
            "fair-rules",
        ),
        Mistake(
            "chosen on the judging seeds",
            (
                _chooser(tune=lambda losses, n: losses[:, :, n:]),
                _chooser(tune=lambda losses, n: losses[:, :, -n:]),
                _chooser(
                    tune=lambda losses, n: losses[:, :, n:],
                    fresh=lambda row, n: row[:n],
                ),
            ),
            "The two groups of seeds are mixed up: the first ones choose, the others "
            "judge.",
            "fair-rules",
        ),
        Mistake(
            "luckiest run",
            (
                _chooser(score=lambda part: part.min(axis=2)),
                _chooser(score=lambda part: part.min(axis=2), report=np.min),
            ),
            "You chose by the single best run of each setting. One lucky seed wins "
            "then, even if the other runs of that setting diverged.",
            "fair-rules",
        ),
        Mistake(
            "best for the evidence",
            _chooser(report=np.min),
            "Rule and rate are right, but you report the best of the judging seeds. "
            "That is what an advertisement does; the median is asked.",
            "fair-rules",
        ),
        Mistake(
            "worst for the evidence",
            _chooser(report=np.max),
            "Rule and rate are right, but you report the worst of the judging seeds. "
            "The median is asked.",
            "fair-rules",
        ),
        Mistake(
            "diverged runs left out of the evidence",
            _chooser(report=lambda row: np.median(row[np.isfinite(row)])),
            "Rule and rate are right. But the runs that diverged are left out of your "
            "evidence, so it promises more than the setting keeps.",
            "fair-rules",
        ),
        Mistake(
            "worst run",
            _chooser(score=lambda part: part.max(axis=2)),
            "You chose by the worst run of each setting. That may be wise where a "
            "failure is dear; here the median was to decide.",
            "fair-rules",
        ),
        Mistake(
            "mean",
            (
                _chooser(score=lambda part: part.mean(axis=2), report=np.mean),
                _chooser(score=lambda part: part.mean(axis=2)),
            ),
            "You averaged. A single diverged run makes a mean infinite, so one such "
            "run decides everything; the median asks how most runs did.",
            "fair-rules",
        ),
        Mistake(
            "mean for the evidence",
            _chooser(report=np.mean),
            "Rule and rate are right, but your evidence is a mean, in which one bad "
            "seed outweighs all the others. The median is asked.",
            "fair-rules",
        ),
        Mistake(
            "diverged runs left out",
            (
                _chooser(
                    _raw,
                    score=lambda part: _over_seeds(np.nanmedian, part),
                    pick=lambda s: np.unravel_index(np.nanargmin(s), s.shape),
                    report=np.nanmedian,
                ),
            ),
            "Runs that diverged were left out, so a setting that fails on most seeds "
            "looks as good as its best ones. A failure is the worst result, not a "
            "missing one.",
            "fair-rules",
        ),
        Mistake(
            "NaN taken for the least",
            _chooser(_raw),
            "In NumPy `argmin` stops at the first NaN, so a setting that diverged was "
            "chosen. Turn NaN into infinity first.",
            "fair-rules",
        ),
        Mistake(
            "settings with a NaN left out",
            _chooser(
                _raw,
                pick=lambda scores: np.unravel_index(
                    np.nanargmin(scores), scores.shape
                ),
                report=np.nanmedian,
            ),
            "A setting with a single diverged run was left out, however good the "
            "others were. A diverged run counts as worse than any loss; the median "
            "may still be the lowest.",
            "fair-rules",
        ),
        Mistake(
            "zero for NaN",
            _chooser(fill=lambda losses: np.nan_to_num(losses)),
            "A diverged run became a loss of 0 in your table: the worst result is now "
            "the best. `nan_to_num` writes zeros unless it is told otherwise.",
            "fair-rules",
        ),
        Mistake(
            "a small number for NaN",
            tuple(
                _chooser(fill=lambda losses, n=n: np.nan_to_num(losses, nan=n))
                for n in (1.0, 10.0, 100.0)
            ),
            "A diverged run became an ordinary number in your table, and some losses "
            "are larger than it. Worse than *any* loss is only infinity.",
            "fair-rules",
        ),
        Mistake(
            "counted from one",
            _chooser(ends=lambda rule, rate, evidence: (rule + 1, rate + 1, evidence)),
            "Rule and rate are too large by one: both are numbered from 0.",
            "fair-rules",
        ),
        Mistake(
            "largest loss",
            _chooser(
                fill=lambda losses: np.nan_to_num(losses, nan=-np.inf),
                pick=lambda scores: np.unravel_index(scores.argmax(), scores.shape),
            ),
            "You chose the largest median. A loss should be small.",
            "fair-rules",
        ),
        Mistake(
            "one rate for all",
            _choose_shared_rate,
            "You looked for one rate that suits all rules, and then for the best rule "
            "at this rate. Each rule is to be judged at its own best rate.",
            "fair-rules",
        ),
        Mistake(
            "rule before rate",
            _choose_by_first_rate,
            "You chose the rule by its first rate, and a rate for it afterwards. "
            "Another rule may be better at a rate of its own.",
            "fair-rules",
        ),
        Mistake(
            "swapped",
            _chooser(ends=lambda rule, rate, evidence: (rate, rule, evidence)),
            "Rule and rate are in the wrong order.",
            "fair-rules",
        ),
    ),
    also_right={
        "loops": _choose_by_loops,
        "a key, and a dictionary": _choose_by_key,
        "built from parts": _chooser(),
        "an array": lambda losses, tuning: np.array(choose(losses, tuning)),
    },
    hints=(
        "Three stages: what a diverged run counts as; which setting is best on the "
        "first seeds; what it does on the others.",
        "Replace NaN by np.inf. Take np.median over the last axis of the first seeds: "
        "a table of rules and rates. np.unravel_index turns the place of its least "
        "entry into two numbers.",
        "Fill the blanks:\n\n    losses = np.where(np.isnan(losses), ____, losses)\n"
        "    tuned = np.median(losses[:, :, ____], axis=____)\n"
        "    rule, rate = np.unravel_index(tuned.____(), tuned.shape)\n"
        "    evidence = np.median(losses[rule, rate, ____])",
    ),
    explanation=(
        "Choosing is a fit, too: of many settings the one that was luckiest on the "
        "tuning seeds wins, so its loss there is too good to be true. Fresh seeds give "
        "an honest number. The median is not moved by one bad run, and a diverged run "
        "must count as the worst: to leave it out would reward rates that often fail."
    ),
)


def _over_seeds(median: Part, part: np.ndarray) -> np.ndarray:
    """Apply a median over seeds where one exists, without NumPy's warning."""
    empty = np.isnan(part).all(axis=2)
    return np.where(empty, np.nan, median(np.where(empty[..., None], 0, part), axis=2))


EXERCISES = (ADAGRAD, ADAM, LONELY, ADAMW, CHOOSE)
