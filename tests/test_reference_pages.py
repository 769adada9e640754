"""The reference pages run, and show all that the library has."""

import re
from pathlib import Path

import pytest

from gdcourse.rosetta import ROSETTA

BOOK = Path(__file__).resolve().parents[1] / "book"
CELL = re.compile(r"```\{code-cell\} ipython3\n(?::tags:[^\n]*\n)?(.*?)```", re.DOTALL)


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
