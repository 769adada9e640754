"""A figure as one HTML file: for slides, learning platforms and readers offline."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gdcourse.style import css

if TYPE_CHECKING:
    from gdcourse.figures.base import Figure

STATIC = Path(__file__).parent / "static"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}
body {{ margin: 0 auto; max-width: 60rem; padding: 0 1rem; }}
html {{ background: var(--gd-paper); }}
</style>
</head>
<body>
<main>
{figure}
</main>
<script>
{script}
</script>
</body>
</html>
"""


def standalone(figure: Figure) -> str:
    """Return the figure as one page that needs no other file and no kernel."""
    from gdcourse import plots

    still = figure.still() or str(plots.still(figure.kind, figure.now, figure.alt))
    return PAGE.format(
        title=html.escape(figure.caption or figure.alt, quote=False),
        style=css() + (STATIC / "figures.css").read_text("utf-8"),
        figure=figure.to_html(still),
        script=(STATIC / figure.bundles[1])
        .read_text("utf-8")
        .replace("</script", r"<\/script"),
    )


def save(figure: Figure, path: Any) -> Path:
    """Write the page, or raise ValueError that says where it cannot go."""
    target = Path(path)
    if target.suffix != ".html":
        raise ValueError(f"path = {str(path)!r} must end in .html, as in 'race.html'.")
    if not target.parent.is_dir():
        raise ValueError(
            f"path = {str(path)!r} lies in a folder that does not exist: make "
            f"{str(target.parent)!r} first."
        )
    target.write_text(standalone(figure), encoding="utf-8")
    return target
