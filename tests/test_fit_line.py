"""The line figure: its losses, its data, and the same run in Python and JavaScript."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from gdcourse.data import houses
from gdcourse.figures import FIGURES, FitLine
from gdcourse.figures.build import node_command

PURE = Path(__file__).parent.parent / "gdcourse/figures/js/pure"


@pytest.fixture(scope="module")
def both():
    return FitLine()


def run_in_javascript(settings, steps):
    """Return the lines (w, b, loss) that the figure visits, and its last sums."""
    script = f"""
        import * as line from "{PURE.as_uri()}/line.js";
        import {{ say, sums }} from "{PURE.as_uri()}/line-words.js";
        let state = line.begin({json.dumps(settings)});
        for (let i = {steps}; i > 0; i -= 1)
            state = line.next(state, {{ type: "step" }});
        const rows = state.lines.map(({{ w, b, loss }}) => [w, b, loss]);
        console.log(JSON.stringify([rows, sums(state), say(state)]));
    """
    node = [*node_command(), "--input-type=module", "--eval", script]
    run = subprocess.run(node, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_the_first_step_on_the_worked_points_is_the_one_worked_by_hand(both):
    path = both.path
    assert path.gradient[0] == pytest.approx([4.25, 2.5])
    assert path.x[1] == pytest.approx([1.575, 1.25])
    assert path.loss[0] == pytest.approx(1.625)


def test_the_figure_shows_the_sums_of_that_step(both):
    _, sums, words = run_in_javascript(both.settings, 1)
    updates = [row["update"] for row in sums["rows"]]
    assert updates == [
        "w ← 2 − 0.1 × 4.25 = 1.575",
        "b ← 1.5 − 0.1 × 2.5 = 1.25",
    ]
    assert [row["gradient"] for row in sums["rows"]] == ["dL/dw = 4.25", "dL/db = 2.5"]
    assert words == "Step 1: the mean squared error fell from 1.625 to 0.2072."


@pytest.mark.parametrize("data", ["worked", "houses", {"x": [1, 5, 6], "y": [2, 0, 9]}])
@pytest.mark.parametrize("rate", [0.02, 0.1])
def test_python_and_javascript_run_the_same_path(data, rate):
    figure = FitLine(data, learning_rate=rate, steps=30)
    path = figure.path
    visited = np.array(run_in_javascript(figure.settings, 30)[0], dtype=float)
    lines = np.column_stack([path.x, path.loss])
    scale = np.abs(lines).max(axis=1, keepdims=True)
    assert np.all(np.abs(visited[: len(lines)] - lines) <= 1e-9 * scale)


def test_too_large_a_rate_diverges_at_the_same_step_in_both():
    figure = FitLine("worked", learning_rate=0.5)
    assert figure.path.stopped == "diverged"
    rows, _, words = run_in_javascript(figure.settings, 50)
    assert len(rows) - 1 == figure.path.stopped_at
    assert words.startswith(f"Diverged at step {figure.path.stopped_at}:")
    assert f"diverges at step {figure.path.stopped_at}" in figure.alt


def test_the_houses_are_standardised_and_all_of_them_count():
    figure = FitLine("houses")
    area, price = houses()
    x, y = ((c - c.mean()) / c.std() for c in (area, price))
    w, b = 0.3, -0.2
    assert figure.surface([w, b]) == pytest.approx(np.mean((w * x + b - y) ** 2))
    assert figure.sets[0].fit == pytest.approx([np.corrcoef(area, price)[0, 1], 0])
    assert len(figure.settings["sets"][0]["surface"]["data"]["area"]) == 2930


def test_the_fit_is_where_the_gradient_is_zero(both):
    for points in both.sets:
        assert np.abs(points.surface.gradient(points.fit)).max() < 1e-10


def test_what_the_reader_moves_python_hears_of(both):
    figure = FitLine()
    figure.moved = {"shown": 1, "start": [0.5, 0.0], "learning_rate": 0.2}
    assert figure.surface is figure.sets[1].surface
    assert figure.path.x[0].tolist() == [0.5, 0.0]
    figure.start = [0.1, 0.2]
    assert figure.path.x[0].tolist() == [0.1, 0.2]
    assert figure.learning_rate == 0.2


def test_the_window_holds_the_points_and_the_line_of_the_start():
    figure = FitLine("worked", start=[0.5, 3])
    (x_low, x_high), (y_low, y_high) = (
        axis["window"] for axis in figure.settings["sets"][0]["axes"]
    )
    assert x_low < 0 < 3 < x_high
    assert y_low < 0.5 < 6 < y_high
    steep = FitLine("worked", start=[4, 3]).settings["sets"][0]["axes"][1]["window"]
    assert steep[1] > 15


def test_the_alternative_text_says_what_happens(both):
    assert FIGURES["line"] is FitLine
    assert both.alt == (
        "Four points and the line y = 2x + 1.5, mean squared error 1.625. Gradient "
        "descent with learning rate 0.1 ends at y = 1.799x + 0.5515 with 0.0125; the "
        "least-squares fit is y = 1.8x + 0.55 with 0.0125."
    )


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: FitLine("house"), "houses"),
        (lambda: FitLine([]), "is empty"),
        (lambda: FitLine({"x": [1, 2]}), "must be 'worked', 'houses', or"),
        (lambda: FitLine({"x": [1, 2], "y": [1, 2, 3]}), "equally many"),
        (lambda: FitLine({"x": [1, 1], "y": [1, 2]}), "two different x"),
        (lambda: FitLine({"x": [[1, 1]], "y": [1, 2]}), "x has shape"),
        (lambda: FitLine({"x": [1, np.nan], "y": [1, 2]}), "must be finite"),
        (lambda: FitLine("worked", start=[1, 2, 3]), "last axis"),
        (lambda: FitLine("worked", learning_rate=-1), "learning_rate"),
        (lambda: FitLine("worked", steps=0), "at least 1"),
    ],
)
def test_bad_settings_are_named(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()
