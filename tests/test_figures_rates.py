"""The range test as a figure: Python's numbers, the browser's, settings and words."""

import re

import numpy as np
import pytest

from gdcourse import SURFACES, Surface, plots, trace
from gdcourse.figures import RateFinder
from gdcourse.figures.build import node_command
from gdcourse.figures.rate_finder import limit
from gdcourse.optimizers import gradient_descent
from gdcourse.training import PICKS

from .test_trace_javascript import ask_javascript, assert_close

BOWL, START = SURFACES["bowl"], [-4, 2.5]


def finder(**settings):
    return RateFinder(BOWL, START, rates=(1e-3, 1), points=200, **settings)


# K124
@pytest.mark.parametrize(("steps", "rate"), [(1, 0.0691), (5, 0.01552), (20, 0.00401)])
def test_the_suggestion_moves_with_the_steps(steps, rate):
    figure = finder()
    figure.steps = steps
    assert figure.sweep.pick("steepest") == pytest.approx(rate, rel=1e-3)
    assert figure.settings["limit"] == pytest.approx(0.25)


def suggested(sweep):
    found = []
    for name in PICKS:
        try:
            found.append(sweep.pick(name))
        except ValueError:
            found.append(None)
    return found


CASES = [
    (BOWL, START, (1e-3, 1, 200), 1, False),
    (BOWL, START, (1e-3, 1, 200), 20, False),
    (BOWL, START, (1e-4, 1, 100), 1, True),
    (BOWL, START, (1e-2, 3, 40), 7, True),
    (SURFACES["parabola"], [7], (1e-3, 50, 60), 3, False),
    (SURFACES["parabola"], [7], (0.9, 50, 20), 1, False),
    (SURFACES["rosenbrock"], [-1.5, 2], (1e-6, 1, 100), 5, False),
    (SURFACES["beale"], [1, 1], (1e-5, 10, 90), 4, True),
]


@pytest.mark.skipif(node_command() is None, reason="needs Node")
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0].name} {case[2:]}")
def test_the_browser_finds_what_python_finds(case):
    surface, start, (low, high, points), steps, one = case
    plan = {"steps": steps, "sequential": one}
    figure = RateFinder(surface, start, rates=(low, high), points=points, **plan)
    documents = {
        "surface": trace.surface(surface),
        "rule": trace.rule(gradient_descent(low)),
        "picks": list(PICKS),
        "ends": [low, high, points],
    }
    (found,) = ask_javascript([{"ask": "sweep", "start": start, **documents, **plan}])
    wanted = figure.sweep
    assert_close(found["rates"], wanted.rates)
    usual = np.isfinite(wanted.losses)
    losses = [float(str(loss).replace("Infinity", "inf")) for loss in found["losses"]]
    assert np.array(losses)[usual] == pytest.approx(wanted.losses[usual], rel=1e-9)
    assert not np.isfinite(np.array(losses)[~usual]).any()
    assert found["picks"] == [
        None if rate is None else pytest.approx(rate) for rate in suggested(wanted)
    ]


@pytest.mark.parametrize(
    ("surface", "most"),
    [
        (SURFACES["parabola"], 1.0),
        (SURFACES["booth"], 2 / 18),
        (SURFACES["ravine"], 0.02),
        (SURFACES["quartic"], None),
        (SURFACES["rastrigin"], None),
        (SURFACES["cubic"], None),
        (Surface("x*y", "x y"), None),
    ],
)
def test_the_limit_is_known_where_the_surface_is_quadratic(surface, most):
    assert limit(surface) == (most and pytest.approx(most))


def test_moved_settings_reach_the_sweep_and_the_words():
    figure = finder()
    figure.moved = {"steps": 5, "sequential": False}
    assert "5 steps each. Suggestions: steepest 0.01552;" in figure.alt
    figure.sequential = True
    assert figure.moved == {}
    assert figure.sweep.losses[0] == BOWL(START)
    low = RateFinder(BOWL, START, rates=(1e-4, 1e-3), points=9).alt
    assert "before the rise none" in low


BAD = {
    "falling rates": (lambda: RateFinder(BOWL, START, rates=(1, 0.1)), "(1, 0.1)"),
    "no rate": (lambda: RateFinder(BOWL, START, rates=(0, 1)), "rates = 0"),
    "two points": (lambda: RateFinder(BOWL, START, points=2), "points = 2"),
    "many points": (lambda: RateFinder(BOWL, START, points=10**4), "points = 10000"),
    "no steps": (lambda: RateFinder(BOWL, START, steps=0), "steps = 0"),
    "many steps": (lambda: finder().__setattr__("steps", 999), "steps = 999"),
    "a point of one": (lambda: RateFinder(BOWL, [1]), "shape"),
    "two starts": (lambda: RateFinder(BOWL, [START]), "one point"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    make, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        make()
    assert "\n" not in str(error.value)


def test_the_picture_marks_the_picks_and_the_limit():
    figure = finder()
    ax = plots.sweep(figure.sweep, limit=0.25)
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names[0] == "steepest: 0.0691" and names[-1] == "limit 2/λ = 0.25"
    still = plots.still("rates", figure.settings, "A sweep.")
    assert "A sweep." in still and "minimum/10" in still
