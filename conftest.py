"""Settings of the test run.

The package is imported here because pytest, which finds modules by their files, would
else put the module ``gdcourse.descend`` in the place of the function of that name.
"""

import os

import pytest

import gdcourse  # noqa: F401


def pytest_configure(config: pytest.Config) -> None:
    """Open no window on any machine; a checked notebook keeps its own pictures."""
    if not config.getoption("nbval", False):
        os.environ["MPLBACKEND"] = "Agg"
