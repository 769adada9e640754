"""What runs beside a submission, inside its box: numbers in, numbers out.

It reads one job as JSON from standard input and writes one line of JSON for each
exercise.  It holds no answers: to return the right numbers is to solve the exercise.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gdcourse.exercises.explain import explain
from gdcourse.exercises.quiet import quiet
from gdcourse.exercises.run import collect, misfit
from gdcourse.exercises.starter import untouched
from gdcourse.exercises.timer import TimeUp, call, time_limit
from gdcourse.grading import pick
from gdcourse.grading.values import pack_outcome, unpack

SECONDS = 5.0  # for what stands around the function: imports and definitions


@dataclass(frozen=True)
class Asked:
    """What an exercise asks, without its answer."""

    id: str
    function: str
    names: tuple[str, ...]
    returns: tuple[str, ...]
    stub: str
    seconds: float
    cases: tuple[tuple[Any, ...], ...]
    measure: None = None  # things would be measured where the student's code could lie

    @property
    def signature(self) -> str:
        """How the answer is called."""
        return f"{self.function}({', '.join(self.names)})"

    def inputs(self, case: tuple[Any, ...]) -> dict[str, Any]:
        """Return the arguments of one case by name."""
        return dict(zip(self.names, case, strict=True))


def asked(told: Mapping[str, Any]) -> Asked:
    """Return what a job's JSON asks."""
    cases = tuple(tuple(unpack(each) for each in case) for case in told["cases"])
    names, returns = tuple(told["names"]), tuple(told["returns"])
    keep = {key: told[key] for key in ("id", "function", "stub", "seconds")}
    return Asked(**keep, names=names, returns=returns, cases=cases)


def answer(body: list[Any], task: Asked) -> dict[str, Any]:
    """Run one exercise's answer and tell what it came to."""
    try:
        name = pick.answer_name(body, task.id, task.function)
        with quiet(), time_limit(SECONDS):
            made = call(lambda: pick.defined(body, name))
    except pick.Missing as missing:
        return {"state": "missing", "said": str(missing)}
    except TimeUp:
        said = f"the definitions around it had not ended after {SECONDS:g} seconds"
        return {"state": "broken", "said": said}
    except BaseException as error:
        return {"state": "broken", "said": explain(error, None)[:400]}
    if untouched(made, task.stub):
        return {"state": "untouched", "said": ""}
    if not callable(made):
        said = f"{name} is of type {type(made).__name__}, not a function"
        return {"state": "broken", "said": said}
    problem = misfit(task, made)  # type: ignore[arg-type]
    if problem:
        return {"state": "broken", "said": problem[:400]}
    outcomes, _ = collect(task, made)  # type: ignore[arg-type]
    return {"state": "ran", "outcomes": [pack_outcome(each) for each in outcomes]}


def limit(kinds: Mapping[str, int], user: int | None) -> None:
    """Give up root, and lower the limits of memory, time, files, processes for good."""
    import resource

    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    for name, most in kinds.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def main() -> None:
    """Do the job on standard input; nothing that is printed gets among the answers."""
    job = json.load(sys.stdin)
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    tasks = [asked(each) for each in job["tasks"]]
    limit(job["limits"], job["user"])
    body, problems = pick.statements(job["cells"])
    for task in tasks:
        line = {"id": task.id, **answer(body, task)}
        if line["state"] == "missing" and problems:
            line["said"] += f"; a cell could not be read ({problems[0][:200]})"
        told.write(json.dumps(line) + "\n")
        told.flush()


if __name__ == "__main__":
    main()
