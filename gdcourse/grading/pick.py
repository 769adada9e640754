"""Find the function that answers an exercise in a notebook, and what it needs.

Only imports, definitions and assignments that the function needs are run: not the
plots, the training and the checks around it.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable
from typing import Any

MAGIC = re.compile(r"^\s*[%!?].*$|^.*\?\s*$", re.MULTILINE)
BUILT_IN = frozenset(dir(builtins))


class Missing(Exception):
    """There is no answer; the text says what was looked for."""


def statements(cells: Iterable[str]) -> tuple[list[ast.stmt], list[str]]:
    """Return the top-level statements of the cells, and what could not be read."""
    found: list[ast.stmt] = []
    problems = []
    for cell in cells:
        try:
            found += ast.parse(MAGIC.sub("", cell)).body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            problems.append(f"{type(error).__name__}: {error}")
    return found, problems


def answer_name(body: list[ast.stmt], id: str, usual: str) -> str:
    """Return the name of the function that answers the exercise ``id``.

    It is the one that the last ``check(id, name)`` names; where there is none, the
    function with the exercise's own name, or that name with ``my_`` before it.

    >>> body, _ = statements(["def f(x): return x", "check('a.b', f)"])
    >>> answer_name(body, "a.b", "step")
    'f'
    """
    bound = {name for statement in body for name in binds(statement)}
    checked = [
        call.args[1].id
        for statement in body
        for call in ast.walk(statement)
        if isinstance(call, ast.Call)
        and len(call.args) == 2
        and isinstance(call.args[0], ast.Constant)
        and call.args[0].value == id
        and isinstance(call.args[1], ast.Name)
    ]
    for name in (*reversed(checked), usual, f"my_{usual}"):
        if name in bound:
            return name
    raise Missing(f"there is no function {usual} in the notebook")


def binds(statement: ast.stmt) -> set[str]:
    """Return the names that a top-level statement gives a value."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {statement.name}
    names = set()
    for node in ast.walk(statement):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(a.asname or a.name).split(".")[0] for a in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def needed(body: list[ast.stmt], name: str) -> list[ast.stmt]:
    """Return the statements that the function ``name`` depends on, in their order."""
    wanted, chosen = {name}, set[int]()
    while True:
        more = {
            i
            for i, statement in enumerate(body)
            if i not in chosen and binds(statement) & (wanted | {"*"})
        }
        if not more:
            return [body[i] for i in sorted(chosen)]
        chosen |= more
        wanted |= {
            node.id
            for i in more
            for node in ast.walk(body[i])
            if isinstance(node, ast.Name) and node.id not in BUILT_IN
        }


def defined(body: list[ast.stmt], name: str) -> Any:
    """Run what ``name`` needs in a namespace of its own, and return the function."""
    space: dict[str, Any] = {"__name__": "__notebook__"}
    module = ast.Module(needed(body, name), type_ignores=[])
    exec(compile(module, "<notebook>", "exec"), space)
    return space[name]
