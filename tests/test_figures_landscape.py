"""Surfaces in 3-D: the settings, the runs, the words and the scripts that they need."""

import json
import re

import pytest

from gdcourse import descend, plots
from gdcourse.figures import Contours, Curve, Landscape
from gdcourse.figures.base import STATIC
from gdcourse.optimizers import adam, gradient_descent
from gdcourse.surfaces import beale, bowl, parabola, rosenbrock

RULES = [gradient_descent(0.001), adam(0.05)]


def beales(**more):
    return Landscape([beale, bowl], RULES, [1, 1], steps=50, **more)


def test_it_begins_at_the_first_step_on_the_first_surface():
    figure = beales()
    path = figure.paths["gradient descent"]
    assert (path.loss[0], path.gradient[0].tolist()) == (14.203125, [0.0, 27.75])
    assert (figure.settings["shown"], figure.surface) == (0, beale)
    assert figure.settings["starts"][1] == Contours(bowl, adam()).start


def test_what_the_reader_chose_reaches_the_paths():
    figure = beales()
    figure.moved = {"chosen": 1, "start": [2.0, 1.0], "rates": [0.1, 0.05]}
    same = descend(bowl, gradient_descent(0.1), [2.0, 1.0], 50)
    assert figure.surface is bowl
    assert figure.paths["gradient descent"].x.tolist() == same.x.tolist()
    assert "w² + 4·b²" in figure.alt and "w = 2, b = 1, loss 8" in figure.alt


def test_each_surface_may_have_a_start():
    starts = {"Rosenbrock": [-1.5, 2], "Beale": [1, 1]}
    figure = Landscape([rosenbrock, bowl, beale], RULES, starts)
    assert figure.settings["starts"][::2] == [[-1.5, 2.0], [1.0, 1.0]]
    assert figure.start == [-1.5, 2.0]


def test_rates_reach_further_than_on_contours():
    racers = [
        figure.settings["racers"][0] for figure in (beales(), Contours(bowl, RULES))
    ]
    assert [racer["rates"] for racer in racers] == [[1e-5, 0.1], [1e-5, 0.01]]


def test_the_still_is_the_map_of_the_surface_that_is_shown():
    settings = json.loads(json.dumps(beales().settings))
    assert "Contours of (1.5 - x" in plots.still("landscape", settings)
    assert "Contours of w**2" in plots.still("landscape", settings | {"chosen": 1})


def test_a_saved_landscape_carries_its_own_script(tmp_path):
    page = beales().save(tmp_path / "beale.html").read_text("utf-8")
    script = (STATIC / "landscape-site.js").read_text("utf-8")
    assert script.replace("</script", r"<\/script") in page
    assert "three.js" not in Curve(parabola).save(tmp_path / "ball.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([], RULES), "surfaces = []"),
        ((parabola, RULES), "not 2"),
        (([bowl, bowl], RULES), "give each its own name"),
        ((bowl, RULES, {"Beale": [1, 1]}), "start names 'Beale'"),
        ((bowl, RULES, [1, 2, 3]), "shape"),
    ],
)
def test_bad_settings_get_one_sentence(arguments, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        Landscape(*arguments)
