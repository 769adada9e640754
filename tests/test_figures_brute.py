"""Search on a grid beside descent, as Python declares it."""

import re

import pytest

from gdcourse import Surface, descend
from gdcourse.figures import BruteForce
from gdcourse.figures.brute_force import maxima
from gdcourse.optimizers import gradient_descent
from gdcourse.surfaces import bowl, cubic, double_well, parabola

twins = Surface(
    "(x**2 - 4)**2/8", "x", "twin wells", minima=[[-2], [2]], window=[(-3.2, 3.2)]
)


def search(start=0.5, rate=0.1, **more):
    return BruteForce(twins, start, rate, **more)


@pytest.mark.parametrize(("start", "end"), [(0.5, 2), (-0.5, -2), (0, 0)])
def test_descent_ends_in_the_valley_it_starts_in(start, end):
    path = search(start).path
    assert path.x[-1, 0] == pytest.approx(end, abs=1e-4)
    assert path.evaluations <= 40


def test_the_grid_asks_for_every_point_and_looks_into_every_valley():
    found = search().found
    assert found.evaluations == 1000
    assert abs(found.x[0]) == pytest.approx(2, abs=6.4 / 999)
    figure = search()
    figure.points = 50
    assert figure.found.evaluations == figure.settings["points"] == 50


def test_what_the_reader_moved_counts():
    figure = search()
    figure.moved = {"start": -0.5, "learning_rate": 0.2, "points": 100}
    same = descend(twins, gradient_descent(0.2), [-0.5], 50, tolerance=1e-4)
    assert figure.path.x.tolist() == same.x.tolist()
    assert figure.found.evaluations == 100


@pytest.mark.parametrize(
    ("surface", "tops"),
    [
        (twins, [0]),
        (parabola, []),
        (cubic, []),
        (Surface("-x**3", "x"), []),
        (Surface("cos(3*x)", "x"), [-2.0943951, 0, 2.0943951]),
        (double_well, [0.2541016]),  # a root of x³/2 - 2x + 1/2, by NumPy's roots
    ],
)
def test_local_maxima_are_found_and_inflections_are_none(surface, tops):
    assert maxima(surface) == pytest.approx(tops, abs=1e-5)


def test_words_tell_both_searches():
    alt = search().alt
    assert "A grid asks for 1,000 losses" in alt
    assert f"asks for {search().path.evaluations} gradients and ends at x = 2" in alt
    assert "diverges at step" in search(3, 5).alt


BAD = {
    "two parameters": (lambda: BruteForce(bowl, 1, 0.1), "one axis"),
    "no start": (lambda: search(float("nan")), "start"),
    "no rate": (lambda: search(rate=0), "learning_rate = 0"),
    "few points": (lambda: search(points=3), "points = 3 must lie between 10 and 5000"),
    "many points": (lambda: search().__setattr__("points", 10**6), "1000000"),
    "no steps": (lambda: search(steps=0), "steps = 0"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    make, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        make()
    assert str(error.value).count("\n") == 0
