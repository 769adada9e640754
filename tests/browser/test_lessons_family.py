"""What a reader should see in the family of the rules, done as a reader does."""

import pytest

from gdcourse.figures import FamilyTree
from gdcourse.figures.page import standalone

from .conftest import wake, watch

SPILLED = """box => Math.max(
  box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth)"""


@pytest.fixture
def show(browser, tmp_path):
    """Open a figure as a page of its own and return it."""
    contexts, problems = [], []

    def open_page(figure, width=900):
        file = tmp_path / "figure.html"
        file.write_text(standalone(figure), "utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}))
        page = contexts[-1].new_page()
        watch(page, problems)
        page.goto(file.as_uri())
        return wake(page.locator("figure.gd-figure"))

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


def node(figure, name):
    return figure.get_by_role("button", name=name)


@pytest.mark.parametrize("width", [320, 900])
def test_adam_opens_by_keyboard_with_its_formula_and_paper(show, width):
    figure = show(FamilyTree(), width)
    node(figure, "Adam 2014").press("Enter")
    said = figure.locator(".gd-status").inner_text()
    assert "adds bias correction to momentum and RMSProp" in said
    assert "two numbers for each parameter" in said
    lines = figure.locator("math")
    assert lines.count() == 6
    assert lines.nth(1).evaluate("m => m.getBoundingClientRect().height") > 12
    assert lines.first.evaluate("m => m.namespaceURI").endswith("MathML")
    assert figure.get_by_role("link").get_attribute("href").endswith("1412.6980")
    assert figure.locator(".gd-lit").count() == 3  # from two parents, to AdamW


def test_rmsprop_has_no_momentum(show):
    figure = show(FamilyTree())
    node(figure, "RMSProp 2012").click()
    said = figure.locator(".gd-status").inner_text()
    assert "adds a leaky sum to AdaGrad" in said and "one number" in said
    assert "no momentum" in figure.locator(".gd-opened").inner_text()
    node(figure, "Muon 2024").click()
    assert "works on whole matrices" in figure.locator(".gd-opened").inner_text()
    node(figure, "Muon 2024").click()
    assert "Press one" in figure.locator(".gd-status").inner_text()


@pytest.mark.parametrize("view", ["tree", "timeline"])
@pytest.mark.parametrize("width", [320, 900])
def test_no_box_covers_another_whatever_is_open(show, view, width):
    figure = show(FamilyTree(view), width)
    for at in (None, 0, 5, -1):
        if at is not None:
            figure.locator(".gd-node").nth(at).click()
        boxes = [box.bounding_box() for box in figure.locator(".gd-node").all()]
        boxes += [figure.locator(".gd-opened").bounding_box()]
        for i, a in enumerate(boxes):
            for b in boxes[:i]:
                apart = (
                    a["x"] >= b["x"] + b["width"] - 0.5
                    or b["x"] >= a["x"] + a["width"] - 0.5
                    or a["y"] >= b["y"] + b["height"] - 0.5
                    or b["y"] >= a["y"] + a["height"] - 0.5
                )
                assert apart, (at, a, b)


def test_every_name_fits_its_box(show):
    for view in ("tree", "timeline"):
        for width in (320, 390, 900):
            figure = show(FamilyTree(view), width)
            for box in figure.locator(".gd-node").all():
                over = box.evaluate(SPILLED)
                assert over <= 0, (view, width, box.inner_text())


def test_the_timeline_gives_lamb_to_its_authors(show):
    figure = show(FamilyTree("timeline"))
    assert node(figure, "LAMB 2019, You, Li, Reddi and others").is_visible()
    assert node(figure, "AdamW 2017, Loshchilov and Hutter").is_visible()
    node(figure, "SGD 1951, Robbins and Monro").click()
    assert "stochastic approximation" in figure.locator(".gd-opened").inner_text()
