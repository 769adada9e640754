"""What a reader should see in the figures of learning rates, done as a reader does."""

import re

import pytest

from gdcourse.figures import RateFinder, Schedules
from gdcourse.schedules import (
    cosine,
    one_cycle,
    step_decay,
    triangular,
    warm_restarts,
    warmup,
)
from gdcourse.surfaces import bowl

SIX = {
    "step decay": step_decay(1.0, 30),
    "cosine": cosine(1.0, 100),
    "warm-up + cosine": warmup(cosine(1.0, 90), 10),
    "triangular": triangular(0.1, 1.0, 10),
    "one-cycle": one_cycle(0.01, 100),
    "warm restarts": warm_restarts(1.0, 10, 2),
}
DECAY = {"warm-up + cosine": warmup(cosine(3e-4, 98_000, 3e-5), 2_000)}


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


def cursor_at(figure, step):
    typed(figure, "Cursor at").fill(str(step))
    figure.get_by_role("spinbutton").press("Enter")


# V11, with this course's warm-up, whose first step moves already
VALUES = {
    "step decay": {0: 1, 29: 1, 30: 0.1, 60: 0.01, 90: 0.001},
    "cosine": {25: 0.853553, 50: 0.5, 75: 0.146447},
    "warm-up + cosine": {0: 0.1, 1: 0.2, 9: 1, 10: 1, 55: 0.5, 100: 0},
    "triangular": {0: 0.1, 10: 1, 15: 0.55, 20: 0.1},
    "one-cycle": {0: 0.0004, 29: 0.01, 99: 4e-8},
    "warm restarts": {10: 1, 30: 1, 70: 1, 99: 0.7093},
}


def test_six_schedules_over_a_hundred_epochs(show):
    figure = show(Schedules(SIX, 100, unit="epoch"))
    for step in sorted({step for values in VALUES.values() for step in values}):
        cursor_at(figure, step)
        shown = standings(figure)
        for name, values in VALUES.items():
            if step in values:
                digits = shown[name].replace("×10⁻⁸", "e-8")
                assert float(digits) == pytest.approx(values[step], rel=1e-3), name


def test_the_decay_is_half_done_at_51_000_not_at_50_000(show):
    figure = show(Schedules(DECAY, 100_000))
    status = figure.locator(".gd-status")
    wanted = {0: "1.500×10⁻⁷", 2_000: "0.0003000", 50_000: "0.0001693"}
    wanted |= {51_000: "0.0001650", 100_000: "3.000×10⁻⁵"}
    for step, rate in wanted.items():
        cursor_at(figure, step)
        assert f"At step {step:,} of 100,000" in status.inner_text()
        assert status.inner_text().endswith(f"warm-up + cosine {rate}.")


def test_keys_and_pointer_move_the_cursor(show):
    figure = show(Schedules(SIX, 100, unit="epoch"))
    ball, status = figure.locator(".gd-handle"), figure.locator(".gd-status")
    for key, epoch in (("Home", 0), ("ArrowRight", 1), ("PageUp", 11), ("End", 100)):
        ball.press(key)
        assert f"At epoch {epoch} of 100" in status.inner_text()
    box = figure.locator("svg.gd-board").bounding_box()
    figure.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 80)
    (epoch,) = re.findall(r"At epoch (\d+) of", status.inner_text())
    assert 44 < int(epoch) < 50  # the axis begins a little way into the board


def test_a_switched_off_schedule_leaves_plot_words_and_table(show):
    figure = show(Schedules(SIX, 100, unit="epoch"))
    figure.get_by_role("checkbox", name="triangular").uncheck()
    assert "triangular" not in figure.locator(".gd-status").inner_text()
    figure.locator("details.gd-values > summary").click()
    figure.locator("thead th").first.wait_for()
    columns = figure.locator("thead th").all_inner_texts()
    assert "triangular" not in columns and "cosine" in columns
    line = figure.locator(".gd-board path.gd-path").nth(3)
    assert line.get_attribute("d") == ""


# The range test, K124


def finder(**settings):
    return RateFinder(bowl, [-4, 2.5], rates=(1e-3, 1), points=200, **settings)


def test_more_steps_at_each_rate_move_the_suggestion_but_not_the_limit(show):
    figure = show(finder())
    slider = figure.get_by_role("slider", name="Steps at each rate")
    moved = []
    for steps, rate in ((1, 0.0691), (5, 0.0155), (20, 0.00401)):
        while int(slider.get_attribute("aria-valuetext")) < steps:
            slider.press("ArrowRight")
        assert float(standings(figure)["steepest"]) == rate
        assert f"suggests {rate}. The largest stable rate is 0.25" in status(figure)
        cliff = 10 * float(standings(figure)["before the rise"])
        moved.append(round(cliff / rate))
    assert moved == [4, 17, 64]  # 65 with unrounded numbers


def test_a_rate_is_dragged_from_creeping_to_divergence(show):
    figure = show(finder(), width=390, has_touch=True)
    said = []
    for rate in (0.002, 0.069, 0.2, 0.26, 0.3):
        typed(figure, "Learning rate to try").fill(str(rate))
        figure.get_by_role("spinbutton").press("Enter")
        said.append(re.search(r"with it ([a-z ]+\d*)[:.]", status(figure))[1])
    assert said == [
        "creeps and is still on its way",
        "settles",
        "zigzags and settles",
        "swings further and further out",
        "diverges at step 22",
    ]
    ball = figure.locator(".gd-handle")
    before = ball.bounding_box()
    ball.press("Shift+ArrowLeft")
    assert ball.bounding_box()["x"] < before["x"]


def test_one_run_through_all_rates_finds_its_lowest_loss_beyond_the_limit(show):
    figure = show(RateFinder(bowl, [-4, 2.5]))
    typed(figure, "Learning rate to try")
    figure.get_by_role("checkbox", name="One run through all rates").check()
    shown = standings(figure)
    assert (shown["steepest"], shown["minimum/10"]) == ("0.00792", "0.0572")
    assert shown["before the rise"] == "says nothing"


def test_an_overflow_is_said_in_words(show):
    figure = show(RateFinder(bowl, [-4, 2.5], rates=(1e-3, 1e9), steps=50))
    figure.locator(".gd-handle").focus()
    for _ in range(10):
        figure.page.keyboard.press("Shift+ArrowRight")
    assert re.search(r"loss [\d.]+×10.* diverges at step 1\.", status(figure))
