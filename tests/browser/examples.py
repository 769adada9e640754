"""One example of each kind of figure: what the tests of every figure are run on."""

from gdcourse import Surface, figures
from gdcourse.optimizers import adam, gradient_descent, momentum
from gdcourse.schedules import cosine, step_decay, warmup
from gdcourse.surfaces import (
    beale,
    bowl,
    double_well,
    himmelblau,
    parabola,
    plateau,
    quartic,
    rastrigin,
    rosenbrock,
    strict_saddle,
    valleys,
)

TWIN_WELLS = Surface(
    "(x**2 - 4)**2/8", "x", "twin wells", minima=[[-2], [2]], window=[(-3.2, 3.2)]
)
RECORDED = {  # as if training: epochs 0 to 20 of three seeds
    "SGD": [[2.3 * (0.9 + s / 50) ** t for t in range(21)] for s in range(3)],
    "Adam": [[2.3 * (0.7 + s / 10) ** t for t in range(21)] for s in range(3)],
}
CHALLENGES = {
    "two valleys": {
        "surface": double_well,
        "start": 3,
        "learning_rate": 0.05,
        "words": "The ball settles in the valley on its side, not in the deepest.",
    },
    "inflection": {
        "surface": quartic,
        "start": -0.5,
        "learning_rate": 0.012,
        "steps": 200,
        "words": "At 0 the slope is zero, though this is no valley.",
    },
    "plateau": {
        "surface": plateau,
        "start": 10,
        "learning_rate": 0.1,
        "steps": 200,
        "words": "Where the curve is flat, steps are tiny.",
    },
}

EXAMPLES = {
    "curve": lambda: figures.Curve(parabola, start=7, learning_rate=0.1),
    "curves": lambda: figures.Curves(CHALLENGES),
    "contours": lambda: figures.Contours(
        [bowl, rosenbrock],
        [gradient_descent(0.05), momentum(0.02), adam(0.3)],
        [-4, 2.2],
        steps=40,
        arrows=True,
    ),
    "line": lambda: figures.FitLine("worked", start=[2, 1.5], learning_rate=0.1),
    "fog": lambda: figures.FogWalk(valleys, [0.5, 0.5], rule=gradient_descent(0.25)),
    "landscape": lambda: figures.Landscape(
        [beale, rosenbrock, himmelblau, bowl, strict_saddle, rastrigin],
        [gradient_descent(0.001), momentum(0.001), adam(0.05)],
        [1, 1],
    ),
    "brute": lambda: figures.BruteForce(TWIN_WELLS, 0.5, 0.1),
    "formula": lambda: figures.Formula(start=[-2, 1.5]),
    "quiz": lambda: figures.Quiz("update-rule"),
    "schedules": lambda: figures.Schedules(
        {
            "step decay": step_decay(1.0, 30),
            "cosine": cosine(1.0, 100),
            "warm-up + cosine": warmup(cosine(1.0, 90), 10),
        },
        steps=100,
        unit="epoch",
    ),
    "slices": lambda: figures.Slices(bowl, [-2.0, 1.0]),
    "batches": lambda: figures.Batches(steps=60, samples=60),
    "rates": lambda: figures.RateFinder(bowl, [-4, 2.5], points=60),
    "runs": lambda: figures.Runs(RECORDED, notes={"SGD": "rate 0.1"}, at=10),
    "phase": lambda: figures.PhaseDiagram(),
    "family": lambda: figures.FamilyTree(),
    "depth": lambda: figures.Depth(),
    "balls": lambda: figures.Balls(
        quartic, [gradient_descent(0.012), momentum(0.012)], -0.5, noise=0.5
    ),
    "reparametrised": lambda: figures.Reparametrised(),
    "laboratory": lambda: figures.Laboratory(protocol={"budget": 100}),
    "basins": lambda: figures.Basins(
        himmelblau, [gradient_descent(0.01), momentum(0.01)], [-1, 4], cells=24
    ),
}
