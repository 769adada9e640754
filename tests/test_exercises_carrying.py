"""Progress is carried by a short code, and written to files that are ours."""

import json
import os
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser

import pytest

from gdcourse.exercises import EXERCISES, check, hint, progress, restore, solution
from gdcourse.exercises import store as stores
from gdcourse.exercises.carrying import SOLVED, _checksum, decode, encode, tag

STEP, LOOP = "update-rule.step", "update-rule.loop"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GDCOURSE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(stores, "_stores", {})
    return tmp_path / "home"


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Change to another computer."""

    def go():
        monkeypatch.setenv("GDCOURSE_HOME", str(tmp_path / "other"))

    return go


def answer_rightly(id=STEP):
    return check(id, EXERCISES[id].reference)


def answer_wrongly():
    return check(STEP, lambda x, g, lr: x + lr * g)


def kept(home):
    return json.loads((home / "progress.json").read_text("utf-8"))["exercises"]


# The code


def test_no_two_exercises_have_the_same_tag():
    assert len({tag(id) for id in EXERCISES}) == len(EXERCISES)


@pytest.mark.parametrize("what", range(4))
def test_a_code_comes_back_as_it_was_and_is_short(what):
    done = {id: (what + place) % 4 for place, id in enumerate(EXERCISES)}
    assert decode(encode(done)) == {tag(id): done[id] for id in EXERCISES}
    assert len(encode(done)) < 120
    assert decode(encode({})) == {}


@pytest.mark.parametrize("ids", [["a"], ["a", "a2"], [str(n) for n in range(300)]])
def test_codes_of_few_and_of_many_exercises_come_back(ids):
    done = {id: len(id) % 4 for id in ids if tag(id) != tag("17")}
    assert decode(encode(done)) == {tag(id): what for id, what in done.items()}


def test_this_code_stays_readable_in_later_versions():
    # Worked by hand: sha256 of the id begins with f032, that is 61490 (and 2: solved).
    code = "GD1ZZZZZZZZZZZZ0SB0D498"
    assert decode(code) == {0xF032: SOLVED}
    assert decode(" gd1-zzzz zzzzzzzzosbod498\n") == {0xF032: SOLVED}


def test_every_single_slip_in_a_code_is_noticed():
    code = encode({STEP: 2, LOOP: 1})
    slips = [
        code[:at] + new + code[at + 1 :] for at in range(len(code)) for new in "7Q"
    ]
    slips += [code[:at] + code[at + 1 :] for at in range(len(code))]
    swaps = [code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(22)]
    for slip in {*slips, *swaps} - {code}:
        with pytest.raises(ValueError, match="is mistyped or not whole"):
            decode(slip)


@pytest.mark.parametrize("code", ["", "GD1", "x", "é\ud800" * 9, "GD1UUUUU", 3, None])
def test_what_is_no_code_gets_one_sentence_and_changes_nothing(home, code):
    answer_rightly()
    before = kept(home)
    with pytest.raises(ValueError, match=r"^(The|A) code .*[^.]+\.$"):
        restore(code)
    assert kept(home) == before


def test_a_code_of_a_newer_version_asks_for_an_update():
    with pytest.raises(ValueError, match="made by a newer gdcourse: update"):
        restore("GD2ABC" + _checksum("GD2ABC"))


# Restoring


def test_a_code_restores_what_was_tried_solved_and_read(elsewhere, capsys):
    answer_wrongly()
    answer_rightly(LOOP)
    solution(LOOP)
    code = progress().code
    elsewhere()
    assert "Exercises in the code: 2, of them solved: 1." in str(restore(code))
    rows = progress().rows
    assert (rows[STEP]["right"], rows[LOOP]["right"]) == (False, True)
    assert (rows[STEP]["solution"], rows[LOOP]["solution"]) == (False, True)
    assert progress().code == code
    assert "update-rule.step       not solved yet\n" in capsys.readouterr().out


def test_restoring_merges_and_never_takes_anything_back(home):
    answer_wrongly()
    old = progress().code
    answer_rightly()
    before = kept(home)
    restore(old)
    assert kept(home) == before
    restore(encode({LOOP: SOLVED}))
    assert kept(home)[STEP] == before[STEP]
    assert kept(home)[LOOP]["right"]


def test_exercises_that_came_or_went_do_not_disturb_a_code():
    card = restore(encode({"gone.renamed": SOLVED, STEP: SOLVED}))
    assert "of them solved: 1. Not in this version of the course: 1." in str(card)
    assert [id for id, row in card.rows.items() if row["right"]] == [STEP]


def test_a_code_is_added_to_an_old_file_and_the_rest_of_it_kept(home):
    home.mkdir()
    row = {"tries": 2, "note": "mine", "mistakes": {"sign": "many"}}
    data = {"version": 0, "exercises": {STEP: row, "gone": {}}, "quiz": [1]}
    (home / "progress.json").write_text(json.dumps(data), "utf-8")
    assert progress().code == encode({STEP: 0})
    restore(encode({STEP: SOLVED}))
    found = json.loads((home / "progress.json").read_text("utf-8"))
    assert found["quiz"] == [1] and "gone" in found["exercises"]
    row = found["exercises"][STEP]
    assert (row["tries"], row["right"], row["note"]) == (2, True, "mine")
    assert row["mistakes"] == {"sign": 0}


def test_kernels_that_restore_at_once_lose_nothing(home):
    ids = [*EXERCISES][:8]
    jobs = [
        subprocess.Popen(
            [sys.executable, "-c", f"from gdcourse.exercises import *; restore({c!r})"]
        )
        for c in (encode(dict.fromkeys(half, SOLVED)) for half in (ids[:4], ids[4:]))
    ]
    answer_rightly(STEP)
    assert [job.wait(60) for job in jobs] == [0, 0]
    assert {id for id, row in kept(home).items() if row["right"]} == {STEP, *ids}


# Where the disk does not keep progress


@pytest.fixture
def borrowed(home, monkeypatch, request):
    """Run on a computer that is lent: no place was chosen, and the service shows."""
    for name in [n for n in os.environ if n.startswith(("COLAB_", "BINDER_"))]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("GDCOURSE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    monkeypatch.setattr(stores.sys, "platform", "linux")

    def on(variable):
        monkeypatch.setenv(variable, "x")

    return on


@pytest.mark.parametrize(
    ("variable", "host"),
    [("COLAB_RELEASE_TAG", "Colab"), ("BINDER_REPO_URL", "Binder")],
)
def test_on_a_lent_computer_the_first_check_says_so_with_a_code(
    borrowed, variable, host
):
    borrowed(variable)
    first, second = answer_wrongly(), answer_rightly()
    assert f"{host} lends you this computer" in str(first)
    assert f'\n    restore("{encode({STEP: 0})}")' in str(first)
    assert "restore(" not in str(second)
    assert f'restore("{encode({STEP: SOLVED})}")' in str(progress())


@pytest.mark.parametrize("variable", ["JUPYTERHUB_USER", "HOME_OF_MINE"])
def test_where_the_disk_stays_no_code_is_shown(borrowed, variable):
    borrowed(variable)
    assert "restore(" not in str(answer_rightly()) + str(progress())


def test_a_chosen_folder_on_a_lent_computer_is_taken_to_last(monkeypatch):
    monkeypatch.setenv("COLAB_RELEASE_TAG", "x")
    assert "restore(" not in str(answer_rightly()) + str(progress())


def test_a_lent_computer_shows_no_code_before_there_is_anything_to_keep(borrowed):
    borrowed("BINDER_REPO_URL")
    assert "restore(" not in str(progress())
    assert "restore(" not in str(hint(STEP))
    assert "restore(" in str(answer_wrongly())


def test_a_disk_that_cannot_be_written_gives_the_code_once(home, elsewhere):
    home.write_text("a file stands where the folder should be", "utf-8")
    first, second = answer_rightly(), answer_rightly(LOOP)
    assert "until this kernel ends" in str(first) and "restore(" in str(first)
    assert "restore(" not in str(second)
    code = str(progress()).split('restore("')[1].split('"')[0]
    elsewhere()
    rows = restore(code).rows
    assert rows[STEP]["right"] and rows[LOOP]["right"]
    assert restore(code).paragraphs == ["Exercises in the code: 2, of them solved: 2."]


# Files


def test_the_export_has_what_is_known_and_replaces_only_an_earlier_one(tmp_path):
    answer_wrongly()
    file = progress().export(tmp_path / "p.json")
    answer_rightly()
    assert progress().export(str(file)) == file
    data = json.loads(file.read_text("utf-8"))
    assert list(data["exercises"]) == list(EXERCISES)
    assert data["date"] == date.today().isoformat()
    row = data["exercises"][STEP]
    assert (row["chapter"], row["title"]) == ("04", EXERCISES[STEP].title)
    assert (row["tries"], row["right"], row["mistakes"]) == (2, True, {"sign": 1})


class Cells(HTMLParser):
    """Collects the text of each cell, and what the page would load."""

    def __init__(self, page):
        super().__init__()
        self.cells, self.loads = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.loads += [v for k, v in attributes if k in ("src", "href")]
        if tag in ("td", "th", "h1", "p"):
            self.cells.append("")

    def handle_data(self, text):
        if self.cells:
            self.cells[-1] = (self.cells[-1] + text).strip()


def test_the_report_is_one_page_of_all_chapters_with_the_mistakes_met(tmp_path):
    answer_wrongly()
    answer_wrongly()
    answer_rightly()
    page = progress().report(tmp_path / "p.html").read_text("utf-8")
    cells = Cells(page)
    at = cells.cells.index(EXERCISES[STEP].title)
    assert cells.cells[at + 1 : at + 4] == ["solved", "3", "sign (2)"]
    assert "Chapter 04, The update rule: 1 of 4" in cells.cells
    assert cells.loads == [] and "url(" not in page and "@import" not in page
    assert f"1 of {len(EXERCISES)} exercises solved, {date.today()}" in page


def test_the_report_names_nobody_unless_told(tmp_path):
    file = progress().report(tmp_path / "p.html")
    assert Cells(file.read_text("utf-8")).cells[0] == "Progress in gdcourse"
    progress().report(file, name="<b>Ada & Bo")
    text = file.read_text("utf-8")
    assert "<b>" not in text
    assert Cells(text).cells[0] == "Progress in gdcourse: <b>Ada & Bo"


@pytest.mark.parametrize("write", ["export", "report"])
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("mine.txt", "is there already and was not made by this function"),
        ("other", "is there already and was not made by this function"),
        ("", "is a folder: give the name of a file in it"),
        ("none/p.json", "There is no folder .*: make it first"),
        ("n" * 300, r"could not be written \(file name too long\): give another path"),
    ],
)
def test_bad_paths_are_refused_in_one_sentence(tmp_path, write, name, sentence):
    (tmp_path / "mine.txt").write_text("my notes", "utf-8")
    other = {"export": "report", "report": "export"}[write]
    getattr(progress(), other)(tmp_path / "other")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    with pytest.raises(ValueError, match=rf"^[^\n]*{sentence}[^\n]*\.$"):
        getattr(progress(), write)(tmp_path / name)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before


@pytest.mark.parametrize("path", [3, None, b"p.json"])
def test_what_is_no_path_is_refused(path):
    with pytest.raises(ValueError, match="it is no path"):
        progress().export(path)


def test_a_read_only_folder_and_a_home_folder_are_understood(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert progress().export("~/p.json") == (tmp_path / "p.json").resolve()
    before = (tmp_path / "p.json").read_bytes()

    def refuse(*paths):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(ValueError, match=r"written \(read-only file system\): give"):
        progress().export("~/p.json")
    assert (tmp_path / "p.json").read_bytes() == before
    assert list(tmp_path.glob("*.tmp")) == []
