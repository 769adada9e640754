"""Every number in the quiz on learning rates is worked out here with the library."""

import json
from itertools import permutations

import numpy as np
import pytest

from gdcourse import Surface, descend
from gdcourse.curvature import stability_limit
from gdcourse.exercises.quizzes import learning_rates as quiz
from gdcourse.optimizers import adam, gradient_descent, momentum
from gdcourse.schedules import cosine, warmup
from gdcourse.surfaces import bowl, parabola, quartic
from gdcourse.training import range_test


def said(item):
    text = json.dumps(item.as_json(), ensure_ascii=False)
    return text.replace("\N{MINUS SIGN}", "-")


@pytest.mark.parametrize(("rate", "option"), [(0.1, 0), (0.5, 1), (0.9, 2), (1.1, 3)])
def test_the_positions_of_the_four_rates(rate, option):
    path = descend(parabola, gradient_descent(rate), [7], steps=2)
    shown = ", ".join(f"{x:.4g}" for x in path.x[:, 0]).removesuffix(", 0")
    text = quiz.REGIMES.options[option].text.replace("\N{MINUS SIGN}", "-")
    assert text.startswith(shown)
    assert quiz.REGIMES.options[option].right == (rate == 0.9)


def test_the_limit_and_the_slips():
    steep = Surface("3*w**2 + b**2/2", "w b")
    limit = stability_limit(steep.hessian([1, 1]))
    assert limit == pytest.approx(quiz.LIMIT.answer, abs=quiz.LIMIT.tolerance)
    slips = [2 / 1, 2 / 3, 1 / 6, 2 / 7, 2 / np.mean([6, 1])]
    values = [mistake.value for mistake in quiz.LIMIT.mistakes]
    assert values == pytest.approx(slips, abs=quiz.LIMIT.tolerance)


@pytest.mark.parametrize(
    ("rule", "steps", "end"),
    [
        (gradient_descent(0.012), 1000, -0.009),
        (gradient_descent(0.012), 100_000, -0.00009),
        (gradient_descent(0.05), 10_000, 0.0),
        (gradient_descent(0.2), 1, 0.05),
        (gradient_descent(1.0), 50, 2.25),
        (momentum(0.012, 0.9), 100, 2.25),
    ],
)
def test_where_the_ball_is(rule, steps, end):
    path = descend(quartic, rule, [-0.5], steps=steps)
    digits = 5 if steps == 100_000 else 3 if end < 0 else 2
    assert round(path.x[-1, 0], digits) == end
    assert f"{end:.5f}".rstrip("0").rstrip(".").lstrip("-") in said(quiz.STUCK)


def test_no_rate_that_jumps_over_zero_settles():
    assert round(float(stability_limit(quartic.hessian([2.25]))), 3) == 0.099
    path = descend(quartic, gradient_descent(0.2), [-0.5], steps=10_000)
    assert abs(path.x[-1, 0] - 2.25) > 0.1
    assert "0.099" in said(quiz.STUCK)


def test_the_suggestions_of_the_range_test():
    def sweep(**more):
        settings = {"lowest": 1e-3, "count": 200} | more
        return range_test(bowl, gradient_descent, [-4, 2.5], **settings)

    once, often = sweep().pick(), sweep(steps=20).pick()
    assert (f"{once:.3f}", f"{often:.4f}") == ("0.069", "0.0040")
    run = sweep(lowest=1e-4, count=100, sequential=True)
    lowest = run.rates[np.argmin(run.losses)]
    assert f"{lowest:.2f}" == "0.57"
    assert all(text in said(quiz.RANGE_TEST) for text in ("0.069", "0.0040", "0.57"))


class Fake:
    """A scheduler, and the training, that write down what happens."""

    def __init__(self):
        self.epoch, self.used, self.printed = 0, [], []

    def step(self):
        self.epoch += 1

    def get_last_lr(self):
        return [self.epoch]


def works(lines):
    fake = Fake()
    names = {"scheduler": fake, "model": None, "optimizer": None}
    names["train_one_epoch"] = lambda *_: fake.used.append(fake.epoch)
    names["print"] = lambda text: fake.printed.append(int(text.split()[-1]))
    try:
        exec("\n".join(lines).replace("100", "3"), names)
    except (SyntaxError, NameError):
        return False
    return fake.used == fake.printed == [0, 1, 2]


def test_exactly_the_accepted_orders_print_the_rate_that_was_used():
    for order in permutations(range(len(quiz.LOOP.lines))):
        allowed = all(
            order.index(rule.first) < order.index(rule.later)
            for rule in quiz.LOOP.orders
        )
        assert works([quiz.LOOP.lines[line] for line in order]) == allowed, order


def test_halfway_down_the_cosine():
    rate = warmup(cosine(3e-4, 98_000, floor=3e-5), 2000)
    assert rate(quiz.HALFWAY.answer) == pytest.approx(1.65e-4, rel=1e-9)
    assert f"{rate(50_000):.2e}".replace("e-0", "e-") in said(quiz.HALFWAY)


def test_the_first_step_of_adam_with_and_without_the_correction():
    g = np.array([1e-6, 5.0])
    x, _ = adam(0.1).step(np.zeros(2), g, adam(0.1).init(np.zeros(2)))
    assert -x == pytest.approx([0.1, 0.1], rel=0.02)
    plain = 0.1 * (0.1 * g) / np.sqrt(0.001 * g**2)
    assert plain / 0.1 == pytest.approx([3.2, 3.2], abs=0.05)
