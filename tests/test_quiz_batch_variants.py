"""Every number in the quiz on batch variants is worked out here with the library."""

import json

import numpy as np
import pytest

from gdcourse import Surface, descend
from gdcourse.exercises.quizzes import batch_variants as quiz
from gdcourse.network import mlp
from gdcourse.optimizers import gradient_descent
from gdcourse.training import batches, early_stopping
from gdcourse.training.run import Epoch, Run

LOSSES = [9, 7, 5, 6, 5.5, 4.8, 5, 6, 5.2, 4.1]


def said(item):
    return json.dumps(item.as_json(), ensure_ascii=False)


def test_the_number_of_updates_and_the_slips():
    one = len(list(batches(50_000, 128, None)))
    full = len(list(batches(50_000, 128, None, drop_last=True)))
    assert (10 * one, one) == (quiz.UPDATES.answer, 391)
    values = {mistake.value for mistake in quiz.UPDATES.mistakes}
    assert {10 * full, one, 500_000 // 128, -(-500_000 // 128)} <= values
    assert f"{50_000 / 128:.1f}" in said(quiz.UPDATES)


def test_four_times_the_batch_halves_the_error():
    rng = np.random.default_rng(0)
    error = {
        size: rng.normal(0, 1, (4000, size)).mean(axis=1).std() for size in (32, 128)
    }
    right = next(option for option in quiz.NOISE.options if option.right)
    assert float(right.text) == pytest.approx(0.4 * error[128] / error[32], rel=0.05)
    assert "from 0.16 to 0.04" in said(quiz.NOISE) and 0.4**2 / 4 <= 0.0401


def test_the_rate_of_the_large_batch_that_makes_the_same_update():
    x, y = np.arange(1.0, 9.0), 3 * np.arange(1.0, 9.0) + 1

    def slope(rows):
        data = {"x": x[rows], "y": y[rows]}
        return Surface.mean("(w*x - y)**2", "w", data).gradient([0])

    summed = sum(slope(rows) for rows in np.split(np.arange(8), 4))
    step = descend(
        Surface.mean("(w*x - y)**2", "w", {"x": x, "y": y}),
        gradient_descent(quiz.RATE.answer),
        [0],
        steps=1,
    )
    assert step.x[-1] == pytest.approx(-0.01 * summed)


@pytest.mark.parametrize(
    ("batch_norm", "sizes", "option"),
    [(True, [32] * 8, 0), (False, [32] * 7 + [8], 1), (False, [32] * 8, 3)],
)
def test_what_makes_accumulation_differ(batch_norm, sizes, option):
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(sum(sizes), 4)), rng.integers(3, size=sum(sizes))
    net = mlp([4, 8, 3], batch_norm=batch_norm)
    at, ends = net.init(rng), np.cumsum(sizes)[:-1]
    whole = net.gradients(at, x, y)[1]
    pairs = zip(np.split(x, ends), np.split(y, ends), strict=True)
    parts = [net.gradients(at, *pair)[1] for pair in pairs]
    differ = any(
        not np.allclose(np.mean([part[name] for part in parts], axis=0), g, atol=1e-9)
        for name, g in whole.items()
    )
    assert differ == quiz.SAME.options[option].right


def test_the_epoch_that_early_stopping_keeps():
    stop, run = early_stopping(3), Run({}, {}, np.random.default_rng(0))
    for epoch, loss in enumerate(LOSSES):
        run.parameters = {"epoch": np.array(epoch)}
        run.epochs.append(Epoch(loss, loss, 0.0))
        if stop.after_epoch(run):
            break
    assert (epoch, int(run.parameters["epoch"])) == (8, quiz.KEEP.answer)
    assert ", ".join(map(str, LOSSES[-3:])) in said(quiz.KEEP)
    assert int(np.argmin(LOSSES)) == quiz.KEEP.mistakes[1].value


def test_how_many_more_steps_the_small_batch_makes():
    assert f"{2048 // 64} times fewer" in said(quiz.LARGE)
