"""What a reader should see in the figures of momentum, done as a reader does."""

import re

import pytest

from gdcourse.figures import Balls, Contours, PhaseDiagram
from gdcourse.optimizers import gradient_descent, momentum
from gdcourse.surfaces import cubic, quartic, rosenbrock, strict_saddle

from .test_lessons_rates import standings, status, typed

BOTH = [gradient_descent(0.01), momentum(0.01)]


def enter(figure, label, value):
    field = typed(figure, label)
    field.fill(str(value))
    field.press("Enter")


def slide(figure, label, place):
    """Move a slider to a place, as a finger does."""
    slider = figure.get_by_role("slider", name=label)
    if not slider.is_visible():
        figure.locator("details.gd-more > summary").click()
    slider.evaluate(
        "(el, place) => { el.value = place; el.dispatchEvent(new Event('input')); }",
        place,
    )


def lanes(figure):
    """What stands above each ball."""
    return figure.locator(".gd-lane .gd-standing").all_inner_texts()


# The plane of learning rate and beta

PLACES = [  # rate, beta, what is said, steps to a hundredth, the larger root
    (0.04, 0.25, "monotone", 83, None),
    (0.04, 0.64, "critical damping", 30, "0.8000"),
    (0.04, 0.9, "ripples", 84, "0.9487"),
    (1.5, 0.04, "alternating sign", 5, None),
    (1, 0, "critical damping", 1, "0"),
]


@pytest.mark.parametrize(("rate", "beta", "word", "steps", "root"), PLACES)
def test_each_region_of_the_plane_has_its_words(show, rate, beta, word, steps, root):
    figure = show(PhaseDiagram())
    enter(figure, "Learning rate", rate)
    enter(figure, "β", beta)
    assert f": {word}" in status(figure)
    assert f"After {steps} step" in status(figure)
    assert root is None or root in status(figure)


def test_too_much_diverges_at_a_step_and_more_beta_allows_a_larger_rate(show):
    figure = show(PhaseDiagram(steps=100))
    enter(figure, "Learning rate", 2.1)
    enter(figure, "β", 0)
    assert "diverging. The root −1.100 lies outside" in status(figure)
    assert "It diverged at step 79." in status(figure)
    enter(figure, "β", 0.2)
    assert "diverg" not in status(figure)


def test_keys_and_pointer_move_the_point_and_its_critical_beta_is_found(show):
    figure = show(PhaseDiagram(learning_rate=0.25, beta=0.9))
    point = figure.locator(".gd-handle")
    point.press("ArrowDown")
    assert "β 0.89" in status(figure)
    figure.get_by_role("button", name="Critical β").click()
    assert "Learning rate 0.25, β 0.25: critical damping" in status(figure)
    box = figure.locator("svg.gd-plane").bounding_box()
    figure.page.mouse.click(box["x"] + box["width"] - 30, box["y"] + 200)
    assert "diverging" in status(figure)


def test_the_best_pair_of_a_bowl_is_critical_in_neither_direction_alone(show):
    figure = show(PhaseDiagram(learning_rate=0.1, beta=0.4675))
    figure.get_by_role("checkbox", name="A second direction, 9 times").check()
    assert "flat direction critical damping" in status(figure)
    worse = int(re.search(r"After (\d+) steps", status(figure))[1])
    figure.get_by_role("button", name="Best for both").click()
    assert "Learning rate 0.25, β 0.25" in status(figure)
    assert "Each step leaves 0.5000 of the distance in both" in status(figure)
    assert int(re.search(r"After (\d+) steps", status(figure))[1]) < worse
    enter(figure, "Learning rate", 0.3)
    assert "The bowl diverges along its steep direction" in status(figure)


# D19: two balls at a flat place (K31, K27)


def test_on_the_cube_momentum_crosses_only_with_enough_rate_and_then_falls(show):
    figure = show(Balls(cubic, BOTH, 1.0))
    slide(figure, "Steps shown", 200)
    assert lanes(figure)[0].startswith("stuck at x = 0.1417")
    assert lanes(figure)[1] == "crossed 0 at step 13, diverged at step 57"
    slide(figure, "Learning rate of momentum", 333)  # 0.001
    assert lanes(figure)[1].startswith("stuck at x = 0.1")
    enter(figure, "Start x", 0)
    slide(figure, "Steps shown", 200)
    assert [words[:8] for words in lanes(figure)] == ["stuck at"] * 2


def test_from_the_left_descent_needs_no_momentum(show):
    figure = show(Balls(cubic, BOTH, -0.1, steps=400))
    slide(figure, "Steps shown", 320)
    x = float(re.search(r"x = −([\d.]+)", lanes(figure)[0])[1])
    assert x > 2
    assert lanes(figure)[1].startswith("diverged at step")


def test_noise_takes_plain_descent_across(show):
    figure = show(Balls(cubic, BOTH, 1.0, steps=3000, noise=0.5))
    slide(figure, "Steps shown", 1000)
    assert "crossed" not in lanes(figure)[0]
    figure.get_by_role("checkbox", name="Noise of standard deviation 0.5").check()
    assert "with noise in each slope" in status(figure)
    assert lanes(figure)[0].startswith("crossed 0 at step 1345, diverged at step 20")


def test_on_the_quartic_the_escape_ends_in_the_minimum(show):
    rules = [gradient_descent(0.012), momentum(0.012)]
    figure = show(Balls(quartic, rules, -0.5), width=390)
    figure.get_by_role("button", name="Run", exact=True).click()
    figure.get_by_text("rests at x = 2.250").first.wait_for()
    slide(figure, "Steps shown", 200)
    assert lanes(figure)[0].startswith("stuck at x = −0.04")
    assert lanes(figure)[1] == "crossed 0 at step 8, rests at x = 2.250"


# The true saddle (K171), and D15 (K28, K29)


def test_both_rules_leave_a_saddle_but_neither_from_its_ridge(show):
    rules = [gradient_descent(0.1), momentum(0.1)]
    figure = show(Contours(strict_saddle, rules, [-1, 1e-8], steps=250, shown=67))
    loss = standings(figure)
    assert loss["momentum"].startswith("loss −0.1")
    assert not loss["gradient descent"].startswith("loss −0.1")
    slide(figure, "Steps shown", 250)
    assert all(words.startswith("loss −0.2") for words in standings(figure).values())
    enter(figure, "Start y", 0)
    assert not any("−" in words.split("×")[0] for words in standings(figure).values())


def test_the_valley_takes_thousands_of_steps_and_a_larger_rate_diverges(show):
    figure = show(Contours(rosenbrock, gradient_descent(0.0008), [-1.5, 2], steps=6000))
    loss = figure.locator(".gd-standing")
    slide(figure, "Steps shown", 0)
    assert "loss 12.50" in status(figure)
    slide(figure, "Steps shown", 946)  # of 1,000 places: 5,676
    assert float(loss.inner_text().split()[1]) == pytest.approx(0.01, rel=1e-3)
    slide(figure, "Learning rate", 932)
    assert "diverged at step 3" in status(figure)
