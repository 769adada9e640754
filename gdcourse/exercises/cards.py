"""Show things: HTML in a notebook, plain text everywhere else."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gdcourse.exercises.schema import Exercise
from gdcourse.style import css

HEADINGS = {
    "right": "Right",
    "wrong": "Not yet",
    "error": "It did not run through",
    "not attempted": "Not attempted yet",
}
LINK = re.compile(r"\[([^]]+)\]\((#[\w-]+)\)")
COLOURS = {"right": "good", "wrong": "bad", "error": "bad"}


@dataclass(eq=False)
class Card:
    """A heading and paragraphs; a paragraph that begins with four blanks is code."""

    heading: str
    paragraphs: list[str]
    colour: str = "accent"
    _shown: Any = field(default=None, repr=False)

    def __str__(self) -> str:
        """Return the card as plain text."""
        return "\n".join((self.heading, *self.paragraphs))

    def __repr__(self) -> str:
        """Return one line; the text itself was shown when the card was made."""
        return f"<{self.heading}>"

    def html(self) -> str:
        """Return the card as HTML, with its colours for light and dark pages."""
        body = "".join(_paragraph(text) for text in self.paragraphs)
        return (
            f'{_style()}<div class="gd-card" style="border-left-color:'
            f'var(--gd-{self.colour})"><p class="gd-card-heading" style="color:'
            f'var(--gd-{self.colour})">{html.escape(self.heading)}</p>{body}</div>'
        )

    def _ipython_display_(self) -> None:
        """Show the card, unless its own call has just shown it in this cell."""
        if self._shown is None or self._shown != _cell():
            show(self)


class Result(Card):
    """What ``check`` found.

    ``outcome`` is "right", "wrong", "not attempted" or "error"; ``mistake`` names the
    diagnosed mistake, or is None; ``message`` says it in sentences; ``reread`` is the
    anchor of the paragraph that explains it; ``printed`` is what the answer printed.
    """

    def __init__(
        self,
        exercise: Exercise,
        outcome: str,
        message: str,
        mistake: str | None = None,
        reread: str | None = None,
        printed: str = "",
    ) -> None:
        self.exercise, self.outcome, self.message = exercise.id, outcome, message
        self.mistake, self.reread, self.printed = mistake, reread, printed
        paragraphs = [message]
        if reread:
            chapter = exercise.chapter
            where = f"“{chapter.sections[reread]}” in chapter {chapter.number}"
            paragraphs.append(f"Reread: [{where}](#{reread})")
        if printed:
            paragraphs += ["Your function printed:", indented(printed)]
        heading = f"{HEADINGS[outcome]}: {exercise.inside}"
        super().__init__(heading, paragraphs, COLOURS.get(outcome, "accent"))

    def __str__(self) -> str:
        """Return the result as plain text, without link targets."""
        return LINK.sub(r"\1", super().__str__())

    def __repr__(self) -> str:
        """Return one line; the message itself was shown by ``check``."""
        mistake = f" ({self.mistake})" if self.mistake else ""
        return f"<{self.exercise}: {self.outcome}{mistake}>"


def show(card: Card) -> None:
    """Display ``card`` in a notebook, or print its text elsewhere."""
    cell = _cell()
    if cell is None:
        print(card)
        return
    from IPython.display import display

    display({"text/html": card.html(), "text/plain": str(card)}, raw=True)
    card._shown = cell


def add_notes(card: Card, notes: Iterable[str]) -> None:
    """Add sentences about the progress file, which are said once."""
    card.paragraphs += list(notes)


def _cell() -> int | None:
    """Return the number of the running cell, or None outside IPython."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell.execution_count if shell else None


def indented(text: str) -> str:
    """Mark ``text`` as code."""
    return "\n".join(f"    {line}" for line in text.splitlines())


def _paragraph(text: str) -> str:
    if text.startswith("    "):
        lines = [line[4:] for line in text.splitlines()]
        return f"<pre>{html.escape(chr(10).join(lines))}</pre>"
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = LINK.sub(r'<a href="\2">\1</a>', text)
    return f"<p>{text}</p>"


# A class three times over outweighs the rules that notebooks have for their outputs.
CARD = ".gd-card.gd-card.gd-card"
RULES = {
    "": "background:var(--gd-card);color:var(--gd-ink);max-width:44rem;"
    "border:1px solid var(--gd-rule);border-left:4px solid;border-radius:4px;"
    "padding:.6rem 1rem;font:1rem/1.5 var(--gd-font)",
    " p": "margin:.3rem 0",
    " .gd-card-heading": "font-weight:600",
    " pre": "overflow-x:auto;font-size:.9em;margin:.3rem 0;padding:.4rem .6rem;"
    "background:transparent;color:inherit;border:1px solid var(--gd-rule)",
    " code": "background:transparent;color:inherit;padding:0;border:0",
    " a": "color:var(--gd-accent);text-decoration:underline",
    " table": "border-collapse:collapse;margin:.3rem 0;font-size:1em;color:inherit",
    " tr": "background:transparent",
    " td": "padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top;border:0",
}


def _style() -> str:
    rules = "".join(f"{CARD}{part}{{{rule}}}" for part, rule in RULES.items())
    return f"<style>{css('.gd-card')}{rules}</style>"
