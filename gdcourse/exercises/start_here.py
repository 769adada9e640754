"""The exercise of chapter 00: the mean squared error, to see how a check speaks."""

# Answers are written as learners write them, without types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from gdcourse.exercises.schema import Chapter, Exercise, Mistake

CHAPTER = Chapter(
    "00",
    "Start here",
    "00-start-here",
    sections={
        "means": "NumPy in ten minutes",
        "shapes": "NumPy in ten minutes",
    },
)


def mean_squared_error(predicted, measured):
    """Return the mean of the squared differences."""
    return np.mean((predicted - measured) ** 2)


def _draw_pairs(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Yield predictions and measured values: friendly ones, then many lengths."""
    yield np.array([3.0, 5.0, 7.0]), np.array([2.0, 5.0, 9.0])
    yield np.array([1.0, -2.0]), np.array([-1.0, 4.0])
    yield np.array([0.5]), np.array([2.0])
    yield np.array([4.0, 4.0, 4.0]), np.array([4.0, 4.0, 4.0])
    for length in (2, 5, 12, 100):
        measured = rng.normal(10, 4, length)
        yield measured + rng.normal(0.3, 2, length), measured
    yield np.array([30.0, -40.0]), np.array([33.0, -41.0])


def _by_hand(predicted, measured):
    total = 0.0
    for p, m in zip(predicted, measured, strict=True):
        total += (m - p) ** 2
    return total / len(measured)


def _only_first(predicted, measured):
    return (predicted[0] - measured[0]) ** 2 / len(measured)


def _only_last(predicted, measured):
    return (predicted[-1] - measured[-1]) ** 2 / len(measured)


MEAN_SQUARED_ERROR = Exercise(
    id="start-here.mean-squared-error",
    chapter=CHAPTER,
    title="The mean squared error",
    prompt=(
        "Write mean_squared_error(predicted, measured): return the mean of the squared "
        "differences. Both are arrays of one length; the result is one number."
    ),
    reference=mean_squared_error,
    returns=("error",),
    draw=_draw_pairs,
    mistakes=(
        Mistake(
            "square of the mean",
            lambda predicted, measured: np.mean(predicted - measured) ** 2,
            "You took the mean first and then the square. Errors of opposite sign "
            "cancel before they are squared: with errors of {differences} that gives "
            "{got_error}.",
            "means",
            numbers=lambda predicted, measured: {"differences": predicted - measured},
        ),
        Mistake(
            "sum instead of mean",
            lambda predicted, measured: np.sum((predicted - measured) ** 2),
            "That is the sum of the squares: over {count} values it is {count} times "
            "too large, and more data would make every model look worse.",
            "means",
            numbers=lambda predicted, measured: {"count": len(measured)},
        ),
        Mistake(
            "no square",
            lambda predicted, measured: np.mean(predicted - measured),
            "Nothing is squared, so errors of opposite sign cancel. A result of "
            "{got_error} may stand for a perfect model or for a terrible one.",
            "means",
        ),
        Mistake(
            "absolute values",
            lambda predicted, measured: np.mean(np.abs(predicted - measured)),
            "That is the mean of the absolute errors. It is a loss too, but this one "
            "squares them, so that an error of 2 counts four times as much as one of "
            "1.",
            "means",
        ),
        Mistake(
            "root",
            lambda predicted, measured: np.sqrt(np.mean((predicted - measured) ** 2)),
            "You took the root at the end: that is the root mean square. The mean "
            "squared error stops one operation earlier.",
            "means",
        ),
        Mistake(
            "half",
            lambda predicted, measured: np.mean((predicted - measured) ** 2) / 2,
            "Yours is half as large. Some books define the loss with a factor of one "
            "half to save a 2 in the derivative; this course does not.",
            "means",
        ),
        Mistake(
            "an array",
            lambda predicted, measured: (predicted - measured) ** 2,
            "You returned one square for each value, an array of {count} numbers. The "
            "mean of them is still missing.",
            "shapes",
            numbers=lambda predicted, measured: {"count": len(measured)},
        ),
        Mistake(
            "squares taken apart",
            lambda predicted, measured: np.mean(predicted**2) - np.mean(measured**2),
            "You squared both arrays and then subtracted. The square of a difference "
            "is not the difference of the squares.",
            "means",
        ),
        Mistake(
            "brackets",
            lambda predicted, measured: np.mean(predicted - measured**2),
            "Python takes the power before it subtracts, so only the measured values "
            "were squared. Put the difference into brackets.",
            "means",
        ),
        Mistake(
            "doubled",
            lambda predicted, measured: np.mean((predicted - measured) * 2),
            "You doubled the errors. Two stars, `**`, make a power; one star "
            "multiplies.",
            "means",
        ),
        Mistake(
            "variance",
            lambda predicted, measured: np.var(predicted - measured),
            "That is the variance of the errors: it takes their mean away first, so a "
            "model that is always wrong by the same amount would seem perfect.",
            "means",
        ),
        Mistake(
            "length",
            (
                lambda predicted, measured: np.linalg.norm(predicted - measured),
                lambda predicted, measured: (
                    np.linalg.norm(predicted - measured) / len(measured)
                ),
            ),
            "A norm takes the root of the sum of the squares. The mean squared error "
            "has no root in it.",
            "means",
        ),
        Mistake(
            "only the first",
            _only_first,
            "Only the first error counts in yours, {first}. Does the `return` stand "
            "inside the loop, and end it in its first round?",
            "means",
            numbers=lambda predicted, measured: {"first": predicted[0] - measured[0]},
        ),
        Mistake(
            "only the last",
            _only_last,
            "Only the last error counts in yours, {last}: each round of the loop "
            "begins the total anew, where it should add to it.",
            "means",
            numbers=lambda predicted, measured: {"last": predicted[-1] - measured[-1]},
        ),
    ),
    also_right={
        "a loop": _by_hand,
        "dot product": lambda predicted, measured: (
            (measured - predicted) @ (measured - predicted) / len(measured)
        ),
        "np.average": lambda predicted, measured: float(
            np.average(np.square(np.subtract(predicted, measured)))
        ),
    },
    hints=(
        "Three things happen: a difference, a square, a mean. In which order?",
        "The mean of (predicted - measured)**2, over all values.",
        "Fill the blanks:\n\n    return np.____((____ - ____) ** 2)",
    ),
    explanation=(
        "The difference gives one error for each value, the square makes each of them "
        "positive, and the mean turns them into one number that does not grow with the "
        "amount of data."
    ),
)

EXERCISES = (MEAN_SQUARED_ERROR,)
