"""One example of each kind of figure: what the tests of every figure are run on."""

from gdcourse import figures
from gdcourse.optimizers import adam, gradient_descent
from gdcourse.surfaces import bowl, parabola

EXAMPLES = {
    "curve": lambda: figures.Curve(parabola, start=7, learning_rate=0.1),
    "contours": lambda: figures.Contours(
        bowl, [gradient_descent(0.05), adam(0.3)], [-4, 2.2], steps=40
    ),
    "line": lambda: figures.FitLine("worked", start=[2, 1.5], learning_rate=0.1),
    "quiz": lambda: figures.Quiz("update-rule"),
}
