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
    "good": ("#0a7052", "#86efbf"),
    "bad": ("#b3261e", "#ff8b80"),
    "curve": ("#3f4b5a", "#c3ccd6"),
    "high": ("#eef1f4", "#222b35"),
    "low": ("#a9c8d9", "#0d4358"),
}


class Look(NamedTuple):
    """How one rule is drawn: colours, SVG dash pattern, marker."""

    light: str
    dark: str
    dash: str
    marker: str


LOOKS: dict[str, Look] = {
    "gradient descent": Look("#0b5fa5", "#7cbcf2", "", "circle"),
    "momentum": Look("#a8530a", "#f07f3c", "9 3", "square"),
    "Adam": Look("#004d33", "#86efbf", "2 3", "triangle"),
    "your rule": Look("#ad2070", "#d9709f", "10 3 2 3", "diamond"),
    "second": Look("#3a2699", "#a679f0", "6 2 1 2", "cross"),
    "third": Look("#4f3a00", "#f0dc82", "4 4", "star"),
}

LINE_WIDTH = 2.0
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"

# Hosts that say that they are dark: Jupyter Book, JupyterLab, VS Code, Colab.
_DARK_HOSTS = (
    'html[data-theme="dark"]',
    '[data-jp-theme-light="false"]',
    '[data-vscode-theme-kind*="dark"]',
    'html[theme="dark"]',
)
_SILENT_PAGE = ":root:not([data-theme], [theme])"
_SILENT_HOST = (
    f"{_SILENT_PAGE} body:not([data-jp-theme-light], [data-vscode-theme-kind])"
)


def look(name: str, position: int = 0) -> Look:
    """Return the look of a rule by its name, or by its position among racers.

    >>> look("Adam").marker, look("my own", position=1).marker
    ('triangle', 'square')
    """
    return LOOKS.get(name) or list(LOOKS.values())[position % len(LOOKS)]


def colours(theme: int) -> dict[str, str]:
    """Return each name of a colour with its value in one theme (0 light, 1 dark).

    >>> colours(0)["accent"], colours(1)["rule-0"]
    ('#0b5fa5', '#7cbcf2')
    """
    named = {name: pair[theme] for name, pair in PALETTE.items()}
    return named | {f"rule-{i}": look[theme] for i, look in enumerate(LOOKS.values())}


def variables(theme: int) -> str:
    """Return the CSS custom properties of one theme (0 light, 1 dark).

    >>> variables(0)[:23]
    '--gd-paper: #fdfcf9; --'
    """
    return "".join(f"--gd-{name}: {value}; " for name, value in colours(theme).items())


def css(scope: str = "") -> str:
    """Return the style sheet that gives ``scope`` the colours of its page's theme.

    ``scope`` is a selector such as ".gd-figure", or empty for the whole page.  A host
    that names its theme is followed; elsewhere the reader's system decides, and paper
    is always light.

    >>> css(".gd-figure").splitlines()[0][:34]
    '.gd-figure { color-scheme: light; '
    """
    light, dark = variables(0), variables(1)
    sizes = f"--gd-font: {FONT}; --gd-line: {LINE_WIDTH}px; "
    hosts = ",\n".join(f"{host} {scope}".strip() for host in _DARK_HOSTS)
    silent = f"{_SILENT_HOST} {scope}" if scope else _SILENT_PAGE
    return (
        f"{scope or ':root'} {{ color-scheme: light; {light}{sizes}}}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f"{silent} {{ color-scheme: dark; {dark}}}\n}}\n"
        f"@media screen {{\n{hosts} {{ color-scheme: dark; {dark}}}\n}}\n"
    )
