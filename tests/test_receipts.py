"""A receipt holds where the value rounds to the quoted text, and nowhere else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcourse.receipts import receipt

HOLDING = [
    ("0.2209", 0.22094),
    ("0.2209", np.float64(0.220851)),
    ("12,500", 12_499.7),
    ("1,234,567.8", 1_234_567.84),
    ("\N{MINUS SIGN}1.50", -1.4961),
    ("+3", 3),
    ("-3.0e-4", -0.00030049),
    ("1.5 × 10⁻⁷", 1.4831e-7),
    (r"1.5 \cdot 10^{-7}", 1.4831e-7),
    ("12.5 %", 0.12496),
    ("12.5%", np.array([0.12504])),
    ("-0.0", 0.01),
    ("∞", np.inf),
    ("nan", float("nan")),
    ("7", np.int32(7)),
]
FAILING = [
    ("0.2209", 0.2210),
    ("0.220", 0.2209),
    ("0.20", 0.206),
    ("12,500", 12_501),
    ("-1.50", 1.50),
    ("-3.0e-4", -0.00031),
    ("12.5 %", 12.5),
    ("7", np.inf),
    ("∞", 7.0),
    ("∞", float("nan")),
]


@pytest.mark.parametrize(("text", "value"), HOLDING)
def test_a_true_number_is_confirmed_in_one_short_line(text, value, capsys):
    receipt(text, value)
    assert capsys.readouterr().out == f"{text} ✓\n"


@pytest.mark.parametrize(("text", "value"), FAILING)
def test_a_wrong_number_is_refused(text, value):
    with pytest.raises(AssertionError, match="The text says"):
        receipt(text, value)


def test_the_message_rounds_the_value_like_the_text():
    with pytest.raises(AssertionError, match=r"is 0\.31, which rounds to 0\.3100\.$"):
        receipt("0.2209", 0.31)


@pytest.mark.parametrize("text", ["", "about 3", "1,23", "1.2.3", "0.1 0.2 %%"])
def test_a_text_that_is_no_number_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"is not one number, such as '0\.2209'"):
        receipt(text, 1.0)


@pytest.mark.parametrize("value", [[1.0, 2.0], "0.5", None, 1j, True])
def test_a_value_that_is_no_single_number_is_refused(value):
    with pytest.raises(ValueError, match="is not one real number"):
        receipt("0.5", value)


def test_a_number_must_be_quoted_as_text():
    with pytest.raises(ValueError, match="in quotation marks"):
        receipt(0.5, 0.5)


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_what_python_prints_always_holds(value, digits):
    receipt(f"{value:,.{digits}f}", value)
    receipt(f"{value:.{digits}e}", value)


@given(st.integers(-(10**6), 10**6), st.integers(0, 4), st.sampled_from([-1, 1]))
def test_one_unit_more_or_less_in_the_last_digit_never_holds(number, digits, change):
    text = f"{(number + change) / 10**digits:.{digits}f}"
    with pytest.raises(AssertionError):
        receipt(text, number / 10**digits)
