"""The course's loss surfaces by name."""

from gdcourse.families import quadratic, rastrigin_in, rosenbrock_in
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
booth = Surface(
    "(x + 2*y - 7)**2 + (2*x + y - 5)**2",
    "x y",
    "Booth",
    minima=[[1, 3]],
    window=[(-4, 6), (-2, 8)],
    source="Jamil and Yang 2013, arXiv 1308.4008, Booth",
)
three_hump_camel = Surface(
    "2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2",
    "x y",
    "three-hump camel",
    minima=[[0, 0]],
    window=[(-2.2, 2.2), (-2, 2)],
    source="Jamil and Yang 2013, arXiv 1308.4008, three hump camel",
)
monkey_saddle = Surface(
    "x**3 - 3*x*y**2",
    "x y",
    "monkey saddle",
    window=[(-2, 2), (-2, 2)],
    source="a saddle with three ways down, whose Hessian at the origin is zero",
)
cubic = Surface(
    "x**3",
    "x",
    "cubic",
    window=[(-1.5, 1.5)],
    source="a stationary inflection at 0, and no minimum",
)
plateau = Surface(
    "1/(1 + exp(-x))",
    "x",
    "plateau",
    window=[(-8, 12)],
    source="the logistic function: flat far from 0, and no minimum",
)
rastrigin = Surface(
    "20 + x**2 - 10*cos(2*pi*x) + y**2 - 10*cos(2*pi*y)",
    "x y",
    "Rastrigin",
    minima=[[0, 0]],
    window=[(-5.12, 5.12), (-5.12, 5.12)],
    source="Rastrigin (1974), in two dimensions: a bowl with a minimum near each whole "
    "point",
)
ravine = Surface(
    "(x**2 + 100*y**2)/2",
    "x y",
    "ravine",
    minima=[[0, 0]],
    window=[(-5, 5), (-1.5, 1.5)],
    source="a quadratic of condition number 100",
)
# At the minimum, the tip of a cone, the slope would be 0/0.  1e-200 makes it 0, midway
# between the slopes around, and is lost in rounding further than 1e-90 away.
ackley = Surface(
    "20 - 20*exp(-sqrt((x**2 + y**2)/2 + 1e-200)/5) "
    "+ e - exp((cos(2*pi*x) + cos(2*pi*y))/2)",
    "x y",
    "Ackley",
    minima=[[0, 0]],
    window=[(-5, 5), (-5, 5)],
    source="Ackley, A Connectionist Machine for Genetic Hillclimbing (1987); Jamil and "
    "Yang 2013, arXiv 1308.4008, Ackley 1",
)
valleys = Surface(
    "9.26 + (x**2 + y**2)/10 - 10*exp(-(x + 2)**2/4 - (y + 2)**2/3) "
    "- 5*exp(-(x - 3)**2/2 - (y + 2)**2/3) - 5*exp(-(x + 2)**2/3 - (y - 3)**2/2) "
    "- 3*exp(-(x - 3)**2/3 - (y - 1)**2/2) - 2*exp(-(x - 1)**2/2 - (y + 2)**2/2)",
    "x y",
    "valleys",
    minima=[[-1.9063983865627052, -1.9417849098239361]],
    window=[(-5, 5), (-5, 5)],
    source="made for a walk in fog: four valleys, the deepest round a bend",
)

__all__ = [
    "CONSTANTS",
    "SURFACES",
    "Surface",
    "ackley",
    "beale",
    "booth",
    "bowl",
    "cubic",
    "double_well",
    "himmelblau",
    "monkey_saddle",
    "parabola",
    "plateau",
    "quadratic",
    "quartic",
    "rastrigin",
    "rastrigin_in",
    "ravine",
    "rosenbrock",
    "rosenbrock_in",
    "strict_saddle",
    "three_hump_camel",
    "valleys",
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
    "booth": booth,
    "three_hump_camel": three_hump_camel,
    "monkey_saddle": monkey_saddle,
    "cubic": cubic,
    "plateau": plateau,
    "rastrigin": rastrigin,
    "ravine": ravine,
    "ackley": ackley,
    "valleys": valleys,
}
