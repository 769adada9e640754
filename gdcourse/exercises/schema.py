"""What an exercise is: plain data, written down once in the file of its chapter."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

Answer = Callable[..., Any]
Draw = Callable[[np.random.Generator], Iterable[tuple[Any, ...]]]

WIDTH = 68  # columns of code that a phone shows without scrolling


class Endless(BaseException):
    """A loop asked a counted function for its value more often than it may."""


class Counted:
    """A function given to an answer, which ends loops that call it without end.

    ``formula`` is how messages show it.  The exception is no ``Exception``, so that
    ``except Exception`` in an answer does not swallow it.

    >>> slope = Counted(lambda x: 2 * x, "2 x")
    >>> slope(3.0), slope.calls
    (6.0, 1)
    """

    def __init__(self, function: Answer, formula: str, limit: int = 10_000) -> None:
        self.function, self.formula, self.limit = function, formula, limit
        self.calls = 0

    def __call__(self, x: Any) -> Any:
        """Return the function's value, or raise Endless once the limit is passed."""
        self.calls += 1
        if self.calls > self.limit:
            raise Endless
        return self.function(x)

    def fresh(self) -> Counted:
        """Return the same function with its count at zero."""
        return Counted(self.function, self.formula, self.limit)


@dataclass(frozen=True, eq=False)
class Chapter:
    """Where an exercise belongs: "04", "The update rule", "04-the-update-rule".

    ``sections`` gives, for each anchor that a diagnosis points to, the heading under
    which a reader of the notebook finds it.
    """

    number: str
    title: str
    page: str
    sections: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Mistake:
    """A known wrong answer and what to say about it.

    ``wrong`` is one function, or several that make the same mistake in other forms.
    ``diagnosis`` speaks about the learner's run; the engine puts "For x = 3, you return
    3.6." before it.  It may use the fields {x}, {gradient} and so on (the inputs by
    name), {got_x} (what was returned, by the names of ``returns``) and whatever
    ``numbers(**inputs)`` computes.  ``reread`` is one of the chapter's ``sections``.

    A mistake whose numbers depend on the learner's settings (a run that was stopped
    too early) is recognised by ``like(inputs, got, right)``, a test of one case; the
    functions of ``wrong`` are then examples of it.
    """

    name: str
    wrong: Answer | tuple[Answer, ...]
    diagnosis: str
    reread: str
    numbers: Callable[..., Mapping[str, Any]] | None = None
    like: Callable[[Mapping[str, Any], Any, Any], bool] | None = None

    @property
    def forms(self) -> tuple[Answer, ...]:
        """The functions that make this mistake."""
        return self.wrong if isinstance(self.wrong, tuple) else (self.wrong,)


@dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise; see the documentation of ``gdcourse.exercises`` for an example.

    ``draw(rng)`` yields the inputs as tuples, friendly ones first: messages quote the
    first that goes wrong.  ``returns`` names what a right answer returns.  An answer
    is right within ``tolerance`` (relative) and the rounding of single precision, or,
    where ``margin(*inputs)`` is given, within those absolute amounts.  In an open
    exercise ``holds(*inputs, *values)`` says whether what was returned has the property
    that is asked; nothing is compared, and the reference is one answer of many.  An
    answer that returns a thing, such as a network, is judged by the numbers that
    ``measure(*inputs, thing)`` makes of it.
    """

    id: str
    chapter: Chapter
    title: str
    prompt: str
    reference: Answer
    returns: tuple[str, ...]
    draw: Draw
    mistakes: tuple[Mistake, ...]
    also_right: Mapping[str, Answer]
    hints: tuple[str, str, str]
    explanation: str
    when_right: str = ""
    starter: str = ""
    tolerance: float = 1e-5
    margin: Callable[..., tuple[float, ...]] | None = None
    holds: Callable[..., bool] | None = None
    measure: Callable[..., Any] | None = None
    seconds: float = 2.0
    seed: int = 20_240

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the arguments, in order."""
        return tuple(inspect.signature(self.reference).parameters)

    @property
    def signature(self) -> str:
        """How the answer is called, such as ``step(x, gradient, learning_rate)``."""
        return f"{self.reference.__name__}({', '.join(self.names)})"

    @property
    def inside(self) -> str:
        """The title inside a sentence: names such as Adam keep their capitals."""
        return self.title[:1].lower() + self.title[1:]

    @property
    def stub(self) -> str:
        """The code that a learner starts from."""
        head = f"def {self.signature}:"
        if len(head) > WIDTH:
            names = "".join(f"    {name},\n" for name in self.names)
            head = f"def {self.reference.__name__}(\n{names}):"
        return self.starter.lstrip() or f"{head}\n    ...\n"

    @property
    def code(self) -> str:
        """The source of the reference, which is the solution that learners see."""
        return textwrap.dedent(inspect.getsource(self.reference)).strip()

    @cached_property
    def cases(self) -> tuple[tuple[Any, ...], ...]:
        """The inputs, always the same ones."""
        return tuple(self.draw(np.random.default_rng(self.seed)))

    def inputs(self, case: tuple[Any, ...]) -> dict[str, Any]:
        """Return the arguments of one case by name."""
        return dict(zip(self.names, case, strict=True))
