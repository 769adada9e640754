"""Interactive figures: declared in Python, run by the browser without a kernel."""

from gdcourse.figures.balls import Balls
from gdcourse.figures.base import Figure
from gdcourse.figures.basins import Basins
from gdcourse.figures.batches import Batches
from gdcourse.figures.brute_force import BruteForce
from gdcourse.figures.contours import Contours
from gdcourse.figures.curve import Curve
from gdcourse.figures.curves import Curves
from gdcourse.figures.depth import Depth
from gdcourse.figures.family import FamilyTree
from gdcourse.figures.fit_line import FitLine
from gdcourse.figures.fog import FogWalk
from gdcourse.figures.formula import Formula
from gdcourse.figures.laboratory import Laboratory
from gdcourse.figures.landscape import Landscape
from gdcourse.figures.phase import PhaseDiagram
from gdcourse.figures.quiz import Quiz
from gdcourse.figures.rate_finder import RateFinder
from gdcourse.figures.reparametrised import Reparametrised
from gdcourse.figures.runs import Runs
from gdcourse.figures.schedules import Schedules
from gdcourse.figures.slices import Slices

FIGURES: dict[str, type[Figure]] = {
    "curve": Curve,
    "curves": Curves,
    "contours": Contours,
    "line": FitLine,
    "fog": FogWalk,
    "landscape": Landscape,
    "brute": BruteForce,
    "formula": Formula,
    "quiz": Quiz,
    "schedules": Schedules,
    "slices": Slices,
    "batches": Batches,
    "rates": RateFinder,
    "runs": Runs,
    "phase": PhaseDiagram,
    "family": FamilyTree,
    "depth": Depth,
    "balls": Balls,
    "reparametrised": Reparametrised,
    "laboratory": Laboratory,
    "basins": Basins,
}

__all__ = [
    "FIGURES",
    "Balls",
    "Basins",
    "Batches",
    "BruteForce",
    "Contours",
    "Curve",
    "Curves",
    "Depth",
    "FamilyTree",
    "Figure",
    "FitLine",
    "FogWalk",
    "Formula",
    "Laboratory",
    "Landscape",
    "PhaseDiagram",
    "Quiz",
    "RateFinder",
    "Reparametrised",
    "Runs",
    "Schedules",
    "Slices",
]
