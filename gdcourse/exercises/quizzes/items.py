"""The four kinds of quiz questions, as data: each answer has a sentence of its own.

In every text `backticks` mark code.  The answers travel with the page on purpose: a
quiz is for the reader, not for a grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, NamedTuple


class Option(NamedTuple):
    """One answer to tick, and what to say to a reader who ticked it."""

    text: str
    feedback: str
    right: bool = False


class Mistake(NamedTuple):
    """A wrong number that a known slip leads to, and the slip in words."""

    value: float
    feedback: str


class Order(NamedTuple):
    """Line ``first`` must stand above line ``later`` (numbers from 0), and why."""

    first: int
    later: int
    feedback: str


class Distractor(NamedTuple):
    """A line that belongs nowhere, and why."""

    line: str
    feedback: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """What every question has: an id and its text."""

    id: str
    question: str

    def as_json(self) -> dict[str, Any]:
        """Return the question as plain JSON, for the figure that asks it."""
        fields = {name: _plain(value) for name, value in asdict(self).items()}
        return {"kind": type(self).__name__.lower(), **fields}


@dataclass(frozen=True, kw_only=True)
class Choice(Item):
    """A question with exactly one right option."""

    options: Sequence[Option]

    def __post_init__(self) -> None:
        if (right := _count_right(self.options)) != 1:
            raise ValueError(
                f"{self.id!r} has {right} right options: mark exactly one."
            )


@dataclass(frozen=True, kw_only=True)
class Choices(Item):
    """A question whose right options, one or more, must all be ticked."""

    options: Sequence[Option]

    def __post_init__(self) -> None:
        if _count_right(self.options) == 0:
            raise ValueError(f"{self.id!r} has no right option: mark at least one.")


@dataclass(frozen=True, kw_only=True)
class Number(Item):
    """A question whose answer is ``answer``, give or take ``tolerance``."""

    answer: float
    tolerance: float
    feedback: str
    otherwise: str
    mistakes: Sequence[Mistake] = ()
    unit: str = ""

    def __post_init__(self) -> None:
        values = sorted([self.answer, *(mistake.value for mistake in self.mistakes)])
        gaps = [high - low for low, high in pairwise(values)]
        if not self.tolerance > 0 or min(gaps, default=1.0) <= 2 * self.tolerance:
            raise ValueError(
                f"{self.id!r} cannot tell {values} apart with tolerance = "
                f"{self.tolerance}: choose a smaller one, above zero."
            )


@dataclass(frozen=True, kw_only=True)
class Parsons(Item):
    """Lines to put in order; ``shuffled`` is the order in which they are shown.

    ``lines`` stand in a right order, and any order that respects ``orders`` is right.
    ``shuffled`` numbers the lines and then the distractors, from 0.
    """

    lines: Sequence[str]
    orders: Sequence[Order]
    shuffled: Sequence[int]
    feedback: str
    missing: str
    distractors: Sequence[Distractor] = ()

    def __post_init__(self) -> None:
        count = len(self.lines) + len(self.distractors)
        if sorted(self.shuffled) != list(range(count)):
            raise ValueError(
                f"{self.id!r} shows lines {list(self.shuffled)}: name each of 0 to "
                f"{count - 1} once."
            )
        if wrong := [o for o in self.orders if not 0 <= o.first < o.later < count]:
            raise ValueError(
                f"{self.id!r} is given in an order that it forbids: mend {wrong[0]}."
            )


def _count_right(options: Sequence[Option]) -> int:
    return sum(option.right for option in options)


def _plain(value: Any) -> Any:
    """Turn named tuples into objects and other sequences into lists."""
    if hasattr(value, "_asdict"):
        return value._asdict()
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value
