"""A quiz: questions of ``exercises.quizzes``, asked on the page or in a notebook."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from traitlets import Unicode

from gdcourse.arrays import pick
from gdcourse.exercises.quizzes import QUIZZES, Item
from gdcourse.figures.base import Figure


class Quiz(Figure):
    """The questions of one chapter, ``Quiz("update-rule")``, with feedback on each.

    The answers stand in the page, so that it works without a server.

    >>> Quiz("update-rule").describe()
    'A quiz of 5 questions.'
    """

    kind = Unicode("quiz").tag(sync=True)

    def __init__(
        self, name: str, *, key: str = "", caption: str = "", alt: str = ""
    ) -> None:
        self.items = pick(name, QUIZZES, "quiz")
        settings = {"key": name, "items": [item.as_json() for item in self.items]}
        super().__init__(settings, key or f"quiz-{name}", caption, alt)

    def describe(self) -> str:
        """Say how many questions there are."""
        return f"A quiz of {len(self.items)} questions."

    def still(self) -> str:
        """Return the questions as plain HTML, each with its answer folded below."""
        questions = "".join(f"<li>{question_html(item)}</li>" for item in self.items)
        return f'<ol class="gd-quiz">{questions}</ol>'


def question_html(item: Item) -> str:
    """Return a question that can be read, and its answer unfolded, without scripts."""
    data = item.as_json()
    body, answer = _WRITERS[data["kind"]](data)
    return (
        f"<p>{_marked(item.question)}</p>{body}"
        f"<details><summary>Answer</summary>{answer}</details>"
    )


def _options(item: dict[str, Any]) -> tuple[str, str]:
    options = item["options"]
    asked = "".join(f"<li>{_marked(option['text'])}</li>" for option in options)
    told = "".join(
        f"<li><strong>{'Right' if option['right'] else 'Wrong'}.</strong> "
        f"{_marked(option['feedback'])}</li>"
        for option in options
    )
    return f'<ol type="a">{asked}</ol>', f'<ol type="a">{told}</ol>'


def _number(item: dict[str, Any]) -> tuple[str, str]:
    answer = f"{item['answer']:g} {item['unit']}".strip()
    return "", f"<p><strong>{answer}.</strong> {_marked(item['feedback'])}</p>"


def _lines(item: dict[str, Any]) -> tuple[str, str]:
    texts = [*item["lines"], *(each["line"] for each in item["distractors"])]
    shown = [texts[place] for place in item["shuffled"]]
    reasons = "".join(
        f"<p>{_marked(each['feedback'])}</p>" for each in item["distractors"]
    )
    told = f"<p>{_marked(item['feedback'])}</p>{reasons}"
    return _code(shown), _code(item["lines"]) + told


_WRITERS: dict[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    "choice": _options,
    "choices": _options,
    "number": _number,
    "parsons": _lines,
}


def _code(lines: list[str]) -> str:
    text = html.escape("\n".join(lines), quote=False)
    return f'<pre class="gd-code">{text}</pre>'


def _marked(text: str) -> str:
    """Return text as HTML, with `backticks` as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
