"""The exercises of chapter 02, loss landscapes."""

# Answers are written as learners write them, without types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import numpy as np

from gdcourse.exercises.schema import Chapter, Counted, Exercise, Mistake

Inputs = Iterator[tuple[Any, ...]]

CHAPTER = Chapter(
    "02",
    "Loss landscapes",
    "02-loss-landscapes",
    sections={
        "slice-by-hand": "Shapes by eye and by slices",
        "slices-run": "Shapes by eye and by slices",
        "chord-by-hand": "Convex or not",
        "chord-test": "Convex or not",
        "two-valleys": "Flat is not finished",
        "four-points": "Flat is not finished",
        "second-test": "Flat is not finished",
    },
)


# A slice through a landscape ----------------------------------------------------------


def slice_of(loss, point, direction, distances):
    """Return the losses at these distances from the point."""
    unit = direction / np.linalg.norm(direction)
    return np.array([loss(point + s * unit) for s in distances])


def _bowl(x):
    return x[0] ** 2 + 4 * x[1] ** 2


def _saddle(x):
    return (x[0] ** 2 - x[1] ** 2) / 2 + x[1] ** 4 / 4


def _waves(x):
    return np.sum(np.arange(1, len(x) + 1) * np.sin(x)) + x[0] * x[-1]


def _draw_slices(rng: np.random.Generator) -> Inputs:
    """Yield the bowl along an axis and aslant, then other losses and dimensions."""
    bowl = Counted(_bowl, "x[0]**2 + 4*x[1]**2")
    saddle = Counted(_saddle, "(x[0]**2 - x[1]**2)/2 + x[1]**4/4")
    waves = Counted(_waves, "sum(i * sin(x[i-1])) + x[0]*x[-1]")
    steps = np.array([-1.0, 0.0, 1.0, 2.0])
    yield bowl, np.array([3.0, 1.0]), np.array([3.0, 4.0]), steps
    yield bowl, np.array([1.0, 2.0]), np.array([0.0, 2.0]), steps
    yield saddle, np.array([0.5, -0.2]), np.array([1.0, -1.0]), steps[:3]
    for size in (2, 3, 5, 8):
        point, direction = rng.normal(0, [[1.0], [2.0]], (2, size))
        yield waves, point, direction, rng.uniform(-2, 2, 5)
    yield bowl, np.array([3.0, 1.0]), np.array([0.0, -0.01]), np.linspace(-1, 1, 9)


def _slice_by(place: Callable[..., Any]) -> Callable[..., Any]:
    """Return an answer that looks up the loss at ``place(point, unit, raw, s)``."""

    def answer(loss, point, direction, distances):
        unit = direction / np.linalg.norm(direction)
        return np.array([loss(place(point, unit, direction, s)) for s in distances])

    return answer


def _slice_walking(loss, point, direction, distances):
    unit, losses = direction / np.linalg.norm(direction), []
    for s in distances:
        point = point + s * unit
        losses.append(loss(point))
    return losses


def _slice_in_place(loss, point, direction, distances):
    unit, losses = direction / np.linalg.norm(direction), []
    for s in distances:
        point += s * unit
        losses.append(loss(point))
    return losses


def _slice_and_back(loss, point, direction, distances):
    unit, losses = direction / np.linalg.norm(direction), []
    point = point.copy()
    for s in distances:
        point += s * unit
        losses.append(loss(point))
        point -= s * unit
    return losses


def _slice_of_rows(loss, point, direction, distances):
    length = np.sqrt((direction**2).sum())
    rows = point + np.outer(distances, direction) / length
    return list(map(loss, rows))


def _slice_with_maximum(loss, point, direction, distances):
    unit = direction / np.abs(direction).max()
    return [loss(point + s * unit) for s in distances]


def _slice_of_a_table(loss, point, direction, distances):
    unit = direction / np.linalg.norm(direction)
    return loss(point + np.outer(distances, unit))


def _slice_by_places(loss, point, direction, distances):
    unit = direction / np.linalg.norm(direction)
    return [point + s * unit for s in distances]


SLICE = Exercise(
    id="landscapes.slice",
    chapter=CHAPTER,
    title="A slice through a landscape",
    prompt=(
        "Write slice_of(loss, point, direction, distances): return an array with the "
        "losses that a walker measures who starts at `point` and goes straight ahead. "
        "loss(x) takes one point as an array. `direction` is an array with the "
        "components of an arrow of any length; `distances` are true distances from "
        "`point`, negative ones backwards."
    ),
    reference=slice_of,
    returns=("losses",),
    draw=_draw_slices,
    mistakes=(
        Mistake(
            "direction not normalised",
            _slice_by(lambda point, unit, raw, s: point + s * raw),
            "You multiplied the arrow itself, whose length is {length}. The distances "
            "{distances} are then counted in arrows, and a longer arrow would squeeze "
            "the same hill into a shorter picture.",
            "slice-by-hand",
            numbers=lambda loss, point, direction, distances: {
                "length": np.linalg.norm(direction)
            },
        ),
        Mistake(
            "each from the last place",
            _slice_walking,
            "Your walker goes on from the last place each time, so the distances add "
            "up. Every distance counts from `point`, which is {point}.",
            "slices-run",
        ),
        Mistake(
            "in place",
            _slice_in_place,
            "`point += …` writes into the caller's array. The walker never returns to "
            "{point}: the distances add up, and the caller's point is lost.",
            "slices-run",
        ),
        Mistake(
            "same amount on every axis",
            (
                _slice_by(lambda point, unit, raw, s: point + s),
                _slice_by(
                    lambda point, unit, raw, s: point + s * np.ones(len(raw)) / len(raw)
                ),
            ),
            "Every coordinate moved by the same amount, and the direction {direction} "
            "plays no part: that is always the same diagonal.",
            "slice-by-hand",
        ),
        Mistake(
            "along an axis",
            (
                _slice_by(lambda point, unit, raw, s: point + s * np.eye(len(raw))[0]),
                _slice_by(lambda point, unit, raw, s: point + s * np.eye(len(raw))[-1]),
            ),
            "You moved one coordinate alone. That is a slice along an axis; this one "
            "has the direction {direction}, and all coordinates move together.",
            "slice-by-hand",
        ),
        Mistake(
            "backwards",
            _slice_by(lambda point, unit, raw, s: point - s * unit),
            "Your walker goes the wrong way: a positive distance must lead along the "
            "arrow {direction}, not against it.",
            "slice-by-hand",
        ),
        Mistake(
            "from the origin",
            _slice_by(lambda point, unit, raw, s: s * unit),
            "Your slice runs through the origin. It should run through the point "
            "{point}, which plays no part in your losses.",
            "slice-by-hand",
        ),
        Mistake(
            "towards a place",
            (
                _slice_by(lambda point, unit, raw, s: (1 - s) * point + s * raw),
                _slice_by(
                    lambda point, unit, raw, s: (
                        point + s * (raw - point) / np.linalg.norm(raw - point)
                    )
                ),
            ),
            "You walk from `point` towards the place {direction}, as between two sets "
            "of weights. Here {direction} is an arrow, to be added to the point.",
            "slice-by-hand",
        ),
        Mistake(
            "another length",
            (
                _slice_by(
                    lambda point, unit, raw, s: point + s * raw / np.abs(raw).sum()
                ),
                _slice_by(lambda point, unit, raw, s: point + s * raw / (raw @ raw)),
                _slice_with_maximum,
            ),
            "You shortened the arrow {direction} by something else than its length: "
            "the sum or the largest of its components, or a sum of squares without "
            "the root. Pythagoras gives {length}.",
            "slice-by-hand",
            numbers=lambda loss, point, direction, distances: {
                "length": np.linalg.norm(direction)
            },
        ),
        Mistake(
            "counted, not measured",
            lambda loss, point, direction, distances: slice_of(
                loss, point, direction, np.arange(len(distances))
            ),
            "You walk to the distances 0, 1, 2 and so on, by number. The walker should "
            "go to {distances}: loop over the distances themselves.",
            "slices-run",
        ),
        Mistake(
            "always forwards",
            lambda loss, point, direction, distances: slice_of(
                loss, point, direction, np.abs(distances)
            ),
            "Your walker never turns round: a negative distance leads to the other "
            "side of {point}, and there you have the loss of the positive one.",
            "slices-run",
        ),
        Mistake(
            "all places at once",
            _slice_of_a_table,
            "You hand a whole table of places to loss, which takes one place: it reads "
            "the first row as the first coordinate. Call it once for each distance.",
            "slices-run",
        ),
        Mistake(
            "places",
            _slice_by_places,
            "You return the places that the walker comes to. Asked are the losses "
            "there: one number for each distance.",
            "slice-by-hand",
        ),
        Mistake(
            "change of the loss",
            lambda loss, point, direction, distances: (
                slice_of(loss, point, direction, distances) - loss(point)
            ),
            "You return by how much the loss differs from that at {point}. The height "
            "itself is asked for.",
            "slice-by-hand",
        ),
    ),
    also_right={
        "rows of an outer product": _slice_of_rows,
        "there and back in a copy": _slice_and_back,
        "a generator turned into an array": lambda f, p, d, distances: np.fromiter(
            (f(p + d * (s / np.hypot.reduce(d))) for s in distances), dtype=float
        ),
    },
    hints=(
        "Two things: an arrow of length 1 that points the same way, and one loss for "
        "each distance. Where is the walker at distance 0?",
        "Divide the direction by its length, which np.linalg.norm gives. The place at "
        "distance s is the point plus s times that arrow; each one starts anew from "
        "the point.",
        "Fill the blanks:\n\n    unit = direction / ____\n"
        "    return np.array([loss(____ + s * ____) for s in ____])",
    ),
    explanation=(
        "Divided by its length, the arrow becomes one step of length 1, so s steps "
        "along it are a true distance s. `point + s * unit` makes a new array each "
        "time and leaves the point alone, so that every distance counts from there. "
        "The same three lines draw a slice through a network with a million weights."
    ),
)


# The chord test -----------------------------------------------------------------------


def highest_above_chord(x, losses):
    """Return how far a loss rises above a chord at most."""
    gaps = []
    for i, j, k in combinations(range(len(x)), 3):
        share = (x[j] - x[i]) / (x[k] - x[i])
        chord = losses[i] + share * (losses[k] - losses[i])
        gaps.append(losses[j] - chord)
    return max(gaps)


def _draw_samples(rng: np.random.Generator) -> Inputs:
    """Yield a bowl, two valleys and others, mostly on uneven grids."""
    x = np.array([0.0, 1.0, 4.0])
    yield x, np.array([1.0, 5.0, 9.0])
    yield x, x**2
    x = np.array([-3.0, -2.0, 0.0, 1.0, 2.0])
    yield x, (x**2 - 4) ** 2 / 8 + x / 2
    yield x, 2 * x + 1
    yield x, -(x**2)
    for size, curve in ((8, np.cos), (12, np.exp), (10, np.abs), (9, np.tanh)):
        x = np.sort(rng.uniform(-3, 3, size))
        yield x, curve(x)
    x = np.sort(rng.uniform(-1.2, 3.4, 15))
    yield x, x**4 - 3 * x**3 + 2


def _chords(
    chord: Callable[..., Any] = lambda a, b, s: a + s * (b - a),
    share: Callable[..., Any] = lambda x, i, j, k: (x[j] - x[i]) / (x[k] - x[i]),
    best: Callable[..., Any] = max,
    triples: Callable[..., Any] = lambda n: combinations(range(n), 3),
    gap: Callable[..., Any] = lambda loss, chord: loss - chord,
) -> Callable[..., Any]:
    """Return the right answer with one of its parts exchanged."""

    def answer(x, losses):
        return best(
            [
                gap(losses[j], chord(losses[i], losses[k], share(x, i, j, k)))
                for i, j, k in triples(len(x))
            ]
        )

    return answer


def _neighbours(n):
    return zip(range(n), range(1, n), range(2, n), strict=False)


def _by_interpolation(x, y):
    best = -np.inf
    for i in range(len(x)):
        for k in range(i + 2, len(x)):
            inside = slice(i + 1, k)
            chord = np.interp(x[inside], [x[i], x[k]], [y[i], y[k]])
            best = max(best, np.max(y[inside] - chord))
    return best


def _by_weights(x, y):
    worst = None
    for i, j, k in combinations(range(len(x)), 3):
        left, right = x[k] - x[j], x[j] - x[i]
        gap = y[j] - (left * y[i] + right * y[k]) / (left + right)
        worst = gap if worst is None or gap > worst else worst
    return [worst]


def _slope_times_place(x, losses):
    gaps = []
    for i, j, k in combinations(range(len(x)), 3):
        slope = (losses[k] - losses[i]) / (x[k] - x[i])
        gaps.append(losses[j] - (losses[i] + slope * x[j]))
    return max(gaps)


CHORD = Exercise(
    id="landscapes.chord",
    chapter=CHAPTER,
    title="The chord test",
    prompt=(
        "Write highest_above_chord(x, losses). x holds places in rising order, not "
        "evenly spaced, and losses the heights there. Take every three of them: "
        "the chord joins the outer two, and the middle one lies above it (positive) "
        "or below it (negative). Return the largest of these signed distances, "
        "measured straight up. If it is above zero, the curve is not convex."
    ),
    reference=highest_above_chord,
    returns=("gap",),
    draw=_draw_samples,
    mistakes=(
        Mistake(
            "only neighbours",
            _chords(triples=_neighbours),
            "Your verdict is right, convex or not, but your largest distance is not: "
            "you only took three places in a row, and longer chords show the bumps at "
            "their full height.",
            "chord-test",
        ),
        Mistake(
            "chord minus curve",
            _chords(gap=lambda loss, chord: chord - loss),
            "Your sign is turned round: a curve that rises above a chord, which is "
            "what convexity forbids, counts as negative.",
            "chord-by-hand",
        ),
        Mistake(
            "only the longest chord",
            _chords(triples=lambda n: ((0, j, n - 1) for j in range(1, n - 1))),
            "You compare everything with the one chord from end to end. A dent in the "
            "middle hides from that chord; shorter ones find it.",
            "chord-test",
        ),
        Mistake(
            "mean of the two ends",
            (
                _chords(chord=lambda a, b, s: (a + b) / 2),
                _chords(chord=lambda a, b, s: (a + b) / 2, triples=_neighbours),
            ),
            "You took the mean of the two outer heights. That is the chord's height "
            "halfway, but the places {x} are not evenly spaced.",
            "chord-by-hand",
        ),
        Mistake(
            "shares swapped",
            _chords(chord=lambda a, b, s: b + s * (a - b)),
            "Your chord runs from the right end's height to the left end's: near an "
            "end it should have the height of that end.",
            "chord-by-hand",
        ),
        Mistake(
            "share by number",
            _chords(share=lambda x, i, j, k: (j - i) / (k - i)),
            "You measure along the chord by counting places. They are unevenly spaced, "
            "at {x}, so the share comes from the distances in x.",
            "chord-by-hand",
        ),
        Mistake(
            "chord from the origin",
            (
                _chords(chord=lambda a, b, s: s * (b - a)),
                _chords(chord=lambda a, b, s: s * b),
            ),
            "Your chord starts at height 0. It starts at the height of its left end "
            "and rises from there.",
            "chord-by-hand",
        ),
        Mistake(
            "a share of the right end",
            (
                _chords(chord=lambda a, b, s: a + s * b),
                _chords(
                    chord=lambda a, b, s: a + s * b,
                    best=lambda gaps: max(0, max(gaps)),
                ),
            ),
            "You add a share of the right end's whole height to the left end's. At the "
            "right end your chord is then too high by the left end's height.",
            "chord-by-hand",
        ),
        Mistake(
            "one part over the other",
            _chords(share=lambda x, i, j, k: (x[j] - x[i]) / (x[k] - x[j])),
            "Your share divides the way to the middle place by the way from there on, "
            "so halfway it is 1. A share is measured against the whole chord.",
            "chord-by-hand",
        ),
        Mistake(
            "slope times place",
            _slope_times_place,
            "Your chord has the right slope, but you multiply it by x itself. It "
            "starts at its left end, so count x from there.",
            "chord-by-hand",
        ),
        Mistake(
            "which, not how far",
            _chords(best=lambda gaps: int(np.argmax(gaps))),
            "You return the number of the triple that rises highest. Asked is how far "
            "it rises.",
            "chord-test",
        ),
        Mistake(
            "the first one found",
            _chords(best=lambda gaps: next((g for g in gaps if g > 0), max(gaps))),
            "You stop at the first place above a chord. That settles that the curve is "
            "not convex; the largest distance may still come.",
            "chord-test",
        ),
        Mistake(
            "smallest distance",
            _chords(best=min),
            "You return the smallest distance. One place above one chord is enough to "
            "show that a curve is not convex: look for the largest.",
            "chord-test",
        ),
        Mistake(
            "size without sign",
            _chords(gap=lambda loss, chord: abs(loss - chord)),
            "You return a size without its sign, so that a bowl, which lies below all "
            "its chords, looks like a bump.",
            "chord-by-hand",
        ),
        Mistake(
            "never negative",
            _chords(best=lambda gaps: max(0, max(gaps))),
            "Where all places lie below the chords you return 0, as for a straight "
            "line. Begin with minus infinity or with the first distance, not with 0.",
            "chord-test",
        ),
        Mistake(
            "mean of all",
            (_chords(best=np.mean), _chords(best=sum)),
            "You return the mean or the sum of all distances. Many below then hide one "
            "that lies above, and one is enough.",
            "chord-test",
        ),
    ),
    also_right={
        "np.interp": _by_interpolation,
        "weighted means": _by_weights,
        "parts": _chords(),
    },
    hints=(
        "First one triple by hand. How high is the chord above the middle place?",
        "The share s = (x_j - x_i)/(x_k - x_i) goes from 0 to 1 along the chord, whose "
        "height is L_i + s·(L_k - L_i). itertools.combinations(range(n), 3) gives all "
        "triples i < j < k.",
        "Fill the blanks:\n\n    share = (x[j] - ____) / (____ - ____)\n"
        "    chord = losses[i] + share * (____)\n"
        "    gaps.append(____ - chord)",
    ),
    explanation=(
        "A function is convex if it never rises above a chord. The share measures in x "
        "and not in places, and the largest signed distance decides: one triple above "
        "its chord refutes convexity. The reverse does not hold: a bump between two "
        "samples stays unseen, so no sample proves convexity."
    ),
    when_right="On samples this test can refute convexity, and never prove it.",
)


# What kind of point -------------------------------------------------------------------

MINIMUM, MAXIMUM, SADDLE, UNDECIDED = 1, 2, 3, 4


def kind(curvatures):
    """Return 1 minimum, 2 maximum, 3 saddle, 4 undecided."""
    curvatures = np.asarray(curvatures)
    if np.any(curvatures > 0) and np.any(curvatures < 0):
        return 3
    if np.all(curvatures > 0):
        return 1
    if np.all(curvatures < 0):
        return 2
    return 4


def _draw_curvatures(rng: np.random.Generator) -> Inputs:
    """Yield one and two dimensions in every mix of signs, then more dimensions."""
    for pair in ([2, 8], [1, -1], [-1, -3], [0, 2], [-2, 0], [0, 0], [-3, 1]):
        yield (np.array(pair, dtype=float),)
    for single in (20.25, 0.0, -2.0):
        yield (np.array([single]),)
    for several in ([1, 2, 3], [-1, -1, 4], [-1, -2, -3], [1, 0, -1], [5, 5, -0.01]):
        yield (np.array(several, dtype=float),)
    yield (np.array([0.0, 0.0, -4.0, -1.0]),)
    yield (np.array([0.0, 3.0, 0.5, 1.0]),)
    for size in (4, 6, 20):
        yield (rng.normal(0, 1, size),)
        yield (np.abs(rng.normal(0, 1, size)),)
        yield (-np.abs(rng.normal(0, 1, size)),)


def _by_sign(value: Callable[..., Any]) -> Callable[..., Any]:
    """Return an answer that lets the sign of one number decide."""
    names = {1: MINIMUM, -1: MAXIMUM, 0: UNDECIDED}
    return lambda curvatures: names[int(np.sign(value(curvatures)))]


def _by_product(curvatures):
    product = np.prod(curvatures)
    if product < 0:
        return SADDLE
    if product > 0:
        return MINIMUM
    return UNDECIDED


def _by_determinant(curvatures):
    product = np.prod(curvatures)
    if product < 0:
        return SADDLE
    if product > 0:
        return MINIMUM if curvatures[0] > 0 else MAXIMUM
    return UNDECIDED


def _by_counting(curvatures):
    up = sum(c > 0 for c in curvatures)
    down = sum(c < 0 for c in curvatures)
    if up and down:
        return SADDLE
    if up + down < len(curvatures):
        return UNDECIDED
    return MINIMUM if up else MAXIMUM


def _by_ends(c):
    low, high = min(c), max(c)
    return [SADDLE if low < 0 < high else 1 * (low > 0) or 2 * (high < 0) or 4]


def _by_all(c):
    if c.all() > 0:
        return MINIMUM
    if c.all() < 0:
        return MAXIMUM
    return SADDLE if c.any() > 0 and c.any() < 0 else UNDECIDED


def _by_any_of_all(c):
    if c.any() > 0 and c.any() < 0:
        return SADDLE
    if c.all() > 0:
        return MINIMUM
    return MAXIMUM if c.all() < 0 else UNDECIDED


def _by_two(c):
    if c[0] > 0 and c[1] > 0:
        return MINIMUM
    if c[0] < 0 and c[1] < 0:
        return MAXIMUM
    return SADDLE if c[0] * c[1] < 0 else UNDECIDED


KIND = Exercise(
    id="landscapes.kind",
    chapter=CHAPTER,
    title="What kind of flat place?",
    prompt=(
        "All slopes are zero here. Write kind(curvatures): the array holds the second "
        "derivatives along the axes of a surface without mixed terms, one number an "
        "axis. Return 1 for a minimum, 2 for a maximum, 3 for a saddle, and 4 where "
        "second derivatives cannot decide."
    ),
    reference=kind,
    returns=("kind",),
    draw=_draw_curvatures,
    mistakes=(
        Mistake(
            "zero counts as up",
            lambda curvatures: (
                SADDLE
                if np.any(curvatures > 0) and np.any(curvatures < 0)
                else MINIMUM
                if np.all(curvatures >= 0)
                else MAXIMUM
                if np.all(curvatures < 0)
                else UNDECIDED
            ),
            "A curvature of 0 counts as curving up in your function. x³ has curvature "
            "0 at 0, and the ground falls away on one side.",
            "second-test",
        ),
        Mistake(
            "zero counts as up and down",
            (
                lambda curvatures: (
                    MINIMUM
                    if np.all(curvatures >= 0)
                    else MAXIMUM
                    if np.all(curvatures <= 0)
                    else SADDLE
                ),
                lambda curvatures: (
                    MAXIMUM
                    if np.all(curvatures <= 0)
                    else MINIMUM
                    if np.all(curvatures >= 0)
                    else SADDLE
                ),
            ),
            "With >= and <= a flat axis counts as good for either answer. A curvature "
            "of 0 says nothing: x⁴, -x⁴ and x³ all have it at 0.",
            "second-test",
        ),
        Mistake(
            "everything else is a saddle",
            lambda curvatures: (
                MINIMUM
                if np.all(curvatures > 0)
                else MAXIMUM
                if np.all(curvatures < 0)
                else SADDLE
            ),
            "Whatever is neither minimum nor maximum, you call a saddle. A saddle "
            "needs an axis that curves up and one that curves down; zeros do neither.",
            "four-points",
        ),
        Mistake(
            "one zero stops everything",
            lambda curvatures: (
                UNDECIDED if np.any(curvatures == 0) else _by_counting(curvatures)
            ),
            "You stop at the first zero. With one axis up and another one down the "
            "matter is settled, whatever the flat axis does.",
            "second-test",
        ),
        Mistake(
            "the product",
            _by_product,
            "Your function looks at the product of the curvatures. Two negative ones "
            "multiply to something positive, so a hilltop passes for a valley.",
            "four-points",
        ),
        Mistake(
            "the product and the first",
            _by_determinant,
            "The product with the sign of the first curvature decides correctly for "
            "two axes, and for no other number: with three, two ways down look like "
            "none. Look at each curvature.",
            "four-points",
        ),
        Mistake(
            "the sum",
            (_by_sign(np.sum), _by_sign(np.mean)),
            "The sum or mean of the curvatures decides in your function. One steep "
            "axis then outvotes all others, and no saddle is ever found.",
            "four-points",
        ),
        Mistake(
            "all() compared with 0",
            (_by_all, _by_any_of_all),
            "`curvatures.all() > 0` does not ask whether all are above 0. `.all()` "
            "comes first and asks whether all differ from 0; only its answer, True or "
            "False, is compared. The comparison belongs inside the brackets.",
            "four-points",
        ),
        Mistake(
            "the first two axes",
            _by_two,
            "You look at two axes. A surface can have one, or twenty, and each of them "
            "has a say.",
            "four-points",
        ),
        Mistake(
            "the first axis only",
            _by_sign(lambda curvatures: curvatures[0]),
            "Only the first axis decides in your function. The others have their say "
            "too: one way down is enough to make it no minimum.",
            "four-points",
        ),
        Mistake(
            "one is enough",
            lambda curvatures: (
                MINIMUM
                if np.any(curvatures > 0)
                else MAXIMUM
                if np.any(curvatures < 0)
                else UNDECIDED
            ),
            "One axis that curves up is enough for you to call it a minimum. All of "
            "them must.",
            "four-points",
        ),
        Mistake(
            "minimum and maximum swapped",
            lambda curvatures: {MINIMUM: MAXIMUM, MAXIMUM: MINIMUM}.get(
                kind(curvatures), kind(curvatures)
            ),
            "Minimum and maximum are swapped: where a curve bends upwards, as x² does, "
            "the flat place is at the bottom.",
            "second-test",
        ),
    ),
    also_right={
        "counting": _by_counting,
        "smallest and largest": _by_ends,
        "signs as a set": lambda curvatures: {
            frozenset({1}): 1,
            frozenset({-1}): 2,
            frozenset({1, -1}): 3,
            frozenset({1, 0, -1}): 3,
        }.get(frozenset(np.sign(curvatures).tolist()), 4),
    },
    hints=(
        "Say for each kind which signs of curvature it needs. What does a single zero "
        "change, and when does it change nothing?",
        "A saddle has some curvature above and some below zero, other axes do not "
        "matter. A minimum needs all above zero, a maximum all below.",
        "Fill the blanks:\n\n    if np.any(____) and np.any(____):\n        ____ 3\n"
        "    if np.all(____):\n        ____ 1\n    if np.all(____):\n        ____ 2\n"
        "    ____ 4",
    ),
    explanation=(
        "One axis up and one down make a saddle at once. A minimum needs every axis. "
        "What is left has a zero and no contradiction, and there the second "
        "derivative knows nothing: x⁴ + y² has a minimum at the origin, x³ + y² does "
        "not, and both have the curvatures 0 and 2 there."
    ),
    when_right=(
        "With mixed terms such as xy the axes are not enough: there the eigenvalues of "
        "the Hessian take the place of the curvatures along the axes."
    ),
)


# Which valley -------------------------------------------------------------------------


def valleys(slope, starts, minima, learning_rate, steps):
    """Return the number of the valley in which each start ends."""
    ends = []
    for x in starts:
        for _ in range(steps):
            x = x - learning_rate * slope(x)
        distances = np.abs(np.array(minima) - x)
        near = np.min(distances) < 0.01
        ends.append(np.argmin(distances) if near else -1)
    return np.array(ends)


def _draw_wells(rng: np.random.Generator) -> Inputs:
    """Yield two valleys, the quartic with its flat place, a wave, and near misses."""
    well = Counted(lambda x: x * (x * x - 4) / 2 + 0.5, "x*(x*x - 4)/2 + 0.5", 100_000)
    quartic = Counted(lambda x: x * x * (4 * x - 9), "x*x*(4*x - 9)", 100_000)
    wave = Counted(lambda x: np.sin(x) + 0.1 * x, "np.sin(x) + 0.1*x", 100_000)
    left, right = -2.114907541, 1.860805853
    yield well, np.array([-3.0, 0.2, 0.3, 3.0]), np.array([left, right]), 0.1, 200
    yield well, np.array([1.0, 0.0, -1.0]), np.array([right, left]), 0.05, 300
    yield well, np.array([2.6, -3.0, -1.0, 1.0]), np.array([left, right]), 0.05, 10
    yield quartic, np.array([-1.0, -0.5, 0.5, 3.0]), np.array([2.25]), 0.02, 200
    troughs = np.array([-5.679208, 0.0, 5.679208])
    yield wave, np.array([-7.0, -3.0, -2.0, 2.0, 4.5, 9.5]), troughs, 0.5, 100
    yield wave, np.array([5.0, 0.5, -6.0]), troughs[::-1], 1.0, 100
    yield wave, np.array([8.0, -8.0, 3.0]), troughs, 0.1, 400
    bowl = Counted(lambda x: x - 1, "x - 1")
    yield bowl, np.array([1.056, 1.112]), np.array([1.0]), 0.5, 3  # at 0.007 and 0.014


def _nearest(minima, x, limit=0.01):
    distances = np.abs(np.array(minima) - x)
    return np.argmin(distances) if np.min(distances) < limit else -1


def _valleys_by(
    update: Callable[..., Any] = lambda x, rate, g: x - rate * g,
    fewer: Callable[..., Any] = lambda steps: steps,
    name: Callable[..., Any] = lambda minima, x, start: _nearest(minima, x),
) -> Callable[..., Any]:
    """Return the right answer with one of its parts exchanged."""

    def answer(slope, starts, minima, learning_rate, steps):
        ends = []
        for start in starts:
            x = start
            for _ in range(fewer(steps)):
                x = update(x, learning_rate, slope(x))
            ends.append(name(minima, x, start))
        return ends

    return answer


def _valleys_all_at_once(slope, starts, minima, learning_rate, steps):
    x = starts.copy()
    for _ in range(steps):
        x = x - learning_rate * slope(x)
    distances = np.abs(x[:, None] - minima)
    return np.where(distances.min(1) < 0.01, distances.argmin(1), -1)


def _valleys_going_on(slope, starts, minima, learning_rate, steps):
    ends, x = [], starts[0]
    for _ in starts:
        for _ in range(steps):
            x = x - learning_rate * slope(x)
        ends.append(_nearest(minima, x))
    return ends


def _valleys_by_one_slope(slope, starts, minima, learning_rate, steps):
    return [_nearest(minima, x - steps * learning_rate * slope(x)) for x in starts]


def _valleys_until_flat(slope, starts, minima, learning_rate, steps):
    ends = []
    for x in starts:
        while abs(slope(x)) > 1e-3:
            x = x - learning_rate * slope(x)
        ends.append(_nearest(minima, x))
    return ends


def _valleys_by_isclose(slope, starts, minima, learning_rate, steps):
    def end(x):
        for _ in range(steps):
            x -= learning_rate * slope(x)
        found = [i for i, m in enumerate(minima) if abs(m - x) < 0.01]
        return found[0] if found else -1

    return [end(float(x)) for x in starts]


VALLEYS = Exercise(
    id="landscapes.valleys",
    chapter=CHAPTER,
    title="Which valley?",
    prompt=(
        "Write valleys(slope, starts, minima, learning_rate, steps). From each of the "
        "starts take that many steps of gradient descent with the derivative "
        "slope(x). Return an array with one whole number for each start: the index "
        "of the entry of `minima` within 0.01 of where the run ends, or -1 if there "
        "is none."
    ),
    reference=valleys,
    returns=("ends",),
    draw=_draw_wells,
    mistakes=(
        Mistake(
            "nearest to the start",
            lambda slope, starts, minima, learning_rate, steps: [
                _nearest(minima, x, np.inf) for x in starts
            ],
            "You name the minimum that is nearest to each start. A ball does not know "
            "distances: it rolls down the slope it stands on, and a crest may lie "
            "between it and the nearest minimum.",
            "two-valleys",
        ),
        Mistake(
            "always a minimum",
            _valleys_by(name=lambda minima, x, start: _nearest(minima, x, np.inf)),
            "You always name a minimum, however far from it the run ended. Some runs "
            "stop elsewhere, where the ground is flat.",
            "two-valleys",
        ),
        Mistake(
            "none arrives",
            (
                _valleys_by(update=lambda x, rate, g: x + rate * g),
                _valleys_by_one_slope,
                _valleys_by(
                    name=lambda minima, x, start: (
                        list(minima).index(x) if x in minima else -1
                    )
                ),
            ),
            "You find no minimum at all. Three usual causes: the step is added, so the "
            "balls roll uphill; the slope is computed once, before the loop over the "
            "steps; or places are compared with `==`, and computed ones hardly ever "
            "meet a minimum to the last digit.",
            "two-valleys",
        ),
        Mistake(
            "0 for none",
            _valleys_by(name=lambda minima, x, start: max(int(_nearest(minima, x)), 0)),
            "Where a run ends in no minimum you return 0, which names the first one.",
            "two-valleys",
        ),
        Mistake(
            "the minimum itself",
            (
                _valleys_by(
                    name=lambda minima, x, start: minima[_nearest(minima, x, np.inf)]
                ),
                _valleys_by(
                    name=lambda minima, x, start: (
                        minima[_nearest(minima, x)] if _nearest(minima, x) >= 0 else -1
                    )
                ),
            ),
            "You return the place of the minimum. Its number in the list {minima} is "
            "asked for.",
            "two-valleys",
        ),
        Mistake(
            "too generous",
            _valleys_by(name=lambda minima, x, start: _nearest(minima, x, 0.1)),
            "You accept an end that is nearer than some distance of your own to a "
            "minimum. Within 0.01 was asked; a run that is still under way does not "
            "count.",
            "two-valleys",
        ),
        Mistake(
            "until it is flat",
            _valleys_until_flat,
            "You let every ball roll until the ground is level. Here each takes "
            "{steps} steps, and some are then still on their way.",
            "two-valleys",
        ),
        Mistake(
            "difference without its size",
            _valleys_by(
                name=lambda minima, x, start: (
                    int(np.argmin(minima - x)) if np.min(minima - x) < 0.01 else -1
                )
            ),
            "You look for the smallest difference, and a large negative one is the "
            "smallest of all. A distance has no sign.",
            "two-valleys",
        ),
        Mistake(
            "one step",
            _valleys_by(fewer=lambda steps: 1),
            "You take a single step from each start, where {steps} were asked for. "
            "Most balls are then still on the slope.",
            "two-valleys",
        ),
        Mistake(
            "goes on from the last end",
            _valleys_going_on,
            "Your second run begins where the first one ended, and so on, so all of "
            "them share one valley. Each run needs a start of its own.",
            "two-valleys",
        ),
        Mistake(
            "counts from 1",
            _valleys_by(
                name=lambda minima, x, start: (
                    _nearest(minima, x) + (_nearest(minima, x) >= 0)
                )
            ),
            "Your numbers start at 1. An index starts at 0.",
            "two-valleys",
        ),
        Mistake(
            "places",
            _valleys_by(name=lambda minima, x, start: x),
            "You return where the balls end. The question is which of the minima "
            "{minima} that is: an index, or -1.",
            "two-valleys",
        ),
        Mistake(
            "gradient not scaled",
            _valleys_by(update=lambda x, rate, g: x - g),
            "Your steps are the whole slope: the learning rate {learning_rate} plays "
            "no part, and balls are thrown across valleys.",
            "two-valleys",
        ),
        Mistake(
            "only the sign of the slope",
            lambda slope, starts, minima, learning_rate, steps: [
                _nearest(minima, x, np.inf)
                if slope(x) == 0
                else int(np.argmax((minima - x) * -slope(x) > 0))
                for x in starts
            ],
            "You look at the slope once and take the first minimum on the list that "
            "lies downhill. Another valley may come before it. Let the balls roll.",
            "two-valleys",
        ),
    ),
    also_right={
        "all at once": _valleys_all_at_once,
        "a helper and lists": _valleys_by_isclose,
        "parts": _valleys_by(),
    },
    hints=(
        "Two loops: over the starts, and inside it over the steps. What happens after "
        "the inner loop?",
        "x becomes x - learning_rate * slope(x), `steps` times. Then measure the "
        "distance to every minimum: np.argmin finds the nearest, and the distance "
        "itself says whether it counts.",
        "Fill the blanks:\n\n    for x in starts:\n        for _ in range(____):\n"
        "            x = x - ____\n        distances = np.abs(____ - x)\n"
        "        ends.append(np.argmin(____) if ____ < 0.01 else ____)",
    ),
    explanation=(
        "Where a run ends depends on the slope all along its way, not on which minimum "
        "is nearest at the start. The set of starts that end in one minimum is its "
        "basin. A run that ends in none has stalled on flat ground, such as the "
        "inflection of x⁴ - 3x³ + 2, or was stopped too early."
    ),
)

EXERCISES = (SLICE, CHORD, KIND, VALLEYS)
