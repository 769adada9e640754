"""The slices figure: its settings, its words, and the same slopes in both languages."""

import json
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from gdcourse import Surface, plots
from gdcourse.figures import FIGURES, Slices
from gdcourse.figures.build import node_command
from gdcourse.surfaces import bowl, parabola, rosenbrock

PURE = Path(__file__).parent.parent / "gdcourse/figures/js/pure"
SINE = Surface("sin(x) + y**2/2", "x y", "sine", window=[(-2, 4), (-2, 2)])


def secants_in_javascript(settings):
    """Return the slope of each secant as the figure shows it."""
    script = f"""
        import * as slices from "{PURE.as_uri()}/slices.js";
        const state = slices.begin({json.dumps(settings)});
        console.log(JSON.stringify(slices.secants(state).map(({{ slope }}) => slope)));
    """
    node = [*node_command(), "--input-type=module", "--eval", script]
    run = subprocess.run(node, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_slopes_are_those_of_an_independent_difference():
    figure = Slices(rosenbrock, [-1.5, 2.0], delta=1e-6)
    assert figure.gradient == pytest.approx([-155, -50])
    assert figure.secants == pytest.approx(
        approx_fprime([-1.5, 2.0], rosenbrock, 1e-6), rel=1e-6
    )


@pytest.mark.parametrize("central", [False, True])
@pytest.mark.parametrize("delta", [0.5, 1e-4])
def test_python_and_javascript_measure_the_same_slopes(delta, central):
    figure = Slices(rosenbrock, [-1.5, 2.0], delta, central=central)
    shown = secants_in_javascript(figure.settings)
    assert np.allclose(shown, figure.secants, rtol=1e-9, atol=1e-9)


def test_the_error_falls_and_rises_again_with_a_smaller_step():
    figure, errors = Slices(SINE, [1, 0]), []
    for figure.delta in (1e-1, 1e-4, 1e-8, 1e-12, 1e-15):
        errors.append(abs(figure.secants[0] - np.cos(1)))
    assert errors == pytest.approx([4.3e-2, 4.2e-5, 3.0e-9, 4.3e-5, 1.5e-2], rel=0.05)


def test_what_the_reader_moved_counts():
    figure = Slices(bowl, [1, 0.5])
    figure.moved = {"point": [2.0, 0.0], "central": True}
    assert figure.gradient.tolist() == [4, 0]
    assert figure.secants.tolist() == [4, 0]
    figure.point = [0, 1]
    assert figure.gradient.tolist() == [0, 8]
    assert figure.central


def test_words_hold_the_slopes():
    alt = Slices(bowl, [1, 0.5], delta=0.5).alt
    assert "w² + 4·b²" in alt and "at w = 1, b = 0.5" in alt
    assert "along w the tangent has slope 2, the secant 2.5" in alt
    assert Slices(bowl, [1, 0.5], alt="Two slices.").alt == "Two slices."


def test_the_slider_reaches_a_quarter_of_the_window():
    assert Slices(bowl, [1, 0.5]).settings["deltas"] == [1e-16, 2.0]
    assert Slices(bowl, [1, 0.5], delta=3).settings["deltas"][1] == 3.0


@pytest.mark.parametrize("at", [[1.0, 0.5], [0.0, 0.0]])
def test_the_still_shows_the_map_and_both_slices(at):
    figure = Slices(bowl, at)
    settings = json.loads(json.dumps(figure.settings))
    tree = ET.fromstring(plots.still(figure.kind, settings, figure.alt))
    titles = [each.text for each in tree.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[0] == figure.alt
    assert [re.search(r"along \w", title)[0] for title in titles[1:]] == [
        "along w",
        "along b",
    ]
    assert "contours" in plots.still(figure.kind, settings).lower()


BAD = {
    "a surface of one": (lambda: Slices(parabola, [1, 2]), "slices need 2"),
    "one number": (lambda: Slices(bowl, [1.0]), "shape"),
    "two points": (lambda: Slices(bowl, [[1, 2], [3, 4]]), "one point"),
    "not finite": (lambda: Slices(bowl, [np.nan, 0]), "finite"),
    "no step": (lambda: Slices(bowl, [1, 2], delta=0), "delta = 0"),
    "a lost step": (lambda: Slices(bowl, [1, 2], delta=1e-20), "1e-20"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    make, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        make()
    assert str(error.value).count("\n") == 0


def test_the_registry_names_it():
    assert FIGURES["slices"] is Slices
