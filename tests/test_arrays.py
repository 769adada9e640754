"""What callers pass becomes arrays, or one sentence says why it cannot."""

import numpy as np
import pytest

from gdcourse.arrays import as_points, check_names, columns, finite, pick, share, whole


@pytest.mark.parametrize(
    ("given", "dimension", "shape"),
    [
        (3, 1, (1,)),
        ([3], 1, (1,)),
        ([[1, 2], [3, 4], [5, 6]], 2, (3, 2)),
        (np.zeros((2, 0, 3)), 3, (2, 0, 3)),
        (np.float32([1, 2]), 2, (2,)),
        ((True, False), 2, (2,)),
    ],
)
def test_points_are_floats_whose_last_axis_holds_the_coordinates(
    given, dimension, shape
):
    points = as_points(given, dimension)
    assert points.shape == shape
    assert points.dtype == float


@pytest.mark.parametrize(
    ("given", "dimension", "words"),
    [
        (
            "a",
            2,
            r"x = 'a' is not an array of real numbers: pass 2 number\(s\) a point",
        ),
        (None, 2, "x = None is not an array of real numbers"),
        ([1j], 1, r"x = \[1j\] is not an array of real numbers"),
        ([[1], [1, 2]], 2, r"x = \[\[1\], \[1, 2\]\] is not an array"),
        ({}, 1, "x = {} is not an array"),
        (3, 2, r"x has shape \(\), but its last axis must hold the 2 coordinate"),
        ([1, 2, 3], 2, r"x has shape \(3,\), .* pass shape \(\.\.\., 2\)\."),
        ([], 2, r"x has shape \(0,\)"),
        ("a", 9, r"for example \[0.5, 0.5, 0.5\]\.\.\."),
    ],
)
def test_other_points_get_one_sentence(given, dimension, words):
    with pytest.raises(ValueError, match=words):
        as_points(given, dimension)


def test_finite_lets_numbers_through_and_nothing_else():
    assert finite(np.array([1.0, -2.0]), "start").tolist() == [1, -2]
    for bad in (np.nan, np.inf, -np.inf):
        with pytest.raises(ValueError, match=r"start = \[.*\] must be finite"):
            finite(np.array([1.0, bad]), "start")


@pytest.mark.parametrize("value", [1, np.int64(1)])
def test_whole_numbers_may_come_from_numpy(value):
    assert whole(value, "steps", 0) == 1
    assert type(whole(value, "steps", 0)) is int


@pytest.mark.parametrize("value", [1.0, "1", True, None, [1]])
def test_whole_numbers_are_nothing_else(value):
    with pytest.raises(
        ValueError, match=r"steps = .* must be a whole number, such as 5"
    ):
        whole(value, "steps", 5)


def test_pick_suggests_the_nearest_name():
    table = {"adam": 1, "momentum": 2}
    assert pick("adam", table, "rule") == 1
    with pytest.raises(ValueError, match=r"no rule 'adm'\. Did you mean 'adam'\? The"):
        pick("adm", table, "rule")
    with pytest.raises(ValueError, match=r"no rule 'x'\. The names are adam, momentum"):
        pick("x", table, "rule")


def test_columns_are_copies_of_one_length():
    x = np.arange(3.0)
    made = columns({"x": x, "y": [1, 2, 3]}, ["w"])
    x[:] = 9
    assert made["x"].tolist() == [0, 1, 2]
    assert made["y"].dtype == float


@pytest.mark.parametrize("names", [["a b"], ["1x"], ["for"], ["x", "x"], []])
def test_names_are_different_words(names):
    with pytest.raises(ValueError, match="must be different words"):
        check_names(names)


def test_a_share_is_below_one():
    assert share(np.float64(0.5), "rate") == 0.5
    for bad in (1, -0.1, np.nan, True, "a"):
        with pytest.raises(ValueError, match="must be a number from 0 to below 1"):
            share(bad, "rate")
