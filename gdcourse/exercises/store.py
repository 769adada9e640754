"""The small local file that keeps progress: never silently lost, never in the way."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

try:
    import fcntl

    LOCKS = True
except ImportError:  # Windows: writes are still atomic, the last of two wins
    LOCKS = False

VERSION = 1
NAME = "progress.json"
PATIENCE = 1.0  # seconds to wait for another kernel that is writing

Data = dict[str, Any]


def folder() -> Path:
    r"""Return where progress is kept: ``GDCOURSE_HOME``, or the platform's data folder.

    That is ``~/.local/share/gdcourse``, on macOS ``~/Library/Application
    Support/gdcourse``, on Windows ``%LOCALAPPDATA%\gdcourse``.
    """
    if os.environ.get("GDCOURSE_HOME"):
        return Path(os.environ["GDCOURSE_HOME"])
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "~/AppData/Local")
    elif sys.platform == "darwin":
        base = "~/Library/Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(os.path.expanduser(base)) / "gdcourse"


def lent() -> str:
    """Name the service whose disk is gone after a while, or return "".

    Whoever set ``GDCOURSE_HOME`` chose a place that lasts, such as a mounted drive.
    """
    if os.environ.get("GDCOURSE_HOME"):
        return ""
    if "google.colab" in sys.modules or any(n.startswith("COLAB_") for n in os.environ):
        return "Colab"
    # A JupyterHub of a school keeps its disks: only Binder's own variables count.
    return "Binder" if any(n.startswith("BINDER_") for n in os.environ) else ""


class Store:
    """One progress file; where it cannot be written, its contents in memory.

    ``notes`` collects sentences for the learner; each is said once in a kernel.
    ``code_told`` says whether the learner was given a code that restores the state.
    """

    def __init__(self, home: Path) -> None:
        self.file = Path(os.path.realpath(home / NAME))
        self.memory: Data | None = None
        self.notes: list[str] = []
        self.code_told = False
        self._said: set[str] = set()

    def read(self) -> Data:
        """Return what is kept; a file that makes no sense is moved aside first."""
        if self.memory is not None:
            return self.memory
        try:
            return self._load()
        except OSError as error:
            return self._give_up(f"could not be read ({reason(error)})", _empty())

    def update(self, change: Callable[[Data], None]) -> None:
        """Let ``change`` alter the data, and write it in one piece."""
        try:
            if self.memory is None and self._rewrite(change):
                return
        except OSError as error:
            self._give_up(f"could not be written ({reason(error)})", self._seen())
        change(self.read())

    def take_notes(self) -> list[str]:
        """Return the sentences that have not been said yet."""
        notes, self.notes = self.notes, []
        return notes

    def _rewrite(self, change: Callable[[Data], None]) -> bool:
        """Write the changed data, or return False if the file is not ours to write."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with _alone(self.file.with_suffix(".lock")):
            data = self._load()
            if data is self.memory:
                return False
            change(data)
            write_whole(self.file, json.dumps(data, indent=1, sort_keys=True))
            return True

    def _seen(self) -> Data:
        try:
            return self._load()
        except OSError:
            return _empty()

    def _load(self) -> Data:
        try:
            text = self.file.read_bytes()
        except FileNotFoundError:
            return _empty()
        try:
            data = json.loads(text)
            if data["version"] > VERSION:
                return self._give_up("was written by a newer gdcourse", _empty())
            sound = all(isinstance(row, dict) for row in data["exercises"].values())
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            sound = False
        return data if sound else self._move_aside()

    def _move_aside(self) -> Data:
        for count in range(1, 1000):
            aside = self.file.with_name(f"progress.unreadable-{count}.json")
            if not aside.exists():
                break
        os.replace(self.file, aside)
        self._say(
            f"Your progress file could not be understood. It was kept as {aside}, and "
            "a new one was begun."
        )
        return _empty()

    def _give_up(self, why: str, data: Data) -> Data:
        self._say(
            f"The progress file {self.file} {why}: your progress is kept only until "
            "this kernel ends. Everything else works as before."
        )
        self.memory = data
        return data

    def _say(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            self.notes.append(sentence)


def _empty() -> Data:
    return {"version": VERSION, "exercises": {}}


def reason(error: OSError) -> str:
    """Return why the system refused, in words."""
    return (error.strerror or type(error).__name__).lower()


def write_whole(file: Path, text: str) -> None:
    """Write to a file beside ``file``, then put it in its place in one step."""
    beside = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        with open(beside, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, file)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Hold a lock while reading and writing; wait a second at most, then go on."""
    if not LOCKS:
        yield
        return
    with open(file, "w") as stream:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:  # a network disk without locks
                break
        yield


_stores: dict[Path, Store] = {}


def store() -> Store:
    """Return the store of the present folder, the same one during a kernel's life."""
    home = folder()
    return _stores.setdefault(home, Store(home))
