"""What teachers run from a command line: ``python -m gdcourse grade --help``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path


def main(words: Sequence[str] | None = None) -> int:
    """Run one command, and say in one sentence what is wrong with its words."""
    parser = argparse.ArgumentParser("python -m gdcourse", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    grading = commands.add_parser("grade", help="grade a class's notebooks")
    grading.add_argument("submissions", help="folder or zip of Moodle or Canvas")
    grading.add_argument("--bank", required=True, help="folder with bank.py, seed.txt")
    grading.add_argument("--out", default="grades.csv", help="where the grades go")
    grading.add_argument("--chapter", default="", help="one chapter's, such as 04")
    grading.add_argument("--roster", help="CSV of the students: who is missing?")
    grading.add_argument("--workers", type=int, help="processes; as many as cores")
    grading.add_argument(
        "--trusted", action="store_true", help="run submissions without isolation"
    )
    writing = commands.add_parser("assignment", help="write what students get")
    writing.add_argument("chapter", help="its number, such as 04, or all")
    writing.add_argument("--bank", required=True, help="folder with bank.py, seed.txt")
    writing.add_argument("--out", default="assignment", help="a new folder")
    writing.add_argument("--roster", help="CSV: a notebook for each student")
    beginning = commands.add_parser("bank", help="write a bank to begin with")
    beginning.add_argument("folder", help="a new folder, private to you")
    asked = parser.parse_args(words)
    try:
        return COMMANDS[asked.command](asked)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2


def _grade(asked: argparse.Namespace) -> int:
    from gdcourse.grading import run

    graded = run.grade(
        asked.submissions,
        asked.bank,
        asked.out,
        chapter=asked.chapter,
        students=asked.roster,
        trusted=asked.trusted,
        executor=_cluster(),
        workers=asked.workers,
    )
    failed = [key for key, v in graded.items() if v and v.state == "failed"]
    if failed:
        print(f"{len(failed)} could not be graded here: run the command again.")
    return 1 if failed else 0


def _bank(asked: argparse.Namespace) -> int:
    from gdcourse.grading import bank

    print(f"A bank of six exercises: {bank.begin(asked.folder)}. Keep it private.")
    return 0


def _assignment(asked: argparse.Namespace) -> int:
    from gdcourse.grading import assignment, load
    from gdcourse.grading.submissions import roster

    chapter = "" if asked.chapter == "all" else asked.chapter
    bank, folder = load(asked.bank, chapter), Path(asked.out)
    if asked.roster:
        made = assignment.write(bank, folder, roster(asked.roster))
        print(f"{len(made)} notebooks in {folder}, one for each student.")
        return 0
    path = assignment.source(bank, folder / f"{folder.name}.ipynb")
    print(f"A source notebook for nbgrader: {path}.")
    return 0


COMMANDS = {"grade": _grade, "bank": _bank, "assignment": _assignment}


def _cluster() -> Executor | None:
    """Return the ranks of ``mpiexec -n 64 python -m mpi4py.futures -m gdcourse …``."""
    if "mpi4py.futures" not in sys.modules:
        return None
    from mpi4py.futures import MPIPoolExecutor

    made: Executor = MPIPoolExecutor()
    return made


if __name__ == "__main__":
    sys.exit(main())
