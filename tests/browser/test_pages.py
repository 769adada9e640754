"""Every page: opens, keeps to itself, fits a phone, and reads without scripts."""

import pytest

from .conftest import ROOT, SITE, wake

AXE = ROOT / "gdcourse/figures/node_modules/axe-core/axe.min.js"
RUN_AXE = """async () => (await axe.run()).violations.map(
  ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" | ")}`
)"""

# What reaches beyond the window and is in no box that scrolls by itself.
STICKING_OUT = """() => {
  const boxed = (el) => el && el !== document.body &&
    (getComputedStyle(el).overflowX !== "visible" || boxed(el.parentElement));
  return [...document.querySelectorAll("body *")].filter((el) =>
    el.getBoundingClientRect().right > innerWidth + 1 && !boxed(el)
  ).map((el) => el.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("base", ["http", "file"])
def test_the_page_opens_and_its_figures_come_to_life(visit, name, base):
    page = visit(name, base)
    figures = wake(page.locator("figure.gd-figure"))
    source = (SITE / name).read_text("utf-8")
    assert figures.count() == source.count('<figure class="gd-figure"')


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing(visit, name, theme, width):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `make test` once")
    page = visit(name, width=width, color_scheme=theme)
    assert page.locator("html").get_attribute("data-theme") == theme
    wake(page.locator("figure.gd-figure"))
    for summary in page.locator("main details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN_AXE) == []


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_scrolls_sideways(visit, name, width):
    page = visit(name, width=width, height=800)
    wake(page.locator("figure.gd-figure"))
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_reads_without_scripts(visit, name):
    page = visit(name, java_script_enabled=False)
    assert page.locator("h1").first.is_visible()
    for figure in page.locator("figure.gd-figure").all():
        still = figure.locator(".gd-still")
        assert still.bounding_box()["height"] > 100
        assert still.locator("svg[role=img], ol").first.is_visible()
        assert not figure.locator(".gd-stage").is_visible()


def test_the_page_carries_no_widget_state(bases, name):
    assert "widget-state" not in (SITE / name).read_text("utf-8")
