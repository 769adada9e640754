"""Measure, and write the tables of benchmarks/README.md.

python benchmarks/run.py
"""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

import library
import memory
from contestants import RULES, Array, Contestant, optax, ours, torch, torch_threads
from gdcourse.blocks import SIZE
from measure import agree, fastest

README = Path(__file__).with_name("README.md")
TEXT = Path(__file__).with_name("text.md")
ROUNDS = {2: 200, 10**3: 200, 10**5: 300, 10**7: 30}  # parameters: samples of each
DEFAULT = "PyTorch"
Times = dict[str, float]


def field(name: str, x: Array, g: Array) -> dict[str, Contestant]:
    """Return everyone who has this rule, ourselves first."""
    makers: dict[str, Callable[[], Contestant]] = {
        "ours": lambda: ours(name, x, g),
        "ours, plain": lambda: ours(name, x, g, blocks=False),
        DEFAULT: lambda: torch(name, x, g),
        "1 thread": lambda: torch(name, x, g, threads=1),
        "foreach": lambda: torch(name, x, g, foreach=True),
        "fused": lambda: torch(name, x, g, fused=True),
        "optax": lambda: optax(name, x, g),
    }
    found = {}
    for title, make in makers.items():
        try:
            found[title] = make()
        except (ImportError, RuntimeError):  # no such library, or kind of this rule
            continue
    return found


def race(size: int, rounds: int) -> tuple[dict[str, Times], dict[str, Times]]:
    """Return seconds and extra bytes of each rule's contestants at one size."""
    seconds, grown = {}, {}
    for name in RULES:
        # Gradients away from zero, where all conventions for epsilon are one.
        x, g = np.random.default_rng(0).uniform(1, 2, size=(2, size))
        contestants = field(name, x, g)
        agree(contestants)
        seconds[name] = fastest(contestants, rounds)
        grown[name] = {n: memory.extra(c.step) for n, c in contestants.items()}
        print(size, name, flush=True)
    return seconds, grown


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table whose first row is the head; numbers are to the right."""
    head, *body = rows
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))


def ratios(times: dict[str, Times], plain: bool) -> str:
    """Return the table of one size: our time, and the others as multiples of it."""
    columns = [DEFAULT, "1 thread", "foreach", "fused", "optax"]
    columns += ["ours, plain"] if plain else []
    rows = [["rule", "ours", *columns]]
    for name, all_times in times.items():
        mine = all_times["ours"]
        cells = [multiple(all_times.get(column, np.nan) / mine) for column in columns]
        rows.append([f"`{name}`", duration(mine), *cells])
    return table(rows)


def memories(grown: dict[str, Times]) -> str:
    """Return the table of extra memory, in megabytes."""
    columns = ["ours", "ours, plain", DEFAULT, "foreach", "fused", "optax"]
    rows = [["rule", *columns]]
    for name, found in grown.items():
        cells = [found.get(column, np.nan) / 1e6 for column in columns]
        rows.append([f"`{name}`", *(f"{c:.0f}" if c == c else "–" for c in cells)])
    return table(rows)


def multiple(ratio: float) -> str:
    """Return a ratio with two digits, or a dash where there is none."""
    if ratio != ratio:
        return "–"
    return f"{ratio:.2f}" if ratio < 1 else f"{ratio:.1f}"


def duration(seconds: float) -> str:
    """Return a time in microseconds or milliseconds."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.{1 if seconds < 1e-4 else 0}f} µs"
    return f"{seconds * 1e3:.1f} ms"


def behind(races: dict[int, dict[str, Times]], others: Sequence[str]) -> list[str]:
    """Return where one of the others is faster than we are, in words."""
    found = []
    for size, times in races.items():
        slower = [
            f"`{name}` ({multiple(min(t[o] for o in others) / t['ours'])})"
            for name, t in times.items()
            if min(t[o] for o in others) < t["ours"]
        ]
        if slower:
            found.append(f"at {size:,} parameters {', '.join(slower)}")
    return found


def verdict(places: list[str]) -> str:
    """Return "yes", or "no" with the places."""
    return f"**no**: {'; '.join(places)}" if places else "**yes**"


def set_up() -> str:
    """Return on what this was measured."""
    names = ("numpy", "numba", "torch", "jax", "optax")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"{datetime.date.today()}, Python {platform.python_version()}, {versions}, "
        f"{platform.system()} on {processor()} with {os.cpu_count()} cores; PyTorch "
        f"takes {torch_threads()} threads by itself"
    )


def processor() -> str:
    """Return the processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(x.split(": ")[1] for x in lines if x.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def report(rounds: dict[int, int]) -> str:
    """Measure everything, and return the page."""
    torch_threads()  # before anything changes them
    races: dict[int, dict[str, Times]] = {}
    grown: dict[str, Times] = {}
    for size, samples in rounds.items():
        races[size], grown = race(size, samples)
    sizes = list(races)
    ((imported,), (step,), (seconds, peak)) = (
        library.measured(what, times)
        for what, times in (("import", 10), ("path", 5), ("map", 3))
    )
    return TEXT.read_text("utf-8").format(
        set_up=set_up(),
        small=verdict(behind({sizes[0]: races[sizes[0]]}, [DEFAULT, "optax"])),
        large=verdict(behind(races, [DEFAULT])),
        tables="\n\n".join(
            f"### {size:,} parameters\n\n{ratios(times, plain=size > 10**4)}"
            for size, times in races.items()
        ),
        memory=memories(grown),
        from_size=f"{SIZE:,}",
        largest=f"{sizes[-1]:,}",
        imported=f"{imported:.3f} s",
        rate=f"{1 / step:,.0f}",
        seconds=f"{seconds:.1f} s",
        peak=f"{peak / 1e6:.0f} MB",
    )


if __name__ == "__main__":
    README.write_text(report(ROUNDS), "utf-8")
    print(f"Written: {README}")
