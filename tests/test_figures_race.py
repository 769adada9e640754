"""Races on contours: several surfaces, arrivals, arrows, a learner's own rule."""

import json
import re

import numpy as np
import pytest

from gdcourse import descend, plots
from gdcourse.figures import Contours
from gdcourse.optimizers import adam, gradient_descent, momentum, newton, sam
from gdcourse.surfaces import beale, bowl, parabola, rosenbrock

TUNED = [momentum(0.002), adam(1.78)]


def heavy(x, gradient, state):
    """A learner's rule, which keeps its velocity in a dict."""
    state["velocity"] = 0.9 * state.get("velocity", np.zeros_like(x)) + gradient
    return x - 0.0008 * state["velocity"]


def test_tuned_rates_arrive_almost_together():
    race = Contours(rosenbrock, TUNED, [-1.5, 2.0], steps=500)
    assert race.arrivals == {"momentum": 384, "Adam": 369}


def test_who_does_not_arrive_is_left_out():
    race = Contours(rosenbrock, [gradient_descent(0.0008)], [-1.5, 2.0], steps=300)
    assert race.arrivals == {}
    assert Contours(beale, adam(), near=9).arrivals == {"Adam": 0}


def test_the_reader_chooses_among_surfaces():
    race = Contours([rosenbrock, bowl], TUNED, {"Rosenbrock": [-1.5, 2.0]}, steps=50)
    assert (race.surface, race.start) == (rosenbrock, [-1.5, 2.0])
    race.moved = {"chosen": 1, "start": [2.0, 1.0], "rates": [0.1, 0.05]}
    same = descend(bowl, momentum(0.1), [2.0, 1.0], 50)
    assert race.surface is bowl
    assert race.paths["momentum"].x.tolist() == same.x.tolist()
    assert "w² + 4·b²" in race.alt


def test_the_still_shows_the_surface_that_is_chosen():
    settings = json.loads(json.dumps(Contours([beale, bowl], TUNED).settings))
    assert "Contours of (1.5 - x" in plots.still("contours", settings)
    assert "Contours of w**2" in plots.still("contours", settings | {"chosen": 1})


def test_one_surface_needs_no_choice():
    settings = Contours([bowl], TUNED).settings
    assert settings == Contours(bowl, TUNED).settings
    assert "surfaces" not in settings


def test_a_rule_with_a_dict_of_state_races_like_the_librarys():
    race = Contours(rosenbrock, [heavy, momentum(0.0008)], [-1.5, 2.0], steps=99)
    own, known = race.paths.values()
    np.testing.assert_allclose(own.x, known.x, rtol=1e-9)
    graph = race.settings["racers"][0]["rule"]
    assert graph["state"] == [["velocity", "vector"]]
    assert graph["first"] is not None


def test_a_method_races_as_recorded_with_what_each_step_cost():
    method = sam(momentum(0.0008))
    race = Contours([rosenbrock, bowl], [adam(0.1), method, newton()], steps=40)
    (first, second), path = race.settings["records"], race.paths[method.name]
    assert race.settings["racers"][1]["rule"] is None
    assert first[method.name]["counts"][-1] == [path.evaluations, 0, 0] == [80, 0, 0]
    np.testing.assert_allclose(first[method.name]["loss"], path.loss, rtol=1e-7)
    assert second["Newton"]["counts"][1] == [1, 0, 1]
    assert second["Newton"]["x"][1] == [0.0, 0.0]


def test_a_still_draws_what_was_recorded():
    race = Contours(bowl, [adam(0.1), newton()], [2.0, 1.0], steps=3)
    settings = json.loads(json.dumps(race.settings))
    assert "Newton: loss 0 after 3 steps" in plots.still("contours", settings)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Contours([], TUNED), "surfaces = []"),
        (lambda: Contours([bowl, parabola], TUNED), "not 2"),
        (lambda: Contours([bowl, bowl], TUNED), "give each its own name"),
        (lambda: Contours(bowl, TUNED, {"Beale": [1, 1]}), "start names 'Beale'"),
        (lambda: Contours(bowl, newton(), steps=2001), "too many to record Newton"),
        (lambda: Contours(bowl, TUNED, near=0), "near = 0 must be above zero"),
    ],
)
def test_bad_settings_get_one_sentence(make, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        make()
