"""Pictures with matplotlib: each takes an ``ax``, returns it, and never shows it."""

from gdcourse.plots.dress import theme
from gdcourse.plots.pictures import contours, curve, line, loss
from gdcourse.plots.rates import schedules, sweep
from gdcourse.plots.stills import still
from gdcourse.plots.svg import svg

__all__ = [
    "contours",
    "curve",
    "line",
    "loss",
    "schedules",
    "still",
    "svg",
    "sweep",
    "theme",
]
