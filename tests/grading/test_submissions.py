"""Folders and zips as learning platforms hand them out, and rosters as they export."""

import os
import zipfile

import pytest

from gdcourse.grading import submissions
from gdcourse.grading.run import jobs
from gdcourse.grading.submissions import latest, read, roster

from .conftest import notebook

CONTENT = notebook("x = 1")
NAMES = [
    # (path in the folder, the student's name, their number)
    ("Ada Lovelace_123_assignsubmission_file_/work.ipynb", "Ada Lovelace", "123"),
    ("Ada Lovelace_123_assignsubmission_file_work.ipynb", "Ada Lovelace", "123"),
    ("noetheremmy_45_6789_work.ipynb", "noetheremmy", "45"),
    ("noetheremmy_LATE_45_6790_work-2.ipynb", "noetheremmy", "45"),
    ("sofya/work.ipynb", "sofya", "sofya"),
    ("sofya.ipynb", "sofya", "sofya"),
]


@pytest.mark.parametrize(("path", "name", "id"), NAMES)
@pytest.mark.parametrize("pack", ["folder", "zip"])
def test_a_name_tells_whose_notebook_it_is(tmp_path, path, name, id, pack):
    [found] = read(handed_in(tmp_path, {path: CONTENT}, pack))
    assert (found.name, found.id, found.content) == (name, id, CONTENT)


def handed_in(folder, files, pack="folder"):
    """Write files into a folder or a zip, and return its path."""
    if pack == "zip":
        with zipfile.ZipFile(folder / "all.zip", "w") as archive:
            for path, content in files.items():
                archive.writestr(path, content)
        return folder / "all.zip"
    for path, content in files.items():
        (folder / "all" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "all" / path).write_bytes(content)
    return folder / "all"


@pytest.mark.parametrize("pack", ["folder", "zip"])
def test_the_last_attempt_counts(tmp_path, pack):
    attempts = ["", "-1", "-2", "-10"]
    files = {f"ada_1_{70 + i}_w{a}.ipynb": a.encode() for i, a in enumerate(attempts)}
    [found] = latest(read(handed_in(tmp_path, files, pack)))
    assert found.content == b"-10"


def test_of_files_without_a_number_the_newest_counts(tmp_path):
    folder = handed_in(tmp_path, {"ada/a.ipynb": b"new", "ada/b.ipynb": b"old"})
    os.utime(folder / "ada" / "a.ipynb", (2e9, 2e9))
    [found] = latest(read(folder))
    assert found.content == b"new"


def test_a_large_notebook_is_not_read(tmp_path, monkeypatch):
    folder = handed_in(tmp_path, {"ada.ipynb": b""})
    with open(folder / "ada.ipynb", "wb") as stream:
        stream.truncate(500_000_000)  # a file with a hole takes no room
    [found] = read(folder)
    assert (found.content, found.problem[:18]) == (b"", "it has 500 MB, mor")


def test_a_zip_that_unpacks_to_a_large_notebook_is_not_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada.ipynb", bytes(submissions.LARGEST + 5))
    [found] = read(tmp_path / "a.zip")
    assert found.content == b""
    assert "more than the 20" in found.problem


def test_links_are_not_followed(tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(CONTENT)
    folder = handed_in(tmp_path, {"ada/real.ipynb": CONTENT})
    (folder / "eve.ipynb").symlink_to(secret)
    (folder / "mallory").symlink_to(tmp_path, target_is_directory=True)
    found = {each.id: each for each in read(folder)}
    assert found["ada"].content == CONTENT
    assert "link" in found["eve"].problem
    assert all(not each.content for id, each in found.items() if id != "ada")


@pytest.mark.parametrize(
    ("name", "said"), [("../eve.ipynb", "climbs"), ("/etc/eve.ipynb", "climbs")]
)
def test_names_in_a_zip_that_climb_are_set_aside(tmp_path, name, said):
    [found] = read(handed_in(tmp_path, {name: CONTENT}, "zip"))
    assert said in found.problem
    assert not found.content


def test_a_link_in_a_zip_is_set_aside(tmp_path):
    link = zipfile.ZipInfo("eve.ipynb")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    [found] = read(tmp_path / "a.zip")
    assert "link" in found.problem


def test_checkpoints_and_what_a_mac_adds_are_left_out(tmp_path):
    files = {
        "ada/work.ipynb": CONTENT,
        "ada/.ipynb_checkpoints/work-checkpoint.ipynb": CONTENT,
        "__MACOSX/ada/._work.ipynb": b"",
        "notes.txt": b"",
    }
    [found] = read(handed_in(tmp_path, files, "zip"))
    assert found.place == "ada/work.ipynb"


@pytest.mark.parametrize("path", ["nowhere", "file.txt"])
def test_what_is_no_folder_and_no_zip_is_refused(tmp_path, path):
    (tmp_path / "file.txt").write_text("no zip")
    with pytest.raises(ValueError, match="neither a folder nor a zip"):
        read(tmp_path / path)


MOODLE = """First name,Last name,ID number,Email address
Ada,Lovelace,123,ada@example.org
Emmy,Noether,45,emmy@example.org
Sofya,Kovalevskaya,,sofya@example.org
"""
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section
    Points Possible,,,,
"Lovelace, Ada",123,s1,ada,A
"Noether, Emmy",45,s2,emmy,A
"Kovalevskaya, Sofya",7,s3,sofya@example.org,B
"""


@pytest.mark.parametrize("text", [MOODLE, "\ufeff" + MOODLE, CANVAS])
def test_a_roster_says_who_is_missing(tmp_path, text):
    (tmp_path / "roster.csv").write_text(text, "utf-8")
    folder = handed_in(
        tmp_path,
        {
            "Ada Lovelace_9_assignsubmission_file_/w.ipynb": CONTENT,
            "noetheremmy_45_6789_work.ipynb": CONTENT,
            "mallory.ipynb": CONTENT,
        },
    )
    made = jobs(latest(read(folder)), roster(tmp_path / "roster.csv"))
    found = [(job.student.name, bool(job.submission), job.note) for job in made]
    assert [handed for _, handed, _ in found] == [True, True, False, True]
    assert found[3] == ("mallory", True, "not on the roster")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "Name\n"])
def test_a_roster_without_students_is_refused(tmp_path, text):
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(ValueError, match="names no student"):
        roster(tmp_path / "roster.csv")
