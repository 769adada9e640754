"""The full batch, mini-batches and single samples, from one start on one loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from traitlets import Unicode

from gdcourse.arrays import whole
from gdcourse.figures.base import Figure, Setting, say
from gdcourse.figures.plane import point
from gdcourse.figures.regression import MINIMUM, Regression
from gdcourse.optimizers.rule import nonnegative, positive
from gdcourse.path import Path
from gdcourse.style import LOOKS

NEAR = 0.3  # so close to the minimum a run counts as arrived
MOST = 1000  # samples and updates
RATES, NOISES = (0.001, 0.3), (0.0, 2.0)
RACERS = {
    "full batch": "gradient descent",
    "mini-batch": "second",
    "single samples": "momentum",
}


def _rate(figure: Any, rate: Any) -> float:
    positive(rate, "learning_rate")
    return float(rate)


def _noise(figure: Any, noise: Any) -> float:
    nonnegative(noise, "noise")
    return float(noise)


def _batch(figure: Any, size: Any) -> int:
    return few(size, "batch", 1, figure.samples)


def few(value: Any, name: str, least: int, most: int) -> int:
    """Return a whole number that a figure can carry, or raise ValueError."""
    if whole(value, name, least) > most:
        raise ValueError(f"{name} = {value} is too many here: pass at most {most}.")
    return int(value)


class Batches(Figure):
    """Descent along gradients of all samples, of batches of them, and of single ones.

    The mean squared error of a linear regression with two orthogonal features has the
    Hessian diag(2, 8) and its minimum at (1, -1), whatever the label ``noise`` (a
    standard deviation).  Data and the order of each epoch come from ``seed``; runs of
    more than 16 epochs go through the orders again.  ``start``, ``learning_rate``,
    ``batch`` and ``noise`` may be read and set; ``paths`` are the runs, by label.

    >>> figure = Batches(noise=0.5)
    >>> [(label, *reach) for label, reach in figure.arrivals().items()]
    [('full batch', 45, 9000), ('mini-batch', 47, 728), ('single samples', 50, 50)]
    """

    kind = Unicode("batches").tag(sync=True)
    start = Setting(point)
    learning_rate = Setting(_rate)
    batch = Setting(_batch)
    noise = Setting(_noise)

    def __init__(
        self,
        start: Sequence[float] = (4.0, 3.0),
        learning_rate: float = 0.025,
        *,
        batch: int = 16,
        noise: float = 0.5,
        steps: int = 200,
        samples: int = 200,
        seed: int = 1,
        key: str = "",
        caption: str = "",
        alt: str = "",
    ) -> None:
        self.samples = few(samples, "samples", 3, MOST)
        self.seed = whole(seed, "seed", 0)
        rate, noise = _rate(self, learning_rate), _noise(self, noise)
        data = self._data(noise)
        (x, z), surface = data.features.T, data.surface
        settings = {
            "data": {"x": x.tolist(), "z": z.tolist(), "unit": data.unit.tolist()},
            "orders": data.orders,
            "seed": self.seed,
            "names": surface.variables,
            "window": [list(side) for side in surface.window],
            "minimum": list(MINIMUM),
            "near": NEAR,
            "racers": [_racer(label, look) for label, look in RACERS.items()],
            "start": point(self, start),
            "learning_rate": rate,
            "rates": [min(RATES[0], rate), max(RATES[1], rate)],
            "batch": _batch(self, batch),
            "noise": noise,
            "noises": [NOISES[0], max(NOISES[1], noise)],
            "steps": few(steps, "steps", 1, MOST),
        }
        super().__init__(settings, key, caption, alt)

    def _data(self, noise: float) -> Regression:
        return Regression(self.samples, noise, self.seed)

    @property
    def data(self) -> Regression:
        """The samples, their labels and gradients, with the present noise."""
        return self._data(self.noise)

    @property
    def sizes(self) -> dict[str, int]:
        """How many samples each racer's update sees."""
        sizes = (self.samples, self.batch, 1)
        return dict(zip(RACERS, sizes, strict=True))

    @property
    def paths(self) -> dict[str, Path]:
        """Each racer's run; its ``evaluations`` count gradients of single samples."""
        data, steps = self.data, self.settings["steps"]
        return {
            label: data.run(self.start, self.learning_rate, size, steps)
            for label, size in self.sizes.items()
        }

    @property
    def seen(self) -> dict[str, np.ndarray]:
        """The samples that each racer saw up to each of its updates."""
        steps = self.settings["steps"]
        return {
            label: self.data.seen(size, steps) for label, size in self.sizes.items()
        }

    def arrivals(self, radius: float = NEAR) -> dict[str, tuple[int, int]]:
        """Return each arrival within ``radius`` of the minimum: updates, samples seen.

        Racers that never come so close are left out.
        """
        found = {}
        for label, path in self.paths.items():
            near = np.linalg.norm(path.x - MINIMUM, axis=1) <= radius
            if near.any():
                updates = int(near.argmax())
                found[label] = updates, int(self.seen[label][updates])
        return found

    def describe(self) -> str:
        """Say what is compared, from where, and who arrives after how much work."""
        reached = [
            f"{label} after {updates:,} updates and {samples:,} samples"
            for label, (updates, samples) in self.arrivals().items()
        ]
        start = ", ".join(map(say, self.start))
        return (
            f"Contours of a regression loss with runs from ({start}) that see all "
            f"{self.samples} samples, {self.batch} or 1 at each update, with learning "
            f"rate {say(self.learning_rate)} and label noise {say(self.noise)}. Within "
            f"{say(NEAR)} of the minimum come: {'; '.join(reached) or 'none'}."
        )


def _racer(label: str, look: str) -> dict[str, str]:
    colour = f"var(--gd-rule-{list(LOOKS).index(look)})"
    return {
        "label": label,
        "colour": colour,
        "dash": LOOKS[look].dash,
        "marker": LOOKS[look].marker,
    }
