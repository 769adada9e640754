"""Settings of the test run.

The package is imported here because pytest, which finds modules by their files, would
else put the module ``gdcourse.descend`` in the place of the function of that name.
"""

import os

os.environ["MPLBACKEND"] = "Agg"  # no window, on any machine

import gdcourse  # noqa: F401
