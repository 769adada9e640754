"""Receipts: a number quoted in the text, checked against the value it stands for."""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

import numpy as np

_SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", "∞": "inf", " ": "", "_": ""})
_SPACES = re.compile("[\u00a0\u2009\u202f]")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER = re.compile(r"(?:[×·x*]|\\cdot|\\times)10(?:\^|\*\*)?\{?([-+]?\d+)\}?$")
_THOUSANDS = re.compile(r"^[-+]?\d{1,3}(,\d{3})+(?=\D|$)")


class Quoted(NamedTuple):
    """A number as a text states it, and the unit of its last digit."""

    value: Decimal
    unit: Decimal
    percent: bool


def receipt(text: str, value: Any) -> None:
    """Raise AssertionError unless ``value`` rounds to the number quoted in ``text``.

    The text is written as the reader sees it: "0.2209", "12,500", "-3.0e-4",
    "1.5 × 10⁻⁷", "12.5 %".  Its last digit says how exactly it speaks.

    >>> receipt("0.33", 1 / 3)
    0.33 ✓
    >>> receipt("33 %", 0.35)
    Traceback (most recent call last):
        ...
    AssertionError: The text says 33 %, but the value is 0.35, which rounds to 35 %.
    """
    quoted, found = quote(text), _number(value)
    if not _agree(quoted, found):
        raise AssertionError(
            f"The text says {text}, but the value is {found!r}, "
            f"which rounds to {_alike(quoted, found)}."
        )
    print(f"{text} ✓")


def quote(text: str) -> Quoted:
    """Read a number as people write it; anything else raises ValueError.

    >>> quote("12,500")
    Quoted(value=Decimal('12500'), unit=Decimal('1'), percent=False)
    """
    if not isinstance(text, str):
        raise ValueError(
            f"Quote {text!r} as text, in quotation marks: its last digit says how "
            f"exactly it speaks."
        )
    plain = _SPACES.sub("", text).translate(_SIGNS)
    percent = plain.endswith("%")
    plain = plain.removesuffix("%").translate(_SUPERSCRIPTS)
    if _THOUSANDS.match(plain):
        plain = plain.replace(",", "")
    plain = _POWER.sub(r"e\1", plain)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not one number, such as '0.2209'.") from None
    exponent = number.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
    return Quoted(number, unit, percent)


def _number(value: Any) -> int | float:
    """Take one real number out of what a notebook computes with."""
    array = np.asarray(value)
    if array.size != 1 or array.dtype.kind not in "iuf":
        raise ValueError(
            f"The value {value!r} is not one real number: pass one, such as "
            f"path.loss[-1]."
        )
    number: int | float = array.item()
    return number


def _agree(quoted: Quoted, found: float) -> bool:
    """Say whether ``found`` lies within half a unit of the quoted last digit."""
    if not math.isfinite(found) or not quoted.value.is_finite():
        return str(found) == str(float(quoted.value))
    return abs(_scaled(quoted, found) - quoted.value) <= quoted.unit / 2


def _scaled(quoted: Quoted, found: float) -> Decimal:
    return Decimal(found) * (100 if quoted.percent else 1)


def _alike(quoted: Quoted, found: float) -> str:
    """Round ``found`` the way the quoted text is rounded."""
    if not math.isfinite(found) or not quoted.value.is_finite():
        return f"{found:.4g}"
    rounded = (_scaled(quoted, found) / quoted.unit).to_integral_value() * quoted.unit
    return f"{rounded:f}" + (" %" if quoted.percent else "")
