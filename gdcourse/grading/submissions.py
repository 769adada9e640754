"""What teachers have: a folder or a zip as Moodle and Canvas hand it out, a roster."""

from __future__ import annotations

import csv
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

LARGEST = 20_000_000  # bytes of a notebook
MOST_FILES = 100_000

# "Ada Lovelace_12345_assignsubmission_file_/work.ipynb", or the same in one name.
MOODLE = re.compile(r"(?P<name>[^/]+)_(?P<id>\d+)_assignsubmission_file_")
# "lovelaceada_LATE_12345_67890_work-2.ipynb": the student, the file, the attempt.
CANVAS = re.compile(
    r"(?P<name>[^/_]+)_(?:LATE_)?(?P<id>\d+)_(?P<file>\d+)_.*?(?:-(?P<again>\d+))?\.ipynb$"
)


@dataclass(frozen=True)
class Submission:
    """One notebook of a student: where it lies, and its bytes or why it has none."""

    name: str
    id: str
    place: str
    attempt: tuple[float, ...]
    content: bytes = field(repr=False, default=b"")
    problem: str = ""


@dataclass(frozen=True)
class Student:
    """A row of the roster; ``aliases`` are all the texts it may be known by."""

    key: str
    name: str
    aliases: frozenset[str]


def read(path: str | Path) -> list[Submission]:
    """Return every notebook in a folder or a zip, nothing of which is ever unpacked.

    Raises ValueError for a path that is neither.
    """
    path = Path(path)
    if path.is_dir():
        return [_known(each) for each in _folder(path)]
    if path.is_file() and zipfile.is_zipfile(path):
        return [_known(each) for each in _zip(path)]
    raise ValueError(f"{str(path)!r} is neither a folder nor a zip of submissions.")


def _folder(root: Path) -> Iterator[Submission]:
    for file in sorted(root.rglob("*.ipynb")):
        inside = file.relative_to(root)
        if any(part.startswith(".") for part in inside.parts):
            continue
        found = Submission("", "", inside.as_posix(), (file.lstat().st_mtime,))
        links = [root / Path(*inside.parts[: n + 1]) for n in range(len(inside.parts))]
        if any(link.is_symlink() for link in links):
            yield replace(found, problem="it is a link to another file")
        elif file.stat().st_size > LARGEST:
            yield replace(found, problem=_too_large(file.stat().st_size))
        else:
            yield replace(found, content=file.read_bytes())


def _zip(path: Path) -> Iterator[Submission]:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_FILES:
            raise ValueError(f"{str(path)!r} holds {len(entries)} files: too many.")
        for entry in sorted(entries, key=lambda entry: entry.filename):
            hidden = any(
                part.startswith((".", "__")) for part in entry.filename.split("/")
            )
            climbs = ".." in entry.filename.split("/") or entry.filename.startswith("/")
            if not entry.filename.endswith(".ipynb") or (hidden and not climbs):
                continue
            found = Submission("", "", entry.filename, tuple(entry.date_time))
            if climbs:
                yield replace(found, problem="its name in the zip climbs out of it")
            elif stat.S_ISLNK(entry.external_attr >> 16):
                yield replace(found, problem="it is a link to another file")
            else:
                yield _entry(archive, entry, found)


def _entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, found: Submission
) -> Submission:
    try:
        with archive.open(entry) as stream:
            content = stream.read(LARGEST + 1)  # the size it states may be a lie
    except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError) as error:
        return replace(found, problem=f"the zip does not give it out ({error})")
    if len(content) > LARGEST:
        return replace(found, problem=_too_large(max(entry.file_size, len(content))))
    return replace(found, content=content)


def _too_large(size: int) -> str:
    return (
        f"it has {size / 1e6:.0f} MB, more than the {LARGEST / 1e6:.0f} that are read"
    )


def _known(found: Submission) -> Submission:
    """Return the submission with whose it is, by the name of its file or folder."""
    parts = found.place.split("/")
    for part in parts:
        if moodle := MOODLE.match(part):
            return replace(found, name=moodle["name"], id=moodle["id"])
    if canvas := CANVAS.match(parts[-1]):
        again = (float(canvas["again"] or 0), float(canvas["file"]))
        return replace(found, name=canvas["name"], id=canvas["id"], attempt=again)
    own = parts[0] if len(parts) > 1 else parts[0].removesuffix(".ipynb")
    return replace(found, name=own, id=own)


def latest(found: Iterable[Submission]) -> list[Submission]:
    """Return the last notebook of each student.

    That is Canvas's highest attempt, else the newest file; of equals, the last by name.
    """
    last: dict[str, Submission] = {}
    for each in found:
        known = last.get(each.id)
        if known is None or (each.attempt, each.place) > (known.attempt, known.place):
            last[each.id] = each
    return sorted(last.values(), key=lambda each: each.place)


def roster(path: str | Path) -> list[Student]:
    """Return the students of a CSV with a line of titles, such as a gradebook export.

    A student's key is the column "ID number", "ID", "id" or "SIS User ID", whichever
    is there and filled, else the name.  Raises ValueError where no student is found.
    """
    text = Path(path).read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    students = [student for row in rows if (student := _student(row))]
    if not students:
        raise ValueError(
            f"{str(path)!r} names no student: it needs a line of titles with Name or "
            "Student (or First name and Last name), and best an ID."
        )
    return students


NUMBERS = ("ID number", "ID", "id", "SIS User ID", "Student ID", "User ID")
ADDRESSES = ("SIS Login ID", "Email address", "Email", "Username")


def _student(row: Mapping[str | None, str | None]) -> Student | None:
    filled = {k: v.strip() for k, v in row.items() if k and v and v.strip()}
    first = filled.get("First name", "")
    last = filled.get("Last name", filled.get("Surname", ""))
    full = filled.get("Student") or filled.get("Full name") or filled.get("Name", "")
    name = full or f"{first} {last}".strip()
    if not name or name == "Points Possible":
        return None
    numbers = [filled[title] for title in NUMBERS if title in filled]
    others = [filled[title] for title in ADDRESSES if title in filled]
    turned = [" ".join(reversed(name.split(", ")))] if ", " in name else []
    aliases = {plain(text) for text in (name, *turned, *numbers, *others)}
    aliases |= {plain(last + first)} if first and last else {plain(name)}
    return Student(numbers[0] if numbers else name, name, frozenset(aliases))


def plain(text: str) -> str:
    """Return a name as Canvas writes it in files: small letters and digits only.

    >>> plain("Lovelace, Ada")
    'lovelaceada'
    """
    return "".join(letter for letter in text.lower() if letter.isalnum())
