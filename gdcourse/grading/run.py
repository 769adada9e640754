"""Grade all submissions of a folder, and write the grades and what goes with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from gdcourse.grading import bank as banks
from gdcourse.grading import box, tables
from gdcourse.grading import verdict as verdicts
from gdcourse.grading.submissions import (
    Student,
    Submission,
    latest,
    plain,
    read,
    roster,
)
from gdcourse.grading.verdict import Verdict


@dataclass(frozen=True)
class Job:
    """One submission of one student, to be graded or found graded already."""

    student: Student
    submission: Submission | None
    note: str = ""


Say = Callable[[str], None]


def jobs(found: Sequence[Submission], students: Sequence[Student] | None) -> list[Job]:
    """Return a job for each student of the roster, and each submission of nobody."""
    if students is None:
        own = [Student(s.id, s.name, frozenset({plain(s.id)})) for s in found]
        return [Job(student, s) for student, s in zip(own, found, strict=True)]
    known = {alias: student for student in students for alias in student.aliases}
    of: dict[str, Submission] = {}
    strangers = []
    for each in found:
        student = known.get(plain(each.id)) or known.get(plain(each.name))
        if student:
            of[student.key] = each
        else:
            alone = Student(each.id, each.name, frozenset())
            strangers.append(Job(alone, each, "not on the roster"))
    return [Job(s, of.get(s.key)) for s in students] + strangers


class Call(NamedTuple):
    """What the processes of the pool are told beside the submission."""

    bank: str
    chapter: str
    mark: str
    isolated: bool
    kept: str


@lru_cache(maxsize=1)
def _bank(folder: str, chapter: str, mark: str) -> banks.Bank:
    return banks.load(folder, chapter)


def one(call: Call, submission: Submission, key: str) -> Verdict:
    """Grade one submission in a process of the pool, and keep the verdict at once."""
    bank = _bank(call.bank, call.chapter, call.mark)
    made = verdicts.grade(bank, submission, key, call.isolated)
    name = verdicts.mark(bank, submission, key, call.isolated)
    verdicts.keep(Path(call.kept), name, made)
    return made


def grade(
    submissions: str | Path,
    bank: str | Path,
    out: str | Path,
    *,
    chapter: str = "",
    students: str | Path | None = None,
    trusted: bool = False,
    executor: Executor | None = None,
    workers: int | None = None,
    say: Say = print,
) -> dict[str, Verdict | None]:
    """Grade a folder or zip of submissions, and write ``out`` and its companions.

    Verdicts are kept beside ``out``, so that a second run only grades what is new or
    what failed, and gives the same grades.  Raises ValueError where submissions cannot
    be isolated and ``trusted`` is not set, and for paths that are not what they say.
    """
    why = "" if trusted else box.why_not()
    if why:
        raise ValueError(
            f"Submissions cannot be isolated here: {why}. A student's code could then "
            "read and write what you can; --trusted runs it all the same."
        )
    made, out = banks.load(bank, chapter), Path(out)
    people = roster(students) if students else None
    todo = jobs(latest(read(submissions)), people)
    store = out.with_name(out.stem + ".verdicts")
    graded = _known(made, todo, store, not trusted)
    new = [job for job in todo if job.submission and job.student.key not in graded]
    say(f"{len(todo)} students, {len(graded)} graded before, {len(new)} to grade.")
    if new:
        call = Call(str(bank), chapter, made.mark, not trusted, str(store))
        graded |= _all(executor or ProcessPoolExecutor(workers), call, new, say)
    rows = {job: graded.get(job.student.key) for job in todo}
    tables.write(out, made, rows)
    say(f"Grades: {out}. Feedback: {out.with_name(out.stem + '.feedback')}.")
    return {job.student.key: verdict for job, verdict in rows.items()}


def _known(
    bank: banks.Bank, todo: Iterable[Job], store: Path, isolated: bool
) -> dict[str, Verdict]:
    known = {}
    for job in todo:
        if job.submission:
            name = verdicts.mark(bank, job.submission, job.student.key, isolated)
            if found := verdicts.kept(store, name):
                known[job.student.key] = found
    return known


def _all(
    executor: Executor,
    call: Call,
    todo: Sequence[Job],
    say: Say,
) -> dict[str, Verdict]:
    """Grade everything, whatever happens to one of them, and say how far it is."""
    graded: dict[str, Verdict] = {}
    with executor:
        waiting: Mapping[Future[Verdict], Job] = {
            executor.submit(one, call, job.submission, job.student.key): job
            for job in todo
            if job.submission
        }
        for count, future in enumerate(as_completed(waiting), start=1):
            job = waiting[future]
            graded[job.student.key] = _result(future, job)
            if count % max(1, len(todo) // 20) == 0 or count == len(todo):
                say(f"{count} of {len(todo)} graded")
    return graded


def _result(future: Future[Verdict], job: Job) -> Verdict:
    assert job.submission
    try:
        return future.result()
    except (BrokenProcessPool, OSError, RuntimeError) as error:
        note = f"Grading failed here: {type(error).__name__} {error}. Run it again."
        return Verdict("failed", job.submission.place, note)
