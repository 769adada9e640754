"""From each name on the library's pages a link to its code in the repository."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any

import addresses


def code_address(domain: str, about: dict[str, str]) -> str | None:
    """Return where the code of a name stands in the repository, if it is code."""
    thing: Any = sys.modules.get(about["module"])
    for part in about["fullname"].split("."):
        thing = getattr(thing, part, None)
    for within in ("fget", "func"):  # of a property, and of a cached one
        thing = getattr(thing, within, thing)
    thing = inspect.unwrap(thing)
    if not (inspect.isclass(thing) or inspect.isroutine(thing)):
        return None
    file = Path(inspect.getsourcefile(thing) or "").relative_to(addresses.ROOT)
    lines, first = inspect.getsourcelines(thing)
    tree = (
        f"{addresses.repository()}/blob/{addresses.settings()['repository']['branch']}"
    )
    return f"{tree}/{file.as_posix()}#L{first}-L{first + len(lines) - 1}"


def link_code(app: Any, config: Any) -> None:
    config.linkcode_resolve = code_address


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.setup_extension("sphinx.ext.linkcode")
    app.connect("config-inited", link_code)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
