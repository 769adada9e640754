"""The exercises of chapter 04, the update rule."""

# Answers are written as learners write them, without types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from gdcourse.data import houses
from gdcourse.exercises.schema import Chapter, Counted, Exercise, Mistake

Inputs = Iterator[tuple[Any, ...]]

CHAPTER = Chapter(
    "04",
    "The update rule",
    "04-the-update-rule",
    sections={
        "one-step": "One step, by hand",
        "loop-as-function": "The loop, and an output that no run printed",
        "bug-hunt-nothing": "The loop, and an output that no run printed",
        "two-numbers": "Two numbers at once",
        "vector-form": "Two numbers at once",
        "own-rule": "Two numbers at once",
        "rising-loss": "A hundred points and two surprises",
        "when-to-stop": "When to stop",
        "small-steps-look-like-arrival": "When to stop",
        "why-it-explodes": "Real houses",
        "the-ravine": "Real houses",
        "one-step-explained": "Real houses",
        "convert-back": "Real houses",
    },
)


# One update step ----------------------------------------------------------------------


def step(x, gradient, learning_rate):
    """Return where one update leads from x."""
    return x - learning_rate * gradient


def _draw_steps(rng: np.random.Generator) -> Inputs:
    """Yield friendly numbers, then arrays of several shapes, then extremes."""
    yield 3.0, 6.0, 0.1
    yield -2.0, -4.0, 0.25
    yield 1.5, -0.5, 1.0
    yield 4.0, 0.0, 0.1
    yield np.array([1.0, -2.0]), np.array([2.0, -16.0]), 0.1
    for shape in ((1,), (3,), (8,), (2, 3)):
        x, gradient = rng.normal(0, [[3.0], [5.0]], (2, int(np.prod(shape))))
        yield x.reshape(shape), gradient.reshape(shape), 10 ** rng.uniform(-2, 0)
    for _ in range(8):
        x, gradient = rng.normal(0, (3, 5))
        yield float(x), float(gradient), float(10 ** rng.uniform(-3, 0.5))
    yield 0.0, 1e6, 1e-6
    yield np.array([1e6, -1e-6]), np.array([-1e3, 1e3]), 1.0


def _step_in_place(x, gradient, learning_rate):
    x -= learning_rate * gradient
    return x


class _StepObject:
    """A right answer in the form of an object that can be called."""

    def __call__(self, point, slope, rate):
        """Return the new point."""
        return np.subtract(point, np.multiply(rate, slope))


def _step_by_loops(x, g, lr):
    flat = [a - lr * b for a, b in zip(np.ravel(x), np.ravel(g), strict=True)]
    return np.reshape(flat, np.shape(x)).tolist()


def _step_in_single_precision(x, gradient, learning_rate):
    x, gradient = np.float32(x), np.float32(gradient)
    return x - np.float32(learning_rate) * gradient


STEP = Exercise(
    id="update-rule.step",
    chapter=CHAPTER,
    title="One update step",
    prompt=(
        "Write step(x, gradient, learning_rate): return the new x after one update of "
        "gradient descent. x and gradient are single numbers, or arrays of the same "
        "shape; leave the arrays that you are given as they are."
    ),
    reference=step,
    returns=("x",),
    draw=_draw_steps,
    mistakes=(
        Mistake(
            "sign",
            lambda x, gradient, learning_rate: x + learning_rate * gradient,
            "That is x plus the step. The gradient points uphill, so your loss rises "
            "with every update.",
            "one-step",
        ),
        Mistake(
            "no learning rate",
            lambda x, gradient, learning_rate: x - gradient,
            "That is a step of {gradient}, the whole gradient: the learning rate "
            "{learning_rate} plays no part in it.",
            "one-step",
        ),
        Mistake(
            "sign and no learning rate",
            lambda x, gradient, learning_rate: x + gradient,
            "Two things at once: you added the gradient, which points uphill, and the "
            "learning rate {learning_rate} plays no part.",
            "one-step",
        ),
        Mistake(
            "only the change",
            (
                lambda x, gradient, learning_rate: -learning_rate * gradient,
                lambda x, gradient, learning_rate: learning_rate * gradient,
            ),
            "That is how far to move, not where the move ends: it does not depend on "
            "the old x, which is {x}.",
            "one-step",
        ),
        Mistake(
            "multiplied",
            lambda x, gradient, learning_rate: x * (1 - learning_rate * gradient),
            "You multiplied x by a factor. From x = 0 such a rule never moves, however "
            "steep the slope is: a step is a distance from x.",
            "one-step",
        ),
        Mistake(
            "divided",
            lambda x, gradient, learning_rate: x - gradient / learning_rate,
            "You divided the gradient by the learning rate, so that a smaller rate "
            "gives a longer step: here one of length {length}.",
            "one-step",
            numbers=lambda x, gradient, learning_rate: {
                "length": np.abs(gradient) / learning_rate
            },
        ),
        Mistake(
            "no gradient",
            lambda x, gradient, learning_rate: x - learning_rate,
            "That is x less the learning rate {learning_rate}. The gradient plays no "
            "part, so the step is equally long on a cliff and on a plain, and always "
            "in one direction.",
            "one-step",
        ),
        Mistake(
            "only the gradient's sign",
            lambda x, gradient, learning_rate: x - learning_rate * np.sign(gradient),
            "Your step has the length {learning_rate}, whether the slope is steep or "
            "gentle: only the sign of the gradient was used. (That is a rule too, sign "
            "descent, but not this one.)",
            "own-rule",
        ),
        Mistake(
            "x for the gradient",
            lambda x, gradient, learning_rate: x - learning_rate * x,
            "Your step is the learning rate times x. It should follow the slope, and "
            "the gradient, {gradient}, plays no part in it.",
            "one-step",
        ),
        Mistake(
            "a slope of its own",
            lambda x, gradient, learning_rate: x - learning_rate * 2 * x,
            "Your function works out the slope 2x, which belongs to the one curve x². "
            "On another hill it is wrong, here it should be {gradient}: use the "
            "gradient that is given.",
            "one-step",
        ),
        Mistake(
            "one step for all coordinates",
            (
                lambda x, gradient, learning_rate: x - learning_rate * np.sum(gradient),
                lambda x, gradient, learning_rate: (
                    x - learning_rate * np.mean(gradient)
                ),
            ),
            "Every coordinate moved by the same amount, because the gradient was added "
            "up first. Each has a slope of its own, here {gradient}.",
            "vector-form",
        ),
        Mistake(
            "length of the gradient",
            lambda x, gradient, learning_rate: (
                x - learning_rate * np.linalg.norm(gradient)
            ),
            "The gradient's length {length} was used in place of the gradient: a "
            "length has no direction, so x can only ever become smaller.",
            "vector-form",
            numbers=lambda x, gradient, learning_rate: {
                "length": np.linalg.norm(gradient)
            },
        ),
        Mistake(
            "in place",
            _step_in_place,
            "For arrays `x -= …` (or `x[:] = …`) writes into the caller's array, so "
            "that the start of a path is lost on the way. What you return is right; "
            "make a new array of it.",
            "bug-hunt-nothing",
        ),
    ),
    also_right={
        "loops and lists": _step_by_loops,
        "single precision": _step_in_single_precision,
        "an object": _StepObject(),
        "plus the negative gradient": lambda a, b, c: a + c * -1 * b,
        "a copy changed in place": lambda x, gradient, learning_rate: _step_in_place(
            np.array(x, dtype=float), gradient, learning_rate
        ),
        "by keyword only": lambda *, learning_rate, gradient, x: (
            x - learning_rate * gradient
        ),
        "a tuple of one": lambda x, g, lr: (x - lr * g,),
    },
    hints=(
        "Look at the picture of one step on the curve: which three things decide where "
        "the ball lands?",
        "The new x is the old x, moved against the gradient, by the learning rate "
        "times the gradient. NumPy does this for numbers and arrays alike.",
        "Fill the blanks:\n\n    return x ____ learning_rate ____ gradient",
    ),
    explanation=(
        "The gradient points uphill, hence the minus. The learning rate says how much "
        "of the gradient becomes a step. For arrays NumPy does the same for every "
        "coordinate, each with its own part of the gradient, and the result is a new "
        "array: `x -= …` would change the one that you were given."
    ),
)


# The gradients of the mean squared error ----------------------------------------------


def gradients(w, b, x, y):
    """Return the derivatives of the loss by w and by b."""
    error = w * x + b - y
    dw = 2 * np.mean(error * x)
    db = 2 * np.mean(error)
    return dw, db


def _draw_lines(rng: np.random.Generator) -> Inputs:
    """Yield the hand-worked line, then random data, then extremes."""
    one_to_three = np.array([1.0, 2.0, 3.0])
    yield 0.5, 0.1, one_to_three, 2 * one_to_three
    yield -1.0, 2.0, np.array([0.0, 1.0, 4.0, 5.0]), np.array([3.0, -2.0, 0.5, 1.0])
    yield 3.0, 7.0, np.array([2.0]), np.array([10.0])
    yield 2.0, 0.0, one_to_three, 2 * one_to_three
    for size in (2, 5, 9, 40):
        w, b = rng.normal(0, 2, 2)
        x = rng.normal(rng.normal(), 2, size)
        yield float(w), float(b), x, 3 * x + 7 + rng.normal(0, 1, size)
    area = rng.uniform(600, 3000, 12)
    yield 100.0, 1e4, area, 110 * area + rng.normal(0, 3e4, 12)
    yield -1e-3, 1e-3, 1e-3 * rng.normal(size=6), 1e-3 * rng.normal(size=6)


def _gradients_by_loops(w, b, x, y):
    dw = db = 0.0
    for a, target in zip(x, y, strict=True):
        error = w * a + b - target
        dw += 2 * error * a / len(x)
        db += 2 * error / len(x)
    return [dw, db]


def _gradients_by_matrices(w, b, xs, ys):
    A = np.column_stack([xs, np.ones(len(xs))])
    return 2 / len(xs) * A.T @ (A @ np.array([w, b]) - ys)


def _gradients_in_single_precision(w, b, x, y):
    x, y = x.astype(np.float32), y.astype(np.float32)
    error = np.float32(w) * x + np.float32(b) - y
    return 2 * (error * x).mean(), 2 * error.mean()


def _gradients_by_differences(w, b, x, y):
    def loss(w, b):
        return np.mean((w * x + b - y) ** 2)

    h, k = 1e-4 * max(1, abs(w)), 1e-4 * max(1, abs(b))
    return (
        (loss(w + h, b) - loss(w - h, b)) / (2 * h),
        (loss(w, b + k) - loss(w, b - k)) / (2 * k),
    )


def _gradients_of(error_of: Callable[..., Any], dw: Any, db: Any) -> Callable[..., Any]:
    """Return an answer that computes an error and from it two derivatives."""

    def answer(w, b, x, y):
        error = error_of(w, b, x, y)
        return dw(error, x), db(error)

    return answer


def _error_of_line(w, b, x, y):
    return w * x + b - y


def _like_updated(inputs: Mapping[str, Any], got: Any, right: Any) -> bool:
    """Both results are a parameter moved by the same multiple of its derivative."""
    old = np.array([inputs["w"], inputs["b"]])
    moved, slopes = old - np.ravel(got)[:2], np.ravel(right)
    rate = moved @ slopes / max(slopes @ slopes, 1e-300)
    return np.size(got) == 2 and np.allclose(moved, rate * slopes, 1e-4, 1e-9)


GRADIENTS = Exercise(
    id="update-rule.gradients",
    chapter=CHAPTER,
    title="The gradients of the mean squared error",
    prompt=(
        "Write gradients(w, b, x, y): return (dw, db), the derivatives by w and by b "
        "of the loss mean((w*x + b - y)**2), the mean of the squared errors of a line. "
        "w and b are numbers, x and y arrays of one length."
    ),
    reference=gradients,
    starter="""
def gradients(w, b, x, y):
    dw = ...
    db = ...
    return dw, db
""",
    returns=("dw", "db"),
    draw=_draw_lines,
    mistakes=(
        Mistake(
            "factor 2 missing",
            _gradients_of(_error_of_line, lambda e, x: np.mean(e * x), np.mean),
            "Both are half as large as for this loss. You differentiated half the mean "
            "of the squares, a convention that many books use and that is not wrong; "
            "but here the loss is the mean of the squares itself, and the square "
            "brings down a factor.",
            "two-numbers",
        ),
        Mistake(
            "sum instead of mean",
            _gradients_of(
                _error_of_line, lambda e, x: 2 * np.sum(e * x), lambda e: 2 * np.sum(e)
            ),
            "That is the sum over all samples: with {count} samples it is {count} "
            "times too large, and twice the data would need half the learning rate. "
            "The loss is a mean.",
            "two-numbers",
            numbers=lambda w, b, x, y: {"count": len(x)},
        ),
        Mistake(
            "sum and no factor 2",
            _gradients_of(_error_of_line, lambda e, x: np.sum(e * x), np.sum),
            "Two things at once: the errors were added up and not averaged over the "
            "{count} samples, and the factor that the square brings down is missing.",
            "two-numbers",
            numbers=lambda w, b, x, y: {"count": len(x)},
        ),
        Mistake(
            "sign",
            _gradients_of(
                lambda w, b, x, y: y - (w * x + b),
                lambda e, x: 2 * np.mean(e * x),
                lambda e: 2 * np.mean(e),
            ),
            "The sign is turned round: your error is y minus the prediction, whose "
            "derivative by w is -x and not x. An update with these gradients walks "
            "uphill.",
            "two-numbers",
        ),
        Mistake(
            "sign and no factor 2",
            _gradients_of(
                lambda w, b, x, y: y - (w * x + b), lambda e, x: np.mean(e * x), np.mean
            ),
            "Two things at once: your error is y minus the prediction, which turns the "
            "sign round, and the factor that the square brings down is missing.",
            "two-numbers",
        ),
        Mistake(
            "x missing in dw",
            _gradients_of(
                _error_of_line, lambda e, x: 2 * np.mean(e), lambda e: 2 * np.mean(e)
            ),
            "Your dw is equal to db. Inside the square w is multiplied by x, so the "
            "chain rule leaves an x behind in dw.",
            "two-numbers",
        ),
        Mistake(
            "x too much in db",
            lambda w, b, x, y: (gradients(w, b, x, y)[0],) * 2,
            "Your db is equal to dw. Inside the square b stands alone, without x, so "
            "there is no x in its derivative.",
            "two-numbers",
        ),
        Mistake(
            "x outside the mean",
            _gradients_of(
                _error_of_line,
                lambda e, x: 2 * np.mean(e) * np.mean(x),
                lambda e: 2 * np.mean(e),
            ),
            "Your dw is the mean error times the mean of x. Each error must meet its "
            "own x before the mean is taken: a mean of products is not the product of "
            "the means.",
            "two-numbers",
        ),
        Mistake(
            "mean before x",
            lambda w, b, x, y: (
                gradients(w, b, x, y)[1] * x,
                gradients(w, b, x, y)[1],
            ),
            "Your dw is {count} numbers, because the mean was taken first and x came "
            "after it. Each error must meet its own x before the mean is taken.",
            "two-numbers",
            numbers=lambda w, b, x, y: {"count": len(x)},
        ),
        Mistake(
            "absolute error",
            _gradients_of(
                _error_of_line,
                lambda e, x: np.mean(np.sign(e) * x),
                lambda e: np.mean(np.sign(e)),
            ),
            "These belong to the mean of the absolute errors: only the sign of each "
            "error is in them, so an error of 0.01 pulls as hard as one of 100.",
            "two-numbers",
        ),
        Mistake(
            "swapped",
            lambda w, b, x, y: gradients(w, b, x, y)[::-1],
            "These two are in the wrong order: first the derivative by w, then the one "
            "by b.",
            "two-numbers",
        ),
        Mistake(
            "b left out",
            _gradients_of(
                lambda w, b, x, y: w * x - y,
                lambda e, x: 2 * np.mean(e * x),
                lambda e: 2 * np.mean(e),
            ),
            "Your prediction is w*x: the intercept b = {b} is not in it.",
            "two-numbers",
        ),
        Mistake(
            "b subtracted",
            _gradients_of(
                lambda w, b, x, y: w * x - b - y,
                lambda e, x: 2 * np.mean(e * x),
                lambda e: 2 * np.mean(e),
            ),
            "Your prediction is w*x - b: b = {b} came in with the wrong sign. "
            "In y - w*x + b the brackets are missing.",
            "two-numbers",
        ),
        Mistake(
            "updated parameters",
            lambda w, b, x, y: (
                w - 0.01 * gradients(w, b, x, y)[0],
                b - 0.01 * gradients(w, b, x, y)[1],
            ),
            "That is w and b after an update. Only the two derivatives are asked for; "
            "the step comes later.",
            "two-numbers",
            like=_like_updated,
        ),
        Mistake(
            "no mean",
            _gradients_of(_error_of_line, lambda e, x: 2 * e * x, lambda e: 2 * e),
            "These are {count} numbers each, one for every sample. The loss is their "
            "mean, so each derivative is one number.",
            "two-numbers",
            numbers=lambda w, b, x, y: {"count": len(x)},
        ),
    ),
    also_right={
        "loops": _gradients_by_loops,
        "a matrix product, other names": _gradients_by_matrices,
        "single precision": _gradients_in_single_precision,
        "central differences": _gradients_by_differences,
        "a dictionary": lambda w, b, x, y: dict(
            zip(("dw", "db"), gradients(w, b, x, y), strict=True)
        ),
        "error turned round twice": _gradients_of(
            lambda w, b, x, y: y - w * x - b,
            lambda e, x: -2 * (e @ x) / len(x),
            lambda e: -2 * e.sum() / len(e),
        ),
    },
    hints=(
        "Differentiate the loss of one sample, (w*x + b - y)**2, first. The mean of "
        "the derivatives is the derivative of the mean.",
        "The chain rule: the square gives 2*error; then error = w*x + b - y has the "
        "derivative x by w, and 1 by b.",
        "Fill the blanks:\n\n    error = w * x + b - y\n"
        "    dw = ____ * np.mean(error * ____)\n    db = ____ * np.mean(____)\n"
        "    return dw, db",
    ),
    explanation=(
        "The error of each sample comes first, because both derivatives need it. The "
        "square brings down the 2; what stands beside w inside the error is x, what "
        "stands beside b is 1. Both use the same error, so w and b can be updated "
        "together."
    ),
)


# The loop with a stopping test --------------------------------------------------------


def descend_until(
    gradient,
    start,
    learning_rate,
    tolerance,
    max_steps,
):
    """Return where descent arrives, and after how many updates."""
    x = start
    for steps in range(max_steps):
        slope = gradient(x)
        if np.linalg.norm(slope) <= tolerance:
            return x, steps
        x = x - learning_rate * slope
    return x, max_steps


def _draw_runs(rng: np.random.Generator) -> Inputs:
    """Yield runs that converge, that do not, that begin at the goal, and in planes."""
    parabola = Counted(lambda x: 2 * x, "2*x")
    bowl = Counted(lambda x: np.array([2.0, 8.0]) * x, "[2, 8] * x")
    round_bowl = Counted(lambda x: 2 * (x - 1), "2*(x - 1)")
    wells = Counted(lambda x: 4 * x**3 - 4 * x, "4*x**3 - 4*x")
    yield parabola, 3.0, 0.1, 0.01, 100
    yield parabola, -3.0, 0.25, 0.01, 100
    yield parabola, 3.0, 0.1, 0.01, 5
    yield parabola, 0.0, 0.1, 0.0, 20
    yield parabola, 0.001, 0.1, 0.01, 50
    yield parabola, 2.0, 0.1, 0.01, 0
    yield parabola, 3.0, 1.0, 0.01, 7
    yield bowl, np.array([3.0, -1.0]), 0.1, 0.05, 200
    yield bowl, np.array([-2.0, 1.5]), 0.02, 0.3, 12
    yield round_bowl, np.array([3.0, 3.0]), 0.05, 0.1, 200
    yield round_bowl, np.array([1.0, -4.0, 2.5]), 0.2, 0.02, 100
    yield wells, 0.5, 0.05, 0.001, 200
    yield wells, -0.3, 0.02, 0.05, 150
    for _ in range(4):
        start, rate = rng.uniform(1, 4, 2), rng.uniform(0.05, 0.3)
        yield round_bowl, -start, float(rate), 0.05, 100


def _loop_that_stops_if(small: Callable[..., Any]) -> Callable[..., Any]:
    """Return the right loop with another stopping test, ``small(x, slope, step)``."""

    def answer(gradient, start, learning_rate, tolerance, max_steps):
        x = start
        for steps in range(max_steps):
            slope = gradient(x)
            if small(x, slope, learning_rate * slope, tolerance):
                return x, steps
            x = x - learning_rate * slope
        return x, max_steps

    return answer


def _loop_that_returns(
    arrived: Callable[..., Any],
    stopped: Callable[..., Any] = lambda x, max_steps: (x, max_steps),
) -> Callable[..., Any]:
    """Return the right loop with other results on arriving and on being stopped."""

    def answer(gradient, start, learning_rate, tolerance, max_steps):
        x = start
        for steps in range(max_steps):
            slope = gradient(x)
            new = x - learning_rate * slope
            if np.linalg.norm(slope) <= tolerance:
                return arrived(x, new, steps)
            x = new
        return stopped(x, max_steps)

    return answer


def _loop_uphill(gradient, start, learning_rate, tolerance, max_steps):
    return descend_until(gradient, start, -learning_rate, tolerance, max_steps)


def _loop_testing_last(gradient, start, learning_rate, tolerance, max_steps):
    x = start
    for steps in range(max_steps):
        x = x - learning_rate * gradient(x)
        if np.linalg.norm(gradient(x)) <= tolerance:
            return x, steps + 1
    return x, max_steps


def _loop_of_at_least_one_step(gradient, start, learning_rate, tolerance, max_steps):
    return _loop_testing_last(
        gradient, start, learning_rate, tolerance, max(max_steps, 1)
    )


def _loop_testing_steps(gradient, start, learning_rate, tolerance, max_steps):
    x = start
    for steps in range(max_steps):
        new = x - learning_rate * gradient(x)
        if np.linalg.norm(new - x) <= tolerance:
            return new, steps + 1
        x = new
    return x, max_steps


def _loop_without_limit(gradient, start, learning_rate, tolerance, max_steps):
    x, steps = start, 0
    while np.linalg.norm(gradient(x)) > tolerance:
        x = x - learning_rate * gradient(x)
        steps += 1
    return x, steps


def _loop_always_reporting_the_limit(
    gradient, start, learning_rate, tolerance, max_steps
):
    x, _ = descend_until(gradient, start, learning_rate, tolerance, max_steps)
    return x, max_steps


def _loop_with_or(gradient, start, learning_rate, tolerance, max_steps):
    x, steps = start, 0
    while np.linalg.norm(gradient(x)) > tolerance or steps < max_steps:
        x = x - learning_rate * gradient(x)
        steps += 1
    return x, steps


def _loop_with_stale_gradient(gradient, start, learning_rate, tolerance, max_steps):
    slope = gradient(start)
    return descend_until(lambda x: slope, start, learning_rate, tolerance, max_steps)


def _loop_in_place(gradient, start, learning_rate, tolerance, max_steps):
    x = start
    for steps in range(max_steps):
        slope = gradient(x)
        if np.linalg.norm(slope) <= tolerance:
            return x, steps
        x -= learning_rate * slope
    return x, max_steps


def _loop_by_while(f, x0, rate, small, most):
    x, steps, slope = np.asarray(x0, dtype=float), 0, f(x0)
    while steps < most and np.sqrt(np.sum(slope**2)) > small:
        x, steps = x - rate * slope, steps + 1
        slope = f(x)
    return [x, steps]


def _loop_by_recursion(gradient, start, learning_rate, tolerance, max_steps):
    slope = gradient(start)
    if max_steps == 0 or np.sum(slope**2) <= tolerance**2:
        return start, 0
    x, steps = _loop_by_recursion(
        gradient, start - learning_rate * slope, learning_rate, tolerance, max_steps - 1
    )
    return x, steps + 1


def _loop_that_always_breaks(gradient, start, learning_rate, tolerance, max_steps):
    x, steps = start, 0
    while True:
        if steps >= max_steps:
            break
        if np.linalg.norm(gradient(x)) <= tolerance:
            break
        x = x - learning_rate * gradient(x)
        steps += 1
    return {"x": x, "steps": float(steps)}


LOOP = Exercise(
    id="update-rule.loop",
    chapter=CHAPTER,
    title="The loop with a stopping test",
    prompt=(
        "Write descend_until(gradient, start, learning_rate, tolerance, max_steps): "
        "run gradient descent from start and return (x, steps), the point where it "
        "stopped and the number of updates done. Before each update, stop if the "
        "length (Euclidean norm) of gradient(x) is at most tolerance. Do at most "
        "max_steps updates. start is a number or an array, which stays as it is."
    ),
    reference=descend_until,
    starter="""
def descend_until(gradient, start, learning_rate, tolerance,
                  max_steps):
    x = np.array(start, dtype=float)
    ...
    return x, ...
""",
    returns=("x", "steps"),
    draw=_draw_runs,
    mistakes=(
        Mistake(
            "one update too many",
            (
                _loop_that_returns(lambda x, new, steps: (new, steps + 1)),
                _loop_that_returns(lambda x, new, steps: (new, steps)),
            ),
            "You update x once more although its gradient is already within the "
            "tolerance: the test comes after the update and looks at the gradient from "
            "before it. Test first.",
            "when-to-stop",
        ),
        Mistake(
            "start not tested",
            (_loop_testing_last, _loop_of_at_least_one_step),
            "You make an update before the first test. This start already passes the "
            "test (or max_steps allows no update at all), so nothing should move.",
            "when-to-stop",
        ),
        Mistake(
            "count from one",
            (
                _loop_that_returns(lambda x, new, steps: (x, steps + 1)),
                _loop_that_returns(
                    lambda x, new, steps: (x, steps + 1), lambda x, most: (x, most + 1)
                ),
            ),
            "Your x is right, but one update too many is counted: begin at 0, and "
            "count when an update is made, not when the test is.",
            "when-to-stop",
        ),
        Mistake(
            "updates not counted",
            (
                _loop_that_returns(
                    lambda x, new, steps: (x, 0), lambda x, most: (x, 0)
                ),
                _loop_always_reporting_the_limit,
            ),
            "Your x is right, but the count is not that of your updates: it is the "
            "same however long the run was. Add one with each update.",
            "when-to-stop",
        ),
        Mistake(
            "last index for a count",
            _loop_that_returns(
                lambda x, new, steps: (x, steps), lambda x, most: (x, max(most - 1, 0))
            ),
            "Your x is right, but the count is one short when the run is ended by "
            "max_steps: `range` counts from 0, so its last number is not the number of "
            "updates.",
            "when-to-stop",
        ),
        Mistake(
            "no absolute value",
            (
                _loop_that_stops_if(lambda x, slope, move, tol: np.all(slope <= tol)),
                _loop_that_stops_if(lambda x, slope, move, tol: np.any(slope <= tol)),
                _loop_that_stops_if(lambda x, slope, move, tol: np.sum(slope) <= tol),
            ),
            "You stop on a slope that is negative, and so below any tolerance however "
            "steep it is. Test how long the gradient is, not its sign.",
            "when-to-stop",
        ),
        Mistake(
            "never tests",
            _loop_that_stops_if(lambda x, slope, move, tol: False),
            "You make all {max_steps} updates, although the gradient fell below the "
            "tolerance of {tolerance} on the way: no test ends your run.",
            "when-to-stop",
        ),
        Mistake(
            "no limit",
            _loop_without_limit,
            "The limit of {max_steps} updates never stops you: the run goes on until "
            "the gradient is small, and where that never happens it goes on for ever.",
            "when-to-stop",
        ),
        Mistake(
            "or for and",
            _loop_with_or,
            "You go on while the gradient is long or steps are left. The loop may "
            "only go on while both are true.",
            "when-to-stop",
        ),
        Mistake(
            "stale gradient",
            _loop_with_stale_gradient,
            "You use the gradient of the start in every update, so each step is "
            "equally long and the run walks past the minimum. The gradient has to be "
            "asked for again at each new x.",
            "loop-as-function",
        ),
        Mistake(
            "uphill",
            _loop_uphill,
            "You add the gradient, so the run climbs: each x has a higher loss than "
            "the one before.",
            "rising-loss",
        ),
        Mistake(
            "less than",
            _loop_that_stops_if(
                lambda x, slope, move, tol: np.linalg.norm(slope) < tol
            ),
            "The gradient here is exactly as long as the tolerance allows. “At most” "
            "includes equality.",
            "when-to-stop",
        ),
        Mistake(
            "coordinate by coordinate",
            _loop_that_stops_if(
                lambda x, slope, move, tol: np.max(np.abs(slope)) <= tol
            ),
            "You stop when each coordinate of the gradient is within the tolerance. "
            "Some libraries do so too, but here the length of the whole gradient is "
            "asked for, and that is longer than its longest coordinate.",
            "when-to-stop",
        ),
        Mistake(
            "squared length",
            _loop_that_stops_if(lambda x, slope, move, tol: np.sum(slope**2) <= tol),
            "You compare the square of the gradient's length with the tolerance: a "
            "length of 0.1 has the square 0.01.",
            "when-to-stop",
        ),
        Mistake(
            "tests x",
            _loop_that_stops_if(lambda x, slope, move, tol: np.linalg.norm(x) <= tol),
            "You stop when x itself is small. A minimum may lie anywhere; what becomes "
            "small there is the gradient.",
            "when-to-stop",
        ),
        Mistake(
            "tests the step",
            (
                _loop_that_stops_if(
                    lambda x, slope, move, tol: np.linalg.norm(move) <= tol
                ),
                _loop_testing_steps,
            ),
            "You stop when a step is short. That is a stopping test too, but a tiny "
            "learning rate passes it anywhere; here the gradient is to be tested, "
            "without the learning rate.",
            "small-steps-look-like-arrival",
        ),
        Mistake(
            "swapped",
            lambda *arguments: descend_until(*arguments)[::-1],
            "These two are in the wrong order: first the point x, then the number of "
            "steps.",
            "loop-as-function",
        ),
        Mistake(
            "in place",
            _loop_in_place,
            "`x = start` gives the caller's array a second name, and `x -= …` then "
            "writes into it: a second run from the same start would begin where this "
            "one ended. What you return is right; write the update as `x = x - …`.",
            "bug-hunt-nothing",
        ),
    ),
    also_right={
        "while, lists, other names": _loop_by_while,
        "recursion": _loop_by_recursion,
        "breaks and a dictionary": _loop_that_always_breaks,
        "a copy changed in place": lambda g, s, lr, tol, n: _loop_in_place(
            g, np.array(s, dtype=float), lr, tol, n
        ),
    },
    hints=(
        "Ask two questions before every update: is the gradient short enough? Have I "
        "used up my steps?",
        "The length of a gradient is np.linalg.norm(gradient(x)), for a number and for "
        "an array. Stop if it is <= tolerance, else update x and count one.",
        "Fill the blanks:\n\n    x = start\n    for steps in range(____):\n"
        "        slope = gradient(____)\n"
        "        if np.linalg.norm(slope) ____ tolerance:\n"
        "            return x, ____\n        x = x - ____\n    return x, ____",
    ),
    explanation=(
        "The loop evaluates, tests, and only then moves, so a start that is good "
        "enough is returned untouched with 0 steps. `steps` is the number of updates "
        "already made when the test succeeds; if it never does, all `max_steps` were "
        "made. `x = x - …` makes a new array each time and leaves `start` alone."
    ),
)


# Standardise and fit the houses -------------------------------------------------------


def fit_houses(area, price):
    """Return the slope and the intercept, in dollars."""
    x = (area - area.mean()) / area.std()
    y = (price - price.mean()) / price.std()
    w = b = 0.0
    for _ in range(200):
        error = w * x + b - y
        dw, db = 2 * np.mean(error * x), 2 * np.mean(error)
        w, b = w - 0.1 * dw, b - 0.1 * db
    slope = w * price.std() / area.std()
    intercept = price.mean() + b * price.std() - slope * area.mean()
    return slope, intercept


def _draw_houses(rng: np.random.Generator) -> Inputs:
    """Yield all sales, then small samples of them."""
    area, price = houses()
    yield area, price
    for size in (12, 30, 200):
        chosen = rng.choice(len(area), size, replace=False)
        yield area[chosen], price[chosen]


def _line(x, y):
    """Return slope and intercept of the least-squares line."""
    slope = np.mean((x - x.mean()) * (y - y.mean())) / x.var()
    return slope, y.mean() - slope * x.mean()


def _scaled(x):
    return (x - x.mean()) / x.std()


def _unit(x):
    return (x - x.min()) / (x.max() - x.min())


def _through_the_mean(slope_of: Callable[..., Any]) -> Callable[..., Any]:
    """Return an answer with some slope, whose line passes through the mean point."""

    def answer(area, price):
        slope = slope_of(area, price)
        return slope, price.mean() - slope * area.mean()

    return answer


def _houses_through_origin(area, price):
    return np.sum(area * price) / np.sum(area**2), 0.0


def _houses_not_scaled(area, price):
    return np.nan, np.nan


def _houses_on_area_alone(area, price):
    x, w, b = _scaled(area), 0.0, 0.0
    for _ in range(300):
        error = w * x + b - price
        w, b = w - 0.1 * 2 * np.mean(error * x), b - 0.1 * 2 * np.mean(error)
    return np.array([w / area.std(), b - w * area.mean() / area.std()])


def _houses_between_0_and_1(area, price):
    x, y, w, b = _unit(area), _unit(price), 0.0, 0.0
    for _ in range(4000):
        error = w * x + b - y
        w, b = w - 0.8 * np.mean(error * x), b - 0.8 * np.mean(error)
    slope = w * np.ptp(price) / np.ptp(area)
    return slope, price.min() + b * np.ptp(price) - slope * area.min()


def _houses_by_loops(area, price):
    n = len(area)
    m, s = sum(area) / n, float(np.std(area, ddof=1))
    xs = [(a - m) / s for a in area.tolist()]
    w = b = 0.0
    for _ in range(60):
        errors = [w * x + b - y for x, y in zip(xs, price.tolist(), strict=True)]
        dw = sum(e * x for e, x in zip(errors, xs, strict=True)) / n
        w, b = w - 0.5 * dw, b - 0.5 * sum(errors) / n
    return w / s, b - w * m / s


def _houses_in_single_precision(area, price):
    return fit_houses(area.astype(np.float32), price.astype(np.float32))


def _like_not_converted(inputs: Mapping[str, Any], got: Any, right: Any) -> bool:
    """Both numbers are of the size that scaled data have."""
    return all(abs(value) < 2 for value in map(float, got))


def _like_diverged(inputs: Mapping[str, Any], got: Any, right: Any) -> bool:
    """The numbers are beyond all bounds, or no numbers any more."""
    slope, most = float(got[0]), 1e3 * abs(float(right[0]))
    return not abs(slope) < most  # true of NaN as well


def _like_through_origin(inputs: Mapping[str, Any], got: Any, right: Any) -> bool:
    """The slope is that of a line without intercept."""
    slope, intercept = map(float, got)
    best, _ = _houses_through_origin(**inputs)
    small = 0.01 * inputs["price"].mean()
    return bool(abs(slope - best) < 0.01 * abs(best) and abs(intercept) < small)


def _like_too_few(inputs: Mapping[str, Any], got: Any, right: Any) -> bool:
    """The line lies between the flat one of the start and the best one."""
    slope, intercept = map(float, got)
    height = slope * inputs["area"].mean() + intercept
    mean = inputs["price"].mean()
    return bool(0 < slope / float(right[0]) < 0.999 and 0 <= height < 1.01 * mean)


def _margin_of_houses(area, price) -> tuple[float, float]:
    """Return 0.1 % of the best slope, and of the mean price."""
    return 1e-3 * abs(float(_line(area, price)[0])), 1e-3 * float(price.mean())


HOUSES = Exercise(
    id="update-rule.houses",
    chapter=CHAPTER,
    title="Standardise and fit the houses",
    prompt=(
        "Write fit_houses(area, price): fit the line price = slope * area + intercept "
        "by gradient descent and return (slope, intercept) in dollars per square foot "
        "and in dollars. Standardise first, then descend, then convert back. Right is "
        "whatever lies within 0.1 % of the least-squares line (the intercept: within "
        "0.1 % of the mean price)."
    ),
    reference=fit_houses,
    starter="""
def fit_houses(area, price):
    ...
    return slope, intercept
""",
    returns=("slope", "intercept"),
    draw=_draw_houses,
    margin=_margin_of_houses,
    tolerance=1e-3,
    seconds=5.0,
    mistakes=(
        Mistake(
            "not converted back",
            (
                lambda area, price: _line(_scaled(area), _scaled(price)),
                lambda area, price: _line(_unit(area), _unit(price)),
                lambda area, price: _line(_scaled(area), price),
                lambda area, price: _line(_unit(area), price),
            ),
            "These belong to the scaled data. In your line one square foot more costs "
            "{got_slope} dollars, because its step is a whole unit of the scaled area: "
            "convert slope and intercept back.",
            "convert-back",
            like=_like_not_converted,
        ),
        Mistake(
            "intercept not converted",
            (
                lambda area, price: (_line(area, price)[0], 0.0),
                lambda area, price: (_line(area, price)[0], price.mean()),
            ),
            "Your slope is right, but this intercept belongs to the standardised data, "
            "where area 0 means a house of average size. In square feet area 0 lies "
            "{mean} square feet further left on the same line.",
            "convert-back",
            numbers=lambda area, price: {"mean": area.mean()},
        ),
        Mistake(
            "intercept from the scaled slope",
            (
                lambda area, price: (
                    _line(area, price)[0],
                    price.mean() - _line(_scaled(area), price)[0] * area.mean(),
                ),
                lambda area, price: (
                    _line(area, price)[0],
                    price.mean()
                    - _line(_scaled(area), _scaled(price))[0] * area.mean(),
                ),
            ),
            "Your slope is right, but in the intercept the slope of the scaled data "
            "meets the mean of the raw area. Convert the slope first and use the "
            "converted one.",
            "convert-back",
        ),
        Mistake(
            "slope half converted",
            (
                _through_the_mean(
                    lambda area, price: (
                        _line(_scaled(area), _scaled(price))[0] * price.std()
                    )
                ),
                _through_the_mean(
                    lambda area, price: (
                        _line(_scaled(area), _scaled(price))[0] / area.std()
                    )
                ),
            ),
            "Your line goes through the average house but has the wrong slope. Two "
            "units changed, dollars and square feet, so two standard deviations have "
            "to come back in: one multiplies, one divides.",
            "convert-back",
        ),
        Mistake(
            "slope not converted",
            _through_the_mean(
                lambda area, price: _line(_scaled(area), _scaled(price))[0]
            ),
            "Your line goes through the average house, but its slope is still that of "
            "the standardised data: dollars and square feet have to come back in.",
            "convert-back",
        ),
        Mistake(
            "variance for standard deviation",
            (
                _through_the_mean(
                    lambda area, price: _line(area, price)[0] / area.std()
                ),
                _through_the_mean(
                    lambda area, price: _line(area, price)[0] * price.std()
                ),
                _through_the_mean(
                    lambda area, price: (
                        _line(area, price)[0] * (price.std() / area.std())
                    )
                ),
            ),
            "Your line goes through the average house, but a variance, in squared "
            "units, stands where a standard deviation belongs: divide and multiply by "
            "`std()` everywhere, not by `var()`.",
            "convert-back",
        ),
        Mistake(
            "two standard deviations",
            (
                _through_the_mean(
                    lambda area, price: (
                        _line(area, price)[0] * area.std(ddof=1) / area.std()
                    )
                ),
                _through_the_mean(
                    lambda area, price: (
                        _line(area, price)[0] * area.std() / area.std(ddof=1)
                    )
                ),
            ),
            "All 2,930 houses come out right, but this small sample does not: you "
            "scaled with one kind of standard deviation and converted back with the "
            "other (`ddof=0`, NumPy's, and `ddof=1`, that of pandas). Either is "
            "fine, if it is the same both times.",
            "convert-back",
        ),
        Mistake(
            "swapped",
            lambda area, price: _line(area, price)[::-1],
            "These two are in the wrong order: first the slope, then the intercept.",
            "convert-back",
        ),
        Mistake(
            "raw units, tiny rate",
            _houses_through_origin,
            "This line passes (almost) through the origin. On raw square feet only a "
            "tiny learning rate does not diverge, and with it the intercept hardly "
            "moves away from its start, however long you wait: standardise first.",
            "the-ravine",
            like=_like_through_origin,
        ),
        Mistake(
            "diverged",
            _houses_not_scaled,
            "The numbers grew beyond all bounds. On raw square feet the loss is so "
            "steep that a learning rate that suits standardised data overshoots "
            "further with every step. Standardise before you descend; if you did, "
            "look at the sign of the update and at the rate.",
            "why-it-explodes",
            like=_like_diverged,
        ),
        Mistake(
            "too few steps",
            lambda area, price: 0.9 * np.array(_line(area, price)),
            "Your line is still on its way from the flat line of the start to the "
            "best one. Take more steps or a larger learning rate, and see that the "
            "scaled area really has a standard deviation of 1: dividing by the "
            "variance makes descent crawl in the same way.",
            "one-step-explained",
            like=_like_too_few,
        ),
    ),
    also_right={
        "only the area standardised": _houses_on_area_alone,
        "scaled to 0 … 1": _houses_between_0_and_1,
        "loops, ddof=1": _houses_by_loops,
        "single precision": _houses_in_single_precision,
        "closed form": lambda area, price: np.polyfit(area, price, 1),
        "closed form as a list": lambda a, p: list(_line(a, p)),
    },
    hints=(
        "Three stages: scale area and price to mean 0 and standard deviation 1; run "
        "the loop of the last exercise on them; translate w and b back into dollars "
        "and square feet.",
        "On the standardised data (price - mean_p)/sd_p = w*(area - mean_a)/sd_a + b. "
        "Solve this for price: what multiplies area is the slope, the rest is the "
        "intercept.",
        "Fill the blanks:\n\n    x = (area - ____) / ____\n    y = (price - ____) / "
        "____\n    …                     # descend: w, b\n"
        "    slope = w * ____ / ____\n"
        "    intercept = price.mean() + b * ____ - slope * ____",
    ),
    explanation=(
        "On standardised data both directions are equally steep, so a rate of 0.1 "
        "suits both and 200 steps are plenty: each removes a fifth of what is left.\n\n"
        "Converting back solves (price - mean)/sd = w (area - mean)/sd + b for the "
        "price. Scaling only the area, or to the range 0 to 1, gives the same line "
        "if it is undone in the same way."
    ),
    when_right=(
        "A closed form such as np.polyfit gives the same line and counts as right; "
        "descent is what still works when there is no formula."
    ),
)

EXERCISES = (STEP, GRADIENTS, LOOP, HOUSES)
