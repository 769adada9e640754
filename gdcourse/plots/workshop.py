"""The pictures of the workshop's figures for pages without scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gdcourse.plots import (
    balls,
    basins,
    depth,
    fair,
    family,
    phase,
    reparametrised,
    runs,
)

STILLS: dict[str, Callable[[Mapping[str, Any], str], str]] = {
    "runs": runs.still,
    "phase": phase.still,
    "family": family.still,
    "depth": depth.still,
    "balls": balls.still,
    "laboratory": fair.still,
    "reparametrised": reparametrised.still,
    "basins": basins.still,
}
