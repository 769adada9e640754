"""A bank to begin with: six exercises, each student with numbers of their own.

Change what you like.  ``rng`` gives the same numbers to the same student every time,
so draw from it in a fixed order.  Prompts, known mistakes and messages may quote what
was drawn.  Keep this folder away from students: it holds the answers.
"""

# Answers are written as students write them, without types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import numpy as np

from gdcourse.exercises import Chapter, Exercise, Mistake
from gdcourse.grading import function

NAME = "Gradient descent, first assignment"
POINTS = {"bank.descend": 2}
CHAPTER = Chapter(
    "04",
    "The update rule",
    "04-the-update-rule",
    sections={"formula-traced": "The formula is the code"},
)
PARAGRAPH = "formula-traced"


def exercises(rng):
    """Return one student's exercises, with numbers drawn from ``rng``."""
    makers = (slope, step, descend, loss, rate, warm_up)
    return [make(rng) for make in makers]


def hints(formula):
    """Return the three hints that every exercise has."""
    return ("Which chapter is it about?", f"The formula: {formula}.", "Write it down.")


def slope(rng):
    """The derivative of a cubic with drawn coefficients."""
    a, b = (int(n) for n in rng.integers(2, 9, size=2))

    def slope(x):
        return 3 * a * x**2 - 2 * b * x

    def draw(rng):
        yield (1.0,)
        yield (-2.0,)
        yield (np.array([0.0, 0.5, 3.0]),)
        yield from ((float(x),) for x in rng.normal(0, 4, 6))

    return Exercise(
        id="bank.slope",
        chapter=CHAPTER,
        title="A derivative",
        prompt=f"Write slope(x): return the derivative of {a}*x**3 - {b}*x**2 at x.",
        reference=slope,
        returns=("slope",),
        draw=draw,
        mistakes=(
            Mistake(
                "the value",
                lambda x: a * x**3 - b * x**2,
                "That is the value of the function at {x}, not its slope there.",
                PARAGRAPH,
            ),
            Mistake(
                "exponent kept",
                lambda x: 3 * a * x**3 - 2 * b * x**2,
                "The factors are right, but the exponents did not go down by one.",
                PARAGRAPH,
            ),
            Mistake(
                "sign lost",
                lambda x: 3 * a * x**2 + 2 * b * x,
                "One of the two terms has the wrong sign.",
                PARAGRAPH,
            ),
        ),
        also_right={"factored": lambda x: x * (3 * a * x - 2 * b)},
        hints=hints("the power rule, term by term"),
        explanation="Each exponent comes down as a factor, and one power is left over.",
    )


def step(rng):
    """One step of momentum with a drawn beta."""
    beta = float(rng.choice([0.5, 0.8, 0.9, 0.95]))

    def step(x, velocity, gradient, learning_rate):
        velocity = beta * velocity + gradient
        return x - learning_rate * velocity, velocity

    def draw(rng):
        yield 1.0, 0.0, 2.0, 0.1
        yield 1.0, 2.0, 2.0, 0.1
        for _ in range(6):
            x, v, g = rng.normal(0, 3, (3, 2))
            yield x, v, g, float(rng.uniform(0.01, 0.5))

    return Exercise(
        id="bank.step",
        chapter=CHAPTER,
        title="A step of momentum",
        prompt=(
            "Write step(x, velocity, gradient, learning_rate): return (x, velocity) "
            f"after one step of momentum as PyTorch defines it, with beta = {beta}."
        ),
        reference=step,
        returns=("x", "velocity"),
        draw=draw,
        mistakes=(
            Mistake(
                "old velocity",
                lambda x, v, g, lr: (x - lr * v, beta * v + g),
                "x moves with the velocity from before this step.",
                PARAGRAPH,
            ),
            Mistake(
                "moving average",
                lambda x, v, g, lr: (
                    x - lr * (beta * v + (1 - beta) * g),
                    beta * v + (1 - beta) * g,
                ),
                "The new gradient is damped by 1 - beta: that is the other convention.",
                PARAGRAPH,
            ),
            Mistake(
                "uphill",
                lambda x, v, g, lr: (x + lr * (beta * v + g), beta * v + g),
                "x moves along the gradient, so the loss rises.",
                PARAGRAPH,
            ),
        ),
        also_right={
            "in one line": lambda x, v, g, lr: (x - lr * (beta * v + g), beta * v + g)
        },
        hints=hints("v = beta v + g, then x = x - rate v"),
        explanation="The velocity is renewed first, and the new one moves x.",
    )


def descend(rng):
    """A loop on drawn functions with a drawn number of steps."""
    steps = int(rng.integers(5, 15))
    a, b = (int(n) for n in rng.integers(1, 5, size=2))

    def descend(gradient, start, learning_rate):
        x = start
        for _ in range(steps):
            x = x - learning_rate * gradient(x)
        return x

    def draw(rng):
        parabola = function(f"{a}*x**2", "x", gradient=True)
        shifted = function(f"{a}*(x - {b})**2 + x", "x", gradient=True)
        for start in (1.0, -3.0, *rng.normal(0, 2, 3)):
            yield parabola, float(start), 0.05
            yield shifted, float(start), 0.02

    def loop(count, sign=-1):
        def answer(gradient, start, learning_rate):
            x = start
            for _ in range(count):
                x = x + sign * learning_rate * gradient(x)
            return x

        return answer

    def stale(gradient, start, learning_rate):
        return start - steps * learning_rate * gradient(start)

    return Exercise(
        id="bank.descend",
        chapter=CHAPTER,
        title="The loop",
        prompt=(
            "Write descend(gradient, start, learning_rate): return x after "
            f"{steps} steps of gradient descent. gradient is a function."
        ),
        reference=descend,
        returns=("x",),
        draw=draw,
        mistakes=(
            Mistake(
                "one step short",
                loop(steps - 1),
                "Your run ends one step early.",
                PARAGRAPH,
            ),
            Mistake("uphill", loop(steps, 1), "Your run climbs.", PARAGRAPH),
            Mistake(
                "stale gradient",
                stale,
                "Every step uses the gradient at the start: ask for it anew where you "
                "stand.",
                PARAGRAPH,
            ),
        ),
        also_right={
            "by while": lambda g, x, lr: loop(steps)(g, x, lr),
        },
        hints=hints("x = x - rate gradient(x), again and again"),
        explanation="The gradient is asked for anew at each place.",
    )


def loss(rng):
    """The gradient of a squared error, halved or not."""
    factor = float(rng.choice([0.5, 1.0]))

    def gradients(w, b, x, y):
        error = w * x + b - y
        return 2 * factor * np.mean(error * x), 2 * factor * np.mean(error)

    def draw(rng):
        yield 2.0, 1.5, np.arange(4.0), np.array([0.5, 2.5, 4.0, 6.0])
        for _ in range(6):
            x, y = rng.normal(0, 2, (2, 7))
            yield float(rng.normal()), float(rng.normal()), x, y

    def scaled(by):
        return lambda w, b, x, y: tuple(by(x) * d for d in gradients(w, b, x, y))

    wrong = 2 if factor == 0.5 else 0.5
    words = "mean((w*x + b - y)**2)" + " / 2" * (factor == 0.5)
    return Exercise(
        id="bank.loss",
        chapter=CHAPTER,
        title="The gradient of a loss",
        prompt=(
            "Write gradients(w, b, x, y): return (dw, db), the derivatives of "
            f"{words} over the samples x and y."
        ),
        reference=gradients,
        returns=("dw", "db"),
        draw=draw,
        mistakes=(
            Mistake(
                "factor 2",
                scaled(lambda x: wrong),
                "Both derivatives are wrong by a factor of 2: look at the loss again.",
                PARAGRAPH,
            ),
            Mistake(
                "sum instead of mean",
                scaled(len),
                "Your derivatives grow with the number of samples.",
                PARAGRAPH,
            ),
            Mistake(
                "sign",
                scaled(lambda x: -1),
                "The error is label minus prediction in your code, so the sign turned.",
                PARAGRAPH,
            ),
        ),
        also_right={
            "with a dot product": lambda w, b, x, y: (
                2 * factor * (w * x + b - y) @ x / len(x),
                2 * factor * (w * x + b - y).sum() / len(x),
            )
        },
        hints=hints("the chain rule, sample by sample"),
        explanation="The outer square gives the factor 2, the inner line x and 1.",
    )


def rate(rng):
    """The largest rate of a bowl whose first curvature is drawn."""
    a = int(rng.integers(1, 6))

    def largest_rate(c):
        return 1 / np.maximum(a, c)

    def draw(rng):
        yield (4.0,)
        yield (0.5,)
        yield from ((float(c),) for c in rng.uniform(0.1, 12, 8))

    return Exercise(
        id="bank.rate",
        chapter=CHAPTER,
        title="The largest rate",
        prompt=(
            f"Write largest_rate(c) for the bowl {a}*w**2 + c*b**2: return the rate "
            "above which gradient descent diverges from almost every start."
        ),
        reference=largest_rate,
        returns=("rate",),
        draw=draw,
        mistakes=(
            Mistake(
                "half",
                lambda c: 1 / (2 * max(a, c)),
                "That rate reaches the steep direction's minimum in one step; runs "
                "converge up to twice that.",
                PARAGRAPH,
            ),
            Mistake(
                "curvature",
                lambda c: 2 / max(a, c),
                "The curvature of a w**2 is 2a, not a.",
                PARAGRAPH,
            ),
            Mistake(
                "flat direction",
                lambda c: 1 / min(a, c),
                "The flatter direction allows that rate; the steeper one diverges.",
                PARAGRAPH,
            ),
        ),
        also_right={"by cases": lambda c: 1 / c if c > a else 1 / a},
        hints=hints("2 / the largest curvature"),
        explanation="Each direction's factor is 1 - 2 rate a; it must stay above -1.",
    )


def warm_up(rng):
    """A schedule with a drawn warm-up and a drawn end."""
    warm, total = int(rng.integers(4, 9)), int(rng.integers(20, 40))

    def schedule(step):
        if step < warm:
            return (step + 1) / warm
        return 1 - (step - warm) / (total - warm)

    def draw(rng):
        yield from ((n,) for n in (0, 1, warm - 1, warm, warm + 1, total - 1))
        yield from ((int(n),) for n in rng.integers(0, total, 6))

    def variant(up=lambda n: (n + 1) / warm, down=None, until=warm):
        fall = down or (lambda n: 1 - (n - warm) / (total - warm))
        return lambda step: up(step) if step < until else fall(step)

    return Exercise(
        id="bank.schedule",
        chapter=CHAPTER,
        title="A warm-up",
        prompt=(
            "Write schedule(step): the share of the learning rate at step = 0, 1, … . "
            f"It rises in {warm} equal parts, beginning with 1/{warm} at step 0, "
            f"and then falls on a straight line from 1 at step {warm} to 0 at step "
            f"{total}."
        ),
        reference=schedule,
        returns=("share",),
        draw=draw,
        mistakes=(
            Mistake(
                "from zero",
                variant(up=lambda n: n / warm),
                "Your first update has the rate 0: it moves nothing.",
                PARAGRAPH,
            ),
            Mistake(
                "fall from the start",
                variant(down=lambda n: 1 - n / total),
                "Your fall begins at step 0, not where the warm-up ends.",
                PARAGRAPH,
            ),
            Mistake(
                "too short",
                variant(down=lambda n: 1 - (n - warm) / total),
                "Your fall does not reach 0 at its last step.",
                PARAGRAPH,
            ),
        ),
        also_right={"as a minimum": variant(until=warm)},
        hints=hints("two straight lines"),
        explanation="Two lines, and a test of which one holds.",
    )
