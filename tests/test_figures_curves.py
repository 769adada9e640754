"""Curves behind tabs: each tab is a curve of its own."""

import json
import re
from xml.etree import ElementTree

import pytest

from gdcourse import descend, plots
from gdcourse.figures import Curve, Curves
from gdcourse.optimizers import gradient_descent
from gdcourse.surfaces import bowl, double_well, parabola

WELLS = {"surface": double_well, "start": 3, "learning_rate": 0.05, "words": "Two."}
TABS = {"two valleys": WELLS, "parabola": {"surface": parabola, "steps": 20}}


def test_each_tab_has_the_settings_of_a_curve():
    two, one = Curves(TABS).settings["tabs"]
    assert (two["label"], two["words"], one["words"]) == ("two valleys", "Two.", "")
    alone = Curve(double_well, start=3, learning_rate=0.05).settings
    assert {name: two[name] for name in alone} == alone


def test_paths_follow_what_the_reader_moved():
    figure = Curves(TABS)
    assert figure.paths["two valleys"].x[-1, 0] == pytest.approx(1.861, abs=5e-4)
    tabs = json.loads(json.dumps(figure.settings["tabs"]))
    tabs[0]["start"] = -3.0
    figure.moved = {"tabs": tabs, "shown": 1}
    same = descend(double_well, gradient_descent(0.05), [-3.0], 50)
    assert figure.paths["two valleys"].x.tolist() == same.x.tolist()
    assert figure.paths["parabola"].stopped_at == 20


def test_words_name_each_tab_and_where_its_ball_ends():
    assert re.search(r"Two valleys: .*x = 1\.861.* Parabola: .*x²", Curves(TABS).alt)


def test_the_still_shows_every_tab_with_its_words():
    settings = json.loads(json.dumps(Curves(TABS).settings))
    tree = ElementTree.fromstring(plots.still("curves", settings))
    titles = [each.text for each in tree.iter("{http://www.w3.org/2000/svg}title")]
    assert [title.split(":")[0] for title in titles] == list(TABS)
    assert next("".join(p.itertext()) for p in tree.iter("p")) == "two valleys. Two."


@pytest.mark.parametrize(
    ("tabs", "words"),
    [
        ({}, "tabs = {}"),
        ({"a": {}}, "'a' has no surface"),
        ({"a": {"surface": parabola, "rate": 1}}, "'a' has rate"),
        ({"a": {"surface": bowl}}, "use Contours"),
    ],
)
def test_bad_tabs_get_one_sentence(tabs, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        Curves(tabs)
