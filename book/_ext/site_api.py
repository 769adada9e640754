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
import textwrap
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from gdcourse import OPTIMIZERS, SCHEDULES, Surface, plots, trace
from gdcourse.schedules import Schedule, constant
from slim_svg import slim

LITERAL = re.compile(r"(?<!`)``([A-Za-z]\w*)``(?!`)")
PICTURE = (3.4, 2.5)  # inches
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
        names = [
            name
            for name in with_contents(module, listed)
            if f"{module.__name__}.{name}" not in told
        ]
        told.update(f"{module.__name__}.{name}" for name in names)
        text = "\n".join(line for name in names for line in entry(module, name))
        lines = ["``````{eval-rst}", *text.splitlines(), "``````"]
        found = nodes.Element()
        self.state.nested_parse(StringList(lines), self.content_offset, found)
        return found.children


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
    """Put behind each dict the public names of the things in it; dicts come last."""
    known = {id(getattr(module, name)): name for name in public(module)}
    groups = {
        name: [known[id(v)] for v in getattr(module, name).values() if id(v) in known]
        for name in names
        if type(getattr(module, name)) is dict
    }
    held = {name for group in groups.values() for name in group}
    alone = [name for name in names if name not in held | groups.keys()]
    ordered = [*alone, *(n for table, group in groups.items() for n in (table, *group))]
    return list(dict.fromkeys(ordered))


def entry(module: Any, name: str) -> list[str]:
    """Return the lines that describe one name."""
    value, full = getattr(module, name), f"{module.__name__}.{name}"
    if inspect.isclass(value):
        plain = issubclass(value, tuple) or hasattr(value, "class_traits")
        members = [] if plain else [":members:", ":special-members: __call__"]
        return _directive(f"autoclass:: {full}", [*members, ""])
    if callable(value) and not isinstance(value, Surface):
        return _directive(f"autofunction:: {full}", [""])
    if isinstance(value, Surface):
        return _directive(f"py:data:: {full}", ["", *surface(name, value)])
    if isinstance(value, Mapping) and len(repr(value)) > SHORT:
        return _directive(f"py:data:: {full}", ["", *table(module, value)])
    return _directive(f"py:data:: {full}", [f":value: {value!r}", ""])


def _directive(head: str, body: list[str]) -> list[str]:
    return [f".. {head}", *(f"   {line}" if line else "" for line in body), ""]


def table(module: Any, value: Mapping[str, Any]) -> list[str]:
    """List the keys of a dict, each with a link to what it names."""
    names = {id(getattr(module, name)): name for name in public(module)}
    links = [
        f":py:obj:`{key} <{module.__name__}.{names[id(thing)]}>`"
        if id(thing) in names
        else f"``{key}``"
        for key, thing in value.items()
    ]
    return [f"A dict with the keys {', '.join(links)}."]


def surface(name: str, surface: Surface) -> list[str]:
    """Describe a surface: its formula, picture, minima, window, source and use."""
    ranges = zip(surface.variables, surface.window, strict=True)
    window = ", ".join(f"{v} from {low:g} to {high:g}" for v, (low, high) in ranges)
    return [
        surface.source[0].upper() + surface.source[1:] + ".",
        *_math(str(trace.latex(surface))),
        *_directive("raw:: html", ["", *picture(surface).splitlines()]),
        f":Minima: {minima(surface)}",
        f":Window: {window}",
        "",
        *example(name, surface),
    ]


def minima(surface: Surface) -> str:
    """Return the known minima of a surface in words."""
    points = [
        f"({', '.join(f'{v:.6g}' for v in point)})" if len(point) > 1 else f"{point[0]:.6g}"
        for point in surface.minima.tolist()
    ]
    return ", ".join(points) or "none"


def picture(surface: Surface) -> str:
    """Draw a surface of one or two parameters as SVG."""
    draw = plots.curve if surface.dimension == 1 else plots.contours
    alt = f"The {'curve' if surface.dimension == 1 else 'contours'} of {surface.name}"
    svg = slim(plots.svg(lambda ax: draw(surface, ax=ax), alt=alt, size=PICTURE))
    lines = textwrap.wrap(svg, 2000, break_long_words=False, break_on_hyphens=False)
    return "\n".join(['<div class="api-picture">', *lines, "</div>"])


def example(name: str, surface: Surface) -> list[str]:
    """Return a doctest of a surface at the corner of its window."""
    corner = [low for low, _ in surface.window]
    return [
        f">>> from gdcourse.surfaces import {name}",
        f">>> round(float({name}({corner})), 4), {name}.gradient({corner}).round(4)",
        repr((round(float(surface(corner)), 4), surface.gradient(corner).round(4))),
    ]


def _math(latex: str) -> list[str]:
    return ["", *_directive("math::", ["", *latex.splitlines()])]


def formula(thing: Any) -> str:
    """Return the traced formula of a rule's or a schedule's factory, or nothing."""
    if thing not in [*OPTIMIZERS.values(), *SCHEDULES.values()]:
        return ""

    def around_constant(rate: float, steps: float) -> Schedule:
        return thing(constant(rate), steps)

    takes_schedule = "schedule" in inspect.signature(thing).parameters
    return str(trace.latex(around_constant if takes_schedule else thing))


def complete(
    app: Any, what: str, name: str, thing: Any, options: Any, lines: list[str]
) -> None:
    """Link the names in a docstring, and put the formula below its first paragraph."""
    module = name
    while module not in sys.modules or module == "gdcourse.descend":
        module = module.rpartition(".")[0]
    known = set(public(sys.modules[module])) - {name.rpartition(".")[2]}

    def link(match: re.Match[str]) -> str:
        word = match[1]
        return f":py:obj:`{word} <{module}.{word}>`" if word in known else match[0]

    lines[:] = [LITERAL.sub(link, line) for line in lines]
    if latex := formula(thing) if callable(thing) else "":
        end = lines.index("") if "" in lines else len(lines)
        lines[end:end] = _math(latex)


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.setup_extension("sphinx.ext.autodoc")
    app.add_directive("library", Library)
    app.connect("autodoc-process-docstring", complete)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
