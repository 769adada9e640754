"""A second source of inputs for each exercise, which the exercise never uses.

Each function draws one input; its ranges, sizes and extremes are not those of the
exercise's own ``draw``.  ``INPUTS`` has them by the exercise's id.
"""

import numpy as np

from gdcourse.exercises.momentum import Valley
from gdcourse.exercises.schema import Counted

INPUTS = {}


def of(id):
    """Enter a function under an exercise's id."""

    def enter(draw):
        INPUTS[id] = draw
        return draw

    return enter


def between(rng, low, high):
    return float(rng.uniform(low, high))


def scale(rng, low, high):
    return float(10 ** rng.uniform(low, high))


def normal(rng, *shape, low=-2, high=2):
    return scale(rng, low, high) * rng.normal(0, 1, shape)


def one_of(rng, *values):
    return values[int(rng.integers(len(values)))]


def any_shape(rng):
    return one_of(rng, (), (1,), (7,), (12,), (3, 1), (4, 4), (2, 3, 2))


@of("start-here.mean-squared-error")
def pairs(rng):
    measured = normal(rng, int(rng.integers(1, 60)))
    return measured * between(rng, -2, 2) + normal(rng, measured.size), measured


@of("landscapes.slice")
def slices(rng):
    size = int(rng.integers(1, 7))
    centre = rng.normal(0, 1, size)
    rough = Counted(lambda x: float(np.sum(np.abs(x - centre) ** 1.5)), "rough")
    tilted = Counted(lambda x: float(np.cos(x[0]) + x[-1] ** 3 + x.sum()), "tilted")
    distances = normal(rng, int(rng.integers(1, 6)), low=-1, high=1)
    point, direction = normal(rng, size, low=-1, high=1), normal(rng, size)
    return one_of(rng, rough, tilted), point, direction, distances


@of("landscapes.chord")
def samples(rng):
    x = np.sort(normal(rng, int(rng.integers(3, 8))))
    return x, one_of(rng, normal(rng, x.size), x**3, np.sin(x), 3 - x)


@of("landscapes.kind")
def curvatures(rng):
    size = int(rng.integers(1, 8))
    signs = one_of(rng, [-1, 0, 1], [0, 1], [-1, 0], [-1, 1], [1], [-1], [0])
    return (rng.choice(signs, size) * 10 ** rng.uniform(-8, 8, size),)


@of("landscapes.valleys")
def wells(rng):
    width, drift = between(rng, 0.5, 3), between(rng, -1e-3, 1e-3)
    slope = Counted(lambda x: width * np.sin(x / width) + drift, "sine")
    minima = 2 * np.pi * width * np.arange(-2, 3) - drift
    starts = between(rng, 0.1, 2) * width * rng.normal(0, 4, int(rng.integers(1, 4)))
    rate, steps = between(rng, 0.2, 0.9), int(rng.integers(0, 25))
    return slope, starts, rng.permutation(minima), rate, steps


@of("partial-derivatives.partials")
def points(rng):
    shape = any_shape(rng)
    x, y = normal(rng, *shape), normal(rng, *shape)
    return (x, y) if shape else (float(x), float(y))


@of("partial-derivatives.along")
def directions(rng):
    size = int(rng.integers(1, 15))
    return normal(rng, size), normal(rng, size, low=-4, high=4)


@of("partial-derivatives.central")
def curves(rng):
    f = one_of(
        rng,
        Counted(lambda x: 1 / (1 + x * x), "bell"),
        Counted(lambda x: np.abs(x - 0.3), "bend"),
        Counted(lambda x: x**4 - 2 * x, "quartic"),
    )
    return f, between(rng, -4, 4), scale(rng, -2, 0.5)


@of("partial-derivatives.gradient")
def lands(rng):
    size = int(rng.integers(1, 7))
    weights = rng.normal(0, 2, size)
    rough = Counted(lambda x: float(weights @ np.abs(x) ** 1.5), "rough")
    product = Counted(lambda x: float(np.prod(np.cos(x * weights))), "product")
    return one_of(rng, rough, product), rng.normal(0, 3, size), scale(rng, -2, 0)


@of("update-rule.step")
def steps(rng):
    shape = any_shape(rng)
    x, gradient = normal(rng, *shape), normal(rng, *shape, low=-4, high=4)
    rate = scale(rng, -5, 1)
    return (x, gradient, rate) if shape else (float(x), float(gradient), rate)


@of("update-rule.gradients")
def lines(rng):
    x = normal(rng, int(rng.integers(1, 30)))
    w, b = rng.normal(0, 20, 2)
    return float(w), float(b), x, normal(rng, x.size, high=3)


@of("update-rule.loop")
def runs(rng):
    size = int(rng.integers(1, 5))
    centre, bend = rng.normal(0, 2, size), rng.uniform(0.5, 6, size)
    slope = Counted(lambda x: bend * (x - centre), "bowl")
    start = one_of(rng, centre + rng.normal(0, 3, size), centre.copy())
    rate, tolerance = between(rng, 0.01, 0.4), one_of(rng, 0.0, scale(rng, -4, 1))
    if size == 1:
        return slope, float(start[0]), rate, tolerance, int(rng.integers(0, 30))
    return slope, start, rate, tolerance, int(rng.integers(0, 30))


@of("update-rule.houses")
def sales(rng):
    area = between(rng, 50, 5000) * rng.lognormal(0, 0.5, int(rng.integers(8, 60)))
    slope = one_of(rng, -1, 1) * scale(rng, 0, 3)
    noise = rng.normal(0, between(rng, 0, 1) * abs(slope) * area.std(), area.size)
    intercept = between(rng, 1.5, 9) * abs(slope) * area.mean()
    return area, slope * area + intercept + noise


@of("learning-rates.limit")
def bowls(rng):
    return (10 ** rng.uniform(-5, 5, int(rng.integers(1, 12))),)


@of("learning-rates.steepest")
def sweeps(rng):
    rates = np.sort(10 ** rng.uniform(-6, 2, int(rng.integers(4, 25))))
    losses = 5 - np.tanh(np.log(rates) + between(rng, 0, 9)) + rng.normal(0, 0.2)
    losses = losses + rng.normal(0, 0.3, losses.size)
    losses[0] = losses.max() + 1  # the lowest is never the first
    worst = int(rng.integers(2, losses.size + 1))
    losses[worst:] = one_of(rng, np.nan, np.inf, 40.0)
    return rates, losses


@of("learning-rates.step-decay")
def epochs(rng):
    every = int(rng.integers(1, 50))
    return int(rng.integers(0, 400)), scale(rng, -6, 1), every, between(rng, 0.05, 0.99)


@of("learning-rates.plateau")
def plateaus(rng):
    losses = np.cumsum(rng.choice([-1, 0, 0, 1], int(rng.integers(1, 40))))
    patience = int(rng.integers(0, 8))
    return losses.tolist(), scale(rng, -4, 1), between(rng, 0.05, 0.9), patience


@of("learning-rates.warmup-cosine")
def trainings(rng):
    warmup = int(rng.integers(0, 60))
    total = warmup + int(rng.integers(1, 400))
    peak = scale(rng, -5, 1)
    step = int(rng.integers(0, 2 * total))
    return step, peak, between(rng, 0, 0.9) * peak, warmup, total


@of("batch-variants.gradient")
def batches(rng):
    size = int(rng.integers(1, 40))
    rows = rng.integers(size, size=int(rng.integers(1, 50)))
    w, b = rng.normal(0, 20, 2)
    return float(w), float(b), normal(rng, size), normal(rng, size), rows


def noisy_line(rng):
    x = rng.uniform(-1.5, 1.5, int(rng.integers(1, 20)))
    return x, between(rng, -3, 3) * x + rng.normal(0, 2, x.size)


@of("batch-variants.train")
def shuffled(rng):
    size, passes = int(rng.integers(1, 25)), int(rng.integers(0, 4))
    rate, seed = scale(rng, -3, -0.7), int(rng.integers(1000))
    return *noisy_line(rng), size, passes, rate, seed


@of("batch-variants.accumulate")
def accumulations(rng):
    size, k = int(rng.integers(1, 8)), int(rng.integers(1, 7))
    return between(rng, -5, 5), *noisy_line(rng), size, k, scale(rng, -3, -0.7)


@of("batch-variants.early-stopping")
def validations(rng):
    losses = np.cumsum(rng.choice([-1, -1, 0, 1], int(rng.integers(1, 30))))
    return losses.tolist(), int(rng.integers(1, 10))


@of("backpropagation.zeroed")
def fits(rng):
    return *noisy_line(rng), scale(rng, -3, -0.5), int(rng.integers(0, 12))


@of("backpropagation.two-layer")
def layers(rng):
    n, a, b, c = (int(size) for size in rng.integers(1, 7, 4))
    data = normal(rng, n, a), normal(rng, n, c)
    first = rng.normal(0, 0.5, (a, b)), rng.normal(0, 0.5, b)
    return *data, *first, rng.normal(0, 3, (b, c)), rng.normal(0, 3, c)


@of("backpropagation.cross-entropy")
def scores(rng):
    n, classes = int(rng.integers(1, 9)), int(rng.integers(2, 13))
    found = normal(rng, n, classes, low=-1, high=4) + normal(rng, n, 1, high=3)
    return found, rng.integers(classes, size=n)


@of("backpropagation.deep")
def widths(rng):
    return ([64] + [int(rng.integers(26, 40))] * int(rng.integers(24, 30)) + [10],)


@of("backpropagation.clip")
def gradients(rng):
    shape = tuple(int(size) for size in rng.integers(1, 7, 2))
    return normal(rng, *shape), normal(rng, shape[1]), scale(rng, -3, 3)


@of("momentum.three-steps")
def three(rng):
    k, c = between(rng, -3, 5), between(rng, -2, 2)
    slope = Counted(lambda x: k * np.sin(x) + c, "wave")
    return slope, between(rng, -9, 9), scale(rng, -3, 0.5), between(rng, 0, 1.2)


@of("momentum.step")
def moving(rng):
    shape = any_shape(rng)
    x, velocity, gradient = (normal(rng, *shape) for _ in range(3))
    return x, velocity, gradient, scale(rng, -4, 1), between(rng, 0, 1)


@of("momentum.critical")
def parabolas(rng):
    curvature = scale(rng, -5, 5)
    return curvature, between(rng, 1e-4, 3.9) / curvature


@of("momentum.nesterov")
def looks(rng):
    size = int(rng.integers(1, 7))
    bend = rng.uniform(-2, 9, size)
    slope = Counted(lambda x: bend * x + np.sin(x), "waves")
    x, velocity = rng.normal(0, 5, (2, size))
    return slope, x, velocity, scale(rng, -3, 0), between(rng, 0, 1.1)


@of("momentum.valley")
def valleys(rng):
    shift, side = tuple(rng.uniform(-2, 2, 2)), between(rng, -1.2, 1.2)
    return Valley(shift), np.array([side, side**2 + between(rng, -0.4, 0.1)]) + shift


@of("adaptive-optimizers.adagrad")
def adagrad(rng):
    shape = any_shape(rng)
    x, gradient, total = (normal(rng, *shape) for _ in range(3))
    return x, gradient, total**2, scale(rng, -4, 1), scale(rng, -9, 1)


@of("adaptive-optimizers.adam")
def adam(rng):
    shape = one_of(rng, (), (1,), (5,), (2, 3))
    gradients = normal(rng, int(rng.integers(0, 9)), *shape)
    betas = between(rng, 0, 0.99), between(rng, 0, 0.9999)
    return normal(rng, *shape), gradients, scale(rng, -4, 1), *betas, scale(rng, -9, 0)


@of("adaptive-optimizers.lonely")
def betas(rng):
    return between(rng, 0, 0.999), 1 - scale(rng, -6, 0)


@of("adaptive-optimizers.adamw")
def adamw(rng):
    shape = any_shape(rng)
    x, gradient, m = (normal(rng, *shape) for _ in range(3))
    t = one_of(rng, 1, 2, 3, int(rng.integers(1, 5000)))
    v = m**2 + normal(rng, *shape) ** 2
    return x, gradient, m, v, t, scale(rng, -4, 0), scale(rng, -4, 0)


@of("adaptive-optimizers.choose")
def tables(rng):
    rules, rates, seeds = (int(n) for n in rng.integers([1, 1, 4], [6, 6, 14]))
    losses = 10 ** rng.normal(0, 1, (rules, rates, 1)) * rng.lognormal(
        0, 0.7, (rules, rates, seeds)
    )
    losses[rng.random(losses.shape) < 0.1] = np.nan
    return losses, int(rng.integers(1, seeds))
