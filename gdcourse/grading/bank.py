"""A teacher's private bank: exercises that differ from student to student."""

from __future__ import annotations

import hashlib
import hmac
import importlib.util
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from gdcourse.exercises.schema import Exercise
from gdcourse.grading.values import pack

Make = Callable[[np.random.Generator], Sequence[Exercise]]


@dataclass(frozen=True, eq=False)
class Bank:
    """An assignment's name, its exercises for each student, and their points."""

    name: str
    make: Make
    seed: bytes
    points: Mapping[str, float]
    mark: str  # changes with every change of the bank, the seed or the library
    chapter: str = ""  # all chapters

    def exercises(self, student: str = "") -> tuple[Exercise, ...]:
        """Return the exercises of one student, always the same ones.

        Raises ValueError where the bank has none of its chapter.
        """
        drawn = hmac.new(self.seed, student.encode(), hashlib.sha256).digest()
        made = self.make(np.random.default_rng(list(drawn)))
        asked = [e for e in made if self.chapter in ("", e.chapter.number)]
        if not asked:
            known = sorted({exercise.chapter.number for exercise in made})
            raise ValueError(
                f"The bank has no exercise of chapter {self.chapter!r}: it has some of "
                f"{', '.join(known)}."
            )
        return tuple(asked)

    def worth(self, exercise: Exercise) -> float:
        """Return the points of an exercise."""
        return float(self.points.get(exercise.id, 1))


TEMPLATE = Path(__file__).parent / "template" / "bank.py"


def begin(folder: str | Path) -> Path:
    """Write a bank with the template's exercises and a seed of its own.

    Raises ValueError for a folder that exists, so that no bank is ever lost.
    """
    folder = Path(folder)
    if folder.exists():
        raise ValueError(f"{str(folder)!r} exists already: name a new folder.")
    folder.mkdir(parents=True)
    (folder / "bank.py").write_bytes(TEMPLATE.read_bytes())
    (folder / "seed.txt").write_text(secrets.token_hex(16) + "\n", "utf-8")
    return folder


def load(folder: str | Path, chapter: str = "") -> Bank:
    """Return the bank of a folder, or raise ValueError that says what it lacks.

    With a chapter, such as "04", only its exercises are asked.
    """
    folder = Path(folder)
    file, seed = folder / "bank.py", folder / "seed.txt"
    for path, holds in ((file, "NAME and exercises(rng)"), (seed, "a line of letters")):
        if not path.is_file():
            raise ValueError(
                f"The bank {str(folder)!r} has no {path.name}, which holds {holds}."
            )
    secret = seed.read_bytes().strip()
    if len(secret) < 8:
        raise ValueError(
            f"{str(seed)!r} holds {len(secret)} letters: write 8 or more, at random."
        )
    module = _run(file)
    make, name = getattr(module, "exercises", None), getattr(module, "NAME", "")
    if not callable(make) or not isinstance(name, str) or not name:
        raise ValueError(f"{str(file)!r} must define NAME and exercises(rng).")
    parts = (file.read_bytes(), secret, chapter.encode(), _library())
    mark = hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
    points = dict(getattr(module, "POINTS", {}))
    bank = Bank(name, make, secret, points, mark, chapter)
    _check(bank, str(file))
    return bank


def _run(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gdcourse_private_bank", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _library() -> bytes:
    """Return the source that verdicts depend on, so that a new version grades anew."""
    root = Path(__file__).parents[1]
    parts = sorted([*root.glob("exercises/*.py"), *root.glob("grading/*.py")])
    return b"".join(part.read_bytes() for part in parts)


def _check(bank: Bank, file: str) -> None:
    """Raise ValueError unless the bank's exercises can be sent out and graded."""
    exercises = replace(bank, chapter="").exercises("somebody")
    ids = [exercise.id for exercise in exercises]
    if not ids or len(set(ids)) < len(ids):
        raise ValueError(
            f"{file!r} makes exercises with the ids {ids}: all must differ."
        )
    if unknown := set(bank.points) - set(ids):
        raise ValueError(f"{file!r} gives points to {sorted(unknown)}, which it lacks.")
    for exercise in exercises:
        if not exercise.cases:
            raise ValueError(f"{exercise.id} in {file!r} draws no inputs.")
        if exercise.measure:
            raise ValueError(
                f"{exercise.id} in {file!r} measures a thing, which would happen "
                "beside the student's code: let the answer return numbers."
            )
        task(exercise)
    bank.exercises("somebody")  # of its chapter, if it has any


def task(exercise: Exercise) -> dict[str, Any]:
    """Return what a submission's process is told of an exercise: never its answer."""
    return {
        "id": exercise.id,
        "function": exercise.reference.__name__,
        "names": list(exercise.names),
        "returns": list(exercise.returns),
        "stub": exercise.stub,
        "seconds": exercise.seconds,
        "cases": [[pack(value) for value in case] for case in exercise.cases],
    }
