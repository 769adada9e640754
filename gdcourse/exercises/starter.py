"""Tell an exercise that nobody has begun from a wrong answer."""

from __future__ import annotations

import dis
from types import CodeType
from typing import Any

from gdcourse.exercises.explain import code_of

IDLE = {"RESUME", "NOP", "CACHE", "POP_TOP", "RETURN_VALUE", "NOT_TAKEN"}
CONSTANT = {"LOAD_CONST", "RETURN_CONST", "LOAD_CONST_IMMORTAL"}


def untouched(answer: Any, stub: str) -> bool:
    """Say whether ``answer`` is missing, does nothing, or is the code of ``stub``."""
    if answer is None or answer is ...:
        return True
    code = code_of(answer)
    return code is not None and (_idle(code) or _same(code, _first_function(stub)))


def _idle(code: CodeType) -> bool:
    """Say whether the body is only a docstring, ``pass``, ``...`` or ``return ...``."""
    return all(
        step.opname in IDLE or (step.opname in CONSTANT and step.argval in (None, ...))
        for step in dis.get_instructions(code)
    )


def _first_function(stub: str) -> CodeType | None:
    constants = compile(stub, "<starter>", "exec").co_consts
    return next((part for part in constants if isinstance(part, CodeType)), None)


def _same(code: CodeType, other: CodeType | None) -> bool:
    def parts(code: CodeType) -> tuple[Any, ...]:
        return code.co_code, code.co_consts[1:], code.co_names, code.co_argcount

    return other is not None and parts(code) == parts(other)
