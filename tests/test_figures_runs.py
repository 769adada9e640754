"""The figure of recorded runs as Python declares it."""

import re

import numpy as np
import pytest

from gdcourse import plots
from gdcourse.figures import Runs

THREE = [[8, 4, 2, 1], [8, 6, 4, 3], [8, 5, 3, 2]]


@pytest.mark.parametrize(
    ("band", "values"),
    [("range", (2.0, 3.0, 4.0)), ("quartiles", (2.5, 3.0, 3.5))],
)
def test_bands_are_those_of_numpy(band, values):
    figure = Runs({"SGD": THREE}, band=band, at=2)
    assert figure.values == {"SGD": values}
    assert values == tuple(
        np.quantile([2, 3, 4], [(values[0] - 2) / 2, 0.5, (values[2] - 2) / 2])
    )


def test_a_run_that_blew_up_is_infinity_and_travels_as_nothing():
    figure = Runs({"SGD": [*THREE, [8, 90, np.inf, np.nan], [8, 9, np.nan, np.nan]]})
    assert figure.values == {"SGD": (1.0, 3.0, np.inf)}
    assert figure.settings["racers"][0]["high"] == [8.0, 90.0, None, None]
    assert (
        "∞" in plots.still("runs", figure.settings, "∞") and "(1 to inf)" in figure.alt
    )


def test_alt_text_says_what_the_bands_are():
    figure = Runs({"SGD": THREE, "Adam": [[8, 2, 1, 1]]}, at=1)
    assert figure.alt == (
        "Training loss against epoch, medians over 1 to 3 seeds and the range from the "
        "lowest to the highest run. At epoch 1: SGD 5 (4 to 6); Adam 2 (2 to 2)."
    )


def test_one_run_has_no_band():
    figure = Runs({"SGD": [3, 2, 1]}, x="step", y="loss", places=[0, 10, 20])
    assert figure.settings["band"] == ""
    assert figure.alt == "Loss against step, 1 seed. At step 20: SGD 1."


def test_the_cursor_and_looks_follow():
    figure = Runs({"Adam": THREE, "SGD": THREE})
    figure.moved = {"at": 1.0}
    assert figure.values["SGD"] == (4.0, 5.0, 6.0)
    adam, sgd = figure.settings["racers"]
    assert (adam["marker"], sgd["marker"]) == ("triangle", "circle")


def test_the_picture_shows_bands_and_medians():
    figure = Runs({"SGD": THREE, "Adam": THREE}, log=False)
    still = plots.still("runs", figure.settings, "")
    for word in ("training loss against epoch: SGD, Adam.", "fill-opacity: 0.18"):
        assert word in still


BAD = {
    "nothing": ({}, {}, "losses = {}: pass 1 to 6 arrays"),
    "no labels": (THREE, {}, "pass 1 to 6 arrays by label"),
    "words": ({"SGD": [["fast", 1]]}, {}, "losses['SGD'] = [['fast', 1]]"),
    "one point": ({"SGD": [[1]]}, {}, "losses have shapes [(1, 1)]"),
    "other points": ({"a": [1, 2], "b": [1, 2, 3]}, {}, "[(1, 2), (1, 3)]"),
    "negative": ({"a": [1, -2]}, {}, "losses go down to -2.0: pass log=False"),
    "a band": ({"a": [1, 2]}, {"band": "all"}, "'all'"),
    "places": ({"a": [1, 2]}, {"places": [3, 3]}, "must be 2 growing numbers"),
    "outside": ({"a": [1, 2]}, {"at": 7}, "at = 7 lies outside 0 to 1"),
    "no place": ({"a": [1, 2]}, {"at": "end"}, "at = 'end'"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    losses, settings, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        Runs(losses, **settings)
    assert "\n" not in str(error.value)
