"""What a reader finds out with batches: cost, disagreement, restlessness, 1/B."""

import re

import pytest

from gdcourse.figures import Batches
from gdcourse.figures.page import standalone

from .conftest import wake, watch


@pytest.fixture
def show(browser, tmp_path):
    """Open a figure as a page of its own and return it."""
    contexts, problems = [], []

    def open_page(figure, fragment="", width=900, **options):
        file = tmp_path / "figure.html"
        file.write_text(standalone(figure), "utf-8")
        viewport = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=viewport, **options))
        page = contexts[-1].new_page()
        watch(page, problems)
        page.goto(file.as_uri() + fragment)
        return wake(page.locator("figure.gd-figure"))

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


def said(it):
    return it.locator(".gd-status").inner_text()


def cloud(it):
    """The variances that the words beside the gradients tell: singles, means."""
    words = it.locator(".gd-cloud-words").inner_text()
    return [float(number) for number in re.findall(r"variance ([\d.]+\d)", words)]


def start_at(it, w, b):
    if it.locator("details.gd-more").get_attribute("open") is None:
        it.get_by_text("More controls").click()
    for name, value in (("w", w), ("b", b)):
        it.get_by_role("spinbutton", name=f"Start {name}").fill(str(value))
        it.page.keyboard.press("Enter")


def slide(it, label, place):
    """Move a slider to one of its thousand places."""
    if it.locator("details.gd-more").get_attribute("open") is None:
        it.get_by_text("More controls").click()
    move = '(el, to) => { el.value = to; el.dispatchEvent(new Event("input")); }'
    it.get_by_role("slider", name=label).evaluate(move, place)


def end_of_axis(it):
    """How far right the loss of single samples reaches, as a part of the widest."""
    lines = it.locator(".gd-board").nth(1).locator("path.gd-path")
    ends = [
        float(re.findall(r"[ML]([-\d.]+),", line.get_attribute("d"))[-1])
        for line in lines.all()
    ]
    return ends[2] / ends[0]


def test_equal_updates_cost_very_different_work(show):
    it = show(Batches())
    for words in ("45 updates and 9,000", "47 updates and 728", "50 updates and 50 s"):
        assert words in said(it)
    counters = it.locator(".gd-standing").all_inner_texts()
    assert "200 updates, 40,000 samples seen" in counters[0]
    assert "of 16: 200 updates, 3,080 samples seen" in counters[1]
    assert "200 updates, 200 samples seen" in counters[2]
    assert end_of_axis(it) < 0.9
    it.get_by_role("checkbox", name="Losses against samples seen").uncheck()
    assert end_of_axis(it) == pytest.approx(1, abs=0.01)


def test_single_samples_disagree_without_any_label_noise(show):
    it = show(Batches(noise=0))
    it.get_by_role("checkbox", name="Gradients at the start").check()
    assert cloud(it)[0] == pytest.approx(53.3**2, rel=0.01)
    start_at(it, 1, -1)
    words = it.locator(".gd-cloud-words").inner_text()
    assert "Every sample has the same: nothing scatters." in words
    slide(it, "Label noise", 250)
    assert 3 < cloud(it)[0] < 7


def test_noise_keeps_single_samples_restless(show):
    it = show(Batches())
    distances = re.search(
        r"full batch ([\d.]+); mini-batch ([\d.]+); single samples ([\d.]+\d)", said(it)
    )
    full, mini, single = map(float, distances.groups())
    assert full * 10 < mini < single / 3
    slide(it, "Label noise", 0)
    assert float(re.search(r"single samples (0[\d.]+\d)", said(it))[1]) < 0.002


@pytest.mark.parametrize("size", [4, 16, 50])
def test_the_scatter_of_means_falls_like_one_over_the_batch(show, size):
    it = show(Batches(batch=size))
    it.get_by_role("checkbox", name="Gradients at the start").check()
    single, means = cloud(it)
    assert single / means == pytest.approx(size * 199 / (200 - size), rel=0.25)
    assert it.locator(".gd-cloud .gd-mark").count() == 40


def test_a_rate_that_is_fine_for_the_full_batch_throws_single_samples_off(show):
    it = show(Batches(learning_rate=0.2))
    assert "single samples diverged at step" in said(it)
    assert "full batch with" in said(it)
    assert it.locator(".gd-blown").count() == 1


def test_a_racer_can_be_switched_off_and_a_batch_of_all_is_the_full_batch(show):
    it = show(Batches(), width=390, has_touch=True, is_mobile=True)
    slide(it, "Batch size", 1000)
    assert "full batch with 45 updates and 9,000 samples; mini-batch with 45" in said(
        it
    )
    it.get_by_role("checkbox", name="full batch").uncheck()
    assert "full batch" not in said(it)
