"""What the library itself takes: to be imported, to run one path, to fill a map.

    python benchmarks/library.py import | path | map

Each prints its numbers, and ``measured`` runs it in a Python of its own, so that
nothing is loaded and no memory taken before.
"""

from __future__ import annotations

import subprocess
import sys
import time
from importlib import import_module

import numpy as np

import memory

ADAM_STEPS, SIDE = 200, 500


def measured(what: str, times: int) -> tuple[float, ...]:
    """Return the least of each number over some fresh runs."""
    command = [sys.executable, __file__, what]
    runs = [
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for _ in range(times)
    ]
    return tuple(min(column) for column in zip(*map(_numbers, runs), strict=True))


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(map(float, text.split()))


def import_seconds() -> float:
    """Return how long ``import gdcourse`` takes once NumPy is there."""
    start = time.perf_counter()
    import_module("gdcourse")
    return time.perf_counter() - start


def path_seconds(steps: int = 20_000) -> float:
    """Return the seconds of a step of ``descend``: Rosenbrock, Adam, all rows kept."""
    from gdcourse import OPTIMIZERS, SURFACES, descend

    surface, rule = SURFACES["rosenbrock"], OPTIMIZERS["adam"](0.01)
    descend(surface, rule, start=[-1.5, 2.0], steps=10)
    start = time.perf_counter()
    descend(surface, rule, start=[-1.5, 2.0], steps=steps)
    return (time.perf_counter() - start) / steps


def map_seconds(side: int = SIDE, steps: int = ADAM_STEPS) -> tuple[float, float]:
    """Return the seconds and the process's peak memory in bytes of a basin map."""
    from gdcourse import OPTIMIZERS, SURFACES, descend

    axis = np.linspace(-5, 5, side)
    starts = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    surface, rule = SURFACES["himmelblau"], OPTIMIZERS["adam"](0.1)
    start = time.perf_counter()
    descend(surface, rule, starts=starts, steps=steps, record="last")
    seconds = time.perf_counter() - start
    return seconds, memory.peak()


if __name__ == "__main__":
    if sys.argv[1:] == ["import"]:
        print(import_seconds())
    elif sys.argv[1:] == ["path"]:
        print(path_seconds())
    elif sys.argv[1:] == ["map"]:
        print(*map_seconds())
    else:
        sys.exit("usage: python benchmarks/library.py import | path | map")
