"""What a reader finds out with a deep network: what vanishes and what explodes."""

import re
from itertools import pairwise

import pytest

from gdcourse.figures import Depth
from gdcourse.figures.page import standalone

from .conftest import wake, watch


@pytest.fixture
def show(browser, tmp_path):
    """Open a figure as a page of its own and return it."""
    contexts, problems = [], []

    def open_page(figure, width=900, **options):
        file = tmp_path / "figure.html"
        file.write_text(standalone(figure), "utf-8")
        viewport = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=viewport, **options))
        page = contexts[-1].new_page()
        watch(page, problems)
        page.goto(file.as_uri())
        return wake(page.locator("figure.gd-figure"))

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


def said(it):
    return it.locator(".gd-status").inner_text()


def rate(it):
    """What the words say that a layer multiplies the error by."""
    return float(re.search(r"the error by ([\d.]+\d|\d)", said(it))[1])


def unfold(it):
    if it.locator("details.gd-more").get_attribute("open") is None:
        it.get_by_text("More controls").click()


def slide(it, label, place):
    """Move a slider to one of its places."""
    move = '(el, to) => { el.value = to; el.dispatchEvent(new Event("input")); }'
    it.get_by_role("slider", name=label).evaluate(move, place)


def choose(it, activation):
    unfold(it)
    it.get_by_role("combobox", name="Activation").select_option(activation)


def length(it, layer, column=4):
    """A number of the table: the gradient's length, or another column."""
    if it.locator("details.gd-values").get_attribute("open") is None:
        it.locator("details.gd-values > summary").click()
    row = it.locator("details.gd-values tbody tr").nth(layer - 1)
    text = row.locator("td").nth(column).inner_text()
    text = text.replace("×10", "e").translate(
        str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    )
    return float(text)


def test_a_chain_of_sigmoids_keeps_less_than_a_quarter_at_each_layer(show):
    it = show(Depth(width=1))
    assert 0.22 < rate(it) < 0.25 and "it vanishes" in said(it)
    errors = [length(it, layer, column=3) for layer in range(1, 7)]
    factors = [a / b for a, b in pairwise(errors)]
    assert factors == pytest.approx([0.235, 0.227, 0.225, 0.225, 0.225], abs=1e-3)
    assert 2e-4 < length(it, 1) / length(it, 6) < 2e-3
    slide(it, "Depth", 19)  # 20 layers
    assert 0 < length(it, 1) / length(it, 20) < 1e-12


def test_deeper_is_smaller_and_never_zero(show):
    it = show(Depth())
    firsts = []
    for layers in (2, 6, 12, 20):
        slide(it, "Depth", layers - 1)
        firsts.append(length(it, 1))
    assert firsts == sorted(firsts, reverse=True) and firsts[-1] > 0


def test_small_sigmoid_networks_vanish_at_every_scale(show):
    it = show(Depth(width=8, depth=12))
    unfold(it)
    it.get_by_role("checkbox", name="other draws of the weights").check()
    for place in (500, 653, 836, 1000):  # 0.4, 1, 3, 8
        slide(it, "Scale of the weights", place)
        assert float(re.search(r"median ([\d.]+)\.", said(it))[1]) < 0.8
    assert "Units are saturated" in said(it)


@pytest.mark.parametrize("activation", ["tanh", "relu", "linear"])
def test_other_units_explode_and_one_button_makes_them_level(show, activation):
    it = show(Depth(width=64, depth=12))
    choose(it, activation)
    assert rate(it) > 1.5 and "it explodes" in said(it)
    it.get_by_role("button", name=re.compile("^(He|Xavier):")).click()
    assert 0.85 < rate(it) < 1.15
    assert not re.search("explodes|vanishes", said(it))


def test_wide_sigmoid_layers_explode_and_xavier_does_not_save_them(show):
    it = show(Depth(width=64, scale=2, depth=20))
    assert 1.1 < rate(it) < 1.3 and "it explodes" in said(it)
    unfold(it)
    it.get_by_role("button", name="Xavier:").click()
    assert 0.2 < rate(it) < 0.25 and "it vanishes" in said(it)


def test_in_a_linear_network_activations_hide_the_explosion_of_errors(show):
    it = show(Depth(activation="linear", width=8))
    assert "it explodes" in said(it)
    assert "only because activations grew as much" in said(it)
    assert 0.1 < length(it, 1) / length(it, 6) < 10
    before = length(it, 1)
    slide(it, "Depth", 11)
    assert length(it, 1) > 100 * before


def test_the_bound_permits_what_does_not_happen(show):
    it = show(Depth(width=8))
    unfold(it)
    it.get_by_role("checkbox", name="bound").check()
    allowed = float(re.search(r"would allow ([\d.]+) a layer", said(it))[1])
    assert rate(it) < 1 < allowed
    assert length(it, 1) < 0.05 * length(it, 1, column=5)


def test_a_step_goes_forward_and_then_back_with_two_cues(show):
    it = show(Depth(depth=3), width=390)
    lit, here = it.locator(".gd-deep-link"), it.locator("rect.gd-deep-here")
    assert lit.count() == 27 and not here.is_visible()
    for words, links in [("Forward, layer 1", 0), ("Forward, layer 2", 0)]:
        it.get_by_role("button", name="Step").click()
        assert said(it).startswith(words) and lit.count() == links
    assert here.is_visible() and it.get_by_text("forward →").is_visible()
    for _ in range(2):
        it.get_by_role("button", name="Step").click()
    assert said(it).startswith("Back, layer 3") and lit.count() == 9
    assert it.get_by_text("← back").is_visible()
