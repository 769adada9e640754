"""Explain an exception of the learner's code in one sentence, with their line."""

from __future__ import annotations

import functools
import linecache
import re
import traceback
from types import CodeType
from typing import Any

from gdcourse.exercises import words

# What to add to Python's own message where it helps few beginners.
ADVICE = {
    r"truth value of an array": "a comparison of arrays gives one True or False for "
    "each coordinate, and `if` needs one: compare a single number, such as a norm",
    r"[Cc]annot cast ufunc|UFuncTypeError": "an array of whole numbers cannot hold "
    "fractions: make a new array instead of changing the given one",
    r"can't multiply sequence": "a list cannot be multiplied by a fraction: make it "
    "an array with np.array",
    r"unsupported operand type\(s\) for .*'list'": "lists cannot be added or "
    "subtracted as vectors: make them arrays with np.array",
    r"'(float|int)' object (is not (iter|subscr)|has no)|of type '(float|int)' has no|"
    r"invalid index to scalar": "a single number may stand where an array is meant, "
    "and it has no coordinates and no methods of an array: np.asarray helps",
    r"object is not callable": "a value stands before the brackets, not a function: "
    "use it without brackets, or put `*` between the two",
    r"for \^|bitwise_xor": "the power is written `**`: `^` is something else in Python",
    r"could not be broadcast|mismatch in its core": "the shapes of two arrays do not "
    "go together: print both shapes",
    r"for .*'(Counted|function)'": "a function stands where its value is meant: call "
    "it, as in f(x)",
    r"name '(mean|sum|sqrt|zeros|array|dot|linalg)' is not": "NumPy's functions have "
    "`np.` in front",
    r"AxisError": "the array has fewer axes than you ask for: print its shape",
    r"read-only": "work on a copy",
}


def explain(error: BaseException, code: CodeType | None) -> str:
    """Return the end of a sentence that begins "For these inputs …"."""
    where = _where(error, code)
    if isinstance(error, RecursionError):
        return (
            f"your function calls itself until Python gives up{where}: it needs a case "
            "that returns without a further call."
        )
    if isinstance(error, SystemExit):
        return (
            f"your function ends the whole program{where}: use `return` in place of "
            "exit, quit or SystemExit."
        )
    if isinstance(error, MemoryError):
        return f"your function asks for more memory than there is{where}."
    text = words.listed(_text(error), 140)
    advice = "".join(
        f" Here {sentence}."
        for pattern, sentence in ADVICE.items()
        if re.search(pattern, f"{type(error).__name__} {text}")
    )
    kind = type(error).__name__
    return f"your function stops with {kind}{': ' * bool(text)}{text}{where}.{advice}"


def is_blank(error: BaseException) -> bool:
    """Say whether a blank of the starter (``...`` or ``____``) raised this error."""
    if isinstance(error, NameError):
        return re.search(r"name '_+' is", _text(error)) is not None
    if isinstance(error, (TypeError, ValueError)):
        return "ellipsis" in _text(error).lower()
    return isinstance(error, NotImplementedError)


def _text(error: BaseException) -> str:
    try:
        return str(error).strip().rstrip(".")
    except Exception:  # the learner's own class may fail here too
        return ""


def _where(error: BaseException, code: CodeType | None) -> str:
    """Return the learner's line, the last one in the file of their function."""
    if code is None:
        return ""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == code.co_filename and frame.lineno
    ]
    if not lines:
        return ""
    source = words.listed(linecache.getline(code.co_filename, lines[-1]).strip(), 72)
    return f", in your line `{source}`" if source else f", in line {lines[-1]}"


def code_of(answer: Any) -> CodeType | None:
    """Return the code that runs when ``answer`` is called, if it is Python code."""
    if isinstance(answer, functools.partial):
        answer = answer.func
    for thing in (answer, getattr(answer, "__call__", None)):  # noqa: B004
        code = getattr(thing, "__code__", None)
        if isinstance(code, CodeType):
            return code
    return None
