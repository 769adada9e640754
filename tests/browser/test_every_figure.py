"""What every figure owes its reader, tried on one example of each kind."""

import os
import re

import pytest

from gdcourse.figures import FIGURES
from gdcourse.figures.base import STATIC
from gdcourse.figures.page import standalone

from .conftest import wake
from .examples import EXAMPLES
from .test_figures import drag, touch_drag
from .test_pages import AXE, RUN_AXE, STICKING_OUT

RUNNING = [kind for kind in EXAMPLES if kind != "quiz"]
KINDS = pytest.mark.parametrize("kind", EXAMPLES)
DRAWN = pytest.mark.parametrize("kind", RUNNING)

# Everything a reader could see or hear of a figure.
SEEN = """figure => [
  figure.querySelector(".gd-root").innerText,
  ...[...figure.querySelectorAll("[aria-valuetext]")].map(
    (el) => el.getAttribute("aria-valuetext")),
  ...[...figure.querySelectorAll("input")].map((el) => `${el.value} ${el.checked}`),
  ...[...figure.querySelectorAll("svg [d], svg [transform]")].map(
    (el) => `${el.getAttribute("d")} ${el.getAttribute("transform")}`),
].join("\\n")"""
FOCUSED = """() => {
  const el = document.activeElement, style = getComputedStyle(el);
  const ring = el.querySelector(".gd-ring");
  const shown = ring ? getComputedStyle(ring).opacity !== "0"
    : style.outlineStyle !== "none" || style.boxShadow !== "none";
  return [el.closest(".gd-figure") !== null, shown, el.outerHTML.slice(0, 80)];
}"""
REDRAW = """(figure, times) => {
  const control = figure.querySelector(".gd-handle, input[type=range]");
  if (!control) {
    const buttons = figure.querySelectorAll(".gd-root button");
    for (let i = 0; i < times; i += 1) buttons[i % buttons.length].click();
    return;
  }
  const press = (key) => control.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const slide = (to) => {
    control.value = to;
    control.dispatchEvent(new Event("input"));
  };
  for (let i = 0; i < times; i += 1)
    if (control.matches("input")) slide(i % 1000);
    else press(i % 2 ? "ArrowLeft" : "ArrowRight");
}"""
HEAP = "() => { gc(); gc(); return performance.memory.usedJSHeapSize; }"


@pytest.fixture
def show(browser, tmp_path, kind):
    """Open the example of a kind as a page of its own, once or twice."""
    from .conftest import watch

    contexts, problems = [], []

    def open_page(copies=1, width=900, fragment="", **options):
        file = tmp_path / "figure.html"
        page_text = standalone(EXAMPLES[kind]())
        figure = re.search(r"<figure class=.gd-figure.*</figure>", page_text, re.S)[0]
        file.write_text(page_text.replace(figure, figure * copies), "utf-8")
        contexts.append(
            browser.new_context(viewport={"width": width, "height": 900}, **options)
        )
        page = contexts[-1].new_page()
        watch(page, problems)
        page.goto(file.as_uri() + fragment)
        if options.get("java_script_enabled", True):
            wake(page.locator("figure.gd-figure"))
            page.wait_for_function("!document.querySelector('[aria-busy=true]')")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


def seen(page, copy=0):
    return page.locator("figure.gd-figure").nth(copy).evaluate(SEEN)


def operate(page):
    """Use the first thing that can be used, by keyboard alone."""
    handles = page.locator(".gd-handle")
    others = page.locator(".gd-root input:visible, .gd-root button:visible")
    (handles if handles.count() else others).first.focus()
    for key in ("ArrowRight", "Shift+ArrowUp", "Space"):
        page.keyboard.press(key)


def test_there_is_an_example_of_each_kind():
    assert list(EXAMPLES) == list(FIGURES)


@KINDS
def test_the_keyboard_alone_changes_it(show, kind):
    page = show()
    before = seen(page)
    operate(page)
    assert seen(page) != before


def handle_of(page):
    """The middle of the first thing to drag, or a skip for figures without one."""
    handles = page.locator(".gd-handle")
    if handles.count() == 0:
        pytest.skip("there is nothing to drag in it")
    handles.first.scroll_into_view_if_needed()
    box = handles.first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@DRAWN
def test_a_pointer_drags_it(show, kind):
    page = show()
    place, before = handle_of(page), seen(page)
    drag(page, place, (-30, -24))
    assert seen(page) != before


@DRAWN
def test_a_finger_drags_it_and_not_the_page(show, kind):
    page = show(width=390, has_touch=True, is_mobile=True)
    place, before = handle_of(page), seen(page)
    scrolled = page.evaluate("scrollY")
    touch_drag(page, place, (-25, -30))
    assert seen(page) != before
    assert page.evaluate("scrollY") == scrolled


@KINDS
def test_whatever_has_the_focus_shows_it(show, kind):
    page = show()
    for _ in range(40):
        page.keyboard.press("Tab")
        inside, shown, element = page.evaluate(FOCUSED)
        if not inside:
            break
        assert shown, element


@KINDS
def test_every_label_names_its_control(show, kind):
    labels = show().locator(".gd-root label")
    named = labels.evaluate_all("all => all.map((el) => el.control?.tagName)")
    assert set(named) <= {"INPUT", "SELECT", "TEXTAREA"}


@DRAWN
def test_what_happened_is_said_in_words(show, kind):
    page = show()
    operate(page)
    page.wait_for_timeout(1500)
    status = page.locator(".gd-status").inner_text()
    assert len(status.split()) > 5
    assert page.locator("[aria-live=polite]").text_content() == status


@DRAWN
def test_its_numbers_are_a_table_on_demand(show, kind):
    page = show()
    page.locator("details.gd-values > summary").click()
    page.locator("details.gd-values tbody td").nth(1).wait_for()


@KINDS
@pytest.mark.parametrize("width", [320, 900])
def test_it_fits_a_small_screen(show, kind, width):
    page = show(width=width)
    for summary in page.locator("details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@KINDS
def test_two_copies_do_not_disturb_each_other(show, kind):
    page = show(copies=2)
    before = [seen(page, 0), seen(page, 1)]
    operate(page)
    assert (seen(page, 0) == before[0], seen(page, 1) == before[1]) == (False, True)
    live = page.locator("figure[id], .gd-stage [id]")
    ids = live.evaluate_all("all => all.map(({ id }) => id)")
    assert len(ids) == len(set(ids))


@DRAWN
def test_the_address_keeps_it_and_reset_brings_the_texts_values_back(show, kind):
    page = show()
    words = page.locator(".gd-status")
    before = words.inner_text()
    operate(page)
    page.wait_for_url(re.compile("#fig-"))
    moved = words.inner_text()
    page.reload()
    wake(page.locator("figure.gd-figure"))
    assert words.inner_text() == moved != before
    page.get_by_role("button", name="Reset").first.click()
    assert words.inner_text() == before


@KINDS
def test_without_scripts_there_is_a_picture_in_words_too(show, kind):
    page = show(java_script_enabled=False)
    still = page.locator(".gd-still")
    assert still.is_visible()
    for picture in still.locator("svg[role=img]").all():
        assert len(picture.locator("> title").text_content()) > 10
    assert still.inner_text().strip() or still.locator("svg[role=img]").count()


@DRAWN
def test_print_shows_the_picture(show, kind):
    page = show()
    page.emulate_media(media="print")
    assert page.locator(".gd-still").is_visible()
    assert not page.locator(".gd-stage").is_visible()


@KINDS
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_it(show, kind, theme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `make test` once")
    page = show(color_scheme=theme)
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(RUN_AXE)
    assert [each for each in found if not each.startswith("page-has-heading")] == []


@DRAWN
def test_with_little_motion_a_run_jumps_to_its_end(show, kind):
    page = show(reduced_motion="reduce")
    run = page.get_by_role("button", name="Run", exact=True)
    if run.count() == 0:
        pytest.skip("nothing runs in it")
    run.first.click()
    page.wait_for_timeout(300)
    after = seen(page)
    page.wait_for_timeout(500)
    assert seen(page) == after


# At most 5 MB in 20,000 drawings.  A leak grows evenly, so a quarter of them tells as
# much; GDCOURSE_DRAWINGS=20000 draws them all.
DRAWINGS = int(os.environ.get("GDCOURSE_DRAWINGS", "5000"))


@DRAWN
def test_thousands_of_drawings_leave_the_memory_as_it_was(show, kind):
    page = show()
    figure = page.locator("figure.gd-figure")
    figure.evaluate(REDRAW, 1_000)
    before = page.evaluate(HEAP)
    figure.evaluate(REDRAW, DRAWINGS)
    assert page.evaluate(HEAP) - before < 5e6 * DRAWINGS / 20_000


@KINDS
def test_a_notebook_can_remove_it(show, kind):
    page = show()
    figure = EXAMPLES[kind]()
    module = (STATIC / figure.bundles[0]).read_text("utf-8")
    module = re.sub(
        r"export\s*\{([\w$]+) as default\};?", r"window.module = \1;", module
    )
    page.add_script_tag(content=module, type="module")
    page.wait_for_function("window.module")
    left = page.evaluate(
        """([kind, settings]) => {
          const values = { kind, settings, caption: "", moved: {} };
          const heard = new Map();
          const model = { get: (name) => values[name], set: () => {},
            on: (event, act) => heard.set(event, act),
            off: (event) => heard.delete(event), save_changes: () => {} };
          const el = document.body.appendChild(document.createElement("div"));
          const stop = window.module.render({ model, el });
          const alive = el.querySelectorAll(".gd-status").length;
          stop();
          return [alive, el.childElementCount, heard.size];
        }""",
        [kind, figure.settings],
    )
    assert left == [1, 0, 0]
