"""What the tracer records, what it refuses, and the JSON that it makes."""

import cProfile
import functools
import json
import math
import sys

import numpy as np
import pytest

from gdcourse import OPTIMIZERS, SURFACES, Surface, rule_from, trace
from gdcourse.optimizers import Rule, adam, gradient_descent, momentum, muon
from gdcourse.optimizers.rule import hyperparameters
from gdcourse.schedules import cosine
from gdcourse.trace import TraceError
from gdcourse.trace.graph import Node, gather, symbol
from gdcourse.trace.record import Traced

TRACEABLE = [name for name in OPTIMIZERS if "traceable" in OPTIMIZERS[name]().traits]

# Documents


def operations(graph):
    return [node[0] for node in graph["nodes"]]


@pytest.mark.parametrize("name", TRACEABLE)
def test_a_rule_is_plain_json(name):
    rule = OPTIMIZERS[name]()
    document = trace.rule(rule)
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document["hyperparameters"] == dict(rule.hyperparameters)
    state = rule.init(np.ones(2))
    assert [part for part, _ in document["state"]] == list(state._fields)
    assert document["latex"] == trace.latex(rule)
    assert trace.rule(OPTIMIZERS[name]) == document


def test_gradient_descent_is_a_small_graph():
    assert trace.rule(gradient_descent(0.5)) == {
        "name": "gradient descent",
        "hyperparameters": {"learning_rate": 0.5},
        "init": {
            "inputs": [["x", "vector"]],
            "nodes": [["constant", 0]],
            "outputs": [["t", 0]],
            "names": {},
        },
        "first": None,
        "step": {
            "inputs": [
                ["x", "vector"],
                ["gradient", "vector"],
                ["t", "scalar"],
                ["learning_rate", "scalar"],
            ],
            "nodes": [
                *(["input", i] for i in range(4)),
                ["constant", 1],
                ["add", 2, 4],
                ["multiply", 3, 1],
                ["subtract", 0, 6],
            ],
            "outputs": [["x", 7], ["t", 5]],
            "names": {"0": "x", "1": "g", "3": "alpha", "5": "t", "7": "x"},
        },
        "probe": None,
        "state": [["t", "scalar"]],
        "latex": trace.latex(gradient_descent),
    }


@pytest.mark.parametrize("name", SURFACES)
def test_a_surface_is_plain_json(name):
    surface = SURFACES[name]
    document = trace.surface(surface)
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    slopes = [f"d_{variable}" for variable in surface.variables]
    assert [output for output, _ in document["term"]["outputs"]] == ["value", *slopes]
    assert document["data"] == {}


def test_a_surface_with_data_brings_its_columns():
    data = {"x": [1.0, 2.0], "y": [2.0, 4.0]}
    document = trace.surface(Surface.mean("(w*x - y)**2", "w", data))
    assert document["data"] == data
    assert [name for name, _ in document["term"]["inputs"]] == ["w", "x", "y"]


def test_a_schedule_is_a_graph_where_it_can_be_traced():
    document = trace.rule(adam(cosine(0.1, 50)))["hyperparameters"]["learning_rate"]
    assert operations(document["graph"])[-1] == "add"
    assert document["graph"]["names"]["4"] == "progress"


@pytest.mark.parametrize(
    "schedule",
    [lambda step: 0.1 if step < 2 else 0.05, lambda step: 0.1 * math.exp(-step)],
)
def test_a_schedule_is_its_values_where_it_cannot(schedule):
    document = trace.rule(gradient_descent(schedule), steps=4)
    rates = document["hyperparameters"]["learning_rate"]["samples"]
    assert rates == [schedule(step) for step in range(4)]


def test_a_schedule_without_a_finite_value_is_refused():
    with pytest.raises(TraceError, match=r"gives inf at step 2"):
        trace.schedule(lambda step: math.inf if step == 2 else 0.1)


# Recording


def test_equal_results_are_recorded_once():
    def step(x, g):
        return x - (g**2 + 1) / (g**2 + 1)

    assert operations(trace.rule(step)["step"]).count("power") == 1


def test_a_loop_that_uses_each_result_twice_stays_small():
    def step(x, g):
        for _ in range(40):
            g = 1.5 * g - 0.5 * g * g * g
        return x - g

    assert len(trace.rule(step)["step"]["nodes"]) < 250
    assert len(trace.latex(step)) < 5000
    assert len(trace.javascript(step)) < 5000


def test_a_rule_that_is_too_long_is_refused():
    def step(x, g):
        for i in range(10_000):
            g = g / (i + 2) + x
        return g

    with pytest.raises(TraceError, match="shorten its loops"):
        trace.rule(step)


def changing(x, g, state):
    m = state.setdefault("m", np.zeros_like(x))
    m *= 0.9
    m += g
    x -= 0.1 * m
    return x


def replacing(x, g, state):
    m = 0.9 * state.get("m", np.zeros_like(x)) + g
    return x - 0.1 * m, {"m": m}


def test_changes_in_place_are_recorded():
    assert trace.sympy(changing) == trace.sympy(replacing)


def test_a_step_that_changes_arrays_in_place_leaves_the_callers_alone():
    rule, x, g = rule_from(changing), np.ones(2), np.ones(2)
    _, first = rule.step(x, g, {})
    _, second = rule.step(x, g, first)
    assert x.tolist() == g.tolist() == first["m"].tolist() == [1, 1]
    assert second["m"].tolist() == [1.9, 1.9]


def test_counting_in_place_does_not_change_the_old_count():
    def step(x, g, state):
        t = state.get("t", 0)
        t += 1
        return x - g / t, {"t": state.get("t", 0) + 10}

    assert str(trace.sympy(step)["t"]) == "t + 10"


def test_an_entry_of_the_state_may_begin_as_a_number():
    def step(x, g, state):
        old = state.get("m", 0.0)
        state["m"] = g
        return x - old * g

    document = trace.rule(step)
    assert document["state"] == [["m", "vector"]]
    assert document["first"]["outputs"][1][0] == "m"


def test_entries_are_told_apart_by_name_and_not_by_order():
    def step(x, g, state):
        if not state:
            return x - g, {"a": g, "b": 2 * g}
        return x - state["b"], {"b": 3 * state["b"], "a": state["a"]}

    outputs = trace.sympy(step)
    assert str(outputs["a"]) == "a"
    assert str(outputs["b"]) == "3*b"


def test_entries_that_are_no_words_get_names_of_their_own():
    def step(x, g, state):
        return x - g, {"x": g, "my mean": g, "2": g}

    names = [name for name, _ in trace.rule(step)["state"]]
    assert names == ["x_state", "my_mean", "s2"]


def test_the_point_where_a_rule_probes_is_traced():
    h = hyperparameters(learning_rate=0.1, beta=0.9)
    inner = momentum(0.1)

    def probe(x, state):
        _, beta = h.at(state.t)
        return x + beta * state.velocity

    document = trace.rule(Rule("looking ahead", inner.init, inner.step, h, probe=probe))
    assert operations(document["probe"])[-2:] == ["multiply", "add"]


def test_a_learners_factory_is_called_with_symbols():
    def heavy_ball(rate=0.1, beta=0.9):
        def step(x, g, state):
            v = beta * state.get("v", 0) + g
            return x - rate * v, {"v": v}

        return step

    first, second = trace.latex(heavy_ball).lines
    assert first == r"v_t \leftarrow \beta v_{t-1} + g_t"
    assert second == r"x_t \leftarrow x_{t-1} - \alpha v_t"
    assert "0.1" in trace.latex(heavy_ball()).lines[1]


# Names of results


def named(step):
    return set(trace.rule(step)["step"]["names"].values())


def halved(x, g, rate=0.5):
    half = g * rate
    return x - half


class Halved:
    def __call__(self, x, g):
        half = g / 2
        return x - half


def test_names_are_the_steps_own_local_variables():
    assert named(halved) == {"x", "g", "half"}
    assert named(Halved()) == {"x", "g", "half"}
    assert named(functools.partial(halved, rate=2)) == {"x", "g", "half"}


def test_an_earlier_profile_function_comes_back():
    def watch(frame, event, argument):
        return None

    sys.setprofile(watch)
    try:
        names = named(halved)
        assert sys.getprofile() is watch
    finally:
        sys.setprofile(None)
    assert names == {"x", "g", "half"}


def test_tracing_works_under_the_profiler_of_the_standard_library():
    formula = cProfile.Profile().runcall(trace.latex, lambda x, g: x - 2 * g)
    assert formula == r"x_t \leftarrow x_{t-1} - 2 g_t"


# Refusals


def compares(x, g):
    return x - g if g[0] > 0 else x


def unpacks(x, g):
    first, *_ = g
    return x - first


def assigns(x, g):
    x[0] = 1
    return x


def grows(x, g, state):
    state[f"k{len(state)}"] = g
    return x - g


def lists(x, g, state):
    state.setdefault("past", []).append(g)
    return x - g


def forgets(x, g):
    x = x - g


REFUSALS = [
    (compares, r"np\.where\(condition, this, that\)"),
    (lambda x, g: x - g if np.max(g) > 1 or g[0] else x, r"np\.where"),
    (lambda x, g: x - math.sqrt(g[0]), r"np\.sqrt for math\.sqrt"),
    (lambda x, g: x - float(g[0]), r"float\(\), int\(\)"),
    (lambda x, g: x - np.float64(g[0]), r"float\(\), int\(\)"),
    (lambda x, g: x - np.zeros(x.shape), r"float\(\), int\(\)"),
    (lambda x, g: x - round(g), r"float\(\), int\(\)"),
    (unpacks, r"take x\[0\], x\[1\]"),
    (lambda x, g: x - g / len(x), r"len\(\)"),
    (lambda x, g: np.array([a - b for a, b in zip(x, g, strict=True)]), r"for and"),
    (assigns, r"build a new one"),
    (lambda x, g: x - np.fft.fft(g), r"np\.fft\.fft cannot .* np\.sign, .* np\.where"),
    (lambda x, g: x - np.linalg.solve(np.eye(2), g), r"np\.linalg\.solve cannot"),
    (lambda x, g: x - np.add.reduce(g), r"np\.add\.reduce cannot"),
    (lambda x, g: x - g.std(), r"x\.std cannot be traced: use x\.sum\(\)"),
    (lambda x, g: x - np.sum(g, axis=1), r"np\.sum .* leave out its options"),
    (lambda x, g: x - g[::-1], r"take one coordinate"),
    (lambda x, g: x - (x & g), r"join comparisons"),
    (lambda x, g: x - np.ones((2, 2)) @ g, r"shape \(2, 2\)"),
    (lambda x, g: x - g * np.inf, r"contains inf"),
    (lambda x, g: x - np.sqrt(np.array([g[0], 2.0])), r"apply it to the entries"),
    (lambda x, g: x - "a", r"'a' is neither a number nor an array"),
    (lambda x, g: np.sum(x), r"your rule returned <traced scalar: sum>"),
    (forgets, r"forgets returned None: return the new x"),
    (lambda x, g: (x, {}, 3), r"the new x and the state"),
    (lambda x, g: (x, 3), r"The state is 3"),
    (grows, r"\['k0'\] at first and \['k0', 'k1'\] a step later"),
    (lists, r"The state keeps 'past' = .* numbers and vectors only"),
    (lambda x, g: x - np.random.default_rng().normal(size=2), r"random numbers"),
]


@pytest.mark.parametrize(("step", "sentence"), REFUSALS)
def test_what_cannot_be_traced_is_refused_in_one_sentence(step, sentence):
    with pytest.raises(TraceError, match=sentence) as refusal:
        trace.rule(step)
    assert isinstance(refusal.value, ValueError)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


def test_a_rule_that_says_it_cannot_be_traced_is_refused():
    rule = gradient_descent(0.1)
    rule = Rule("searching", rule.init, rule.step, rule.hyperparameters, frozenset())
    for unrecorded in (rule, muon()):
        sentence = f"{unrecorded.name} cannot be recorded .*: show the path"
        for show in (trace.rule, trace.latex, trace.javascript):
            with pytest.raises(TraceError, match=sentence):
                show(unrecorded)


@pytest.mark.parametrize("thing", [3, "adam", None])
def test_what_has_no_formula_is_refused(thing):
    with pytest.raises(TraceError, match="has no formula"):
        trace.latex(thing)
    with pytest.raises(ValueError, match="is not a rule"):
        trace.rule(thing)


# Traced values by themselves


def test_a_traced_value_shows_what_it_is():
    x = Traced.symbol("x", "vector")
    assert repr(x) == "<traced vector: x>"
    assert repr(x + 1) == "<traced vector: add>"
    assert (x.ndim, x[0].ndim, x[0].shape) == (1, 0, ())


def test_functions_and_methods_record_the_same():
    x = Traced.symbol("x", "vector")
    for name in ("sum", "mean", "max", "min"):
        assert getattr(np, name)(x).node.op == getattr(x, name)().node.op
    assert [part.node.kind for part in np.broadcast_arrays(x, x[0])] == ["vector"] * 2
    assert np.stack([x[0], x[1]]).node.op == "stack"
    assert np.linalg.norm(x, ord=np.inf).node.op == "max"


def test_a_graph_lists_its_inputs_before_it_needs_them():
    a, b = symbol("a"), symbol("b")
    graph = gather([b], {"sum": Node("add", (a, a))})
    assert graph.inputs == (("b", "scalar"), ("a", "scalar"))
    assert graph.to_json()["nodes"] == [["input", 1], ["add", 0, 0]]
