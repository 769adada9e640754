"""The extensions that build the site, each on the smallest input."""

import doctest
import json
import zipfile

import numpy as np
import pytest
from docutils import nodes
from docutils.utils import new_document

import addresses
import pictures
import site_anchors
import site_api
import site_callouts
import site_code
import site_contents
import site_execution
import site_figures
import site_formulas
import site_look
import site_pages
import site_surfaces
import site_wheel
import slim_svg
from gdcourse import SCHEDULES, SURFACES, figures, optimizers, schedules


def quote(*children):
    return nodes.block_quote("", nodes.paragraph("", "", *children))


def bold(text):
    return nodes.strong("", text)


# Addresses ---------------------------------------------------------------------------


def test_the_wheel_has_a_stable_address_on_the_site():
    name = f"gdcourse-{addresses.version()}-py3-none-any.whl"
    assert addresses.wheel_address() == addresses.site() + "wheels/" + name


def test_pages_leave_out_the_folder_in_their_address():
    assert addresses.page_path("book/04-the-update-rule") == "04-the-update-rule.html"
    assert addresses.page_address("book/index") == addresses.site()


def test_a_report_names_its_page():
    address = addresses.report_address("book/notation", "Notation & signs")
    assert address.startswith(addresses.repository() + "/issues/new?title=Error")
    assert "Notation%20%26%20signs" in address
    assert "notation.html" in address


def test_a_missing_version_is_reported(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(addresses, "ROOT", tmp_path)
    with pytest.raises(ValueError, match="no line such as: version"):
        addresses.version()


# Callouts ----------------------------------------------------------------------------


@pytest.mark.parametrize("label", site_callouts.KINDS)
def test_a_quote_becomes_the_callout_of_its_first_word(label):
    made = site_callouts.callout(
        quote(nodes.Text(""), bold(f"{label}."), nodes.Text(" How far?")), label
    )
    assert made["label"] == label
    assert made.astext() == "How far?"


def test_only_a_bold_opening_names_a_callout():
    assert site_callouts.opening_word(quote(bold("Pitfall."))) == "Pitfall"
    assert site_callouts.opening_word(quote(nodes.Text("So "), bold("it"))) == ""
    assert site_callouts.opening_word(nodes.block_quote()) == ""


def test_a_callout_may_go_on_with_code_or_emphasis():
    made = site_callouts.callout(
        quote(bold("Note."), nodes.Text(" "), nodes.literal("", "x = 1")), "Note"
    )
    assert made.astext() == "x = 1"


# Anchors -----------------------------------------------------------------------------


def notebook_page(*cells):
    """Return a page with one section for each list of paragraph texts."""
    page = new_document("page")
    for number, texts in enumerate(cells):
        line = (number + 1) * site_anchors.LINES_PER_CELL + 1
        section = nodes.section(ids=[f"section-{number}"])
        section.line = line
        for text in texts:
            section += nodes.paragraph("", text)
            section[-1].line = line + 2
        page += section
    return page


def test_every_cell_gets_its_anchor():
    page = notebook_page(["one"], ["two"], ["three"])
    site_anchors.anchor(page, ["first", "second", "third"])
    assert [section["ids"][1] for section in page] == ["first", "second", "third"]


def test_a_cell_named_like_its_heading_has_one_anchor():
    page = notebook_page(["one"])
    site_anchors.anchor(page, ["section-0"])
    assert page[0]["ids"] == ["section-0"]


def test_a_distant_heading_of_the_same_name_is_reported(caplog):
    page = notebook_page(["one"], ["two"], ["three"])
    site_anchors.anchor(page, ["section-2", "b", "c"])
    assert "rename the cell" in caplog.text


# Formulas ----------------------------------------------------------------------------


@pytest.fixture
def renderer(tmp_path):
    made = site_formulas.Renderer(tmp_path / "formulas.json")
    yield made
    made.close()


def test_a_formula_becomes_html_and_mathml(renderer):
    html = renderer.html(r"\alpha \nabla L", False, "page")
    assert html.startswith('<span class="katex"><span class="katex-mathml"><math')
    assert 'aria-hidden="true"' in html


def test_a_wrong_formula_stops_the_build_with_its_page(renderer):
    with pytest.raises(site_formulas.FormulaError, match=r"chapter.*frak_\{"):
        renderer.html(r"\frak_{", False, "chapter")


def test_a_font_that_is_not_shipped_stops_the_build(renderer):
    with pytest.raises(site_formulas.FormulaError, match="the font of mathfrak"):
        renderer.html(r"\mathfrak{g}", False, "page")


def test_known_formulas_need_no_engine(tmp_path, renderer):
    html = renderer.html("x^2", True, "page")
    renderer.close()
    again = site_formulas.Renderer(tmp_path / "formulas.json")
    assert again.html("x^2", True, "page") == html
    assert again.process is None


@pytest.mark.parametrize(
    ("tex", "whole"),
    [
        ("x = 1", "x = 1"),
        (r"x &= 1 \\ y &= 2", r"\begin{aligned}x &= 1 \\ y &= 2\end{aligned}"),
        (r"\begin{cases}1 \\ 2\end{cases}", r"\begin{cases}1 \\ 2\end{cases}"),
    ],
)
def test_lines_are_aligned_unless_they_say_how(tex, whole):
    assert site_formulas.aligned(tex) == whole


def test_every_font_of_the_style_sheet_is_shipped():
    sheet = (site_formulas.KATEX / "katex.css").read_text("utf-8")
    named = {part.split(")")[0] for part in sheet.split("url(fonts/")[1:]}
    assert named == {f"{name}.woff2" for name in site_formulas.SHIPPED}


# Figures -----------------------------------------------------------------------------

FIGURE = (
    '<figure class="gd-figure" id="fig-{0}" data-kind="curve">'
    '<div class="gd-stage" role="group" aria-label="A &lt; B"></div>'
    '<div class="gd-still">{1}</div><script type="application/json" '
    'class="gd-settings">{{"a": 1}}</script><figcaption></figcaption></figure>'
)


@pytest.mark.parametrize(
    ("kinds", "scripts"),
    [
        (["curve", "curve"], ["site.js"]),
        (["landscape"], ["landscape-site.js"]),
        (["curve", "landscape"], ["site.js", "landscape-site.js"]),
    ],
)
def test_a_page_loads_three_dimensions_only_where_they_stand(kinds, scripts):
    body = "".join(FIGURE.format("a", "").replace("curve", kind) for kind in kinds)
    assert site_figures.scripts(body) == scripts


def test_each_figure_gets_its_own_picture(monkeypatch):
    asked = []
    monkeypatch.setattr(
        site_figures, "still", lambda *about: asked.append(about) or "<svg/>"
    )
    filled = [
        site_figures.with_still(figure, "page")
        for figure in (FIGURE.format("a", "\n"), FIGURE.format("b", "<ol></ol>"))
    ]
    assert asked == [("curve", {"a": 1}, "A < B", "page")]
    assert '<div class="gd-still"><svg/></div>' in filled[0]
    assert '<div class="gd-still"><ol></ol></div>' in filled[1]


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M0 0 L5 0.04 L10 0 ", "M0 0l10 0"),
        ("M0 0 L5 5 L10 0 z", "M0 0l5 5 5-5z"),
        ("M1 1 L2 1 M8 8.5 L9 9 ", "M1 1l1 0M8 8.5l1 0.5"),
        ("M0 0 C1 1 2 2 3 3", "M0 0 C1 1 2 2 3 3"),
        ("M3 4 L3 4 ", "M3 4"),
    ],
)
def test_lines_keep_only_what_the_eye_sees(path, short):
    assert slim_svg.shorter(path) == short


def test_a_slim_line_stays_on_the_line():
    turn = np.linspace(0, 2 * np.pi, 400)
    circle = np.stack([100 * np.cos(turn), 100 * np.sin(turn)], axis=1)
    kept = circle[slim_svg._corners(circle)]
    middles = (kept[1:] + kept[:-1]) / 2
    assert len(kept) < 130
    assert np.linalg.norm(middles, axis=1).min() > 100 - 2 * slim_svg.TOLERANCE


def test_a_picture_that_fails_stops_the_build():
    with pytest.raises(site_figures.FigureError, match="page: the curve cannot"):
        site_figures.with_still(FIGURE.format("a", ""), "page")


# The library's pages -----------------------------------------------------------------


def docstring(thing):
    """Return the docstring of a rule or schedule as its page shows it."""
    lines = (thing.__doc__ or "").splitlines()
    name = f"{thing.__module__.rsplit('.', 1)[0]}.{thing.__name__}"
    site_api.complete(None, "function", name, thing, None, lines)
    return "\n".join(lines)


def test_a_rule_is_told_with_its_traced_formula():
    first, empty, math, *rest = docstring(optimizers.adamw).splitlines()
    assert (first, empty) == (optimizers.adamw.__doc__.splitlines()[0], "")
    assert math == ".. math::"
    assert r"\hat{m}_t &\leftarrow" in "".join(rest[:8])


def test_names_in_a_docstring_become_links():
    text = docstring(optimizers.rmsprop_inside)
    assert ":py:obj:`rmsprop <gdcourse.optimizers.rmsprop>`" in text
    assert "``x`` and its gradient" in text


def test_a_schedule_around_another_is_told_with_a_constant_one():
    assert r"\frac{t + 1}{T}" in site_api.formula(schedules.warmup)
    assert site_api.formula(optimizers.rule_from) == ""


@pytest.mark.parametrize("name", optimizers.OPTIMIZERS)
def test_every_rule_that_can_be_traced_has_its_formula(name):
    factory = optimizers.OPTIMIZERS[name]
    traceable = "traceable" in factory().traits
    assert (r"x_t &\leftarrow" in site_api.formula(factory)) == traceable


def test_a_new_schedule_needs_no_edit_of_a_page(monkeypatch):
    monkeypatch.setitem(SCHEDULES, "another", docstring)
    names = site_api.with_contents(schedules, site_api.public(schedules))
    listed = names[names.index("gdcourse.schedules.SCHEDULES") + 1 :]
    assert [name.rsplit(".", 1)[1] for name in listed] == [
        *list(SCHEDULES)[:-1],
        "docstring",
    ]


def test_a_figure_shows_what_it_takes():
    told = site_api.sign(None, "class", "", figures.Quiz, None, "(*args)", "")
    assert told == ("(name, *, key='', caption='', alt='')", "")


@pytest.mark.parametrize(
    ("module", "name", "place"),
    [
        ("gdcourse", "descend", "/blob/main/gdcourse/descend.py#L"),
        ("gdcourse.surfaces", "Surface.dimension", "/blob/main/gdcourse/surface.py#L"),
        ("gdcourse.surfaces", "SURFACES", None),
    ],
)
def test_a_name_leads_to_its_code(module, name, place):
    told = site_code.code_address("py", {"module": module, "fullname": name})
    assert place is told or told.startswith(addresses.repository() + place)


def test_the_examples_of_surfaces_are_true():
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
    for name, surface in SURFACES.items():
        text = "\n".join(site_surfaces.example(name, surface))
        runner.run(parser.get_doctest(text, {}, name, None, 0))
    assert runner.summarize() == (0, 2 * len(SURFACES))


# Execution, wheel, look --------------------------------------------------------------


def test_the_cache_changes_with_the_library(tmp_path, monkeypatch):
    source = tmp_path / "gdcourse" / "a.py"
    source.parent.mkdir()
    source.write_text("alpha = 1\n")
    monkeypatch.setattr(site_execution, "ROOT", tmp_path)
    before = site_execution.cache_folder(tmp_path)
    source.write_text("alpha = 2\n")
    assert site_execution.cache_folder(tmp_path) != before


def test_old_caches_are_forgotten(tmp_path):
    for number in range(5):
        (tmp_path / f"{site_execution.PREFIX}{number}").mkdir()
    site_execution.forget_old_caches(tmp_path)
    assert len(list(tmp_path.iterdir())) == site_execution.KEPT


def test_the_wheel_holds_the_library_and_its_bundles(tmp_path):
    wheel = site_wheel.build_wheel(tmp_path)
    names = zipfile.ZipFile(wheel).namelist()
    assert "gdcourse/descend.py" in names
    assert "gdcourse/figures/static/widget.js" in names
    assert not [name for name in names if "node_modules" in name]
    assert site_wheel.is_fresh(wheel)


def test_the_pictures_are_the_same_each_time():
    assert pictures.tile(64) == pictures.tile(64)
    assert pictures.mark() == pictures.mark()
    assert pictures.favicon().count("<circle") == len(pictures.run())


def test_the_style_sheet_uses_no_colour_that_the_library_lacks():
    sheet = (site_look.SOURCES / "site.css").read_text("utf-8")
    used = {part.split(")")[0] for part in sheet.split("var(--gd-")[1:]}
    known = set(site_look.style.colours(0)) | {"font", "line"}
    assert used <= known


# Pages -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "number"),
    [("book/04-the-update-rule", "4"), ("book/notation", ""), ("10-x.html", "10")],
)
def test_chapters_are_numbered_by_their_files(page, number):
    assert site_contents.chapter_number(page) == number


def test_a_description_ends_with_a_whole_word():
    page = new_document("page")
    page += nodes.section("", nodes.paragraph("", "word " * 60))
    text = site_pages.description(page)
    assert text.endswith("word …")
    assert len(text) <= site_pages.DESCRIPTION_LENGTH + 2


def test_numbers_stand_before_the_titles_of_chapters():
    link = '<a class="reference internal" href="{}">T</a>'
    pages = link.format("04-x.html") + link.format("#") + link.format("notation.html")
    numbered = site_contents.number_chapters(pages, "7")
    assert numbered.count("chapter-number") == 2
    assert ">4</span> T" in numbered
    assert ">7</span> T" in numbered


def test_the_book_names_pages_that_exist():
    toc = (addresses.ROOT / "_toc.yml").read_text("utf-8")
    for line in toc.splitlines():
        kind, _, name = line.strip(" -").partition(": ")
        if kind in {"root", "file"}:
            assert list(addresses.ROOT.glob(f"{name}.*")), name


def test_cells_of_a_notebook_are_named_in_order():
    notebook = json.loads('{"cells": [{"id": "a"}, {}, {"id": "c"}]}')
    assert site_anchors.cell_names(notebook) == ["a", "", "c"]
