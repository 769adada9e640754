"""Basin maps: where starts end, in Python and in the browser."""

import json
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from gdcourse import Surface, basins, plots
from gdcourse.figures import Basins
from gdcourse.figures.build import node_command
from gdcourse.optimizers import (
    adam,
    gradient_descent,
    lamb,
    momentum,
    nesterov_original,
)
from gdcourse.surfaces import himmelblau, monkey_saddle, parabola, strict_saddle

PLAY = Path(__file__).parent / "js" / "play.mjs"
WELLS = Surface(
    "(x**2 - 4)**2/8 + x/2 + y**2/2",
    "x y",
    "two wells",
    minima=[[-2.114907541476756, 0], [1.8608058531117035, 0]],
    window=[(-3.2, 3.2), (-2, 2)],
)


def ends_of(surface, rule, across=20, steps=500):
    return basins.endings(surface, rule, basins.window_grid(surface, across), steps)


def test_at_a_small_rate_the_basins_are_those_of_the_flow():
    starts = basins.window_grid(himmelblau, 7)
    found, _ = basins.endings(himmelblau, gradient_descent(1e-3), starts, 5000)
    for start, end in zip(starts, found, strict=True):
        flow = solve_ivp(lambda t, x: -himmelblau.gradient(x), (0, 3), start, rtol=1e-8)
        apart = np.linalg.norm(himmelblau.minima - flow.y[:, -1], axis=1)
        assert end == apart.argmin()


# 2 / (largest curvature) of each of Himmelblau's minima
def test_a_minimum_keeps_its_basin_up_to_its_own_stable_rate():
    sharpest = np.linalg.eigvalsh(himmelblau.hessian(himmelblau.minima))[:, -1]
    limits = 2 / sharpest
    for rate in (0.014, 0.0175, 0.0185, 0.0242):
        ends, _ = ends_of(himmelblau, gradient_descent(rate), 40, 1500)
        kept = {code for code in range(4) if (ends == code).mean() > 0.02}
        assert kept == set(np.flatnonzero(limits > rate)), rate


def test_divergence_comes_first_at_the_edge_and_is_counted_in_steps():
    ends, steps = ends_of(himmelblau, momentum(0.015))
    gone = ends == basins.DIVERGED
    assert 0 < gone.mean() < 0.2 and (steps[gone] < 60).all()
    out = np.abs(basins.window_grid(himmelblau, 20)).max(axis=1)
    assert out[gone].mean() > out[~gone].mean() + 1


def test_a_surface_without_minima_has_no_basins():
    assert set(ends_of(monkey_saddle, gradient_descent(0.01), 8)[0]) == {-2}
    assert set(ends_of(monkey_saddle, gradient_descent(0.01), 8, 1)[0]) == {-1}


BROWSER = {
    "descent": (himmelblau, gradient_descent(0.005)),
    "momentum": (himmelblau, momentum(0.002)),
    "large": (WELLS, gradient_descent(0.3)),
    "asks elsewhere": (WELLS, nesterov_original(0.02)),
    "adam": (WELLS, adam(0.05)),
    "couples": (strict_saddle, lamb(0.01)),
}


@pytest.mark.skipif(node_command() is None, reason="needs Node")
@pytest.mark.parametrize("case", BROWSER)
def test_the_browser_computes_the_same_map(case):
    surface, rule = BROWSER[case]
    figure = Basins(surface, rule, cells=20)
    question = json.dumps([{"ask": "basins", **figure.settings}])
    done = subprocess.run(
        [*node_command(), str(PLAY)], input=question, capture_output=True, text=True
    )
    ((ends, stops),) = json.loads(done.stdout)
    own, steps = ends_of(surface, rule)
    assert ends == own.tolist()
    assert np.abs(np.array(stops) - steps).max() <= 1  # a norm may round over the line


def test_what_the_reader_moves_is_what_python_has():
    figure = Basins(himmelblau, [gradient_descent(0.01), momentum(0.01)], [-1, 4])
    assert figure.path.stopped == "converged" and figure.shares["B"] > 0.2
    figure.moved = {
        "start": [4.0, -3.0],
        "chosen": 1,
        "rates": [0.01, 0.02],
        "betas": [None, 0.5],
    }
    assert figure.rule.hyperparameters == {"learning_rate": 0.02, "beta": 0.5}
    assert figure.path.x[0].tolist() == [4, -3]
    assert "momentum(learning_rate=0.02, beta=0.5)" in figure.alt


def test_words_and_picture_tell_the_shares():
    figure = Basins(WELLS, gradient_descent(0.1))
    assert "% A (−2.115, 0)" in figure.alt and "0 % diverged" in figure.alt
    still = plots.still("basins", figure.settings, figure.alt)
    assert still.startswith("<svg") and ">A</text>" in still and ">B</text>" in still
    wild = Basins(WELLS, gradient_descent(20.0))
    assert ">×</text>" in plots.still("basins", wild.settings)


BAD = {
    "one parameter": (lambda: Basins(parabola, adam()), "not 2"),
    "too fine": (lambda: Basins(WELLS, adam(), cells=999), "cells = 999 is too fine"),
    "too coarse": (lambda: Basins(WELLS, adam(), cells=2), "cells = 2"),
    "no steps": (lambda: Basins(WELLS, adam(), steps=0), "steps = 0"),
    "start": (lambda: Basins(WELLS, adam(), [1, 2, 3]), "start"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    make, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        make()
    assert "\n" not in str(error.value)
