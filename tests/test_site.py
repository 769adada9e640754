"""The built site, read as files: links, pictures, head, and nothing from elsewhere."""

import json
import pkgutil
import sys
from collections import Counter
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import addresses
import gdcourse
from gdcourse import descend, receipts
from gdcourse.figures import FIGURES
from gdcourse.plots import replay
from site_anchors import cell_names
from site_api import public

SITE = addresses.ROOT / "_build" / "html"
PAGES = sorted(SITE.glob("*.html"))
LOADING = {  # the tags and attributes with which a page loads something
    "img": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src",),
    "audio": ("src",),
    "embed": ("src",),
    "object": ("data",),
}
NOT_LOADED = {"canonical", "prev", "next", "license"}
WEIGHT_LIMIT = 300_000  # bytes of one page without its figures' script

pytestmark = [
    pytest.mark.site,
    pytest.mark.skipif(not PAGES, reason="no site in _build/html: run `make book`"),
]


class Page(HTMLParser):
    """What the checks below ask of one page."""

    def __init__(self, path):
        super().__init__()
        self.path, self.tags, self.ids = path, [], []
        self.source = path.read_text("utf-8")
        self.feed(self.source)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        self.ids += [attrs["id"]] if "id" in attrs else []

    def values(self, tag, name):
        return [
            attrs[name] for kind, attrs in self.tags if kind == tag and name in attrs
        ]

    def meta(self):
        return {
            attrs.get("name") or attrs.get("property"): attrs.get("content")
            for tag, attrs in self.tags
            if tag == "meta"
        }

    def loaded(self):
        for tag, attrs in self.tags:
            for name in LOADING.get(tag, ()):
                yield from [attrs[name]] if attrs.get(name) else []
            if tag == "link" and attrs.get("rel") not in NOT_LOADED:
                yield attrs["href"]


READ = {path.name: Page(path) for path in PAGES}


@pytest.fixture(params=READ)
def page(request):
    return READ[request.param]


def test_the_pages_of_the_book_are_there():
    names = {"index.html", "04-the-update-rule.html", "notation.html", "search.html"}
    assert names <= set(READ)


def test_the_playground_shows_every_kind_of_figure():
    shown = set(READ["playground.html"].values("figure", "data-kind"))
    assert shown == set(FIGURES) - {"quiz"}


def test_links_inside_the_site_lead_somewhere(page):
    for href in page.values("a", "href"):
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            continue
        target = SITE / unquote(parts.path) if parts.path else page.path
        assert target.is_file(), f"{page.path.name} links to {href}"
        if parts.fragment and target.suffix == ".html":
            assert unquote(parts.fragment) in READ[target.name].ids, href


def test_nothing_is_loaded_from_elsewhere(page):
    for address in page.loaded():
        parts = urlsplit(address)
        assert not parts.netloc, address
        assert parts.scheme in {"", "data"}, address
        if not parts.scheme:
            assert (SITE / unquote(parts.path)).is_file(), address


def test_style_sheets_load_nothing_from_elsewhere():
    for sheet in SITE.rglob("*.css"):
        text = sheet.read_text("utf-8")
        assert "@import" not in text
        for part in text.split("url(")[1:]:
            address = part.split(")")[0].strip("\"'")
            inside = address.startswith("data:") or (sheet.parent / address).is_file()
            assert inside, f"{sheet.name} loads {address}"


def test_ids_are_given_once(page):
    assert len(page.ids) == len(set(page.ids))


def test_every_picture_has_words(page):
    for tag, attrs in page.tags:
        if tag == "img":
            assert attrs.get("alt"), attrs
            assert not attrs["alt"].endswith((".png", ".svg")), attrs
            assert attrs.get("width"), attrs
            assert attrs.get("height"), attrs


def test_every_figure_has_a_picture_of_its_own(page):
    stills = page.source.split('<div class="gd-still">')[1:]
    assert len(stills) == page.source.count('<figure class="gd-figure"')
    assert not [still for still in stills if still.startswith("</div>")]


def test_the_head_says_what_the_page_is(page):
    meta, html = page.meta(), page.tags[0]
    assert html == ("html", html[1])
    assert html[1]["lang"] == "en"
    assert "<title>" in page.source
    for name in ("description", "viewport", "og:title", "og:url", "og:image"):
        assert meta.get(name), name
    assert meta["og:url"].startswith(addresses.site())


def test_titles_differ():
    titles = [
        page.source.split("<title>")[1].split("</title>")[0] for page in READ.values()
    ]
    assert len(titles) == len(set(titles))


def test_a_page_has_one_first_heading(page):
    assert [tag for tag, _ in page.tags].count("h1") == 1


def test_no_trace_of_what_the_pages_do_without(page):
    for word in ("widget-state", "mathjax", "require.js", "fontawesome", "thebe"):
        assert word not in page.source.lower(), word


def test_pages_are_light(page):
    own = [
        a for a in page.loaded() if "/figures/" not in a and not a.startswith("data:")
    ]
    weight = sum((SITE / urlsplit(address).path).stat().st_size for address in own)
    index = "searchindex.js"
    limit = WEIGHT_LIMIT + (SITE / index).stat().st_size * (index in page.source)
    assert weight < limit, sorted(own)


def test_formulas_are_ready_and_style_sheets_only_where_needed(page):
    has_formulas = 'class="katex"' in page.source
    assert ("katex/katex.css" in page.source) == has_formulas
    assert r"\(" not in page.source


def test_figures_bring_their_script_and_only_they(page):
    has_figures = '<figure class="gd-figure"' in page.source
    assert ("figures/site.js" in page.source) == has_figures


def test_cells_can_be_linked_to():
    for page in READ.values():
        notebook = addresses.ROOT / "book" / page.path.with_suffix(".ipynb").name
        if notebook.is_file():
            cells = json.loads(notebook.read_text("utf-8"))
            shown = [
                cell["id"]
                for cell in cells["cells"]
                if "remove-cell" not in cell["metadata"].get("tags", [])
            ]
            assert set(shown) & set(cell_names(cells)) <= set(page.ids)


def parts():
    """Return gdcourse and its parts, those that say what is public."""
    names = [part.name for part in pkgutil.iter_modules(gdcourse.__path__)]
    found = [import_module(f"gdcourse.{n}") for n in names if n[0] != "_"]
    return [gdcourse, receipts, *(part for part in found if hasattr(part, "__all__"))]


def test_the_library_pages_tell_each_public_name_once():
    told, public_parts = Counter(), parts()
    for name, page in READ.items():
        for module, _, last in (i.rpartition(".") for i in page.ids):
            if name.startswith("api-") and module in sys.modules:
                told[id(getattr(sys.modules[module], last))] += 1
    for part in public_parts:
        for name in public(part):
            assert told[id(getattr(part, name))] == 1, f"{part.__name__}.{name}"


def test_the_site_ships_the_wheel_that_notebooks_ask_for():
    path = Path(urlsplit(addresses.wheel_address()).path)
    assert (SITE / "wheels" / path.name).is_file()


def test_nothing_of_the_theme_is_left_over():
    weight = sum(path.stat().st_size for path in (SITE / "_static").rglob("*"))
    assert weight < 1_500_000


def test_the_welcome_figure_does_what_its_caption_says():
    source = READ["index.html"].source
    assert "walk down, lift the fog" in source
    settings = json.loads(source.split('class="gd-settings">')[1].split("</script>")[0])
    land = replay.surface_from(settings["surface"])
    rule = replay.rule_from(settings["rule"])
    path = descend(land, rule, settings["start"], settings["steps"])
    assert len(path) < 40
    assert path.loss[0] > 8
    assert path.loss[-1] == pytest.approx(land(land.minima[0]), abs=0.01)
