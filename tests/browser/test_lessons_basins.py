"""What a reader should see in a basin map, done as a reader does."""

import re

import pytest

from gdcourse.figures import Basins
from gdcourse.figures.page import standalone
from gdcourse.optimizers import adam, gradient_descent, momentum
from gdcourse.surfaces import himmelblau

from .conftest import wake, watch

RULES = [gradient_descent(0.01), momentum(0.01), adam(0.1)]
# The share of canvas pixels that are neighbours of another colour: how frayed it is.
FRAYED = """canvas => {
  const { width, height } = canvas;
  const copy = Object.assign(document.createElement("canvas"), { width, height });
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  let edges = 0;
  for (let j = 0; j < height; j += 1)
    for (let i = 1; i < width; i += 1) {
      const at = 4 * (j * width + i);
      edges += [0, 1, 2, 3].some((k) => data[at + k] !== data[at - 4 + k]);
    }
  return edges / (width * height);
}"""


@pytest.fixture
def show(browser, tmp_path):
    """Open a figure as a page of its own and return it, its map complete."""
    contexts, problems = [], []

    def open_page(figure, width=900, fragment="", **options):
        file = tmp_path / "figure.html"
        file.write_text(standalone(figure), "utf-8")
        viewport = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=viewport, **options))
        page = contexts[-1].new_page()
        watch(page, problems)
        page.goto(file.as_uri() + fragment)
        return complete(wake(page.locator("figure.gd-figure")))

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


def complete(figure):
    figure.locator(".gd-chart[aria-busy=false]").wait_for()
    return figure


def shares(figure):
    """The per cent of each ending, by its letter or name."""
    lines = complete(figure).locator(".gd-endings > li").all()
    return {
        line.inner_text().split("\n")[0]: float(
            re.search(r"([\d.]+) %", line.inner_text())[1]
        )
        for line in lines
    }


def status(figure):
    return figure.locator(".gd-status").inner_text()


def at(show, numbers):
    """The map of Himmelblau's minima with what a link says."""
    return show(Basins(himmelblau, RULES, [-1, 4]), fragment=f"#fig-basins:{numbers}")


def frayed(figure):
    return complete(figure).locator("canvas").evaluate(FRAYED)


def test_small_rates_have_smooth_basins_and_large_ones_frayed_or_none(show):
    figure = at(show, "lr=0.01")
    calm, smooth = shares(figure), frayed(figure)
    assert [round(calm[each]) for each in "ABCD"] == [26, 26, 24, 25]
    large = shares(at(show, "lr=0.018"))
    assert large["C"] < 1 < 20 < large["no minimum"]  # 2 / 133.8 = 0.015
    figure = at(show, "lr=0.03")
    wild = shares(figure)
    assert wild["diverged"] > 10 and max(wild[each] for each in "ABCD") < 5
    assert frayed(figure) > 8 * smooth


def test_momentum_frays_the_edges_and_beta_mends_them(show):
    figure = at(show, "lr=0.01")
    smooth = frayed(figure)
    figure.get_by_role("combobox", name="Rule").select_option("momentum")
    assert frayed(figure) > 5 * smooth
    assert "momentum with learning rate 0.01 and β = 0.9" in status(figure)
    figure.locator("details.gd-more > summary").click()
    figure.get_by_role("slider", name="β").press("Home")
    assert "β = 0 ends" in status(figure)
    assert frayed(figure) == smooth


def test_the_marker_tells_where_one_start_ends(show):
    figure = show(Basins(himmelblau, RULES, [-1, 4]), width=390, has_touch=True)
    assert "ends in B, at x = −2.805, y = 3.131, after 21 steps." in status(figure)
    before = shares(figure)
    ball = figure.locator(".gd-handle")
    for _ in range(3):
        ball.press("Shift+ArrowRight")
    assert "ends in A, at x = 3.000, y = 2.000" in status(figure)
    box = figure.locator(".gd-chart").bounding_box()
    figure.page.touchscreen.tap(box["x"] + 90, box["y"] + box["height"] - 60)
    assert "ends in C" in status(figure)
    assert shares(figure) == before


def test_divergence_names_its_step(show):
    figure = show(Basins(himmelblau, gradient_descent(0.05), [4.5, 4.5]))
    assert re.search(r"learning rate 0.05 diverged at step \d+\.$", status(figure))
    assert re.match(r"diverged at step", figure.locator("text.gd-name").inner_html())


def test_colours_are_not_the_only_cue(show):
    figure = show(Basins(himmelblau, RULES, [-1, 4]))
    letters = figure.locator("text.gd-basin").all_text_contents()
    assert {"A", "B", "C", "D"} == set(letters) and len(letters) > 50
    assert figure.locator(".gd-hatched, .gd-dotted").count() == 2


def test_the_page_answers_while_a_fine_map_is_made(show):
    figure = show(Basins(himmelblau, gradient_descent(0.02), cells=96))
    page = figure.page
    slider = figure.get_by_role("slider", name="Learning rate")
    slider.press("ArrowRight")
    longest = page.evaluate(
        """async () => {
          let longest = 0, last = performance.now();
          while (document.querySelector("[aria-busy=true]")) {
            await new Promise(requestAnimationFrame);
            const now = performance.now();
            longest = Math.max(longest, now - last);
            last = now;
          }
          return longest;
        }"""
    )
    assert 0 < longest < 400  # milliseconds, on a machine that does other things too


def test_little_motion_does_not_make_the_map_stop_the_page(show):
    figure = show(Basins(himmelblau, gradient_descent(0.01)), reduced_motion="reduce")
    assert sum(shares(figure).values()) == pytest.approx(100, abs=2)


def test_the_table_counts_all_starts(show):
    figure = show(Basins(himmelblau, RULES, cells=24))
    figure.locator("details.gd-values > summary").click()
    cells = figure.locator("details.gd-values tbody tr")
    cells.first.wait_for()
    counts = [int(row.locator("td").nth(2).inner_text()) for row in cells.all()]
    assert sum(counts) == 24**2
