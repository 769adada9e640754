"""The colours can be told apart, and read, by everybody and in both themes."""

import re
from itertools import combinations

import numpy as np
import pytest

from gdcourse import style
from gdcourse.style import LOOKS, PALETTE

# What linear RGB becomes for someone who lacks one kind of cone: Machado, Oliveira and
# Fernandes 2009, IEEE TVCG 15(6), severity 1.0.
SIGHT = {
    "usual": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
THEMES = pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])


def linear(colour):
    part = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """Return the contrast ratio of WCAG 2."""
    dark, light = sorted(XYZ[1] @ linear(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    t = XYZ @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one, other, sight):
    """Return how far apart two colours look: the CIE 1976 difference."""
    seen = [lab(np.array(SIGHT[sight]) @ linear(colour)) for colour in (one, other)]
    return np.linalg.norm(seen[0] - seen[1])


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_simulation_merges_colours_that_dichromats_confuse():
    # A red and the green of the same effect on the remaining cones.
    assert distance("#b08000", "#70a000", "usual") > 40
    assert distance("#b08000", "#70a000", "deuteranopia") < 20


@THEMES
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_words_reach_a_contrast_of_4_5(theme, ground):
    words = [PALETTE[name] for name in ("ink", "muted", "accent", "good", "bad")]
    for pair in [*words, *(look[:2] for look in LOOKS.values())]:
        assert contrast(pair[theme], PALETTE[ground][theme]) >= 4.5, pair


@THEMES
@pytest.mark.parametrize("ground", ["paper", "card", "high", "low"])
def test_lines_reach_a_contrast_of_3_even_on_contours(theme, ground):
    for pair in [PALETTE["curve"], *(look[:2] for look in LOOKS.values())]:
        assert contrast(pair[theme], PALETTE[ground][theme]) >= 3, pair


@THEMES
@pytest.mark.parametrize("sight", SIGHT)
def test_rules_are_told_apart_by_colour_whatever_the_sight(theme, sight):
    for (name, one), (other, two) in combinations(LOOKS.items(), 2):
        assert distance(one[theme], two[theme], sight) > 15, (name, other)
    assert distance(PALETTE["good"][theme], PALETTE["bad"][theme], sight) > 15


def test_rules_are_told_apart_without_colour():
    assert len({look.dash for look in LOOKS.values()}) == len(LOOKS)
    assert len({look.marker for look in LOOKS.values()}) == len(LOOKS)


def test_look_falls_back_on_the_position():
    names = list(LOOKS)
    assert style.look("Adam") is LOOKS["Adam"]
    assert style.look("my own", 3) is LOOKS[names[3]]
    assert style.look("my own", len(names)) is LOOKS[names[0]]


@pytest.mark.parametrize("scope", ["", ".gd-figure"])
def test_css_defines_each_colour_once_for_each_case(scope):
    text = style.css(scope)
    for name in style.colours(0):
        assert len(re.findall(rf"--gd-{name}: #[0-9a-f]{{6}};", text)) == 3, name
    assert text.count("{") == text.count("}")
    assert text.startswith(f"{scope or ':root'} {{ color-scheme: light;")
    assert f'html[data-theme="dark"] {scope}'.strip() in text
