"""What a reader finds out by rescaling weights: only the curvature changes."""

import re

import pytest

from gdcourse.figures import Reparametrised
from gdcourse.figures.page import standalone

from .conftest import wake, watch
from .test_figures import drag


@pytest.fixture
def it(browser, tmp_path):
    """The figure on a page of its own."""
    problems = []
    file = tmp_path / "figure.html"
    file.write_text(standalone(Reparametrised()), "utf-8")
    context = browser.new_context(viewport={"width": 900, "height": 900})
    page = context.new_page()
    watch(page, problems)
    page.goto(file.as_uri())
    yield wake(page.locator("figure.gd-figure"))
    context.close()
    assert not problems


def fact(it, name):
    return it.locator(".gd-facts > div", has_text=name).locator("dd").inner_text()


def predictions(it):
    """The picture of the predictions: the line and the points."""
    return it.locator(".gd-board").nth(2).inner_html()


def test_the_sharpness_grows_beside_predictions_that_do_not_move(it):
    before = predictions(it)
    assert fact(it, "Sharpness") == "35"
    it.get_by_role("slider", name="Factor").press("End")
    assert (fact(it, "Weights"), fact(it, "Sharpness")) == (
        "a = 200, b = 0.01",
        "280,000",
    )
    assert fact(it, "Predictions") == "0, 2, 4, 6"
    assert predictions(it) == before
    assert "8,000 times that at factor 1" in it.locator(".gd-status").inner_text()


def test_the_table_holds_the_factors_of_the_text(it):
    it.locator("details.gd-values > summary").click()
    last = it.locator("details.gd-values tbody tr > :last-child")
    last.nth(3).wait_for()
    assert last.all_inner_texts() == ["35", "252.8", "2,800", "280,000"]


def test_the_dot_keeps_to_the_curve_of_equal_predictions(it):
    box = it.locator(".gd-handle").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    drag(it.page, middle, (60, 0))
    a, b = map(float, re.findall(r"[\d.]+", fact(it, "Weights")))
    assert a * b == pytest.approx(2, rel=0.01)
    assert a != pytest.approx(2, abs=0.1)
    assert fact(it, "Predictions") == "0, 2, 4, 6"
