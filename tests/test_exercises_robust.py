"""Whatever an answer does, the reader gets one sentence and keeps the kernel."""

import builtins
import random
import signal
import sys
import threading
import time

import numpy as np
import pytest

from gdcourse.exercises import EXERCISES
from gdcourse.exercises.assess import assess

STEP, LOOP = EXERCISES["update-rule.step"], EXERCISES["update-rule.loop"]


def forever(x, g, lr):
    while True:
        pass


def forever_catching_exceptions(x, g, lr):
    while True:
        try:
            x = x - 0.0
        except Exception:
            x = 0.0


def recursion(x, g, lr):
    return recursion(x, g, lr)


def leaves(x, g, lr):
    raise SystemExit


def raises(x, g, lr):
    return x - rate * g  # noqa: F821


class Silent(Exception):
    def __str__(self):
        raise RuntimeError


def raises_oddly(x, g, lr):
    raise Silent


class Hostile:
    def __array__(self, *args, **named):
        raise KeyError("no array")


def asks(x, g, lr):
    return float(input("x? "))


def floods(x, g, lr):
    for line in range(1_000_000):
        print("line", line)
    return x - lr * g


def yields(x, g, lr):
    yield x - lr * g


async def waits(x, g, lr):
    return x


def changes_gradient(x, g, lr):
    g *= lr
    return x - g


ERRORS = {
    forever: "had not ended after 2 seconds",
    forever_catching_exceptions: "had not ended after 2 seconds",
    recursion: "calls itself until Python gives up, in your line `return recursion(",
    leaves: "ends the whole program, in your line `raise SystemExit`",
    raises: "NameError: name 'rate' is not defined, in your line `return x - rate * g",
    raises_oddly: "stops with Silent, in your line `raise Silent`",
    asks: "input() cannot be used here",
    floods: "lines when it was stopped",
    lambda x, g, lr: Hostile(): "KeyError: 'no array'",
    lambda x, g, lr: np.zeros(10**15): "more memory than there is",
    lambda x, g, lr: x.copy(): "may be a single number",
    lambda x, g, lr: [a - lr * b for a, b in zip(x, g, strict=True)]: "single number",
    lambda x, g: x: "Your function takes (x, g), but the check calls it as step(x,",
    3.6: "check takes the function itself, but float was passed",
}
if sys.version_info < (3, 11):  # no signal, not even Ctrl-C, ends such a loop there
    del ERRORS[forever_catching_exceptions]
ODD = {
    yields: "you return a generator",
    waits: "define the function without `async`",
    changes_gradient: "changes its argument gradient in place",
    lambda x, g, lr: print(x): "you return None",
    lambda x, g, lr: [None, x]: "cannot be read as an array of numbers",
    lambda x, g, lr: f"{x}": "you return the text '3.0'",
    lambda x, g, lr: x * 1j: "you return a complex number",
    lambda x, g, lr: x * np.nan: "you return NaN. NaN and infinity come from",
    lambda x, g, lr: [x, x]: "Your x has shape (2,), where a single number is asked",
    lambda x, g, lr: [[1.0], [1.0, 2.0]]: "rows must have equal lengths",
    lambda x, g, lr: x <= g: "you return True or False",
    lambda x, g, lr: abs: "you return a function, not its value",
    lambda x, g, lr: {x}: "you return a set",
    lambda x, g, lr: object(): "you return an object",
}


@pytest.mark.parametrize(("answer", "sentence"), ERRORS.items())
def test_what_does_not_run_through_is_explained(answer, sentence):
    began = time.monotonic()
    result = assess(STEP, answer)
    assert result.outcome == "error"
    assert sentence in result.message
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(("answer", "sentence"), ODD.items())
def test_results_that_are_no_numbers_are_explained(answer, sentence):
    result = assess(STEP, answer)
    assert (result.outcome, result.mistake) == ("wrong", None)
    assert sentence in result.message


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (1.0, "you return one number, where 2 are asked: end with `return x, steps`"),
        ((1.0, 2, 3), "you return 3 values, where 2 are asked"),
        ({"x": 1.0}, "you return a dictionary"),
        (None, "you return None"),
        ("ab", "you return the text 'ab'"),
        (np.array(1.0), "you return 1 value, where 2 are asked"),
    ],
)
def test_results_of_the_wrong_number_are_explained(result, sentence):
    assert sentence in assess(LOOP, lambda *inputs: result).message


def test_a_loop_that_goes_on_asking_for_the_gradient_is_ended_without_a_timer():
    def answer(gradient, start, rate, tolerance, most):
        while True:
            gradient(start)

    found = []
    thread = threading.Thread(target=lambda: found.append(assess(LOOP, answer)))
    thread.start()
    thread.join(10)
    assert "asked for the gradient more than 10,000 times" in found[0].message


def test_what_is_printed_is_kept_short():
    def answer(x, g, lr):
        print("point", x)
        return x - lr * g

    result = assess(STEP, answer)
    assert result.outcome == "right"
    assert result.printed.splitlines()[0] == "point 3.0"
    assert result.printed.endswith("lines in all")
    assert len(result.printed) < 450


def test_the_kernel_is_as_before():
    def answer(x, g, lr):
        np.random.seed(1)  # noqa: NPY002
        random.seed(1)
        np.seterr(all="raise")
        sys.stdout.write("gone")
        raise SystemExit

    np.random.seed(7)  # noqa: NPY002
    before = (sys.stdout, sys.stderr, builtins.input, np.geterr(), random.getstate())
    assess(STEP, answer)
    after = (sys.stdout, sys.stderr, builtins.input, np.geterr(), random.getstate())
    assert after == before
    drawn = np.random.random()  # noqa: NPY002
    np.random.seed(7)  # noqa: NPY002
    assert drawn == np.random.random()  # noqa: NPY002


def test_an_earlier_timer_and_its_handler_come_back():
    def earlier(number, frame):
        rung.append(time.monotonic())

    rung = []
    original = signal.signal(signal.SIGALRM, earlier)
    began = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 2.5)
    try:
        assess(STEP, forever)
        assert signal.getsignal(signal.SIGALRM) is earlier
        assert not rung
        time.sleep(1)
        assert rung[0] - began == pytest.approx(2.5, abs=0.3)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, original)


def test_no_timer_is_left_behind():
    assess(STEP, STEP.reference)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_check_off_the_main_thread_works_without_a_timer():
    found = []
    thread = threading.Thread(target=lambda: found.append(assess(STEP, STEP.reference)))
    thread.start()
    thread.join(10)
    assert found[0].outcome == "right"


def test_the_readers_own_interrupt_passes_through_at_once():
    def interrupt(number, frame):
        raise KeyboardInterrupt

    original = signal.signal(signal.SIGUSR1, interrupt)
    began = time.monotonic()
    timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGUSR1])
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            assess(STEP, forever)
    finally:
        timer.join()
        signal.signal(signal.SIGUSR1, original)
    assert time.monotonic() - began < 1
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda e: e.id)
def test_feedback_comes_quickly(exercise):
    times = []
    for mistake in exercise.mistakes:
        began = time.perf_counter()
        assess(exercise, mistake.forms[0])
        times.append(time.perf_counter() - began)
    trains = exercise.measure is not None  # the check itself trains a network
    assert np.median(times) < (2.5 if trains else 0.3)
