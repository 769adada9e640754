"""What a reader does with a formula of their own, in a browser."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from gdcourse.figures import Formula
from gdcourse.figures.page import standalone

from .conftest import wake, watch
from .test_figures import wait_for

XSS = "<img src=x onerror=window.hacked=1>"
MAP = (
    "figure => [...figure.querySelectorAll('.gd-band')].map((b) => b.getAttribute('d'))"
)


@pytest.fixture
def figure(browser, tmp_path):
    """Open the figure on a page of its own, from the disk."""
    contexts, problems = [], []

    def open_page(fragment="", figure=None, **options):
        file = tmp_path / "formula.html"
        file.write_text(standalone(figure or Formula(start=[-2, 1.5])), "utf-8")
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        watch(page, problems)
        page.goto(file.as_uri() + fragment)
        return wake(page.locator("figure.gd-figure"))

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


def box(it):
    return it.get_by_role("textbox", name="Your formula")


def end_of(it):
    """The point in the last row of the table of values."""
    it.locator("details.gd-values > summary").click()
    cell = it.locator("details.gd-values tbody tr").last.locator("td").last
    cell.wait_for()
    return [float(each.replace("−", "-")) for each in cell.inner_text().split(", ")]


def test_typing_a_formula_changes_map_and_run(figure):
    it = figure()
    before = it.evaluate(MAP)
    assert wait_for(it, "After 60 steps").endswith("loss −0.7760.")
    box(it).fill("")
    box(it).press_sequentially("x^2 + y^4")
    wait_for(it, r"loss 0\.00")  # without Enter, as soon as the reader pauses
    assert it.evaluate(MAP) != before
    assert end_of(it)[0] == pytest.approx(-2 * 0.9**60, rel=1e-3)


def test_one_variable_is_shown_as_a_curve_with_a_ball(figure):
    it = figure()
    box(it).fill("t^2")
    box(it).press("Enter")
    assert wait_for(it, "The ball is at t = −2.000").startswith("The ball")
    it.get_by_role("button", name="Step").click()
    wait_for(it, "the loss fell from 4.000 to 3.240")
    box(it).fill("t^2 + w^2")
    box(it).press("Enter")
    wait_for(it, "After 60 steps from t = ")


def test_a_bad_formula_shows_its_sentence_and_keeps_the_picture(figure):
    it = figure()
    before = it.evaluate(MAP)
    for text, sentence in {
        "3x + y": "“3x”: write products with *, as in 3*x.",
        "sine(x) + y": "There is no function “sine”. Did you mean sin?",
        XSS: "“<” cannot be used: write numbers, variables",
    }.items():
        box(it).fill(text)
        box(it).press("Enter")
        expect(it.get_by_role("alert")).to_contain_text(sentence)
        expect(box(it)).to_have_attribute("aria-invalid", "true")
    wait_for(it, re.escape("The picture still shows x^2 + 3*y^2 + sin(3*x)."))
    assert it.evaluate(MAP) == before
    it.get_by_role("button", name="Reset").click()
    expect(box(it)).to_have_value("x^2 + 3*y^2 + sin(3*x)")
    expect(it.get_by_role("alert")).to_have_count(0)


def test_reload_keeps_formula_and_view(figure):
    it = figure()
    box(it).fill("(x - 1)^2 + 2*y^2")
    it.get_by_role("button", name="Zoom out").click()
    it.page.wait_for_url(re.compile("zoom=-1"))
    words = wait_for(it, "After 60 steps")
    it.page.reload()
    it = wake(it)
    expect(box(it)).to_have_value("(x - 1)^2 + 2*y^2")
    assert wait_for(it, "After 60 steps") == words
    expect(it.locator(".gd-board").first).to_contain_text("−6")


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (XSS, "x^2 + 3*y^2 + sin(3*x)"),
        ("%3Cscript%3Ewindow.hacked=1%3C/script%3E", "x^2 + 3*y^2 + sin(3*x)"),
        ("alert(1)", "alert(1)"),
        ("constructor(x)", "constructor(x)"),
        ("x*__proto__", "x^2 + 3*y^2 + sin(3*x)"),
    ],
)
def test_nothing_in_the_address_is_run(figure, formula, shown):
    it = figure(f"#fig-formula:formula={formula},x=1")
    wait_for(it, "After 60 steps from x = 1")
    expect(box(it)).to_have_value(shown)
    assert it.page.evaluate("window.hacked") is None
    assert it.locator("img").count() == 0


@pytest.mark.parametrize("may_copy", [True, False])
def test_open_as_python_gives_the_same_run(figure, may_copy):
    it = figure(permissions=["clipboard-read", "clipboard-write"] if may_copy else [])
    if not may_copy:
        refuse = "void (Clipboard.prototype.writeText = () => Promise.reject())"
        it.page.evaluate(refuse)
    box(it).fill("x^2 + x*y + y^2")
    it.get_by_role("button", name="Open as Python").click()
    wait_for(it, "loss 0.0")
    code = it.locator("pre.gd-code").inner_text()
    where = "navigator.clipboard.readText()" if may_copy else "String(getSelection())"
    assert it.page.evaluate(where).strip() == code
    cell = {}
    exec(code, cell)
    np.testing.assert_allclose(end_of(it), cell["path"].x[-1], rtol=1e-3)


@pytest.mark.parametrize("width", [320, 900])
def test_long_formulas_and_code_stay_inside(figure, width):
    it = figure(viewport={"width": width, "height": 900})
    box(it).fill("x^2 + 3*y^2" + " + sin(3*x)*cos(2*y)" * 15)
    it.get_by_role("button", name="Open as Python").click()
    wait_for(it, "loss")
    box(it).fill("x" * 300)
    it.get_by_role("alert").wait_for()
    assert it.page.evaluate("document.documentElement.scrollWidth") <= width
