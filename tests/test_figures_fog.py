"""The walk in fog, as Python declares it."""

import re

import numpy as np
import pytest

from gdcourse import Surface, descend, style
from gdcourse.figures import FogWalk, fog
from gdcourse.optimizers import gradient_descent, momentum
from gdcourse.surfaces import bowl, himmelblau, parabola, ravine, valleys


def walk(**more):
    return FogWalk(valleys, [0.5, 0.5], rule=gradient_descent(0.25), **more)


def test_the_walk_is_compared_with_the_rule_from_its_start():
    figure = walk(steps=12)
    same = descend(valleys, gradient_descent(0.25), [0.5, 0.5], 12)
    assert np.array_equal(figure.path.x, same.x)
    figure.start = [3, 0]
    assert figure.path.x[0].tolist() == figure.settings["start"] == [3.0, 0.0]
    assert momentum().name in FogWalk(valleys, [0, 0], rule=momentum()).alt.lower()


def test_walker_and_rule_have_looks_of_their_own():
    own, theirs = walk().settings["looks"]
    assert own["marker"] == style.LOOKS["your rule"].marker
    assert theirs["marker"] == style.LOOKS["gradient descent"].marker
    assert own["colour"] != theirs["colour"]


@pytest.mark.parametrize(
    ("surface", "rate"), [(bowl, 1 / 8), (valleys, 1 / 6.9), (himmelblau, 1 / 326)]
)
def test_the_rate_without_a_rule_is_calm(surface, rate):
    # bowl: its largest curvature is 8
    assert fog.calm_rate(surface) == pytest.approx(rate, rel=0.35)
    losses = FogWalk(surface, [0.5, 0.5]).path.loss
    assert (np.diff(losses) <= 1e-12).all()
    assert fog.calm_rate(Surface("x + y", "x y")) == 0.1


def test_words_tell_height_direction_and_end():
    alt = walk(steps=14).alt
    assert "x = 0.5, y = 0.5, height 8.587, where the ground falls to the south" in alt
    assert "stands at height 0.004326 after 14 steps" in alt
    wild = FogWalk(bowl, [1, 1], rule=gradient_descent(9)).alt
    assert "diverges at step" in wild
    assert "the ground is level" in FogWalk(bowl, [0, 0]).alt


@pytest.mark.parametrize("degrees", range(0, 360, 15))
def test_the_compass_of_the_words_points_down(degrees):
    down = np.array([np.sin(np.radians(degrees)), np.cos(np.radians(degrees))])
    eighth = fog.COMPASS[int((degrees + 22.5) % 360 // 45)]
    assert fog._fall(-down) == f"falls to the {eighth}"


def test_the_land_has_four_valleys_and_descent_finds_the_deepest_round_a_bend():
    ends = {
        tuple(descend(valleys, gradient_descent(0.2), start, 300).x[-1].round(3))
        for start in np.random.default_rng(0).uniform(-4.5, 4.5, (60, 2))
    }
    heights = sorted(valleys(np.array(list(ends))))
    assert heights == pytest.approx([0, 5.03, 5.5, 6.81], abs=0.01)
    path = walk().path
    assert path.loss[10] < 0.1
    way = np.arctan2(*np.diff(path.x[:9], axis=0).T)
    assert np.ptp(np.degrees(np.unwrap(way))) > 60


BAD = {
    "one parameter": (lambda: FogWalk(parabola, [1, 1]), "not 2"),
    "off the map": (lambda: FogWalk(valleys, [9, 0]), "start = [9, 0] must be one"),
    "two points": (lambda: FogWalk(valleys, [[0, 0], [1, 1]]), "one point"),
    "three numbers": (lambda: FogWalk(valleys, [1, 2, 3]), "start"),
    "moved away": (lambda: walk().__setattr__("start", [0, 99]), "99"),
    "too narrow": (lambda: FogWalk(ravine, [1, 1]), "too narrow"),
    "no steps": (lambda: walk(steps=0), "steps = 0"),
    "too many": (lambda: walk(steps=61), "at most 60"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    make, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        make()
    assert str(error.value).count("\n") == 0
