"""Read a chapter the way its reviewers do: every number in the prose has a source.

A number of two or more significant digits is a literal of a code cell (a setting), or
stands in a stored output or a receipt (a result), or has a citation in its sentence
(published), or a row in tests/plain_numbers.toml that gives its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from IPython.core.inputtransformer2 import TransformerManager

from gdcourse.receipts import quote

NUMBER = re.compile(
    r"""(?<![\w.])(?:
        10(?:\^\{?[-+]?\d+\}?|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)          # a power of ten alone
      | (?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
        (?:[eE][-+]?\d+
          |\ ?(?:×|·|\\cdot|\\times)\ ?10(?:\^\{?[-+]?\d+\}?|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))?
        (?!\d|[.,]\d)(?:\s?%)?
    )""",
    re.VERBOSE,
)
LINK = re.compile(r"!?\[((?:[^][]|\[[^][]*\])*)\]\(([^()\s]*(?:\([^()]*\))?[^()\s]*)\)")
CITED = re.compile(r"\]\((?:https?://|[^)\s]*bibliography)")
CHAPTER = re.compile(r"\b[Cc]hapters? \d+(?: (?:to|and) \d+)?")
SENTENCE_END = re.compile(r"(?<=[.!?:])[)*_”\"]*\s+(?=[A-Z*_\[($`“\"])")


class Stated(NamedTuple):
    """A number in the prose: the cell and the sentence that state it."""

    cell: str
    number: str
    sentence: str


def sentences(markdown: str) -> Iterator[str]:
    """Split a cell's Markdown into sentences; items and table rows stand alone."""
    block = ""
    for line in [*markdown.splitlines(), ""]:
        if not line.strip() or re.match(r"\s*(?:[-*+#|>]|\d+\.)\s*", line):
            yield from filter(None, SENTENCE_END.split(block.strip()))
            block = ""
        block += re.sub(r"^\s*(?:[-*+>#]+|\d+\.)\s+", "", line) + " "


def numbers(sentence: str) -> list[str]:
    """List the numbers of two or more significant digits that a sentence states."""
    return [number for number in all_numbers(sentence) if significant(number) > 1]


def all_numbers(sentence: str) -> list[str]:
    """List every number of a sentence, in the words of its reader."""
    plain = CHAPTER.sub("", LINK.sub(r"\1", sentence))
    plain = re.sub(r"<!--.*?-->|</?[a-z][^>]*>", " ", plain)
    plain = plain.replace("{,}", ",").replace(r"\%", "%").replace(r"\,%", "%")
    plain = re.sub(r"_(?:\{[^}]*\}|\d+)", " ", plain)  # the index of a letter
    plain = re.sub(r"(\\[A-Za-z]+)(?=\d)", r"\1 ", plain)  # \times25
    return [found.strip() for found in NUMBER.findall(plain)]


def significant(number: str) -> int:
    """Count the significant digits: 2 in 0.50 and in 1.5e3, but 1 in 100."""
    if re.match(r"10[\^⁰¹²³⁴⁵⁶⁷⁸⁹⁻]", number):
        return 1
    mantissa = re.split(r"[eE×·\\%\s]", number)[0].replace(",", "")
    digits = mantissa.replace(".", "").lstrip("0")
    return len(digits if "." in mantissa else digits.rstrip("0"))


def values(number: str) -> set[Decimal]:
    """Give the values a stated number may have elsewhere: 5 % is 5 or 0.05."""
    if re.match(r"10[\^⁰¹²³⁴⁵⁶⁷⁸⁹⁻]", number):
        number = "1·" + number
    quoted = quote(number)
    size = abs(quoted.value)
    return {size, size / 100} if quoted.percent else {size}


def sourced(notebook: Any) -> set[Decimal]:
    """Collect every value that code, outputs and receipts of a notebook give."""
    found: set[Decimal] = set()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for constant in constants(tree(cell.source)):
                found |= _values_in(constant)
            for output in cell.outputs:
                found |= _values_in(printed(output))
    return found


def printed(output: Any) -> str:
    """Give the text of a stored output."""
    data = output.get("data", {})
    return "\n".join([output.get("text", ""), *map(str, data.values())])


def _values_in(words: str) -> set[Decimal]:
    return {value for number in NUMBER.findall(words) for value in values(number)}


def unexplained(notebook: Any, rows: Iterable[dict[str, str]] = ()) -> list[Stated]:
    """List the numbers of the prose that nothing vouches for."""
    known = sourced(notebook)
    allowed = {(row["cell"], row["number"]) for row in rows}
    return [
        stated
        for stated in stated_numbers(notebook)
        if (stated.cell, stated.number) not in allowed
        and not values(stated.number) & known
        and not CITED.search(stated.sentence)
    ]


def stated_numbers(notebook: Any) -> Iterator[Stated]:
    """Go through the numbers of two or more significant digits in the prose."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for sentence in sentences(cell.source):
                for number in numbers(sentence):
                    yield Stated(cell.id, number, sentence)


def tree(source: str) -> ast.Module:
    """Parse the code of a cell, which may hold IPython's own commands."""
    plain: str = TransformerManager().transform_cell(source)
    return ast.parse(plain)


def constants(node: ast.AST) -> Iterator[str]:
    """Go through the numbers and texts that stand in a piece of code."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and not isinstance(inner.value, bool):
            yield str(inner.value)


def receipts(notebook: Any) -> Iterator[tuple[str, ast.Call]]:
    """Go through the calls of receipt() with the id of their cell."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for node in ast.walk(tree(cell.source)):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "receipt":
                    yield cell.id, node


def receipt_fault(call: ast.Call) -> str:
    """Say why a receipt proves nothing: its value must not be the quoted digits."""
    code = ast.unparse(call)
    quoted, value = [*call.args, call, call][:2]
    text = getattr(quoted, "value", None)
    if len(call.args) != 2 or not isinstance(text, str):
        return f'{code}: write receipt("0.2209", value), the text as a literal.'
    positions = {
        constant
        for node in ast.walk(value)
        if isinstance(node, ast.Subscript)
        for constant in constants(node.slice)
    }
    written = [constant for constant in constants(value) if constant not in positions]
    if any(_same_digits(text, constant) for constant in written):
        return (
            f"{code}: the value holds the digits {text} itself, so it proves nothing."
        )
    if isinstance(value, ast.Constant):
        return f"{code}: the value is a constant; compute it."
    return ""


def _same_digits(text: str, constant: str) -> bool:
    """Say whether a constant in the code is the quoted number or rounds to it."""
    unit = quote(text).unit if significant(text.strip("+-− ")) > 1 else Decimal(0)
    return any(
        abs(written - value) <= unit / 2
        for written in _values_in(constant)
        for value in values(text)
    )


def stale_receipts(notebook: Any) -> list[str]:
    """List the receipts whose number no sentence of the chapter states any more."""
    stated: set[Decimal] = set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for number in all_numbers(cell.source):
                stated |= values(number)
    texts = [ast.literal_eval(call.args[0]) for _, call in receipts(notebook)]
    return [text for text in texts if not values(text) & stated]
