"""The reader of numbers finds what a person would, and knows what vouches for it."""

import ast
from decimal import Decimal

import nbformat
import pytest

import prose
from draft import read_draft


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It took 12,500 steps at a rate of 0.05.", ["12,500"]),
        ("From 0.2209, then 0.10: down.", ["0.2209", "0.10"]),
        ("About $1.5\\cdot 10^{-7}$ or 1.5e-7.", ["1.5\\cdot 10^{-7}", "1.5e-7"]),
        ("Less than $10^{-12}$, than 10⁻¹².", []),
        ("Some 1.5 × 10⁻⁷ of it.", ["1.5 × 10⁻⁷"]),
        ("Ten is 10, and 100 has one digit that counts.", []),
        ("The loss fell by 12.5 % and $25\\%$.", ["12.5 %", "25%"]),
        ("A $\\frac{25}{3}$ of $12{,}500$ $\\times25$.", ["25", "12,500", "25"]),
        ("The names x_12, $x_{12}$, $\\theta_{12}$, float64 and K12.", []),
        ("See [section 22](https://a.example/33) in chapter 12.", ["22"]),
        ('<span class="w-33">44</span>', ["44"]),
        ("`learning_rate=0.25` makes it 12x faster.", ["0.25", "12"]),
    ],
)
def test_numbers_of_two_significant_digits_are_found(sentence, found):
    assert prose.numbers(sentence) == found


@pytest.mark.parametrize(
    ("number", "count"),
    [("0.0500", 3), ("1.5e3", 2), ("1,200", 2), ("10^{-12}", 1), ("10⁻¹²", 1),
     (".25", 2), ("5 %", 1), ("2014", 4)],
)  # fmt: skip
def test_significant_digits_are_counted(number, count):
    assert prose.significant(number) == count


def test_a_percentage_may_stand_elsewhere_as_a_fraction():
    assert prose.values("12.5 %") == {Decimal("12.5"), Decimal("0.125")}
    assert prose.values("10^{-3}") == {Decimal("0.001")}


def test_sentences_end_at_points_and_items():
    text = (
        "# A title\n\nOne costs 3.5 dollars. Two do\nnot.\n- item\n  goes on\n- next\n"
        "1. first\n\n> **Predict.** What? Then wait."
    )
    assert [" ".join(s.split()) for s in prose.sentences(text)] == [
        *("A title", "One costs 3.5 dollars.", "Two do not.", "item goes on", "next"),
        *("first", "**Predict.", "What?", "Then wait."),
    ]


def chapter(text, code="", output=""):
    notebook = read_draft(f"%% [markdown] id=text\n{text}\n%% id=code\n{code}")
    stream = {"output_type": "stream", "name": "stdout", "text": output}
    notebook.cells[1].outputs = [nbformat.from_dict(stream)]
    return notebook


@pytest.mark.parametrize(
    "notebook",
    [
        chapter("The rate is 0.25.", code="rate = 0.25"),
        chapter("It starts at −1.5.", code="start = -1.5"),
        chapter("The slope of $45x$ is steep.", code="Surface('45*x')"),
        chapter("The loss is 0.2209.", output="loss 0.2209"),
        chapter("It is 12.5 %.", output="0.125"),
        chapter("The loss is 0.2209.", code='receipt("0.2209", path.loss[-1])'),
        chapter("[Cauchy](https://doi.example/1) wrote in 1847."),
    ],
)
def test_a_number_with_a_source_passes(notebook):
    assert prose.unexplained(notebook) == []


def test_a_number_without_a_source_is_named_with_its_sentence():
    notebook = chapter(
        "All is well. The loss is 0.2209. [More](#below).", "rate = 0.22"
    )
    (stated,) = prose.unexplained(notebook)
    assert stated == ("text", "0.2209", "The loss is 0.2209.")
    assert not prose.unexplained(notebook, [{"cell": "text", "number": "0.2209"}])


def fault(code):
    return prose.receipt_fault(ast.parse(code).body[0].value)


@pytest.mark.parametrize(
    "code",
    [
        'receipt("0.2209", path.loss[-1])',
        'receipt("12", path.x[12])',
        'receipt("0.2209", descend(bowl, rule, start=[2.0, 1.5]).loss[-1])',
    ],
)
def test_a_receipt_that_computes_its_value_is_accepted(code):
    assert fault(code) == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('receipt("0.2209", 0.2209)', "proves nothing"),
        ('receipt("0.2209", 2 * 0.22090)', "proves nothing"),
        ('receipt("-0.2209", float("0.2209"))', "proves nothing"),
        ('receipt("12 %", 0.12 * x)', "proves nothing"),
        ('receipt("0.2209", 0.22094)', "proves nothing"),
        ('receipt("7", 6.9)', "compute it"),
        ("receipt(0.2209, x)", "as a literal"),
        ("receipt(text, x)", "as a literal"),
        ('receipt("0.2209")', "as a literal"),
    ],
)
def test_a_receipt_that_holds_its_own_digits_is_refused(code, words):
    assert words in fault(code)


def test_a_receipt_whose_number_left_the_text_is_stale():
    code = 'receipt("0.22", x)\nreceipt("0.5", y)'
    assert prose.stale_receipts(chapter("It is 0.22 now.", code)) == ["0.5"]
