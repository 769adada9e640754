"""The data sets are the ones their pages describe."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcourse.data import (
    digits,
    houses,
    min_max,
    spirals,
    split,
    standardise,
    two_moons,
)

ROOT = Path(__file__).parent.parent


def test_houses_are_the_published_sales():
    area, price = houses()
    assert area.shape == price.shape == (2930,)
    assert area.dtype == price.dtype == float
    assert area[:5].tolist() == [1656, 896, 1329, 2110, 1629]
    assert price[:5].tolist() == [215000, 105000, 172000, 244000, 189900]
    assert (area.sum(), price.sum()) == (4_394_093, 529_732_456)


def test_the_line_of_least_squares_explains_half_of_the_variance():
    area, price = houses()
    slope, intercept = np.polyfit(area, price, 1)
    residual = price - (slope * area + intercept)
    assert round(1 - residual.var() / price.var(), 4) == 0.4995
    assert (round(slope, 2), round(intercept)) == (111.69, 13290)


def test_the_page_of_provenance_states_the_same_numbers():
    page = files("gdcourse.data").joinpath("houses.md").read_text(encoding="utf-8")
    area, price = houses()
    for column in (area, price):
        assert f"{column.min():,.0f} to {column.max():,.0f}" in page
    for text in (f"{len(area):,}", "R² = 0.4995", "No licence is stated"):
        assert text in page


def test_each_call_gives_arrays_of_its_own():
    area, price = houses()
    area -= area.mean()
    price[:] = 0
    assert houses().area[0] == 1656
    assert houses().price[0] == 215000


@pytest.mark.parametrize(
    "name", ["houses.csv", "houses.md", "digits.csv.gz", "digits.md"]
)
def test_the_wheel_carries_the_data(name):
    wheel = pytest.importorskip("hatchling.builders.wheel")
    carried = wheel.WheelBuilder(str(ROOT)).recurse_included_files()
    assert f"gdcourse/data/{name}" in {file.distribution_path for file in carried}


def test_digits_are_the_published_images():
    images, labels = digits()
    assert images.shape == (1797, 64)
    assert (images.min(), images.max(), images.sum()) == (0, 16, 561_718)
    assert labels.dtype == int
    # the test set's class counts, as its authors give them
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert np.bincount(labels).tolist() == counts


def test_the_page_of_digits_states_the_same_numbers():
    page = files("gdcourse.data").joinpath("digits.md").read_text(encoding="utf-8")
    images, labels = digits()
    counts = np.bincount(labels)
    assert f"{len(images):,} handwritten digits" in page
    assert f"appears {counts.min()} to {counts.max()} times" in page
    assert (images.std(axis=0) == 0).sum() == 3
    assert "CC BY 4.0" in page


def test_each_image_is_an_array_of_its_own():
    digits().images[:] = 1
    digits().labels[:] = 1
    assert digits().images[0, 0] == 0
    assert digits().labels[0] == 0


def test_the_two_moons_are_half_circles():
    points, labels = two_moons(101, 0.0, np.random.default_rng(0))
    assert points.shape == (101, 2)
    assert np.bincount(labels).tolist() == [51, 50]
    upper, lower = points[labels == 0], points[labels == 1]
    assert np.allclose(np.hypot(*upper.T), 1)
    assert np.allclose(np.hypot(*(lower - [1, 0.5]).T), 1)
    assert upper[:, 1].min() > -1e-9
    assert lower[:, 1].max() < 0.5 + 1e-9


@given(classes=st.integers(2, 5), each=st.integers(2, 30))
def test_each_spiral_is_the_first_one_turned(classes, each):
    points, labels = spirals(classes * each, classes, 0.0, np.random.default_rng(0))
    first = points[labels == 0] @ [1, 1j]
    assert np.abs(first[[0, -1]]) == pytest.approx([0.1, 1])
    for label in range(classes):
        turned = first * np.exp(2j * np.pi * label / classes)
        assert np.allclose(points[labels == label] @ [1, 1j], turned)


@pytest.mark.parametrize("make", [two_moons, lambda n, *a: spirals(n, 3, *a)])
def test_noise_has_the_deviation_asked_for_and_follows_its_seed(make):
    clean, labels = make(3000, 0.0, np.random.default_rng(0))
    noisy, same = make(3000, 0.2, np.random.default_rng(1))
    again, _ = make(3000, 0.2, np.random.default_rng(1))
    assert (noisy - clean).std() == pytest.approx(0.2, rel=0.05)
    assert (labels == same).all()
    assert (noisy == again).all()


@given(n=st.integers(2, 50), fraction=st.floats(0.3, 0.7))
def test_a_split_parts_the_samples_and_keeps_pairs_together(n, fraction):
    x = np.arange(2.0 * n).reshape(n, 2)
    training, held = split(x, 2 * np.arange(n), fraction, np.random.default_rng(n))
    assert len(held.x) == round(fraction * n)
    assert sorted([*training.y, *held.y]) == list(range(0, 2 * n, 2))
    assert (training.x[:, 0] == training.y).all()
    assert (held.x[:, 0] == held.y).all()


def test_scalings_learn_from_the_training_data_alone():
    training, other = np.array([[1.0, 7], [3, 7], [8, 7]]), np.array([[2.0, 9]])
    standard, unit = standardise(training), min_max(training)
    assert standard(training)[:, 0].mean() == pytest.approx(0)
    assert standard(training)[:, 0].std() == pytest.approx(1)
    assert unit(training)[:, 0].tolist() == [0, 2 / 7, 1]
    assert (standard(training)[:, 1] == 0).all()
    assert unit(other).tolist() == [[1 / 7, 2]]
    assert np.allclose(standard.undo(standard(other)), other)


RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: two_moons(1, 0.1, RNG), "n = 1 must be at least 2"),
        (lambda: two_moons(10, -1, RNG), "noise = -1 must be zero or more"),
        (lambda: spirals(10, 1, 0.1, RNG), "classes = 1 must be at least 2"),
        (lambda: spirals(2.5, 2, 0.1, RNG), "n = 2.5 must be a whole number"),
        (lambda: spirals(2, 3, 0.1, RNG), "n = 2 must be at least 3"),
        (lambda: split([1, 2], [1], 0.5, RNG), r"x has shape \(2,\) and y \(1,\)"),
        (lambda: split([], [], 0.5, RNG), r"x has shape \(0,\): pass one row"),
        (lambda: split(["a"], [1], 0.5, RNG), "x = .* must hold real numbers"),
        (lambda: split([1, 2], [1, np.nan], 0.5, RNG), r"y\[1\] is nan: replace"),
        (lambda: split([1, 2], [1, 2], 0.1, RNG), "fraction = 0.1 of 2 samples must"),
        (lambda: split([1, 2], [1, 2], 1, RNG), "fraction = 1 of 2 samples must"),
        (lambda: standardise([]), r"x has shape \(0,\): pass one row or more"),
        (lambda: min_max([[1, np.inf]]), r"x\[0, 1\] is inf: replace"),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(make, words):
    with pytest.raises(ValueError, match=words):
        make()
