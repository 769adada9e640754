"""How much memory the process takes, as Linux tells it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np

PROCESS = Path("/proc/self")


def peak() -> float:
    """Return the most bytes that the process has taken; NaN on other systems."""
    return _read("VmHWM")


def extra(call: Callable[[], object]) -> float:
    """Return how many bytes the process grew by during a call; NaN elsewhere."""
    before = _read("VmRSS")
    if np.isnan(before):
        return before
    (PROCESS / "clear_refs").write_text("5")  # forget the peak so far
    call()
    return max(0.0, peak() - before)


def _read(kind: str) -> float:
    status = PROCESS / "status"
    if not status.is_file():
        return np.nan
    found = re.search(rf"{kind}:\s+(\d+) kB", status.read_text())
    return float(found[1]) * 1024 if found else np.nan
