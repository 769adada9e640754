"""gdcourse: the small library behind the course on gradient descent."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gdcourse.optimizers import METHODS, OPTIMIZERS, Method, Rule, rule_from
from gdcourse.schedules import SCHEDULES
from gdcourse.surfaces import SURFACES, Surface

# After gdcourse.surfaces: the function takes the name of its module on purpose.
from gdcourse.descend import Path, descend  # isort: skip

if TYPE_CHECKING:
    from gdcourse import data, exercises, figures, network, plots, trace, training

__version__ = "0.1.0"
__all__ = [
    "METHODS",
    "OPTIMIZERS",
    "SCHEDULES",
    "SURFACES",
    "Method",
    "Path",
    "Rule",
    "Surface",
    "data",
    "descend",
    "exercises",
    "figures",
    "network",
    "plots",
    "rule_from",
    "trace",
    "training",
]

PARTS = {"data", "exercises", "figures", "network", "plots", "trace", "training"}


def __getattr__(name: str) -> Any:
    """Import the parts that need more than NumPy when they are first used."""
    if name in PARTS:
        return import_module(f"gdcourse.{name}")
    raise AttributeError(f"module 'gdcourse' has no attribute {name!r}")
