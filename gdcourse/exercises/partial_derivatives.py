"""The exercises of chapter 03, partial derivatives."""

# Answers are written as learners write them, without types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from gdcourse.exercises.schema import Chapter, Counted, Exercise, Mistake

Inputs = Iterator[tuple[Any, ...]]

CHAPTER = Chapter(
    "03",
    "Partial derivatives",
    "03-partial-derivatives",
    sections={
        "one-knob-at-a-time": "One knob at a time",
        "all-knobs": "One knob at a time",
        "which-way-is-steepest": "Which way is steepest?",
        "measured-slopes": "Measure a slope",
        "from-both-sides": "Measure a slope",
    },
)


# Two partial derivatives --------------------------------------------------------------


def partials(x, y):
    """Return the two partial derivatives of x**2 * y + 3 * y**2."""
    return 2 * x * y, x**2 + 6 * y


def _draw_points(rng: np.random.Generator) -> Inputs:
    yield 1.0, 2.0
    yield -3.0, 0.5
    yield 2.0, -1.0
    yield 0.0, 4.0
    yield 5.0, 0.0
    for _ in range(6):
        x, y = rng.normal(0, 3, 2)
        yield float(x), float(y)
    yield np.array([1.0, -2.0, 0.5]), np.array([2.0, 1.5, -4.0])


def _partials_by_differences(x, y, h=1e-3):
    def f(x, y):
        return x**2 * y + 3 * y**2

    dx = (f(x + h, y) - f(x - h, y)) / (2 * h)
    return np.array([dx, (f(x, y + h) - f(x, y - h)) / (2 * h)])


PARTIALS = Exercise(
    id="partial-derivatives.partials",
    chapter=CHAPTER,
    title="Two partial derivatives",
    prompt=(
        "Write partials(x, y): return (dx, dy), the partial derivatives by x and by y "
        "of the function x**2 * y + 3 * y**2. x and y are numbers, or arrays of one "
        "shape."
    ),
    reference=partials,
    returns=("dx", "dy"),
    draw=_draw_points,
    mistakes=(
        Mistake(
            "the frozen factor is lost",
            (
                lambda x, y: (2 * x, x**2 + 6 * y),
                lambda x, y: (2 * x + 0 * y, 1 + 6 * y),
                lambda x, y: (2 * x * y, 1 + 6 * y),
                lambda x, y: (2 * x + 0 * y, 6 * y + 0 * x),
            ),
            "Where one of the two is held still as a factor, your factor is gone. Held "
            "still means a constant, and a constant factor stays: the slope of 5x² is "
            "not that of x².",
            "one-knob-at-a-time",
        ),
        Mistake(
            "a frozen term is kept",
            lambda x, y: (2 * x * y + 3 * y**2, x**2 + 6 * y),
            "Your dx keeps a term in which there is no x. Walking east does not change "
            "it, so it has no slope that way.",
            "one-knob-at-a-time",
        ),
        Mistake(
            "a term of dy is lost",
            lambda x, y: (2 * x * y, 6 * y),
            "Your dy treats the first term as if it had no y in it. It is a constant "
            "times y, and so its slope along y is that constant.",
            "one-knob-at-a-time",
        ),
        Mistake(
            "swapped",
            lambda x, y: (x**2 + 6 * y, 2 * x * y),
            "Both numbers are there, the other way round: what you return first is the "
            "slope along y.",
            "all-knobs",
        ),
        Mistake(
            "added up",
            lambda x, y: (2 * x * y + x**2 + 6 * y,) * 2,
            "You added the two slopes. That is the slope for a step north-east, one "
            "unit each way; each knob has a slope of its own.",
            "all-knobs",
        ),
        Mistake(
            "exponents not brought down",
            (
                lambda x, y: (x * y, x**2 + 3 * y),
                lambda x, y: (x * y, x**2 + 6 * y),
                lambda x, y: (2 * x * y, x**2 + 3 * y),
            ),
            "An exponent of 2 comes down as a factor. In at least one of your terms it "
            "did not, and the slope of that term is half as large as it should be.",
            "one-knob-at-a-time",
        ),
        Mistake(
            "exponents not lowered",
            (
                lambda x, y: (2 * x * y, x**2 + 6 * y**2),
                lambda x, y: (2 * x**2 * y, x**2 + 6 * y),
                lambda x, y: (2 * x**2 * y, x**2 + 6 * y**2),
            ),
            "An exponent comes down as a factor, and what stays in its place is one "
            "less: the slope of x³ is 3x². In one of your terms it kept its value.",
            "one-knob-at-a-time",
        ),
        Mistake(
            "the frozen factor is differentiated",
            lambda x, y: (2 * x * y, 2 * x + 6 * y),
            "In your dy the x² of the first term was differentiated too. Along y it is "
            "held still, a constant factor like 5.",
            "one-knob-at-a-time",
        ),
        Mistake(
            "product rule",
            lambda x, y: (2 * x * y + x**2, 6 * y),
            "You differentiated x²y by x and by y and put both into dx. Each of the "
            "two slopes moves one of them only.",
            "one-knob-at-a-time",
        ),
        Mistake(
            "downhill",
            lambda x, y: (-2 * x * y, -(x**2) - 6 * y),
            "Both signs are turned round. The derivatives point uphill; the minus sign "
            "belongs to the step of descent, not to the slope.",
            "which-way-is-steepest",
        ),
        Mistake(
            "the height",
            lambda x, y: (x**2 * y + 3 * y**2,) * 2,
            "That is the height of the land at this point, not how steep it is.",
            "one-knob-at-a-time",
        ),
    ),
    also_right={
        "measured": _partials_by_differences,
        "an array": lambda x, y: np.array([x * y * 2, x * x + y * 6]),
        "a dict": lambda x, y: {"dx": 2 * (x * y), "dy": x**2 + 2 * 3 * y},
    },
    hints=(
        "For dx put a number in place of y, say 5, and differentiate by x.",
        "The first term is (constant)·x² along x, and (constant)·y along y.",
        "Fill the blanks:\n\n    dx = ____ * x * y\n    dy = x**2 + ____ * y",
    ),
    explanation=(
        "Along x the second term does not change, and the first is y times x squared, "
        "with the slope y times 2x. Along y the first term is x squared times y, whose "
        "slope is x squared, and the second gives 3 times 2y."
    ),
)


# The central difference ---------------------------------------------------------------


def central(f, x, h):
    """Return the slope of f at x, measured from both sides."""
    return (f(x + h) - f(x - h)) / (2 * h)


def _draw_curves(rng: np.random.Generator) -> Inputs:
    cube = Counted(lambda x: x**3, "x**3")
    sine, exponential = Counted(np.sin, "sin(x)"), Counted(np.exp, "exp(x)")
    yield cube, 1.0, 0.5
    yield sine, 1.0, 0.1
    yield exponential, 0.0, 0.5
    yield cube, -2.0, 0.1
    yield sine, 2.5, 0.25  # falls
    for f in (sine, exponential, cube, Counted(np.tanh, "tanh(x)")):
        for _ in range(2):
            yield f, float(rng.uniform(-2, 2)), float(rng.uniform(0.1, 0.5))


CENTRAL = Exercise(
    id="partial-derivatives.central",
    chapter=CHAPTER,
    title="A slope from both sides",
    prompt=(
        "Write central(f, x, h): return the central difference of the function f at "
        "the number x, the slope of the straight line through its values at x - h and "
        "x + h."
    ),
    reference=central,
    returns=("slope",),
    draw=_draw_curves,
    mistakes=(
        Mistake(
            "forward",
            lambda f, x, h: (f(x + h) - f(x)) / h,
            "That is the forward difference: from x to x + h. Its error falls only as "
            "fast as h, because it looks to one side.",
            "from-both-sides",
        ),
        Mistake(
            "backward",
            lambda f, x, h: (f(x) - f(x - h)) / h,
            "That is the backward difference: from x - h to x, one side only.",
            "from-both-sides",
        ),
        Mistake(
            "divided by h",
            lambda f, x, h: (f(x + h) - f(x - h)) / h,
            "Your slope is twice too steep: from x - h to x + h it is not a distance "
            "of {h} but of twice that.",
            "from-both-sides",
        ),
        Mistake(
            "brackets",
            lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,
            "Without brackets Python divides by 2 and then multiplies by h. The "
            "smaller your h, the flatter the curve seems.",
            "from-both-sides",
        ),
        Mistake(
            "not divided",
            lambda f, x, h: f(x + h) - f(x - h),
            "That is how far the value rises, not how steeply: divide by how far you "
            "went to the right.",
            "measured-slopes",
        ),
        Mistake(
            "turned round",
            lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h),
            "The sign is turned round: you subtract the right value from the left one, "
            "and a rising curve seems to fall.",
            "measured-slopes",
        ),
        Mistake(
            "twice as far",
            lambda f, x, h: (f(x + 2 * h) - f(x - 2 * h)) / (4 * h),
            "You went 2h to each side. The slope is a fair one, but with an error four "
            "times as large as h to each side would give.",
            "from-both-sides",
        ),
        Mistake(
            "mean of the values",
            lambda f, x, h: (f(x + h) + f(x - h)) / (2 * h),
            "You added the two values. A slope needs their difference.",
            "measured-slopes",
        ),
        Mistake(
            "no brackets above",
            lambda f, x, h: f(x + h) - f(x - h) / (2 * h),
            "Python divides before it subtracts, so only the left value was divided. "
            "Put the difference into brackets.",
            "from-both-sides",
        ),
        Mistake(
            "without sign",
            lambda f, x, h: abs(f(x + h) - f(x - h)) / (2 * h),
            "Your slope is never negative, but a falling curve has a negative slope. "
            "The sign is what tells descent which way to go.",
            "measured-slopes",
        ),
        Mistake(
            "divided by 2",
            lambda f, x, h: (f(x + h) - f(x - h)) / 2,
            "You divided by 2, whatever the step is. The two points are not 2 apart, "
            "but twice {h}.",
            "from-both-sides",
        ),
        Mistake(
            "forward over both sides",
            lambda f, x, h: (f(x + h) - f(x)) / (2 * h),
            "You went from x to x + h, and divided by twice that distance. From both "
            "sides means that the left value is taken at x - h.",
            "from-both-sides",
        ),
        Mistake(
            "a step of one's own",
            lambda f, x, h: (f(x + 1e-6) - f(x - 1e-6)) / 2e-6,
            "That is nearer to the derivative than a step of {h} can come: you seem to "
            "use a step of your own. The caller chose h; use that.",
            "from-both-sides",
        ),
        Mistake(
            "half as far",
            lambda f, x, h: (f(x + h / 2) - f(x - h / 2)) / h,
            "You went h/2 to each side. That is a fair slope, with a smaller error, "
            "but what is asked goes from x - h to x + h.",
            "from-both-sides",
        ),
        Mistake(
            "second difference",
            lambda f, x, h: (f(x + h) - 2 * f(x) + f(x - h)) / h**2,
            "That measures how the slope itself changes, the second derivative. The "
            "slope needs two values only.",
            "measured-slopes",
        ),
    ),
    also_right={
        "mean of both sides": lambda f, x, h: (
            ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h) / 2
        ),
        "factored": lambda f, x, h: 0.5 / h * (f(x + h) - f(x - h)),
        "np.diff": lambda f, x, h: float(np.diff([f(x - h), f(x + h)])[0] / (h + h)),
    },
    hints=(
        "How far apart are the two points, x - h and x + h?",
        "A slope is the rise divided by the run, and the run here is 2h.",
        "Fill the blanks:\n\n    return (f(x + h) - f(____)) / (____)",
    ),
    explanation=(
        "The rise is f(x + h) - f(x - h) and the run is 2h. The errors of the two "
        "sides have opposite signs and cancel, which is why the central difference is "
        "so much better than a one-sided one."
    ),
)


# The measured gradient ----------------------------------------------------------------


def numerical_gradient(f, x, h):
    """Return the gradient of f at x: a difference for each knob."""
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        step = np.zeros_like(x)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


def _chain_of(x):
    return float(np.sum(np.arange(1, len(x) + 1) * x**2) + x[0] * x[-1] + x[0])


def _draw_lands(rng: np.random.Generator) -> Inputs:
    bowl = Counted(lambda x: float(x[0] ** 2 + 4 * x[1] ** 2), "x[0]**2 + 4*x[1]**2")
    wave = Counted(
        lambda x: float(np.sin(x[0]) * x[1] + x[1] ** 3), "sin(x[0])*x[1] + x[1]**3"
    )
    chain = Counted(_chain_of, "x[0]**2 + 2*x[1]**2 + ... + x[0]*x[-1] + x[0]")
    yield bowl, np.array([3.0, 1.0]), 0.1
    yield wave, np.array([1.0, 2.0]), 0.5
    yield wave, np.array([2, -1]), 0.25  # whole numbers
    yield chain, np.array([1.0, -2.0, 0.5]), 0.1
    for d in (2, 3, 5):
        yield chain, rng.normal(0, 2, d), float(rng.uniform(0.1, 0.5))
    yield wave, rng.normal(0, 1, 2), 0.2


def _all_at_once(f, x, h):
    slope = (f(x + h) - f(x - h)) / (2 * h)
    return np.full(len(x), slope)


def _not_moved_back(f, x, h):
    moved, gradient = np.array(x, dtype=float), np.zeros(len(x))
    for i in range(len(x)):
        low, high = moved.copy(), moved.copy()
        low[i], high[i] = low[i] - h, high[i] + h
        gradient[i] = (f(high) - f(low)) / (2 * h)
        moved[i] += h
    return gradient


def _one_sided(f, x, h):
    steps = h * np.eye(len(x))
    return np.array([(f(x + step) - f(x)) / h for step in steps])


def _whole_steps(f, x, h):
    gradient = np.zeros(len(x))
    for i in range(len(x)):
        step = np.zeros_like(x)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


def _whole_results(f, x, h):
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        step = np.zeros(len(x))
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


def _whole_copies(f, x, h):
    gradient = np.zeros(len(x))
    for i in range(len(x)):
        low, high = x.copy(), x.copy()
        low[i], high[i] = low[i] - h, high[i] + h
        gradient[i] = (f(high) - f(low)) / (2 * h)
    return gradient


def _in_place(f, x, h, back=True):
    gradient = np.zeros(len(x))
    for i in range(len(x)):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        gradient[i] = (above - f(x)) / (2 * h)
        if back:
            x[i] += h
    return gradient


def _kept_steps(f, x, h):
    steps = h * np.tri(len(x))  # row i still holds the steps before it
    return [(f(x + step) - f(x - step)) / (2 * h) for step in steps]


def _some_columns(f, x, h, count):
    gradient = np.zeros(len(x))
    gradient[:count] = _columns(f, x, h)[:count]
    return gradient


def _columns(f, x, h):
    steps = h * np.eye(len(x))
    return [(f(x + step) - f(x - step)) / (2 * h) for step in steps]


def _restoring(f, x, h):
    x, gradient = np.array(x, dtype=float), []
    for i in range(x.size):
        old = x[i]
        x[i] = old + h
        above = f(x)
        x[i] = old - h
        gradient.append((above - f(x)) / (2 * h))
        x[i] = old
    return np.array(gradient)


NUMERICAL = Exercise(
    id="partial-derivatives.gradient",
    chapter=CHAPTER,
    title="A measured gradient",
    prompt=(
        "Write numerical_gradient(f, x, h): return the gradient of f at x, measured "
        "with one central difference of step h for each coordinate. f takes an array "
        "of shape (d,) and returns a number; x has shape (d,) and stays as it is."
    ),
    reference=numerical_gradient,
    starter="""
def numerical_gradient(f, x, h):
    gradient = np.zeros(len(x))
    ...
    return ...
""",
    returns=("gradient",),
    draw=_draw_lands,
    mistakes=(
        Mistake(
            "all knobs at once",
            _all_at_once,
            "Every coordinate gets the same number, because all of them moved at once. "
            "Move one, and hold the others still.",
            "one-knob-at-a-time",
        ),
        Mistake(
            "not moved back",
            _not_moved_back,
            "The first coordinate is right and the later ones are not: each knob that "
            "was measured stayed turned while the next one was.",
            "one-knob-at-a-time",
        ),
        Mistake(
            "one-sided",
            (_one_sided, lambda f, x, h: _one_sided(f, x, -h)),
            "These are one-sided differences: you went from x to one side only.",
            "from-both-sides",
        ),
        Mistake(
            "divided by h",
            lambda f, x, h: 2 * np.array(_columns(f, x, h)),
            "Everything is twice too large: from x - h to x + h is a distance of 2h.",
            "from-both-sides",
        ),
        Mistake(
            "downhill",
            lambda f, x, h: -np.array(_columns(f, x, h)),
            "The signs are turned round: that is the direction of descent.",
            "which-way-is-steepest",
        ),
        Mistake(
            "added up",
            lambda f, x, h: np.full(len(x), np.sum(_columns(f, x, h))),
            "Each coordinate holds the sum of all slopes. Keep them apart: one slope "
            "for each knob.",
            "all-knobs",
        ),
        Mistake(
            "whole steps",
            (_whole_steps, _whole_results, _whole_copies),
            "Here x holds whole numbers, and so does the array that you made like it: "
            "a step of {h} is rounded away in it, or a slope loses its fraction. Make "
            "arrays of floats.",
            "measured-slopes",
        ),
        Mistake(
            "not divided",
            lambda f, x, h: np.array(_columns(f, x, h)) * 2 * h,
            "These are rises, not slopes: divide each by how far the coordinate moved.",
            "measured-slopes",
        ),
        Mistake(
            "moved in place",
            (_in_place, lambda f, x, h: _in_place(f, x, h, back=False)),
            "You move x itself. Whoever called your function finds their point "
            "changed, and where x holds whole numbers a step of {h} is rounded away. "
            "Work on a copy that holds floats.",
            "one-knob-at-a-time",
        ),
        Mistake(
            "steps kept",
            _kept_steps,
            "The first coordinate is right. For each later one the earlier coordinates "
            "move as well: the step still holds h in their places when the next round "
            "begins.",
            "one-knob-at-a-time",
        ),
        Mistake(
            "only the first",
            lambda f, x, h: _some_columns(f, x, h, 1),
            "Only the first coordinate was measured. Does the `return` stand inside "
            "the loop, and end it in its first round?",
            "all-knobs",
        ),
        Mistake(
            "last left out",
            lambda f, x, h: _some_columns(f, x, h, len(x) - 1),
            "The last coordinate was never measured and stays 0: where does your loop "
            "end?",
            "all-knobs",
        ),
        Mistake(
            "two coordinates only",
            lambda f, x, h: _some_columns(f, x, h, 2),
            "Two coordinates are right and all others 0. The point may have any number "
            "of them, len(x).",
            "all-knobs",
        ),
        Mistake(
            "brackets",
            lambda f, x, h: np.array(_columns(f, x, h)) * h**2,
            "Without brackets Python divides by 2 and then multiplies by h.",
            "from-both-sides",
        ),
        Mistake(
            "a step of one's own",
            lambda f, x, h: _columns(f, np.array(x, dtype=float), 1e-6),
            "These are nearer to the derivatives than a step of {h} can come: you seem "
            "to use a step of your own. The caller chose h; use that.",
            "from-both-sides",
        ),
    ),
    also_right={
        "rows of the identity": _columns,
        "restoring": _restoring,
        "from derivatives of both sides": lambda f, x, h: np.array(
            [
                ((f(x + s) - f(x)) + (f(x) - f(x - s))) / (2 * h)
                for s in np.diag(np.full(len(x), float(h)))
            ]
        ),
    },
    hints=(
        "Which coordinates may move while you measure the slope of one?",
        "For coordinate i: (f(x + step) - f(x - step)) / (2h), where step is zero "
        "everywhere but at i.",
        "Fill the blanks:\n\n    step = np.zeros(len(x))\n    step[i] = ____\n"
        "    gradient[i] = (f(x + ____) - f(x - ____)) / (2 * h)",
    ),
    explanation=(
        "Each coordinate gets a step of its own, an array that is zero but for one "
        "place, so nothing has to be moved back. The arrays hold floats even where x "
        "holds whole numbers."
    ),
)


# The slope in a direction -------------------------------------------------------------


def slope_along(gradient, direction):
    """Return how steep the land is in a direction of any length."""
    return gradient @ direction / np.linalg.norm(direction)


def _draw_directions(rng: np.random.Generator) -> Inputs:
    yield np.array([6.0, 8.0]), np.array([3.0, 4.0])
    yield np.array([6.0, 8.0]), np.array([4.0, -3.0])
    yield np.array([2.0, -1.0]), np.array([0.0, 5.0])
    yield np.array([1.0, 2.0]), np.array([-2.0, -4.0])
    for d in (2, 3, 6, 10):
        yield rng.normal(0, 3, d), rng.normal(0, 2, d)
        yield rng.normal(0, 1, d), rng.normal(0, 0.1, d)


def _along_by_loop(gradient, direction):
    total = sum(g * v for g, v in zip(gradient, direction, strict=True))
    return total / sum(v**2 for v in direction) ** 0.5


def _along_by_angle(gradient, direction):
    lengths = np.linalg.norm(gradient) * np.linalg.norm(direction)
    angle = np.arccos(np.clip(gradient @ direction / lengths, -1, 1))
    return np.linalg.norm(gradient) * np.cos(angle)


ALONG = Exercise(
    id="partial-derivatives.along",
    chapter=CHAPTER,
    title="The slope in any direction",
    prompt=(
        "Write slope_along(gradient, direction): return the slope in that direction, "
        "the rise of the loss for a short step of length 1 in it, as far as the "
        "gradient tells. Both are arrays of shape (d,); direction has any length above "
        "zero."
    ),
    reference=slope_along,
    returns=("slope",),
    draw=_draw_directions,
    mistakes=(
        Mistake(
            "length of the direction",
            lambda gradient, direction: gradient @ direction,
            "Your slope grows when the direction is written twice as long, here it has "
            "the length {length}. A direction says where to go, not how far: give it "
            "the length 1 first.",
            "which-way-is-steepest",
            numbers=lambda gradient, direction: {"length": np.linalg.norm(direction)},
        ),
        Mistake(
            "divided twice",
            lambda gradient, direction: gradient @ direction / (direction @ direction),
            "You divided by the square of the length {length}. Once is enough to make "
            "the direction one unit long.",
            "which-way-is-steepest",
            numbers=lambda gradient, direction: {"length": np.linalg.norm(direction)},
        ),
        Mistake(
            "only the angle",
            lambda gradient, direction: (
                gradient
                @ direction
                / (np.linalg.norm(gradient) * np.linalg.norm(direction))
            ),
            "That is the cosine of the angle between the two, never above 1. A steep "
            "land and a gentle one would get the same slope: the gradient's own length "
            "belongs in.",
            "which-way-is-steepest",
        ),
        Mistake(
            "length of the gradient",
            lambda gradient, direction: gradient @ direction / np.linalg.norm(gradient),
            "You gave the gradient the length 1. It is the direction whose length must "
            "not count; how steep the land is stands in the gradient.",
            "which-way-is-steepest",
        ),
        Mistake(
            "not added up",
            lambda gradient, direction: (
                gradient * direction / np.linalg.norm(direction)
            ),
            "You return {count} numbers, one a coordinate. The rises of all "
            "coordinates add up to one slope.",
            "all-knobs",
            numbers=lambda gradient, direction: {"count": len(gradient)},
        ),
        Mistake(
            "downhill",
            lambda gradient, direction: (
                -gradient @ direction / np.linalg.norm(direction)
            ),
            "The sign is turned round: along the gradient itself the land must rise.",
            "which-way-is-steepest",
        ),
        Mistake(
            "sum of the coordinates",
            lambda gradient, direction: (
                gradient @ direction / np.sum(np.abs(direction))
            ),
            "You divided by the sum of the coordinates, without their signs. The "
            "length of an arrow is the root of the sum of its squares.",
            "which-way-is-steepest",
        ),
        Mistake(
            "sum of the signed coordinates",
            lambda gradient, direction: gradient @ direction / np.sum(direction),
            "You divided by the sum of the coordinates, {sum}, and it may be zero or "
            "negative. The length of an arrow is the root of the sum of its squares.",
            "which-way-is-steepest",
            numbers=lambda gradient, direction: {"sum": np.sum(direction)},
        ),
        Mistake(
            "multiplied",
            lambda gradient, direction: (
                gradient @ direction * np.linalg.norm(direction)
            ),
            "You multiplied by the length {length} of the direction. Written twice as "
            "long, it would give four times the slope, and it should change nothing.",
            "which-way-is-steepest",
            numbers=lambda gradient, direction: {"length": np.linalg.norm(direction)},
        ),
        Mistake(
            "without sign",
            lambda gradient, direction: (
                abs(gradient @ direction) / np.linalg.norm(direction)
            ),
            "Your slope is never negative, but here the direction leads downhill. The "
            "sign is what tells up from down.",
            "which-way-is-steepest",
        ),
        Mistake(
            "always the steepest",
            lambda gradient, direction: np.linalg.norm(gradient),
            "That is the length of the gradient, the slope in the steepest direction "
            "of all. The direction that was asked for plays no part in it.",
            "which-way-is-steepest",
        ),
        Mistake(
            "number of coordinates",
            lambda gradient, direction: gradient @ direction / len(direction),
            "You divided by how many coordinates there are, {count}. What has to go is "
            "the length of the arrow.",
            "which-way-is-steepest",
            numbers=lambda gradient, direction: {"count": len(direction)},
        ),
        Mistake(
            "two coordinates only",
            lambda gradient, direction: (
                gradient[:2] @ direction[:2] / np.linalg.norm(direction[:2])
            ),
            "Only the first two coordinates count in yours; here there are {count}.",
            "all-knobs",
            numbers=lambda gradient, direction: {"count": len(gradient)},
        ),
    ),
    also_right={
        "a loop": _along_by_loop,
        "unit vector first": lambda gradient, direction: float(
            np.dot(direction / np.sqrt(np.sum(direction**2)), gradient)
        ),
        "length times cosine": _along_by_angle,
    },
    hints=(
        "What should happen to the slope if the direction is written twice as long?",
        "Make the direction one unit long, then take the dot product.",
        "Fill the blanks:\n\n    return gradient @ ____ / np.linalg.norm(____)",
    ),
    explanation=(
        "A short step of length 1 along the direction moves each coordinate by its "
        "share, and each share is multiplied by its own slope: a dot product with the "
        "direction, divided by its length."
    ),
)

EXERCISES = (PARTIALS, ALONG, CENTRAL, NUMERICAL)
