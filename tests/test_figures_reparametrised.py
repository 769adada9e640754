"""The same function with other weights: sharpness, predictions, words, bad input."""

import json
import re

import numpy as np
import pytest

from gdcourse import plots
from gdcourse.figures import Reparametrised


@pytest.mark.parametrize("factor", [0.01, 0.5, 1, 3, 10, 100])
def test_the_predictions_stay_and_the_sharpness_does_not(factor):
    figure = Reparametrised(factor)
    a, b = figure.weights
    assert figure.predictions.round(9).tolist() == [0, 2, 4, 6]
    assert figure.surface([a, b]) == pytest.approx(0, abs=1e-20)
    assert figure.sharpness == pytest.approx(7 * (a**2 + b**2))


def test_the_sharpness_is_what_differences_of_the_loss_say():
    figure, small = Reparametrised(3), 1e-4
    direction = np.linalg.eigh(figure.surface.hessian(figure.weights))[1][:, -1]
    around = [figure.surface(figure.weights + t * direction) for t in (-small, small)]
    assert sum(around) / small**2 == pytest.approx(figure.sharpness, rel=1e-3)


def test_what_the_reader_moved_reaches_python():
    figure = Reparametrised()
    figure.moved = {"factor": 10.0}
    assert figure.weights.tolist() == [20.0, 0.1]
    figure.factor = 100
    assert (figure.settings["factor"], figure.moved) == (100.0, {})


def test_words_and_still_tell_the_numbers():
    assert "0, 2, 4, 6 and the sharpness is 252.8" in Reparametrised(3).alt
    settings = json.loads(json.dumps(Reparametrised(3).settings))
    assert "sharpness is 252.8" in plots.still("reparametrised", settings)


@pytest.mark.parametrize(
    ("factor", "words"),
    [(0, "factor = 0 must be above zero"), (1000, "factor = 1000 is off the figure")],
)
def test_bad_factors_get_one_sentence(factor, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        Reparametrised(factor)
