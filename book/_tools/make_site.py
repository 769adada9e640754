"""Build the site, or serve it on this computer.

    python book/_tools/make_site.py [--strict] [--serve PORT]

Sphinx reads a page again only when the page's own file changed.  So when the library,
an extension or the configuration changed, the old pages and outputs are removed first.
With ``--strict`` every page is made anew and each warning is an error.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import http.server
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from notebooks import fill_cache

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "_build"
HOME = BUILD / "html" / "index.html"
STAMP = BUILD / "made-from.json"
PAGE_SUFFIXES = {".md", ".ipynb"}
IGNORED = {"node_modules", "__pycache__", ".ipynb_checkpoints", "_tools"}


def build(strict: bool = False) -> None:
    """Bring the site in _build/html up to date and say where it is."""
    start = time.monotonic()
    now, before = fingerprints(), _made_from()
    if not strict and now == before and HOME.is_file():
        print("Nothing has changed since the last build.")
    else:
        STAMP.unlink(missing_ok=True)
        if strict or now["machinery"] != before.get("machinery"):
            shutil.rmtree(BUILD / "html", ignore_errors=True)
            shutil.rmtree(BUILD / ".doctrees", ignore_errors=True)
        fill_cache()
        _jupyter_book(["-W", "-n", "--keep-going"] if strict else [])
        STAMP.write_text(json.dumps(now))
        print(f"\nBuilt in {time.monotonic() - start:.0f} s.")
    print(f"The book: {HOME.as_uri()}")
    print("Open it in a browser, or run `make serve`.")


def fingerprints() -> dict[str, str]:
    """Hash the pages, and everything else that the built site depends on."""
    book = list(_files(ROOT / "book"))
    pages = [path for path in book if path.suffix in PAGE_SUFFIXES]
    machinery = [path for path in book if path.suffix not in PAGE_SUFFIXES]
    machinery += [*_files(ROOT / "gdcourse"), *ROOT.glob("*.yml")]
    machinery += [ROOT / "requirements.txt", ROOT / "pyproject.toml"]
    return {"pages": _hash(pages), "machinery": _hash(machinery)}


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in IGNORED:
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _made_from() -> dict[str, str]:
    return dict(json.loads(STAMP.read_text())) if STAMP.is_file() else {}


def _jupyter_book(options: list[str]) -> None:
    call = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", call, "build", str(ROOT), *options]
    if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(f"The site was not built: jupyter-book ended with exit code {code}.")


def serve(port: int) -> None:
    """Serve _build/html on this computer alone until Ctrl-C."""
    handler = functools.partial(
        http.server.SimpleHTTPRequestHandler, directory=str(HOME.parent)
    )
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        sys.exit(
            f"Port {port} cannot be used ({error}): try make serve PORT={port + 1}."
        )
    address = f"http://127.0.0.1:{server.server_port}/"
    print(f"The book is at {address} until you press Ctrl-C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("\nStopped.")


def main() -> None:
    """Build, and serve if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strict", action="store_true", help="warnings are errors")
    parser.add_argument("--serve", type=int, metavar="PORT")
    options = parser.parse_args()
    build(options.strict)
    if options.serve is not None:
        serve(options.serve)


if __name__ == "__main__":
    main()
