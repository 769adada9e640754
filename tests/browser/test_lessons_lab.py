"""What a reader should see in recorded runs and in the laboratory."""

import re

import numpy as np
import pytest

from gdcourse.figures import Laboratory, Runs
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


# The laboratory

WINNERS = {
    "gradient descent": "normal noise of standard deviation 3 in each component",
    "momentum": "without noise in the gradients",
    "RMSProp": "with 30 gradients a run, each rule at the best of 9 learning rates",
    "Adam": "every rule at the learning rate 0.1",
}


def unfold(figure):
    for summary in figure.locator("details.gd-more > summary").all():
        summary.click()


def test_the_reader_finds_a_protocol_under_which_each_rule_wins(show):
    figure = show(Laboratory())
    unfold(figure)
    protocol = figure.locator(".gd-protocol")
    for label, words in WINNERS.items():
        figure.get_by_role("button", name=f"Let {label} win").click()
        assert f"{label} comes first" in status(figure)
        assert "The difference is larger than the spread" in status(figure)
        assert words in protocol.inner_text()
        assert f"1. {label}, rate" in figure.locator("svg").first.text_content()
    figure.get_by_role("button", name="Reset").click()
    assert "momentum comes first" in status(figure)


def test_noise_alone_turns_the_ranking_round(show):
    figure = show(Laboratory(), width=390)
    unfold(figure)
    noise = figure.get_by_role("slider", name="Noise in each gradient")
    first = []
    for level in ("none", "0.1", "0.3", "1", "3"):
        while noise.get_attribute("aria-valuetext") != level:
            noise.press("ArrowRight")
        first.append(re.search(r"each, ([\w ]+) comes first", status(figure))[1])
    assert (first[0], first[-1]) == ("momentum", "gradient descent")


def test_controls_reach_the_same_protocol_as_the_buttons(show):
    figure = show(Laboratory())
    unfold(figure)
    figure.get_by_label("Learning rates").select_option("one rate for all")
    rate = figure.get_by_role("slider", name="The rate for all")
    while float(rate.get_attribute("aria-valuetext")) < 0.1:
        rate.press("ArrowRight")
    noise = figure.get_by_role("slider", name="Noise in each gradient")
    for _ in range(2):
        noise.press("ArrowRight")
    by_hand = (status(figure), figure.locator(".gd-protocol").inner_text())
    figure.get_by_role("button", name="Let Adam win").click()
    assert (status(figure), figure.locator(".gd-protocol").inner_text()) == by_hand


def test_one_run_has_no_spread_and_the_best_run_flatters(show):
    figure = show(Laboratory())
    unfold(figure)
    figure.get_by_label("Starts", exact=True).select_option("one start")
    assert "no spread to hold the difference against" in status(figure)
    figure.get_by_label("Starts", exact=True).select_option("many starts")
    figure.get_by_label("What counts", exact=True).select_option("the worst run")
    assert "worst loss above the minimum" in status(figure)
    figure.get_by_label("Measured by").select_option("distance to the minimum")
    assert "worst distance to the nearest minimum" in status(figure)
    figure.get_by_label("Surface").select_option("Himmelblau")
    assert "on Himmelblau" in figure.locator(".gd-protocol").inner_text()


def test_the_budget_is_dragged_on_the_curves(show):
    figure = show(Laboratory(), width=390, has_touch=True)
    ball = figure.locator(".gd-handle")
    ball.press("Home")
    assert status(figure).startswith("After 1 gradient each")
    ball.press("Shift+ArrowRight")
    assert status(figure).startswith("After 31 gradients each")
    assert figure.get_by_role("slider", name="Budget").last.input_value() == "30"


@pytest.mark.parametrize("shut", [False, True])
def test_the_conclusion_is_kept_where_storage_allows_and_printed(show, shut):
    figure = show(Laboratory())
    page = figure.page
    if shut:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', "
            "{ get() { throw new DOMException('shut', 'SecurityError'); } })"
        )
        page.reload()
        wake(figure)
    own = "No rule wins; protocols do.\n<b>Really</b>"
    figure.get_by_label("My honest conclusion").fill(own)
    assert figure.locator(".gd-printed").text_content().endswith(own)
    page.emulate_media(media="print")
    assert figure.locator(".gd-printed").is_visible()
    assert "We compared gradient descent" in figure.locator(".gd-printed").inner_text()
    page.emulate_media(media="screen")
    page.reload()
    wake(figure)
    kept = figure.get_by_label("My honest conclusion").input_value()
    assert kept == ("" if shut else own)


def test_a_change_takes_about_a_tenth_of_a_second(show):
    figure = show(Laboratory(protocol={"rates": "tuned", "tries": 9}))
    unfold(figure)
    took = figure.evaluate(
        """(figure) => {
          const slider = [...figure.querySelectorAll("input")].find(
            (input) => input.closest("label").textContent.startsWith("Noise"));
          return [1, 2, 3, 4].map((place) => {
            const begin = performance.now();
            slider.value = place;
            slider.dispatchEvent(new Event("input"));
            return performance.now() - begin;
          });
        }"""
    )
    assert min(took) < 250, took  # generous: test machines are shared
