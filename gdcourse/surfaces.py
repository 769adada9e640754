"""The course's loss surfaces by name."""

from gdcourse.surface import CONSTANTS, Surface

parabola = Surface(
    "x**2",
    "x",
    "parabola",
    minima=[[0]],
    window=[(-8, 8)],
    source="the simplest bowl",
)
bowl = Surface(
    "w**2 + 4*b**2",
    "w b",
    "bowl",
    minima=[[0, 0]],
    window=[(-5, 5), (-3.2, 3.2)],
    source="a quadratic four times as steep along b as along w",
)
quartic = Surface(
    "x**4 - 3*x**3 + 2",
    "x",
    "quartic",
    minima=[[2.25]],
    window=[(-1.2, 3.4)],
    source="a quartic with a stationary inflection at 0 and its minimum at 9/4",
)
double_well = Surface(
    "(x**2 - 4)**2/8 + x/2",
    "x",
    "double well",
    minima=[[-2.114907541476756]],
    window=[(-3.2, 3.2)],
    source="two valleys of different depth",
)
rosenbrock = Surface(
    "(1 - x)**2 + 100*(y - x**2)**2",
    "x y",
    "Rosenbrock",
    minima=[[1, 1]],
    window=[(-2, 2), (-1, 3)],
    source="Rosenbrock, The Computer Journal 3 (1960), 175-184, equation 2",
)
beale = Surface(
    "(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
    "x y",
    "Beale",
    minima=[[3, 0.5]],
    window=[(-1, 4.2), (-1.8, 1.8)],
    source="Beale (1958); More, Garbow and Hillstrom, ACM TOMS 7 (1981), problem 5",
)
himmelblau = Surface(
    "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
    "x y",
    "Himmelblau",
    minima=[
        [3, 2],
        [-2.805118086952745, 3.131312518250573],
        [-3.779310253377747, -3.283185991286170],
        [3.584428340330492, -1.848126526964404],
    ],
    window=[(-5, 5), (-5, 5)],
    source="Himmelblau, Applied Nonlinear Programming (1972)",
)
strict_saddle = Surface(
    "(x**2 - y**2)/2 + y**4/4",
    "x y",
    "strict saddle",
    minima=[[0, -1], [0, 1]],
    window=[(-2, 2), (-1.8, 1.8)],
    source="a saddle at the origin between minima at (0, -1) and (0, 1)",
)

__all__ = [
    "CONSTANTS",
    "SURFACES",
    "Surface",
    "beale",
    "bowl",
    "double_well",
    "himmelblau",
    "parabola",
    "quartic",
    "rosenbrock",
    "strict_saddle",
]

SURFACES: dict[str, Surface] = {
    "parabola": parabola,
    "bowl": bowl,
    "quartic": quartic,
    "double_well": double_well,
    "rosenbrock": rosenbrock,
    "beale": beale,
    "himmelblau": himmelblau,
    "strict_saddle": strict_saddle,
}
