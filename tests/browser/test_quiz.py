"""The quiz of chapter 04 in a browser: wrong, then right, and kept."""

import pytest

from gdcourse.exercises.quizzes import QUIZZES

from .conftest import wake
from .test_figures import CHAPTER

QUIZ = "#fig-quiz-update-rule"
SIGN, LOOP, STEP, STOPPING, FIT = QUIZZES["update-rule"]


@pytest.fixture
def quiz(visit):
    return wake(visit(CHAPTER).locator(QUIZ))


def question(quiz, item):
    return quiz.locator("form").nth(QUIZZES["update-rule"].index(item))


def check(form):
    form.get_by_role("button", name="Check").click()
    return form.get_by_role("status").inner_text()


def plain(text):
    return text.replace("`", "")


@pytest.mark.parametrize("item", [SIGN, FIT], ids=lambda item: item.id)
def test_each_option_gets_its_own_feedback(quiz, item):
    form = question(quiz, item)
    assert check(form) == "Choose an answer first."
    for option in item.options:
        form.get_by_label(plain(option.text), exact=True).check()
        verdict = "Right." if option.right else "Not yet."
        assert check(form) == f"{verdict} {plain(option.feedback)}"


def test_several_ticks(quiz):
    form = question(quiz, STOPPING)
    form.get_by_label(STOPPING.options[0].text).check()
    form.get_by_label(STOPPING.options[1].text).check()
    assert "one of your ticks is wrong" in check(form).lower()
    assert STOPPING.options[1].feedback in form.inner_text()
    form.get_by_label(STOPPING.options[1].text).uncheck()
    form.get_by_label(STOPPING.options[3].text).check()
    assert check(form).startswith("Right.")


def test_a_number(quiz):
    form = question(quiz, STEP)
    for slip in STEP.mistakes[:2]:
        form.get_by_role("spinbutton").fill(str(slip.value))
        assert check(form) == f"Not yet. {slip.feedback}"
    form.get_by_role("spinbutton").fill(str(STEP.answer))
    form.get_by_role("spinbutton").press("Enter")
    assert form.get_by_role("status").inner_text() == f"Right. {STEP.feedback}"


def test_lines_are_ordered_by_keyboard(quiz):
    form = question(quiz, LOOP)
    texts = [*LOOP.lines, *(each.line for each in LOOP.distractors)]
    assert check(form) == f"Not yet. {plain(LOOP.distractors[0].feedback)}"
    order = [*LOOP.shuffled, len(texts)]
    for target in [*range(len(LOOP.lines)), len(texts), len(LOOP.lines)]:
        if target == len(texts):
            continue
        goal = target if target < len(LOOP.lines) else len(texts)
        press(form, texts[target].strip(), order.index(target) - goal)
        order.remove(target)
        order.insert(goal, target)
    assert check(form) == f"Right. {plain(LOOP.feedback)}"


def press(form, text, ups):
    """Move a line by the keys, the focus staying on its button."""
    way = "up" if ups > 0 else "down"
    form.get_by_role("button", name=f"Move {way}: {text}", exact=True).focus()
    for _ in range(abs(ups)):
        form.page.keyboard.press("Enter")


def test_the_total_counts_and_answers_are_kept_on_this_device(quiz):
    form = question(quiz, SIGN)
    right = next(option for option in SIGN.options if option.right)
    form.get_by_label(right.text).check()
    check(form)
    assert quiz.locator(".gd-status").inner_text() == "1 of 5 questions right so far."
    quiz.page.reload()
    wake(quiz)
    assert form.get_by_role("status").inner_text().startswith("Right.")
    quiz.get_by_role("button", name="Start again").click()
    assert quiz.locator(".gd-status").inner_text() == "0 of 5 questions right so far."


def test_without_storage_the_quiz_still_works(visit):
    page = visit("index.html")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', "
        "{ get() { throw new Error('shut'); } });"
    )
    page.goto(page.url.replace("index.html", CHAPTER))
    form = question(wake(page.locator(QUIZ)), SIGN)
    form.get_by_label(SIGN.options[2].text).check()
    assert check(form).startswith("Not yet.")
