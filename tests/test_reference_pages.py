"""The reference pages run, and show all that the library has."""

import re
from pathlib import Path

import pytest

from gdcourse.rosetta import ROSETTA

BOOK = Path(__file__).resolve().parents[1] / "book"
HEAD = r"(?::tags:[^\n]*\n|---\n.*?---\n)?"
CELL = re.compile(r"```\{code-cell\} ipython3\n" + HEAD + r"(.*?)```", re.DOTALL)


def sections(page):
    """Return the code of each section of a page, what comes before the first too."""
    text = (BOOK / page).read_text("utf-8")
    return [
        "\n".join(CELL.findall(part)) for part in re.split(r"^## ", text, flags=re.M)
    ]


def test_the_rosetta_table_has_each_row_in_order():
    assert re.findall(r'^show\("(.*)"\)', "\n".join(sections("rosetta.md")), re.M) == [
        *ROSETTA
    ]


@pytest.fixture(scope="module")
def said():
    """Run the page once, and keep what each section printed."""
    space, kept = {}, []
    for code in sections("rosetta.md"):
        lines = []
        space["print"] = lambda *parts, to=lines: to.append(" ".join(map(str, parts)))
        exec(code, space)
        kept.append(lines)
    return dict(zip(ROSETTA, kept[1:], strict=True))


@pytest.mark.parametrize("name", ROSETTA)
def test_each_demonstration_bears_its_row_out(name, said):
    verdicts = [line for line in said[name] if "same path" in line]
    own = verdicts[-1] if name == "defaults of RMSProp" else verdicts[0]
    assert own.startswith("the same") == ROSETTA[name].same_path


@pytest.fixture(scope="module")
def table():
    """Run the optimizer table's page and give its functions."""
    space = {}
    exec("\n".join(sections("optimizer-table.md")), space)
    return space


# K254: what each rule has, by the papers. Muon works on matrices.
@pytest.mark.parametrize(
    ("name", "momentum", "own_rates", "numbers"),
    [
        ("gradient_descent", False, False, 0),
        ("momentum", True, False, 1),
        ("nesterov", True, False, 1),
        ("adagrad", False, True, 1),
        ("rmsprop", False, True, 1),
        ("adam", True, True, 2),
        ("adamw", True, True, 2),
        ("lion", True, True, 1),
    ],
)
def test_the_optimizer_table_agrees_with_the_papers(
    name, momentum, own_rates, numbers, table
):
    assert (table["rolls_on"](name), table["own_rates"](name)) == (momentum, own_rates)
    assert table["kept"](name).startswith(f"{numbers}")


def test_the_optimizer_table_counts_what_methods_ask_for(table):
    assert table["asked"]("sam") == (40, 0, 0)
    assert table["asked"]("sophia") == (20, 0, 2)
    assert table["asked"]("newton") == (20, 0, 20)
