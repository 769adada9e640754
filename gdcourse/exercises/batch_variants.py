"""The exercises of chapter 06, batch variants."""

# Answers are written as learners write them, without types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gdcourse.exercises.schema import Chapter, Exercise, Mistake

Inputs = Iterator[tuple[Any, ...]]

CHAPTER = Chapter(
    "06",
    "Batch variants",
    "06-batch-variants",
    sections={
        "by-hand": "One, some, or all",
        "one-pass": "One, some, or all",
        "epoch-counted": "One, some, or all",
        "shuffling-rules": "Shuffling",
        "accumulation-rules": "A large batch in small pieces",
        "patience-rule": "Two curves, and when to stop",
    },
)


# The gradient of a batch --------------------------------------------------------------


def batch_gradient(w, b, x, y, rows):
    """Return the gradient of the loss over some of the samples."""
    batch_x, batch_y = x[rows], y[rows]
    error = w * batch_x + b - batch_y
    dw = 2 * np.mean(error * batch_x)
    db = 2 * np.mean(error)
    return dw, db


def _draw_rows(rng: np.random.Generator) -> Inputs:
    """Yield small batches in and out of order, with repeats, of one sample and all."""
    x, y = np.array([1.0, 2.0, 3.0, 5.0]), np.array([2.0, 4.0, 7.0, 9.0])
    yield 0.5, 0.1, x, y, np.array([2, 0])
    yield 0.5, 0.1, x, y, np.array([3])
    yield 1.0, -1.0, x, y, np.array([1, 1, 3])
    yield 1.0, -1.0, x, y, np.array([3, 2, 1, 0])
    for size in (2, 3, 8, 8):
        x, y = rng.normal(1, 2, 20), rng.normal(3, 4, 20)
        w, b = rng.normal(0, 2, 2)
        yield float(w), float(b), x, y, rng.permutation(20)[:size]
    yield 0.3, 0.7, x, y, rng.integers(20, size=16)


def _on(
    part: Callable[..., Any],
    dw: Callable[..., Any] = lambda e, x: 2 * np.mean(e * x),
    db: Callable[..., Any] = lambda e, x: 2 * np.mean(e),
) -> Callable[..., Any]:
    """Return the gradient over ``part(x, y, rows)``, with other means if given."""

    def answer(w, b, x, y, rows):
        x, y = part(x, y, rows)
        error = w * x + b - y
        return dw(error, x), db(error, x)

    return answer


def _rows(x, y, rows):
    return x[rows], y[rows]


def _gradient_by_loop(w, b, x, y, rows):
    dw = db = 0.0
    for i in rows:
        error = w * x[i] + b - y[i]
        dw, db = dw + 2 * error * x[i], db + 2 * error
    return dw / len(rows), db / len(rows)


def _gradient_over_all_samples(w, b, x, y, rows):
    dw, db = _gradient_by_loop(w, b, x, y, rows)
    return dw * len(rows) / len(x), db * len(rows) / len(x)


def _gradient_by_counts(w, b, x, y, rows):
    share = np.bincount(rows, minlength=len(x)) / len(rows)
    error = w * x + b - y
    return {"dw": 2 * share @ (error * x), "db": 2 * share @ error}


def _count(w, b, x, y, rows):
    return {"count": len(rows), "all": len(x)}


GRADIENT = Exercise(
    id="batch-variants.gradient",
    chapter=CHAPTER,
    title="The gradient of a batch",
    prompt=(
        "Write batch_gradient(w, b, x, y, rows): return (dw, db), the derivatives of "
        "mean((w*x + b - y)**2) where the mean is taken over the batch alone. rows "
        "holds the numbers of its samples, in any order; a number may come twice, and "
        "then its sample counts twice."
    ),
    reference=batch_gradient,
    starter="""
def batch_gradient(w, b, x, y, rows):
    dw = ...
    db = ...
    return dw, db
""",
    returns=("dw", "db"),
    draw=_draw_rows,
    mistakes=(
        Mistake(
            "all samples",
            _on(lambda x, y, rows: (x, y)),
            "That is the gradient over all {all} samples: the rows of the batch are "
            "not used. It is exact, and costs as much as a full pass.",
            "by-hand",
            numbers=_count,
        ),
        Mistake(
            "sum instead of mean",
            _on(_rows, lambda e, x: 2 * np.sum(e * x), lambda e, x: 2 * np.sum(e)),
            "That is a sum over the batch. Double the batch and your step doubles too, "
            "so each batch size would need a learning rate of its own.",
            "by-hand",
        ),
        Mistake(
            "divided by all samples",
            _gradient_over_all_samples,
            "You divide by the {all} samples of the whole data, but only {count} were "
            "added up. The estimate of the full gradient is the mean over the batch.",
            "by-hand",
            numbers=_count,
        ),
        Mistake(
            "first samples",
            _on(lambda x, y, rows: (x[: len(rows)], y[: len(rows)])),
            "You take the first {count} samples, whatever the rows say. Then each "
            "batch of an epoch holds the same samples, and the others are never seen.",
            "by-hand",
            numbers=_count,
        ),
        Mistake(
            "from the first row to the last",
            _on(
                lambda x, y, rows: (
                    x[min(rows) : max(rows) + 1],
                    y[min(rows) : max(rows) + 1],
                )
            ),
            "You take everything between the smallest and the largest row. A shuffled "
            "batch is scattered over the data: index with the array of rows itself.",
            "by-hand",
        ),
        Mistake(
            "repeats dropped",
            _on(lambda x, y, rows: _rows(x, y, np.unique(rows))),
            "With rows that differ you are right. A row that was drawn twice has to "
            "count twice; a set, np.unique or a mask counts it once.",
            "by-hand",
        ),
        Mistake(
            "sorted apart",
            _on(lambda x, y, rows: (x[rows], y[np.sort(rows)])),
            "Each x meets the y of another sample: the two were not taken from the "
            "same rows in the same order.",
            "by-hand",
        ),
        Mistake(
            "factor 2 missing",
            _on(_rows, lambda e, x: np.mean(e * x), lambda e, x: np.mean(e)),
            "Both are half as large as for this loss: the square brings down a factor.",
            "by-hand",
        ),
        Mistake(
            "x outside the mean",
            _on(_rows, lambda e, x: 2 * np.mean(e) * np.mean(x)),
            "Your dw is the mean error times the mean of x. Each error must meet its "
            "own x before the mean is taken.",
            "by-hand",
        ),
        Mistake(
            "no mean",
            _on(_rows, lambda e, x: 2 * e * x, lambda e, x: 2 * e),
            "That is one number for each of the {count} samples of the batch. An "
            "update wants their mean.",
            "by-hand",
            numbers=_count,
        ),
    ),
    also_right={
        "a loop over the rows": _gradient_by_loop,
        "each sample weighted by how often it comes": _gradient_by_counts,
        "dot products": _on(
            _rows, lambda e, x: 2 * e @ x / len(x), lambda e, x: 2 * e.sum() / len(e)
        ),
    },
    hints=(
        "What would the full gradient be if the batch were all the data that there is?",
        "An array of row numbers picks samples: x[rows] and y[rows] are the batch. The "
        "rest is the gradient of the mean squared error over these.",
        "Fill the blanks:\n\n    batch_x, batch_y = x[____], y[____]\n"
        "    error = ____\n    dw = 2 * np.mean(____)\n    db = 2 * np.mean(____)",
    ),
    explanation=(
        "A batch is treated as if it were all the data: the same formula, a mean over "
        "fewer samples. It must be the mean. Then its expected value is the full "
        "gradient whatever the size of the batch, and one learning rate can be "
        "compared across sizes."
    ),
)


# Epochs of shuffled batches -----------------------------------------------------------


def train_line(x, y, size, epochs, rate, seed):
    """Return w after some epochs of shuffled mini-batches."""
    rng = np.random.default_rng(seed)
    w = 0.0
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for first in range(0, len(x), size):
            rows = order[first : first + size]
            error = w * x[rows] - y[rows]
            w = w - rate * 2 * np.mean(error * x[rows])
    return w


def _draw_trainings(rng: np.random.Generator) -> Inputs:
    """Yield data that no w fits exactly, so that every order leaves its mark."""
    x, y = np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([3.0, 3.0, 7.0, 7.0, 12.0])
    yield x, y, 2, 1, 0.02, 1
    yield x, y, 2, 2, 0.02, 1
    yield x, y, 5, 3, 0.01, 0
    yield x, y, 1, 1, 0.02, 3
    for size, epochs in ((3, 2), (4, 3), (7, 2), (8, 4), (5, 1)):
        x = rng.uniform(0.5, 2, 17)
        yield x, 2 * x + rng.normal(0, 1, 17), size, epochs, 0.1, int(rng.integers(99))


def _training(
    order_of: Callable[..., Any] = lambda rng, n, first: rng.permutation(n),
    pairs: Callable[..., Any] = lambda x, y, rows: (x[rows], y[rows]),
    mean: Callable[..., Any] = lambda products, size: np.mean(products),
    ends: Callable[..., Any] = lambda n, size: n,
    start: Callable[..., Any] = lambda w: w,
) -> Callable[..., Any]:
    """Return the right loop with one of its parts exchanged."""

    def answer(x, y, size, epochs, rate, seed):
        rng, w = np.random.default_rng(seed), 0.0
        first_order = np.random.default_rng(seed).permutation(len(x))
        for _ in range(epochs):
            w, order = start(w), order_of(rng, len(x), first_order)
            for first in range(0, ends(len(x), size), size):
                bx, by = pairs(x, y, order[first : first + size])
                w = w - rate * 2 * mean((w * bx - by) * bx, size)
        return w

    return answer


def _train_with_samples_apart(x, y, size, epochs, rate, seed):
    rng, w = np.random.default_rng(seed), 0.0
    for _ in range(epochs):
        xs, ys = rng.permutation(x), rng.permutation(y)
        for i in range(0, len(x), size):
            bx, by = xs[i : i + size], ys[i : i + size]
            w = w - rate * 2 * np.mean((w * bx - by) * bx)
    return w


def _train_with_x_shuffled(x, y, size, epochs, rate, seed):
    rng, w = np.random.default_rng(seed), 0.0
    for _ in range(epochs):
        xs = x[rng.permutation(len(x))]
        for i in range(0, len(x), size):
            bx, by = xs[i : i + size], y[i : i + size]
            w = w - rate * 2 * np.mean((w * bx - by) * bx)
    return w


def _train_in_place(shuffle: Callable[..., Any]) -> Callable[..., Any]:
    """Return training that shuffles the arrays themselves by ``shuffle(rng, x, y)``."""

    def answer(x, y, size, epochs, rate, seed):
        rng, w = np.random.default_rng(seed), 0.0
        for _ in range(epochs):
            shuffle(rng, x, y)
            for i in range(0, len(x), size):
                bx, by = x[i : i + size], y[i : i + size]
                w = w - rate * 2 * np.mean((w * bx - by) * bx)
        return w

    return answer


def _train_on_drawn_batches(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Return training in which each batch is drawn anew by ``draw(rng, n, size)``."""

    def answer(x, y, size, epochs, rate, seed):
        rng, w = np.random.default_rng(seed), 0.0
        for _ in range(epochs):
            for _ in range(0, len(x), size):
                rows = draw(rng, len(x), size)
                w = w - rate * 2 * np.mean((w * x[rows] - y[rows]) * x[rows])
        return w

    return answer


def _train_on_new_orders(x, y, size, epochs, rate, seed):
    rng, w = np.random.default_rng(seed), 0.0
    for _ in range(epochs):
        for i in range(0, len(x), size):
            rows = rng.permutation(len(x))[i : i + size]
            w = w - rate * 2 * np.mean((w * x[rows] - y[rows]) * x[rows])
    return w


def _train_on_shuffled_again(x, y, size, epochs, rate, seed):
    rng, w = np.random.default_rng(seed), 0.0
    for _ in range(epochs):
        order = rng.permutation(len(x))
        x, y = x[order], y[order]
        for i in range(0, len(x), size):
            bx, by = x[i : i + size], y[i : i + size]
            w = w - rate * 2 * np.mean((w * bx - by) * bx)
    return w


def _train_with_one_step_an_epoch(x, y, size, epochs, rate, seed):
    return train_line(x, y, len(x), epochs, rate, seed)


def _train_by_while(x, y, size, epochs, rate, seed):
    rng, w, n = np.random.default_rng(seed), 0.0, len(x)
    while epochs:
        rows = list(rng.permutation(n))
        while rows:
            batch, rows = rows[:size], rows[size:]
            slope = sum(2 * (w * x[i] - y[i]) * x[i] for i in batch) / len(batch)
            w -= rate * slope
        epochs -= 1
    return w


def _train_on_arrays(x, y, size, epochs, rate, seed):
    rng, w = np.random.default_rng(seed), 0.0
    for _ in range(epochs):
        order = np.arange(len(x))
        rng.shuffle(order)
        xs, ys = x[order], y[order]
        for i in range(-(-len(x) // size)):
            bx, by = xs[i * size : (i + 1) * size], ys[i * size : (i + 1) * size]
            w = w - 2 * rate * bx @ (w * bx - by) / len(bx)
    return w


def _left(x, y, size, epochs, rate, seed):
    return {"left": len(x) % size, "count": len(x), "updates": -(-len(x) // size)}


TRAIN = Exercise(
    id="batch-variants.train",
    chapter=CHAPTER,
    title="Epochs of shuffled mini-batches",
    prompt=(
        "Write train_line(x, y, size, epochs, rate, seed): fit y = w*x by mini-batch "
        "descent on mean((w*x - y)**2), from w = 0, and return w. Make one generator "
        "np.random.default_rng(seed). Each epoch draws one order with "
        "rng.permutation(len(x)) and goes through x and y, as they were given, in this "
        "order, in batches of `size`; the last batch holds what is left. One update a "
        "batch."
    ),
    reference=train_line,
    starter="""
def train_line(x, y, size, epochs, rate, seed):
    rng = np.random.default_rng(seed)
    w = 0.0
    for epoch in range(epochs):
        order = ...
        for first in range(0, len(x), size):
            rows = ...
            w = ...
    return w
""",
    returns=("w",),
    draw=_draw_trainings,
    mistakes=(
        Mistake(
            "shuffled apart",
            (
                _train_with_samples_apart,
                _train_in_place(lambda rng, x, y: (rng.shuffle(x), rng.shuffle(y))),
            ),
            "x and y were shuffled by two different orders, so each x is taught the y "
            "of another sample. The loss still falls a little, to that of a line that "
            "knows nothing: draw one order, and use it for both.",
            "shuffling-rules",
        ),
        Mistake(
            "only x shuffled",
            (
                _train_with_x_shuffled,
                _train_in_place(lambda rng, x, y: rng.shuffle(x)),
            ),
            "x was shuffled and y was not, so each x is taught the y of another "
            "sample. Use the same rows for both.",
            "shuffling-rules",
        ),
        Mistake(
            "last batch dropped",
            _training(ends=lambda n, size: n // size * size),
            "What does not fill a batch is left out in every epoch: {left} of {count} "
            "here. An epoch is a pass over all of them, so round the number of batches "
            "up.",
            "epoch-counted",
            numbers=_left,
        ),
        Mistake(
            "same order in every epoch",
            _training(lambda rng, n, first: first),
            "The first epoch is right, and the second takes the same batches again: "
            "your order is drawn once, or the generator is made anew from the seed "
            "inside the loop over epochs.",
            "shuffling-rules",
        ),
        Mistake(
            "not shuffled",
            _training(lambda rng, n, first: np.arange(n)),
            "The samples come in the order in which they were stored. If they are "
            "sorted, by size or by class, each batch sees one kind only.",
            "shuffling-rules",
        ),
        Mistake(
            "new order for each batch",
            (
                _train_on_new_orders,
                _train_on_drawn_batches(lambda rng, n, size: rng.permutation(n)[:size]),
            ),
            "You draw a new order for every batch, so within an epoch some samples "
            "come several times and others never. One order an epoch.",
            "shuffling-rules",
        ),
        Mistake(
            "drawn with replacement",
            (
                _train_on_drawn_batches(
                    lambda rng, n, size: rng.integers(n, size=size)
                ),
                _train_on_drawn_batches(lambda rng, n, size: rng.choice(n, size)),
            ),
            "Each of your batches is drawn from all samples anew. That is a method in "
            "its own right, but then an epoch misses some samples and repeats others; "
            "a pass takes each of the {count} once.",
            "shuffling-rules",
            numbers=_left,
        ),
        Mistake(
            "the shuffled arrays shuffled again",
            _train_on_shuffled_again,
            "From the second epoch on you shuffle what the epoch before had shuffled. "
            "That is just as random, and fine in practice, but it is not the order "
            "that was asked: keep x and y as they were given and index them.",
            "shuffling-rules",
        ),
        Mistake(
            "sum instead of mean",
            _training(mean=lambda products, size: np.sum(products)),
            "You step with the sum over the batch, so your steps grow with the batch. "
            "Take the mean.",
            "one-pass",
        ),
        Mistake(
            "divided by the size asked for",
            _training(mean=lambda products, size: np.sum(products) / size),
            "Full batches come out right. The last one is shorter, and you divide its "
            "sum by {size} all the same: divide by the samples that it really has.",
            "epoch-counted",
        ),
        Mistake(
            "one update an epoch",
            _train_with_one_step_an_epoch,
            "You move once an epoch, with the gradient over all samples. That is full-"
            "batch descent: here an epoch has {updates} batches, and as many updates.",
            "one-pass",
            numbers=_left,
        ),
        Mistake(
            "w begins anew",
            _training(start=lambda w: 0.0),
            "Only your last epoch counts: w goes back to 0 at the start of each. It "
            "has to begin before the loop over epochs.",
            "one-pass",
        ),
        Mistake(
            "no factor 2",
            _training(mean=lambda products, size: np.mean(products) / 2),
            "Your steps are half as long as asked: the square brings down a factor.",
            "one-pass",
        ),
    ),
    also_right={
        "lists and while": _train_by_while,
        "shuffled copies": _train_on_arrays,
        "other parts, the same loop": _training(),
    },
    hints=(
        "Two loops: over epochs, and inside it over batches. Which line belongs to "
        "which loop?",
        "Once an epoch: an order of all rows. Once a batch: the next rows of this "
        "order, the mean gradient over them, an update. A slice that reaches past the "
        "end is simply shorter.",
        "Fill the blanks:\n\n        order = rng.permutation(____)\n"
        "            rows = order[____ : ____]\n"
        "            error = w * x[____] - y[____]\n"
        "            w = w - rate * 2 * np.mean(____)",
    ),
    explanation=(
        "The generator is made once and drawn from once an epoch, so each epoch has an "
        "order of its own and the whole run can be repeated from its seed. x and y are "
        "read through the same rows, so a sample stays together.\n\nThe slice of the "
        "last batch ends where the data end; the mean then divides by what is there."
    ),
)


# Accumulation -------------------------------------------------------------------------


def accumulate(w, x, y, size, k, rate):
    """Return w after one pass with an update every k batches."""
    total, samples, batches = 0.0, 0, 0
    for first in range(0, len(x), size):
        bx, by = x[first : first + size], y[first : first + size]
        total = total + np.sum(2 * (w * bx - by) * bx)
        samples, batches = samples + len(bx), batches + 1
        last = first + size >= len(x)
        if batches == k or last:
            w = w - rate * total / samples
            total, samples, batches = 0.0, 0, 0
    return w


def _draw_accumulations(rng: np.random.Generator) -> Inputs:
    """Yield passes that come out even, and some with leftovers of both kinds."""
    x, y = np.array([1.0, 2.0, 3.0, 4.0]), np.array([3.0, 3.0, 7.0, 7.0])
    yield 0.0, x, y, 2, 2, 0.02
    yield 0.0, x, y, 1, 2, 0.02
    yield 0.0, x, y, 1, 3, 0.02
    yield 1.0, x, y, 3, 2, 0.02
    yield 1.0, x, y, 2, 1, 0.02
    for n, size, k in ((24, 4, 3), (23, 4, 3), (26, 5, 4), (30, 4, 3), (17, 3, 2)):
        x = rng.uniform(0.5, 2, n)
        yield float(rng.normal()), x, 2 * x + rng.normal(0, 1, n), size, k, 0.05


def _accumulated(
    add: Callable[..., Any] = lambda products, k: np.sum(products),
    over: Callable[..., Any] = lambda total, samples, batches, k: total / samples,
    due: Callable[..., bool] = lambda i, k, last: (i + 1) % k == 0 or last,
    empty: bool = True,
) -> Callable[..., Any]:
    """Return the right pass with one of its parts exchanged."""

    def answer(w, x, y, size, k, rate):
        total, samples, batches = 0.0, 0, 0
        for i, first in enumerate(range(0, len(x), size)):
            bx, by = x[first : first + size], y[first : first + size]
            total = total + add(2 * (w * bx - by) * bx, k)
            samples, batches = samples + len(bx), batches + 1
            if due(i, k, first + size >= len(x)):
                w = w - rate * over(total, samples, batches, k)
                samples = batches = 0
                total = 0.0 if empty else total
        return w

    return answer


def _mean(products: Any, k: Any) -> Any:
    return np.mean(products)


def _accumulate_at_once(w, x, y, size, k, rate):
    for first in range(0, len(x), k * size):
        bx, by = x[first : first + k * size], y[first : first + k * size]
        w = w - rate * np.mean(2 * (w * bx - by) * bx)
    return w


def _accumulate_by_lists(w, x, y, size, k, rate):
    waiting = []
    for first in range(0, len(x), size):
        bx, by = x[first : first + size], y[first : first + size]
        waiting.extend(2 * (w * bx - by) * bx)
        if len(waiting) == k * size:
            w, waiting = w - rate * np.mean(waiting), []
    return w - rate * np.mean(waiting) if waiting else w


def _accumulate_by_weights(w, x, y, size, k, rate):
    n, starts = len(x), range(0, len(x), size)
    for group in range(0, len(starts), k):
        firsts = starts[group : group + k]
        share = [min(size, n - i) for i in firsts]
        means = [
            np.mean(2 * (w * x[i : i + size] - y[i : i + size]) * x[i : i + size])
            for i in firsts
        ]
        w = w - rate * np.average(means, weights=share)
    return w


def _pieces(w, x, y, size, k, rate):
    count = -(-len(x) // size)
    return {"count": count, "over": count % k, "left": len(x) % size}


ACCUMULATE = Exercise(
    id="batch-variants.accumulate",
    chapter=CHAPTER,
    title="A large batch in small pieces",
    prompt=(
        "Write accumulate(w, x, y, size, k, rate): one pass over the data for y = w*x "
        "with the loss mean((w*x - y)**2), in the order given, in small batches of "
        "`size`. Update only after every k small batches, and once more at the end for "
        "those left over. Each update must be the one that a single batch with all the "
        "samples of its group would make. Return w."
    ),
    reference=accumulate,
    starter="""
def accumulate(w, x, y, size, k, rate):
    total, samples, batches = 0.0, 0, 0
    for first in range(0, len(x), size):
        ...
    return w
""",
    returns=("w",),
    draw=_draw_accumulations,
    mistakes=(
        Mistake(
            "sum of means",
            _accumulated(add=_mean, over=lambda total, samples, batches, k: total),
            "You add up the mean gradients of the {k} small batches and step with the "
            "sum: each step is {k} times too long, as if the learning rate were. This "
            "is what `backward()` does if the loss is not divided.",
            "accumulation-rules",
        ),
        Mistake(
            "mean of means",
            _accumulated(
                add=_mean, over=lambda total, samples, batches, k: total / batches
            ),
            "As long as all small batches are equally large you are right. The last "
            "one holds fewer samples, and in your mean of means each of them counts "
            "more than the others.",
            "accumulation-rules",
        ),
        Mistake(
            "always divided by k",
            _accumulated(add=_mean, over=lambda total, samples, batches, k: total / k),
            "You divide by k = {k} in the last group too, which has fewer small "
            "batches: its step is too short.",
            "accumulation-rules",
        ),
        Mistake(
            "leftover never stepped",
            _accumulated(due=lambda i, k, last: (i + 1) % k == 0),
            "Of {count} small batches, {over} come after the last full group. Their "
            "gradient never reaches w; in a training loop it would leak into the first "
            "update of the next epoch.",
            "accumulation-rules",
            numbers=_pieces,
        ),
        Mistake(
            "leftover never stepped, mean of means",
            _accumulated(
                add=_mean,
                over=lambda total, samples, batches, k: total / k,
                due=lambda i, k, last: (i + 1) % k == 0,
            ),
            "Two things: what is left after the last full group never reaches w, and "
            "small batches of unequal size count equally in your mean of means.",
            "accumulation-rules",
        ),
        Mistake(
            "never emptied",
            _accumulated(empty=False),
            "The first update is right. After it the sum is not set back to zero, so "
            "old gradients push again in each later update: the missing `zero_grad`.",
            "accumulation-rules",
        ),
        Mistake(
            "update in every small batch",
            _accumulated(due=lambda i, k, last: True),
            "You update after every small batch. That is plain mini-batch descent with "
            "{count} updates; here w has to hold still while a group is added up.",
            "accumulation-rules",
            numbers=_pieces,
        ),
        Mistake(
            "counted from zero",
            _accumulated(due=lambda i, k, last: i % k == 0 or last),
            "Your first update comes after a single small batch: with i counted from "
            "0, `i % k == 0` is true at once.",
            "accumulation-rules",
        ),
        Mistake(
            "sum over samples",
            _accumulated(over=lambda total, samples, batches, k: total),
            "You step with the sum over all samples of a group. The loss is a mean: "
            "divide by how many samples were added up.",
            "accumulation-rules",
        ),
        Mistake(
            "divided by the whole data",
            lambda w, x, y, size, k, rate: _accumulated(
                over=lambda total, samples, batches, k: total / len(x)
            )(w, x, y, size, k, rate),
            "You divide by the number of all samples. A group has fewer, so your steps "
            "are too short.",
            "accumulation-rules",
        ),
    ),
    also_right={
        "the large batch itself": _accumulate_at_once,
        "a list of gradients": _accumulate_by_lists,
        "weighted means": _accumulate_by_weights,
        "other parts, the same pass": _accumulated(),
    },
    hints=(
        "What must be remembered from one small batch to the next, so that the mean "
        "over the whole group can be formed at its end?",
        "The sum of the single-sample gradients, and how many were added up. Update "
        "when k small batches are in, or when the data end; then set both to zero.",
        "Fill the blanks:\n\n        bx, by = x[first : ____], y[first : ____]\n"
        "        total = total + np.____(2 * (w * bx - by) * bx)\n"
        "        samples, batches = samples + ____, batches + 1\n"
        "        if batches == ____ or first + size >= ____:\n"
        "            w = w - rate * total / ____\n"
        "            total, samples, batches = ____",
    ),
    explanation=(
        "Sums add up without loss, means do not: the mean over a group is the sum over "
        "all its samples, divided once, at the end. While a group is added up w must "
        "not move. And the last group is stepped even if it is not full.\n\nThe "
        "shortest right answer takes the large batch itself; accumulation is for when "
        "that does not fit into memory."
    ),
)


# Early stopping -----------------------------------------------------------------------


def early_stop(losses, patience):
    """Return the epoch that ends the run, and the one to keep."""
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        if epoch - best >= patience:
            return epoch, best
    return len(losses) - 1, best


def _draw_losses(rng: np.random.Generator) -> Inputs:
    """Yield losses worked by hand, then noisy ones that fall and rise."""
    yield [9, 5, 6, 4, 6, 7], 2
    yield [9, 5, 4, 6, 5, 7], 2
    yield [9, 7, 5, 6, 4, 6, 7, 8, 9], 2
    yield [9, 7, 5, 5, 5, 5], 2
    yield [9, 8, 6, 7, 6.5, 6.2, 5, 7, 7, 7], 3
    yield [5, 4, 3, 2, 1], 2
    yield [9, 6, 8, 7, 6.5, 6.3, 6.1, 3], 3
    yield [3, 4, 2, 3, 1, 2, 0.5, 1, 0.4, 2, 3], 2
    yield [1, 2, 3, 4, 5], 1
    for patience in (1, 2, 3, 4, 5, 8):
        t = np.arange(40)
        curve = 2 * 0.9**t + 0.03 * t + rng.normal(0, 0.15, 40)
        yield np.round(curve, 2).tolist(), patience
    yield [5, 5, 5, 5], 3  # the first of equals is the best


def _stopper(
    better: Callable[..., bool] = lambda loss, best, last: loss < best,
    over: Callable[..., bool] = lambda waited, patience: waited >= patience,
    reset: bool = True,
    keep: Callable[..., Any] = lambda stopped, best: (stopped, best),
) -> Callable[..., Any]:
    """Return the right rule with one of its parts exchanged."""

    def answer(losses, patience):
        lowest, last, kept, waited, stopped = np.inf, np.inf, 0, 0, len(losses) - 1
        for epoch, loss in enumerate(losses):
            if better(loss, lowest, last):
                lowest, kept, waited = loss, epoch, 0 if reset else waited
            else:
                waited += 1
            last = loss
            if over(waited, patience):
                stopped = epoch
                break
        return keep(stopped, kept)

    return answer


def _stop_by_windows(losses, patience):
    for epoch in range(patience, len(losses)):
        before = losses[: epoch - patience + 1]
        if min(losses[epoch - patience + 1 : epoch + 1]) >= min(before):
            return {"stopped": epoch, "best": losses.index(min(before))}
    return {"stopped": len(losses) - 1, "best": losses.index(min(losses))}


def _stop_by_arrays(losses, patience):
    losses = np.asarray(losses)
    lows = [int(np.argmin(losses[: epoch + 1])) for epoch in range(len(losses))]
    waited = np.arange(len(losses)) - lows
    stopped = int(np.argmax(waited >= patience)) if max(waited) >= patience else -1
    stopped = stopped % len(losses)
    return np.array([stopped, lows[stopped]])


STOP = Exercise(
    id="batch-variants.early-stopping",
    chapter=CHAPTER,
    title="Early stopping with patience",
    prompt=(
        "Write early_stop(losses, patience): the list holds the validation loss after "
        "each epoch, numbered from 0. A loss below all earlier ones is an improvement. "
        "The run stops as soon as `patience` epochs in a row have brought none, or "
        "with the last loss of the list. Return (stopped, best): the last epoch that "
        "was run, and the epoch whose parameters should be kept."
    ),
    reference=early_stop,
    starter="""
def early_stop(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        ...
    return ..., best
""",
    returns=("stopped", "best"),
    draw=_draw_losses,
    mistakes=(
        Mistake(
            "one epoch too late",
            _stopper(over=lambda waited, patience: waited > patience),
            "You stop one epoch late: with a patience of {patience}, the run ends as "
            "soon as {patience} epochs have brought nothing. (PyTorch's plateau rule "
            "does wait for one more; this rule does not.)",
            "patience-rule",
        ),
        Mistake(
            "one epoch too early",
            _stopper(over=lambda waited, patience: waited and waited >= patience - 1),
            "You stop one epoch early. Count the epochs after the best one: there must "
            "be {patience} of them.",
            "patience-rule",
        ),
        Mistake(
            "compared with the last",
            _stopper(better=lambda loss, best, last: loss < last),
            "You compare each loss with the one before it. After a jump up, any step "
            "back down looks like an improvement to you, though the best so far was "
            "not beaten, so you stop late and keep the wrong epoch.",
            "patience-rule",
        ),
        Mistake(
            "last instead of best",
            _stopper(keep=lambda stopped, best: (stopped, stopped)),
            "You keep the parameters of the epoch at which the run stopped. These are "
            "the ones after all the epochs that brought nothing.",
            "patience-rule",
        ),
        Mistake(
            "counter not reset",
            _stopper(reset=False),
            "You add up all epochs without an improvement, even if a better one came "
            "between them. An improvement sets the count back to zero.",
            "patience-rule",
        ),
        Mistake(
            "equal counts as better",
            _stopper(better=lambda loss, best, last: loss <= best),
            "A loss that only equals the best counts as an improvement in your loop, "
            "so a flat curve never ends.",
            "patience-rule",
        ),
        Mistake(
            "looks ahead",
            lambda losses, patience: (
                _stopper()(losses, patience)[0],
                int(np.argmin(losses)),
            ),
            "Your best epoch comes from the whole list, and lies after the epoch at "
            "which the run had ended. No run can know that.",
            "patience-rule",
        ),
        Mistake(
            "never stops",
            lambda losses, patience: (len(losses) - 1, int(np.argmin(losses))),
            "Your run always goes to the end of the list, so the patience has no "
            "effect.",
            "patience-rule",
        ),
        Mistake(
            "counted from one",
            _stopper(keep=lambda stopped, best: (stopped + 1, best + 1)),
            "Both are too large by one: the epochs are numbered from 0.",
            "patience-rule",
        ),
        Mistake(
            "the loss itself",
            lambda losses, patience: (
                _stopper()(losses, patience)[0],
                losses[_stopper()(losses, patience)[1]],
            ),
            "You return the best loss. Asked for is the number of its epoch, so that "
            "its parameters can be found.",
            "patience-rule",
        ),
        Mistake(
            "larger is better",
            _stopper(
                better=lambda loss, best, last: loss > best or not np.isfinite(best)
            ),
            "A rising value counts as an improvement in your loop. That would suit an "
            "accuracy; a loss should fall.",
            "patience-rule",
        ),
        Mistake(
            "swapped",
            _stopper(keep=lambda stopped, best: (best, stopped)),
            "These two are in the wrong order: first the epoch that ends the run, then "
            "the one to keep.",
            "patience-rule",
        ),
    ),
    also_right={
        "a counter": _stopper(),
        "windows, and a dictionary": _stop_by_windows,
        "arrays": _stop_by_arrays,
    },
    hints=(
        "What must you remember from epoch to epoch? Only where the best loss was.",
        "The epochs since the best one number epoch - best. Update best first, then "
        "see whether that many have come.",
        "Fill the blanks:\n\n        if losses[epoch] < ____:\n"
        "            best = ____\n        if epoch - best ____ patience:\n"
        "            return ____\n    return ____",
    ),
    explanation=(
        "The best epoch so far is all that has to be remembered; the waiting time is "
        "the distance from it. The run ends at one epoch and hands over the parameters "
        "of another. A training loop therefore keeps a copy of the best parameters, "
        "and the test data never take part in the choice."
    ),
)

EXERCISES = (GRADIENT, TRAIN, ACCUMULATE, STOP)
