"""The lessons of the walk in fog and of search on a grid, moved as by a reader."""

import re

import pytest

from gdcourse import descend, figures
from gdcourse.figures.page import standalone
from gdcourse.optimizers import gradient_descent
from gdcourse.surfaces import valleys

from .conftest import wake, watch
from .examples import TWIN_WELLS

START, RULE = [0.5, 0.5], gradient_descent(0.25)


@pytest.fixture
def live(browser, tmp_path):
    """Open a figure as a page of its own."""
    contexts, problems = [], []

    def show(figure, width=900, **options):
        file = tmp_path / "figure.html"
        file.write_text(standalone(figure), "utf-8")
        size = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=size, **options))
        page = contexts[-1].new_page()
        watch(page, problems)
        page.goto(file.as_uri())
        return wake(page.locator("figure.gd-figure"))

    yield show
    for context in contexts:
        context.close()
    assert not problems


def status(figure):
    return figure.locator(".gd-status").inner_text()


def press(figure, *keys):
    for key in keys:
        figure.get_by_label("You, the walker").press(key)


def fog(**more):
    return figures.FogWalk(valleys, START, rule=RULE, **more)


def middle(figure):
    box = figure.locator(".gd-fog .gd-ball").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_walking_south_by_keyboard_lowers_the_height_as_told(live):
    it = live(fog())
    assert "height 8.6; the ground falls to the south" in status(it)
    press(it, "ArrowDown", "ArrowDown")
    before, now = valleys([[0.5, -0.2], [0.5, -0.9]])
    told = f"Step 2: height {now:.1f}, you went down by {before - now:.1f}; "
    assert status(it).startswith(told)
    press(it, "ArrowUp")
    assert "you climbed by" in status(it)


def test_the_fog_hides_the_contours_until_it_is_lifted(live):
    it = live(fog())
    press(it, "ArrowDown", "ArrowLeft")
    assert it.locator(".gd-band, .gd-well, .gd-sea").count() == 0
    assert it.locator(".gd-felt").count() > 2
    it.get_by_role("button", name="Lift the fog").click()
    assert it.locator(".gd-band").count() > 5
    it.get_by_role("button", name="Reset").click()
    assert it.locator(".gd-band").count() == 0
    assert "You stand in fog at height 8.6" in status(it)


def test_the_walks_are_compared_with_the_same_number_of_steps(live):
    it = live(fog())
    press(it, *["ArrowDown"] * 3, *["ArrowLeft"] * 4)
    it.get_by_role("button", name="Lift the fog").click()
    own = valleys([0.5 - 4 * 0.7, 0.5 - 3 * 0.7])
    theirs = descend(valleys, RULE, START, 7).loss[-1]
    assert status(it).startswith(
        f"You took 7 steps and stand at height {own:.1f}; gradient descent, with the "
        f"same 7, at {theirs:.1f}. The lowest point of this land is 0.0. You came lower"
    )
    press(it, "ArrowUp")
    assert "You took 7 steps" in status(it)


def test_the_fog_lifts_by_itself_after_the_last_step(live):
    it = live(fog(steps=4))
    press(it, "ArrowUp", "ArrowRight", "ArrowUp", "ArrowRight")
    assert status(it).startswith("That was step 4: the fog lifts.")
    assert "It came lower, though it too felt only the slope" in status(it)


def test_the_fog_lifts_on_flat_ground(live):
    figure = figures.FogWalk(valleys, [-1.9, -1.2], rule=RULE)
    it = live(figure)
    press(it, "ArrowDown")
    assert "The ground is almost flat here, so the fog lifts." in status(it)


def test_a_tap_takes_a_stride_and_a_drag_a_step_as_long_as_it_is(live):
    it = live(fog(), has_touch=True, width=390, is_mobile=True)
    x, y = middle(it)
    it.page.touchscreen.tap(x, y + 90)
    stride = middle(it)[1] - y
    assert 15 < stride < 30
    assert status(it).startswith("Step 1: ")
    it.page.touchscreen.tap(x - 11, y + stride)
    assert middle(it)[0] - x == pytest.approx(-11, abs=1.5)


def test_a_drag_shows_its_step_and_letting_go_takes_it(live):
    it = live(fog())
    x, y = middle(it)
    it.page.mouse.move(x, y)
    it.page.mouse.down()
    it.page.mouse.move(x - 10, y + 10, steps=3)
    assert it.locator(".gd-aim").get_attribute("d")
    assert status(it).startswith("You stand in fog")
    it.page.mouse.up()
    assert re.match(r"Step 1: ", status(it))
    moved = middle(it)
    assert moved == pytest.approx((x - 10, y + 10), abs=1.5)


# Search on a grid beside descent (D3, K24)


def twins(start=0.5, **more):
    return figures.BruteForce(TWIN_WELLS, start, 0.1, **more)


def counters(figure):
    """The two counted numbers, as numbers."""
    texts = figure.locator(".gd-counter strong").all_inner_texts()
    return [int(re.sub(r"\D", "", text)) for text in texts]


def run_both(figure):
    for name in ("Search the grid", "Descend"):
        figure.get_by_role("button", name=name).click()
        figure.page.wait_for_timeout(200)


def test_the_grid_asks_for_a_thousand_losses_and_descent_for_few_gradients(live):
    figure = twins()
    it = live(figure, reduced_motion="reduce")
    run_both(it)
    grid, descent = counters(it)
    assert grid == 1000
    assert descent == figure.path.evaluations < 40
    assert "10⁶ for 2, 10³⁰ for 10" in it.locator(".gd-price").inner_text()


@pytest.mark.parametrize(("start", "end"), [(0.5, "2.000"), (-0.5, "−2.000")])
def test_descent_ends_in_its_own_valley(live, start, end):
    it = live(twins(start), reduced_motion="reduce")
    it.get_by_role("button", name="Descend").click()
    it.locator(".gd-status", has_text="has arrived").wait_for()
    assert f"x = {end}" in status(it)
    assert "It never saw the others." in status(it)


def test_on_the_maximum_descent_stays(live):
    it = live(twins(0.5), reduced_motion="reduce")
    ball = it.get_by_label("Ball: x")
    for _ in range(5):
        ball.press("ArrowLeft")
    it.get_by_role("button", name="Descend").click()
    it.locator(".gd-status", has_text="stays on the local maximum").wait_for()
    assert "did not move" in status(it)
    assert counters(it) == [0, 1]


def test_global_minima_and_the_local_maximum_differ_in_shape_too(live):
    it = live(twins())
    signs = it.locator(".gd-board .gd-minimum path, .gd-board .gd-maximum path")
    assert signs.count() == 3
    shapes = signs.evaluate_all("all => all.map((el) => el.getAttribute('d'))")
    assert len(set(shapes)) == 2
    colours = signs.evaluate_all("all => all.map((el) => getComputedStyle(el).fill)")
    assert colours[0] == colours[1] != colours[2]


def test_more_points_cost_more_and_descent_costs_the_same(live):
    it = live(twins(), reduced_motion="reduce")
    run_both(it)
    before = counters(it)
    it.get_by_role("slider", name="Points per axis").press("End")
    run_both(it)
    after = counters(it)
    assert (before[0], after[0], after[1]) == (1000, 5000, before[1])
