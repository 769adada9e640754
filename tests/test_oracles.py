"""The rules against PyTorch, and against optax where PyTorch has no such rule.

Golden files hold what both made of recorded gradients; where torch can be imported it
is asked again, over many hyper-parameters, and on a convex problem.
"""

import json
from pathlib import Path

import numpy as np
import pytest

import make_optax
import make_optimizers
from gdcourse import OPTIMIZERS, SURFACES, descend
from gdcourse.schedules import cosine, exponential
from recorded import close, draw, gradients, replay

GOLDEN = Path(__file__).parent / "golden"
TORCH = json.loads((GOLDEN / "optimizers.json").read_text("utf-8"))
OPTAX = json.loads((GOLDEN / "optax.json").read_text("utf-8"))
CASES = pytest.mark.parametrize("seed", range(len(TORCH["cases"])))
OPTAX_CLOSED = [case for case in OPTAX["cases"] if "shape" not in case]
OPTAX_OPEN = [case for case in OPTAX["cases"] if "shape" in case]
IN_TORCH = dict.fromkeys(case["rule"] for case in TORCH["cases"])
DRAWS = 20

# Rates on the bowl and on Rosenbrock, and the steps that cut the loss a hundredfold.
RATES = {
    "gradient_descent": (0.1, 0.001, 3000),
    "momentum": (0.01, 0.001, 1000),
    "ema_momentum": (0.1, 0.01, 1000),
    "nesterov": (0.01, 0.0005, 1000),
    "nesterov_original": (0.01, 0.0005, 1000),
    "adagrad": (0.5, 0.5, 3000),
    "rmsprop": (0.02, 0.005, 2000),
    "rmsprop_inside": (0.02, 0.005, 2000),
    "adam": (0.1, 0.02, 2000),
    "adam_l2": (0.1, 0.02, 2000),
    "adamw": (0.1, 0.02, 2000),
    "lion": (0.02, 0.005, 1000),
    "lamb": (0.05, 0.004, 8000),  # it creeps past the origin, where its steps are short
    "muon": (0.02, 0.005, 2000),
}


def rule_of(case):
    """Return our rule for one case of a golden file."""
    known = OPTIMIZERS[case["rule"]]().hyperparameters
    settings = {name: case[name] for name in known if name in case}
    if "cosine" in case:
        settings["learning_rate"] = cosine(case["learning_rate"], case["cosine"])
    if "factor" in case:
        settings["learning_rate"] = exponential(case["learning_rate"], case["factor"])
    return OPTIMIZERS[case["rule"]](**settings)


def bare(case):
    return {name: value for name, value in case.items() if name != "x"}


# Open loop: the same recorded gradients on both sides


@CASES
def test_paths_match_the_recorded_ones_of_torch(seed):
    case = TORCH["cases"][seed]
    ours = replay(rule_of(case), np.ones(3), gradients(seed))
    close(ours[TORCH["kept"]], np.array(case["x"]))


@CASES
def test_paths_match_torch_itself(seed):
    pytest.importorskip("torch", reason="torch is not installed: pip install torch")
    case = make_optimizers.CASES[seed]
    ours = replay(rule_of(case), np.ones(3), gradients(seed))
    close(ours, make_optimizers.path(case, seed))


@pytest.mark.parametrize("seed", range(DRAWS))
@pytest.mark.parametrize("name", IN_TORCH)
def test_any_hyper_parameters_and_schedules_give_the_path_of_torch(name, seed):
    pytest.importorskip("torch", reason="torch is not installed: pip install torch")
    case = draw(name, OPTIMIZERS[name]().hyperparameters, seed)
    ours = replay(rule_of(case), np.ones(3), gradients(seed))
    close(ours, make_optimizers.path(case, seed))


@pytest.mark.parametrize("case", OPTAX_OPEN, ids=lambda case: case["rule"])
def test_paths_match_the_recorded_ones_of_optax(case):
    ours = replay(rule_of(case), *make_optax.recorded(case))
    close(ours[OPTAX["kept"]], np.array(case["x"]))


def test_the_golden_files_hold_the_cases_of_their_scripts_and_every_rule():
    known = [bare(case) for case in TORCH["cases"]]
    seeded = [case | {"seed": i} for i, case in enumerate(make_optimizers.CASES)]
    assert known == seeded
    assert [
        bare(case) for case in OPTAX["cases"]
    ] == make_optax.CASES + make_optax.CLOSED
    # The original Nesterov is where torch's looks ahead: see test_optimizers.py.
    proven = {*IN_TORCH, *make_optax.NAMES, "nesterov_original"}
    assert proven == set(OPTIMIZERS) == set(RATES)


# Closed loop: each side takes the gradient where it stands, on a convex problem


def slope_of_bowl(step, x):
    import torch

    return torch.autograd.grad(x[0] ** 2 + 4 * x[1] ** 2, x)[0]


@pytest.mark.parametrize("name", IN_TORCH)
def test_a_run_down_the_bowl_is_that_of_torch(name):
    pytest.importorskip("torch", reason="torch is not installed: pip install torch")
    numbers = OPTIMIZERS[name](learning_rate=RATES[name][0]).hyperparameters
    start = [-4.0, 2.5]
    theirs = make_optimizers.follow({"rule": name, **numbers}, start, slope_of_bowl)
    ours = descend(SURFACES["bowl"], OPTIMIZERS[name](**numbers), start, 200)
    close(ours.x, theirs, digits=1e-9)


@pytest.mark.parametrize("case", OPTAX_CLOSED, ids=lambda case: case["rule"])
def test_a_run_down_the_bowl_is_that_of_optax(case):
    ours = descend(SURFACES["bowl"], rule_of(case), make_optax.START, 200)
    close(ours.x[OPTAX["kept"]], np.array(case["x"]), digits=1e-9)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_one_rate_cuts_the_loss_a_hundredfold(name):
    *rates, steps = RATES[name]
    places = {"bowl": [-4.0, 2.5], "rosenbrock": [-1.5, 2.0]}
    for (place, start), rate in zip(places.items(), rates, strict=True):
        rule = OPTIMIZERS[name](learning_rate=rate)
        loss = descend(SURFACES[place], rule, start, steps).loss
        assert loss[-1] < loss[0] / 100
