"""A surface in 3-D in a browser: its numbers, its pixels, turning it, and no WebGL."""

import re

import pytest

from gdcourse.figures.page import standalone

from .conftest import wake, watch
from .examples import EXAMPLES

NO_WEBGL = """HTMLCanvasElement.prototype.getContext = new Proxy(
  HTMLCanvasElement.prototype.getContext,
  { apply: (get, canvas, [kind, ...rest]) =>
      kind.startsWith("webgl") ? null : get.call(canvas, kind, ...rest) });"""
# Draws the canvas into another, in the frame in which it was painted.
COLOURS = """figure => new Promise((resolve) => {
  const canvas = figure.querySelector(".gd-block canvas");
  figure.querySelector("[aria-label='Turn left']").click();
  requestAnimationFrame(() => {
    const copy = document.createElement("canvas");
    Object.assign(copy, { width: canvas.width, height: canvas.height });
    const brush = copy.getContext("2d", { willReadFrequently: true });
    brush.drawImage(canvas, 0, 0);
    const { data } = brush.getImageData(0, 0, copy.width, copy.height);
    let sum = 0, seen = 0;
    for (let i = 0; i < data.length; i += 4)
      if (data[i + 3] > 250) { seen += 1; sum += data[i] + data[i + 1] + data[i + 2]; }
    resolve({ part: (4 * seen) / data.length, mean: sum / seen / 3 });
  });
})"""


@pytest.fixture
def open_figure(browser, tmp_path):
    """Open the figure on a page of its own."""
    contexts, problems = [], []
    file = tmp_path / "landscape.html"
    file.write_text(standalone(EXAMPLES["landscape"]()), "utf-8")

    def start(script="", **options):
        contexts.append(browser.new_context(reduced_motion="reduce", **options))
        page = contexts[-1].new_page()
        page.add_init_script(script)
        watch(page, problems)
        page.goto(file.as_uri())
        return wake(page.locator("#fig-landscape"))

    yield start
    for context in contexts:
        context.close()
    assert not problems


def numbers(figure, racer=0):
    card = figure.locator(".gd-card").nth(racer)
    terms, values = (card.locator(tag).all_inner_texts() for tag in ("dt", "dd"))
    return dict(zip(terms, values, strict=True))


def label(figure):
    figure.page.wait_for_timeout(100)
    return figure.locator(".gd-block .gd-board").get_attribute("aria-label")


def test_the_first_view_is_beale_at_its_start(open_figure):
    figure = open_figure()
    first = numbers(figure)
    assert (first["Iterations"], first["Status"]) == ("0", "Ready")
    assert (first["Position x"], first["Position y"]) == ("1.000", "1.000")
    assert (first["Loss"], first["Gradient norm"]) == ("14.20", "27.75")


def test_a_run_brings_every_rule_down_and_its_path_onto_the_surface(open_figure):
    figure = open_figure()
    paths = figure.locator(".gd-block .gd-above")
    before = paths.first.get_attribute("d")
    figure.get_by_role("button", name="Run", exact=True).click()
    figure.page.wait_for_timeout(200)
    losses = [float(numbers(figure, racer)["Loss"]) for racer in range(3)]
    assert losses[0] == pytest.approx(0.8817) and max(losses) < 1
    assert len(paths.first.get_attribute("d")) > len(before or "") + 50
    assert numbers(figure)["Status"] == "Done"


def test_the_surface_is_painted_in_the_colours_of_the_page(open_figure):
    light, dark = (
        open_figure(color_scheme=theme).evaluate(COLOURS) for theme in ("light", "dark")
    )
    assert 0.2 < light["part"] < 0.9 and 0.2 < dark["part"] < 0.9
    assert light["mean"] > 130 > 100 > dark["mean"]


def test_a_page_that_turns_dark_repaints_it(open_figure):
    figure = open_figure(color_scheme="light")
    figure.page.emulate_media(color_scheme="dark")
    figure.page.wait_for_timeout(200)
    assert figure.evaluate(COLOURS)["mean"] < 100


def test_arrow_keys_buttons_and_a_drag_turn_it(open_figure):
    figure = open_figure()
    board = figure.locator(".gd-block .gd-board")
    board.focus()
    figure.page.keyboard.press("ArrowRight")
    assert "turned by -25°" in label(figure)
    figure.get_by_label("Tilt up").click()
    assert "from 50° above" in label(figure)
    box = board.bounding_box()
    figure.page.mouse.move(box["x"] + 200, box["y"] + 200)
    figure.page.mouse.down()
    figure.page.mouse.move(box["x"] + 240, box["y"] + 180)
    figure.page.mouse.up()
    assert "turned by -5° and seen from 40° above" in label(figure)


def test_the_wheel_scrolls_the_page_and_zooms_only_with_ctrl(open_figure):
    figure = open_figure(viewport={"width": 900, "height": 500})
    page, board = figure.page, figure.locator(".gd-block .gd-board")
    board.hover()
    before = board.locator(".gd-origin").get_attribute("cx")
    page.mouse.wheel(0, 120)
    page.wait_for_function("window.scrollY > 50")
    assert board.locator(".gd-origin").get_attribute("cx") == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.wait_for_url(re.compile("zoom="))
    assert board.evaluate("el => getComputedStyle(el).touchAction") == "pan-y"


def test_a_finger_turns_it_sideways_and_two_fingers_zoom(open_figure):
    figure = open_figure(has_touch=True, viewport={"width": 390, "height": 800})
    box = figure.locator(".gd-block .gd-board").bounding_box()
    client = figure.page.context.new_cdp_session(figure.page)
    x, y = box["x"] + 100, box["y"] + 100
    one = [[(x + 10 * i, y)] for i in range(6)]
    two = [[(x - 10 * i, y), (x + 60 + 10 * i, y)] for i in range(6)]
    for fingers in (one, two):
        for i, places in enumerate(fingers):
            points = [{"x": a, "y": b, "id": k} for k, (a, b) in enumerate(places)]
            kind = "touchMove" if i else "touchStart"
            touch = {"type": kind, "touchPoints": points}
            client.send("Input.dispatchTouchEvent", touch)
        end = {"type": "touchEnd", "touchPoints": []}
        client.send("Input.dispatchTouchEvent", end)
    figure.page.wait_for_url(re.compile(r"turn=(-5|-10|-15),?.*zoom=[2-4]"))


def test_another_surface_is_another_run(open_figure):
    figure = open_figure()
    figure.get_by_label("Surface", exact=True).select_option("bowl")
    assert list(numbers(figure))[1:3] == ["Position w", "Position b"]
    assert "bowl in 3-D" in label(figure)
    figure.get_by_role("button", name="Reset").click()
    assert numbers(figure)["Loss"] == "14.20"


def test_without_webgl_one_sentence_and_the_map_stay(open_figure):
    figure = open_figure(NO_WEBGL)
    assert "lacks WebGL" in figure.locator(".gd-flat").inner_text()
    figure.get_by_role("button", name="Step", exact=True).click()
    assert numbers(figure)["Iterations"] == "1"
    assert figure.locator(".gd-aside .gd-handle").is_visible()
