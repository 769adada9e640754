"""What every figure is: settings that travel as JSON, and one output for all hosts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
from traitlets import Dict, Unicode

STATIC = Path(__file__).parent / "static"
WORKSHOP = ("workshop-widget.js", "workshop-site.js")  # the second pair of bundles


def _bundle(name: str) -> Path | str:
    """Return a bundle's path, or nothing where ``figures.build`` has yet to run."""
    path = STATIC / name
    return path if path.exists() else ""


class Setting:
    """An attribute of a figure that is kept in its ``settings``.

    Reading it gives what the reader moved it to, if anything; writing it checks the
    value with ``check(figure, value)`` and sends it to the browser.
    """

    def __init__(self, check: Callable[[Any, Any], Any]) -> None:
        self.check = check

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, figure: Any, owner: type | None = None) -> Any:
        if figure is None:
            return self
        return figure.now[self.name]

    def __set__(self, figure: Any, value: Any) -> None:
        figure.change(**{self.name: self.check(figure, value)})


class Figure(anywidget.AnyWidget):
    """An interactive figure, for notebooks and for pages without a kernel.

    ``settings`` (plain JSON) go to the browser, ``moved`` comes back from it: the
    settings that the reader changed.  ``alt`` says in words what the picture shows.
    """

    _esm = _bundle("widget.js")
    _css = _bundle("figures.css")
    bundles = ("widget.js", "site.js")  # of notebooks and of pages
    _ipython_display_ = None  # an old ipywidgets method that would hide the HTML part

    def __init_subclass__(cls, **options: Any) -> None:
        if "bundles" in vars(cls):
            cls._esm = _bundle(cls.bundles[0])
        super().__init_subclass__(**options)

    kind = Unicode().tag(sync=True)
    key = Unicode().tag(sync=True)
    settings = Dict().tag(sync=True)
    moved = Dict().tag(sync=True)
    caption = Unicode().tag(sync=True)

    def __init__(
        self, settings: dict[str, Any], key: str = "", caption: str = "", alt: str = ""
    ) -> None:
        super().__init__(
            settings=settings, key=checked_key(key or self.kind), caption=caption
        )
        self._alt = alt

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key!r}>"

    @property
    def now(self) -> dict[str, Any]:
        """The settings with what the reader moved."""
        return {**self.settings, **self.moved}

    def change(self, **settings: Any) -> None:
        """Give some settings new values, and keep what else the reader moved."""
        with self.hold_sync():
            self.settings, self.moved = {**self.now, **settings}, {}

    @property
    def alt(self) -> str:
        """What the picture shows, in words and numbers."""
        return self._alt or self.describe()

    def describe(self) -> str:
        """Say what the picture shows when no ``alt`` was given."""
        return f"Interactive figure: {self.kind}."

    def still(self) -> str:
        """Return HTML for readers without scripts; else the site draws a picture."""
        return ""

    def save(self, path: str | Path) -> Path:
        """Write the figure as it is now to one HTML file, and return its path.

        The file is interactive on its own: for slides, a learning platform, or a
        reader offline.  Raises ValueError for a name that does not end in .html, or a
        folder that does not exist.
        """
        from gdcourse.figures import page

        return page.save(self, path)

    def to_html(self, still: str = "") -> str:
        """Return the figure for a static page, where ``site.js`` brings it to life.

        ``still`` is what readers without scripts see, if not ``self.still()``.
        """
        settings = json.dumps(self.now, ensure_ascii=False, allow_nan=False)
        caption = html.escape(self.caption, quote=False)
        return (
            f'<figure class="gd-figure" id="fig-{self.key}" data-kind="{self.kind}">'
            f'<div class="gd-stage" role="group" aria-label="{html.escape(self.alt)}">'
            f'</div><div class="gd-still">{still or self.still()}</div>'
            '<script type="application/json" class="gd-settings">'
            f"{settings.replace('<', chr(92) + 'u003c')}</script>"
            f"<figcaption>{caption}</figcaption></figure>"
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        data |= {"text/plain": self.alt, "text/html": self.to_html()}
        return data, metadata


def checked_key(key: str) -> str:
    """Return ``key``, or raise ValueError if it cannot name a figure on a page."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", key):
        raise ValueError(
            f"key = {key!r} must be letters, digits and hyphens, such as 'first-race'."
        )
    return key


def say(number: float) -> str:
    """Write a number for a sentence: four significant digits and a real minus.

    >>> say(-0.0123456)
    '−0.01235'
    """
    return f"{float(number):.4g}".replace("-", "\N{MINUS SIGN}")


def formula(expression: str) -> str:
    """Write a surface's expression as it is read aloud.

    >>> formula("w**2 + 4*b**2")
    'w² + 4·b²'
    """
    powers = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    raised = re.sub(
        r"(?:\*\*|\^)(\d+)", lambda power: power[1].translate(powers), expression
    )
    return raised.replace("*", "·").replace("-", "\N{MINUS SIGN}")
