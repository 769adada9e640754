"""What the library says of itself: docstrings, examples, sources and what it loads."""

import ast
import doctest
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import gdcourse
from gdcourse import (
    METHODS,
    OPTIMIZERS,
    SCHEDULES,
    curvature,
    data,
    descend,
    gradients,
    network,
    plots,
    rosetta,
    search,
    style,
    training,
)
from gdcourse.blocks import in_blocks
from gdcourse.optimizers import CountedLoss, rule_from
from gdcourse.schedules import one_cycle_momentum
from gdcourse.surfaces import quadratic, rastrigin_in, rosenbrock_in

PACKAGE = Path(gdcourse.__file__).parent
MODULES = sorted(
    file
    for file in PACKAGE.rglob("*.py")
    if not {"node_modules", "exercises", "template"} & set(file.parts)
)
HEAVY = "sympy matplotlib ipywidgets anywidget IPython scipy torch pandas".split()
HEAVY += ["tqdm", "numba"]

WITH_EXAMPLE = {
    "descend": descend,
    "rule_from": rule_from,
    "in_blocks": in_blocks,
    "Path": gdcourse.Path,
    "Rule": gdcourse.Rule,
    "Surface": gdcourse.Surface,
    "Method": gdcourse.Method,
    "CountedLoss": CountedLoss,
    "Surface.mean": gdcourse.Surface.mean,
    "Surface.sum": gdcourse.Surface.sum,
    **{f.__name__: f for f in (quadratic, rastrigin_in, rosenbrock_in)},
    **{
        name: getattr(data, name)
        for name in data.__all__
        if name not in ("Houses", "Digits", "Samples")
    },
    **OPTIMIZERS,
    **METHODS,
    **{name: getattr(curvature, name) for name in curvature.__all__},
    "grid_search": search.grid_search,
    "random_search": search.random_search,
    **SCHEDULES,
    **{
        f"network.{name}": getattr(network, name)
        for name in network.__all__
        if name.islower() or name in {"Activation", "Layer", "Network"}
    },
    **network.INITIALISERS,
    "one_cycle_momentum": one_cycle_momentum,
    **{
        f"training.{name}": getattr(training, name)
        for name in training.__all__
        if name not in ("PICKS", "Epoch", "Update")
    },
    **{f"gradients.{name}": getattr(gradients, name) for name in gradients.__all__},
    "Convention": rosetta.Convention,
    **{f"plots.{name}": getattr(plots, name) for name in plots.__all__},
    **{
        f"style.{n}": getattr(style, n) for n in ("css", "look", "colours", "variables")
    },
}


def loaded_after(code):
    """Return which heavy packages a fresh Python has loaded after ``code``."""
    code += f"; import sys; print(*[n for n in {HEAVY} if n in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert not run.stderr
    return run.stdout.split()


def test_importing_the_package_loads_numpy_only():
    assert loaded_after("import gdcourse, numpy") == []


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        ("from gdcourse import data; data.houses()", []),
        ("from gdcourse import style; style.css()", []),
        ("from gdcourse import SURFACES, OPTIMIZERS; OPTIMIZERS['adam'](0.1)", []),
        ("from gdcourse.surfaces import bowl; bowl.gradient([1, 2])", ["sympy"]),
        ("from gdcourse import network; network.mlp([2, 3])", []),
        ("from gdcourse import plots", []),
        ("from gdcourse import training", []),
    ],
)
def test_each_part_loads_what_it_needs_when_it_needs_it(code, heavy):
    assert loaded_after(code) == heavy


@pytest.mark.parametrize("name", WITH_EXAMPLE)
def test_each_public_name_has_one_short_example(name):
    text = inspect.getdoc(WITH_EXAMPLE[name])
    examples = doctest.DocTestParser().get_examples(text)
    lines = [e.source.count("\n") + e.want.count("\n") for e in examples]
    assert 2 <= sum(lines) <= 5


@pytest.mark.parametrize("name", WITH_EXAMPLE)
def test_each_docstring_begins_with_one_sentence(name):
    first = inspect.getdoc(WITH_EXAMPLE[name]).split("\n\n")[0]
    assert first[0].isupper()
    assert first.rstrip().endswith(".")


@pytest.mark.parametrize("name", [*OPTIMIZERS, *METHODS])
def test_each_optimizer_names_its_source_and_its_errors(name):
    text = inspect.getdoc({**OPTIMIZERS, **METHODS}[name])
    assert "Source: " in text
    assert "Raises ValueError" in text


def public(tree):
    """Return the public functions, classes and methods of a module."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name[0] != "_":
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def words(name):
    return name.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("file", MODULES, ids=words)
def test_modules_are_short_and_documented(file):
    text = file.read_text("utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "the module needs a docstring"
    assert text.count("\n") <= 200
    for node in public(tree):
        assert ast.get_docstring(node), f"{node.name} needs a docstring"


def code_lines(node, text):
    """Count the lines of a function without its docstring."""
    start = node.body[1].lineno if ast.get_docstring(node) else node.body[0].lineno
    lines = text.splitlines()[start - 1 : node.end_lineno]
    return sum(bool(line.strip()) for line in lines)


@pytest.mark.parametrize("file", MODULES, ids=words)
def test_functions_are_short(file):
    text = file.read_text("utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and len(node.body) > 1:
            assert code_lines(node, text) <= 30, node.name
