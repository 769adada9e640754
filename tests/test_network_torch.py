"""The network against PyTorch's autograd: recorded, and live where torch is."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

from gdcourse.network import ACTIVATIONS, mlp

GOLDEN = Path(__file__).parent / "golden"
TABLE = json.loads((GOLDEN / "network.json").read_text("utf-8"))["cases"]


def load_script():
    spec = importlib.util.spec_from_file_location("make", GOLDEN / "make_network.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


SCRIPT = load_script()
CASES = pytest.mark.parametrize("seed", range(len(SCRIPT.CASES)))
FOUND = ("value", "predictions", "gradients", "updates")


def network_of(case):
    settings = {name: value for name, value in case.items() if name != "size"}
    return mlp(SCRIPT.WIDTHS, **settings)


def check(case, seed, expected):
    """Compare what our network finds for a case with what torch found."""
    network = network_of(case)
    drawn = SCRIPT.inputs(network.shapes, seed, case.get("size", 1.0))
    parameters, x, labels, targets = drawn
    y = targets if case.get("loss") == "mse" else labels
    loss, gradients, updates = network.gradients(parameters, x, y)
    ours = loss, network.predict(parameters, x), gradients, updates
    for name, value in zip(FOUND, ours, strict=True):
        arrays = value.values() if isinstance(value, dict) else [value]
        flat = np.concatenate([np.ravel(array) for array in [[], *arrays]])
        size = max(1, *np.abs(expected[name])) if expected[name] else 1
        np.testing.assert_allclose(flat, expected[name], rtol=0, atol=1e-13 * size)


@CASES
def test_losses_and_gradients_match_those_recorded_from_torch(seed):
    check(SCRIPT.CASES[seed], seed, TABLE[seed])


@CASES
def test_losses_and_gradients_match_torch_itself(seed):
    pytest.importorskip("torch", reason="torch is not installed: pip install torch")
    case = SCRIPT.CASES[seed]
    check(case, seed, SCRIPT.results(case, network_of(case).shapes, seed))


def test_the_golden_file_holds_the_cases_of_its_script():
    keys = [{k: v for k, v in c.items() if k not in FOUND} for c in TABLE]
    assert keys == SCRIPT.CASES
    assert {case["activation"] for case in keys} == set(ACTIVATIONS)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_and_their_slopes_match_torch_at_every_size(name):
    torch = pytest.importorskip("torch", reason="torch is missing: pip install torch")
    x = np.concatenate([[-1e4, -800.0, 800.0, 1e4], np.linspace(-40, 40, 401)])
    theirs = torch.tensor(x, requires_grad=True)
    value = getattr(torch.nn.functional, name)(theirs)
    (slope,) = torch.autograd.grad(value.sum(), theirs)
    ours = ACTIVATIONS[name]
    np.testing.assert_allclose(ours.value(x), value.detach(), rtol=1e-14, atol=1e-14)
    np.testing.assert_allclose(ours.slope(x), slope, rtol=1e-14, atol=1e-14)
