"""Search without gradients against loops, SciPy and its own counts."""

import numpy as np
import pytest
from scipy.optimize import brute

from gdcourse import SURFACES, Surface, search
from gdcourse.search import grid_search, random_search
from gdcourse.surfaces import bowl, double_well, himmelblau, rosenbrock


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
@pytest.mark.parametrize("numbers", [2, 50, 2**18])
def test_the_grids_best_point_is_scipys_whatever_the_chunks(
    surface, numbers, monkeypatch
):
    monkeypatch.setattr(search, "NUMBERS", numbers)
    found = grid_search(surface, 23)
    edges = [slice(low, high, 23j) for low, high in surface.window]
    x, value, *_ = brute(surface, edges, finish=None, full_output=True)
    assert found.x == pytest.approx(np.atleast_1d(x))
    assert found.value == pytest.approx(value) == surface(found.x)
    assert found.evaluations == 23**surface.dimension


def test_two_points_an_axis_are_the_corners():
    found = grid_search(rosenbrock, 2)  # 2509, 109, 2501, 101
    assert (found.x.tolist(), found.value) == ([2, 3], 101)
    assert grid_search(double_well, 2).evaluations == 2


def test_random_points_are_uniform_in_the_window_and_the_first_of_a_longer_search():
    seen = []
    surface = Surface("x + y", "x y", window=[(-1, 0), (5, 9)])
    surface.quick_value = lambda x: seen.append(x) or x.sum(axis=-1)
    found = random_search(surface, 4000, rng())
    points = np.concatenate(seen)
    assert points.shape == (4000, 2)
    assert points.mean(axis=0) == pytest.approx([-0.5, 7], abs=0.1)
    assert (points.min(axis=0) >= [-1, 5]).all() and (points.max(axis=0) < [0, 9]).all()
    assert found.value == points.sum(axis=1).min()
    assert random_search(surface, 5000, rng()).value <= found.value


def test_the_chunks_of_a_random_search_do_not_matter(monkeypatch):
    whole = random_search(himmelblau, 1000, rng())
    monkeypatch.setattr(search, "NUMBERS", 14)
    parts = random_search(himmelblau, 1000, rng())
    assert np.array_equal(parts.x, whole.x) and parts[1:] == whole[1:]


def test_a_loss_that_is_no_number_is_never_the_best():
    roots = Surface("sqrt(x)", "x", window=[(-2, 2)])
    assert grid_search(roots, 5)[:2] == (np.array([0.0]), 0)
    nowhere = grid_search(Surface("sqrt(-1 - x**2)", "x"), 5)
    assert np.isnan(nowhere.x).all() and nowhere.value == np.inf


def test_a_large_grid_stays_small_in_memory():
    tracemalloc = pytest.importorskip("tracemalloc")
    bowl([0, 0])
    tracemalloc.start()
    grid_search(bowl, 2000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6  # its points alone would be 64 MB


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda: grid_search(bowl, 20_000),
            r"points_per_axis = 20000 in 2 dimension\(s\) would be 400,000,000 points",
        ),
        (
            lambda: grid_search(
                Surface("+".join("abcdfghijk"), "a b c d f g h i j k"), 99
            ),
            "would be about 10\\^19 points: pass fewer, for 100,000,000 at most",
        ),
        (lambda: grid_search(bowl, 1), "points_per_axis = 1 must be at least 2"),
        (
            lambda: grid_search(bowl, 2.5),
            "points_per_axis = 2.5 must be a whole number",
        ),
        (lambda: random_search(bowl, 0, rng()), "evaluations = 0 must be at least 1"),
        (lambda: random_search(bowl, 9, 42), "rng = 42 must be a generator: np.random"),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(make, words):
    with pytest.raises(ValueError, match=words):
        make()
