"""What a reader should see in recorded runs and in the laboratory."""

import re

import numpy as np
import pytest

from gdcourse.figures import Runs
from gdcourse.figures.page import standalone

from .conftest import wake, watch


@pytest.fixture
def show(browser, tmp_path):
    """Open a figure as a page of its own and return it."""
    contexts, problems = [], []

    def open_page(figure, width=900, **options):
        file = tmp_path / "figure.html"
        file.write_text(standalone(figure), "utf-8")
        viewport = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=viewport, **options))
        page = contexts[-1].new_page()
        watch(page, problems)
        page.goto(file.as_uri())
        return wake(page.locator("figure.gd-figure"))

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


def standings(figure):
    """What stands beside the name of each line."""
    names = figure.locator(".gd-racer-name").all_inner_texts()
    return dict(
        zip(names, figure.locator(".gd-standing").all_inner_texts(), strict=True)
    )


def status(figure):
    return figure.locator(".gd-status").inner_text()


def typed(figure, label):
    """The field with this label, unfolded."""
    field = figure.get_by_role("spinbutton", name=label)
    if not field.is_visible():
        figure.locator("details.gd-more > summary").click()
    return field


EPOCHS = np.arange(31)
RECORDED = {
    "SGD": [2.3 * np.exp(-(0.08 + 0.01 * seed) * EPOCHS) for seed in range(5)],
    "Adam": [0.3 + 2 * np.exp(-(0.4 + 0.05 * seed) * EPOCHS) for seed in range(5)],
}
NOTES = {"SGD": "rate 0.1", "Adam": "rate 0.001"}


def test_the_curve_that_falls_first_is_overtaken_and_bands_tell_when(show):
    figure = show(Runs(RECORDED, notes=NOTES))
    assert "no bands overlap" in status(figure)
    place = typed(figure, "Cursor at epoch")
    said = {}
    for epoch in (3, 18, 30):
        place.fill(str(epoch))
        place.press("Enter")
        said[epoch] = status(figure)
        shown = standings(figure)["SGD, rate 0.1"]
        median = float(re.match(r"[\d.]+", shown)[0])
        assert median == pytest.approx(
            np.median(RECORDED["SGD"], axis=0)[epoch], rel=1e-3
        )
    assert [" no bands" in words for words in said.values()] == [True, False, True]
    assert "median over 5 seeds (range from the lowest to the highest run)" in said[3]


def test_keys_taps_and_switches_work_at_phone_size(show):
    figure = show(Runs(RECORDED, notes=NOTES), width=390, has_touch=True)
    ball = figure.locator(".gd-handle")
    for key, epoch in (("Home", 0), ("ArrowRight", 1), ("PageUp", 11), ("End", 30)):
        ball.press(key)
        assert f"At epoch {epoch} of 30" in status(figure)
    figure.locator("svg.gd-board").tap(position={"x": 180, "y": 90})
    assert 9 < int(re.search(r"At epoch (\d+)", status(figure))[1]) < 15
    figure.get_by_role("checkbox", name="SGD").uncheck()
    assert "SGD" not in status(figure)
    assert figure.locator("path.gd-spread").first.get_attribute("d") == ""
    figure.get_by_role("checkbox", name="Logarithmic axis").uncheck()
    assert "0.5" in figure.locator("svg.gd-board").text_content()
