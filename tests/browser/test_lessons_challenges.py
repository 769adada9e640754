"""What the tabs of valleys, inflection and plateau teach, done as a reader would."""

import re

import pytest

from gdcourse.figures.page import standalone

from .conftest import wake, watch
from .examples import EXAMPLES


@pytest.fixture
def figure(browser, tmp_path):
    """The figure on a page of its own, where runs jump to their ends."""
    problems = []
    file = tmp_path / "curves.html"
    file.write_text(standalone(EXAMPLES["curves"]()), "utf-8")
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    watch(page, problems)
    page.goto(file.as_uri())
    yield wake(page.locator("#fig-curves"))
    context.close()
    assert not problems


def run(figure):
    figure.get_by_role("button", name="Run", exact=True).click()
    return figure.locator(".gd-status").inner_text()


def start_at(figure, x):
    if not figure.get_by_label("Start x").is_visible():
        figure.get_by_text("More controls").click()
    figure.get_by_label("Start x").fill(str(x))
    figure.get_by_label("Start x").press("Enter")


def ball(figure):
    return float(figure.locator(".gd-handle").get_attribute("aria-valuenow"))


def test_the_ball_settles_in_the_valley_on_its_side(figure):
    run(figure)
    assert ball(figure) == pytest.approx(1.861, abs=5e-4)
    start_at(figure, -3)
    run(figure)
    assert ball(figure) == pytest.approx(-2.115, abs=5e-4)


def test_at_the_inflection_the_ball_stalls_and_the_words_say_so(figure):
    figure.get_by_role("tab", name="inflection").click()
    words = run(figure)
    assert re.match("Step 200: the ball hardly moves. The slope is −0.01", words)
    assert -0.05 < ball(figure) < 0
    assert "no valley" in figure.get_by_role("tabpanel").inner_text()


def test_on_the_plateau_the_ball_hardly_moves(figure):
    figure.get_by_role("tab", name="plateau").click()
    assert "hardly moves" in run(figure)
    assert ball(figure) == pytest.approx(10, abs=1e-3)


def test_arrow_keys_turn_the_tabs_and_reset_keeps_them(figure):
    tabs = figure.get_by_role("tab")
    tabs.first.focus()
    figure.page.keyboard.press("ArrowLeft")
    assert tabs.last.evaluate("tab => tab === document.activeElement")
    assert tabs.last.get_attribute("aria-selected") == "true"
    assert figure.locator("[role=tab][tabindex='0']").count() == 1
    start_at(figure, 2)
    assert ball(figure) == 2
    figure.get_by_role("button", name="Reset").click()
    assert (ball(figure), figure.get_by_label("Start x").is_visible()) == (10, True)
