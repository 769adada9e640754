"""Progress is kept in a small file that is never lost in silence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gdcourse.exercises import EXERCISES, check, hint, progress, solution
from gdcourse.exercises import store as stores

ID = "update-rule.step"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GDCOURSE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(stores, "_stores", {})
    return tmp_path / "home"


def kept(home):
    return json.loads((home / "progress.json").read_text("utf-8"))["exercises"]


def answer_rightly():
    return check(ID, EXERCISES[ID].reference)


def answer_wrongly():
    return check(ID, lambda x, g, lr: x + lr * g)


def test_checks_hints_and_solutions_are_noted(home):
    answer_wrongly()
    answer_rightly()
    answer_wrongly()
    hint(ID, 2)
    solution(ID)
    assert kept(home)[ID] == {
        "tries": 3,
        "right": True,
        "last": "wrong",
        "mistakes": {"sign": 2},
        "hints": 2,
        "solution": True,
    }


def test_what_is_not_attempted_writes_nothing(home):
    check(ID)
    progress()
    assert not home.exists()


def test_progress_shows_a_bar_and_a_table_for_each_chapter(capsys):
    answer_wrongly()
    answer_rightly()
    capsys.readouterr()
    shown = progress()
    text = capsys.readouterr().out
    assert "Chapter 04, The update rule  [#####---------------] 1 of 4" in text
    assert "update-rule.step       solved, 2 tries" in text
    assert "update-rule.loop       not attempted" in text
    assert '<progress max="4" value="1"' in shown.html()


SENSELESS = """
{
[]
null
{"version": 1}
{"version": "x", "exercises": {}}
{"version": 1, "exercises": {"update-rule.step": 3}}
""".split("\n")  # the empty file is among them


@pytest.mark.parametrize("text", [*SENSELESS[1:], "[" * 100_000])
def test_a_file_that_makes_no_sense_is_moved_aside_and_said_once(home, text):
    home.mkdir()
    (home / "progress.json").write_text(text, "utf-8")
    first, second = answer_rightly(), answer_wrongly()
    assert "could not be understood" in str(first)
    assert "could not be understood" not in str(second)
    assert (home / "progress.unreadable-1.json").read_text("utf-8") == text
    assert kept(home)[ID]["tries"] == 2


def test_files_moved_aside_do_not_replace_each_other(home):
    home.mkdir()
    for text in ("first", "second"):
        (home / "progress.json").write_text(text, "utf-8")
        answer_rightly()
    aside = sorted(path.read_text("utf-8") for path in home.glob("*unreadable*"))
    assert aside == ["first", "second"]


def test_strange_numbers_in_a_row_are_mended_and_unknown_parts_kept(home):
    home.mkdir()
    row = {"tries": "many", "mistakes": 3, "right": 1, "note": "mine"}
    data = {"version": 1, "exercises": {ID: row, "gone": {}}, "quiz": [1]}
    (home / "progress.json").write_text(json.dumps(data), "utf-8")
    answer_wrongly()
    assert kept(home)[ID]["tries"] == 1
    assert kept(home)[ID]["note"] == "mine"
    assert json.loads((home / "progress.json").read_text("utf-8"))["quiz"] == [1]


def test_a_file_of_a_newer_version_is_left_alone(home):
    home.mkdir()
    text = '{"version": 99, "exercises": "elsewhere"}'
    (home / "progress.json").write_text(text, "utf-8")
    assert "written by a newer gdcourse" in str(answer_rightly())
    assert (home / "progress.json").read_text("utf-8") == text
    assert "[#####---" in str(progress())


def test_where_nothing_can_be_written_it_says_so_once_and_goes_on(home):
    home.write_text("a file stands where the folder should be", "utf-8")
    first, second = answer_wrongly(), answer_rightly()
    assert "is kept only until this kernel ends" in str(first)
    assert "is kept only" not in str(second)
    assert second.outcome == "right"
    assert "1 of 4" in str(progress())


def test_a_disk_that_fills_up_keeps_the_old_file_and_what_came_later(home, monkeypatch):
    answer_wrongly()

    def full(number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "no space left on device" in str(answer_rightly())
    assert kept(home)[ID]["tries"] == 1
    assert "solved, 2 tries" in str(progress())
    assert [path.name for path in home.glob("*.tmp")] == []


def test_many_kernels_at_once_lose_nothing(home):
    code = (
        "from gdcourse.exercises import keeping as p; from types import "
        "SimpleNamespace as S\n"
        "for _ in range(20): p.keep_result(S(exercise='e', outcome='wrong', "
        "mistake=None))"
    )
    jobs = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(4)]
    assert [job.wait(60) for job in jobs] == [0] * 4
    assert kept(home)["e"]["tries"] == 80


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {"HOME": "/h"}, "/h/.local/share/gdcourse"),
        ("linux", {"HOME": "/h", "XDG_DATA_HOME": "/x"}, "/x/gdcourse"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support/gdcourse"),
        ("win32", {"HOME": "/h", "LOCALAPPDATA": "/l"}, "/l/gdcourse"),
    ],
)
def test_the_platforms_own_data_folder_is_used(
    monkeypatch, platform, variables, folder
):
    for name in ("GDCOURSE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert stores.folder() == Path(folder)
