"""Every number that a quiz states is worked out here with the library."""

import json
import subprocess
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from gdcourse import Surface, descend
from gdcourse.exercises.quizzes import QUIZZES, Choice, Mistake, Number, Option, Parsons
from gdcourse.exercises.quizzes import update_rule as quiz
from gdcourse.figures import FIGURES, Quiz
from gdcourse.figures.build import node_command
from gdcourse.optimizers import gradient_descent
from gdcourse.surfaces import parabola, quartic

MARKING = Path(__file__).parent.parent / "gdcourse/figures/js/pure/marking.js"
ALL = [item for items in QUIZZES.values() for item in items]


@pytest.fixture(scope="module")
def noisy():
    """100 points of y = 3x + 7 with noise of standard deviation 0.5."""
    rng = np.random.RandomState(42)
    x = rng.randn(100)
    y = 3 * x + 7 + 0.5 * rng.randn(100)
    return Surface.mean("(w*x + b - y)**2", "w b", {"x": x, "y": y})


def by_hand():
    data = {"x": [1, 2, 3], "y": [2, 4, 6]}
    return Surface.mean("(w*x + b - y)**2", "w b", data)


def said(item):
    return json.dumps(item.as_json(), ensure_ascii=False)


# Question 1: what the sign does


def test_adding_the_gradient_makes_the_loss_grow_by_the_stated_factor(noisy):
    path = descend(noisy, lambda x, gradient: x + 0.1 * gradient, [0, 0], 20)
    for loss in path.loss[:4]:
        assert f"{loss:.1f}" in said(quiz.SIGN)
    growth = path.loss[1:] / path.loss[:-1]
    assert np.all(np.round(growth, 1) == 1.4)


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid")
def test_the_loss_overflows_only_after_the_stated_number_of_updates(noisy):
    x, updates = np.zeros(2), 0
    while np.isfinite(noisy(x)):
        x, updates = x + 0.1 * noisy.gradient(x), updates + 1
    assert f"{updates:,} updates" in said(quiz.SIGN)


# Question 2: the loop


def run_lines(lines):
    """Run three rounds of the loop; return where w and b end, or None if it fails."""
    names = {"np": np, "learning_rate": 0.1, "x": np.arange(3.0), "y": np.ones(3)}
    try:
        exec("\n".join(lines).replace("200", "3"), names)
    except (SyntaxError, NameError):
        return None
    return names["w"], names["b"]


def reference():
    data = {"x": np.arange(3.0), "y": np.ones(3)}
    mse = Surface.mean("(w*x + b - y)**2", "w b", data)
    return descend(mse, gradient_descent(0.1), [0, 0], 3).x[-1]


def test_exactly_the_orders_that_the_key_accepts_are_gradient_descent():
    accepted = 0
    for order in permutations(range(len(quiz.LOOP.lines))):
        end = run_lines([quiz.LOOP.lines[line] for line in order])
        right = end is not None and np.allclose(end, reference(), rtol=1e-12)
        allowed = all(
            order.index(rule.first) < order.index(rule.later)
            for rule in quiz.LOOP.orders
        )
        assert right == allowed, order
        accepted += allowed
    assert accepted == 4


def test_the_distractor_makes_the_loop_wrong():
    lines = list(quiz.LOOP.lines)
    lines[3] = quiz.LOOP.distractors[0].line
    assert not np.allclose(run_lines(lines), reference(), rtol=1e-3)


# Question 3: one step by hand


def wrong_steps():
    """The slips of question 3 as formulas, in the order of its list of mistakes."""
    mse, start, rate = by_hand(), np.array([0.5, 0.1]), 0.01
    (dw, db), b = mse.gradient(start), start[1]
    moved = start - rate * np.array([dw, 0])
    return [
        b + rate * db,
        b - rate * db / 2,
        b - rate * mse.gradient(moved)[1],
        b - rate * 3 * db,
        b - rate * dw,
        start[0] - rate * dw,
        db,
        b - db,
    ]


def test_the_step_by_hand_is_the_step_of_the_library():
    path = descend(by_hand(), gradient_descent(0.01), [0.5, 0.1], 1)
    assert path.x[-1] == pytest.approx([0.636, quiz.STEP.answer])
    errors = 0.5 * np.array([1, 2, 3]) + 0.1 - np.array([2, 4, 6])
    for number in [*errors, errors.mean(), path.gradient[0, 1]]:
        assert f"{number:.1f}".replace("-", "\N{MINUS SIGN}") in quiz.STEP.feedback


def test_each_known_slip_leads_to_its_number():
    values = [mistake.value for mistake in quiz.STEP.mistakes]
    assert values == pytest.approx(wrong_steps(), abs=quiz.STEP.tolerance)


# Question 4: what the stopping test tells


@pytest.mark.parametrize(
    ("surface", "rate", "start", "steps", "said_so"),
    [
        (parabola, 0.1, 10.0, 20, ["x = 0.1153", "0.0133"]),
        (Surface("0.01*x**2", "x"), 0.1, 20.0, None, ["12.49"]),
        (quartic, 0.01, -1.0, None, ["x = −0.16", "2.01"]),
    ],
)
def test_where_the_stopping_test_stops(surface, rate, start, steps, said_so):
    path = descend(surface, gradient_descent(rate), [start], 10_000, tolerance=0.25)
    assert path.stopped == "converged"
    assert steps in (None, path.stopped_at)
    texts = [f"{path.x[-1, 0]:.4f}", f"{path.x[-1, 0]:.2f}", f"{path.loss[-1]:.4f}"]
    texts = [text.replace("-", "−") for text in [*texts, f"{path.loss[-1]:.2f}"]]
    for text in said_so:
        assert text in said(quiz.STOPPING)
        assert text.removeprefix("x = ") in texts


def test_the_other_statements_about_stopping():
    assert f"{quartic(2.25):.2f}".replace("-", "−") in said(quiz.STOPPING)
    assert 0.1 * 0.25 == 0.025
    path = descend(parabola, gradient_descent(0.1), [10.0], 10_000)
    assert path.x[-1, 0] != 0
    assert path.x[1] / path.x[0] == pytest.approx(0.8)


# Question 5: why not the true line


def test_the_fit_is_the_least_squares_fit(noisy):
    path = descend(noisy, gradient_descent(0.1), [0, 0], 200)
    fit = np.polyfit(noisy.data["x"], noisy.data["y"], 1)
    assert path.x[-1] == pytest.approx(fit, abs=1e-10)
    assert np.abs(noisy.gradient(path.x[-1])).max() < 5e-11
    stated = [*(f"{v:.3f}" for v in fit), f"{noisy(fit):.4f}", f"{noisy([3, 7]):.4f}"]
    for number in stated:
        assert number in said(quiz.FIT)


# The kinds of questions, and how the page marks them


@pytest.mark.parametrize(
    ("kind", "fields", "complaint"),
    [
        (Choice, {"options": [Option("a", "b")] * 2}, "0 right options"),
        (Choice, {"options": [Option("a", "b", True)] * 2}, "2 right options"),
        (Number, {"answer": 1, "tolerance": 0}, "tolerance = 0"),
        (
            Number,
            {"answer": 1, "tolerance": 0.1, "mistakes": [Mistake(1.1, "")]},
            r"\[1, 1.1\] apart",
        ),
        (
            Parsons,
            {"lines": ["a", "b"], "shuffled": [0, 0], "orders": []},
            r"shows lines \[0, 0\]",
        ),
    ],
)
def test_a_question_that_cannot_work_is_refused(kind, fields, complaint):
    texts = {Number: ["feedback", "otherwise"], Parsons: ["feedback", "missing"]}
    more = dict.fromkeys(texts.get(kind, []), "")
    with pytest.raises(ValueError, match=complaint):
        kind(id="x", question="?", **more, **fields)


def answers(item):
    """Pairs of (answer, feedback that the page must give)."""
    data = item.as_json()
    if data["kind"] == "choice":
        return [(i, option.feedback) for i, option in enumerate(item.options)]
    if data["kind"] == "choices":
        right = [i for i, option in enumerate(item.options) if option.right]
        return [(right, "These and no others.")]
    if data["kind"] == "number":
        slips = [(str(slip.value), slip.feedback) for slip in item.mistakes]
        far = (str(max(slip.value for slip in item.mistakes) + 1), item.otherwise)
        return [(str(item.answer), item.feedback), far, *slips]
    count, end = len(item.lines), len(item.shuffled)
    order = list(range(count))
    return [
        ([*order, end, *range(count, end)], item.feedback),
        ([*order[1:], end, 0, *range(count, end)], item.missing),
        ([*item.shuffled, end], item.distractors[0].feedback),
        *(
            ([*_swapped(order, rule), end, *range(count, end)], None)
            for rule in item.orders
        ),
    ]


def _swapped(order, rule):
    """Put the later line of a rule right above its first line."""
    others = [line for line in order if line != rule.later]
    at = others.index(rule.first)
    return [*others[:at], rule.later, *others[at:]]


def test_the_page_gives_each_answer_its_own_feedback():
    cases = [(item, *case) for item in ALL for case in answers(item)]
    questions = [[item.as_json(), answer] for item, answer, _ in cases]
    script = f"""
        import {{ mark }} from {json.dumps(MARKING.as_uri())};
        const cases = {json.dumps(questions)};
        console.log(JSON.stringify(cases.map(([item, answer]) => mark(item, answer))));
    """
    node = [*node_command(), "--input-type=module"]
    more = {"capture_output": True, "text": True, "check": True}
    run = subprocess.run(node, input=script, **more)
    for (item, answer, words), mark in zip(cases, json.loads(run.stdout), strict=True):
        expected = [rule.feedback for rule in getattr(item, "orders", [])]
        assert mark["words"] in ([words] if words else expected), (item.id, answer)
        assert (mark["verdict"] == "right") == _is_right(item, words), (item.id, answer)


def _is_right(item, words):
    if hasattr(item, "options"):
        right = [option.feedback for option in item.options if option.right]
        return words in [*right, "These and no others."]
    return words == item.feedback


# The figure


def test_the_page_without_scripts_reads_as_text():
    page = Quiz("update-rule").to_html()
    assert FIGURES["quiz"] is Quiz
    assert page.count("<summary>Answer</summary>") == 5
    assert page.count("<strong>Right.</strong>") == 4
    still = page[page.index("gd-still") : page.index("<script")]
    for text in ("<strong>0.158.</strong>", "w = w - learning_rate * dw", "1.4 times"):
        assert text in still


def test_an_unknown_quiz_is_named():
    with pytest.raises(ValueError, match="update-rule"):
        Quiz("update_rules")


def test_feedback_is_whole_sentences():
    for item in ALL:
        for part in [*getattr(item, "options", ()), *getattr(item, "mistakes", ())]:
            assert part.feedback[-1] in ".)", part
            assert len(part.feedback) > 30, part
