r'''Exercises that are checked at once and that name the mistake.

In a notebook::

    from gdcourse.exercises import check, hint, progress, solution

    def my_step(x, gradient, learning_rate):
        ...

    check("update-rule.step", my_step)

``check`` runs the function on many inputs and says "right", "wrong" (with the mistake,
if it is a known one), "not attempted" or "error".  ``hint`` gives one hint at a time,
``solution`` the code with an explanation, ``progress`` a table and a bar per chapter,
and ``restore`` brings progress back where the disk did not keep it.

Adding an exercise
------------------
An exercise is one entry in the file of its chapter, such as ``update_rule.py``: the
reference, the inputs, the known mistakes, other right answers, hints.  A new chapter is
one new file and one line in ``CHAPTERS`` below.  Suppose that readers should write the
derivative of x**2::

    def slope(x):
        """Return the derivative of x**2."""
        return 2 * x

    def draw_points(rng):
        yield (3.0,)                           # friendly first: messages quote it
        yield (-1.0,)
        yield (np.array([0.5, -2.0, 0.0]),)    # arrays, signs, zero
        for x in rng.normal(0, 10, 5):
            yield (float(x),)

    SLOPE = Exercise(
        id="partial-derivatives.slope",
        chapter=CHAPTER,
        title="The slope of a parabola",
        prompt="Write slope(x): return the derivative of x**2 at x.",
        reference=slope,
        returns=("slope",),
        draw=draw_points,
        mistakes=(
            Mistake(
                "the value",
                lambda x: x**2,
                "That is the height of the parabola at {x}, not how steep it is there.",
                "one-step",  # the paragraph to reread: a cell of the chapter
            ),
            Mistake(
                "no factor",
                lambda x: x,
                "A slope of {got_slope} is that of x**2/2, a parabola half as steep.",
                "one-step",
            ),
        ),
        also_right={"differences": lambda x: ((x + 1) ** 2 - (x - 1) ** 2) / 2},
        hints=(
            "How does x**2 change when x grows a little?",
            "The power rule: the exponent comes down as a factor.",
            "Fill the blanks:\n\n    return ____ * x",
        ),
        explanation="The exponent 2 comes down, and one power of x is left.",
    )

``CHAPTER`` names the page and the headings of the paragraphs that are pointed to.
Add ``SLOPE`` to the tuple ``EXERCISES`` at the end of that file.  The tests then hold
it to this: the reference is right, and so is every other right answer; every known
mistake is rejected with its own diagnosis and no other, so the inputs must tell the
mistakes apart; no message gives the right numbers away; the untouched starter is "not
attempted".  Write a diagnosis about the learner's run ("your loss rises with every
update") and about what usually causes it; never say the answer.

What runs where
---------------
An answer runs in the reader's own kernel.  Its inputs are copies, its output is kept
short, exceptions (exits too) become a sentence, and a loop is stopped after 2 seconds,
or 5 for exercises that train something.  What one process cannot promise: a single long
call into C code is only stopped when it returns; a bare ``except`` inside a loop may
swallow the alarm, though it rings again; there is no timer on Windows, in the browser,
or off the main thread, where only loops that ask for a given function are ended; and
``os._exit`` or a crash in C ends the kernel.  Interrupting the kernel stops a check at
once.  Solutions are public, and nothing here is meant to keep a secret.
'''

from __future__ import annotations

from typing import Any

from gdcourse.arrays import pick
from gdcourse.exercises import (
    adaptive_optimizers,
    backpropagation,
    batch_variants,
    cards,
    helping,
    keeping,
    landscapes,
    learning_rates,
    momentum,
    overview,
    partial_derivatives,
    start_here,
    update_rule,
)
from gdcourse.exercises.assess import assess
from gdcourse.exercises.cards import Card, Result
from gdcourse.exercises.overview import Progress
from gdcourse.exercises.schema import Chapter, Counted, Exercise, Mistake

CHAPTERS = (
    start_here,
    landscapes,
    partial_derivatives,
    update_rule,
    learning_rates,
    batch_variants,
    backpropagation,
    momentum,
    adaptive_optimizers,
)
EXERCISES: dict[str, Exercise] = {
    exercise.id: exercise for chapter in CHAPTERS for exercise in chapter.EXERCISES
}

__all__ = [
    "EXERCISES",
    "Card",
    "Chapter",
    "Counted",
    "Exercise",
    "Mistake",
    "Progress",
    "Result",
    "check",
    "hint",
    "progress",
    "restore",
    "solution",
]


def check(id: str, answer: Any = None) -> Result:
    """Check ``answer``, show what was found, and return it.

    ``answer`` is a function, or any object that can be called; without one the
    exercise is not attempted.  Raises ValueError for an unknown exercise.

    >>> check("update-rule.step")
    Not attempted yet: one update step
    Write step(x, gradient, learning_rate), then run this cell again.
    <update-rule.step: not attempted>
    """
    result = assess(pick(id, EXERCISES, "exercise"), answer)
    cards.add_notes(result, keeping.keep_result(result))
    cards.show(result)
    return result


def hint(id: str, n: int | None = None) -> Card:
    """Show the next hint, or hint ``n`` (1: where to look, 2: formula, 3: blanks)."""
    exercise = pick(id, EXERCISES, "exercise")
    stage = helping.next_stage(exercise, n)
    card = helping.hint_card(exercise, stage)
    cards.add_notes(card, keeping.keep_help(exercise, hint=stage))
    cards.show(card)
    return card


def solution(id: str) -> Card:
    """Show the code of a right answer, and why it is so."""
    exercise = pick(id, EXERCISES, "exercise")
    card = helping.solution_card(exercise)
    cards.add_notes(card, keeping.keep_help(exercise, solution=True))
    cards.show(card)
    return card


def progress() -> Progress:
    """Show what is solved, a bar and a table for each chapter."""
    card = overview.table(EXERCISES)
    cards.show(card)
    return card


def restore(code: str) -> Progress:
    """Add what a code of ``progress().code`` holds to the progress, and show it.

    Nothing that is solved here is lost.  Raises ValueError for a code that is mistyped
    or of a newer version, and then changes nothing.

    >>> restore("GD1ZZZZZZZZZZZZ0SB0D499")
    Traceback (most recent call last):
    ValueError: The code 'GD1ZZZZZZZZZ…' is mistyped or not whole, so nothing was \
changed: copy all of it once more.
    """
    card = overview.table(EXERCISES, keeping.bring_back(code, EXERCISES))
    cards.show(card)
    return card
