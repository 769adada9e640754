"""Balls on a curve: what happens at a flat place, as the worked claims say."""

import numpy as np
import pytest

from gdcourse import figures, plots
from gdcourse.figures.build import node_command
from gdcourse.optimizers import adam, ema_momentum, gradient_descent, momentum, rmsprop
from gdcourse.surfaces import bowl, cubic, quartic

from .test_trace_javascript import ask_javascript


def ends(surface, rules, start, **more):
    figure = figures.Balls(surface, rules, start, **more)
    return {label: path.x[-1, 0] for label, path in figure.paths.items()}


# K31
@pytest.mark.parametrize(
    ("rule", "start", "crosses"),
    [
        (gradient_descent(0.3), 1.0, False),
        (gradient_descent(0.35), 1.0, True),
        (momentum(0.003011), 1.0, False),
        (momentum(0.003013), 1.0, True),
        (ema_momentum(0.03011), 1.0, False),
        (ema_momentum(0.03013), 1.0, True),
        (momentum(0.01), 0.2, False),
        (momentum(0.01), 0.0, False),
    ],
    ids=repr,
)
def test_who_crosses_the_flat_place_of_the_cube(rule, start, crosses):
    figure = figures.Balls(cubic, rule, start, steps=400)
    (path,) = figure.paths.values()
    assert bool(np.nanmin(path.x[:, 0]) < 0) == crosses
    assert ("crosses 0 at step" in figure.alt) == crosses


# K27
def test_on_the_quartic_only_enough_momentum_reaches_the_minimum():
    rules = [gradient_descent(0.012), momentum(0.012), rmsprop(0.012), adam(0.012)]
    x = ends(quartic, rules, -0.5)
    assert x.pop("momentum") == pytest.approx(2.2501, abs=1e-4)
    assert all(-0.1 < place < 0.1 for place in x.values())
    assert ends(quartic, momentum(0.012, beta=0.5), -0.5)["momentum"] < 0


def test_noise_is_the_same_for_each_rule_and_takes_descent_across():
    rules = [gradient_descent(0.01), momentum(0.0)]
    figure = figures.Balls(cubic, rules, 1.0, steps=3000, noise=0.5, seed=0)
    assert "gradient descent does not cross 0" in figure.alt
    figure.noisy = True
    assert "gradient descent crosses 0 at step 1345" in figure.alt
    first = figure.paths["gradient descent"].x[1, 0]
    assert first == pytest.approx(1 - 0.01 * (3 + 0.5 * figure.settings["draws"][0]))


@pytest.mark.skipif(node_command() is None, reason="needs Node")
@pytest.mark.parametrize("noisy", [False, True])
def test_the_browser_runs_what_python_runs(noisy):
    rules = [gradient_descent(0.012), momentum(0.012), adam(0.012)]
    figure = figures.Balls(quartic, rules, -0.5, noise=1.0)
    figure.noisy = noisy
    (found,) = ask_javascript([{"ask": "balls", "settings": figure.settings}])
    for x, path in zip(found, figure.paths.values(), strict=True):
        assert x == pytest.approx(path.x[:, 0], abs=1e-9)


def test_the_still_has_a_picture_for_each_rule():
    figure = figures.Balls(cubic, [gradient_descent(0.01), momentum(0.01)], 1.0)
    assert plots.still("balls", figure.now).count("<svg") == 2


BAD = {
    "two parameters": (lambda: figures.Balls(bowl, adam(), 0), "use Contours"),
    "too long": (lambda: figures.Balls(cubic, adam(), 0, steps=10**6), "at most 5000"),
    "noise below zero": (lambda: figures.Balls(cubic, adam(), 0, noise=-1), "noise"),
    "no number": (lambda: figures.Balls(cubic, adam(), "far"), "far"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_words(case):
    act, words = BAD[case]
    with pytest.raises(ValueError, match=words):
        act()
