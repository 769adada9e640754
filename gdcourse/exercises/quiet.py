"""Keep what an answer does besides returning away from the kernel."""

from __future__ import annotations

import builtins
import io
import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import Any, NoReturn

import numpy as np

KEPT_LINES, KEPT_CHARACTERS = 5, 400


class Printed(io.TextIOBase):
    """Keep the beginning of what is printed, and count the lines of the rest."""

    def __init__(self) -> None:
        self.start = ""
        self.lines = 0

    def writable(self) -> bool:
        """Say that this stream can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep ``text`` as far as there is room."""
        room = KEPT_CHARACTERS - len(self.start)
        if room > 0:
            self.start += text[:room]
        self.lines += text.count("\n")
        return len(text)

    def __str__(self) -> str:
        """Return the first lines, and how many there were if that is not all."""
        kept = self.start.splitlines()[:KEPT_LINES]
        if self.lines > len(kept):
            kept.append(f"… {self.lines:,} lines in all")
        return "\n".join(kept)


@contextmanager
def quiet() -> Iterator[Printed]:
    """Catch prints and warnings, seed random numbers, and put everything back."""
    printed = Printed()
    with ExitStack() as stack:
        stack.enter_context(redirect_stdout(printed))
        stack.enter_context(redirect_stderr(printed))
        stack.enter_context(warnings.catch_warnings())
        stack.enter_context(np.errstate(all="ignore"))
        stack.enter_context(_seeded())
        stack.enter_context(_no_input_no_exit())
        warnings.simplefilter("ignore")
        yield printed


@contextmanager
def _seeded() -> Iterator[None]:
    # Learners may use NumPy's older global generator, so it is the one to guard.
    states = random.getstate(), np.random.get_state()  # noqa: NPY002
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])  # noqa: NPY002


@contextmanager
def _no_input_no_exit() -> Iterator[None]:
    """Make ``input`` an error, and IPython's ``exit()`` a SystemExit like Python's."""
    ask, builtins.input = builtins.input, _no_input
    shell = _shell()
    if shell is not None:
        shell.ask_exit = _exit
    try:
        yield
    finally:
        builtins.input = ask
        if shell is not None:
            del shell.ask_exit


def _no_input(prompt: object = "") -> NoReturn:
    raise RuntimeError("input() cannot be used here: work with the arguments")


def _exit() -> NoReturn:
    raise SystemExit


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
