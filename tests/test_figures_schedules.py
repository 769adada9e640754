"""The figure of schedules as Python declares it."""

import math
import re

import numpy as np
import pytest

from gdcourse import plots
from gdcourse.figures import Schedules
from gdcourse.plots import replay
from gdcourse.schedules import cosine, one_cycle, step_decay, warm_restarts, warmup

WARM = warmup(cosine(3e-4, 98_000, 3e-5), 2_000)


def clumsy(step):
    """A schedule as a learner writes it, with an `if` that no tracer follows."""
    if step < 2_000:
        return 3e-4 * step / 2_000
    progress = (step - 2_000) / 98_000
    return 3e-5 + 2.7e-4 * (1 + math.cos(math.pi * progress)) / 2


# K35: half of the steps is not half of the decay
@pytest.mark.parametrize(
    ("at", "rate"),
    [
        (0, 1.5e-7),
        (1_999, 3e-4),
        (2_000, 3e-4),
        (50_000, 1.69327e-4),
        (51_000, 1.65e-4),
    ],
)
def test_rates_at_the_cursor(at, rate):
    figure = Schedules({"warm-up + cosine": WARM}, 100_000)
    assert figure.at == 50_000
    figure.at = at
    assert figure.rates == {"warm-up + cosine": pytest.approx(rate, rel=1e-5)}


def test_a_schedule_travels_as_a_graph_or_as_samples():
    figure = Schedules({"cosine": WARM, "mine": clumsy, "still": 0.1}, 100_000)
    cosine, mine, still = (r["schedule"] for r in figure.settings["racers"])
    assert set(cosine) == set(still) == {"graph"}
    assert (len(mine["samples"]), mine["every"]) == (1_001, 100)
    for document in (cosine, mine):
        assert replay.schedule_from(document)(51_000) == pytest.approx(1.65e-4)


def test_an_uneven_number_of_steps_is_sampled_to_its_end():
    (racer,) = Schedules({"mine": clumsy}, 2_501).settings["racers"]
    schedule = replay.schedule_from(racer["schedule"])
    assert (schedule(0), schedule(2_501)) == (clumsy(0), clumsy(2_501))


def test_every_schedule_has_a_look_of_its_own():
    six = {f"{rate}": rate for rate in range(6)}
    racers = Schedules(six, 10).settings["racers"]
    for trait in ("colour", "dash", "marker"):
        assert len({racer[trait] for racer in racers}) == 6


def test_alt_text_has_the_values():
    figure = Schedules({"steps": step_decay(1.0, 30)}, 100, at=60, unit="epoch")
    assert figure.alt == "Learning rates over 100 epochs. At epoch 60: steps 0.01."
    figure.moved = {"at": 30}
    assert figure.alt.endswith("At epoch 30: steps 0.1.")


GOOD = {"cosine": cosine(1.0, 10)}
BAD = {
    "no schedules": (lambda: Schedules({}, 10), "1 to 6 schedules by label"),
    "no labels": (lambda: Schedules([cosine(1.0, 10)], 10), "1 to 6 schedules"),
    "seven": (lambda: Schedules({str(i): 1 for i in range(7)}, 10), "1 to 6"),
    "no function": (lambda: Schedules({"a": "fast"}, 10), "schedules['a'] = 'fast'"),
    "not finite": (
        lambda: Schedules({"a": lambda t: np.inf if t > 3 else 1.0}, 10),
        "schedules['a'] gives inf at step 4",
    ),
    "no steps": (lambda: Schedules(GOOD, 0), "steps = 0"),
    "a cursor beyond": (lambda: Schedules(GOOD, 10, at=11), "at = 11 lies beyond"),
    "half a step": (lambda: Schedules(GOOD, 10, at=0.5), "at = 0.5"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_settings_get_one_sentence(case):
    make, words = BAD[case]
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        make()
    assert "\n" not in str(error.value)


def test_the_picture_shows_each_schedule_with_its_dash():
    cycle = {"one cycle": one_cycle(1.0, 100), "SGDR": warm_restarts(1.0, 10, 2)}
    ax = plots.schedules(cycle, 100, unit="epoch")
    assert [line.get_label() for line in ax.lines] == ["one cycle", "SGDR"]
    assert ax.lines[1].get_ydata()[-1] == pytest.approx(0.6913, abs=1e-4)
    still = plots.still("schedules", Schedules(cycle, 100).settings, "Two schedules.")
    assert "Two schedules." in still and "one cycle" in still
