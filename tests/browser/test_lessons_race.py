"""What a reader finds out in a race: rates decide, and one's own rule takes part."""

import re

import numpy as np
import pytest

from gdcourse.figures import Contours
from gdcourse.figures.page import standalone
from gdcourse.optimizers import adam, gradient_descent, momentum, newton, rmsprop, sam
from gdcourse.surfaces import bowl, himmelblau, rosenbrock

from .conftest import wake, watch

FOUR = [rule(0.0008) for rule in (gradient_descent, momentum, rmsprop, adam)]
START = [-1.5, 2.0]


def heavy(x, gradient, state):
    """A learner's rule, which keeps its velocity in a dict."""
    state["velocity"] = 0.9 * state.get("velocity", np.zeros_like(x)) + gradient
    return x - 0.0005 * state["velocity"]


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


def said(it):
    return it.locator(".gd-status").inner_text()


def rate(it, label, value):
    it.get_by_role("spinbutton", name=f"Rate of {label}").fill(str(value))
    it.page.keyboard.press("Enter")


def test_with_one_shared_rate_momentum_wins_and_adam_is_close_to_last(show):
    it = show(Contours(rosenbrock, FOUR, START, steps=15_000))
    order = (
        "Within 0.01 of the minimum: momentum at step 1,428, then RMSProp at step "
        "7,208, then Adam at step 10,817, then gradient descent at step 14,933."
    )
    assert order in said(it)
    standings = it.locator(".gd-standing").all_inner_texts()
    assert "15,000 gradients; reached at step 14,933" in standings[0]
    fields = it.get_by_role("spinbutton").all()
    assert [field.input_value() for field in fields if field.is_visible()] == [
        "0.0008"
    ] * 4


def test_with_each_rate_tuned_adam_and_momentum_arrive_together(show):
    it = show(Contours(rosenbrock, FOUR, START, steps=500))
    assert "None came within 0.01 of the minimum yet." in said(it)
    rate(it, "Adam", 1.78)
    rate(it, "momentum", 0.002)
    assert "minimum: Adam at step 369, then momentum at step 384." in said(it)


@pytest.mark.parametrize(("value", "step"), [(0.05, "1,200"), (0.1, "846")])
def test_adam_at_ordinary_rates_needs_two_to_three_times_as_long(show, value, step):
    it = show(Contours(rosenbrock, FOUR, START, steps=1500))
    rate(it, "Adam", value)
    assert f"Adam at step {step}" in said(it)


def test_a_rate_that_is_too_large_is_said_to_diverge(show):
    it = show(Contours(rosenbrock, FOUR, START, steps=500))
    rate(it, "momentum", 0.004)
    assert re.search(r"momentum diverged at step \d+", said(it))
    assert it.locator(".gd-blown").count() == 1


def test_another_surface_has_another_winner(show):
    places = {"Rosenbrock": START, "bowl": [-4, 2.5]}
    it = show(Contours([rosenbrock, himmelblau, bowl], FOUR, places, steps=400))
    rate(it, "gradient descent", 0.2)
    it.get_by_role("combobox", name="Surface").select_option("bowl")
    assert "from w = −4.000, b = 2.500" in said(it)
    assert "Within 0.01 of the minimum: gradient descent at step 13" in said(it)
    it.page.wait_for_url(re.compile("s=3"))
    before = said(it)
    it.page.reload()
    wake(it)
    assert said(it) == before


def test_ones_own_rule_runs_on_the_static_page(show):
    race = Contours(rosenbrock, [heavy, adam(0.1)], START, steps=300, key="own")
    it = show(race)
    it.get_by_text("More controls").click()
    it.get_by_role("spinbutton", name="Start x").fill("-0.5")
    it.page.keyboard.press("Enter")
    race.moved = {"start": [-0.5, 2.0]}
    losses = [path.loss[-1] for path in race.paths.values()]
    told = it.locator(".gd-standing").all_inner_texts()
    for words, loss in zip(told, losses, strict=True):
        number = re.match(r"loss ([\d.]+)(?:×10([⁻⁰¹²³⁴-⁹]+))?", words)
        power = (number[2] or "0").translate(
            str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
        )
        assert float(f"{number[1]}e{power}") == pytest.approx(loss, rel=1e-3)


def test_arrows_tell_what_each_rule_carries(show):
    it = show(
        Contours(rosenbrock, [*FOUR, heavy], START, steps=300, shown=40, arrows=True)
    )
    lines = it.locator(".gd-carried li").all_inner_texts()
    assert lines[0] == "gradient descent: the next step goes straight downhill."
    assert lines[1] == (
        "momentum: the velocity is as long as the gradient, 112° off it; the next step "
        "goes 53° off straight downhill."
    )
    assert re.match(r"RMSProp: the next step goes [1-9]\d*° off", lines[2])
    assert re.match(
        r"Adam: m is [\d.]+ times .* next step goes [1-9]\d*° off", lines[3]
    )
    assert re.match(r"heavy: the velocity is", lines[4])
    drawn = '.gd-arrow:not([d=""])'
    assert it.locator(f".gd-board {drawn}").count() == 5 * 2 + 3
    it.get_by_role("checkbox", name="Adam").uncheck()
    assert it.locator(f".gd-board {drawn}").count() == 5 * 2


def end_of_line(it, racer):
    """How far right a racer's losses reach, in pixels of their board."""
    line = it.locator(".gd-board").nth(1).locator("path.gd-path").nth(racer)
    return float(re.findall(r"[ML]([-\d.]+),", line.get_attribute("d"))[-1])


def test_against_gradients_a_step_of_sam_is_twice_as_long(show):
    rules = [momentum(0.0008), sam(momentum(0.0008)), newton()]
    it = show(Contours(rosenbrock, rules, START, steps=300))
    standings = it.locator(".gd-standing").all_inner_texts()
    assert "300 gradients" in standings[0] and "600 gradients" in standings[1]
    assert "Newton at step 5" in said(it)
    assert "300 gradients, 300 curvatures" in standings[2]
    assert end_of_line(it, 1) > 1.7 * end_of_line(it, 0)
    it.get_by_role("checkbox", name="Losses against gradients").uncheck()
    assert end_of_line(it, 1) == pytest.approx(end_of_line(it, 0))


def test_a_recorded_method_says_that_it_stays_at_the_texts_start(show):
    it = show(Contours(bowl, [momentum(0.05), newton()], [2.0, 1.0], steps=20))
    it.locator(".gd-start").press("ArrowLeft")
    told = it.locator(".gd-standing").all_inner_texts()
    assert "recorded from the text’s start only" in told[1]
    it.get_by_role("button", name="Reset").click()
    assert "recorded" not in it.locator(".gd-standing").all_inner_texts()[1]
