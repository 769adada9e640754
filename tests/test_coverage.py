"""Where the course has what it must contain: the counts, the places, what is open."""

import ast
import re
from functools import cache
from pathlib import Path

import nbformat
import pytest

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
COUNTS = {"D": 20, "A": 101, "T": 132, "C": 30, "Q": 26, "F": 31}
TABLE = tomllib.loads((ROOT / "tests" / "coverage.toml").read_text("utf-8"))


def places(value):
    return [value] if isinstance(value, str) else value


NAMED = [
    (name, place)
    for section in TABLE.values()
    for name, value in section.items()
    for place in places(value)
    if place
]


@cache
def anchors(path):
    """Collect what a link into a notebook or page can name."""
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        text = "\n\n".join(c.source for c in cells if c.cell_type == "markdown")
        return {cell.id for cell in cells} | headings(text)
    return headings(path.read_text("utf-8"))


def headings(text):
    """Give the anchors of headings, as GitHub and the site make them, and labels."""
    found = re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in found}
    return slugs | set(re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE))


@cache
def names(path):
    """Collect what a module defines, methods and entries of registries too."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
            found |= {
                f"{node.name}.{inner.name}"
                for inner in node.body
                if isinstance(inner, ast.FunctionDef)
            }
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def missing(place):
    """Say what a place lacks, or nothing."""
    file, mark, name = re.fullmatch(r"(.+?)(#|::)(.+)|.*", place).groups()
    if not mark:
        return f"{place!r} names no cell, heading or definition"
    path = ROOT / file
    if not path.is_file():
        return f"{file} does not exist"
    known = names(path) if mark == "::" else anchors(path)
    return "" if name in known else f"{file} has no {name!r}"


def test_every_item_is_listed_once_and_in_order():
    assert list(TABLE) == list(COUNTS)
    for letter, count in COUNTS.items():
        expected = [f"{letter}{number}" for number in range(1, count + 1)]
        assert list(TABLE[letter]) == expected


@pytest.mark.parametrize(("name", "place"), NAMED)
def test_the_named_place_exists(name, place):
    assert not missing(place), f"{name}: {missing(place)}"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("gdcourse/optimizers/adaptive.py::adam", ""),
        ("gdcourse/surface.py::Surface.gradient", ""),
        ("gdcourse/schedules/__init__.py::SCHEDULES", ""),
        ("gdcourse/descend.py::ascend", "has no 'ascend'"),
        ("gdcourse/none.py::adam", "does not exist"),
        ("book/notation.md#notation", ""),
        ("book/notation.md#nowhere", "has no 'nowhere'"),
        ("book/notation.md", "names no cell"),
    ],
)
def test_a_wrong_place_is_noticed(place, words):
    assert words in missing(place)
    assert bool(words) is bool(missing(place))
