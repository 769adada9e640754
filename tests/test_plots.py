"""Pictures: what they draw, what they survive, and the SVG that pages carry."""

import json
import re
import xml.etree.ElementTree as ET

import matplotlib.pyplot as plt
import numpy as np
import pytest

from gdcourse import OPTIMIZERS, SURFACES, Path, Surface, descend, figures, plots, style
from gdcourse.data import houses
from gdcourse.optimizers import adam, gradient_descent, momentum
from gdcourse.plots import marks, replay
from gdcourse.plots.dress import shade, write, write_power
from gdcourse.schedules import cosine
from gdcourse.surfaces import (
    beale,
    bowl,
    double_well,
    parabola,
    quartic,
    rosenbrock,
    valleys,
)
from gdcourse.trace import rule as rule_document
from gdcourse.trace import surface as surface_document

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def inside(ax):
    """Return whether a reader sees some drawn point of each path's first line."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    x, y = np.concatenate([line.get_xydata() for line in ax.lines]).T
    return bool(((left <= x) & (x <= right) & (bottom <= y) & (y <= top)).any())


def run(surface, rate, steps=30):
    start = [high for _, high in surface.window]
    return descend(surface, gradient_descent(rate), start, steps)


def test_each_picture_takes_axes_and_returns_them():
    path = run(bowl, 0.1)
    for draw in (
        lambda ax: plots.curve(parabola, run(parabola, 0.1), ax),
        lambda ax: plots.contours(bowl, {"gradient descent": path}, ax),
        lambda ax: plots.loss({"gradient descent": path}, ax),
        lambda ax: plots.line([0, 1], [1, 2], 1.0, 1.0, ax),
    ):
        ax = plt.subplots()[1]
        assert draw(ax) is ax
        ax.figure.canvas.draw()
        assert inside(ax)


def test_without_axes_each_picture_makes_a_figure_of_its_own():
    path = run(bowl, 0.1)
    made = [plots.contours(bowl, path), plots.loss(path), plots.line([1, 2], [3, 4])]
    made += [plots.curve(parabola), plots.contours(bowl)]
    assert len({id(ax.figure) for ax in made}) == len(made) == len(plt.get_fignums())


def test_axes_carry_the_names_of_the_parameters():
    ax = plots.contours(bowl)
    assert (ax.get_xlabel(), ax.get_title(loc="left")) == ("w", "b")
    assert (ax.get_xlim(), ax.get_ylim()) == bowl.window
    ax = plots.curve(quartic)
    assert (ax.get_xlabel(), ax.get_title(loc="left")) == ("x", "loss")


def test_paths_are_labelled_where_they_end_and_diverged_ones_say_so():
    paths = {"calm": run(bowl, 0.1), "wild": run(bowl, 0.3)}
    for ax in (plots.contours(bowl, paths), plots.loss(paths)):
        stopped = paths["wild"].stopped_at
        assert sorted(texts(ax)) == ["calm", f"wild, diverged at step {stopped}"]
    assert texts(plots.curve(parabola, run(parabola, 0.1))) == []


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("rate", [1e6, 1e300])
def test_no_picture_is_empty_whatever_the_path_does(surface, name, rate):
    start = [high for _, high in surface.window]
    path = descend(surface, OPTIMIZERS[name](learning_rate=rate), start, 20)
    draw = plots.curve if surface.dimension == 1 else plots.contours
    for ax in (draw(surface, {name: path}), plots.loss({name: path})):
        ax.figure.canvas.draw()
        assert inside(ax)
        assert all(np.isfinite(line.get_xydata()).all() for line in ax.lines)


def path_of(loss):
    """Return a made-up path with these losses."""
    count = len(loss)
    x, rows = np.zeros((count, 1)), np.zeros((count - 1, 1))
    steps = np.arange(count)
    loss = np.array(loss, dtype=float)
    return Path(x, loss, rows, rows[:, 0], steps, "step limit", count - 1, count)


@pytest.mark.parametrize(
    ("loss", "scale"),
    [
        ([4, 2, 1], "log"),
        ([4, 0, 0], "log"),
        ([4, np.inf, np.nan], "log"),
        ([4, 1e200], "log"),
        ([4, -1, -2], "linear"),
        ([0, 0], "linear"),
        ([-1, -1], "linear"),
        ([np.nan, 1], "log"),
        ([np.inf, np.nan], "log"),
        ([7], "log"),
    ],
)
def test_losses_are_logarithmic_where_they_can_be(loss, scale):
    ax = plots.loss({"a": path_of(loss)})
    ax.figure.canvas.draw()
    assert ax.get_yscale() == scale
    assert np.isfinite(ax.get_ylim()).all()
    assert ax.get_ylim()[0] < ax.get_ylim()[1]


def test_losses_far_above_the_first_leave_the_picture():
    ax = plots.loss({"wild": path_of([1, 10, 1e9]), "calm": path_of([1, 0.1, 0.01])})
    assert ax.get_ylim() == pytest.approx((0.01 / 1.5, 15))


def test_contours_survive_places_without_a_value():
    ax = plots.contours(Surface("sqrt(x) + 1/y", "x y"))
    ax.figure.canvas.draw()
    flat = plots.contours(Surface("0*x + y - y + 3", "x y"))
    flat.figure.canvas.draw()
    assert flat.get_xlim() == (-3, 3)


def test_the_line_has_its_residuals_its_formula_and_its_points():
    ax = plots.line([1, 2, 3], [2, 4, 6], 0.636, -0.158)
    assert texts(ax) == ["0.636 x \N{MINUS SIGN} 0.158"]
    residuals = ax.collections[0].get_segments()
    assert np.array(residuals)[:, :, 1] == pytest.approx(
        np.array([[2, 0.478], [4, 1.114], [6, 1.75]])
    )
    ax = plots.line(*houses(), 111.69, 13290)
    assert not ax.collections
    assert texts(ax) == ["111.7 x + 13,290"]


@pytest.mark.parametrize("w", [np.nan, np.inf, 1e200])
def test_a_line_that_diverged_leaves_the_points_in_view(w):
    ax = plots.line([1, 2, 3], [2, 4, 6], w, 0.0)
    ax.figure.canvas.draw()
    assert -1 < ax.get_ylim()[0] < 2 < 6 < ax.get_ylim()[1] < 9
    assert len(texts(ax)) == 1


def test_labels_have_looks_of_their_own():
    labels = ["Adam, rate 0.1", "mine", "Adam", "gradient descent", "other"]
    looks = marks.looks(labels)
    assert list(looks) == labels
    assert looks["Adam, rate 0.1"] is style.LOOKS["Adam"]
    assert looks["gradient descent"] is style.LOOKS["gradient descent"]
    assert len({look.marker for look in looks.values()}) == 5
    assert len(marks.looks(f"rule {i}" for i in range(9))) == 9


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_theme_colours_the_whole_picture(name):
    colours = style.colours(["light", "dark"].index(name))
    with plots.theme(name):
        ax = plots.curve(parabola, run(parabola, 0.1))
        assert shade(0.0) == colours["low"]
        assert shade(1.0) == colours["high"]
    used = {line.get_color() for line in ax.lines}
    assert used == {colours["curve"], colours["rule-0"]}
    from matplotlib.colors import to_hex

    assert to_hex(ax.get_facecolor()) == to_hex(ax.figure.get_facecolor())
    assert to_hex(ax.get_facecolor()) == colours["paper"]


@pytest.mark.parametrize(
    ("number", "text"),
    [(13289.63, "13,290"), (-0.1584, "\N{MINUS SIGN}0.1584"), (2, "2")],
)
def test_numbers_are_written_for_readers(number, text):
    assert write(number) == text


def test_marks_of_logarithmic_axes_are_plain_or_powers():
    assert [write_power(v) for v in (0.001, 1, 1e4)] == ["0.001", "1", "10,000"]
    assert [write_power(v) for v in (1e-12, 1e5)] == ["10⁻¹²", "10⁵"]
    minor = [write_power(v, minor=True) for v in (0.2, 0.3, 0.5, 0.9)]
    assert minor == ["0.2", "", "0.5", ""]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: plots.curve(bowl), r"has 2 parameter\(s\), but a curve shows 1"),
        (lambda: plots.contours(parabola), "but a contour plot shows 2"),
        (lambda: plots.loss({}), "paths = {} holds no path"),
        (lambda: plots.loss(None), "holds no path"),
        (lambda: plots.line([1, 2], [1]), r"shapes \(2,\) and \(1,\): pass \(N,\)"),
        (lambda: plots.line([], []), r"shapes \(0,\) and \(0,\)"),
        (lambda: plots.theme("grey").__enter__(), "no theme 'grey'"),
        (lambda: plots.svg(alt="words"), "pass what to draw"),
        (lambda: plots.svg(lambda ax: ax, alt=""), "alt = ''"),
        (lambda: plots.still("curv", {}), r"'curv'. Did you mean 'curve'\?"),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(call, words):
    with pytest.raises(ValueError, match=words):
        call()


# SVG


def svg(alt="A curve & its <path>"):
    return plots.svg(lambda ax: plots.curve(parabola, run(parabola, 0.1), ax), alt=alt)


def test_an_svg_is_a_picture_with_a_text():
    tree = ET.fromstring(svg())
    assert (tree.tag, tree.get("role")) == (f"{SVG}svg", "img")
    title = tree.find(f"{SVG}title")
    assert title.text == "A curve & its <path>"
    assert tree.get("aria-labelledby") == title.get("id")
    assert [t.text for t in tree.iter(f"{SVG}text")].count("loss") == 1


def test_an_svg_has_the_pages_colours_and_font_and_asks_for_nothing():
    text = svg()
    known = {f"--gd-{name}" for name in style.colours(0)} | {"--gd-font"}
    assert set(re.findall(r"var\((--[\w-]+)\)", text)) <= known
    assert not re.search(r"#[0-9a-fA-F]{6}\b|\brgb\(|<style|<image|<script", text)
    links = re.findall(r'(?:href="|url\()([^")]*)', text)
    assert links
    assert all(link.startswith("#") for link in links)


def test_the_shades_of_contours_mix_two_colours_of_the_page():
    text = plots.svg(lambda ax: plots.contours(bowl, ax=ax), alt="contours")
    mixes = set(re.findall(r"color-mix\(in srgb, var\(--gd-high\) (\d+)%", text))
    assert {"0", "100"} <= mixes
    assert len(mixes) >= 10


def test_ids_of_two_pictures_on_a_page_differ():
    one, other = ET.fromstring(svg("one")), ET.fromstring(svg("other"))
    ids = [[e.get("id") for e in tree.iter() if e.get("id")] for tree in (one, other)]
    assert len(set(ids[0])) == len(ids[0])
    assert not set(ids[0]) & set(ids[1])


def test_an_svg_is_the_same_in_every_build_and_small():
    assert svg() == svg()
    assert len(svg()) < 30_000
    crowd = plots.svg(lambda ax: plots.line(*houses(), 111.7, 13290, ax), alt="houses")
    assert crowd.count("h0") == 2930
    assert len(crowd) < 80_000


def test_numbers_in_words_keep_their_digits():
    text = plots.svg(
        lambda ax: plots.line([1, 2], [1, 2], 0.1117, 0.0, ax), alt="0.1117"
    )
    assert text.count("0.1117") == 2


# Stills


def sign_descent(x, gradient):
    return x - 0.05 * np.sign(gradient)


def heavy_ball(x, gradient, state):
    state["v"] = 0.9 * state.get("v", 0) + gradient
    return x - 0.001 * state["v"]


@pytest.mark.parametrize(
    "rule",
    [
        gradient_descent(0.001),
        momentum(cosine(0.002, 40), beta=0.8),
        adam(cosine(0.1, 60), beta1=0.5),
        adam(lambda t: 0.1 if t < 10 else 0.05),  # sampled: it has an if
        sign_descent,
        heavy_ball,
    ],
)
def test_documents_of_rules_and_surfaces_run_as_their_originals(rule):
    documents = json.loads(json.dumps([rule_document(rule), surface_document(beale)]))
    again = replay.rule_from(documents[0]), replay.surface_from(documents[1])
    ours = descend(again[1], again[0], [1, 1], steps=60)
    theirs = descend(beale, rule, [1, 1], steps=60)
    assert np.abs(ours.x - theirs.x).max() < 1e-9


def test_documents_of_surfaces_keep_their_data():
    data = {"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]}
    mse = Surface.mean("(w*x + b - y)**2", "w b", data)
    again = replay.surface_from(json.loads(json.dumps(surface_document(mse))))
    assert again.gradient([0.5, 0.1]) == pytest.approx([-13.6, -5.8])


FIGURES = {
    "curve": lambda: figures.Curve(parabola, start=7.0, learning_rate=0.9),
    "curve that diverges": lambda: figures.Curve(
        quartic, start=-0.5, learning_rate=0.3
    ),
    "contours": lambda: figures.Contours(
        rosenbrock, [gradient_descent(0.0008), adam(0.1), sign_descent], [-1.5, 2]
    ),
    "contours that diverge": lambda: figures.Contours(
        bowl, [gradient_descent(r) for r in (0.01, 0.1, 0.3)], [-4, 2.5]
    ),
    "line": lambda: figures.FitLine("houses"),
    "line worked by hand": lambda: figures.FitLine("worked"),
    "fog": lambda: figures.FogWalk(valleys, [0.5, 0.5]),
    "fog, where the rule diverges": lambda: figures.FogWalk(
        bowl, [1, 1], rule=gradient_descent(9)
    ),
    "brute": lambda: figures.BruteForce(double_well, 0.5, 0.1),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_a_still_made_from_its_settings(name):
    figure = FIGURES[name]()
    settings = json.loads(json.dumps(figure.settings))
    tree = ET.fromstring(plots.still(figure.kind, settings, figure.alt))
    titles = [title.text for title in tree.iter(f"{SVG}title")]
    assert titles == [figure.alt, "The loss after each step."]
    words = " ".join(t.text or "" for t in tree.iter(f"{SVG}text"))
    assert ("diverged at step" in words) == ("diverge" in name)
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["curve", "contours", "line", "fog", "brute"])
def test_a_still_tells_itself_where_no_text_is_given(name):
    figure = FIGURES[name]()
    tree = ET.fromstring(
        plots.still(figure.kind, json.loads(json.dumps(figure.settings)))
    )
    assert re.search(r"loss \S+ after \d+ steps", next(tree.iter(f"{SVG}title")).text)


def test_a_still_keeps_the_looks_of_its_figure():
    figure = FIGURES["contours"]()
    text = plots.still("contours", json.loads(json.dumps(figure.settings)))
    for racer in figure.settings["racers"]:
        assert racer["colour"] in text
        assert racer["label"] in text
