"""The plane of momentum: roots, regimes and the best pair, against other sources."""

import numpy as np
import pytest

from gdcourse import figures, plots
from gdcourse.curvature import best_momentum, momentum_roots
from gdcourse.figures.phase import regime


@pytest.mark.parametrize("point", [(0.1, 0.9), (0.5, 0.0), (3.0, 0.2), (2.9, 0.5)])
@pytest.mark.parametrize("curvature", [0.3, 1.0, 7.0])
def test_the_roots_are_those_of_numpys_polynomial(curvature, point):
    alpha, beta = point
    expected = np.roots([1, alpha * curvature - beta - 1, beta])
    found = momentum_roots(curvature, alpha, beta)
    assert np.sort(found) == pytest.approx(np.sort(expected.astype(complex)))
    assert abs(found[0]) >= abs(found[1]) - 1e-12


@pytest.mark.parametrize(("least", "most"), [(1.0, 9.0), (0.5, 50.0), (2.0, 2.0)])
def test_no_pair_beats_the_best_of_both_directions(least, most):
    def factor(alpha, beta):
        return max(abs(momentum_roots(c, alpha, beta)[0]) for c in (least, most))

    alpha, beta = best_momentum(least, most)
    best = factor(alpha, beta)
    assert best == pytest.approx(beta**0.5, abs=1e-7)
    others = [
        (a, b)
        for a in alpha * np.linspace(0.5, 1.5, 21)
        for b in np.clip(beta + np.linspace(-0.2, 0.2, 21), 0, 0.99)
    ]
    assert min(factor(*pair) for pair in others) > best - 1e-7


@pytest.mark.parametrize("point", [(0.2, 0.2), (0.1, 0.9), (1.6, 0.05), (3.0, 0.1)])
def test_the_path_does_what_its_regime_says(point):
    figure = figures.PhaseDiagram(learning_rate=point[0], beta=point[1])
    x = figure.paths[1.0].x[:, 0]
    turns = int(np.sum(np.diff(np.sign(x[:20])) != 0))
    assert figure.regimes[1.0] == regime(1.0, *point)
    expected = {
        "monotone": turns == 0 and abs(x[-1]) < 1e-3,
        "ripples": 0 < turns < 12 and abs(x[-1]) < 0.1,
        "alternating": turns == 19 and abs(x[-1]) < 1e-3,
        "diverging": abs(x[-1]) > 1e3 and len(x) < 61,
    }
    assert expected.pop(figure.regimes[1.0])
    assert not any(expected.values())


def test_settings_can_be_changed_and_both_directions_shown():
    figure = figures.PhaseDiagram()
    figure.moved = {"learning_rate": 0.25, "beta": 0.25, "both": True}
    assert figure.regimes == {1.0: "critical damping", 9.0: "alternating"}
    assert figure.settings["best"] == [0.25, 0.25]
    assert "curvature 9: alternating, largest root 0.5" in figure.alt
    assert plots.still("phase", figure.now).count("<svg") == 2


BAD = {
    "outside the plane": (
        lambda: figures.PhaseDiagram(learning_rate=5),
        "at most 4.84",
    ),
    "too steep for both": (
        lambda: figures.PhaseDiagram(learning_rate=1, both=True),
        "at most 0.5378",
    ),
    "beta of one": (lambda: figures.PhaseDiagram(beta=1), "beta = 1"),
    "beta near one": (lambda: figures.PhaseDiagram(beta=0.9999), "at most 0.999"),
    "no bowl": (lambda: figures.PhaseDiagram(-1), "curvature = -1"),
    "at rest": (lambda: figures.PhaseDiagram(start=0), "start = 0"),
    "the wrong order": (lambda: best_momentum(9, 1), "smaller curvature first"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_words(case):
    act, words = BAD[case]
    with pytest.raises(ValueError, match=words):
        act()
