"""Run each notebook once per state of the library: the cache is keyed on both.

Jupyter's own cache knows the cells of a notebook but not the code that they import.
So its folder carries a hash of the library: a changed formula is a new folder.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
KEPT = 3
PREFIX = ".jupyter_cache-"
SKIPPED = {"node_modules", "__pycache__", "js"}


def library_files() -> list[Path]:
    """Return every file of the library that an output can depend on."""
    return sorted(
        path
        for path in (ROOT / "gdcourse").rglob("*")
        if path.is_file() and not SKIPPED & set(path.relative_to(ROOT).parts)
    )


def library_hash() -> str:
    """Return a short hash of the library's source, data and bundles."""
    digest = hashlib.sha256()
    for path in library_files():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def cache_folder(build: Path = ROOT / "_build") -> Path:
    """Return the folder in which the outputs of all notebooks are kept."""
    return build / (PREFIX + library_hash())


def forget_old_caches(build: Path) -> None:
    """Keep the newest few caches, so that _build does not grow without end."""
    folders = sorted(build.glob(PREFIX + "*"), key=lambda path: path.stat().st_mtime)
    for folder in folders[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def choose_cache(app: Any, config: Any) -> None:
    build = Path(app.outdir).parent
    config.nb_execution_cache_path = str(cache_folder(build))
    forget_old_caches(build)


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("config-inited", choose_cache)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
