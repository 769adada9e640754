"""Settings of the test run.

The package is imported here because pytest, which finds modules by their files, would
else put the module ``gdcourse.descend`` in the place of the function of that name.
"""

import os
from importlib.util import find_spec

import pytest

import gdcourse  # noqa: F401

# Its base class is nbgrader's, which only those install who grade with it.
collect_ignore = [] if find_spec("nbgrader") else ["gdcourse/grading/nbgrader.py"]


def pytest_configure(config: pytest.Config) -> None:
    """Open no window on any machine; a checked notebook keeps its own pictures."""
    if not config.getoption("nbval", False):
        os.environ["MPLBACKEND"] = "Agg"
