"""The figures of chapter 04 in a browser: pointer, finger, keyboard, numbers."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from gdcourse import Surface, descend

from .conftest import wake

CHAPTER = "04-the-update-rule.html"
LIVE = ("fig-ball", "fig-line", "fig-map", "fig-own-rule", "fig-houses")


@pytest.fixture
def figure(visit):
    """Open the chapter, perhaps with a fragment, and return one of its figures."""

    def find(key, fragment="", **options):
        page = visit(CHAPTER + (f"#{key}:{fragment}" if fragment else ""), **options)
        return wake(page.locator(f"#{key}"))

    return find


def status(figure):
    return figure.locator(".gd-status").inner_text()


def wait_for(figure, pattern):
    figure.locator(".gd-status", has_text=re.compile(pattern)).wait_for()
    return status(figure)


def handle_of(figure):
    """The figure's first handle, and where it is on the screen."""
    handle = figure.get_by_role("slider").and_(figure.locator(".gd-handle")).first
    box = handle.locator(".gd-ball").bounding_box()
    return handle, (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def drag(page, start, by):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by[0], start[1] + by[1], steps=5)
    page.mouse.up()


def touch_drag(page, start, by):
    """Drag with one finger, as a phone does."""
    client = page.context.new_cdp_session(page)
    places = [(start[0] + by[0] * i / 5, start[1] + by[1] * i / 5) for i in range(6)]
    for i, (x, y) in enumerate(places):
        kind = "touchMove" if i else "touchStart"
        touch = {"type": kind, "touchPoints": [{"x": x, "y": y}]}
        client.send("Input.dispatchTouchEvent", touch)
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def last_row(figure):
    """The last row of the table of values, by its columns."""
    box = figure.locator("details.gd-values")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    columns = box.locator("thead th").all_inner_texts()
    values = box.locator("tbody tr").last.locator("td").all_inner_texts()
    return dict(zip(columns, values, strict=True))


@pytest.mark.parametrize("key", LIVE)
def test_a_drag_moves_the_numbers(figure, key):
    it = figure(key)
    before, (handle, place) = status(it), handle_of(it)
    said = handle.get_attribute("aria-valuetext")
    drag(it.page, place, (-30, -24))
    assert status(it) != before
    assert handle.get_attribute("aria-valuetext") != said


@pytest.mark.parametrize("key", LIVE)
def test_the_arrow_keys_do_the_same(figure, key):
    it = figure(key)
    before, (handle, place) = status(it), handle_of(it)
    handle.focus()
    it.page.keyboard.press("ArrowRight")
    it.page.keyboard.press("Shift+ArrowUp")
    assert status(it) != before
    assert handle_of(it)[1] != place
    expect(it.locator("[aria-live]").first).to_have_text(status(it))


@pytest.mark.parametrize("key", LIVE)
def test_a_finger_drags_the_handle_and_not_the_page(figure, key):
    it = figure(key, width=390, height=800, has_touch=True, is_mobile=True)
    before, (_, place) = status(it), handle_of(it)
    scrolled = it.page.evaluate("scrollY")
    touch_drag(it.page, place, (-25, -30))
    assert status(it) != before
    assert it.page.evaluate("scrollY") == scrolled


@pytest.mark.parametrize("key", LIVE)
def test_the_address_keeps_the_state_and_reset_brings_the_text_back(figure, key):
    it = figure(key)
    before, (_, place) = status(it), handle_of(it)
    drag(it.page, place, (-30, -24))
    moved = status(it)
    it.page.wait_for_url(re.compile(f"#{key}:"))
    it.page.reload()
    wake(it)
    assert status(it) == moved
    it.get_by_role("button", name="Reset").click()
    assert status(it) == before


def test_two_figures_of_one_kind_do_not_disturb_each_other(figure):
    it = figure("fig-line")
    other = wake(it.page.locator("#fig-houses"))
    before = status(other)
    it.get_by_role("button", name="Step").click()
    wait_for(it, "^Step 1")
    assert status(other) == before


def test_a_step_of_the_line_shows_its_sums(figure):
    it = figure("fig-line")
    it.get_by_role("button", name="Step").click()
    wait_for(it, "^Step 1")
    assert it.locator(".gd-sum").all_inner_texts() == [
        "w ← 2 − 0.1 × 4.25 = 1.575",
        "b ← 1.5 − 0.1 × 2.5 = 1.25",
    ]


def test_a_fit_by_hand_and_then_by_descent_ends_at_the_closed_form(figure):
    it = figure("fig-line", "w=0.5,b=3", reduced_motion="reduce")
    assert it.locator(".gd-formula").inner_text() == "y = 0.5x + 3"
    before = float(last_row(it)["MSE"])
    it.get_by_label("Slope w: turns the line").press("Shift+ArrowUp")
    it.get_by_label("Intercept b: lifts the line").press("Shift+ArrowDown")
    assert float(last_row(it)["MSE"]) < before / 2
    for end in (100, 200):
        it.get_by_role("button", name="Run").click()
        wait_for(it, f"^Step {end}:")
    row, fit = last_row(it), np.polyfit([0, 1, 2, 3], [0.5, 2.5, 4, 6], 1)
    assert [float(row["w"]), float(row["b"])] == pytest.approx(fit, abs=1e-3)


def test_the_line_runs_to_the_least_squares_fit(figure):
    it = figure("fig-houses", reduced_motion="reduce")
    it.get_by_label("Show the least-squares fit").check()
    it.get_by_role("button", name="Run").click()
    words = wait_for(it, "^Step [1-9][0-9]+")
    assert it.locator(".gd-fit").get_attribute("d").startswith("M")
    final, best = re.findall(r"to (\S+?)\. .*has (\S+?)\.$", words)[0]
    assert float(final) == float(best) == pytest.approx(0.5005, abs=5e-5)
    assert "2,930 house sales" in it.locator(".gd-words").inner_text()


def test_motion_is_shown_unless_the_reader_asked_for_little(figure):
    it = figure("fig-ball")
    it.get_by_role("button", name="Run").click()
    early = wait_for(it, r"^Step \d+:").split(":")[0]
    wait_for(it, rf"^Step \d+(?<!{early}):")
    it.get_by_role("button", name="Pause").click()
    still = status(it)
    it.page.wait_for_timeout(800)
    assert status(it) == still


@pytest.mark.parametrize("key", ["fig-ball", "fig-line"])
def test_too_large_a_rate_is_called_diverged(figure, key):
    it = figure(key, "lr=1.09", reduced_motion="reduce")
    it.get_by_role("button", name="Run").click()
    words = wait_for(it, "^Diverged at step")
    tag = re.search(r"at step (\d+)", words)[0]
    assert it.locator("text", has_text=f"diverged {tag}").first.is_visible()


def test_a_learners_own_rule_runs_on_the_static_page(figure):
    it = figure("fig-own-rule", reduced_motion="reduce", base="file")
    it.get_by_role("button", name="Run").click()
    wait_for(it, "^After 60 steps")
    row = last_row(it)
    data = {"x": [0, 1, 2, 3], "y": [0.5, 2.5, 4, 6]}
    line = Surface.mean("(w*x + b - y)**2", "w b", data)
    path = descend(line, lambda x, g: x - 0.05 * np.sign(g), [2, 1.5], 60)
    own = next(name for name in row if name.startswith("sign"))
    assert row["step"] == "60"
    assert float(row[own]) == pytest.approx(path.loss[-1], rel=1e-3)


def test_a_handle_has_room_for_a_finger(figure):
    for key in LIVE:
        box = figure(key).locator(".gd-handle .gd-reach").first.bounding_box()
        assert round(min(box["width"], box["height"])) >= 44
