"""The family of the rules: its table, its words, its formulas."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gdcourse import plots, trace
from gdcourse.figures import FamilyTree, build
from gdcourse.figures.mathml import mathml
from gdcourse.lineage import LINEAGE, memory
from gdcourse.optimizers import METHODS, OPTIMIZERS

# K253: momentum joins once, in Adam; RMSProp has none
CORRECTED = {
    "rmsprop": {"adagrad"},
    "adagrad": {"sgd"},
    "adam": {"momentum", "rmsprop"},
    "adamw": {"adam"},
}


def ancestors(name):
    found = set(LINEAGE[name].parents)
    return found.union(*(ancestors(parent) for parent in found))


def test_momentum_joins_the_tree_once_in_adam():
    for name, parents in CORRECTED.items():
        assert set(LINEAGE[name].parents) == parents
    assert "momentum" not in ancestors("rmsprop")
    assert "bias correction" in LINEAGE["adam"].adds


def test_years_rise_and_each_rule_is_younger_than_its_parents():
    years = [origin.year for origin in LINEAGE.values()]
    assert years == sorted(years)
    for origin in LINEAGE.values():
        assert all(LINEAGE[parent].year < origin.year for parent in origin.parents)
        assert origin.rule in {"", *OPTIMIZERS, *METHODS}


def test_names_and_years_are_the_checked_ones():
    assert LINEAGE["lamb"].authors == "You, Li, Reddi and others"  # K244
    assert "stochastic approximation" in LINEAGE["sgd"].idea  # K237
    assert LINEAGE["muon"].year == 2024  # K251


SCRIPT = Path(build.HERE) / "js" / "drawing" / "mathml.js"

# K254: numbers kept for each parameter
KEPT = {"gradient_descent": 0, "momentum": 1, "adagrad": 1, "rmsprop": 1, "lion": 1}
KEPT |= {"adam": 2, "adamw": 2, "sophia": 2}


@pytest.mark.parametrize("rule", KEPT)
def test_memory_is_counted_from_the_code(rule):
    assert len(memory(rule)) == KEPT[rule]


def text_of(tree):
    return "".join(
        each if isinstance(each, str) else text_of(each) for each in tree[2:]
    )


def test_formulas_are_those_traced_from_the_code():
    entries = {each["name"]: each for each in FamilyTree().settings["entries"]}
    assert len(entries["Adam"]["formula"]) == len(trace.latex(OPTIMIZERS["adam"]).lines)
    assert text_of(entries["momentum"]["formula"][1]) == "vt←βvt−1+gt"
    without = {name for name, each in entries.items() if not each["formula"]}
    assert without == {"SAM", "Sophia", "Muon"}


@pytest.mark.parametrize("name", [n for n in OPTIMIZERS if n != "muon"])
def test_the_browser_knows_every_element_of_every_formula(name):
    words = set(re.findall(r"\w+", SCRIPT.read_text("utf-8")))

    def check(tree):
        assert {tree[0], *tree[1]} <= words
        for inside in tree[2:]:
            if not isinstance(inside, str):
                check(inside)

    for line in trace.latex(OPTIMIZERS[name]).lines:
        check(mathml(line))


def test_without_scripts_there_is_a_drawn_tree_and_a_list():
    for view, count in (("tree", 13), ("timeline", 14)):
        figure = FamilyTree(view)
        still = plots.still("family", figure.settings, figure.alt)
        assert still.count("<li>") == count and "Kingma and Ba (2014)" in still
        ElementTree.fromstring(still)


BAD = {
    "view": (lambda: FamilyTree("forest"), "There is no view 'forest'"),
    "rule": (lambda: FamilyTree(opened="adm"), "Did you mean 'adam'?"),
    "not in the tree": (lambda: FamilyTree(opened="backpropagation"), "There is no"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    make, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)):
        make()
