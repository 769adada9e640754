"""Time by turns what is to be compared, and see how much memory a call takes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from contestants import Contestant

SAMPLE = 2e-3  # seconds: long beside the clock's own time, short beside a disturbance


def fastest(field: Mapping[str, Contestant], rounds: int) -> dict[str, float]:
    """Return the seconds of each contestant's step, the least of ``rounds`` samples.

    Every round gives each a turn, so that a busy moment of the machine meets all; and
    of many samples the least is the one with the fewest disturbances.
    """
    calls = {name: max(1, int(SAMPLE / _sample(c, 1))) for name, c in field.items()}
    best = dict.fromkeys(field, np.inf)
    for _ in range(rounds):
        for name, contestant in field.items():
            best[name] = min(best[name], _sample(contestant, calls[name]))
    return best


def _sample(contestant: Contestant, calls: int) -> float:
    """Return the seconds of one step, the mean of some calls after a first one."""
    if contestant.threads:
        import torch

        torch.set_num_threads(contestant.threads)
    step = contestant.step
    step()
    start = time.perf_counter()
    for _ in range(calls):
        step()
    return (time.perf_counter() - start) / calls


def agree(field: Mapping[str, Contestant]) -> None:
    """Raise ValueError unless all contestants are at the same point after a step."""
    for contestant in field.values():
        contestant.step()
    first, *others = field.values()
    for other in others:
        np.testing.assert_allclose(other.point(), first.point(), rtol=1e-9, atol=1e-12)


def extra_memory(call: Callable[[], object]) -> float:
    """Return how many bytes the process grew by during a call; NaN without /proc."""
    try:
        before = _memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    except OSError:
        return np.nan
    call()
    return max(0, _memory("VmHWM") - before)


def _memory(kind: str) -> int:
    status = Path("/proc/self/status").read_text()
    found = re.search(rf"{kind}:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0
