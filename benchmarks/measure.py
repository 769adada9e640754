"""Time what is to be compared by turns, once it is seen to do the same."""

from __future__ import annotations

import time
from collections.abc import Mapping

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
    """Raise AssertionError unless all are at the same point after a step."""
    for contestant in field.values():
        contestant.step()
    first, *others = field.values()
    for other in others:
        np.testing.assert_allclose(other.point(), first.point(), rtol=1e-9, atol=1e-12)
