"""``check``, ``hint`` and ``solution`` as a reader meets them."""

import numpy as np
import pytest

from gdcourse.exercises import EXERCISES, check, hint, solution
from gdcourse.network import mlp


@pytest.fixture(autouse=True)
def _own_progress(tmp_path, monkeypatch):
    monkeypatch.setenv("GDCOURSE_HOME", str(tmp_path))
    monkeypatch.setattr("gdcourse.exercises.helping._given", {})


def test_the_sign_mistake_is_named_with_numbers_and_without_the_answer(capsys):
    result = check("update-rule.step", lambda x, g, lr: x + lr * g)
    assert (result.outcome, result.mistake) == ("wrong", "sign")
    assert "x = 3, gradient = 6, learning_rate = 0.1, you return 3.6" in result.message
    assert "your loss rises" in result.message
    assert "2.4" not in result.message
    assert capsys.readouterr().out == f"{result}\n"


def test_the_same_check_shows_the_same_text_again(capsys):
    for _ in range(2):
        check("update-rule.gradients", lambda w, b, x, y: (0.0, 0.0))
    text = capsys.readouterr().out
    assert text[: len(text) // 2] == text[len(text) // 2 :]


def test_an_unknown_id_suggests_the_nearest():
    with pytest.raises(ValueError, match=r"Did you mean 'update-rule\.step'"):
        check("update-rule.stp", lambda: None)


def nothing(x, gradient, learning_rate):
    """Say what is to be done."""


def ellipsis(x, gradient, learning_rate): ...


def passes(x, gradient, learning_rate):
    pass


def returns_ellipsis(x, gradient, learning_rate):
    return ...


def not_implemented(x, gradient, learning_rate):
    raise NotImplementedError


def with_blank(x, gradient, learning_rate):
    return x - ____ * gradient  # noqa: F821


def with_dots(x, gradient, learning_rate):
    change = ...
    return x - change


@pytest.mark.parametrize(
    "answer",
    [
        None,
        ...,
        nothing,
        ellipsis,
        passes,
        returns_ellipsis,
        not_implemented,
        with_blank,
        with_dots,
        lambda x, g, lr: None,
    ],
)
def test_what_nobody_has_begun_is_not_attempted(answer):
    assert check("update-rule.step", answer).outcome == "not attempted"


def test_a_forgotten_return_is_not_an_untouched_starter():
    def answer(x, gradient, learning_rate):
        x - learning_rate * gradient

    result = check("update-rule.step", answer)
    assert result.outcome == "wrong"
    assert "you return None" in result.message


def test_a_starter_with_code_is_recognised(monkeypatch):
    exercise = EXERCISES["update-rule.step"]
    object.__setattr__(
        exercise, "starter", "def step(x, g, lr):\n    new = x + g\n    return new\n"
    )
    try:
        space = {}
        exec(exercise.starter.replace("step", "mine"), space)
        assert check(exercise.id, space["mine"]).outcome == "not attempted"
        assert check(exercise.id, lambda x, g, lr: x + g).outcome == "wrong"
    finally:
        object.__setattr__(exercise, "starter", "")


class Step:
    def __call__(self, point, slope, rate):
        return point - rate * slope


@pytest.mark.parametrize(
    "answer", [Step(), Step, np.vectorize(lambda x, g, r: x - r * g)]
)
def test_anything_that_can_be_called_can_be_an_answer(answer):
    assert check("update-rule.step", answer).outcome == "right"


def test_results_may_come_as_any_sequence_of_numbers():
    reference = EXERCISES["update-rule.gradients"].reference
    for form in (
        list,
        tuple,
        np.array,
        lambda pair: [[pair[0]], [np.float32(pair[1])]],
    ):
        answer = lambda *inputs, form=form: form(reference(*inputs))  # noqa: E731
        assert check("update-rule.gradients", answer).outcome == "right"


def test_wrong_sign_and_a_crash_on_arrays_is_still_a_wrong_sign():
    result = check("update-rule.step", lambda x, g, lr: float(x + lr * g))
    assert result.mistake == "sign"


def constant_factor(x, gradient, learning_rate):
    return 3 * (x - learning_rate * gradient)


def rounded(x, gradient, learning_rate):
    return np.round(x - learning_rate * gradient)


def first_coordinate(x, gradient, learning_rate):
    new = x - learning_rate * gradient
    return new if np.ndim(new) == 0 else np.full_like(new, new.flat[-1] + 1)


def nearly(x, gradient, learning_rate):
    return x - learning_rate * gradient + 1e-3 * np.abs(x)


@pytest.mark.parametrize(
    ("answer", "remark"),
    [
        (constant_factor, "3 times the right one"),
        (rounded, "whole number"),
        (first_coordinate, "Single numbers all come out right, arrays do not"),
        (nearly, "Of 19 inputs"),
    ],
)
def test_an_unknown_mistake_gets_the_first_difference_and_a_remark(answer, remark):
    result = check("update-rule.step", answer)
    assert (result.outcome, result.mistake) == ("wrong", None)
    assert result.message.startswith("For x = ")
    assert remark in result.message


def test_a_factor_that_is_missing_in_one_result_is_named():
    def answer(w, b, x, y):
        error = w * x + b - y
        return 2 * np.mean(error * x), np.mean(error)

    message = check("update-rule.gradients", answer).message
    assert "you return db = -2.9." in message
    assert "On every input your db is 0.5 times the right one" in message


def test_parameters_after_an_update_are_recognised_at_any_rate():
    def answer(w, b, x, y):
        dw, db = EXERCISES["update-rule.gradients"].reference(w, b, x, y)
        return w - 0.37 * dw, b - 0.37 * db

    assert check("update-rule.gradients", answer).mistake == "updated parameters"


def test_of_two_mistakes_the_one_that_explains_most_is_named_first():
    def answer(gradient, start, rate, tolerance, most):
        x = np.array(start)
        for steps in range(most):  # noqa: B007
            if np.linalg.norm(gradient(x)) < tolerance:
                break
            x = x - rate * gradient(x)
        return x, steps

    result = check("update-rule.loop", answer)
    assert result.mistake == "last index for a count"
    assert result.message.endswith("mend this first, then check again.")


def test_a_loop_counting_from_one_that_fails_on_arrays_is_told_about_its_count():
    def answer(gradient, start, rate, tolerance, most):
        x = start
        for k in range(1, most + 1):
            if abs(gradient(x)) <= tolerance:
                return x, k
            x = x - rate * gradient(x)
        return x, most

    assert check("update-rule.loop", answer).mistake == "count from one"


def descend_raw(rate, steps):
    def answer(area, price):
        w = b = 0.0
        for _ in range(steps):
            error = w * area + b - price
            w, b = w - 2 * rate * np.mean(error * area), b - 2 * rate * np.mean(error)
        return w, b

    return answer


def descend_scaled(rate, steps, spread=np.std):
    def answer(area, price):
        w, b, x = 0.0, 0.0, (area - area.mean()) / spread(area)
        for _ in range(steps):
            error = w * x + b - price
            w, b = w - 2 * rate * np.mean(error * x), b - 2 * rate * np.mean(error)
        return w / spread(area), b - w * area.mean() / spread(area)

    return answer


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (descend_raw(0.1, 50), "diverged"),
        (descend_raw(0.1, 1000), "diverged"),
        (descend_raw(1e-7, 500), "raw units, tiny rate"),
        (descend_scaled(0.1, 10), "too few steps"),
        (descend_scaled(0.001, 1000), "too few steps"),
        (descend_scaled(0.1, 500, np.var), "too few steps"),
        (descend_scaled(1.2, 1000), "diverged"),
    ],
)
def test_descents_on_the_houses_are_diagnosed_whatever_their_settings(answer, mistake):
    assert check("update-rule.houses", answer).mistake == mistake


def test_each_hint_call_gives_the_next_stage_until_the_last(capsys):
    for stage in (1, 2, 3, 3):
        assert f"Hint {stage} of 3" in str(hint("update-rule.loop"))
    assert "Hint 1 of 3" in str(hint("update-rule.loop", 1))
    assert capsys.readouterr().out.count("\nThat was the last hint") == 2
    with pytest.raises(ValueError, match="There is no hint 4"):
        hint("update-rule.loop", 4)


def test_the_solution_is_the_reference_with_an_explanation(capsys):
    solution("update-rule.step")
    text = capsys.readouterr().out
    assert "    return x - learning_rate * gradient" in text
    assert "The gradient points uphill" in text


def test_a_card_is_html_that_escapes_what_the_answer_printed():
    def answer(x, g, lr):
        print("<script>")
        return x - lr * g

    page = check("update-rule.step", answer).html()
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_the_paragraph_to_reread_is_a_link_in_html_and_words_in_text():
    result = check("update-rule.step", lambda x, g, lr: x + lr * g)
    assert '<a href="#one-step">“One step, by hand” in chapter 04</a>' in result.html()
    assert "Reread: “One step, by hand” in chapter 04" in str(result)


@pytest.mark.parametrize(
    ("away", "outcome"), [((0.009, 0), "right"), ((0.0, 0.011), "wrong")]
)
def test_an_open_exercise_asks_for_a_property_and_compares_nothing(away, outcome):
    def answer(slope, start):
        return EXERCISES["momentum.valley"].reference(slope, start) + np.array(away)

    assert check("momentum.valley", answer).outcome == outcome


def test_an_open_exercise_asks_for_the_shape_too():
    result = check("momentum.valley", lambda slope, start: np.ones((3, 2)))
    assert "Your point has shape (3, 2)" in result.message


def test_an_open_exercise_does_not_give_its_place_away():
    result = check("momentum.valley", lambda slope, start: [1, 1])
    assert (result.outcome, result.mistake) == ("wrong", "by heart")
    assert "0.6" not in result.message


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        (lambda widths: mlp([64, 10]), "wrong", "1 layer(s) of weights"),
        (lambda widths: (mlp(widths), 1), "wrong", "a thing of type tuple"),
        (lambda widths: mlp(widths, initialiser=...), "not attempted", "a blank"),
    ],
)
def test_an_exercise_that_measures_a_network_says_what_it_got(answer, outcome, words):
    result = check("backpropagation.deep", answer)
    assert (result.outcome, words in result.message) == (outcome, True)


def test_an_open_exercise_tells_a_changed_start_from_a_wrong_point():
    def answer(slope, start):
        start += EXERCISES["momentum.valley"].reference(slope, start) - start
        return start

    result = check("momentum.valley", answer)
    assert (result.outcome, result.mistake) == ("wrong", None)
    assert "changes its argument start in place" in result.message
    assert "What is returned is right" in result.message
