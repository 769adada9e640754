"""The data sets are the ones their pages describe."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from gdcourse.data import houses

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


@pytest.mark.parametrize("name", ["houses.csv", "houses.md"])
def test_the_wheel_carries_the_data(name):
    wheel = pytest.importorskip("hatchling.builders.wheel")
    carried = wheel.WheelBuilder(str(ROOT)).recurse_included_files()
    assert f"gdcourse/data/{name}" in {file.distribution_path for file in carried}
