"""One visual language: it feeds matplotlib, the figures and the site's style sheet.

Every colour is a pair (light page, dark page).  The colours of the rules are told
apart with every common kind of colour blindness, and never stand alone: each rule has
its own dash pattern and marker too.
"""

from __future__ import annotations

from typing import NamedTuple

PALETTE: dict[str, tuple[str, str]] = {
    "paper": ("#fdfcf9", "#12171d"),
    "card": ("#f6f4ee", "#1a2129"),
    "ink": ("#1b2430", "#e8e5de"),
    "muted": ("#56606d", "#a3adb8"),
    "rule": ("#dedad0", "#323b46"),
    "accent": ("#0b5fa5", "#7cbcf2"),
    "good": ("#0a7052", "#58cfa6"),
    "bad": ("#b3261e", "#ff9d93"),
    "curve": ("#3f4b5a", "#c3ccd6"),
    "high": ("#eef1f4", "#222b35"),
    "low": ("#9fc0d3", "#0d4358"),
}


class Look(NamedTuple):
    """How one rule is drawn: colours, SVG dash pattern, marker."""

    light: str
    dark: str
    dash: str
    marker: str


LOOKS: dict[str, Look] = {
    "gradient descent": Look("#0b5fa5", "#7cbcf2", "", "circle"),
    "momentum": Look("#b4480d", "#f7a35c", "9 3", "square"),
    "Adam": Look("#0a7052", "#58cfa6", "2 3", "triangle"),
    "your rule": Look("#a3196b", "#f58cc6", "10 3 2 3", "diamond"),
    "second": Look("#6b3fa0", "#c3a1f2", "6 2 1 2", "cross"),
    "third": Look("#80600b", "#e3bf55", "4 4", "star"),
}

LINE_WIDTH = 2.0
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"


def look(name: str, position: int = 0) -> Look:
    """Return the look of a rule by its name, or by its position among racers."""
    return LOOKS.get(name) or list(LOOKS.values())[position % len(LOOKS)]


def variables(theme: int) -> str:
    """Return the CSS custom properties of one theme (0 light, 1 dark)."""
    colours = {name: pair[theme] for name, pair in PALETTE.items()}
    colours |= {
        f"rule-{i}": (look.light, look.dark)[theme]
        for i, look in enumerate(LOOKS.values())
    }
    return "".join(f"--gd-{name}: {colour}; " for name, colour in colours.items())
