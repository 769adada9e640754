"""A time limit for Python code that runs in the learner's own kernel."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")
AGAIN = 0.1  # seconds between further alarms, for code that swallows the first


class TimeUp(BaseException):
    """The time limit was reached inside ``call``."""


def call(function: Callable[[], T]) -> T:
    """Return ``function()``; only what runs inside this call is ever interrupted."""
    return function()


def available() -> bool:
    """Say whether loops can be stopped here: not on Windows, nor off the main thread.

    A handler that was not set from Python could not be put back, so it is left alone.
    """
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is not None
    )


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeUp in any ``call`` that is still running after ``seconds``.

    An earlier handler and timer come back afterwards, the timer with the time that it
    still has to go.  Where no timer is available nothing is limited.  In a loop that
    is one ``try`` without calls, Python 3.10 hears no signal, not even Ctrl-C.
    """
    if not available():
        yield
        return
    began = time.monotonic()
    delay, interval = signal.setitimer(signal.ITIMER_REAL, 0)
    handler = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if delay:
            left = delay - (time.monotonic() - began)
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-3), interval)


def _ring(number: int, frame: FrameType | None) -> None:
    while frame is not None:
        if frame.f_code is call.__code__:
            raise TimeUp
        frame = frame.f_back
