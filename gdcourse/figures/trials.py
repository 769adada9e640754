"""Many runs of a rule under one protocol: the engine of the fair-comparison figure."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

import numpy as np

from gdcourse.descend import descend
from gdcourse.figures.plane import first_start
from gdcourse.figures.racers import rate_of, with_rate
from gdcourse.optimizers import Rule
from gdcourse.surfaces import Surface

LEAST = 1e-12  # smaller losses and distances count as equal: below lies only rounding
GRID = (1e-4, 1.0)  # learning rates that tuning tries
HUGE = 1e300  # stands for infinity

COUNTS = {"best": 0.0, "median": 0.5, "worst": 1.0}  # quantiles of the runs


class Draws(NamedTuple):
    """What chance decided: starts (runs, 2) by surface, noise (runs, budget, 2)."""

    starts: dict[str, np.ndarray]
    noise: np.ndarray


def draws(surfaces: Sequence[Surface], runs: int, budget: int, seed: int) -> Draws:
    """Draw standard normal noise, and starts evenly over each surface's window.

    All are rounded to thousandths, so that they travel to a browser unchanged.
    """
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((runs, budget, 2)).round(3)
    starts = {}
    for surface in surfaces:
        low, high = np.transpose(surface.window)
        starts[surface.name] = rng.uniform(low, high, (runs, 2)).round(3)
    return Draws(starts, noise)


def packed(noise: np.ndarray) -> str:
    """Return thousandths as 16-bit numbers in base64, row by row."""
    return base64.b64encode(np.rint(noise * 1000).astype("<i2").tobytes()).decode()


def unpacked(text: str, runs: int) -> np.ndarray:
    """Return the noise of so many runs that ``packed`` wrote down.

    >>> noise = np.array([[[0.5, -1.25]]])
    >>> bool((unpacked(packed(noise), 1) == noise).all())
    True
    """
    return np.frombuffer(base64.b64decode(text), "<i2").reshape(runs, -1, 2) / 1000


def grid(tries: int) -> list[float]:
    """Return so many rates evenly on a logarithmic scale; one try is the middle.

    >>> grid(1), grid(3)
    ([0.01], [0.0001, 0.01, 1.0])
    """
    low, high = np.log10(GRID)
    exponents = np.linspace(low, high, tries) if tries > 1 else [(low + high) / 2]
    return [float(f"{10**exponent:.3g}") for exponent in exponents]


def gaps(
    surface: Surface, rule: Rule, drawn: Draws, protocol: Mapping[str, Any]
) -> np.ndarray:
    """Return how far above the minimum each run ends: infinity where it diverged."""
    sigma, alone = protocol["noise"], protocol["starts"] == "one"
    starts = drawn.starts[surface.name]
    if alone:
        starts = np.tile(first_start(surface), (len(starts) if sigma else 1, 1))
    step = count()

    def gradient(x: np.ndarray) -> Any:
        noise = drawn.noise[: len(x), next(step)]
        return surface.gradient(x) + sigma * noise

    budget = protocol["budget"]
    path = descend(
        surface, rule, starts=starts, steps=budget, gradient=gradient, record="last"
    )
    ends = _measured(surface, path.x[-1], path.loss[-1], protocol["measure"])
    lost = np.asarray(path.stopped) == "diverged"
    return np.where(lost, np.inf, np.maximum(ends, LEAST))


def _measured(surface: Surface, x: np.ndarray, loss: np.ndarray, measure: str) -> Any:
    minima = np.array(surface.minima)
    if measure == "distance":
        return np.linalg.norm(x[:, None] - minima, axis=-1).min(axis=1)
    return loss - surface(minima).min()


class Result(NamedTuple):
    """One rule's place: its score, its runs, and the rates that they used."""

    score: float
    low: float
    high: float
    runs: np.ndarray
    rates: list[float]


def result(
    surface: Surface, rule: Rule, drawn: Draws, protocol: Mapping[str, Any]
) -> Result:
    """Run a rule as the protocol says, with quartiles around what counts."""
    tries = [
        (gaps(surface, with_rate(rule, rate), drawn, protocol), rate)
        for rate in _rates(rule, protocol)
    ]
    quantile = COUNTS[protocol["counts"]]
    if protocol["rates"] == "tuned":
        tries = [min(tries, key=lambda one: spread(one[0], quantile))]
    runs = np.concatenate([ends for ends, _ in tries])
    score, low, high = (spread(runs, q) for q in (quantile, 0.25, 0.75))
    return Result(score, low, high, runs, [rate for _, rate in tries])


def _rates(rule: Rule, protocol: Mapping[str, Any]) -> list[float]:
    if protocol["rates"] == "shared":
        return [protocol["rate"]]
    if protocol["rates"] == "default":
        return [float(rate_of(rule) or np.nan)]
    return grid(protocol["tries"])


def spread(runs: np.ndarray, quantile: float) -> float:
    """Return a quantile of runs of which some may be infinite."""
    value = float(np.quantile(np.minimum(runs, HUGE), quantile))
    return value if value < HUGE / 1e6 else np.inf
