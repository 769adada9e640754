"""Write the golden paths: `python tests/golden/make_paths.py`.

Each file in paths/ holds every fifth row of what descend returned on one surface, for
each of the rules in ``runs``; a rule without a learning rate has the rate 0.  Python
and JavaScript are both held to them.  Rates are small enough that no path is chaotic,
so that a difference in the last digit stays one.
"""

import json
from pathlib import Path

import numpy as np

from gdcourse import SURFACES, Surface, data, descend
from gdcourse.optimizers import (
    adagrad,
    adam,
    adam_l2,
    adamw,
    ema_momentum,
    gradient_descent,
    lamb,
    lion,
    momentum,
    nesterov,
    nesterov_original,
    rmsprop,
    rmsprop_inside,
)
from gdcourse.schedules import cosine

PATHS = Path(__file__).parent / "paths"
STEPS, EVERY = 40, 5

houses = data.houses()
SIZES = (houses.area[:200] - 1500) / 500
PRICES = (houses.price[:200] - 180_000) / 80_000
LINE = Surface.mean("(w*x + b - y)**2", "w b", {"x": SIZES, "y": PRICES}, "houses")
CURVED = Surface(
    "log(cosh(2*x)) + exp(-y/2) + abs(y)^3/9 - sin(x*y)/4", "x y", "curved"
)

# Surface, start and a rate that suits gradient descent there.
PLACES = {
    "parabola": ([3.0], 0.1),
    "bowl": ([-4.0, 2.5], 0.05),
    "quartic": ([3.2], 0.01),
    "double_well": ([1.5], 0.05),
    "rosenbrock": ([-1.5, 2.0], 5e-4),
    "beale": ([1.0, 0.8], 5e-3),
    "himmelblau": ([0.5, 1.0], 5e-3),
    "strict_saddle": ([1.5, 0.2], 0.1),
    "houses": ([0.0, 0.0], 0.1),
    "curved": ([1.2, -1.0], 0.05),
}


def surface(name):
    return {**SURFACES, "houses": LINE, "curved": CURVED}[name]


def sign_descent(x, gradient):
    return x - 0.013 * np.sign(gradient)


def normed(x, gradient):
    length = np.linalg.norm(gradient)
    return x - 0.02 * gradient / (length + 1e-8)


def own_momentum(x, gradient, state):
    state["m"] = 0.8 * state.get("m", 0) + gradient
    state["count"] = state.get("count", 0) + 1
    x -= 1e-3 * state["m"] / np.sqrt(state["count"])
    return x


def halving(step):
    return 0.02 if step < 20 else 0.01


def runs(rate):
    """Return the rules of the table, and the tolerance at which each stops."""
    return {
        "gradient_descent": (gradient_descent(rate), 1e-3),
        "momentum": (momentum(rate / 5), 0),
        "adam": (adam(0.02), 0),
        "adam with cosine": (adam(cosine(0.05, 40, floor=0.001)), 0),
        "adam with halving": (adam(halving), 0),
        "diverging": (gradient_descent(100 * rate), 0),
        "sign descent": (sign_descent, 0),
        "normed": (normed, 0),
        "own momentum": (own_momentum, 0),
        "ema_momentum": (ema_momentum(2 * rate), 0),
        "nesterov": (nesterov(rate / 5), 0),
        "nesterov_original": (nesterov_original(rate / 5), 0),
        "adagrad": (adagrad(0.1), 0),
        "rmsprop": (rmsprop(0.01), 0),
        "rmsprop_inside": (rmsprop_inside(0.01, decay=0.9, epsilon=1e-4), 0),
        "adam_l2": (adam_l2(0.02, weight_decay=0.1), 0),
        "adamw": (adamw(cosine(0.05, 40), weight_decay=0.1), 0),
        "lion": (lion(0.007, weight_decay=0.1), 0),
        "lamb": (lamb(0.02, weight_decay=0.1), 0),
    }


def record(name):
    """Return what descend makes of each run on one surface, as JSON."""
    start, rate = PLACES[name]
    paths = {}
    for label, (rule, tolerance) in runs(rate).items():
        path = descend(surface(name), rule, start, STEPS, tolerance)
        paths[label] = {
            "x": path.x[::EVERY].tolist(),
            "loss": path.loss[::EVERY].tolist(),
            "gradient": path.gradient[::EVERY].tolist(),
            "rate": np.nan_to_num(path.learning_rate[::EVERY]).tolist(),
            "stopped": path.stopped,
            "stopped_at": path.stopped_at,
            "evaluations": path.evaluations,
        }
    return paths


if __name__ == "__main__":
    PATHS.mkdir(exist_ok=True)
    for name in PLACES:
        text = json.dumps(record(name), allow_nan=False)
        (PATHS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(f"wrote {name}.json, {len(text) / 1000:.0f} kB")
