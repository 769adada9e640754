"""Pictures as SVG whose colours are the CSS variables of the page they stand on."""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections.abc import Callable
from typing import Any

from gdcourse import style
from gdcourse.plots import dress
from gdcourse.plots.marks import DOT, MANY

SHADES = 16  # as many heights can a contour plot tell apart
NUMBER = re.compile(r"(?<![\w#.])-?\d+\.\d{3,}")
USE = r'<use xlink:href="#\w+" x="([^"]*)" y="([^"]*)" style="([^"]*)"/>\s*'
USES = re.compile(f"(?:{USE}){{{MANY},}}")

# Colours that stand for names while matplotlib draws: "#c0de00", "#c0de01", ...
_NAMES = [*style.colours(0), *(f"shade-{i}" for i in range(SHADES))]
_CODES = {name: f"#c0de{i:02x}" for i, name in enumerate(_NAMES)}


def svg(
    *draw: Callable[[Any], Any], alt: str, size: tuple[float, float] = (7, 3.4)
) -> str:
    """Return one SVG with a picture for each function ``draw(ax)``, side by side.

    ``alt`` says in words what they show; ``size`` is in inches of 72 CSS pixels.  The
    colours are variables such as ``var(--gd-ink)``, defined by ``style.css()``.

    >>> svg(lambda ax: ax.plot([0, 1], [1, 0]), alt="a line that falls")[:4]
    '<svg'
    """
    if not draw or not alt:
        raise ValueError(f"alt = {alt!r}: pass what to draw and a text that tells it.")
    text = _drawn(draw, size)
    for name, code in _CODES.items():
        text = text.replace(code, _css(name))
    return _named(_lean(text), alt)


def _drawn(draw: tuple[Callable[[Any], Any], ...], size: tuple[float, float]) -> str:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    salt = {"svg.hashsalt": "gdcourse", "svg.fonttype": "none"}
    with rc_context(salt), dress.palette(_CODES):
        figure = Figure(figsize=size, layout="constrained")
        widths = [1.0] + [0.72] * (len(draw) - 1)
        axes = figure.subplots(1, len(draw), squeeze=False, width_ratios=widths)[0]
        for picture, ax in zip(draw, axes, strict=True):
            picture(ax)
        figure.patch.set_visible(False)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata=dict.fromkeys(_METADATA))
    return out.getvalue()


_METADATA = ("Creator", "Date", "Format", "Type")


def _css(name: str) -> str:
    if not name.startswith("shade-"):
        return f"var(--gd-{name})"
    part = 100 * int(name.removeprefix("shade-")) / (SHADES - 1)
    return f"color-mix(in srgb, var(--gd-high) {part:.0f}%, var(--gd-low))"


def _lean(text: str) -> str:
    """Drop what a page does not need: the prologue, hidden digits, font names."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)  # it hits the page
    text = re.sub(r"<[^>]*>", lambda tag: _lean_tag(tag[0]), text)
    text = re.sub(r"\s*\n\s*", "\n", text)
    return USES.sub(_dots, text)


def _lean_tag(tag: str) -> str:
    tag = re.sub(r"font-family: [^;\"]*", "font-family: var(--gd-font)", tag)
    tag = re.sub(r' transform="rotate\(-?0 [^"]*"', "", tag)
    tag = NUMBER.sub(lambda match: f"{float(match[0]):.1f}".removesuffix(".0"), tag)
    return re.sub(r"([MLQCz]) ?([^MLQCz\"]*)\n", r"\1\2", tag)


def _dots(match: re.Match[str]) -> str:
    """Write a crowd of equal marks as one path of round dots: a tenth of the size."""
    places = re.findall(USE, match[0])
    fill = re.search(r"fill: ([^;]+)(?:; fill-opacity: ([^;]+))?", places[0][2])
    assert fill
    path = "".join(f"M{x} {y}h0" for x, y, _ in places)
    return (
        f'<path d="{path}" fill="none" stroke="{fill[1]}" stroke-width="{DOT}" '
        f'stroke-opacity="{fill[2] or 1}" stroke-linecap="round"/>'
    )


def _named(text: str, alt: str) -> str:
    """Give the picture its words, and ids that no other picture on a page has."""
    own = "gd" + hashlib.sha256((text + alt).encode()).hexdigest()[:8]
    text = re.sub(r'\bid="', f'id="{own}-', text)
    text = re.sub(r'href="#', f'href="#{own}-', text)
    text = re.sub(r"url\(#", f"url(#{own}-", text)
    start = text.index(">") + 1
    size = re.search(r'viewBox="[^"]*"', text[:start])
    assert size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" {size[0]} role="img" '
        f'stroke-linejoin="round" aria-labelledby="{own}-alt">'
        f'<title id="{own}-alt">{html.escape(alt)}</title>{text[start:]}'
    )
