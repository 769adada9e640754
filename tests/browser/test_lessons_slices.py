"""What a reader finds out with the slices: secants, rounding, right angles."""

import math
import re
from itertools import pairwise

import pytest

from gdcourse import Surface
from gdcourse.figures import Slices
from gdcourse.figures.page import standalone

from .conftest import wake, watch

SINE = Surface("sin(x) + y**2/2", "x y", "sine", window=[(-2, 4), (-2.5, 2.5)])
TAIL = re.compile(r"M([-\d.]+),([-\d.]+)L([-\d.]+),([-\d.]+)")
NUMBERS = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


@pytest.fixture
def figure(browser, tmp_path):
    """Open a figure as a page of its own."""
    contexts, problems = [], []

    def show(which, width=900, **options):
        file = tmp_path / "slices.html"
        file.write_text(standalone(which), "utf-8")
        viewport = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=viewport, **options))
        page = contexts[-1].new_page()
        watch(page, problems)
        page.goto(file.as_uri())
        return wake(page.locator("figure.gd-figure"))

    yield show
    for context in contexts:
        context.close()
    assert not problems


def number(text):
    front, _, power = text.translate(NUMBERS).partition("×10")
    return float(f"{front}e{power or 0}")


def shown(it):
    """Slope, secant and error along each axis, as the figure writes them."""
    rows = it.locator(".gd-slopes tbody tr").all()
    return [
        [number(cell) for cell in row.locator("td").all_inner_texts()] for row in rows
    ]


def slide(it, part):
    """Move the slider of Δ to a part of its way from 1e-16 to 2, as a finger would."""
    slider = it.locator("input[type=range]")
    slider.evaluate(
        """(el, part) => {
          el.value = Math.round(part * 1000);
          el.dispatchEvent(new Event("input"));
        }""",
        part,
    )
    return slider.get_attribute("aria-valuetext")


def type_step(it, text):
    it.get_by_text("More controls").click()
    it.get_by_role("spinbutton", name="Step Δ").fill(text)
    it.page.keyboard.press("Enter")
    it.get_by_text("More controls").click()


def values(it):
    """The table of values by the names of its rows."""
    box = it.locator("details.gd-values")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.locator("tbody td").first.wait_for()
    rows = box.locator("tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.children].map((cell) => cell.innerText))"
    )
    return {name: cells for name, *cells in rows}


def drag(it, by):
    ball = it.locator(".gd-handle .gd-ball")
    ball.scroll_into_view_if_needed()
    box = ball.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    it.page.mouse.move(x, y)
    it.page.mouse.down()
    it.page.mouse.move(x + by[0], y + by[1], steps=4)
    it.page.mouse.up()


def test_dragging_the_point_changes_both_slices(figure):
    it = figure(Slices(SINE, [1, 0.5]))
    titles = it.locator(".gd-cuts text", has_text="frozen")
    before, words = shown(it), titles.all_text_contents()
    drag(it, (40, -50))
    after = shown(it)
    assert after[0][0] < before[0][0] and after[1][0] > before[1][0]
    assert all(
        old != new for old, new in zip(words, titles.all_text_contents(), strict=True)
    )


def test_a_smaller_step_turns_the_secant_into_the_tangent(figure):
    it = figure(Slices(SINE, [1, 0]))
    exact, secant, error = shown(it)[0]
    assert exact == pytest.approx(math.cos(1), abs=1e-4)
    assert abs(secant - exact) == pytest.approx(error, abs=5e-3) and error > 0.2
    triangle = it.locator(".gd-triangle").first
    assert triangle.get_attribute("d")
    type_step(it, "0.0001")
    exact, secant, error = shown(it)[0]
    assert secant == pytest.approx(exact, abs=2e-4)
    assert error == pytest.approx(4.2e-5)
    assert not triangle.get_attribute("d")
    assert it.get_by_text("too small to draw").count() == 2


def test_a_still_smaller_step_drowns_in_rounding(figure):
    it = figure(Slices(SINE, [1, 0]))
    type_step(it, "1e-8")
    assert shown(it)[0][2] == pytest.approx(3.0e-9)
    type_step(it, "1e-15")
    assert shown(it)[0][2] == pytest.approx(1.5e-2)
    assert "rounding" in it.locator(".gd-status").inner_text()
    assert slide(it, 0) == "1×10⁻¹⁶"
    assert shown(it)[0][1] == 0
    assert "x + Δ is x itself" in it.locator(".gd-status").inner_text()


def test_a_step_to_both_sides_is_better(figure):
    it = figure(Slices(SINE, [1, 0], delta=1e-4))
    before = shown(it)[0][2]
    it.get_by_text("More controls").click()
    it.get_by_role("checkbox").check()
    assert shown(it)[0][2] == pytest.approx(9.0e-10) and before > 1e-5


def test_the_curve_of_errors_has_the_form_of_a_u(figure):
    it = figure(Slices(SINE, [1, 0]))
    it.get_by_text("The error at every Δ", exact=True).click()
    line = it.locator(".gd-error").first.get_attribute("d")
    heights = [float(y) for _, y in re.findall(r"([-\d.]+),([-\d.]+)", line)]
    lowest = heights.index(max(heights))  # pixels grow downwards
    assert 10 < lowest < len(heights) - 15
    assert min(heights[0], heights[-1]) + 100 < heights[lowest]
    present = it.locator(".gd-present")
    before = present.get_attribute("d")
    slide(it, 0.5)
    assert present.get_attribute("d") != before


def test_the_gradient_crosses_its_contour_at_a_right_angle(figure):
    it = figure(Slices(SINE, [1, 0.5]))
    for by in ((0, 0), (60, -70), (-130, 20)):
        drag(it, by)
        assert values(it)["gradient to contour"][0] == "90.00°"
        arrow = it.locator(".gd-uphill").get_attribute("d")
        x, y, to_x, to_y = map(float, TAIL.match(arrow).groups())
        d = it.locator(".gd-level").get_attribute("d")
        points = [tuple(map(float, p)) for p in re.findall(r"([-\d.]+),([-\d.]+)", d)]
        near = sorted(points, key=lambda p: math.hypot(p[0] - x, p[1] - y))[1:3]
        (a, b), (c, e) = near
        cosine = ((c - a) * (to_x - x) + (e - b) * (to_y - y)) / (
            math.hypot(c - a, e - b) * math.hypot(to_x - x, to_y - y)
        )
        assert abs(cosine) < 0.06


def test_on_a_phone_map_and_slices_stand_one_below_the_other(figure):
    it = figure(Slices(SINE, [1, 0.5]), width=390, has_touch=True, is_mobile=True)
    boards = [b.bounding_box() for b in it.locator(".gd-boards svg.gd-board").all()]
    assert len(boards) == 3
    assert all(a["y"] + a["height"] <= b["y"] for a, b in pairwise(boards))
    assert all(box["width"] <= 390 for box in boards)
