"""The benchmark measures what it says, and its page has the form of its text."""

import re
from pathlib import Path

import numpy as np
import pytest

import contestants
import measure
import memory
import run

FOLDER = Path(run.__file__).parent


@pytest.fixture
def torch():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    threads = torch.get_num_threads()
    yield torch
    torch.set_num_threads(threads)


def test_a_race_has_a_row_for_each_rule_and_a_dash_for_each_gap(torch, monkeypatch):
    monkeypatch.setattr(run, "RULES", ("adam", "rmsprop"))
    seconds, _ = run.race(2, rounds=1)
    head, _, *rows = run.ratios(seconds, plain=False).splitlines()
    assert head == "| rule | ours | PyTorch | 1 thread | foreach | fused | optax |"
    number = r" \d+\.\d+ \|"
    assert re.match(rf"\| `adam` \| [\d.]+ µs \|{number * 4} ", rows[0])
    assert re.match(rf"\| `rmsprop` \| [\d.]+ µs \|{number * 3} – \| ", rows[1])


def test_contestants_that_take_other_steps_are_refused():
    x, g = np.ones((2, 4))
    field = {name: contestants.ours(name, x, g) for name in ("adam", "momentum")}
    with pytest.raises(AssertionError, match="Mismatched elements: 4 / 4"):
        measure.agree(field)


def test_large_arrays_go_through_in_blocks():
    x, g = np.ones((2, contestants.SIZE + 1))
    plain = contestants.ours("adam", x, g, blocks=False)
    blocked = contestants.ours("adam", x, g)
    point = blocked.point()
    measure.agree({"plain": plain, "blocked": blocked})
    assert blocked.point() is point is not x
    assert plain.point() is not point


def test_memory_that_a_call_takes_for_a_moment_is_seen():
    extra = memory.extra(lambda: np.ones(10**7))
    assert np.isnan(extra) or extra == pytest.approx(80e6, rel=0.1)


def test_the_verdict_names_each_place_where_another_is_faster():
    times = {"adam": {"ours": 2.0, "PyTorch": 1.0}, "adamw": {"ours": 1, "PyTorch": 3}}
    assert run.verdict(run.behind({2: times}, ["PyTorch"])) == (
        "**no**: at 2 parameters `adam` (0.50)"
    )
    assert run.verdict(run.behind({2: {"adamw": times["adamw"]}}, ["PyTorch"])) == (
        "**yes**"
    )


def test_the_committed_page_has_the_form_of_its_text():
    text = (FOLDER / "text.md").read_text("utf-8")
    page = (FOLDER / "README.md").read_text("utf-8")
    pattern = re.sub(r"\\\{\w+\\\}", r"[\\s\\S]+", re.escape(text))
    assert re.fullmatch(pattern, page)
    for size in run.ROUNDS:
        assert f"### {size:,} parameters" in page
