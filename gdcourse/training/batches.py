"""Which samples each update sees."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gdcourse.arrays import whole


def batches(
    n: int,
    size: int,
    rng: np.random.Generator | None,
    replace: bool = False,
    drop_last: bool = False,
) -> Iterator[np.ndarray]:
    """Yield the row numbers of the batches of one epoch over ``n`` samples.

    The samples are shuffled by ``rng``, or stay in order where that is None.  There are
    n / size batches, rounded up, the last one smaller where ``size`` does not divide
    ``n``; ``drop_last`` leaves it out.  With ``replace`` each batch is drawn from all
    samples anew and has the full size.  Raises ValueError for an empty batch or one of
    more samples than there are.

    >>> [rows.tolist() for rows in batches(n=5, size=2, rng=None)]
    [[0, 1], [2, 3], [4]]
    """
    size = whole(size, "size", 1)
    if size > whole(n, "n", 1):
        raise ValueError(
            f"A batch of size = {size} exceeds the {n} samples: pass at most {n}."
        )
    if replace and rng is None:
        raise ValueError("Batches with replace=True are random: pass an rng.")
    return _draw(n, size, rng, replace, n // size * size if drop_last else n)


def _draw(
    n: int, size: int, rng: np.random.Generator | None, replace: bool, end: int
) -> Iterator[np.ndarray]:
    order = np.arange(n) if rng is None or replace else rng.permutation(n)
    for first in range(0, end, size):
        if replace and rng is not None:
            yield rng.integers(n, size=size)
        else:
            yield order[first : min(first + size, end)]
