"""LaTeX and SymPy made from traces."""

import copy
import math

import numpy as np
import pytest
import sympy as sp

from gdcourse import OPTIMIZERS, SCHEDULES, SURFACES, Surface, trace
from gdcourse.optimizers import adam, gradient_descent, momentum
from gdcourse.schedules import (
    constant,
    cosine,
    one_cycle,
    triangular,
    warm_restarts,
    warmup,
)
from gdcourse.trace.letters import letter, number

TRACEABLE = [name for name in OPTIMIZERS if "traceable" in OPTIMIZERS[name]().traits]

# LaTeX, line by line

COUNT = r"t \leftarrow t + 1"
ADAM = (  # Kingma and Ba 2015, Algorithm 1
    COUNT,
    r"m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t",
    r"v_t \leftarrow \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
    r"\hat{m}_t \leftarrow \frac{m_t}{1 - \beta_1^t}",
    r"\hat{v}_t \leftarrow \frac{v_t}{1 - \beta_2^t}",
    r"x_t \leftarrow x_{t-1} - \alpha \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}",
)
RULES = {
    "gradient_descent": (COUNT, r"x_t \leftarrow x_{t-1} - \alpha g_t"),
    "momentum": (
        COUNT,
        r"v_t \leftarrow \beta v_{t-1} + g_t",
        r"x_t \leftarrow x_{t-1} - \alpha v_t",
    ),
    "ema_momentum": (
        COUNT,
        r"v_t \leftarrow \beta v_{t-1} + (1 - \beta) g_t",
        r"x_t \leftarrow x_{t-1} - \alpha v_t",
    ),
    "nesterov": (
        COUNT,
        r"v_t \leftarrow \beta v_{t-1} + g_t",
        r"x_t \leftarrow x_{t-1} - \alpha (g_t + \beta v_t)",
    ),
    "nesterov_original": (
        COUNT,
        r"g_t \leftarrow \nabla L(x_{t-1} - \beta v_{t-1})",
        r"v_t \leftarrow \beta v_{t-1} + \alpha g_t",
        r"x_t \leftarrow x_{t-1} - v_t",
    ),
    "adagrad": (
        COUNT,
        r"G_t \leftarrow G_{t-1} + g_t^2",
        r"x_t \leftarrow x_{t-1} - \alpha \frac{g_t}{\sqrt{G_t} + \epsilon}",
    ),
    "rmsprop": (
        COUNT,
        r"s_t \leftarrow \rho s_{t-1} + (1 - \rho) g_t^2",
        r"x_t \leftarrow x_{t-1} - \alpha \frac{g_t}{\sqrt{s_t} + \epsilon}",
    ),
    "rmsprop_inside": (
        COUNT,
        r"s_t \leftarrow \rho s_{t-1} + (1 - \rho) g_t^2",
        r"x_t \leftarrow x_{t-1} - \alpha \frac{g_t}{\sqrt{s_t + \epsilon}}",
    ),
    "adam": ADAM,
    "adam_l2": (  # Loshchilov and Hutter 2019, Algorithm 2, with a tilde
        COUNT,
        r"\tilde{g}_t \leftarrow g_t + \lambda x_{t-1}",
        r"m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) \tilde{g}_t",
        r"v_t \leftarrow \beta_2 v_{t-1} + (1 - \beta_2) \tilde{g}_t^2",
        *ADAM[3:],
    ),
    "adamw": (
        *ADAM[:5],
        r"x_t \leftarrow x_{t-1} - \alpha \left("
        r"\frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon} + \lambda x_{t-1}\right)",
    ),
    "lion": (  # Chen et al. 2023, Algorithm 2
        COUNT,
        r"c_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        r"x_t \leftarrow x_{t-1} - \alpha (\operatorname{sign}(c_t) + \lambda x_{t-1})",
        r"m_t \leftarrow \beta_2 m_{t-1} + (1 - \beta_2) g_t",
    ),
    "lamb": (  # You et al. 2020, Algorithm 2, with names for the two norms
        *ADAM[:5],
        r"u_t \leftarrow "
        r"\frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon} + \lambda x_{t-1}",
        r"r_{1,t} \leftarrow \lVert x_{t-1} \rVert",
        r"r_{2,t} \leftarrow \lVert u_t \rVert",
        r"r_t \leftarrow \begin{cases} \frac{r_{1,t}}{r_{2,t}} & "
        r"\text{if } \min(r_{1,t}, r_{2,t}) > 0 \\ 1 & \text{otherwise} \end{cases}",
        r"x_t \leftarrow x_{t-1} - \alpha r_t u_t",
    ),
}
RATES = {
    "constant": (r"\alpha_t \leftarrow \alpha",),
    "step_decay": (
        r"\alpha_t \leftarrow \alpha "
        r"\gamma^{\left\lfloor \frac{t}{\textit{every}} \right\rfloor}",
    ),
    "exponential": (r"\alpha_t \leftarrow \alpha \gamma^t",),
    "linear": (
        r"p_t \leftarrow \min\left(\frac{t}{T}, 1\right)",
        r"\alpha_t \leftarrow \textit{start} + (\textit{end} - \textit{start}) p_t",
    ),
    "cosine": (
        r"p_t \leftarrow \min\left(\frac{t}{T}, 1\right)",
        r"\alpha_t \leftarrow \alpha_{\min} + "
        r"\frac{\alpha_{\max} - \alpha_{\min}}{2} (1 + \cos(\pi p_t))",
    ),
    "warm_restarts": (
        r"\textit{ratio}_t \leftarrow 1 + \frac{t}{T_0} (\textit{multiply} - 1)",
        r"\textit{cycle}_t \leftarrow \left\lfloor \frac{\ln(\textit{ratio}_t)}"
        r"{\ln(\textit{multiply})} + 10^{-9} \right\rfloor",
        r"p_t \leftarrow \frac{\frac{\textit{ratio}_t}"
        r"{\textit{multiply}^{\textit{cycle}_t}} - 1}{\textit{multiply} - 1}",
        r"\alpha_t \leftarrow \alpha_{\min} + "
        r"\frac{\alpha_{\max} - \alpha_{\min}}{2} (1 + \cos(\pi p_t))",
    ),
    "triangular": (
        r"\textit{cycle}_t \leftarrow "
        r"\left\lfloor 1 + \frac{t}{2 \textit{half period}} \right\rfloor",
        r"\textit{distance}_t \leftarrow \left\lvert \frac{t}{\textit{half period}} "
        r"- 2 \textit{cycle}_t + 1 \right\rvert",
        r"\alpha_t \leftarrow \textit{low} + "
        r"(\textit{high} - \textit{low}) (1 - \textit{distance}_t)",
    ),
    "one_cycle": (
        r"\textit{turn} \leftarrow \textit{rise} T - 1",
        r"\textit{fall} \leftarrow T - 1 - \textit{turn}",
        r"\textit{start} \leftarrow \frac{\alpha_{\max}}{\textit{divisor}}",
        r"\textit{end} \leftarrow \frac{\textit{start}}{\textit{last divisor}}",
        r"\textit{up}_t \leftarrow \min\left(\frac{t}{\textit{turn}}, 1\right)",
        r"\textit{down}_t \leftarrow \operatorname{clip}\left("
        r"\frac{t - \textit{turn}}{\textit{fall}}, 0, 1\right)",
        r"\textit{rising}_t \leftarrow \textit{start} + "
        r"\frac{\alpha_{\max} - \textit{start}}{2} (1 - \cos(\pi \textit{up}_t))",
        r"\textit{falling}_t \leftarrow \textit{end} + "
        r"\frac{\alpha_{\max} - \textit{end}}{2} (1 + \cos(\pi \textit{down}_t))",
        r"\alpha_t \leftarrow \min(\textit{rising}_t, \textit{falling}_t)",
    ),
}
LOSSES = {
    "parabola": "L(x) = x^2",
    "bowl": "L(w, b) = w^2 + 4 b^2",
    "quartic": "L(x) = x^4 - 3 x^3 + 2",
    "double_well": r"L(x) = \frac{(x^2 - 4)^2}{8} + \frac{x}{2}",
    "rosenbrock": "L(x, y) = (1 - x)^2 + 100 (y - x^2)^2",
    "beale": "L(x, y) = (1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 "
    "+ (2.625 - x + x y^3)^2",
    "himmelblau": "L(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    "strict_saddle": r"L(x, y) = \frac{x^2 - y^2}{2} + \frac{y^4}{4}",
    "booth": "L(x, y) = (x + 2 y - 7)^2 + (2 x + y - 5)^2",
    "three_hump_camel": r"L(x, y) = 2 x^2 - 1.05 x^4 + \frac{x^6}{6} + x y + y^2",
    "monkey_saddle": "L(x, y) = x^3 - 3 x y^2",
    "cubic": "L(x) = x^3",
    "plateau": r"L(x) = \frac{1}{1 + \exp(-x)}",
    "rastrigin": r"L(x, y) = 20 + x^2 - 10 \cos(2 \pi x) + y^2 - 10 \cos(2 \pi y)",
    "ravine": r"L(x, y) = \frac{x^2 + 100 y^2}{2}",
    "ackley": r"L(x, y) = 20 - 20 \exp\left(\frac{-\sqrt{\frac{x^2 + y^2}{2} "
    r"+ 10^{-200}}}{5}\right) + e "
    r"- \exp\left(\frac{\cos(2 \pi x) + \cos(2 \pi y)}{2}\right)",
    "valleys": r"L(x, y) = 9.26 + \frac{x^2 + y^2}{10} "
    r"- 10 \exp\left(\frac{-(x + 2)^2}{4} - \frac{(y + 2)^2}{3}\right) "
    r"- 5 \exp\left(\frac{-(x - 3)^2}{2} - \frac{(y + 2)^2}{3}\right) "
    r"- 5 \exp\left(\frac{-(x + 2)^2}{3} - \frac{(y - 3)^2}{2}\right) "
    r"- 3 \exp\left(\frac{-(x - 3)^2}{3} - \frac{(y - 1)^2}{2}\right) "
    r"- 2 \exp\left(\frac{-(x - 1)^2}{2} - \frac{(y + 2)^2}{2}\right)",
}


@pytest.mark.parametrize("name", TRACEABLE)
def test_a_rule_reads_as_in_its_paper(name):
    assert trace.latex(OPTIMIZERS[name]).lines == RULES[name]


@pytest.mark.parametrize("name", TRACEABLE)
def test_a_rule_made_of_numbers_reads_the_same(name):
    assert trace.latex(OPTIMIZERS[name]()).lines == RULES[name]


@pytest.mark.parametrize("name", [name for name in SCHEDULES if name != "warmup"])
def test_a_schedule_reads_in_steps(name):
    assert trace.latex(SCHEDULES[name]).lines == RATES[name]


@pytest.mark.parametrize("name", SURFACES)
def test_a_surface_reads_as_it_is_written(name):
    assert trace.latex(SURFACES[name]) == LOSSES[name]


def test_several_lines_are_aligned_at_their_arrows():
    formula = trace.latex(gradient_descent)
    assert formula == (
        "\\begin{aligned}\n"
        "t &\\leftarrow t + 1 \\\\\n"
        "x_t &\\leftarrow x_{t-1} - \\alpha g_t\n"
        "\\end{aligned}"
    )
    assert formula._repr_latex_() == f"$$\n{formula}\n$$"
    assert copy.deepcopy(formula).lines == formula.lines


def test_a_fraction_keeps_its_distance_from_the_next_line():
    assert r"{1 - \beta_1^t} \\[4pt]" in trace.latex(adam)


def test_a_scheduled_rate_has_the_index_of_its_step():
    rule = momentum(cosine(0.1, 100))
    assert trace.latex(rule).lines[-1] == r"x_t \leftarrow x_{t-1} - \alpha_t v_t"


def test_a_schedule_of_numbers_shows_them():
    assert trace.latex(cosine(0.1, 100)).lines == (
        r"p_t \leftarrow \min\left(\frac{t}{100}, 1\right)",
        r"\alpha_t \leftarrow 0.05 (1 + \cos(\pi p_t))",
    )
    assert trace.latex(constant(0.25)) == r"\alpha_t \leftarrow 0.25"


def test_a_warm_up_reads_with_the_schedule_that_follows():
    assert trace.latex(warmup(constant(0.1), 10)).lines == (
        r"\textit{later}_t \leftarrow \max(t - 10, 0)",
        r"\alpha_t \leftarrow \min\left(\frac{t + 1}{10}, 1\right) \cdot 0.1",
    )
    with pytest.raises(trace.TraceError, match="warmup has no formula without its sch"):
        trace.latex(warmup)


def test_restarts_of_one_length_read_as_a_remainder():
    assert trace.latex(warm_restarts(0.1, 10)).lines == (
        r"p_t \leftarrow \frac{t \bmod 10}{10}",
        r"\alpha_t \leftarrow 0.05 (1 + \cos(\pi p_t))",
    )


def test_a_mean_over_data_is_a_sum():
    data = {"x": [1.0, 2.0], "y": [2.0, 4.0]}
    surface = Surface.mean("(w*x + b - y)**2", "w b", data)
    wanted = r"L(w, b) = \frac{1}{N} \sum_{i=1}^{N} (w x_i + b - y_i)^2"
    assert trace.latex(surface) == wanted


def normed(w, grad):
    length = np.linalg.norm(grad)
    return w - 0.1 * grad / (length + 1e-8)


def remembering(x, g, state):
    m = 0.9 * state.get("m", 0) + g
    state["m"], state["previous"] = m, g
    return x - 0.01 * m


def early(x, g, state):
    x = x - g / (state.get("t", 0) + 2)
    return x, {"t": state.get("t", 0) + 1}


@pytest.mark.parametrize(
    ("step", "lines"),
    [
        (
            lambda x, g: x - 0.1 * np.sign(g),
            (r"x_t \leftarrow x_{t-1} - 0.1 \operatorname{sign}(g_t)",),
        ),
        (
            normed,
            (
                r"\textit{length}_t \leftarrow \lVert g_t \rVert",
                r"w_t \leftarrow w_{t-1} - 0.1 \frac{g_t}{\textit{length}_t + 10^{-8}}",
            ),
        ),
        (
            remembering,
            (
                r"m_t \leftarrow 0.9 m_{t-1} + g_t",
                r"x_t \leftarrow x_{t-1} - 0.01 m_t",
                r"\textit{previous}_t \leftarrow g_t",
            ),
        ),
        (early, (COUNT, r"x_t \leftarrow x_{t-1} - \frac{g_t}{t - 1 + 2}")),
        (
            lambda x, g: np.where((g > 0) & (x < 1), -x, np.clip(g, -1, 1)),
            (
                r"x_t \leftarrow \begin{cases} -x_{t-1} & \text{if } [g_t > 0] \wedge "
                r"[x_{t-1} < 1] \\ \operatorname{clip}(g_t, -1, 1) & \text{otherwise} "
                r"\end{cases}",
            ),
        ),
        (
            lambda x, g: np.array([x[0] - g[0], -(g @ g) * 2]) / (g > 0),
            (
                r"x_t \leftarrow \frac{(x_{t-1}[0] - g_t[0], (-g_t^\top g_t) \cdot 2)}"
                r"{[g_t > 0]}",
            ),
        ),
    ],
)
def test_a_learners_rule_reads_as_written(step, lines):
    assert trace.latex(step).lines == lines


@pytest.mark.parametrize(
    ("expression", "latex"),
    [
        ("x - (y - x)", "x - (y - x)"),
        ("x + (y - x)", "x + y - x"),
        ("x - -y", "x - (-y)"),
        ("x*(y + 1)*2", r"x (y + 1) \cdot 2"),
        ("(x*y)^2 - (-x)^2 + (2^x)^y", "(x y)^2 - (-x)^2 + (2^x)^y"),
        ("x^-2 + x^(y + 1)", "x^{-2} + x^{y + 1}"),
        ("(x/y)^2", r"\left(\frac{x}{y}\right)^2"),
        ("exp(-x)*sin(2*pi*y)", r"\exp(-x) \sin(2 \pi y)"),
        ("3e-7*x + 120000*y", r"3 \cdot 10^{-7} x + 120000 y"),
        ("sqrt(abs(x))/3 - 0*y", r"\frac{\sqrt{\lvert x \rvert}}{3}"),
        ("0 - x", "-x"),
    ],
)
def test_brackets_stand_where_they_are_needed_only(expression, latex):
    assert trace.latex(Surface(expression, "x y")) == f"L(x, y) = {latex}"


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("beta1", r"\beta_1"),
        ("v_hat", r"\hat{v}"),
        ("theta_hat_2", r"\hat{\theta}_2"),
        ("w_12", "w_{12}"),
        ("step_size", r"\textit{step size}"),
        ("G", "G"),
        ("lr", r"\alpha"),
        ("decay", r"\rho"),
        ("weight_decay", r"\lambda"),
    ],
)
def test_names_become_letters(name, latex):
    assert letter(name) == latex


def test_subscripts_join():
    assert letter("beta1", "t-1") == r"\beta_{1,t-1}"
    assert letter("peak", "t") == r"\alpha_{\max,t}"
    assert [number(v) for v in (2.0, 1e-8, math.pi)] == ["2", "10^{-8}", r"\pi"]


# SymPy


def random_values(names, seed=3):
    values = np.random.default_rng(seed).uniform(0.1, 0.9, len(names))
    return dict(zip(names, values, strict=True))


def numbers_of(expressions, given):
    symbols = {sp.Symbol(name, real=True): value for name, value in given.items()}
    return {name: float(sp.N(e.subs(symbols))) for name, e in expressions.items()}


@pytest.mark.parametrize("name", TRACEABLE)
def test_a_rule_in_sympy_is_the_rule(name):
    known = random_values(OPTIMIZERS[name]().hyperparameters)
    rule = OPTIMIZERS[name](**known)
    parts = random_values(rule.init(np.ones(1))._fields, seed=4) | {"t": 3}
    state = type(rule.init(np.ones(1)))(**parts)
    x, after = rule.step(np.array([0.7]), np.array([-0.4]), state)
    found = numbers_of(
        trace.sympy(rule), {**known, **parts, "x": 0.7, "gradient": -0.4}
    )
    wanted = {"x": x[0], **{n: np.ravel(v)[0] for n, v in after._asdict().items()}}
    assert found == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("name", SURFACES)
def test_a_surface_in_sympy_is_the_surface(name):
    surface = SURFACES[name]
    given = random_values(surface.variables)
    found = numbers_of(trace.sympy(surface), given)
    point = list(given.values())
    assert found.pop("value") == pytest.approx(surface(point), rel=1e-12)
    assert list(found.values()) == pytest.approx(surface.gradient(point), rel=1e-9)


@pytest.mark.parametrize("step", [0, 7, 100, 150])
@pytest.mark.parametrize(
    "schedule",
    [
        cosine(0.1, 100, floor=0.01),
        warmup(warm_restarts(0.1, 10, 2), 10),
        warm_restarts(0.1, 10),
        triangular(0.01, 0.1, 20),
        one_cycle(0.1, 120),
    ],
)
def test_a_schedule_in_sympy_is_the_schedule(schedule, step):
    found = numbers_of(trace.sympy(schedule), {"step": step})
    assert found["rate"] == pytest.approx(schedule(step), rel=1e-12)


def test_sympy_proves_what_adam_does_first():
    x, g, rate = sp.symbols("x gradient learning_rate", real=True)
    zero = dict.fromkeys(sp.symbols("m v t epsilon", real=True), 0)
    first = trace.sympy(adam)["x"].subs(zero)
    assert sp.simplify((x - first) * sp.Abs(g) - rate * g) == 0  # rate times the sign
