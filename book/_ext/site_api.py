"""The pages of the library, written from the library itself.

``{library} gdcourse.schedules`` in a page describes what a module offers: the names
below it, or all that the page does not describe yet.  A dict of things, such as
``OPTIMIZERS``, brings the things in it, so that adding one needs no edit of a page.
Sphinx's autodoc reads the docstrings; each rule and schedule gets its traced formula
here, and each surface its picture.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, get_args

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective
from sphinx.util.inspect import stringify_signature

from gdcourse import OPTIMIZERS, SCHEDULES, Surface, trace
from gdcourse.schedules import Schedule, constant
from site_surfaces import describe, directive, math

LITERAL = re.compile(r"(?<!`)``([A-Za-z]\w*)``(?!`)")
EVERYWHERE = {  # names that every module's docstrings may speak of
    "Network": "gdcourse.network.Network",
    "Path": "gdcourse.Path",
    "Rule": "gdcourse.optimizers.Rule",
    "Surface": "gdcourse.surfaces.Surface",
    "descend": "gdcourse.descend",
}
SHORT = 80  # letters of a value that can be shown


class Library(SphinxDirective):
    """Describe names of a module: those listed, or all that are left."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Have autodoc read reStructuredText in a page of Markdown."""
        module = import_module(self.arguments[0])
        told = self.env.temp_data.setdefault("library", set())
        listed = " ".join(self.content).split() or public(module)
        names = [name for name in with_contents(module, listed) if name not in told]
        told.update(names)
        text = "\n".join(line for name in names for line in entry(name))
        lines = ["``````{eval-rst}", *text.splitlines(), "``````"]
        found = nodes.Element()
        self.state.nested_parse(StringList(lines), self.content_offset, found)
        return list(found.children)


def public(module: Any) -> list[str]:
    """Return what a module offers, without modules: ``__all__``, or what it defines."""
    offered = getattr(module, "__all__", None) or [
        name for name, value in vars(module).items() if _own(module, name, value)
    ]
    return [name for name in offered if not inspect.ismodule(getattr(module, name))]


def _own(module: Any, name: str, value: Any) -> bool:
    made_here = getattr(value, "__module__", None) == module.__name__
    return name[0] != "_" and (made_here or (name.isupper() and type(value) is dict))


def with_contents(module: Any, names: list[str]) -> list[str]:
    """Return full names; dicts come last, each followed by the things in it."""
    tables = [name for name in names if type(getattr(module, name)) is dict]
    groups = {t: list(places(module, getattr(module, t)).values()) for t in tables}
    held = {name for group in groups.values() for name in group}
    full = [f"{module.__name__}.{name}" for name in names if name not in tables]
    ordered = [name for name in full if name not in held]
    for name, group in groups.items():
        ordered += [f"{module.__name__}.{name}", *group]
    return list(dict.fromkeys(ordered))


def places(module: Any, table: Mapping[str, Any]) -> dict[str, str]:
    """Return the full name of each thing in a dict that has one, by its key."""
    known = {id(getattr(module, n)): f"{module.__name__}.{n}" for n in public(module)}
    found = {key: known.get(id(thing)) or _home(thing) for key, thing in table.items()}
    return {key: name for key, name in found.items() if name}


def _home(thing: Any) -> str:
    named = inspect.isfunction(thing) and re.match("[a-z]", thing.__name__)
    return f"{thing.__module__}.{thing.__name__}" if named else ""


def entry(full: str) -> list[str]:
    """Return the lines that describe one name."""
    module = import_module(full.rpartition(".")[0])
    name = full.rpartition(".")[2]
    value = getattr(module, name)
    if inspect.isclass(value):
        members = [":members:", ":special-members: __call__"]
        if fields := getattr(value, "_fields", ()):
            members.append(f":exclude-members: {', '.join(fields)}")
        if hasattr(value, "class_traits"):
            members = []
        return directive(f"autoclass:: {full}", [*members, ""])
    if isinstance(value, Surface):
        return directive(f"py:data:: {full}", ["", *describe(name, value)])
    if callable(value) and not get_args(value):  # a type has them
        return directive(f"autofunction:: {full}", [""])
    if isinstance(value, Mapping) and len(repr(value)) > SHORT:
        keys = ", ".join(_keys(value, places(module, value)))
        return directive(f"py:data:: {full}", ["", f"A dict with the keys {keys}."])
    return directive(f"py:data:: {full}", [f":value: {value!r}", ""])


def _keys(table: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    return [f":py:obj:`{k} <{names[k]}>`" if k in names else f"``{k}``" for k in table]


def formula(thing: Any) -> str:
    """Return the traced formula of a factory of the course, or nothing."""
    if not inspect.isfunction(thing):
        return ""
    takes = inspect.signature(thing).parameters
    if "n" in takes and thing.__annotations__.get("return") == "Surface":
        return str(trace.latex(thing(n=3)))
    if thing not in [*OPTIMIZERS.values(), *SCHEDULES.values()]:
        return ""
    if thing in OPTIMIZERS.values() and "traceable" not in thing().traits:
        return ""

    def around_constant(rate: float, steps: float) -> Schedule:
        warm: Schedule = thing(constant(rate), steps)
        return warm

    return str(trace.latex(around_constant if "schedule" in takes else thing))


def complete(
    app: Any, what: str, name: str, thing: Any, options: Any, lines: list[str]
) -> None:
    """Link the names in a docstring, and put the formula below its first paragraph."""
    module = name
    while module not in sys.modules or module == "gdcourse.descend":
        module = module.rpartition(".")[0]
    here = {word: f"{module}.{word}" for word in public(sys.modules[module])}

    def link(match: re.Match[str]) -> str:
        place = (EVERYWHERE | here).get(match[1], name)
        return f":py:obj:`{match[1]} <{place}>`" if place != name else match[0]

    lines[:] = [LITERAL.sub(link, line) for line in lines]
    if latex := formula(thing):
        end = lines.index("") if "" in lines else len(lines)
        lines[end:end] = math(latex)


def sign(
    app: Any, what: str, name: str, thing: Any, options: Any, arguments: str, back: str
) -> tuple[str, str] | None:
    """Show what a figure takes: its base class hides that from autodoc."""
    if what != "class" or not hasattr(thing, "class_traits"):
        return None
    own = inspect.signature(thing.__init__)
    taken = own.replace(parameters=list(own.parameters.values())[1:])
    return stringify_signature(taken, show_annotation=False), back


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.setup_extension("sphinx.ext.autodoc")
    app.add_directive("library", Library)
    app.connect("autodoc-process-docstring", complete)
    app.connect("autodoc-process-signature", sign)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
