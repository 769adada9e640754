"""Ship the library with the site: page, notebook and library always match."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import addresses
from site_execution import library_files

NEEDED = ("pyproject.toml", "README.md", "LICENSE")


def is_fresh(wheel: Path) -> bool:
    """Say whether a wheel is newer than everything that it is made of."""
    sources = [*library_files(), *(addresses.ROOT / name for name in NEEDED)]
    newest = max(path.stat().st_mtime for path in sources if path.exists())
    return wheel.exists() and wheel.stat().st_mtime > newest


def build_wheel(site: Path) -> Path:
    """Build the library's wheel into the folder ``wheels`` of a built site."""
    from hatchling.builders.wheel import WheelBuilder

    folder = site / "wheels"
    wheel = folder / addresses.wheel_name()
    if not is_fresh(wheel):
        builder = WheelBuilder(str(addresses.ROOT))
        made = Path(next(builder.build(directory=str(folder), versions=["standard"])))
        if made != wheel:
            raise ValueError(
                f"The wheel is called {made.name}, but notebooks ask for "
                f"{wheel.name}: correct wheel_name in addresses.py."
            )
    return wheel


def ship_wheel(app: Any, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        build_wheel(Path(app.outdir))


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("build-finished", ship_wheel)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
