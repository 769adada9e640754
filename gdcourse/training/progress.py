"""A progress bar for those who watch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(total: int, done: int) -> Iterator[Callable[[], object]]:
    """Give a function to call after each update; it moves a bar that someone watches.

    The bar appears after a second and goes when the run ends.  Set TQDM_DISABLE=1 to
    have none.
    """
    if not watched():
        yield lambda: None
        return
    from tqdm import tqdm

    with tqdm(
        total=total, initial=done, unit="update", delay=1, leave=False, file=sys.stderr
    ) as bar:
        yield bar.update


def watched() -> bool:
    """Tell whether this runs in a terminal or in a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return sys.stderr.isatty() or hasattr(shell, "kernel")
