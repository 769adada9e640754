"""Where things are on the web: every address of the course is derived here.

The only source is ``_config.yml``: the site's own address, and the repository's.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import yaml

ROOT = Path(__file__).resolve().parents[2]
PAGES = "book/"  # the folder of the pages, which their addresses leave out


@functools.cache
def settings() -> dict[str, Any]:
    """Return what ``_config.yml`` says."""
    text = (ROOT / "_config.yml").read_text(encoding="utf-8")
    found = yaml.safe_load(text)
    if not isinstance(found, dict):
        raise ValueError("_config.yml holds no settings: restore it from git.")
    return found


def site() -> str:
    """Return the address of the published site, with a closing slash."""
    return str(settings()["html"]["baseurl"]).rstrip("/") + "/"


def repository() -> str:
    """Return the address of the repository, without a closing slash."""
    return str(settings()["repository"]["url"]).rstrip("/")


def version() -> str:
    """Return the version of the library, as ``pyproject.toml`` states it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "([^"]+)"$', text, flags=re.MULTILINE)
    if not found:
        raise ValueError('pyproject.toml has no line such as: version = "0.1.0"')
    return found[1]


def wheel_name() -> str:
    """Return the file name of the library's wheel."""
    return f"gdcourse-{version()}-py3-none-any.whl"


def wheel_address() -> str:
    """Return the address from which notebooks install the library."""
    return f"{site()}wheels/{wheel_name()}"


def page_path(docname: str) -> str:
    """Return where the page of one source stands on the site: book/x is x.html."""
    return quote(docname.removeprefix(PAGES)) + ".html"


def page_address(docname: str) -> str:
    """Return the public address of one page."""
    return site() + page_path(docname).removesuffix("index.html")


def report_address(docname: str, title: str) -> str:
    """Return the address that opens a report of an error, filled in for one page."""
    body = (
        f"Page: {page_address(docname)}\n\n"
        "What is wrong (quote the sentence, or name the figure and what you did):\n\n"
        "What you expected instead:\n"
    )
    report = {"title": f"Error on the page “{title}”", "body": body}
    return f"{repository()}/issues/new?{urlencode(report, quote_via=quote)}"
