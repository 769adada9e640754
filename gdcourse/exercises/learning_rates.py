"""The exercises of chapter 05, learning rates."""

# Answers are written as learners write them, without types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gdcourse.exercises.schema import Chapter, Exercise, Mistake

Inputs = Iterator[tuple[Any, ...]]

CHAPTER = Chapter(
    "05",
    "Learning rates",
    "05-learning-rates",
    sections={
        "any-parabola": "Three regimes on a parabola",
        "two-parabolas": "The steepest direction sets the limit",
        "best-rate": "The steepest direction sets the limit",
        "rules-explained": "The range test, and why its rules disagree",
        "schedule-formulas": "Schedules: coarse paper, then fine",
        "step-decay-by-hand": "Schedules: coarse paper, then fine",
        "plateau-rule": "Schedules: coarse paper, then fine",
        "warm-up-formula": "Warm-up, and what is known about it",
        "recursion-bug": "Warm-up, and what is known about it",
    },
)


# The stability limit and the best rate ------------------------------------------------


def limit_and_best(curvatures):
    """Return the limit of stable rates, and the best rate."""
    flattest, steepest = np.min(curvatures), np.max(curvatures)
    limit = 2 / steepest
    best = 2 / (flattest + steepest)
    return limit, best


def _draw_curvatures(rng: np.random.Generator) -> Inputs:
    """Yield the parabola and the bowl of the chapter, then others, in any order."""
    yield (np.array([2.0]),)
    yield (np.array([2.0, 8.0]),)
    yield (np.array([8.0, 2.0]),)
    yield (np.array([4.0, 1.0, 1.0]),)
    yield (np.array([3.0, 0.1, 10.0, 5.0]),)
    for size in (2, 3, 6, 20):
        yield (10 ** rng.uniform(-1, 2, size),)
    yield (np.array([1e6, 1e-3, 1.0]),)


def _rates(limit: Any, best: Any) -> Callable[..., Any]:
    """Return an answer from two formulas of the curvatures."""
    return lambda curvatures: (limit(curvatures), best(curvatures))


def _limit(c):
    return 2 / np.max(c)


def _best(c):
    return 2 / (np.min(c) + np.max(c))


def _limit_by_loop(numbers):
    low = high = numbers[0]
    for number in numbers:
        low, high = min(low, number), max(high, number)
    return {"limit": 2 / high, "best": 2 / (low + high)}


def _limit_by_sorting(c):
    c = sorted(c.tolist())
    return [2 / c[-1], 1 / ((c[0] + c[-1]) / 2)]


LIMIT = Exercise(
    id="learning-rates.limit",
    chapter=CHAPTER,
    title="The limit and the best rate of a bowl",
    prompt=(
        "Write limit_and_best(curvatures). The array holds the second derivatives of a "
        "bowl along its axes, all above zero, in any order. Return (limit, best): the "
        "learning rate above which gradient descent diverges, and the rate at which "
        "the slowest direction shrinks fastest."
    ),
    reference=limit_and_best,
    starter="""
def limit_and_best(curvatures):
    limit = ...
    best = ...
    return limit, best
""",
    returns=("limit", "best"),
    draw=_draw_curvatures,
    mistakes=(
        Mistake(
            "flattest direction",
            _rates(lambda c: 2 / np.min(c), _best),
            "Your limit is that of the flattest direction. At such a rate the steepest "
            "one already flings the run out of the bowl: one direction is enough to "
            "diverge.",
            "two-parabolas",
        ),
        Mistake(
            "half the limit",
            (
                _rates(lambda c: 1 / np.max(c), _best),
                _rates(lambda c: 1 / np.max(c), lambda c: 1 / (np.min(c) + np.max(c))),
            ),
            "At your limit the steepest direction does not grow, it lands on the "
            "minimum at once: there the factor 1 - rate × curvature is 0, not -1. (If "
            "you took the numbers for the coefficients of w² and b²: they are second "
            "derivatives.)",
            "any-parabola",
        ),
        Mistake(
            "curvatures added up",
            (
                _rates(lambda c: 2 / np.sum(c), _best),
                _rates(lambda c: 2 / np.mean(c), _best),
            ),
            "Your limit mixes all {count} directions, by their sum or their mean. Each "
            "direction is a parabola of its own, with a limit of its own, and the run "
            "diverges as soon as one of them does.",
            "two-parabolas",
            numbers=lambda curvatures: {"count": len(curvatures)},
        ),
        Mistake(
            "best for the steepest alone",
            _rates(_limit, lambda c: 1 / np.max(c)),
            "Your best rate brings the steepest direction home in one step and leaves "
            "the flattest one creeping. A larger rate serves that one better, until "
            "the steepest bounces just as slowly as the flattest creeps.",
            "best-rate",
        ),
        Mistake(
            "best for the flattest alone",
            _rates(_limit, lambda c: 1 / np.min(c)),
            "Your best rate suits the flattest direction. It may lie above your own "
            "limit, where the steepest direction diverges.",
            "best-rate",
        ),
        Mistake(
            "mean of all curvatures",
            _rates(_limit, lambda c: 1 / np.mean(c)),
            "With two directions your best rate comes out right, with more it does "
            "not: directions between the flattest and the steepest shrink faster than "
            "both and should not count.",
            "best-rate",
        ),
        Mistake(
            "all curvatures added",
            _rates(_limit, lambda c: 2 / np.sum(c)),
            "Your best rate adds up all curvatures. With two directions that comes out "
            "right, and with one or with many it does not: only the two ends of the "
            "range count, and with one direction both ends are the same.",
            "best-rate",
        ),
        Mistake(
            "mean of the rates",
            _rates(_limit, lambda c: np.mean(1 / c)),
            "You take the mean of the rates that would suit each direction alone. The "
            "flattest one asks for so large a rate that the mean may lie above your "
            "own limit.",
            "best-rate",
        ),
        Mistake(
            "first and last entry",
            (
                _rates(_limit, lambda c: 2 / (c[0] + c[-1])),
                _rates(lambda c: 2 / c[-1], lambda c: 2 / (c[0] + c[-1])),
                _rates(lambda c: 2 / c[0], _best),
            ),
            "You took an entry by its place in the array. The curvatures come in any "
            "order, so look for the smallest and the largest of them.",
            "two-parabolas",
        ),
        Mistake(
            "just below the limit",
            (
                _rates(_limit, lambda c: 0.9 * _limit(c)),
                _rates(_limit, lambda c: 0.99 * _limit(c)),
                _rates(_limit, _limit),
            ),
            "Your best rate sits at the limit or just below it, whatever the flattest "
            "direction is. There the steepest direction bounces from wall to wall and "
            "hardly shrinks.",
            "best-rate",
        ),
        Mistake(
            "upside down",
            _rates(lambda c: np.max(c) / 2, lambda c: (np.min(c) + np.max(c)) / 2),
            "The more a bowl curves, the larger your rates become. It has to be the "
            "other way round: your fraction stands upside down.",
            "any-parabola",
        ),
        Mistake(
            "swapped",
            _rates(_best, _limit),
            "These two are in the wrong order: first the limit, then the best rate.",
            "best-rate",
        ),
    ),
    also_right={
        "a loop and a dictionary": _limit_by_loop,
        "sorted": _limit_by_sorting,
        "single precision": lambda c: limit_and_best(c.astype(np.float32)),
        "one array": lambda c: 2 / np.array([c.max(), c.max() + c.min()]),
    },
    hints=(
        "Each axis of the bowl is a parabola. By which factor does a step multiply the "
        "distance from the minimum along an axis with a given curvature?",
        "The factor is 1 - rate*curvature. The limit is where the factor of the "
        "steepest axis reaches -1. At the best rate the factors of the flattest and of "
        "the steepest axis have the same size and opposite signs.",
        "Fill the blanks:\n\n    limit = ____ / np.max(curvatures)\n"
        "    best = 2 / (____ + ____)",
    ),
    explanation=(
        "Along an axis with curvature c each step multiplies the distance by "
        "1 - rate*c. That stays between -1 and 1 while rate < 2/c, and the steepest "
        "axis has the lowest limit.\n\nAt the best rate neither end of the range can "
        "be improved without spoiling the other: 1 - rate*flattest = rate*steepest - 1."
    ),
    when_right=(
        "Note what decides how fast the best rate is: only the ratio of the steepest "
        "to the flattest curvature, the condition number."
    ),
)


# Reading a range test -----------------------------------------------------------------


def steepest(rates, losses):
    """Return the rate at which the loss falls fastest."""
    lowest = np.nanargmin(losses)
    rates, losses = rates[: lowest + 1], losses[: lowest + 1]
    slopes = np.diff(losses) / np.diff(np.log(rates))
    i = np.argmin(slopes)
    return np.sqrt(rates[i] * rates[i + 1])


def _draw_sweeps(rng: np.random.Generator) -> Inputs:
    """Yield short sweeps with even and uneven rates, a cliff, NaN; then bowls."""
    even = np.array([0.001, 0.01, 0.1, 1.0, 10.0])
    uneven = np.array([0.001, 0.01, 0.02, 0.1, 1.0, 10.0])
    yield even, np.array([4.0, 3.5, 1.5, 1.0, 9.0])
    yield uneven, np.array([4.0, 2.5, 1.8, 1.0, 0.9, 5.0])
    yield even, np.array([4.0, 3.0, 2.5, 9.0, 5.0])
    yield even, np.array([4.0, 3.0, 1.0, np.inf, np.nan])
    yield even, np.array([3.0, 7.0, 4.5, 1.0, 9.0])
    for steps in (1, 3, 10):
        low, high = np.log(rng.uniform([1e-4, 0.2], [1e-3, 1.0]))
        rates = np.exp(np.sort(rng.uniform(low, high, 30)))
        flat, steep = rng.uniform([1.0, 6.0], [3.0, 10.0])
        losses = (1 - flat * rates) ** (2 * steps) + (1 - steep * rates) ** (2 * steps)
        yield rates, 8 * losses


def _picked(
    slopes: Callable[..., Any] = lambda r, e: np.diff(e) / np.diff(np.log(r)),
    choose: Callable[..., Any] = np.argmin,
    answer: Callable[..., Any] = lambda r, i: np.sqrt(r[i] * r[i + 1]),
    last: Callable[..., Any] = np.nanargmin,
) -> Callable[..., Any]:
    """Return the right answer with one of its parts exchanged."""

    def pick(rates, losses):
        end = last(losses) + 1
        i = choose(slopes(rates[:end], losses[:end]))
        return answer(rates, i)

    return pick


def _steepest_by_loop(learning_rates, values):
    best, found = 0, None
    smallest = min(v for v in values if v == v)
    for i in range(len(values) - 1):
        if values[i] == smallest:
            break
        factor = learning_rates[i + 1] / learning_rates[i]
        slope = (values[i + 1] - values[i]) / math.log10(factor)
        if slope < best:
            best = slope
            found = learning_rates[i] * math.sqrt(factor)
    return found


STEEPEST = Exercise(
    id="learning-rates.steepest",
    chapter=CHAPTER,
    title="The steepest place of a range test",
    prompt=(
        "Write steepest(rates, losses) for the arrays of a range test; the rates rise, "
        "not always evenly, and the last losses may be infinite or NaN. Look at the "
        "stretch from the first loss to the lowest. Between which two neighbours does "
        "the loss fall fastest on a logarithmic axis of rates? Return the middle of "
        "their rates on that axis, the root of their product."
    ),
    reference=steepest,
    starter="""
def steepest(rates, losses):
    lowest = np.nanargmin(losses)
    ...
    return ...
""",
    returns=("rate",),
    draw=_draw_sweeps,
    mistakes=(
        Mistake(
            "the lowest loss",
            lambda rates, losses: rates[np.nanargmin(losses)],
            "That is the rate with the lowest loss. It stands where the curve turns "
            "up, at the edge of divergence; asked is where it falls fastest.",
            "rules-explained",
        ),
        Mistake(
            "linear axis",
            _picked(slopes=lambda r, e: np.diff(e) / np.diff(r)),
            "You divide by differences of the rates, so the smallest rates, which lie "
            "closest together, look steepest. On a logarithmic axis the distance of "
            "two rates is the difference of their logarithms.",
            "rules-explained",
        ),
        Mistake(
            "distances ignored",
            _picked(slopes=lambda r, e: np.diff(e)),
            "You take the largest drop between two neighbours, whatever their "
            "distance. Here the rates do not rise evenly: a drop over a short distance "
            "is steeper than the same drop over a long one.",
            "rules-explained",
        ),
        Mistake(
            "beyond the lowest loss",
            _picked(last=lambda e: np.isfinite(e).sum() - 1),
            "Your fastest fall lies beyond the lowest loss, where the runs have "
            "already diverged and the losses jump about.",
            "rules-explained",
        ),
        Mistake(
            "NaN taken for the lowest",
            _picked(last=np.argmin),
            "`np.argmin` takes NaN for the lowest of all, so your stretch includes the "
            "diverged end. A NaN loss is a failure, not a minimum.",
            "rules-explained",
        ),
        Mistake(
            "fastest rise",
            (
                _picked(choose=np.argmax),
                _picked(choose=np.nanargmax, last=lambda e: np.isfinite(e).sum() - 1),
            ),
            "You found where the slope is largest. A falling loss has a negative "
            "slope, so the fastest fall is the smallest one.",
            "rules-explained",
        ),
        Mistake(
            "steepest either way",
            _picked(choose=lambda slopes: np.argmax(np.abs(slopes))),
            "You look for the largest slope without its sign, so a sudden rise passes "
            "for a fall.",
            "rules-explained",
        ),
        Mistake(
            "logarithm of the losses too",
            _picked(slopes=lambda r, e: np.diff(np.log(e)) / np.diff(np.log(r))),
            "You took the logarithm of the losses as well. On this plot only the axis "
            "of the rates is logarithmic.",
            "rules-explained",
        ),
        Mistake(
            "stretch too short",
            _picked(last=lambda e: np.nanargmin(e) - 1),
            "Your stretch ends one place before the lowest loss, because a slice "
            "leaves out its end. The last fall belongs to it.",
            "rules-explained",
        ),
        Mistake(
            "slopes at places",
            (
                _picked(
                    slopes=lambda r, e: np.gradient(e, np.log(r)),
                    answer=lambda r, i: r[i],
                ),
                _picked(slopes=lambda r, e: np.gradient(e, np.log(r))),
            ),
            "`np.gradient` gives slopes at the places, each a mean of the slopes on "
            "both sides. Asked are the slopes between neighbours.",
            "rules-explained",
        ),
        Mistake(
            "largest drop, one end",
            (
                _picked(slopes=lambda r, e: np.diff(e), answer=lambda r, i: r[i]),
                _picked(slopes=lambda r, e: np.diff(e), answer=lambda r, i: r[i + 1]),
            ),
            "Two things: you take the largest drop, whatever the distance of the two "
            "neighbours, and you return one of them instead of the middle.",
            "rules-explained",
        ),
        Mistake(
            "still a logarithm",
            _picked(answer=lambda r, i: np.log(r[i] * r[i + 1]) / 2),
            "Your result is negative, and no learning rate is: it is the logarithm of "
            "the middle. Go back from logarithms to rates.",
            "rules-explained",
        ),
        Mistake(
            "an index",
            _picked(answer=lambda r, i: i),
            "That is a place in the array, not a learning rate.",
            "rules-explained",
        ),
        Mistake(
            "an end of the stretch",
            (
                _picked(answer=lambda r, i: r[i]),
                _picked(answer=lambda r, i: r[i + 1]),
            ),
            "You found the right pair of neighbours and return one of the two. Asked "
            "is the middle between them.",
            "rules-explained",
        ),
        Mistake(
            "plain middle",
            _picked(answer=lambda r, i: (r[i] + r[i + 1]) / 2),
            "You found the right pair, but half of their sum is the middle on a linear "
            "axis. The middle of 0.01 and 1 on a logarithmic axis is 0.1.",
            "rules-explained",
        ),
        Mistake(
            "a tenth of it",
            lambda rates, losses: steepest(rates, losses) / 10,
            "You back off by a factor of ten. That is one of the rules in use, but not "
            "the one asked for here.",
            "rules-explained",
        ),
    ),
    also_right={
        "a loop, log10": _steepest_by_loop,
        "exp of the mean logarithm": _picked(
            answer=lambda r, i: np.exp(np.log(r[i : i + 2]).mean())
        ),
        "largest fall": _picked(
            slopes=lambda r, e: -np.diff(e) / np.diff(np.log2(r)), choose=np.argmax
        ),
    },
    hints=(
        "Three stages: cut the arrays off after the lowest loss, find the steepest "
        "neighbours, take the middle of their rates.",
        "The slope between neighbours is the difference of the losses divided by the "
        "difference of log(rate); np.diff gives all differences. np.nanargmin passes "
        "over NaN.",
        "Fill the blanks:\n\n    lowest = np.nanargmin(____)\n"
        "    slopes = np.diff(losses[:lowest + 1]) / np.diff(____)\n"
        "    i = ____(slopes)\n    return np.sqrt(____ * ____)",
    ),
    explanation=(
        "The stretch ends at the lowest loss, because beyond it runs diverge and "
        "slopes mean nothing. On a logarithmic axis equal factors are equal distances, "
        "so both the slope and the middle are taken of logarithms.\n\nThe result is a "
        "candidate. Runs with a third and with three times of it are the evidence."
    ),
)


# Step decay ---------------------------------------------------------------------------


def step_decay(epoch, rate, every, factor):
    """Return the learning rate in this epoch."""
    return rate * factor ** (epoch // every)


def _draw_epochs(rng: np.random.Generator) -> Inputs:
    """Yield epochs just before and after cuts, then random ones."""
    for epoch in (0, 1, 29, 30, 45, 59, 60, 90):
        yield epoch, 1.0, 30, 0.1
    yield 7, 0.4, 2, 0.5
    yield 8, 0.4, 2, 0.5
    for _ in range(6):
        every = int(rng.integers(2, 12))
        rate, factor = 10 ** rng.uniform(-4, 0), rng.uniform(0.2, 0.8)
        yield int(rng.integers(0, 5 * every)), float(rate), every, float(factor)
    yield 5, 1e-3, 1, 0.9


def _decay(count: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    """Return step decay with another number of cuts, ``count(epoch, every)``."""
    return lambda epoch, rate, every, factor: rate * factor ** count(epoch, every)


def _decay_by_loop(epoch, rate, every, factor):
    for e in range(1, epoch + 1):
        if e % every == 0:
            rate = rate * factor
    return rate


STEP_DECAY = Exercise(
    id="learning-rates.step-decay",
    chapter=CHAPTER,
    title="Step decay",
    prompt=(
        "Write step_decay(epoch, rate, every, factor): return the learning rate in "
        "the given epoch. Epochs count from 0. The rate begins at `rate` and is "
        "multiplied by `factor` at the start of epoch every, 2*every, 3*every, …"
    ),
    reference=step_decay,
    returns=("rate",),
    draw=_draw_epochs,
    mistakes=(
        Mistake(
            "true division",
            _decay(lambda epoch, every: epoch / every),
            "Your rate falls a little in every epoch, because epoch/every is a "
            "fraction between the cuts. That is exponential decay. Step decay counts "
            "only cuts that have been made.",
            "step-decay-by-hand",
        ),
        Mistake(
            "one epoch early",
            _decay(lambda epoch, every: (epoch + 1) // every),
            "You cut one epoch too early: the epochs count from 0, so the first "
            "{every} of them end with number {last}.",
            "step-decay-by-hand",
            numbers=lambda epoch, rate, every, factor: {"last": every - 1},
        ),
        Mistake(
            "one epoch late",
            (
                _decay(lambda epoch, every: max(epoch - 1, 0) // every),
                _decay(lambda epoch, every: (epoch - 1) // every),
            ),
            "You cut one epoch too late. With `>` in place of `>=`, or with epoch - 1, "
            "the epoch that should start with the lower rate keeps the old one.",
            "step-decay-by-hand",
        ),
        Mistake(
            "rounded",
            (
                _decay(lambda epoch, every: round(epoch / every)),
                _decay(lambda epoch, every: math.ceil(epoch / every)),
            ),
            "You round epoch/every to the nearest whole number or up, so a cut comes "
            "long before its epoch. Count the cuts that lie behind you.",
            "step-decay-by-hand",
        ),
        Mistake(
            "only one cut",
            lambda epoch, rate, every, factor: (
                rate * factor if epoch >= every else rate
            ),
            "Your rate is cut once and then stays. Each further {every} epochs bring "
            "another cut.",
            "step-decay-by-hand",
        ),
        Mistake(
            "cut for one epoch",
            lambda epoch, rate, every, factor: (
                rate * factor if epoch % every == 0 and epoch else rate
            ),
            "Your rate is lower only in the epochs divisible by {every} and springs "
            "back after each. A cut is meant to last.",
            "step-decay-by-hand",
        ),
        Mistake(
            "multiplied by the count",
            lambda epoch, rate, every, factor: rate * factor * (epoch // every),
            "You multiply by the number of cuts, so the rate is zero before the first "
            "one and grows with each further one. Repeated multiplication is a power.",
            "schedule-formulas",
        ),
        Mistake(
            "factor taken away",
            (
                lambda epoch, rate, every, factor: (
                    rate * (1 - factor) ** (epoch // every)
                ),
                lambda epoch, rate, every, factor: (
                    rate * (1 - factor * (epoch // every))
                ),
            ),
            "You take the share {factor} away at a cut. The factor says what is kept: "
            "with 0.1 the rate becomes a tenth.",
            "schedule-formulas",
        ),
        Mistake(
            "divided by the factor",
            lambda epoch, rate, every, factor: rate / factor ** (epoch // every),
            "Your rate grows at each cut: dividing by a factor below 1 makes a number "
            "larger.",
            "schedule-formulas",
        ),
        Mistake(
            "one cut too many",
            _decay(lambda epoch, every: epoch // every + 1),
            "Your first epochs are cut already: epoch 0 should have the rate {rate} "
            "itself.",
            "step-decay-by-hand",
        ),
        Mistake(
            "the factor subtracted",
            lambda epoch, rate, every, factor: rate - factor * (epoch // every),
            "You subtract the factor at each cut. After some cuts such a rate is "
            "negative; multiplied, it never is.",
            "schedule-formulas",
        ),
        Mistake(
            "the rate in the power",
            lambda epoch, rate, every, factor: (rate * factor) ** (epoch // every),
            "You raise the first rate to a power together with the factor. With a rate "
            "of 1 nobody notices; with {rate} it goes wrong. Only the factor repeats.",
            "schedule-formulas",
        ),
        Mistake(
            "the remainder",
            _decay(lambda epoch, every: epoch % every),
            "`%` gives the remainder, so you cut in every epoch and are back at the "
            "first rate whenever {every} epochs are full.",
            "step-decay-by-hand",
        ),
        Mistake(
            "a cut in every epoch",
            _decay(lambda epoch, every: epoch),
            "You cut in each epoch: {every} plays no part.",
            "step-decay-by-hand",
        ),
    ),
    also_right={
        "a loop": _decay_by_loop,
        "int of a fraction": _decay(lambda epoch, every: int(epoch / every)),
        "floor": lambda e, r, n, f: np.multiply(r, np.power(f, np.floor(e / n))),
        "recursion": lambda epoch, rate, every, factor: (
            rate
            if epoch < every
            else factor * step_decay(epoch - every, rate, every, factor)
        ),
    },
    hints=(
        "How many cuts have been made before epoch 29, 30 and 60, if one is due every "
        "30 epochs?",
        "Count the cuts with whole-number division, `//`, and multiply the rate once "
        "by the factor for each of them.",
        "Fill the blanks:\n\n    return rate * ____ ** (epoch ____ every)",
    ),
    explanation=(
        "`epoch // every` is the number of cuts that lie behind: 0 in the first "
        "`every` epochs, then 1, and so on. Each multiplies the rate by the factor, so "
        "together they multiply it by a power of the factor. With `/` in place of "
        "`//` the same line is exponential decay."
    ),
)


# Warm-up, then cosine -----------------------------------------------------------------


def warmup_cosine(step, peak, floor, warmup, total):
    """Return the learning rate of this step."""
    if step < warmup:
        return peak * (step + 1) / warmup
    progress = min((step - warmup) / (total - warmup), 1)
    wave = (1 + np.cos(np.pi * progress)) / 2
    return floor + (peak - floor) * wave


def _draw_training(rng: np.random.Generator) -> Inputs:
    """Yield the steps where schedules go wrong, then those of a language model."""
    for step in (0, 4, 9, 10, 11, 32, 55, 99, 100, 130):
        yield step, 1.0, 0.1, 10, 100
    yield 55, 1.0, 0.0, 10, 100
    for step in (0, 1999, 2000, 51_000, 100_000, 140_000):
        yield step, 3e-4, 3e-5, 2000, 100_000
    for _ in range(5):
        warmup = int(rng.integers(2, 20))
        total = warmup + int(rng.integers(20, 200))
        peak = float(10 ** rng.uniform(-3, 0))
        yield int(rng.integers(0, total)), peak, 0.1 * peak, warmup, total


def _up(step, peak, warmup):
    return peak * (step + 1) / warmup


def _wave(progress):
    return (1 + np.cos(np.pi * progress)) / 2


def _down_by(wave: Callable[..., Any], end: float = 1.0) -> Callable[..., Any]:
    """Return the right schedule with another wave(peak, floor, progress)."""

    def answer(step, peak, floor, warmup, total):
        if step < warmup:
            return _up(step, peak, warmup)
        return wave(peak, floor, min((step - warmup) / (total - warmup), end))

    return answer


def _progress(measure: Callable[..., Any]) -> Callable[..., Any]:
    """Return the right schedule with another measure(step, warmup, total)."""

    def answer(step, peak, floor, warmup, total):
        if step < warmup:
            return _up(step, peak, warmup)
        return floor + (peak - floor) * _wave(min(measure(step, warmup, total), 1))

    return answer


def _warmed_by(rise: Callable[..., Any]) -> Callable[..., Any]:
    """Return the right schedule with another rise(step, peak, floor, warmup)."""

    def answer(step, peak, floor, warmup, total):
        if step < warmup:
            return rise(step, peak, floor, warmup)
        return warmup_cosine(step, peak, floor, warmup, total)

    return answer


def _recursive(first: int, late: bool) -> Callable[..., Any]:
    """Return what a scheduler that multiplies the old rate makes of a warm-up by hand.

    ``first`` is added to the step in the warm-up; ``late`` says whether the scheduler
    was stepped only after the warm-up.
    """

    def answer(step, peak, floor, warmup, total):
        if step < warmup:
            return peak * (step + first) / warmup
        rate = peak * (warmup - 1 + first) / warmup
        past = warmup - 1 if late else 0
        start, now = warmup - 1 - past, min(step, total) - past
        fall = _wave(now / (total - past)) / _wave(start / (total - past))
        return floor + (rate - floor) * fall

    return answer


def _warmup_by_interpolation(i, top, low, w, n):
    if i < w:
        return float(np.interp(i, [-1, w - 1], [0, top]))
    angle = np.interp(i, [w, n], [0, np.pi])
    return low + (top - low) * 0.5 * (np.cos(angle) + 1)


def _warmup_by_minimum(step, peak, floor, warmup, total):
    share = np.clip((step - warmup) / (total - warmup), 0, 1)
    wave = np.cos(share * math.pi / 2) ** 2
    return min(1, (step + 1) / warmup) * (floor + (peak - floor) * wave)


def _warmup_too_long(step, peak, floor, warmup, total):
    if step <= warmup:
        return _up(step, peak, warmup)
    return warmup_cosine(step, peak, floor, warmup, total)


WARMUP = Exercise(
    id="learning-rates.warmup-cosine",
    chapter=CHAPTER,
    title="Warm-up, then half a cosine wave",
    prompt=(
        "Write warmup_cosine(step, peak, floor, warmup, total): return the learning "
        "rate of one step; steps count from 0. In the first `warmup` steps it is "
        "peak*(step + 1)/warmup. From step `warmup`, where it is `peak`, it falls "
        "along half a cosine wave to `floor` at step `total`, and stays there."
    ),
    reference=warmup_cosine,
    starter="""
def warmup_cosine(step, peak, floor, warmup, total):
    if step < warmup:
        return ...
    progress = ...
    return ...
""",
    returns=("rate",),
    draw=_draw_training,
    mistakes=(
        Mistake(
            "nothing at step 0",
            (
                _warmed_by(lambda step, peak, floor, warmup: peak * step / warmup),
                _warmed_by(
                    lambda step, peak, floor, warmup: peak * step / (warmup - 1)
                ),
            ),
            "Your first update has the learning rate 0: a whole batch is read and "
            "nothing moves. Published code does this too. Count the step that is being "
            "made, not the steps behind it.",
            "warm-up-formula",
        ),
        Mistake(
            "warm-up from the floor",
            _warmed_by(
                lambda step, peak, floor, warmup: (
                    floor + (peak - floor) * (step + 1) / warmup
                )
            ),
            "Your warm-up rises from the floor. Some programs do that, but here it "
            "rises from zero: the floor {floor} belongs to the end of the run.",
            "warm-up-formula",
        ),
        Mistake(
            "cosine from step 0",
            _progress(lambda step, warmup, total: step / total),
            "Your cosine has been running since step 0, so at step {warmup}, where it "
            "should begin at the peak, it is already on its way down, and the rate "
            "jumps. Count its steps from the end of the warm-up.",
            "warm-up-formula",
        ),
        Mistake(
            "too long a cosine",
            _progress(lambda step, warmup, total: (step - warmup) / total),
            "Your cosine starts in the right place and takes {total} steps, as if "
            "there had been no warm-up: at step {total} it has not reached the floor.",
            "warm-up-formula",
        ),
        Mistake(
            "too short a cosine",
            _progress(lambda step, warmup, total: step / (total - warmup)),
            "You divide by the steps that are left after the warm-up, and that is "
            "right, but you count from step 0: the cosine does not start at the peak, "
            "and it is over too early.",
            "warm-up-formula",
        ),
        Mistake(
            "rises again",
            _down_by(lambda p, f, share: f + (p - f) * _wave(share), np.inf),
            "Beyond step {total} your rate climbs again, because the cosine goes on. "
            "A run that is a little longer than planned would end with large steps. "
            "Hold the progress at 1.",
            "warm-up-formula",
        ),
        Mistake(
            "the old rate times a ratio",
            _recursive(1, late=False),
            "Your rate after the warm-up is the last warm-up rate times ratios of a "
            "cosine. Then everything depends on where the warm-up happened to end, and "
            "the peak is missed. Compute the rate from the step alone.",
            "recursion-bug",
        ),
        Mistake(
            "the old rate times a ratio, and nothing at step 0",
            (_recursive(0, late=False), _recursive(0, late=True)),
            "Two things at once: the first update has the rate 0, and after the "
            "warm-up you multiply the last rate by ratios of a cosine, so that the "
            "peak is never reached. Compute each rate from its step alone.",
            "recursion-bug",
        ),
        Mistake(
            "no half",
            (
                _down_by(lambda p, f, share: f + (p - f) * 2 * _wave(share)),
                _down_by(lambda p, f, share: f + (p - f) * np.cos(np.pi * share)),
            ),
            "1 + cos runs from 2 to 0, and cos alone from 1 to -1: halve the sum, or "
            "the rate starts at twice the peak, or ends below zero.",
            "schedule-formulas",
        ),
        Mistake(
            "one step too long",
            _warmup_too_long,
            "At step {warmup} you are still warming up, and the rate shoots above the "
            "peak. The steps count from 0, so the first {warmup} of them end one "
            "earlier: `<`, not `<=`.",
            "warm-up-formula",
        ),
        Mistake(
            "one step ahead",
            _progress(
                lambda step, warmup, total: (step - warmup + 1) / (total - warmup)
            ),
            "Your wave is one step ahead: at step {warmup} it should be at the peak, "
            "with no progress yet. The + 1 belongs to the warm-up alone.",
            "warm-up-formula",
        ),
        Mistake(
            "zero after the end",
            lambda step, peak, floor, warmup, total: (
                0 if step > total else warmup_cosine(step, peak, floor, warmup, total)
            ),
            "After step {total} your rate is 0, and a run that goes on learns nothing "
            "more. The rate should stay where the wave has left it.",
            "warm-up-formula",
        ),
        Mistake(
            "bracket of the wave",
            _down_by(lambda p, f, share: f + (p - f) * (1 + np.cos(np.pi * share) / 2)),
            "A bracket is missing: you halve the cosine alone and then add 1, so your "
            "wave runs from 1.5 to 0.5.",
            "schedule-formulas",
        ),
        Mistake(
            "bracket of the warm-up",
            (
                _warmed_by(lambda step, peak, floor, warmup: peak * step + 1 / warmup),
                _warmed_by(
                    lambda step, peak, floor, warmup: peak * (step + 1 / warmup)
                ),
            ),
            "A bracket is missing in the warm-up: `step + 1 / warmup` divides the 1 "
            "alone, and the rate grows far beyond the peak.",
            "warm-up-formula",
        ),
        Mistake(
            "one step short",
            _warmed_by(
                lambda step, peak, floor, warmup: peak * (step + 1) / (warmup + 1)
            ),
            "Your warm-up is spread over one step too many, so its last step does not "
            "reach the peak.",
            "warm-up-formula",
        ),
        Mistake(
            "the wave upside down",
            _down_by(lambda p, f, share: f + (p - f) * (1 - _wave(share))),
            "Your wave rises from the floor to the peak. Look at the sign before the "
            "cosine.",
            "schedule-formulas",
        ),
        Mistake(
            "a quarter wave",
            _down_by(lambda p, f, share: f + (p - f) * np.cos(np.pi / 2 * share)),
            "Start and end are right, but you use a quarter of a wave, which goes on "
            "falling steeply to the end. Half a wave levels off there.",
            "schedule-formulas",
        ),
        Mistake(
            "a sine",
            _down_by(lambda p, f, share: f + (p - f) * (1 + np.sin(np.pi * share)) / 2),
            "You use the sine, which begins and ends in the middle of its swing and "
            "rises between. The cosine begins at the top.",
            "schedule-formulas",
        ),
        Mistake(
            "the floor on top",
            _down_by(lambda p, f, share: f + p * _wave(share)),
            "You add the floor to a wave of the full height, so the decay starts above "
            "the peak: the wave should only span the distance from the floor to the "
            "peak.",
            "schedule-formulas",
        ),
        Mistake(
            "cut off at the floor",
            _down_by(lambda p, f, share: max(f, p * _wave(share))),
            "Your wave heads for zero and is cut off at the floor {floor}, so the rate "
            "falls too fast and is flat long before step {total}.",
            "schedule-formulas",
        ),
        Mistake(
            "no floor",
            _down_by(lambda p, f, share: p * _wave(share)),
            "Your rate falls to zero: the floor {floor} plays no part.",
            "schedule-formulas",
        ),
        Mistake(
            "a straight line",
            _down_by(lambda p, f, share: p + (f - p) * share),
            "Start and end are right, but between them you go straight down. That is "
            "linear decay, a good schedule too; here a cosine is asked for.",
            "schedule-formulas",
        ),
        Mistake(
            "wrong angle",
            (
                _down_by(lambda p, f, share: f + (p - f) * (1 + np.cos(share)) / 2),
                _down_by(
                    lambda p, f, share: f + (p - f) * (1 + np.cos(180 * share)) / 2
                ),
                _down_by(lambda p, f, share: f + (p - f) * _wave(2 * share)),
            ),
            "The angle of your cosine does not go from 0 to π. Half a wave is π in "
            "radians, which is what np.cos takes; 1 is too short, 180 is meant in "
            "degrees, and 2π is a whole wave that comes back up.",
            "schedule-formulas",
        ),
        Mistake(
            "no warm-up",
            (
                lambda step, peak, floor, warmup, total: (
                    floor + (peak - floor) * _wave(min(step / total, 1))
                ),
                lambda step, peak, floor, warmup, total: (
                    floor
                    + (peak - floor)
                    * _wave(np.clip((step - warmup) / (total - warmup), 0, 1))
                ),
            ),
            "Your first steps are (nearly) as large as the peak: there is no warm-up.",
            "warm-up-formula",
        ),
    ),
    also_right={
        "interpolation": _warmup_by_interpolation,
        "a minimum and a squared cosine": _warmup_by_minimum,
        "single precision": lambda step, peak, floor, warmup, total: np.float32(
            warmup_cosine(step, np.float32(peak), np.float32(floor), warmup, total)
        ),
    },
    hints=(
        "Three stretches: the warm-up, the wave, and what comes after step total. "
        "Check the value at the first step of each.",
        "After the warm-up let progress go from 0 at step warmup to 1 at step total, "
        "and no further. (1 + cos(π·progress))/2 then goes from 1 to 0; stretch it so "
        "that it goes from peak to floor.",
        "Fill the blanks:\n\n    if step < warmup:\n"
        "        return peak * ____ / warmup\n"
        "    progress = min((step - ____) / (total - ____), ____)\n"
        "    return floor + ____ * (1 + np.cos(____)) / 2",
    ),
    explanation=(
        "The last warm-up step, number warmup - 1, has the rate peak, and so has the "
        "first step of the wave. Progress is counted from there and held at 1, so a "
        "run that goes on too long stays at the floor.\n\nThe rate depends on the "
        "step alone. That is what makes a schedule safe to restart from a checkpoint."
    ),
)


# Reduce on plateau --------------------------------------------------------------------


def plateau(losses, rate, factor, patience):
    """Return the learning rate after each loss."""
    best, waited, rates = np.inf, 0, []
    for loss in losses:
        if loss < best:
            best, waited = loss, 0
        else:
            waited = waited + 1
        if waited > patience:
            rate, waited = rate * factor, 0
        rates.append(rate)
    return rates


def _draw_losses(rng: np.random.Generator) -> Inputs:
    """Yield short losses worked by hand, then longer random ones."""
    yield [5, 4, 4.5, 4.2, 4.1, 3], 1.0, 0.5, 1
    yield [2, 3, 3, 3, 3, 3], 0.1, 0.5, 1
    yield [9, 7, 8, 6, 7, 5], 1.0, 0.1, 1
    yield [3, 3, 3, 2, 2, 2], 1.0, 0.5, 1
    yield [4, 5, 4.9, 4.8, 4.7, 4.6, 4.5, 4.4], 1.0, 0.5, 2
    yield [1, 2, 3, 4], 1.0, 0.1, 0
    yield [8, 6, 7, 6.5, 7, 6.4, 7, 6.3, 5], 0.3, 0.2, 2
    for patience in (0, 1, 2, 3, 5):
        losses = np.round(5 * 0.93 ** np.arange(30) + rng.normal(0, 0.4, 30), 1)
        yield losses.tolist(), float(rng.uniform(0.1, 1)), 0.5, patience


def _plateau_by(
    better: Callable[..., bool] = lambda loss, best, last: loss < best,
    patient: Callable[..., bool] = lambda waited, patience: waited > patience,
    after: Callable[..., Any] = lambda best, waited: (best, 0),
    remember: Callable[..., Any] = lambda loss, best: loss,
    reset: bool = True,
    early: bool = False,
) -> Callable[..., Any]:
    """Return the right answer with one of its parts exchanged."""

    def answer(losses, rate, factor, patience):
        best, last, waited, rates = np.inf, np.inf, 0, []
        for loss in losses:
            if early:
                rates.append(rate)
            if better(loss, best, last):
                best, waited = remember(loss, best), 0 if reset else waited
            else:
                waited += 1
            if patient(waited, patience):
                rate = rate * factor
                best, waited = after(best, waited)
            last = loss
            if not early:
                rates.append(rate)
        return rates

    return answer


def _plateau_from_the_first(losses, rate, factor, patience):
    best, waited, rates = losses[0], 0, []
    for loss in losses:
        best, waited = (loss, 0) if loss < best else (best, waited + 1)
        if waited > patience:
            rate, waited = rate * factor, 0
        rates.append(rate)
    return rates


def _plateau_forgetting(losses, rate, factor, patience):
    best, waited, rates = np.inf, 0, []
    for loss in losses:
        best, waited = (loss, 0) if loss < best else (best, waited + 1)
        if waited > patience:
            rate, waited, best = rate * factor, 0, loss
        rates.append(rate)
    return rates


def _plateau_counting_all(losses, rate, factor, patience):
    best, waited, rates = np.inf, 0, []
    for loss in losses:
        best, waited = (loss, 1) if loss < best else (best, waited + 1)
        if waited > patience:
            rate, waited = rate * factor, 0
        rates.append(rate)
    return rates


def _plateau_subtracting(losses, rate, factor, patience):
    cuts = np.log(plateau(losses, 1.0, 0.5, patience)) / np.log(0.5)
    return rate - factor * np.round(cuts)


def _plateau_by_the_minimum_so_far(losses, rate, factor, patience):
    waited, rates = 0, []
    for i, loss in enumerate(losses):
        waited = 0 if loss < min(losses[:i], default=np.inf) else waited + 1
        if waited > patience:
            rate, waited = rate * factor, 0
        rates.append(rate)
    return tuple(rates)


def _plateau_by_counting_down(history, lr, shrink, patience):
    low, left = math.inf, patience
    out = np.empty(len(history))
    for i, value in enumerate(history):
        if value < low:
            low, left = value, patience
        elif left == 0:
            lr, left = lr * shrink, patience
        else:
            left -= 1
        out[i] = lr
    return out


PLATEAU = Exercise(
    id="learning-rates.plateau",
    chapter=CHAPTER,
    title="Cut the rate on a plateau",
    prompt=(
        "Write plateau(losses, rate, factor, patience): return a list with the "
        "learning rate after each loss of the list has been seen. A loss below all "
        "earlier ones is an improvement; count the losses since the last improvement "
        "or cut. When more than `patience` of them have come in a row, multiply the "
        "rate by `factor` and count from zero again."
    ),
    reference=plateau,
    starter="""
def plateau(losses, rate, factor, patience):
    best, waited, rates = np.inf, 0, []
    for loss in losses:
        ...
        rates.append(rate)
    return rates
""",
    returns=("rates",),
    draw=_draw_losses,
    mistakes=(
        Mistake(
            "one loss too early",
            _plateau_by(patient=lambda waited, patience: waited >= max(patience, 1)),
            "You cut as soon as losses without an improvement number {patience}. A "
            "patience is how many you put up with: the cut comes with the next one, "
            "as in PyTorch.",
            "plateau-rule",
        ),
        Mistake(
            "one loss too late",
            _plateau_by(patient=lambda waited, patience: waited > patience + 1),
            "You wait for one loss more than asked: with a patience of {patience}, "
            "one loss beyond it is enough.",
            "plateau-rule",
        ),
        Mistake(
            "compared with the previous loss",
            _plateau_by(better=lambda loss, best, last: loss < last),
            "You compare each loss with the one before it. A loss that jumps up and "
            "then comes halfway back looks like progress to you, although the best so "
            "far was not beaten.",
            "plateau-rule",
        ),
        Mistake(
            "counter not reset by a cut",
            _plateau_by(after=lambda best, waited: (best, waited)),
            "After the first cut you cut again at every loss, until one improves: the "
            "counter has to start again at zero, so that the new rate gets its chance.",
            "plateau-rule",
        ),
        Mistake(
            "counter not reset by an improvement",
            _plateau_by(reset=False),
            "You add up all losses without an improvement, even if a better one came "
            "between them. An improvement sets the count back to zero.",
            "plateau-rule",
        ),
        Mistake(
            "equal counts as better",
            _plateau_by(better=lambda loss, best, last: loss <= best),
            "A loss that only equals the best one counts as progress in your loop, so "
            "a perfectly flat plateau never leads to a cut.",
            "plateau-rule",
        ),
        Mistake(
            "best never updated",
            _plateau_by(remember=lambda loss, best: loss if best == np.inf else best),
            "You compare every loss with the first one. Any loss below that counts as "
            "progress, however long ago the best was seen.",
            "plateau-rule",
        ),
        Mistake(
            "best forgotten at a cut",
            _plateau_by(after=lambda best, waited: (np.inf, 0)),
            "You forget the best loss at a cut, so the next loss counts as an "
            "improvement whatever it is.",
            "plateau-rule",
        ),
        Mistake(
            "noted before the cut",
            _plateau_by(early=True),
            "Your cuts appear one place too late in the list: the rate is noted before "
            "the loss has been looked at.",
            "plateau-rule",
        ),
        Mistake(
            "larger is better",
            _plateau_by(better=lambda loss, best, last: loss > best or best == np.inf),
            "A rising value counts as progress in your loop. That would suit an "
            "accuracy; a loss should fall.",
            "plateau-rule",
        ),
        Mistake(
            "an improvement counts too",
            _plateau_counting_all,
            "You count every loss, the improvements as well: after a new best the "
            "count should be 0, and yours is 1.",
            "plateau-rule",
        ),
        Mistake(
            "best starts at 0",
            _plateau_by(better=lambda loss, best, last: False),
            "No loss ever counts as an improvement. If your best loss begins at 0, "
            "none can beat it.",
            "plateau-rule",
        ),
        Mistake(
            "first loss against itself",
            _plateau_from_the_first,
            "Your first loss is compared with itself and counts as no improvement. "
            "Nothing came before it, so it is the best so far.",
            "plateau-rule",
        ),
        Mistake(
            "the loss at a cut becomes the best",
            _plateau_forgetting,
            "At a cut you take the current loss for the best, and it is worse. After "
            "that, losses count as progress which the earlier best had beaten.",
            "plateau-rule",
        ),
        Mistake(
            "divided by the factor",
            lambda losses, rate, factor, patience: plateau(
                losses, rate, 1 / factor, patience
            ),
            "Your rate grows at a cut: dividing by a factor below 1 makes a number "
            "larger.",
            "plateau-rule",
        ),
        Mistake(
            "the factor subtracted",
            _plateau_subtracting,
            "You subtract the factor at a cut, and the rate may even fall below 0. "
            "Multiplied, it never does.",
            "plateau-rule",
        ),
        Mistake(
            "factor taken away",
            lambda losses, rate, factor, patience: plateau(
                losses, rate, 1 - factor, patience
            ),
            "You take the share {factor} away at a cut. The factor says what is kept.",
            "plateau-rule",
        ),
    ),
    also_right={
        "counting down": _plateau_by_counting_down,
        "the minimum so far": _plateau_by_the_minimum_so_far,
        "plain Python": _plateau_by(),
    },
    hints=(
        "What must you remember from loss to loss? The best one, and how many have "
        "come since it was beaten or the rate was cut.",
        "If loss < best: new best, count 0. Else: count one more. Then, if the count "
        "is above patience: multiply the rate, count 0. Then note the rate.",
        "Fill the blanks:\n\n        if loss < ____:\n            best, waited = ____\n"
        "        else:\n            waited = ____\n        if waited ____ patience:\n"
        "            rate, waited = ____",
    ),
    explanation=(
        "The best loss is remembered for ever, the count only until it is beaten or "
        "the rate is cut. `waited > patience` cuts at loss number patience + 1 without "
        "an improvement, which is what PyTorch's ReduceLROnPlateau does; that one "
        "also asks for a minimal improvement, its threshold."
    ),
)

EXERCISES = (LIMIT, STEEPEST, STEP_DECAY, PLATEAU, WARMUP)
