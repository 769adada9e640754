"""The exercises of chapter 07, backpropagation."""

# Answers are written as learners write them, without types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from gdcourse import data
from gdcourse.exercises.outcome import Odd
from gdcourse.exercises.schema import Chapter, Exercise, Mistake
from gdcourse.network import layer_statistics, mlp
from gdcourse.optimizers import adam
from gdcourse.training import train

Inputs = Iterator[tuple[Any, ...]]

CHAPTER = Chapter(
    "07",
    "Backpropagation",
    "07-backpropagation",
    sections={
        "walk-back": "Back through a chain",
        "layer-chain": "Back through a chain",
        "with-batches": "Back through a chain",
        "cross-entropy": "Scores, probabilities, and their loss",
        "first-loss": "Scores, probabilities, and their loss",
        "log-softmax-rule": "Scores, probabilities, and their loss",
        "first-weights": "First weights",
        "thirty-read": "Thirty layers of digits",
        "what-normalisation-does": "Thirty layers of digits",
        "clipping": "Clipping",
        "clipping-claims": "Clipping",
    },
)


# The gradient that was never set to zero ----------------------------------------------


def fit_line(x, y, rate, steps):
    """Return slope and intercept after some updates."""
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b - y
        dw = 2 * np.mean(error * x)
        db = 2 * np.mean(error)
        w, b = w - rate * dw, b - rate * db
    return w, b


def _draw_lines(rng: np.random.Generator) -> Inputs:
    """Yield four points, then data of several sizes; one step and many."""
    x, y = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.5, 2.5, 4.0, 6.0])
    yield x, y, 0.1, 2
    yield x, y, 0.1, 1
    yield x, y, 0.05, 7
    yield x, y, 0.05, 0
    for n, rate, steps in ((6, 0.05, 3), (11, 0.1, 4), (9, 0.02, 20), (20, 0.1, 30)):
        x = rng.normal(0.5, 1, n)
        yield x, 2 * x - 1 + rng.normal(0, 1, n), rate, steps


def _fit(
    keep: Callable[[Any, Any, Any], Any] = lambda old, new, t: new,
    move: Callable[..., Any] = lambda w, b, dw, db, rate: (
        w - rate * dw,
        b - rate * db,
    ),
    apart: bool = False,
    rate_of: Callable[[Any, int], Any] = lambda rate, t: rate,
    start: Callable[..., Any] | None = None,
    total: Callable[[Any], Any] = np.mean,
) -> Callable[..., Any]:
    """Return the right loop with one of its parts exchanged."""

    def answer(x, y, rate, steps):
        w, b, dw, db = 0.0, 0.0, 0.0, 0.0
        for t in range(steps):
            if start:
                w, b = start(w, b)
            error = w * x + b - y
            dw = keep(dw, 2 * total(error * x), t)
            if apart:
                w = w - rate * dw
                error = w * x + b - y
                db = keep(db, 2 * total(error), t)
                b = b - rate * db
                continue
            db = keep(db, 2 * total(error), t)
            w, b = move(w, b, dw, db, rate_of(rate, t))
        return w, b

    return answer


def _fit_with_w_zeroed(x, y, rate, steps):
    w = b = db = 0.0
    for _ in range(steps):
        error = w * x + b - y
        dw, db = 2 * np.mean(error * x), db + 2 * np.mean(error)
        w, b = w - rate * dw, b - rate * db
    return w, b


def _fit_with_b_zeroed(x, y, rate, steps):
    w = b = dw = 0.0
    for _ in range(steps):
        error = w * x + b - y
        dw, db = dw + 2 * np.mean(error * x), 2 * np.mean(error)
        w, b = w - rate * dw, b - rate * db
    return w, b


def _fit_zeroed_before_the_step(x, y, rate, steps):
    return 0.0, 0.0


def _fit_with_one_step_at_the_end(x, y, rate, steps):
    dw = db = 0.0
    for _ in range(steps):
        dw += 2 * np.mean(-y * x)
        db += 2 * np.mean(-y)
    return -rate * dw, -rate * db


def _fit_by_zeroing(x, y, rate, steps):
    w = b = dw = db = 0.0
    for _ in range(steps):
        error = w * x + b - y
        dw += 2 * np.mean(error * x)
        db += 2 * np.mean(error)
        w -= rate * dw
        b -= rate * db
        dw = db = 0.0
    return w, b


def _fit_by_matrices(x, y, rate, steps):
    columns = np.column_stack([x, np.ones(len(x))])
    both = np.zeros(2)
    for _ in range(steps):
        both = both - rate * 2 / len(x) * columns.T @ (columns @ both - y)
    return both


def _fit_by_loops(x, y, rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        dw = db = 0.0
        for one, wanted in zip(x.tolist(), y.tolist(), strict=True):
            dw += 2 * (w * one + b - wanted) * one / len(x)
            db += 2 * (w * one + b - wanted) / len(x)
        w, b = w - rate * dw, b - rate * db
    return w, b


ZEROED = Exercise(
    id="backpropagation.zeroed",
    chapter=CHAPTER,
    title="Find and fix the bug",
    prompt=(
        "fit_line(x, y, rate, steps) should fit y = w*x + b by full-batch gradient "
        "descent on mean((w*x + b - y)**2), from w = b = 0, and return (w, b) after "
        "`steps` updates at the given rate. The code has one mistake, which a famous "
        "course made too. Find it and mend it, and change nothing else."
    ),
    reference=fit_line,
    starter="""
def fit_line(x, y, rate, steps):
    w, b, dw, db = 0.0, 0.0, 0.0, 0.0
    for step in range(steps):
        error = w * x + b - y
        dw += 2 * np.mean(error * x)
        db += 2 * np.mean(error)
        w, b = w - rate * dw, b - rate * db
    return w, b
""",
    returns=("w", "b"),
    draw=_draw_lines,
    mistakes=(
        Mistake(
            "still added up",
            _fit(keep=lambda old, new, t: old + new),
            "Your steps still follow the sum of all slopes since the start. The first "
            "update is right; at the second one the old slope is still in there, so "
            "that the run overshoots and swings.",
            "layer-chain",
        ),
        Mistake(
            "only one set to zero",
            (_fit_with_w_zeroed, _fit_with_b_zeroed),
            "One of the two slopes begins anew at each step, and the other still adds "
            "up what it had before.",
            "layer-chain",
        ),
        Mistake(
            "zeroed before the step",
            _fit_zeroed_before_the_step,
            "Nothing moves. The slopes are set to zero after they were computed and "
            "before they are used: the order is compute, step, zero.",
            "layer-chain",
        ),
        Mistake(
            "mean of the slopes so far",
            (
                _fit(keep=lambda old, new, t: (old * t + new) / (t + 1)),
                _fit(
                    keep=lambda old, new, t: old + new,
                    rate_of=lambda rate, t: rate / (t + 1),
                ),
            ),
            "You divide what has been added up by the number of steps. Slopes from "
            "places that were left long ago still take part: only the one at the "
            "present point counts.",
            "layer-chain",
        ),
        Mistake(
            "a smaller rate",
            (
                _fit(keep=lambda old, new, t: old + new, rate_of=lambda r, t: r / 10),
                _fit(keep=lambda old, new, t: old + new, rate_of=lambda r, t: r / 2),
                _fit(keep=lambda old, new, t: old + new, rate_of=lambda r, t: r / 100),
            ),
            "You changed the rate. That is what the famous course recommended, and "
            "the swings only become slower: the rate was not the mistake.",
            "layer-chain",
        ),
        Mistake(
            "one after the other",
            _fit(apart=True),
            "The slopes are fresh now. But w moves before the slope of b is taken, so "
            "the two belong to different lines: compute both, then move both.",
            "walk-back",
        ),
        Mistake(
            "uphill",
            _fit(move=lambda w, b, dw, db, rate: (w + rate * dw, b + rate * db)),
            "The slopes are fresh now, and you walk up: the loss grows with every "
            "step.",
            "walk-back",
        ),
        Mistake(
            "factor 2 missing",
            _fit(
                move=lambda w, b, dw, db, rate: (w - rate * dw / 2, b - rate * db / 2)
            ),
            "The slopes are fresh now, but your steps are half as long as those of the "
            "mean squared error: the square brings down a factor.",
            "walk-back",
        ),
        Mistake(
            "only one step",
            _fit(start=lambda w, b: (0.0, 0.0)),
            "That is where one step leads, however many are asked. Either `return` "
            "stands inside the loop, or w and b are set back to 0 in it: what has to "
            "begin anew are the slopes, not the parameters.",
            "layer-chain",
        ),
        Mistake(
            "one step too few",
            lambda x, y, rate, steps: fit_line(x, y, rate, steps - 1),
            "These are the values one update earlier. The loop has to run `steps` "
            "times, and return what the last update made.",
            "walk-back",
        ),
        Mistake(
            "one step at the end",
            _fit_with_one_step_at_the_end,
            "w and b move only once, after the loop, with all that was added up on the "
            "spot. The update belongs into the loop.",
            "walk-back",
        ),
        Mistake(
            "sum instead of mean",
            (
                _fit(total=np.sum),
                _fit(total=np.sum, keep=lambda old, new, t: old + new),
            ),
            "You exchanged the mean for a sum: the steps are as many times too long as "
            "there are samples. That was not the mistake.",
            "layer-chain",
        ),
        Mistake(
            "old slopes fade",
            (
                _fit(keep=lambda old, new, t: 0.9 * old + new),
                _fit(keep=lambda old, new, t: 0.5 * old + new),
                _fit(keep=lambda old, new, t: 0.9 * old + 0.1 * new),
            ),
            "Old slopes fade away instead of being gone. That is momentum, a method "
            "with a chapter of its own. Plain descent uses the present slope only.",
            "layer-chain",
        ),
    ),
    also_right={
        "set to zero after the step": _fit_by_zeroing,
        "matrices": _fit_by_matrices,
        "loops over the samples": _fit_by_loops,
        "other parts, the same loop": _fit(),
    },
    hints=(
        "Go through the second step by hand. Which numbers are left over from the "
        "first?",
        "A slope belongs to the point where it was taken. After a step it is stale.",
        "Fill the blanks:\n\n        dw ____ 2 * np.mean(error * x)\n"
        "        db ____ 2 * np.mean(error)",
    ),
    explanation=(
        "`+=` adds to what was there, and what was there is the slope of the step "
        "before. Either assign, or set both to zero before each walk back, as "
        "`optimizer.zero_grad()` does. With stale slopes the run behaves like a ball "
        "without friction: it falls, overshoots, and comes back."
    ),
    when_right=(
        "In the famous notebook the same mend, at the same rate, makes the loss fall "
        "all the way."
    ),
)


# Two layers, back ---------------------------------------------------------------------


def two_layer(x, y, W1, b1, W2, b2):
    """Return the four gradients of two layers."""
    h = np.tanh(x @ W1 + b1)
    out = h @ W2 + b2
    d_out = 2 * (out - y) / out.size
    dW2 = h.T @ d_out
    db2 = d_out.sum(axis=0)
    d_z = d_out @ W2.T * (1 - h**2)
    dW1 = x.T @ d_z
    db1 = d_z.sum(axis=0)
    return dW1, db1, dW2, db2


def _draw_layers(rng: np.random.Generator) -> Inputs:
    """Yield one sample, a few and many, with widths that all differ or are equal."""
    one = np.array([[1.0]])
    yield one, 2 * one, 0.5 * one, np.zeros(1), 3 * one, np.array([0.5])
    sizes = ((3, 2, 4, 3), (5, 3, 3, 3), (1, 2, 3, 2), (8, 4, 6, 1), (6, 1, 5, 2))
    for n, inputs, hidden, outputs in sizes:
        yield (
            rng.normal(0, 1, (n, inputs)),
            rng.normal(0, 2, (n, outputs)),
            rng.normal(0, 1, (inputs, hidden)),
            rng.normal(0, 1, hidden),
            rng.normal(0, 1, (hidden, outputs)),
            rng.normal(0, 1, outputs),
        )


def _layers(
    first: Callable[..., Any] = lambda out, y: 2 * (out - y) / out.size,
    bend: Callable[..., Any] = lambda z, h: 1 - h**2,
    row: Callable[[Any], Any] = lambda d: d.sum(axis=0),
    into: Callable[..., Any] = lambda z, h: h,
    back: Callable[..., Any] = lambda d, W2: d @ W2.T,
) -> Callable[..., Any]:
    """Return the right walk with one of its parts exchanged."""

    def answer(x, y, W1, b1, W2, b2):
        z = x @ W1 + b1
        h = np.tanh(z)
        d = first(h @ W2 + b2, y)
        d_z = back(d, W2) * bend(z, h)
        return x.T @ d_z, row(d_z), into(z, h).T @ d, row(d)

    return answer


def _layers_without_first_bias(x, y, W1, b1, W2, b2):
    return two_layer(x, y, W1, 0 * b1, W2, b2)


def _layers_moved_first(x, y, W1, b1, W2, b2):
    h = np.tanh(x @ W1 + b1)
    d = 2 * (h @ W2 + b2 - y) / y.size
    dW2 = h.T @ d
    d_z = d @ (W2 - dW2).T * (1 - h**2)
    return x.T @ d_z, d_z.sum(axis=0), dW2, d.sum(axis=0)


def _layers_by_samples(x, y, W1, b1, W2, b2):
    total = [0.0, 0.0, 0.0, 0.0]
    for one, wanted in zip(x, y, strict=True):
        h = np.tanh(one @ W1 + b1)
        d = 2 * (h @ W2 + b2 - wanted) / y.size
        d_z = (W2 @ d) * (1 - h * h)
        parts = (np.outer(one, d_z), d_z, np.outer(h, d), d)
        total = [sum_ + part for sum_, part in zip(total, parts, strict=True)]
    return tuple(total)


def _layers_by_sums(x, y, W1, b1, W2, b2):
    z = x @ W1 + b1
    d = 2 * (np.tanh(z) @ W2 + b2 - y) / y.size
    d_z = np.einsum("nk,hk->nh", d, W2) / np.cosh(z) ** 2
    return {
        "dW1": np.einsum("ni,nh->ih", x, d_z),
        "db1": np.ones(len(x)) @ d_z,
        "dW2": np.einsum("nh,nk->hk", np.tanh(z), d),
        "db2": np.ones(len(x)) @ d,
    }


def _layers_by_differences(x, y, W1, b1, W2, b2):
    def loss(*p):
        return np.mean((np.tanh(x @ p[0] + p[1]) @ p[2] + p[3] - y) ** 2)

    given, found = (W1, b1, W2, b2), []
    for k, part in enumerate(given):
        slopes = np.zeros(part.shape)
        for i in np.ndindex(part.shape):
            ends = []
            for h in (1e-5, -1e-5):
                moved = part.copy()
                moved[i] += h
                ends.append(loss(*given[:k], moved, *given[k + 1 :]))
            slopes[i] = (ends[0] - ends[1]) / 2e-5
        found.append(slopes)
    return found


TWO_LAYER = Exercise(
    id="backpropagation.two-layer",
    chapter=CHAPTER,
    title="Two layers, forwards and back",
    prompt=(
        "Write two_layer(x, y, W1, b1, W2, b2): with out = tanh(x @ W1 + b1) @ W2 + b2 "
        "and the loss np.mean((out - y)**2) over all numbers of out, return its "
        "gradients (dW1, db1, dW2, db2), each in the shape of what it belongs to. x "
        "has shape (N, inputs), y (N, outputs)."
    ),
    reference=two_layer,
    starter="""
def two_layer(x, y, W1, b1, W2, b2):
    h = np.tanh(x @ W1 + b1)
    out = h @ W2 + b2
    ...
    return dW1, db1, dW2, db2
""",
    returns=("dW1", "db1", "dW2", "db2"),
    draw=_draw_layers,
    mistakes=(
        Mistake(
            "bend left out",
            _layers(bend=lambda z, h: 1.0),
            "The second layer is right. On the way into the first one the slope of "
            "tanh is missing, as if the units did not bend at all.",
            "walk-back",
        ),
        Mistake(
            "slope of the bend at the wrong place",
            (
                _layers(bend=lambda z, h: 1 - np.tanh(h) ** 2),
                _layers(bend=lambda z, h: 1 - z**2),
                _layers(bend=lambda z, h: 1 - h),
            ),
            "The second layer is right. In the first the slope of tanh is wrong: it is "
            "1 - tanh(z)**2, and tanh(z) is what you have called h.",
            "walk-back",
        ),
        Mistake(
            "slope of the sigmoid",
            _layers(bend=lambda z, h: h * (1 - h)),
            "h * (1 - h) is the slope of a sigmoid. These units are tanh.",
            "walk-back",
        ),
        Mistake(
            "bend at the output",
            _layers(first=lambda out, y: 2 * (out - y) / out.size * (1 - out**2)),
            "You take the slope of tanh at the output too. Only the hidden units bend: "
            "the second layer adds up, and no more.",
            "layer-chain",
        ),
        Mistake(
            "divided by the samples",
            _layers(first=lambda out, y: 2 * (out - y) / len(y)),
            "With one output you are right. The mean runs over all numbers of out, "
            "and you divide by the {samples} samples only.",
            "with-batches",
            numbers=lambda x, y, W1, b1, W2, b2: {"samples": len(x)},
        ),
        Mistake(
            "not divided",
            _layers(first=lambda out, y: 2 * (out - y)),
            "Yours are the slopes of the sum of the squares: {numbers} times those of "
            "the mean.",
            "with-batches",
            numbers=lambda x, y, W1, b1, W2, b2: {"numbers": y.size},
        ),
        Mistake(
            "factor 2 missing",
            (
                _layers(first=lambda out, y: (out - y) / out.size),
                _layers(first=lambda out, y: (out - y) / len(y)),
                _layers(first=lambda out, y: out - y),
            ),
            "The square brings down a factor 2, which is missing in all four. (Half "
            "the sum of squares, as in some texts, would not have it. This loss is a "
            "mean over all numbers of out.)",
            "walk-back",
        ),
        Mistake(
            "sign",
            _layers(first=lambda out, y: 2 * (y - out) / out.size),
            "All four have the wrong sign: the error is what the network says minus "
            "what it should say.",
            "walk-back",
        ),
        Mistake(
            "mean for the biases",
            _layers(row=lambda d: d.mean(axis=0)),
            "The weights are right. For the biases you take a mean over the samples. "
            "The division by their number is already in the slope that comes in: a "
            "bias is used by every sample, and slopes of several uses add up.",
            "with-batches",
        ),
        Mistake(
            "biases not added up",
            _layers(row=lambda d: d),
            "The weights are right. Your db1 and db2 have a row for each sample. A "
            "bias is used by every sample, and slopes of several uses add up.",
            "with-batches",
        ),
        Mistake(
            "layers in the wrong order",
            lambda *given: two_layer(*given)[2:] + two_layer(*given)[:2],
            "These look like the right arrays in the wrong order: the gradients of the "
            "first layer come first.",
            "layer-chain",
        ),
        Mistake(
            "before the bend",
            _layers(into=lambda z, h: z),
            "For dW2 you take what the units added up. The second layer gets what "
            "comes out of the bend.",
            "layer-chain",
        ),
        Mistake(
            "first bias left out",
            _layers_without_first_bias,
            "You forgot b1 on the way forward, so all slopes belong to another "
            "network.",
            "layer-chain",
        ),
        Mistake(
            "through weights already moved",
            _layers_moved_first,
            "Your walk goes back through weights that have been updated on the way. "
            "All gradients first, then the updates.",
            "layer-chain",
        ),
        Mistake(
            "nothing but the error handed on",
            _layers(back=lambda d, W2: d.sum(axis=1, keepdims=True)),
            "The second layer is right. But each hidden unit gets the whole error "
            "back, whatever its weight into the output is.",
            "with-batches",
        ),
    ),
    also_right={
        "sample by sample": _layers_by_samples,
        "sums over named axes": _layers_by_sums,
        "differences": _layers_by_differences,
        "other parts, the same walk": _layers(),
    },
    hints=(
        "Begin at the loss: what is its slope by one number of out? Then go back layer "
        "by layer, and check each result against the shape of what it belongs to.",
        "The slope by out is twice the error over the number of errors. A layer turns "
        "the slope D of its output into three: input transposed times D, D summed over "
        "the rows, D times weights transposed. Between the layers multiply by the "
        "slope of tanh, number by number.",
        "Fill the blanks:\n\n    d_out = 2 * ____ / ____\n    dW2 = ____.T @ d_out\n"
        "    db2 = d_out.sum(axis=____)\n    d_z = (d_out @ ____) * (1 - ____**2)\n"
        "    dW1 = ____.T @ d_z\n    db1 = ____",
    ),
    explanation=(
        "Five lines for the walk, in the opposite order of the five on the way "
        "forward. The slope by out is computed once and used for dW2, for db2 and for "
        "what is handed on. The bend acts on each number by itself, so its slope is "
        "multiplied number by number, and because tanh' is 1 - tanh**2 it can be read "
        "off from h, which the way forward has kept."
    ),
    when_right="Central differences of the loss agree with all four arrays.",
)


# The gradient of the cross-entropy ----------------------------------------------------


def cross_entropy_gradient(scores, labels):
    """Return the gradient by the scores."""
    rows = np.arange(len(labels))
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    gradient = e / e.sum(axis=1, keepdims=True)
    gradient[rows, labels] -= 1
    return gradient / len(labels)


def _draw_scores(rng: np.random.Generator) -> Inputs:
    """Yield small scores, equal ones, single samples, square batches, huge scores."""
    yield np.array([[2.0, 1.0, 0.0]]), np.array([0])
    yield np.array([[2.0, 1.0, 0.0], [0.0, 0.0, 0.0]]), np.array([2, 1])
    yield np.array([[1.0, -1.0], [0.5, 2.0], [3.0, 0.0]]), np.array([0, 0, 1])
    yield np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 0.5], [2.0, 0.0, 1.0]]), np.arange(3)
    for n, classes in ((5, 3), (4, 4), (8, 10), (1, 5)):
        yield rng.normal(0, 2, (n, classes)), rng.integers(classes, size=n)
    yield np.array([[1000.0, 998.0, 0.0], [-900.0, -900.0, -901.0]]), np.array([1, 2])


def _softmax(scores: Any, axis: Any = 1) -> Any:
    e = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _one_hot(scores: Any, labels: Any) -> Any:
    return np.eye(scores.shape[1])[labels]


def _entropy(
    p_of: Callable[[Any], Any] = _softmax,
    slope: Callable[..., Any] = lambda p, hot: p - hot,
    over: Callable[[Any], Any] = len,
) -> Callable[..., Any]:
    """Return the right gradient with one of its parts exchanged."""

    def answer(scores, labels):
        return slope(p_of(scores), _one_hot(scores, labels)) / over(scores)

    return answer


def _naive_softmax(scores: Any) -> Any:
    e = np.exp(scores)
    return e / e.sum(axis=1, keepdims=True)


def _entropy_by_loops(scores, labels):
    gradient = np.zeros(scores.shape)
    for i, label in enumerate(labels):
        for k in range(scores.shape[1]):
            total = np.sum(np.exp(scores[i] - scores[i, k]))
            gradient[i, k] = (1 / total - (k == label)) / len(labels)
    return gradient


def _entropy_by_jacobian(scores, labels):
    found = []
    for p, label in zip(_softmax(scores), labels, strict=True):
        jacobian = np.diag(p) - np.outer(p, p)
        by_p = np.zeros(len(p))
        by_p[label] = -1 / max(p[label], 1e-300)
        found.append(jacobian @ by_p / len(labels))
    return found


ENTROPY = Exercise(
    id="backpropagation.cross-entropy",
    chapter=CHAPTER,
    title="The gradient of the cross-entropy",
    prompt=(
        "Write cross_entropy_gradient(scores, labels): the loss is the mean over the "
        "samples of -log(p_right), where p is the softmax of a sample's scores. Return "
        "its gradient by the scores, an array of their shape (N, classes). labels "
        "holds N whole numbers. Scores can be as large as 1000."
    ),
    reference=cross_entropy_gradient,
    starter="""
def cross_entropy_gradient(scores, labels):
    ...
    return ...
""",
    returns=("gradient",),
    draw=_draw_scores,
    mistakes=(
        Mistake(
            "not divided by the samples",
            _entropy(over=lambda scores: 1),
            "With one sample you are right. With {n} of them yours is the gradient of "
            "the sum of their losses, not of the mean.",
            "first-loss",
            numbers=lambda scores, labels: {"n": len(scores)},
        ),
        Mistake(
            "divided by all numbers",
            _entropy(over=np.size),
            "You divide by the number of scores. The mean runs over the samples, each "
            "of which has one loss, however many classes there are.",
            "first-loss",
        ),
        Mistake(
            "right class not taken off",
            _entropy(slope=lambda p, hot: p),
            "These are the probabilities alone, all of them positive: every score "
            "would be pushed down, the right one too. They should add up to 0 for "
            "each sample.",
            "first-loss",
        ),
        Mistake(
            "right classes of all samples",
            _entropy(slope=lambda p, hot: p - hot.any(axis=0)),
            "In a batch you take 1 off in every row for the labels of all samples: "
            "p[:, labels] means all rows. Each row has one right class: pair the row "
            "numbers with the labels.",
            "first-loss",
        ),
        Mistake(
            "label taken for a number",
            lambda scores, labels: (_softmax(scores) - labels[:, None]) / len(labels),
            "You subtract the label itself. Class 7 is a name, not an amount: take 1 "
            "off at the place of the right class, and 0 elsewhere.",
            "first-loss",
        ),
        Mistake(
            "sign",
            _entropy(slope=lambda p, hot: hot - p),
            "All signs are turned. A step against this gradient would lower the score "
            "of the right class.",
            "first-loss",
        ),
        Mistake(
            "set to -1",
            lambda scores, labels: (
                np.where(_one_hot(scores, labels) == 1, -1, _softmax(scores))
                / len(labels)
            ),
            "At the right class stands -1, whatever its probability was. Take 1 off "
            "there, `-= 1`: what remains is the probability that it lacks.",
            "first-loss",
        ),
        Mistake(
            "no softmax",
            _entropy(lambda scores: scores),
            "You take 1 off the scores themselves. Turn them into probabilities first, "
            "with the softmax.",
            "cross-entropy",
        ),
        Mistake(
            "sigmoid for softmax",
            _entropy(lambda scores: 1 / (1 + np.exp(-scores))),
            "You bend each score by itself, with a sigmoid. The softmax divides by the "
            "sum over the row, so that its probabilities add up to 1.",
            "cross-entropy",
        ),
        Mistake(
            "softmax over the samples",
            _entropy(lambda scores: _softmax(scores, axis=0)),
            "Your probabilities add up to 1 down the columns, over the samples. Each "
            "sample, each row, has probabilities of its own.",
            "cross-entropy",
        ),
        Mistake(
            "softmax over everything",
            _entropy(lambda scores: _softmax(scores, axis=None)),
            "All your probabilities together add up to 1. Each row should.",
            "cross-entropy",
        ),
        Mistake(
            "overflow",
            _entropy(_naive_softmax),
            "For ordinary scores you are right. Here exp overflows, or all of its "
            "values are rounded to 0. Softmax stays the same if one number is taken "
            "off all scores of a sample.",
            "log-softmax-rule",
        ),
        Mistake(
            "one maximum for all samples",
            _entropy(lambda scores: _naive_softmax(scores - scores.max())),
            "For ordinary scores you are right. You take the largest score of the "
            "whole batch off, so a sample whose scores lie far below it is rounded to "
            "0/0: each row needs its own maximum.",
            "log-softmax-rule",
        ),
        Mistake(
            "slope by the probability",
            _entropy(slope=lambda p, hot: -hot / np.maximum(p, 1e-300)),
            "That is the slope by the probability p. Go one step further back, through "
            "the softmax, to the scores: all classes get a slope then.",
            "first-loss",
        ),
        Mistake(
            "only the diagonal of softmax",
            _entropy(slope=lambda p, hot: -hot * (1 - p)),
            "The right class comes out right, and the others get 0. Each probability "
            "depends on all scores, because all stand in the sum below the line.",
            "first-loss",
        ),
        Mistake(
            "slope of the squared error",
            (
                _entropy(slope=lambda p, hot: (p - hot) * p * (1 - p)),
                _entropy(slope=lambda p, hot: 2 * (p - hot)),
            ),
            "That looks like the slope of a squared error. The logarithm of the "
            "cross-entropy leaves neither p * (1 - p) nor a factor 2.",
            "first-loss",
        ),
        Mistake(
            "mean over the batch",
            _entropy(
                slope=lambda p, hot: (p - hot).sum(axis=0),
                over=lambda scores: len(scores),
            ),
            "That is one row for the whole batch. Each sample has scores of its own, "
            "so the gradient has a row for each; only the weights before them add up.",
            "first-loss",
        ),
    ),
    also_right={
        "loops": _entropy_by_loops,
        "through the matrix of softmax": _entropy_by_jacobian,
        "one-hot rows": _entropy(),
    },
    hints=(
        "What must each row of the gradient add up to, and which of its numbers is "
        "negative?",
        "For one sample: probability minus 1 at the right class, probability minus 0 "
        "elsewhere. Then think of the mean, and of exp(1000).",
        "Fill the blanks:\n\n    e = np.exp(scores - scores.max(axis=____, "
        "keepdims=True))\n    p = e / ____\n    p[np.arange(len(labels)), labels] -= "
        "____\n    return p / ____",
    ),
    explanation=(
        "The loss of a sample is log(sum(exp(z))) minus the right score. The first "
        "part has the softmax for its slope, the second takes 1 off at the right "
        "class.\n\nThe maximum of each row is taken off before the exponential, which "
        "changes no probability and keeps every exponent at 0 or below. The mean over "
        "the batch divides by the number of samples."
    ),
    when_right="Each row adds up to 0, as it must.",
)


# Thirty layers of digits --------------------------------------------------------------

GOAL = 0.5


def deep_network(widths):
    """Return a network that learns although it is deep."""
    return mlp(
        widths,
        activation="relu",
        initialiser="he",
        batch_norm=True,
        residual=True,
    )


@cache
def _digits() -> tuple[data.Samples, data.Samples]:
    images, labels = data.digits()
    seen, held = data.split(images / 16, labels, 0.25, np.random.default_rng(0))
    return seen, held


def _draw_widths(rng: np.random.Generator) -> Inputs:
    """Yield the one shape that is trained."""
    yield ([64] + [32] * 29 + [10],)


def _trained(widths: Any, network: Any) -> tuple[float, float]:
    """Train the network on the digits; return what it has reached, up to the goal.

    The second number is how much longer the slope is at the first layer than at the
    last but one, before training, as a power of ten.
    """
    if not hasattr(network, "layers") or not hasattr(network, "shapes"):
        name = type(network).__name__
        raise Odd(f"you return no network but a thing of type {name}.")
    depth = sum(name.endswith("weights") for name in network.shapes)
    if depth != len(widths) - 1:
        raise Odd(
            f"you return a network with {depth} layer(s) of weights, where the widths "
            f"ask for {len(widths) - 1}: pass `widths` on as they are."
        )
    (seen, held), at = _digits(), network.init(np.random.default_rng(0))
    sizes = layer_statistics(
        network, at, seen.x[:256], seen.y[:256], np.random.default_rng(0)
    )
    norms = [max(layer.gradient_norm, 1e-300) for layer in sizes.values()]
    rng = np.random.default_rng(1)
    run = train(network, at, *seen, adam(0.003), 3, 32, rng, validation=held)
    accuracy = float(run.accuracy[-1]) if run.epochs else 0.0
    return min(accuracy, GOAL), float(np.log10(norms[0] / norms[-2]))


def _with(**settings: Any) -> Callable[..., Any]:
    """Return the network with these settings."""

    def answer(widths):
        return mlp(widths, **settings)

    return answer


def _shy(gain: float) -> Callable[..., Any]:
    def draw(rng, n, m):
        return rng.normal(size=(n, m)) * np.sqrt(gain / n / 30)

    return draw


def _like_vanished(inputs: Mapping[str, Any], got: Any, right: Any) -> bool:
    return bool(float(got[1]) < -3)


def _like_exploded(inputs: Mapping[str, Any], got: Any, right: Any) -> bool:
    return bool(float(got[1]) > 2)


def _like_slow(inputs: Mapping[str, Any], got: Any, right: Any) -> bool:
    return bool(-3 <= float(got[1]) <= 2 and float(got[0]) < GOAL)


DEEP = Exercise(
    id="backpropagation.deep",
    chapter=CHAPTER,
    title="Thirty layers of digits",
    prompt=(
        "Write deep_network(widths): return mlp(widths, …), or another network of "
        "these widths, with an activation, first weights, normalisation and residual "
        "connections of your choice. The check draws its first weights, trains it on "
        "the digits with Adam at the rate 0.003 for three epochs of batches of 32, "
        "and asks for 50 % right answers on digits that it has not seen."
    ),
    reference=deep_network,
    starter="""
def deep_network(widths):
    return mlp(widths, activation=..., initialiser=...)
""",
    returns=("accuracy", "ratio"),
    draw=_draw_widths,
    measure=_trained,
    margin=lambda widths: (0.0, 1e3),  # the accuracy is capped at the goal
    seconds=5.0,
    mistakes=(
        Mistake(
            "all units equal",
            (_with(initialiser="zero"), _with(initialiser="constant")),
            "Your first weights are all the same, so all units of a layer do the same "
            "and get the same slope, for ever. Draw them at random.",
            "first-weights",
        ),
        Mistake(
            "normalised, no way past",
            _with(batch_norm=True),
            "The signal has size 1 in every layer, as it should. Going back, each "
            "normalised layer makes the slope longer, and at the first layer it has "
            "become hundreds of times as long as at the last. It needs a way past.",
            "thirty-read",
        ),
        Mistake(
            "doubled in every block",
            _with(residual=True),
            "Each block adds something as large as what it got, so the signal swells "
            "from block to block. Normalise inside the blocks, or let them begin "
            "small.",
            "what-normalisation-does",
        ),
        Mistake(
            "vanishing",
            (
                _with(activation="sigmoid", initialiser="xavier"),
                _with(initialiser="lecun"),
                _with(initialiser="small_normal"),
            ),
            "Before the first update the slope at the first layer is less than a "
            "thousandth of that at the last. Look at the bend and at the size of the "
            "first weights: which factor does each layer multiply by?",
            "first-weights",
            like=_like_vanished,
        ),
        Mistake(
            "exploding",
            (
                _with(
                    initialiser=lambda rng, n, m: rng.normal(0, 2.5, (n, m)) / n**0.5
                ),
                _with(batch_norm=True, activation="leaky_relu"),
            ),
            "Before the first update the slope at the first layer is over a hundred "
            "times as long as at the last. Steps that suit the last layers throw the "
            "first ones about.",
            "thirty-read",
            like=_like_exploded,
        ),
        Mistake(
            "alive, and slow",
            (
                _with(),
                _with(activation="tanh", initialiser="xavier"),
            ),
            "The slopes have a sensible length at both ends, so your start is good. In "
            "three epochs it is not enough: what lets the slope go past a layer "
            "unharmed?",
            "thirty-read",
            like=_like_slow,
        ),
    ),
    also_right={
        "small first weights in the blocks": _with(
            residual=True, initialiser=_shy(2.0)
        ),
        "tanh with small blocks": _with(
            activation="tanh", residual=True, initialiser=_shy(1.0)
        ),
        "ELU, normalised": _with(activation="elu", batch_norm=True, residual=True),
    },
    hints=(
        "Read the table of the six recipes: which two of them learn, and what do they "
        "share?",
        "A block that adds its input hands the slope on unharmed. It also adds up, so "
        "something must keep the sum small.",
        "Fill the blanks:\n\n    return mlp(widths, activation=____, "
        "initialiser=____,\n               batch_norm=____, residual=____)",
    ),
    explanation=(
        "Residual connections let the slope pass every layer, and batch normalisation "
        "keeps the sums of the blocks from growing: the two together train thirty "
        "layers in seconds. Without normalisation, blocks whose first weights are "
        "small do as well, since the network then begins close to handing on what it "
        "got. He's weights alone keep the slope alive, but learn more slowly."
    ),
    when_right="Thirty layers, and the first of them learns too.",
)


# Clipping by the global norm ----------------------------------------------------------


def clip(dW, db, limit):
    """Return both arrays, shortened if they are too long."""
    norm = np.sqrt(np.sum(dW**2) + np.sum(db**2))
    if norm <= limit:
        return dW, db
    return dW * limit / norm, db * limit / norm


def _draw_gradients(rng: np.random.Generator) -> Inputs:
    """Yield long, short and exactly long gradients, zeros, and one long array only."""
    yield np.array([[3.0, 0.0], [0.0, 0.0]]), np.array([4.0, 0.0]), 1.0
    yield np.array([[0.3, 0.0], [0.0, 0.1]]), np.array([0.2, -0.1]), 1.0
    yield np.array([[6.0, 0.0]]), np.array([8.0]), 10.0
    yield np.zeros((2, 2)), np.zeros(2), 1.0
    yield np.array([[-2.0, 1.0], [2.0, -4.0]]), np.array([0.1, 0.2]), 2.0
    yield np.array([[0.9, 0.8]]), np.array([0.9]), 1.0
    for n, m, size, limit in (
        (3, 4, 5, 1),
        (4, 2, 1, 0.5),
        (2, 5, 0.1, 5),
        (5, 3, 9, 20),
    ):
        yield rng.normal(0, size, (n, m)), rng.normal(0, size, m), float(limit)


def _norm(dW: Any, db: Any) -> Any:
    return np.sqrt(np.sum(dW**2) + np.sum(db**2))


def _clip(
    norm: Callable[..., Any] = _norm,
    factor: Callable[..., Any] = lambda norm, limit: np.minimum(1, limit / norm),
) -> Callable[..., Any]:
    """Return the right clipping with one of its parts exchanged."""

    def answer(dW, db, limit):
        with np.errstate(all="ignore"):
            scale = factor(norm(dW, db), limit)
        return dW * scale, db * scale

    return answer


def _each_by_itself(norm: Callable[[Any], Any]) -> Callable[..., Any]:
    def answer(dW, db, limit):
        with np.errstate(all="ignore"):
            return tuple(g * np.minimum(1, limit / norm(g)) for g in (dW, db))

    return answer


def _clip_one(dW, db, limit):
    scale = min(1.0, limit / _norm(dW, db)) if _norm(dW, db) else 1.0
    return dW * scale, db


def _clip_flat(dW, db, limit):
    both = np.concatenate([dW.ravel(), db.ravel()])
    length = np.linalg.norm(both)
    if length > limit:
        both = both / length * limit
    return both[: dW.size].reshape(dW.shape), both[dW.size :]


def _clip_by_loop(dW, db, limit):
    total = 0.0
    for number in [*dW.ravel().tolist(), *db.tolist()]:
        total += number * number
    scale = limit / max(total**0.5, limit)
    return {"dW": scale * dW, "db": scale * db}


def _length(dW, db, limit):
    return {"length": _norm(dW, db)}


CLIP = Exercise(
    id="backpropagation.clip",
    chapter=CHAPTER,
    title="Clip by the global norm",
    prompt=(
        "Write clip(dW, db, limit): the gradient of a layer is in two arrays. Return "
        "(dW, db), multiplied by one common factor so that their length together is "
        "`limit` if it was longer, and unchanged if it was not. Do not change the "
        "arrays that you are given."
    ),
    reference=clip,
    starter="""
def clip(dW, db, limit):
    ...
    return ..., ...
""",
    returns=("dW", "db"),
    draw=_draw_gradients,
    mistakes=(
        Mistake(
            "per element",
            lambda dW, db, limit: (
                np.clip(dW, -limit, limit),
                np.clip(db, -limit, limit),
            ),
            "Each number is held between -{limit} and {limit} by itself. That turns "
            "the gradient: large coordinates shrink, and the others stay.",
            "clipping",
        ),
        Mistake(
            "each array by its own norm",
            _each_by_itself(np.linalg.norm),
            "Each array has been measured by itself. Together they may still be too "
            "long, and if one is shortened more than the other the direction turns.",
            "clipping",
        ),
        Mistake(
            "always scaled",
            (
                _clip(factor=lambda norm, limit: limit / norm),
                _clip(
                    factor=lambda norm, limit: limit / norm if norm > 0 else 1.0,
                ),
                _clip(factor=lambda norm, limit: limit / (norm + 1e-6)),
            ),
            "Long gradients come out right. Short ones are stretched to the limit, so "
            "every step has the same length, and near the minimum it never gets "
            "smaller: clipping only shortens.",
            "clipping-claims",
        ),
        Mistake(
            "factor turned over",
            (
                _clip(factor=lambda norm, limit: np.maximum(1, norm / limit)),
                _clip(factor=lambda norm, limit: np.minimum(1, norm / limit)),
                _clip(factor=lambda norm, limit: np.maximum(1, limit / norm)),
            ),
            "Length over limit or limit over length, the smaller or the larger of it "
            "and 1: one of the two is the wrong way round. Try a gradient of length 5 "
            "with the limit 1.",
            "clipping-claims",
        ),
        Mistake(
            "no root",
            _clip(lambda dW, db: np.sum(dW**2) + np.sum(db**2)),
            "You compare the limit with the sum of the squares. The length is its "
            "root.",
            "clipping",
        ),
        Mistake(
            "lengths added up",
            _clip(lambda dW, db: np.linalg.norm(dW) + np.linalg.norm(db)),
            "You add the two lengths. Lengths at right angles add up by their squares: "
            "3 and 4 make 5, not 7.",
            "clipping",
        ),
        Mistake(
            "the longer of the two",
            _clip(lambda dW, db: np.maximum(np.linalg.norm(dW), np.linalg.norm(db))),
            "You measure only the longer array. Together they are longer than either.",
            "clipping",
        ),
        Mistake(
            "only one measured",
            (
                _clip(lambda dW, db: np.linalg.norm(dW)),
                _clip(lambda dW, db: np.linalg.norm(db)),
            ),
            "You measure one of the two arrays and leave the other out of the length.",
            "clipping",
        ),
        Mistake(
            "largest number",
            _clip(lambda dW, db: np.maximum(np.abs(dW).max(), np.abs(db).max())),
            "You measure by the largest number. The direction stays, but the length "
            "may still be above the limit.",
            "clipping",
        ),
        Mistake(
            "sum of the sizes",
            _clip(lambda dW, db: np.abs(dW).sum() + np.abs(db).sum()),
            "You add up the sizes of all numbers. The length is the root of the sum of "
            "their squares.",
            "clipping",
        ),
        Mistake(
            "mean square",
            _clip(
                lambda dW, db: np.sqrt(
                    (np.sum(dW**2) + np.sum(db**2)) / (dW.size + db.size)
                )
            ),
            "You take a root mean square. A length is not divided by the number of "
            "coordinates.",
            "clipping",
        ),
        Mistake(
            "largest stretch of the matrix",
            _clip(lambda dW, db: np.sqrt(np.linalg.norm(dW, 2) ** 2 + np.sum(db**2))),
            "np.linalg.norm(dW, 2) of a matrix is its largest singular value, not the "
            "length of all its numbers: leave out the 2.",
            "clipping",
        ),
        Mistake(
            "only one shortened",
            _clip_one,
            "The factor is right, and db has not been multiplied by it.",
            "clipping",
        ),
        Mistake(
            "length one",
            (
                _clip(factor=lambda norm, limit: 1 / norm if norm > limit else 1.0),
                _clip(factor=lambda norm, limit: 1 / np.maximum(norm, 1)),
            ),
            "With a limit of 1 you are right. With another one a long gradient comes "
            "out with length 1.",
            "clipping-claims",
        ),
        Mistake(
            "dropped",
            _clip(factor=lambda norm, limit: 0.0 if norm > limit else 1.0),
            "A gradient that is too long is thrown away. Its direction may be fine: "
            "shorten it.",
            "clipping-claims",
        ),
    ),
    also_right={
        "as one long array": _clip_flat,
        "a loop over all numbers": _clip_by_loop,
        "with the minimum": lambda dW, db, limit: (
            _clip()(dW, db, limit) if _norm(dW, db) else (dW, db)
        ),
        "slightly shorter, as PyTorch does": _clip(
            factor=lambda norm, limit: np.minimum(1, limit / (norm + 1e-6))
        ),
    },
    hints=(
        "How long is the gradient, both arrays together? And what should happen to a "
        "short one?",
        "Add the squares of all numbers of both arrays and take the root. Above the "
        "limit, multiply both by the same factor, limit over length.",
        "Fill the blanks:\n\n    norm = np.sqrt(____ + ____)\n"
        "    factor = min(1, ____) if norm > 0 else 1\n"
        "    return ____ * dW, ____ * db",
    ),
    explanation=(
        "One length over all arrays, and one factor for all of them: the direction of "
        "the whole gradient stays, and only its length changes. In a network the sum "
        "runs over every parameter array. Short gradients are left alone, so that near "
        "a minimum the steps can become small."
    ),
    when_right="The direction is the same on every input, as it should be.",
)

EXERCISES = (ZEROED, TWO_LAYER, ENTROPY, DEEP, CLIP)
